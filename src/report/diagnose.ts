import type { RouteFact } from '../diagnosis/cause.js';
import { CAUSES } from '../diagnosis/causes/index.js';
import type { Inquired } from '../diagnosis/inquiry.js';
import { withoutInstrumentFaults } from '../diagnosis/instruments.js';
import { depthOf } from '../diagnosis/order.js';
import type { Part } from '../diagnosis/part.js';
import { type FactsOf, type Reasoned, reason } from '../diagnosis/reason.js';
import { reconcile } from '../diagnosis/reconcile.js';
import { withoutMereSuspicions } from '../diagnosis/suspicion.js';
import type { DataOf, Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import type { Target } from '../model/target.js';
import { usableMtuBytes } from '../probes/mtu/conclusion.js';
import { machineFacts } from './machine-facts.js';

/** What is reasoned from: what was judged, and what was measured. */
export interface Evidence {
  targets: readonly Target[];
  checks: readonly Check[];
  measurements: readonly Measurement[];
  /** The machine that it was found on. */
  host: { platform: string };
  /** What was looked at more closely, with or without success; absent: nothing was. */
  inquired?: readonly Inquired[];
  /** Nobody named the targets: they are asked to see what the network does. Absent: they are what matters. */
  targetsAreInstruments?: boolean;
}

/**
 * From what was judged to the causes: checks in order and corrected in the light of each other, then ranked. The run asks it between its
 * steps, and the report says it in the end. Pure.
 */
export function diagnose(evidence: Evidence): Reasoned {
  const { checks, targets, measurements, inquired } = evidence;
  const corrected = withoutMereSuspicions(reconcile(inOrder(checks, targets), measurements), inquired ?? []);
  const hosts = new Map(targets.map(({ id, host }) => [id, host]));
  const counted = evidence.targetsAreInstruments === true ? withoutInstrumentFaults(corrected, hosts) : corrected;
  return reason(counted, CAUSES, factsFrom(evidence), inquired);
}

/** Bottom layer first; within a layer the machine before the targets, and those in the order in which they were named. */
function inOrder(judged: readonly Check[], targets: readonly Target[]): Check[] {
  const checks = onceEach(judged);
  const place = new Map(targets.map((target, index) => [target.id, index]));
  const placeOf = (check: Check) => (check.target === null ? -1 : (place.get(check.target) ?? targets.length));
  return checks
    .map((check, index) => ({ check, index }))
    .sort(
      (a, b) =>
        a.check.layer - b.check.layer || placeOf(a.check) - placeOf(b.check) || depthOf(a.check) - depthOf(b.check) || a.index - b.index,
    )
    .map(({ check }) => check);
}

/**
 * Two probes can say the same of one target: that is one check, the worse of the two, with the measurements of both. Of two that went wrong
 * the one that knows more says how: what was looked at more closely corrects what was only concluded from silence.
 */
function onceEach(checks: readonly Check[]): Check[] {
  const byId = new Map<string, Check>();
  for (const check of checks) {
    const known = byId.get(check.id) ?? check;
    const worse = SEVERITY[check.status] > SEVERITY[known.status] ? check : known;
    const wrong = SEVERITY[check.status] > 1 && SEVERITY[known.status] > 1;
    const said = wrong ? (CERTAINTY[check.basis ?? 'measured'] > CERTAINTY[known.basis ?? 'measured'] ? check : worse) : worse;
    const measurements = [...new Set([...known.measurements, ...check.measurements])];
    byId.set(check.id, { ...said, status: worse.status, measurements });
  }
  return [...byId.values()];
}

const SEVERITY = { skip: 0, pass: 1, warn: 2, fail: 3 } as const;
const CERTAINTY = { silence: 0, measured: 1, stated: 2 } as const;

function factsFrom({ measurements, host }: Evidence): FactsOf {
  const lookups = measurements.filter((measurement) => measurement.probe === 'route-lookup');
  const paths = measurements.filter((measurement) => measurement.probe === 'mtu');
  const byHop = measurements.filter((measurement) => measurement.probe === 'loss');
  const machine = measurements.find((measurement) => measurement.probe === 'host')?.data;
  const managed = machineFacts(measurements);
  const defaultRoute = machine?.defaultRoutes[0];
  const onlyInterface = onlyOne(machine?.interfaces.filter((entry) => !entry.loopback) ?? []);
  const linkOf = ({ gateway, address }: Part): string | null =>
    gateway === undefined
      ? (machine?.interfaces.find(({ addresses }) => addresses.some((entry) => entry.address === address))?.name ?? null)
      : ([...(machine?.defaultRoutes ?? []), ...lookups.map(({ data }) => data)].find((route) => route.gateway === gateway)?.interface ??
        null);
  const asked = new Map(measurements.flatMap((made) => (made.probe === 'dns' ? [[made.id, made.data] as const] : [])));
  return (target, part, judged = []) => {
    const own = target === null ? lookups : lookups.filter((entry) => entry.target === target);
    const lookup = own.find((entry) => entry.data.loopback === false);
    const way = own.find((entry) => target !== null && entry.attempt.kind === 'measured' && entry.data.loopback !== null)?.data;
    // Each family has a way of its own, of its own size.
    const ownPaths = paths.filter((path) => target === null || path.target === target);
    const judgedPaths = ownPaths.filter(({ id }) => judged.includes(id));
    const sized = judgedPaths.length > 0 ? judgedPaths : ownPaths;
    const link = part !== null ? linkOf(part) : (lookup?.data.interface ?? defaultRoute?.interface ?? onlyInterface);
    return {
      ...(way === undefined
        ? {}
        : {
            way: {
              address: way.address,
              interface: way.interface,
              gateway: way.gateway,
              source: way.source,
              loopback: way.loopback === true,
            },
          }),
      interface: link,
      gateway: lookup?.data.gateway ?? defaultRoute?.gateway ?? null,
      targetAddress: target === null ? null : (own[0]?.data.address ?? null),
      route: routeOf(lookups.find(({ id }) => judged.includes(id))?.data),
      platform: host.platform,
      pathMtuBytes: smallest(sized.map((path) => usableMtuBytes(path.data))),
      vanishingDirection: (target === null ? undefined : sized[0])?.data.direction ?? null,
      server: namedServer(judged.flatMap((id) => asked.get(id) ?? [])),
      lossByHop: lossByHop(byHop.filter((loss) => target === null || loss.target === target)),
      ...(managed === null ? {} : { machine: managed(part?.interface ?? link) }),
    };
  };
}

function routeOf(way: DataOf<'route-lookup'> | undefined): RouteFact | null {
  if (way === undefined || way.address === null || way.loopback === true) return null;
  return { address: way.address, prefix: way.prefix, gateway: way.gateway, interface: way.interface };
}

/** The only link, or the only one of several that is up and has an address beyond itself; `null` where it could be more than one. */
function onlyOne(links: DataOf<'host'>['interfaces']): string | null {
  const ready = links.filter(({ up, addresses }) => up === true && addresses.some(({ scope }) => scope === 'global'));
  const [only, another] = links.length === 1 ? links : ready;
  return another === undefined ? (only?.name ?? null) : null;
}

/** The one server that all of the questions were put to, where the user named it; otherwise `null`. */
function namedServer(questions: readonly DataOf<'dns'>[]): string | null {
  const servers = new Set(questions.map(({ server, from }) => (from === 'given' ? server : null)));
  const [only] = servers;
  return servers.size === 1 ? (only ?? null) : null;
}

function lossByHop(losses: readonly MeasurementOf<'loss'>[]): 'placed' | 'not-placed' | null {
  const paths = losses.flatMap(({ data }) => data.path ?? []);
  if (paths.length === 0) return null;
  return paths.some(({ start }) => start !== null) ? 'placed' : 'not-placed';
}

/** The smallest of the numbers that are there; `null` where none is. */
function smallest(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : Math.min(...known);
}
