import { setMaxListeners } from 'node:events';
import { failed, type NotMeasured } from '../../model/attempt.js';
import { CREDENTIALS_WITHHELD } from '../../model/failure-code.js';
import type { Load, LoadOptions, LoadReading, LoadSummary, Loads } from '../load-port.js';
import type { ReadTcpProgress } from '../tcp/tcp-facts.js';
import { LoadConnection, type LoadPart } from './load-connection.js';
import { isTrusted, openStream, type StreamParts } from './stream.js';

/** Connections that broke in the middle of a body are opened anew so many times in all: a server that cuts them off is not besieged. */
const MOST_REOPENED = 8;
/** Answers that are so short that there can be so many of them measure the server, and not the line. */
const MOST_REQUESTS = 2000;

/** Loads over connections of our own: see {@link Loads}. */
export function createLoads(parts: StreamParts, progress: ReadTcpProgress): Loads {
  return { begin: (options) => new HttpLoad(parts, progress, options) };
}

const NOTHING: Omit<LoadReading, 'ownBusyMs'> = {
  bytes: 0,
  sentBytes: null,
  retransmittedBytes: null,
  busyMs: null,
  windowLimitedMs: null,
  waitedMs: 0,
};

class HttpLoad implements Load {
  readonly over: Promise<void>;
  readonly #parts: StreamParts;
  readonly #progress: ReadTcpProgress;
  readonly #options: LoadOptions;
  readonly #ender = new AbortController();
  readonly #busy = performance.eventLoopUtilization();
  readonly #connections = new Set<LoadConnection>();
  /** Of connections that are over. */
  #past: Omit<LoadReading, 'ownBusyMs'> = NOTHING;
  #opened = 0;
  #broken = 0;
  #reopened = 0;
  #reason: string | null = null;
  #failure: NotMeasured | null = null;
  #sent = 0;
  #completed = 0;
  #handed = 0;
  #received = 0;
  #acknowledged = true;
  #contentEncoding: string | null = null;
  #refusedWith: number | null = null;
  #ended: LoadSummary['ended'] = null;

