import { randomBytes } from 'node:crypto';
import { type Attempt, measured, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';
import type { Clock, WebSocketArrival, WebSocketConnection } from '../../net/port.js';
import { CLOSE_ABNORMAL, CLOSE_NORMAL, closeName } from '../../wire/http/websocket-frame.js';
import { MessageBurst } from './message-burst.js';
import type { WebSocketPlan } from './plan.js';
import { RoundTrips } from './round-trips.js';

type Observed = Pick<
  DataOf<'websocket'>,
  'rttMs' | 'rttBy' | 'pings' | 'echoes' | 'messages' | 'throughput' | 'serverPings' | 'listenedMs' | 'close' | 'violation'
> & { attempt: Attempt<null> };

/** With so much it is enough: we close, in good order. The times between the messages are all kept, for the percentiles. */
const MESSAGE_LIMIT = 1_000_000;
const BYTES_LIMIT = 1024 * 1024 * 1024;
/** Control frames that nobody waits for: more than these is a flood, which keeps this side from its own work. */
const UNASKED_LIMIT = 10_000;
/** How much may wait to be sent: a server that only asks and does not read is not fed for ever. */
const BACKLOG_LIMIT = 1024 * 1024;
/** How long the server gets to answer our close frame, and to end the connection. */
const CLOSE_MS = 1000;
const LONGEST_REASON = 125;
const TOO_MUCH = 1008;

/** Everything between the upgrade and the end. The connection is gone when it returns. */
export async function converse(plan: WebSocketPlan, connection: WebSocketConnection, clock: Clock, signal: AbortSignal): Promise<Observed> {
  const talk = new Conversation(plan, connection, clock);
  connection.listen((arrival) => talk.onArrival(arrival));
  try {
    await talk.run(signal);
    if (!signal.aborted) await talk.close(signal);
  } finally {
    connection.destroy();
  }
  return talk.observed(signal.aborted && !talk.finished);
}

class Conversation {
  readonly #plan: WebSocketPlan;
  readonly #connection: WebSocketConnection;
  readonly #clock: Clock;
  readonly #cookie = randomBytes(8);
  readonly #pings: RoundTrips;
  readonly #echoes: RoundTrips | null;
  readonly #message: { kind: 'text' | 'binary'; bytes: Uint8Array; key: string } | null;
  readonly #messages = { received: 0, receivedBytes: 0 };
  readonly #gaps: number[] = [];
  readonly #startedMs: number;
  /** Aborts when there is nothing more to wait for. */
  readonly #over = new AbortController();
  /** Aborts when so much came that nothing more is asked. */
  readonly #enough = new AbortController();
  #wake = () => {};
  #subscribedMs: number | null = null;
  #firstMs: number | null = null;
  #lastMs: number | null = null;
  #listenedMs: number | null = null;
  /** Once it has begun, what comes back is its own. */
  #burst: MessageBurst | null = null;
  #serverPings = 0;
  #unasked = 0;
  /** When it was over before all was done that was planned; `null`: it was not. */
  #cutMs: number | null = null;
  #closing = false;
  #close: Observed['close'] = null;
  #violation: Observed['violation'] = null;
  /** Whether everything that was planned was done, or the server ended it. */
  finished = false;

  constructor(plan: WebSocketPlan, connection: WebSocketConnection, clock: Clock) {
    this.#plan = plan;
    this.#connection = connection;
    this.#clock = clock;
    this.#pings = new RoundTrips(plan.timeoutMs);
    this.#echoes = plan.message !== null && plan.listenMs === null ? new RoundTrips(plan.timeoutMs) : null;
    this.#startedMs = clock.nowMs();
    if (plan.message === null) this.#message = null;
    else {
      const text = 'text' in plan.message;
      const bytes = 'text' in plan.message ? new TextEncoder().encode(plan.message.text) : plan.message.bytes;
      this.#message = { kind: text ? 'text' : 'binary', bytes, key: keyOf(bytes) };
    }
  }

  /** Pings, and with them messages or the listening; until done, or the server or the signal ends it. */
  async run(signal: AbortSignal): Promise<void> {
    const { listenMs, count, intervalMs, timeoutMs } = this.#plan;
    const until = AbortSignal.any([signal, this.#over.signal, this.#enough.signal]);
    const endMs = listenMs === null ? null : this.#startedMs + listenMs;
    if (listenMs !== null && this.#message !== null) this.#subscribedMs = this.#connection.send(this.#message.kind, this.#message.bytes);
    for (let number = 0; !until.aborted && number < count; number++) {
      const nextMs = this.#startedMs + number * intervalMs;
      if (endMs !== null && nextMs >= endMs) break;
      if (number > 0) await this.#clock.sleep(nextMs - this.#clock.nowMs(), until);
      if (!until.aborted) this.#sendRound(number);
    }
    if (endMs !== null) {
      await this.#clock.sleep(endMs - this.#clock.nowMs(), until);
      this.#listenedMs = Math.min(listenMs ?? 0, this.#clock.nowMs() - this.#startedMs);
    }
    const deadlineMs = this.#clock.nowMs() + timeoutMs;
    while (!until.aborted && this.#isWaiting() && this.#clock.nowMs() < deadlineMs) {
      const answered = new AbortController();
      this.#wake = () => answered.abort();
      await this.#clock.sleep(deadlineMs - this.#clock.nowMs(), AbortSignal.any([until, answered.signal]));
    }
    await this.#sendBurst(until);
    this.finished = !signal.aborted;
  }

  async #sendBurst(until: AbortSignal): Promise<void> {
    const { messages, timeoutMs } = this.#plan;
    const message = this.#message;
    if (messages === 0 || message === null || this.#echoes === null || until.aborted) return;
    this.#burst = new MessageBurst(messages, timeoutMs, this.#clock, () =>
      this.#connection.backlogBytes() > BACKLOG_LIMIT ? null : this.#connection.send(message.kind, message.bytes),
    );
    await this.#burst.run(until);
  }

  #sendRound(number: number): void {
    const payload = new Uint8Array(12);
    payload.set(this.#cookie);
    new DataView(payload.buffer).setUint32(8, number);
    const pingedMs = this.#connection.send('ping', payload);
    if (pingedMs !== null) this.#pings.began(hex(payload), pingedMs);
    if (this.#echoes === null || this.#message === null || this.#connection.backlogBytes() > BACKLOG_LIMIT) return;
    const sentMs = this.#connection.send(this.#message.kind, this.#message.bytes);
    if (sentMs !== null) this.#echoes.began(this.#message.key, sentMs);
  }

  /** A server that answers messages and no pings, or the other way round, is not waited for in vain. */
  #isWaiting(): boolean {
    if (this.#echoes === null) return this.#pings.open > 0;
    if (this.#echoes.open > 0) return true;
    return this.#pings.open > 0 && this.#pings.answered > 0;
  }

  /** RFC 6455 section 7.1: our close frame, the server's, and the end of the connection. */
  async close(signal: AbortSignal): Promise<void> {
    if (this.#over.signal.aborted) {
      // A close frame of the server is answered, and so is a violation told.
      await this.#clock.sleep(0, signal);
      return;
    }
    this.#closing = true;
    this.#connection.close(CLOSE_NORMAL);
    await this.#clock.sleep(Math.min(CLOSE_MS, this.#plan.timeoutMs), AbortSignal.any([signal, this.#over.signal]));
    this.#close ??= { by: 'client', code: CLOSE_ABNORMAL, name: closeName(CLOSE_ABNORMAL), reason: '', clean: false };
  }

  onArrival(arrival: WebSocketArrival): void {
    switch (arrival.kind) {
      case 'pong':
        if (this.#pings.came(hex(arrival.bytes), arrival.atMs)) this.#wake();
        else this.#onUnasked('pongs that nobody waits for');
        break;
      case 'ping':
        this.#serverPings++;
        this.#onUnasked('pings');
        if (this.#connection.backlogBytes() <= BACKLOG_LIMIT) this.#connection.send('pong', arrival.bytes);
        break;
      case 'message':
        this.#onMessage(arrival.bytes, arrival.atMs);
        break;
      case 'close':
        this.#ended(arrival.code, arrival.reason.slice(0, LONGEST_REASON), true, arrival.atMs);
        // 1005 stands for a frame without a code, which ours then has neither.
        if (!this.#closing) this.#connection.close(arrival.code >= CLOSE_NORMAL && arrival.code !== 1005 ? arrival.code : CLOSE_NORMAL);
        break;
      case 'violation':
        this.#violate(arrival.code, arrival.reason);
        break;
      case 'end':
        this.#ended(CLOSE_ABNORMAL, arrival.reset ? 'the connection was reset' : '', false, arrival.atMs);
        break;
    }
  }

  #onMessage(bytes: Uint8Array, atMs: number): void {
    if (this.#enough.signal.aborted) return;
    this.#messages.received++;
    this.#messages.receivedBytes += bytes.length;
    this.#firstMs ??= atMs;
    if (this.#lastMs !== null) this.#gaps.push(atMs - this.#lastMs);
    this.#lastMs = atMs;
    const key = keyOf(bytes);
    if (this.#burst !== null && key === this.#message?.key) this.#burst.came(atMs);
    else if (this.#echoes?.came(key, atMs)) this.#wake();
    if (this.#messages.received >= MESSAGE_LIMIT || this.#messages.receivedBytes >= BYTES_LIMIT) {
      this.#cutMs ??= atMs;
      this.#enough.abort();
    }
  }

  #onUnasked(what: string): void {
    if (++this.#unasked > UNASKED_LIMIT) this.#violate(TOO_MUCH, `more than ${UNASKED_LIMIT} ${what} came`);
  }

  #violate(code: number, reason: string): void {
    if (this.#over.signal.aborted) return;
    this.#violation = { code, reason };
    this.#cutMs ??= this.#clock.nowMs();
    this.#connection.close(code);
    this.#close ??= { by: 'client', code: CLOSE_ABNORMAL, name: closeName(CLOSE_ABNORMAL), reason: '', clean: false };
    this.#over.abort();
  }

  #ended(code: number, reason: string, clean: boolean, atMs: number): void {
    if (!this.#closing) this.#cutMs ??= atMs;
    this.#close ??= { by: this.#closing ? 'client' : 'server', code, name: closeName(code), reason, clean };
    this.#over.abort();
  }

  observed(interrupted: boolean): Observed {
    if (interrupted) this.#cutMs ??= this.#clock.nowMs();
    const pings = this.#pings.summary(this.#cutMs);
    const echoes = this.#echoes?.summary(this.#cutMs) ?? null;
    const rttBy = pings.rttMs !== null ? 'ping' : echoes !== null && echoes.rttMs !== null ? 'echo' : null;
    const sinceMs = this.#subscribedMs ?? this.#startedMs;
    return {
      attempt: interrupted ? skipped('interrupted') : measured(null),
      pings,
      echoes,
      rttMs: rttBy === null ? null : rttBy === 'ping' ? pings.rttMs : (echoes?.rttMs ?? null),
      rttBy,
      messages: {
        ...this.#messages,
        firstMs: this.#firstMs === null ? null : Math.max(0, this.#firstMs - sinceMs),
        interarrivalMs: rttStatistics(this.#gaps),
      },
      ...(this.#burst === null ? {} : { throughput: this.#burst.summary(this.#cutMs) }),
      serverPings: this.#serverPings,
      listenedMs: this.#listenedMs,
      close: this.#close,
      violation: this.#violation,
    };
  }
}

/** By content alone: many a server sends text back as binary. */
function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
