import { addressFamily } from '../../model/target.js';
import { latencyProbe } from '../../probes/latency/index.js';
import { latencyNotTried } from '../../probes/latency/measure.js';
import { sweepSeries } from '../../probes/resolver-watch/plan.js';
import { COMMON_PORTS, PING_PAYLOAD_BYTES, type RoundTripPlan } from '../../probes/round-trip/plan.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import { scopedGateway } from '../beyond-gateway.js';
import { targetsWithoutHostsFile } from '../hosts-file-names.js';
import { recordSeries } from '../resolver-watch.js';
import type { TargetOutcome } from '../target-outcome.js';
import { longestAnswerMs } from './answer-time.js';
import type { InquiryWork } from './inquiry-work.js';

/** Long enough for a link that flaps to do it again, and what a person waits for. */
const LONGEST_MS = 3000;
/** Less of it shows nothing that the sweep has not shown. */
const SHORTEST_MS = 600;
const ECHO_INTERVAL_MS = 25;
/** A connection costs the other side a socket: twenty of them, over the whole time. */
const CONNECTS = 20;
/**
 * How long an answer is waited for: several times what the sweep has seen, or a way that is long would be one that is away. A SYN is sent again
 * after 1 s, which the kernel tells.
 */
const ANSWER_MS = { shortest: 600, longest: 1500 } as const;
/** Where the fault is not of one target, so many of them are watched. */
const MOST_TARGETS = 3;

/**
 * Watches gateway, target and resolver side by side for some seconds, the target by echo and by a connection now and then: whether what was gone stays
 * gone, comes and goes, or was away once; and whether its echo alone is limited. What was measured is judged with what the sweep measured, as
 * one course of time.
 */
export async function watch(work: InquiryWork): Promise<string | null> {
  const { outcome, outcomes, leftMs } = work;
  const watched = (outcome === null ? outcomes : [outcome]).filter(isWatchable).slice(0, MOST_TARGETS);
  const gateways = new Set(watched.length === 0 ? defaultGateways(work) : watched.flatMap(({ lookup }) => gatewayOf(lookup?.data)));
  if (watched.length + gateways.size === 0) return 'there is no way to it';
  const answerMs = Math.max(
    ANSWER_MS.shortest,
    ...watched.map((one) => (one.latency?.data.rttMs == null ? 0 : longestAnswerMs(one, ANSWER_MS))),
  );
  const lengthMs = Math.min(LONGEST_MS, leftMs - answerMs);
  if (lengthMs < SHORTEST_MS) return 'there was no time left for it';
  await Promise.all([
    askResolver(work),
    ...[...gateways].map((address) => series(null, plan(address, 'icmp', [], { lengthMs, answerMs }, work), work)),
    ...watched.flatMap(({ target, address }) => {
      const ports = target.port === null ? COMMON_PORTS : [target.port];
      const methods = target.port === null ? (['icmp'] as const) : (['icmp', 'tcp'] as const);
      return methods.map((method) => series(target.id, plan(address ?? '', method, ports, { lengthMs, answerMs }, work), work));
    }),
  ]);
  return null;
}

/** Where no target has an address: the first of each family. */
function defaultGateways({ host }: InquiryWork): string[] {
  const routes = host?.host?.data.defaultRoutes ?? [];
  return [4, 6].flatMap((family) => gatewayOf(routes.find((route) => route.family === family && route.gateway !== null)));
}

function gatewayOf(way: Parameters<typeof scopedGateway>[0] | undefined): string[] {
  const gateway = way === undefined ? null : scopedGateway(way);
  return gateway === null ? [] : [gateway];
}

/** The first of them, for a name of a target: what a program asks first. */
async function askResolver({ host, request, environment, recorder }: InquiryWork): Promise<void> {
  const asking = await targetsWithoutHostsFile(request, environment);
  const named = asking.find((target) => addressFamily(target.host) === null)?.host;
  const server = host?.host?.data.resolvers.flatMap((text) => parseDnsServer(text) ?? [])[0];
  if (named !== undefined && server !== undefined) await recordSeries(sweepSeries(server, named), environment, recorder);
}

function isWatchable({ address, lookup }: TargetOutcome): boolean {
  return address !== null && lookup?.attempt.kind === 'measured' && lookup.data.loopback !== true;
}

function plan(
  address: string,
  method: 'icmp' | 'tcp',
  ports: readonly number[],
  { lengthMs, answerMs }: { lengthMs: number; answerMs: number },
  { request }: InquiryWork,
): RoundTripPlan {
  const intervalMs = method === 'icmp' ? ECHO_INTERVAL_MS : lengthMs / CONNECTS;
  return {
    method,
    count: Math.floor(lengthMs / intervalMs),
    intervalMs,
    timeoutMs: answerMs,
    address,
    ports,
    payloadBytes: PING_PAYLOAD_BYTES,
    origin: request.origin,
  };
}

async function series(target: string | null, planned: RoundTripPlan, { environment, recorder, label }: InquiryWork): Promise<void> {
  const { network, signal } = environment;
  await recorder.record({
    probe: 'latency',
    target,
    label,
    measure: () => latencyProbe.measure(planned, { network, signal }),
    notTried: (attempt) => latencyNotTried(planned.address, attempt),
    // It is one with what the sweep measured: as a course of time.
    judge: null,
  });
}