  constructor(parts: StreamParts, progress: ReadTcpProgress, options: LoadOptions) {
    this.#parts = parts;
    this.#progress = progress;
    this.#options = options;
    // Every connection listens to it.
    setMaxListeners(0, this.#ender.signal);
    const stop = () => this.stop();
    if (options.signal.aborted) this.stop();
    else options.signal.addEventListener('abort', stop, { once: true });
    const lanes = Array.from({ length: options.connections }, () => this.#lane());
    this.over = Promise.all(lanes).then(() => {
      options.signal.removeEventListener('abort', stop);
      if (!this.#ender.signal.aborted) this.#ended ??= 'broken-off';
      this.stop();
    });
  }

  read(): LoadReading {
    const all = [this.#past, ...[...this.#connections].map((connection) => connection.read())];
    const sum = (of: (one: (typeof all)[number]) => number | null): number | null => {
      const known = all.flatMap((one) => of(one) ?? []);
      return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
    };
    const reading: LoadReading = {
      bytes: sum(({ bytes }) => bytes) ?? 0,
      sentBytes: sum(({ sentBytes }) => sentBytes),
      retransmittedBytes: sum(({ retransmittedBytes }) => retransmittedBytes),
      busyMs: sum(({ busyMs }) => busyMs),
      windowLimitedMs: sum(({ windowLimitedMs }) => windowLimitedMs),
      waitedMs: sum(({ waitedMs }) => waitedMs) ?? 0,
      ownBusyMs: performance.eventLoopUtilization(this.#busy).active,
    };
    // What was handed over to this system still has to get there.
    if (reading.bytes >= this.#options.maximumBytes) this.#end('volume');
    return reading;
  }

  stop(): void {
    this.#ender.abort();
    for (const connection of this.#connections) connection.stop();
  }

  summary(): LoadSummary {
    const { bytes } = this.read();
    const { direction } = this.#options;
    return {
      connections: { opened: this.#opened, broken: this.#broken, reason: this.#reason },
      requests: { sent: this.#sent, completed: this.#completed },
      countedBy: direction === 'down' ? 'received' : this.#acknowledged ? 'acknowledged' : 'handed-over',
      contentEncoding: this.#contentEncoding,
      failure: bytes === 0 ? this.#failure : null,
      refusedWith: this.#refusedWith,
      ended: this.#ended,
    };
  }

  #end(why: NonNullable<LoadSummary['ended']>): void {
    if (this.#ender.signal.aborted) return;
    this.#ended = why;
    this.stop();
  }

  /** One connection after the other, as long as there is something to be had. */
  async #lane(): Promise<void> {
    const { signal } = this.#ender;
    let waitsSinceMs: number | null = null;
    while (!signal.aborted) {
      const connection = await this.#open(waitsSinceMs);
      if (connection === null) return;
      this.#connections.add(connection);
      const failure = await connection.run();
      const { bytes } = connection.read();
      waitsSinceMs = connection.waitsSinceMs;
      this.#close(connection);
      if (failure === null || signal.aborted) continue;
      this.#failure ??= failure;
      if (connection.midway) this.#broken++;
      this.#reason ??= failure.kind === 'failed' ? failure.message : 'no answer';
      if (!connection.midway || bytes === 0 || ++this.#reopened > MOST_REOPENED) return;
    }
  }

  async #open(waitsSinceMs: number | null): Promise<LoadConnection | null> {
    const options = this.#options;
    const { signal } = this.#ender;
    const alpn = options.secure ? ['http/1.1'] : [];
    const { opened } = await openStream(this.#parts, { ...options, alpn, via: null, signal });
    if (opened.kind !== 'measured') {
      if (!signal.aborted) {
        this.#failure ??= opened;
        this.#reason ??= opened.kind === 'failed' ? opened.message : 'a connection was not answered';
      }
      return null;
    }
    const stream = opened.value;
    this.#opened++;
    if (signal.aborted) {
      stream.socket.destroy();
      return null;
    }
    if (options.confidential && !isTrusted(stream)) {
      stream.socket.destroy();
      const why = 'the credentials were not sent: the certificate of the server is not trusted, or is for another name';
      this.#failure = failed('request', CREDENTIALS_WITHHELD, why);
      this.#end('broken-off');
      return null;
    }
    const part: LoadPart = {
      sent: () => {
        if (this.#sent >= MOST_REQUESTS) this.#end('requests');
        else this.#sent++;
        return !this.#ender.signal.aborted;
      },
      completed: () => this.#completed++,
      encoded: (coding) => {
        this.#contentEncoding ??= coding;
      },
      refused: (status) => {
        this.#refusedWith ??= status;
      },
      room: (bytes) => {
        const room = Math.max(0, Math.min(bytes, options.maximumBytes - this.#handed));
        this.#handed += room;
        return room;
      },
      received: (bytes) => {
        this.#received += bytes;
        if (this.#received >= options.maximumBytes) this.#end('volume');
      },
      notAcknowledged: () => {
        this.#acknowledged = false;
      },
    };
    return new LoadConnection(this.#parts.clock, stream, this.#progress, options, part, waitsSinceMs);
  }

  #close(connection: LoadConnection): void {
    connection.stop();
    const last = connection.read();
    const sum = (a: number | null, b: number | null) => (a === null && b === null ? null : (a ?? 0) + (b ?? 0));
    const past = this.#past;
    this.#past = {
      bytes: past.bytes + last.bytes,
      sentBytes: sum(past.sentBytes, last.sentBytes),
      retransmittedBytes: sum(past.retransmittedBytes, last.retransmittedBytes),
      busyMs: sum(past.busyMs, last.busyMs),
      windowLimitedMs: sum(past.windowLimitedMs, last.windowLimitedMs),
      waitedMs: past.waitedMs + last.waitedMs,
    };
    this.#connections.delete(connection);
  }
}
