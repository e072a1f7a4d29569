import { kindOf } from '../diagnosis/kinds.js';
import { type Attempt, measured, type NotMeasured, reasonOf, skipped } from '../model/attempt.js';
import type { DataOf, Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { addressFamily, speaksTls } from '../model/target.js';
import type { Resolution, RouteLookup } from '../net/port.js';
import { ofOtherFamily } from '../probes/check.js';
import { judgeName } from '../probes/dns/judge-name.js';
import { judgePath } from '../probes/host/judge-path.js';
import { type Circumstances, goesByProxy, TARGET_PROBES, type TargetProbe } from '../probes/registry.js';
import { lookAtFrontDoor } from './front-door.js';
import { lookAtFurtherAddresses } from './further-addresses.js';
import { knock } from './knocks.js';
import { repeatRequest } from './requests.js';
import { NOTHING_ANSWERS, Silence } from './silence.js';
import { lookAtSilentHandshake } from './silent-handshake.js';
import type { TargetOutcome, TargetWork } from './target-outcome.js';

/** RFC 9110 section 15.4: those with a Location to follow. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** How long the name of a target may take to resolve, all servers and retries together. */
const RESOLVE_MS = 2000;
/** How many of the machine's longest waits, where it is all that is measured: a search list goes through several names, one by one. */
const RESOLVE_WAITS_ALONE = 2.2;

/** Resolves one target, asks for its route, and runs its probes side by side. */
export async function probeTarget(work: TargetWork): Promise<TargetOutcome> {
  const resolved = await resolveTarget(work);
  const way = resolved.outcome.kind === 'measured' ? await firstWay(resolved.outcome.value.addresses, work) : null;
  const outcome: TargetOutcome = {
    target: work.target,
    address: way?.address ?? null,
    lookup: null,
    latency: null,
    loss: null,
    ports: null,
    addresses: null,
    checks: resolved.checks,
  };
  if (resolved.outcome.kind !== 'measured' || way === null) {
    work.onKnown({ target: work.target, addresses: [], way: null, questions: resolved.questions });
    const because = resolved.outcome.kind === 'skipped' ? resolved.outcome.because : 'its name was not resolved';
    if (resolved.outcome.kind === 'unanswered') work.onSilent();
    await runProbes(work, null, skipped(because), { addresses: [], dnsMs: null, localMtuBytes: null });
    return outcome;
  }

  const { address, lookup } = way;
  outcome.lookup = noteWay(work, way);
  const { addresses: known } = resolved.outcome.value;
  work.onKnown({ target: work.target, addresses: known, way: outcome.lookup.data, questions: resolved.questions });
  if (lookup.kind === 'measured') work.onPath(lookup.value);
  const obstacle = lookup.kind === 'measured' || lookup.kind === 'unavailable' ? null : skipped(`nothing was sent: ${reasonOf(lookup)}`);
  const { addresses, elapsedMs } = resolved.outcome.value;
  const dnsMs = addressFamily(work.target.host) === null ? elapsedMs : null;
  const localMtuBytes = lookup.kind === 'measured' ? await work.mtuOf(lookup.value.interface) : null;
  const onLink = lookup.kind === 'measured' && lookup.value.interface !== null && lookup.value.gateway === null && !lookup.value.loopback;
  const found = { addresses, dnsMs, localMtuBytes, onLink };
  const [measurements] = await Promise.all([
    runProbes(work, address, obstacle, found).then(async (made) => {
      await followRedirects(work, address, found, made);
      return made;
    }),
    probeOtherFamily(work, address, { addresses, dnsMs, localMtuBytes }),
    obstacle === null ? lookAtFrontDoor(work, address, found) : undefined,
  ]);
  return {
    ...outcome,
    latency: measurements.find((measurement) => measurement.probe === 'latency') ?? null,
    loss: measurements.find((measurement) => measurement.probe === 'loss') ?? null,
    ports: measurements.find((measurement) => measurement.probe === 'ports') ?? null,
    addresses: measurements.find((measurement) => measurement.probe === 'addresses') ?? null,
  };
}

async function resolveTarget({
  target,
  request,
  environment,
  recorder,
  lane,
}: TargetWork): Promise<{ outcome: Attempt<Resolution>; checks: Check[]; questions: DataOf<'dns'>[] }> {
  const { network, signal } = environment;
  const literal = addressFamily(target.host);
  if (literal !== null) {
    const wrong = request.family !== null && request.family !== literal;
    const outcome: Attempt<Resolution> = wrong
      ? skipped(`it is an IPv${literal} address, and only IPv${request.family} was asked for`)
      : measured({ addresses: [target.host], elapsedMs: 0 });
    return { outcome, checks: [], questions: [] };
  }
  const { outcome, queries, stalledMs } = await lane.run(async () => {
    const before = network.clock.stalledMs();
    const alone = request.latency === undefined ? request.machine : undefined;
    const timeoutMs = alone === undefined ? RESOLVE_MS : alone.timeoutMs * RESOLVE_WAITS_ALONE;
    const resolved = await network.names.resolve(target.host, { family: request.family, timeoutMs, signal });
    return { ...resolved, stalledMs: network.clock.stalledMs() - before };
  });
  const measurements = queries.map(({ outcome: answered, observation: data }) =>
    recorder.note(
      { probe: 'dns', target: target.id, notTried: (attempt) => ({ attempt, method: data.transport, data }), judge: null },
      answered,
      // A question without an answer took as long as it was waited for.
      { durationMs: data.queryMs ?? (answered.kind === 'unanswered' ? answered.waitedMs : 0), stalledMs },
    ),
  );
  const check = judgeName({ target: target.id, host: target.host, outcome, queries: measurements, stalledMs }, { policy: request.policy });
  return { outcome, checks: [check], questions: queries.map(({ observation }) => observation) };
}

/** A name has many addresses as a rule; more than these are not tried for a route. */
const ROUTED_LIMIT = 8;

interface Way {
  address: string;
  lookup: Attempt<RouteLookup>;
}

/** The first address that the kernel has a way to, so that a machine with IPv6 alone goes by IPv6; else the first one. */
async function firstWay(addresses: readonly string[], { request, environment }: TargetWork): Promise<Way | null> {
  let first: Way | null = null;
  for (const address of addresses.slice(0, ROUTED_LIMIT)) {
    const way: Way = { address, lookup: await environment.network.routes.lookup(address, request.origin) };
    if (way.lookup.kind === 'measured') return way;
    first ??= way;
  }
  return first;
}

function noteWay({ target, request, recorder }: TargetWork, { address, lookup }: Way): MeasurementOf<'route-lookup'> {
  const found = lookup.kind === 'measured' ? lookup.value : null;
  const data = {
    address,
    source: found?.source ?? null,
    interface: found?.interface ?? null,
    gateway: found?.gateway ?? null,
    loopback: found?.loopback ?? null,
    table: found?.table ?? null,
    type: found?.type ?? null,
    prefix: found?.prefix ?? null,
    mtuBytes: found?.mtuBytes ?? null,
  };
  const attempt = lookup.kind === 'measured' ? measured(null) : lookup;
  return recorder.note(
    {
      probe: 'route-lookup',
      target: target.id,
      notTried: (state) => ({ attempt: state, method: 'system', data }),
      judge:
        request.host || lookup.kind !== 'measured'
          ? (made) => [judgePath(made, recorder.measurements.find((measurement) => measurement.probe === 'host') ?? null)]
          : null,
    },
    attempt,
  );
}

/** What is known of the target when its probes start. */
type Found = Pick<Circumstances, 'addresses' | 'dnsMs' | 'localMtuBytes' | 'onLink'>;

/**
 * Latency once more, to the first address of the family that `chosen` is not of, where that was asked for and there is a way to one. The
 * MTU on that way is not known.
 */
async function probeOtherFamily(work: TargetWork, chosen: string, found: Found): Promise<void> {
  const { request } = work;
  if (request.latencyOfEachFamily !== true || request.family !== null) return;
  const family = addressFamily(chosen) === 4 ? 6 : 4;
  const way = await firstWay(
    found.addresses.filter((address) => addressFamily(address) === family),
    work,
  );
  const probe = TARGET_PROBES.find(({ name }) => name === 'latency');
  if (probe === undefined || way?.lookup.kind !== 'measured') return;
  const circumstances = { target: work.target, options: request, origin: request.origin, ...found, localMtuBytes: null, onLink: false };
  if (!probe.isAsked(circumstances)) return;
  await runProbe(work, probe, circumstances, way.address, null, (checks) => checks.map((line) => ofOtherFamily(line, family)));
}

/** A first connection that took longer lost its first segment: what larger ones meet there would be guesswork. */
const QUICK_MS = 900;

/** Which sizes the way of the other family carries: through a tunnel that swallows large packets the small ones pass by which it is tried. */
async function sizeOtherFamily(work: TargetWork, found: Found, made: Measurement): Promise<void> {
  const { request, environment, target } = work;
  if (made.probe !== 'addresses' || made.data.chosen === null || request.family !== null || request.inquire === undefined) return;
  const chosen = addressFamily(made.data.chosen);
  const other = made.data.addresses.find(
    ({ family, answers, rttMs }) => family !== chosen && answers === true && rttMs !== null && rttMs < QUICK_MS,
  );
  const probe = TARGET_PROBES.find(({ name }) => name === 'mtu');
  if (other === undefined || probe === undefined) return;
  const lookup = await environment.network.routes.lookup(other.address, request.origin);
  if (lookup.kind !== 'measured' || lookup.value.loopback) return;
  const { interface: name, gateway } = lookup.value;
  const way = { ...found, localMtuBytes: await work.mtuOf(name), onLink: name !== null && gateway === null };
  const circumstances = { target, options: request, origin: request.origin, ...way };
  if (!probe.isAsked(circumstances)) return;
  const told = ({ observed }: Check) => (observed === null ? null : `over IPv${other.family}, ${observed}`);
  await runProbe(work, probe, circumstances, other.address, null, (checks) =>
    checks.map((line) => ({ ...ofOtherFamily(line, other.family), observed: told(line) })),
  );
}

/** What is said of a chain of redirects: the rest of what the probe says was said of its first answer. */
const OF_REDIRECTS: ReadonlySet<string> = new Set(['l7.redirects', 'l7.http-status']);
/** From plain HTTP they lead to TLS as a rule: nobody else has looked at a certificate of it. */
const OF_REDIRECTS_TO_TLS: ReadonlySet<string> = new Set([...OF_REDIRECTS, 'l6.certificate']);

/** Of what is asked through a proxy: what lies below it is the direct way, which others look at. */
const OF_PROXIED: ReadonlySet<string> = new Set(['l6.certificate', 'l7.http-status', 'l7.http-time', 'l7.redirects']);
/** How long the body of a page is read that came through a proxy: its head says what is judged. */
const PROXIED_BODY_MS = 500;

/** That a proxy opens the way says nothing of what is behind it: the page is asked for through it as well. */
async function askThroughProxy(work: TargetWork, address: string | null, found: Found, made: Measurement): Promise<void> {
  const { request, target } = work;
  if (made.probe !== 'proxy' || made.data.proxy === null || made.attempt.kind !== 'measured') return;
  const probe = TARGET_PROBES.find(({ name }) => name === 'http');
  if (request.redirects === undefined || request.http !== undefined || probe === undefined) return;
  const http = { ...request.redirects, bodyTimeoutMs: Math.min(request.redirects.bodyTimeoutMs, PROXIED_BODY_MS) };
  const circumstances = { target, options: { ...request, http }, origin: request.origin, ...found };
  if (!probe.isAsked(circumstances)) return;
  await runProbe(work, probe, circumstances, address, null, (checks) => checks.filter((line) => OF_PROXIED.has(kindOf(line))));
}

/** The page that was asked for may be behind redirects: where the first answer is one, the chain is followed to its end. */
async function followRedirects(work: TargetWork, address: string, found: Found, measurements: readonly Measurement[]): Promise<void> {
  const { request, target } = work;
  const redirected = measurements.some(
    (made) => made.probe === 'phases' && made.data.httpStatus !== null && REDIRECTS.has(made.data.httpStatus),
  );
  const probe = TARGET_PROBES.find(({ name }) => name === 'http');
  if (!redirected || request.redirects === undefined || request.http !== undefined || probe === undefined) return;
  // Through a proxy it was followed already.
  if (work.recorder.measurements.some((made) => made.probe === 'http' && made.target === target.id)) return;
  const said = speaksTls(target) ? OF_REDIRECTS : OF_REDIRECTS_TO_TLS;
  const circumstances = { target, options: { ...request, http: request.redirects }, origin: request.origin, ...found };
  if (!probe.isAsked(circumstances)) return;
  await runProbe(work, probe, circumstances, address, null, (checks) => checks.filter((line) => said.has(kindOf(line))));
}

/**
 * Clients are to be prepared for certificates that are too many or out of order (RFC 8446 section 4.4.2): where one looks for what is broken,
 * that is none of it.
 */
function withChainAsRemark(checks: Check[]): Check[] {
  return checks.map((line) => (kindOf(line) === 'l6.chain' && line.status === 'warn' ? { ...line, status: 'pass', code: null } : line));
}

/** Runs every probe that was asked for, or notes why it was not tried. */
async function runProbes(work: TargetWork, address: string | null, obstacle: NotMeasured | null, found: Found): Promise<Measurement[]> {
  const { target, request } = work;
  const circumstances = { target, options: request, origin: request.origin, ...found };
  const asked = TARGET_PROBES.filter((probe) => probe.isAsked(circumstances));
  const silence = request.inquire === undefined ? null : new Silence(work.environment.signal);
  silence?.known.addEventListener('abort', () => work.onSilent(), { once: true });
  let exchanged: Promise<Measurement> | null = null;
  const probed = Promise.all(
    asked.map(async (probe) => {
      // What becomes of a WebSocket, or of a whole exchange, its own probe says.
      const ownWord = probe.name === 'phases' && asked.some(({ name }) => name === 'websocket' || name === 'http');
      const adapt = ownWord
        ? (checks: Check[]) => checks.filter((line) => kindOf(line) !== 'l7.http')
        : silence === null
          ? undefined
          : withChainAsRemark;
      const running = runProbe(work, probe, circumstances, address, obstacle, adapt, silence);
      if (probe.name === 'phases') exchanged = running;
      const made = await running;
      const heard = silence?.heard(made) ?? made;
      await Promise.all([
        askThroughProxy(work, address, found, made),
        lookAtSilentHandshake(work, made),
        lookAtFurtherAddresses(work, made, circumstances),
      ]);
      await sizeOtherFamily(work, found, made);
      return heard;
    }),
  );
  // Behind the probes, so that the first series of a target is the one that was asked for.
  if (address !== null && obstacle === null) {
    const signal = silence?.signalOf('phases') ?? work.environment.signal;
    await Promise.all([knock(work, address, signal), exchanged === null ? undefined : repeatRequest(work, address, exchanged, signal)]);
  }
  return probed;
}

async function runProbe(
  { target, request, environment, recorder, lane, line }: TargetWork,
  probe: TargetProbe,
  circumstances: Circumstances,
  address: string | null,
  obstacle: NotMeasured | null,
  adapt: (checks: Check[]) => Check[] = (checks) => checks,
  silence: Silence | null = null,
): Promise<Measurement> {
  const { network } = environment;
  const byProxy = !environment.signal.aborted && goesByProxy(probe, address, circumstances);
  const signal = silence === null || byProxy ? environment.signal : silence.signalOf(probe.name);
  const work = {
    probe: probe.name,
    target: target.id,
    notTried: (attempt: Attempt<null>) => probe.notTried(address, attempt),
    judge: (measurement: Measurement) => adapt(probe.judge(measurement, { policy: request.policy })),
  };
  if ((address === null || obstacle !== null) && !byProxy) return recorder.note(work, obstacle ?? skipped('there is no address'));
  return recorder.record({
    ...work,
    ...(probe.alone ? { lane: line } : probe.inTurns ? { lane } : {}),
    label: `${probe.name} ${target.id}`,
    // Without an address it is the name that the proxy is told.
    measure: async () => {
      const givenUp = silence === null || byProxy ? {} : { givenUp: silence.known };
      const observed = await probe.measure(address ?? target.host, circumstances, { network, signal, ...givenUp });
      const cutOff = signal.aborted && !environment.signal.aborted && observed.attempt.kind === 'skipped';
      return cutOff ? { ...observed, attempt: skipped(NOTHING_ANSWERS) } : observed;
    },
  });
}
