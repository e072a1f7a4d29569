import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered, unavailable } from '../../model/attempt.js';
import type { NativeOutcome, NativeSockets } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import * as abi from '../../wire/linux/abi.js';
import { parseTcpSegments, TCP_SEGMENT_INFO_BYTES, type TcpSegmentFacts } from '../../wire/linux/tcp-segments.js';
import { encodeSocketAddress } from '../../wire/packets/socket-address.js';
import { boundedWait } from '../bounded-wait.js';
import { errnoMessage, errnoName } from '../errno.js';
import { Destinations } from '../packets/destination.js';
import type { Clock, SegmentExchange, SegmentExchangeOptions, Segments } from '../port.js';
import { HoleWatch } from './hole-watch.js';

/** How often the kernel is asked how far it is: acknowledgements wake nobody. */
const LOOK_MS = 20;

/** Ends an exchange in which something always moves, in times of `stallMs`. */
const LONGEST_STALLS = 4;

/** Bytes read from one connection: more than any first flight. A server that sends without end is left at that. */
const MAXIMUM_RECEIVED_BYTES = 1 << 20;

/** Connections through native sockets, since `TCP_MAXSEG` must be set before connect(2), which Node does not allow for. */
export class NativeSegments implements Segments {
  readonly #native: NativeOutcome;
  readonly #readiness: Readiness | null;
  readonly #clock: Clock;
  readonly #open = new Set<AbortController>();

  constructor(native: NativeOutcome, readiness: Readiness | null, clock: Clock) {
    this.#native = native;
    this.#readiness = readiness;
    this.#clock = clock;
  }

