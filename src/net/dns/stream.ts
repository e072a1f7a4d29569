import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { encodeQuery, isAnswerTo, parseMessage } from '../../wire/dns/dns.js';
import { boundedWait, type WaitLimits } from '../bounded-wait.js';
import { failedBy } from '../errno.js';
import { CLOSED_EARLY, type DnsConnection, type DnsReply } from './connection.js';
import { type DnsFields, malformed, mismatched } from './observation.js';

/** More messages that answer nothing, and the other side makes no sense. */
const MAXIMUM_STRAY = 256;

interface Asked {
  fields: DnsFields;
  settle(outcome: Attempt<DnsReply>): void;
  /** What came meanwhile and was of no use. */
  unusable: NotMeasured | null;
}

/**
 * DNS over a connection of bytes: TCP (RFC 1035 section 4.2.2, RFC 7766) or TLS (RFC 7858). Each message stands behind its length in two
 * bytes. Several questions may be under way; answers come in any order, and find theirs by the id, which no two questions share.
 */
export class DnsStream implements DnsConnection {
  readonly setUp: DnsConnection['setUp'];
  readonly #socket: Socket;
  readonly #close: () => void;
  readonly #frames = new FrameReader();
  readonly #asked = new Map<number, Asked>();
  /** Ids of questions that were given up: their answers may still come, and are nobody's fault. */
  readonly #abandoned = new Set<number>();
  #nextId = randomInt(0x10000);
  #stray = 0;
  #ended = false;

  /** Takes the connected socket over. `close` ends it in the way of its kind. */
  constructor(socket: Socket, setUp: DnsConnection['setUp'], close: () => void) {
    this.setUp = setUp;
    this.#socket = socket;
    this.#close = close;
    const early = failed('response', CLOSED_EARLY, 'the server closed the connection before its answer was whole');
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.once('error', (error) => this.#end(failedBy('response', error)));
    socket.once('end', () => this.#end(early));
    socket.once('close', () => this.#end(early));
  }

  get open(): boolean {
    return !this.#ended;
  }

  ask(fields: DnsFields, limits: WaitLimits): Promise<Attempt<DnsReply>> {
    if (this.#ended) return Promise.resolve(failed('response', CLOSED_EARLY, 'the connection is closed'));
    const id = this.#freeId();
    if (id === null) return Promise.resolve(failed('configure', 'EAGAIN', 'more questions than one connection can carry'));
    let asked: Asked | undefined;
    return boundedWait<Attempt<DnsReply>>(limits, {
      begin: (settle) => {
        asked = { fields, settle, unusable: null };
        this.#asked.set(id, asked);
        const message = encodeQuery({ ...fields, id });
        const length = new Uint8Array(2);
        new DataView(length.buffer).setUint16(0, message.length);
        // In one segment: some servers read length and message at once (RFC 7766 section 8).
        this.#socket.write(Buffer.concat([length, message]));
        return () => {
          if (this.#asked.delete(id)) this.#abandoned.add(id);
        };
      },
      timedOut: () => asked?.unusable ?? unanswered('response', limits.timeoutMs),
      interrupted: () => skipped('interrupted'),
    });
  }

  close(): void {
    this.#end(skipped('interrupted'));
  }

  #freeId(): number | null {
    for (let tried = 0; tried < 0x10000; tried++) {
      const id = this.#nextId;
      this.#nextId = (id + 1) & 0xffff;
      if (!this.#asked.has(id) && !this.#abandoned.has(id)) return id;
    }
    return null;
  }

  #receive(chunk: Uint8Array): void {
    for (const message of this.#frames.add(chunk)) {
      if (this.#ended) return;
      this.#take(message);
    }
  }

  #take(bytes: Uint8Array): void {
    const id = bytes.length < 2 ? null : ((bytes[0] as number) << 8) | (bytes[1] as number);
    const asked = id === null ? undefined : this.#asked.get(id);
    if (id !== null && this.#abandoned.delete(id)) return;
    const message = parseMessage(bytes);
    const problem = message.ok ? mismatched() : malformed(message.refusal);
    if (id === null || asked === undefined) {
      for (const waiting of this.#asked.values()) waiting.unusable ??= problem;
      if (id === null || ++this.#stray > MAXIMUM_STRAY) this.#end(problem);
      return;
    }
    this.#asked.delete(id);
    // Nothing better comes with this id.
    const usable = message.ok && isAnswerTo({ ...asked.fields, id }, message.value);
    asked.settle(usable ? measured({ message: message.value, bytes: bytes.length }) : problem);
  }

  #end(outcome: NotMeasured): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.removeAllListeners('data');
    this.#close();
    for (const { settle, unusable } of [...this.#asked.values()]) settle(outcome.kind === 'skipped' ? outcome : (unusable ?? outcome));
    this.#asked.clear();
  }
}

/** Puts together the length-prefixed messages of a stream. Holds at most the 65,535 bytes that can be announced, and copies each once. */
class FrameReader {
  #prefix: number[] = [];
  #message: Uint8Array | null = null;
  #filled = 0;

  /** Gives the messages that are whole now. */
  *add(chunk: Uint8Array): Generator<Uint8Array> {
    let offset = 0;
    while (offset < chunk.length || this.#isWhole()) {
      if (this.#message === null) {
        this.#prefix.push(chunk[offset++] as number);
        const [high, low] = this.#prefix;
        if (high !== undefined && low !== undefined) this.#message = new Uint8Array((high << 8) | low);
      } else {
        const part = chunk.subarray(offset, offset + this.#message.length - this.#filled);
        this.#message.set(part, this.#filled);
        this.#filled += part.length;
        offset += part.length;
      }
      if (this.#message === null || !this.#isWhole()) continue;
      const whole = this.#message;
      this.#prefix = [];
      this.#message = null;
      this.#filled = 0;
      yield whole;
    }
  }

  #isWhole(): boolean {
    return this.#message !== null && this.#filled === this.#message.length;
  }
}
