import { type Attempt, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { PacketSession } from '../../net/port.js';
import type { MeasureContext, Observation } from '../probe.js';
import { concludeMtu } from './conclusion.js';
import { searchByPackets } from './packet-search.js';
import type { MtuPlan } from './plan.js';
import type { SearchResult } from './search.js';
import { askSegments, type SegmentEvidence } from './segment-evidence.js';
import { searchBySystem } from './system-search.js';

/** Where nobody listens as a rule: the ports of traceroute(8), which its own first probe goes to. */
const UNUSED_PORT = 33_434;

/** A lost SYN is sent again after 1 s (RFC 6298). */
const KNOCK_MS = 1500;

export async function measureMtu(plan: MtuPlan, context: MeasureContext): Promise<Observation<'mtu'>> {
  const packets = await searchByBestMethod(plan, context);
  const result = packets.outcome.kind === 'measured' ? packets.outcome.value : null;
  const doubtful = result === null || result.silent !== false || !result.exact;
  // Afterwards: what a router announced meanwhile is then in the kernel's own segment size, as for every connection from now on.
  const segments =
    context.signal.aborted || !(await isWorthConnecting(packets, plan))
      ? null
      : packets.segments !== undefined
        ? await packets.segments
        : await askSegments(plan, context, { search: plan.segments === 'always' || doubtful, guessBytes: result?.passed ?? null });
  const found = concludeMtu(result, segments, plan.localMtuBytes, packets.method === 'udp');
  const data: DataOf<'mtu'> = {
    address: plan.address,
    localMtuBytes: plan.localMtuBytes,
    tcpMssBytes: segments?.sendSegmentBytes ?? null,
    ...found,
    onLink: plan.onLink,
    ...(result?.linkRefused === undefined || found.blackhole !== true ? {} : { linkRefused: result.linkRefused }),
    tcp: segments === null ? null : describeSegments(segments),
    sent: packets.sent,
  };
  if (context.signal.aborted) return { attempt: skipped('interrupted'), method: packets.method, data };
  if (packets.outcome.kind === 'measured') return { attempt: measured(null), method: packets.method, data };
  const settled = found.pathMtuBytes !== null || found.blackhole === true;
  return settled ? { attempt: measured(null), method: 'tcp', data } : { attempt: packets.outcome, method: null, data };
}

function describeSegments(segments: SegmentEvidence): NonNullable<DataOf<'mtu'>['tcp']> {
  const { announcedMssBytes, pathMtuBytes, toTarget, fromTarget, connections } = segments;
  return { announcedMssBytes, kernelPathMtuBytes: pathMtuBytes, toTarget, fromTarget, connections };
}

interface Searched {
  outcome: Attempt<SearchResult>;
  method: 'icmp' | 'udp' | 'system' | null;
  sent: number;
  /** Whether the target's port takes connections, asked beside the methods that follow a silent one; absent where none was silent. */
  knock?: Promise<boolean>;
  /** What segments told, asked beside the datagrams that follow a silent echo; absent where none were. */
  segments?: Promise<SegmentEvidence | null>;
}

/** A target that answers nothing at all is not waited for once more, unless that is what was asked for. */
async function isWorthConnecting({ outcome, knock }: Searched, plan: MtuPlan): Promise<boolean> {
  return plan.segments === 'always' || outcome.kind !== 'unanswered' || knock === undefined || knock;
}

/** Echo where the system and the target allow it, datagrams otherwise; the system's ping where echoes of our own cannot be sent. */
async function searchByBestMethod(plan: MtuPlan, context: MeasureContext): Promise<Searched> {
  const { network } = context;
  let sent = 0;
  let knock: Promise<boolean> | undefined;
  const knocked = new AbortController();
  let last: NotMeasured = skipped('there is no method left');
  let echoed = false;
  let segments: Promise<SegmentEvidence | null> | undefined;
  const told = new AbortController();
  const within: MeasureContext = { ...context, signal: AbortSignal.any([context.signal, told.signal]) };
  for (const method of plan.method === 'auto' ? (['icmp', 'udp', 'system'] as const) : [plan.method]) {
    if (method === 'system') {
      // The same echoes once more would meet the same silence.
      if (echoed) break;
      const search = await searchBySystem(plan, context);
      sent += search.sent;
      if (search.outcome.kind === 'measured') return { outcome: search.outcome, method, sent };
      if (search.outcome.kind !== 'unavailable' || last.kind === 'skipped') last = search.outcome;
      break;
    }
    const opened: Attempt<PacketSession> =
      method === 'icmp' ? network.echo.open(plan.family, plan.origin) : network.datagrams.open(plan.family, plan.origin, UNUSED_PORT);
    if (opened.kind !== 'measured') {
      // The first reason is the one that can be mended.
      if (last.kind === 'skipped') last = opened;
      continue;
    }
    echoed ||= method === 'icmp';
    if (echoed && method === 'udp') segments = segmentsBeside(plan, context, knock, () => told.abort());
    const search = await searchByPackets(opened.value, plan, within);
    sent += search.sent;
    if (search.outcome.kind === 'measured') {
      knocked.abort();
      return { outcome: search.outcome, method, sent, ...(segments === undefined ? {} : { segments }) };
    }
    last = told.signal.aborted && !context.signal.aborted ? unanswered('response', plan.timeoutMs) : search.outcome;
    // Where the segments are asked for in any case, their own connections tell.
    if (plan.port !== null && plan.segments === 'in-doubt') knock ??= knockAt(plan, plan.port, context, knocked.signal);
    if (context.signal.aborted) break;
  }
  return { outcome: last, method: null, sent, ...(knock === undefined ? {} : { knock }), ...(segments === undefined ? {} : { segments }) };
}

/**
 * Where echo is silent and the target's port takes connections, TCP is asked without waiting for the datagrams: what answers no echo answers
 * few of those, and one at a time. `enough` is called when the segments alone have told the whole path MTU.
 */
function segmentsBeside(
  plan: MtuPlan,
  context: MeasureContext,
  knock: Promise<boolean> | undefined,
  enough: () => void,
): Promise<SegmentEvidence | null> | undefined {
  if (knock === undefined || plan.speech === null) return undefined;
  return knock.then(async (open) => {
    if (!open || context.signal.aborted) return null;
    const found = await askSegments(plan, context, { search: true, guessBytes: null });
    const { pathMtuBytes, exact, blackhole } = concludeMtu(null, found, plan.localMtuBytes);
    if (pathMtuBytes !== null && exact && blackhole === false) enough();
    return found;
  });
}

async function knockAt(
  { address, origin }: MtuPlan,
  port: number,
  { network, signal }: MeasureContext,
  done: AbortSignal,
): Promise<boolean> {
  const either = AbortSignal.any([signal, done]);
  const connected = await network.tcp.connect({ address, port, timeoutMs: KNOCK_MS, signal: either, ...origin });
  return connected.kind === 'measured';
}

export function mtuNotTried(address: string | null, attempt: Attempt<null>): Observation<'mtu'> {
  return {
    attempt,
    method: null,
    data: {
      address,
      localMtuBytes: null,
      tcpMssBytes: null,
      ...concludeMtu(null, null, null),
      onLink: null,
      tcp: null,
      sent: 0,
    },
  };
}