  async exchange(options: SegmentExchangeOptions): Promise<Attempt<SegmentExchange>> {
    if (this.#native.kind === 'absent' || this.#readiness === null) {
      return unavailable('native-sockets', this.#native.kind === 'absent' ? this.#native.because : 'no poll');
    }
    if (options.signal.aborted) return skipped('interrupted');
    const { sockets } = this.#native;
    const closing = new AbortController();
    const signal = AbortSignal.any([options.signal, closing.signal]);
    const begun = beginConnect(sockets, options);
    if (typeof begun !== 'number') return begun;
    this.#open.add(closing);
    try {
      const refusal = await whenConnected(sockets, this.#readiness, begun, { ...options, signal });
      if (refusal !== null) return refusal;
      return await exchange({ sockets, readiness: this.#readiness, clock: this.#clock, descriptor: begun }, { ...options, signal });
    } finally {
      this.#open.delete(closing);
      sockets.close(begun);
    }
  }

  close(): void {
    for (const exchange of this.#open) exchange.abort();
  }
}

/** Starts to connect. Returns the descriptor, which is then the caller's to close. */
function beginConnect(sockets: NativeSockets, options: SegmentExchangeOptions): number | NotMeasured {
  const { address, port, source, interface: device, maximumSegmentBytes } = options;
  const destination = new Destinations(port).of(address).socketAddress;
  const descriptor = sockets.socket(address.includes(':') ? abi.AF_INET6 : abi.AF_INET, abi.SOCK_STREAM, abi.IPPROTO_TCP);
  if (descriptor < 0) return refusedBy('configure', descriptor);
  const attempt = (): NotMeasured | null => {
    if (device !== undefined) {
      const bound = sockets.setOption(descriptor, abi.SOL_SOCKET, abi.SO_BINDTODEVICE, new TextEncoder().encode(`${device}\0`));
      if (bound < 0) return refusedBy('configure', bound);
    }
    if (source !== undefined) {
      const bound = sockets.bind(descriptor, encodeSocketAddress(source, 0));
      if (bound < 0) return refusedBy('configure', bound);
    }
    if (maximumSegmentBytes !== null) {
      const limited = sockets.setOption(descriptor, abi.IPPROTO_TCP, abi.TCP_MAXSEG, maximumSegmentBytes);
      if (limited < 0) return refusedBy('configure', limited);
    }
    // Without it the short segment behind a full one waits for its acknowledgement (RFC 896).
    sockets.setOption(descriptor, abi.IPPROTO_TCP, abi.TCP_NODELAY, 1);
    const connecting = sockets.connect(descriptor, destination);
    return connecting < 0 && errnoName(connecting) !== 'EINPROGRESS' ? refusedBy('connect', connecting) : null;
  };
  const refusal = attempt();
  if (refusal === null) return descriptor;
  sockets.close(descriptor);
  return refusal;
}

function refusedBy(step: 'configure' | 'connect', result: number): NotMeasured {
  const code = errnoName(result);
  return failed(step, code, errnoMessage(code));
}

/** Waits until the connection stands: `null`, or why it does not. */
function whenConnected(
  sockets: NativeSockets,
  readiness: Readiness,
  descriptor: number,
  options: SegmentExchangeOptions,
): Promise<NotMeasured | null> {
  return boundedWait<NotMeasured | null>(options, {
    begin(settle) {
      readiness.watch(descriptor, abi.POLLOUT, () => {
        const status = sockets.getOption(descriptor, abi.SOL_SOCKET, abi.SO_ERROR, 4);
        const errno = typeof status === 'number' ? -status : new DataView(status.buffer, status.byteOffset).getInt32(0, true);
        const code = errnoName(errno);
        if (errno === 0) settle(null);
        else settle(code === 'ETIMEDOUT' ? unanswered('connect', options.timeoutMs) : failed('connect', code, errnoMessage(code)));
      });
      return () => readiness.unwatch(descriptor);
    },
    timedOut: () => unanswered('connect', options.timeoutMs),
    interrupted: () => skipped('interrupted'),
  });
}

interface Connection {
  sockets: NativeSockets;
  readiness: Readiness;
  clock: Clock;
  descriptor: number;
}

/** Writes the flight, reads what comes, and looks at the kernel's counters until the matter is settled or nothing moves. */
async function exchange(connection: Connection, options: SegmentExchangeOptions): Promise<Attempt<SegmentExchange>> {
  const { sockets, readiness, clock, descriptor } = connection;
  const opened = readSegments(sockets, descriptor);
  if (opened === null) return unavailable('tcp-info', 'the kernel does not tell of its segments');
  const flight = options.firstFlight(opened.sendSegmentBytes);
  const written = flight.length === 0 ? 0 : sockets.sendTo(descriptor, flight, null);
  const result: SegmentExchange = {
    opened,
    facts: opened,
    writtenBytes: Math.max(0, written),
    acknowledgedBytes: null,
    receivedBytes: 0,
    holesMs: null,
    ended: 'still',
  };
  if (written < 0) return measured({ ...result, ended: 'reset' });

  let other: 'closed' | 'reset' | null = null;
  const holes = new HoleWatch(sockets, descriptor, clock);
  const changed = new Wake(options.signal);
  readiness.watch(descriptor, abi.POLLIN, () => {
    const read = drain(sockets, descriptor);
    result.receivedBytes += read.bytes;
    other = read.ended;
    if (other !== null || result.receivedBytes >= MAXIMUM_RECEIVED_BYTES) readiness.unwatch(descriptor);
    changed.wake();
  });
  try {
    const longestMs = clock.nowMs() + LONGEST_STALLS * options.stallMs;
    let movedMs = clock.nowMs();
    let moved = '';
    for (;;) {
      result.facts = readSegments(sockets, descriptor) ?? result.facts;
      const { acknowledgedBytes, sendSegmentBytes } = result.facts;
      // The baseline holds the SYN, which the kernel counts too.
      result.acknowledgedBytes =
        acknowledgedBytes === null || opened.acknowledgedBytes === null ? null : acknowledgedBytes - opened.acknowledgedBytes;
      result.holesMs = holes.look(result.facts, result.receivedBytes);
      if (other !== null) return measured({ ...result, ended: other });
      // What arrives behind a hole, again and again, is no progress.
      const now = `${result.acknowledgedBytes} ${result.receivedBytes} ${sendSegmentBytes}`;
      if (now !== moved) movedMs = clock.nowMs();
      moved = now;
      if (isSettled(result) && clock.nowMs() - movedMs >= options.lingerMs) return measured({ ...result, ended: 'settled' });
      if (clock.nowMs() - movedMs >= options.stallMs || clock.nowMs() >= longestMs) return measured(result);
      await changed.orAfter(options.lookMs ?? LOOK_MS, clock);
      if (options.signal.aborted) return skipped('interrupted');
    }
  } finally {
    readiness.unwatch(descriptor);
    changed.dispose();
  }
}

/** Whether all was acknowledged, and a segment as large as we announced has arrived. */
function isSettled({ facts, writtenBytes, acknowledgedBytes }: SegmentExchange): boolean {
  if (writtenBytes === 0) return true;
  const full = facts.largestReceivedSegmentBytes >= facts.receiveSegmentBytes;
  return full && acknowledgedBytes !== null && acknowledgedBytes >= writtenBytes;
}

function readSegments(sockets: NativeSockets, descriptor: number): TcpSegmentFacts | null {
  const bytes = sockets.getOption(descriptor, abi.IPPROTO_TCP, abi.TCP_INFO, TCP_SEGMENT_INFO_BYTES);
  if (typeof bytes === 'number') return null;
  const facts = parseTcpSegments(bytes);
  return facts.ok ? facts.value : null;
}

/** Reads what is there, up to a bound for one turn of the event loop. */
function drain(sockets: NativeSockets, descriptor: number): { bytes: number; ended: 'closed' | 'reset' | null } {
  let bytes = 0;
  while (bytes < MAXIMUM_RECEIVED_BYTES) {
    const message = sockets.receive(descriptor, 'ordinary');
    if (typeof message === 'number') return { bytes, ended: message === -abi.EAGAIN ? null : 'reset' };
    if (message.bytes.length === 0) return { bytes, ended: 'closed' };
    bytes += message.bytes.length;
  }
  return { bytes, ended: null };
}

/** A sleep that an arrival or the end of the run cuts short. */
class Wake {
  #controller = new AbortController();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.wake, { once: true });
  }

  readonly wake = (): void => this.#controller.abort();

  async orAfter(ms: number, clock: Clock): Promise<void> {
    await clock.sleep(ms, this.#controller.signal);
    if (!this.#signal.aborted) this.#controller = new AbortController();
  }

  dispose(): void {
    this.#signal.removeEventListener('abort', this.wake);
  }
}
