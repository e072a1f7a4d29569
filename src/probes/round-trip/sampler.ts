import { setMaxListeners } from 'node:events';
import { type Attempt, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import type { ClockSource, IcmpErrorCount } from '../../model/measurement.js';
import { addressFamily } from '../../model/target.js';
import type { EchoEvent, EchoSession, IpFamily, TcpConnected } from '../../net/port.js';
import type { MeasureContext } from '../probe.js';
import type { RoundTripPlan } from './plan.js';

/** What became of one probe of a series. */
export interface Sample {
  seq: number;
  /** `null`: no answer came within the time-out. */
  rttMs: number | null;
  /** What timed it; `null` without an answer. */
  clock: ClockSource | null;
}

/** A series of probes to one address by one method. */
export interface RoundTripSeries {
  method: 'icmp' | 'tcp';
  /** `measured` as soon as one probe was answered. */
  attempt: Attempt<null>;
  /** Probes that left. In the order sent; one that was still on its way when the series was interrupted is left out. */
  samples: Sample[];
  /** `null` where the method cannot see it: TCP hides duplicates and order. */
  duplicated: number | null;
  /** Answers that came after that of a later probe. */
  reordered: number | null;
  icmpErrors: IcmpErrorCount[];
  /** Packets that did not leave this machine, by errno. */
  notSent: { code: string; count: number }[];
  /** Whether ICMP echo was answered; `null` where it was not tried. */
  echoAnswered: boolean | null;
}

/** `kernel` where every round trip has both of the kernel's stamps, `user` otherwise; `null` without one. */
export function clockOf(samples: readonly Sample[]): ClockSource | null {
  const clocks = new Set(samples.flatMap(({ clock }) => clock ?? []));
  return clocks.size === 0 ? null : clocks.has('user') ? 'user' : 'kernel';
}

/** How long `auto` waits for a first echo reply before it starts on TCP beside it. */
const HEAD_START_MS = 400;

/** A TCP connect costs the other side a socket: a series by TCP is no longer and no faster than this. */
const TCP_MAXIMUM_COUNT = 20;
const TCP_MINIMUM_INTERVAL_MS = 50;

/** Measures round trips by the method of the plan. Never throws; an interrupt ends it with what is there. */
export async function sampleRoundTrips(plan: RoundTripPlan, context: MeasureContext): Promise<RoundTripSeries> {
  if (plan.method === 'tcp') return sampleByTcp(plan, context);
  if (plan.method === 'icmp') return sampleByEcho(plan, context);

  // auto: echo first. TCP joins only when echo stays silent, so that a host that answers echo sees no connection.
  const later = new AbortController();
  const echo = sampleByEcho(plan, context, () => later.abort());
  const echoIsSilent = Promise.race([
    context.network.clock.sleep(HEAD_START_MS, AbortSignal.any([later.signal, context.signal])).then(() => !later.signal.aborted),
    echo.then((series) => series.attempt.kind !== 'measured'),
  ]);
  if (plan.ports.length === 0 || !(await echoIsSilent) || context.signal.aborted) return echo;
  const untilEcho = AbortSignal.any([later.signal, context.signal]);
  // Every connect listens to it.
  setMaxListeners(0, untilEcho);
  const tcp = sampleByTcp(plan, { ...context, signal: untilEcho });
  const echoSeries = await echo;
  if (echoSeries.attempt.kind === 'measured') {
    later.abort();
    return echoSeries;
  }
  const tcpSeries = await tcp;
  const tcpAnswered = tcpSeries.attempt.kind === 'measured' || isRefused(tcpSeries.attempt);
  const better = tcpAnswered ? tcpSeries : echoSeries;
  return { ...better, echoAnswered: echoSeries.echoAnswered, icmpErrors: echoSeries.icmpErrors };
}

/** Collects what comes of the probes of a series, in whatever order. */
class Collector {
  readonly samples: Sample[] = [];
  duplicated = 0;
  reordered = 0;
  answered = 0;
  refusal: NotMeasured | null = null;
  #highestAnswered = -1;
  readonly #errors = new Map<string, IcmpErrorCount>();
  readonly #notSent = new Map<string, number>();

  sent(seq: number): void {
    this.samples[seq] = { seq, rttMs: null, clock: null };
  }

  reply(seq: number, rttMs: number, clock: ClockSource): void {
    const sample = this.samples[seq];
    if (sample === undefined) return;
    if (sample.rttMs !== null) {
      this.duplicated++;
      return;
    }
    sample.rttMs = rttMs;
    sample.clock = clock;
    this.answered++;
    if (seq < this.#highestAnswered) this.reordered++;
    this.#highestAnswered = Math.max(this.#highestAnswered, seq);
  }

  /** It never left, so it is no sample; that it did not is a finding of its own. */
  refused(seq: number, code: string): void {
    delete this.samples[seq];
    this.#notSent.set(code, (this.#notSent.get(code) ?? 0) + 1);
    this.refusal ??= { kind: 'failed', step: 'send', code, message: sendFailure(code) };
  }

  icmpError(event: Extract<EchoEvent, { kind: 'icmp-error' }>): void {
    const { from, type, code, meaning } = event;
    const key = `${from} ${type} ${code}`;
    const known = this.#errors.get(key);
    if (known !== undefined) known.count++;
    else this.#errors.set(key, { from, type, code, meaning, count: 1 });
  }

  series(method: 'icmp' | 'tcp', waitedMs: number, interrupted: boolean): RoundTripSeries {
    const samples = this.samples.filter((sample) => sample !== undefined);
    const attempt: Attempt<null> =
      this.answered > 0
        ? measured(null)
        : (this.refusal ?? (interrupted ? skipped('interrupted') : unanswered(method === 'icmp' ? 'response' : 'connect', waitedMs)));
    return {
      method,
      attempt,
      samples,
      duplicated: method === 'icmp' && samples.length > 0 ? this.duplicated : null,
      reordered: method === 'icmp' && samples.length > 0 ? this.reordered : null,
      icmpErrors: [...this.#errors.values()],
      notSent: [...this.#notSent].map(([code, count]) => ({ code, count })),
      echoAnswered:
        method === 'icmp' && this.refusal?.kind !== 'unavailable' && !(interrupted && this.answered === 0) ? this.answered > 0 : null,
    };
  }
}

async function sampleByEcho(plan: RoundTripPlan, { network, signal }: MeasureContext, answered?: () => void): Promise<RoundTripSeries> {
  const collector = new Collector();
  const opened = network.echo.open(addressFamily(plan.address) as IpFamily, plan.origin);
  if (opened.kind !== 'measured') {
    collector.refusal = opened;
    return collector.series('icmp', 0, false);
  }
  const session: EchoSession = opened.value;
  const settled = new AbortController();
  const wait = AbortSignal.any([signal, settled.signal]);
  /** A probe that failed at once or met an ICMP error will not be answered: nobody need wait for it. */
  const outstanding = new Set<number>();
  let allSent = false;
  try {
    const startedMs = network.clock.nowMs();
    for (let seq = 0; seq < plan.count && !signal.aborted; seq++) {
      collector.sent(seq);
      outstanding.add(seq);
      session.send({ address: plan.address, payloadBytes: plan.payloadBytes, ttl: null, dontFragment: false }, (event) => {
        if (event.kind === 'reply') {
          // A reply after the time-out is a loss to whoever waits no longer, be there later probes or not.
          if (event.rttMs <= plan.timeoutMs) collector.reply(seq, event.rttMs, event.clock);
          answered?.();
        } else if (event.kind === 'icmp-error') {
          collector.icmpError(event);
        } else {
          collector.refused(seq, event.code);
        }
        outstanding.delete(seq);
        if (allSent && outstanding.size === 0) settled.abort();
      });
      if (seq + 1 < plan.count) await network.clock.sleep(startedMs + (seq + 1) * plan.intervalMs - network.clock.nowMs(), signal);
    }
    allSent = true;
    if (outstanding.size > 0) await network.clock.sleep(plan.timeoutMs, wait);
  } finally {
    session.close();
  }
  // An interrupt cut their time short: they are neither answered nor lost.
  if (signal.aborted) for (const seq of outstanding) delete collector.samples[seq];
  return collector.series('icmp', plan.timeoutMs, signal.aborted);
}

function sendFailure(code: string): string {
  return code === 'ENETUNREACH' ? 'the network is unreachable: there is no route' : `the packet could not be sent (${code})`;
}

/** What one connect says about the host, be it of the service or not. */
type Connect = Attempt<TcpConnected>;

async function sampleByTcp(plan: RoundTripPlan, context: MeasureContext): Promise<RoundTripSeries> {
  const { network, signal } = context;
  const collector = new Collector();
  const connectTo = (port: number): Promise<Connect> =>
    network.tcp.connect({ address: plan.address, port, timeoutMs: plan.timeoutMs, signal, ...plan.origin });
  const port = plan.ports.length <= 1 ? plan.ports[0] : await answeringPort(plan.ports, connectTo);
  if (port === undefined) {
    collector.refusal = skipped('no port is known to connect to');
    return collector.series('tcp', 0, false);
  }
  if (typeof port !== 'number') {
    take(collector, 0, port);
    return collector.series('tcp', plan.timeoutMs, signal.aborted);
  }

  const count = Math.min(plan.count, TCP_MAXIMUM_COUNT);
  const intervalMs = Math.max(plan.intervalMs, TCP_MINIMUM_INTERVAL_MS);
  const startedMs = network.clock.nowMs();
  const connects: Promise<void>[] = [];
  for (let seq = 0; seq < count && !signal.aborted; seq++) {
    connects.push(connectTo(port).then((connect) => take(collector, seq, connect)));
    if (seq + 1 < count) await network.clock.sleep(startedMs + (seq + 1) * intervalMs - network.clock.nowMs(), signal);
  }
  await Promise.all(connects);
  return collector.series('tcp', plan.timeoutMs, signal.aborted);
}

/** The first of the ports that accepts; where none does, what says most about the host: a refusal before silence. */
async function answeringPort(
  ports: readonly number[],
  connectTo: (port: number) => Promise<Connect>,
): Promise<number | Connect | undefined> {
  const connects = await Promise.all(ports.map(async (port) => ({ port, connect: await connectTo(port) })));
  const open = connects.find(({ connect }) => connect.kind === 'measured');
  if (open !== undefined) return open.port;
  return (connects.find(({ connect }) => isRefused(connect)) ?? connects[0])?.connect;
}

function isRefused(connect: Attempt<unknown>): boolean {
  return connect.kind === 'failed' && connect.code === 'ECONNREFUSED';
}

function take(collector: Collector, seq: number, connect: Connect): void {
  if (connect.kind === 'skipped') return;
  if (connect.kind === 'measured') {
    const { kernel, connectMs } = connect.value;
    collector.sent(seq);
    // The connection stands, but its first SYN or the answer to it was lost.
    if (kernel !== null && kernel.retransmissions > 0) return;
    // The kernel's estimate after the handshake alone is the round trip of SYN and SYN-ACK, free of our event loop.
    collector.reply(seq, kernel?.rttMs ?? connectMs, kernel === null ? 'user' : 'kernel');
  } else if (isRefused(connect)) {
    // A reset is an answer of the host, though not of the service; it is not timed, since a firewall may have sent it.
    collector.refusal = connect;
  } else if (connect.kind === 'unanswered') {
    collector.sent(seq);
  } else {
    collector.refusal ??= connect;
  }
}
