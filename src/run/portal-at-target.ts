import type { Measurement } from '../model/measurement.js';
import { addressFamily } from '../model/target.js';
import { gatewaysIn } from '../probes/captive-portal/inside.js';
import { judgePortalAtTarget } from '../probes/captive-portal/judge.js';
import { captivePortalNotTried, measureCaptivePortal } from '../probes/captive-portal/measure.js';
import { planPortalAtTarget } from '../probes/captive-portal/plan.js';
import { scopedGateway } from './beyond-gateway.js';
import type { InquiryWork } from './inquiries/inquiry-work.js';
import type { TargetOutcome } from './target-outcome.js';

/** A portal stands one hop away, and so does the resolver that knows its name. */
const PAGE_MS = 1000;
const NAME_MS = 500;

const HTTP = 80;
const HTTPS = 443;
const WEB: ReadonlySet<string | null> = new Set(['http', 'https', 'ws', 'wss']);

/**
 * The target whose page without encryption would tell of a portal: its web port is silent or refuses, it lies behind a gateway that answers, and
 * none of the well-known pages has answered, as where the names of the internet are not known. The first of several: a portal stands in front
 * of all. `null`: there is none. Pure.
 */
export function targetForPortal(outcomes: readonly TargetOutcome[], measurements: readonly Measurement[]): TargetOutcome | null {
  if (measurements.some((made) => made.probe === 'captive-portal' && made.attempt.kind === 'measured')) return null;
  const alive = new Set(
    measurements.flatMap((made) => (made.probe === 'latency' && made.target === null && made.data.received > 0 ? [made.data.address] : [])),
  );
  const byProxy = new Set(measurements.flatMap((made) => (made.probe === 'proxy' && made.data.proxy !== null ? [made.target] : [])));
  return outcomes.find((outcome) => isShutBehind(alive, outcome) && !byProxy.has(outcome.target.id)) ?? null;
}

function isShutBehind(alive: ReadonlySet<string | null>, { target, address, lookup, ports }: TargetOutcome): boolean {
  if (address === null || lookup === null || ports?.attempt.kind !== 'measured') return false;
  const gateway = scopedGateway(lookup.data);
  if (gateway === null || !alive.has(gateway)) return false;
  if (target.port === HTTP || !(WEB.has(target.scheme) || target.port === HTTPS)) return false;
  return ports.data.ports.some(({ port, protocol, state }) => port === target.port && protocol === 'tcp' && state !== 'open');
}

/** Asks that target for one page; nothing else is asked of it, and no redirect is followed. */
export async function lookForPortalAt({ target, address }: TargetOutcome, work: InquiryWork): Promise<void> {
  const { request, environment, recorder, leftMs, label } = work;
  const { network, signal } = environment;
  if (address === null) return;
  const plan = planPortalAtTarget(target.host, address, Math.min(PAGE_MS, leftMs), request.origin);
  let portalAddresses: readonly string[] = [];
  await recorder.record({
    probe: 'captive-portal',
    target: target.id,
    label,
    measure: async () => {
      const made = await measureCaptivePortal(plan, { network, signal });
      portalAddresses = made.data.sign === 'redirect' ? await addressesOf(made.data.portal, target.host, work) : [];
      return made;
    },
    notTried: (attempt) => captivePortalNotTried(plan, attempt),
    judge: (measurement) => judgePortalAtTarget(measurement, gatewaysIn(recorder.measurements), portalAddresses),
  });
}

/** Of the name in the address of a page; of none where it is an address, or the host that sent it. */
async function addressesOf(page: string | null, own: string, { request, environment, leftMs }: InquiryWork): Promise<readonly string[]> {
  if (page === null || !URL.canParse(page)) return [];
  const { hostname } = new URL(page);
  if (hostname === own || hostname.startsWith('[') || addressFamily(hostname) !== null) return [];
  const { network, signal } = environment;
  const { family } = request;
  const { outcome } = await network.names.resolve(hostname, { family, timeoutMs: Math.min(NAME_MS, leftMs), signal });
  return outcome.kind === 'measured' ? outcome.value.addresses : [];
}
