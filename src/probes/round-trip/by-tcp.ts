import { type Attempt, skipped } from '../../model/attempt.js';
import { RESET_CODES } from '../../model/failure-code.js';
import { isRejection } from '../../net/http/rejection.js';
import type { Network, TcpConnected } from '../../net/port.js';
import type { MeasureContext } from '../probe.js';
import { Collector, type RoundTripSeries } from './collector.js';
import type { RoundTripPlan } from './plan.js';

/** A TCP connect costs the other side a socket: a series by TCP is no longer and no faster than this. */
const TCP_MAXIMUM_COUNT = 20;
const TCP_MINIMUM_INTERVAL_MS = 50;

/** What one connect says about the host, be it of the service or not. */
type Connect = Attempt<TcpConnected>;

/** Round trips by TCP connections that are closed at once. */
export async function sampleByTcp(plan: RoundTripPlan, context: MeasureContext): Promise<RoundTripSeries> {
  const { network, signal } = context;
  const collector = new Collector();
  const startMs = network.clock.nowMs();
  const connectTo = (port: number): Promise<Connect> =>
    network.tcp.connect({ address: plan.address, port, timeoutMs: plan.timeoutMs, signal, ...plan.origin });
  const port = plan.ports.length <= 1 ? plan.ports[0] : await answeringPort(plan.ports, connectTo);
  if (port === undefined) {
    collector.refusal = skipped('no port is known to connect to');
    return collector.series('tcp', 0, false);
  }
  if (typeof port !== 'number') {
    await take(collector, { seq: 0, sentMs: startMs }, port, plan, network);
    return collector.series('tcp', plan.timeoutMs, signal.aborted);
  }

  const count = Math.min(plan.count, TCP_MAXIMUM_COUNT);
  const intervalMs = Math.max(plan.intervalMs, TCP_MINIMUM_INTERVAL_MS);
  const startedMs = network.clock.nowMs();
  const connects: Promise<void>[] = [];
  const unanswered: number[] = [];
  for (let seq = 0; seq < count && !signal.aborted; seq++) {
    const sentMs = network.clock.nowMs();
    connects.push(
      connectTo(port).then((connect) => {
        if (connect.kind === 'skipped') unanswered.push(seq);
        return take(collector, { seq, sentMs }, connect, plan, network);
      }),
    );
    if (seq + 1 < count) await network.clock.sleep(startedMs + (seq + 1) * intervalMs - network.clock.nowMs(), signal);
  }
  await Promise.all(connects);
  collector.cutOff(unanswered, network.clock.nowMs(), plan.timeoutMs);
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

/** Whether the host said no: it is there, and answers. */
export function isRefused(connect: Attempt<unknown>): boolean {
  return connect.kind === 'failed' && connect.code === 'ECONNREFUSED';
}

interface Sent {
  seq: number;
  /** On the clock of the process. */
  sentMs: number;
}

async function take(collector: Collector, { seq, sentMs }: Sent, connect: Connect, plan: RoundTripPlan, network: Network): Promise<void> {
  if (connect.kind === 'skipped') return;
  if (connect.kind === 'measured') {
    const { kernel, connectMs } = connect.value;
    collector.sent(seq, sentMs);
    // The connection stands, but its first SYN or the answer to it was lost.
    if (kernel !== null && kernel.retransmissions > 0) return;
    // The kernel's estimate after the handshake alone is the round trip of SYN and SYN-ACK, free of our event loop.
    collector.reply(seq, kernel?.rttMs ?? connectMs, kernel === null ? 'user' : 'kernel');
  } else if (isRefused(connect)) {
    // A reset is an answer of the host, though not of the service; it is not timed, since a firewall may have sent it.
    collector.refusal = connect;
    collector.refusedAtMs.push(sentMs);
  } else if (connect.kind === 'unanswered') {
    collector.sent(seq, sentMs);
  } else {
    collector.refusal ??= connect;
    // A connection that was reset after it stood is neither lost nor refused here.
    if (connect.kind !== 'failed' || connect.step !== 'connect' || RESET_CODES.has(connect.code)) return;
    if (await wasRefusedOnTheWay(connect.code, plan, network)) collector.sent(seq, sentMs);
    else collector.refused(seq, connect.code);
  }
}

/**
 * Whether the SYN left, and somebody on the way said that it goes no further: a loss, as it is of an echo. The errno is the same where this
 * machine has no route, which the kernel is asked for.
 */
async function wasRefusedOnTheWay(code: string, { address, origin }: RoundTripPlan, { routes }: Network): Promise<boolean> {
  if (!isRejection(code)) return false;
  const lookup = await routes.lookup(address, origin);
  return lookup.kind !== 'failed';
}
