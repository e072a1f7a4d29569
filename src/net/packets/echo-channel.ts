import { randomBytes } from 'node:crypto';
import type { NativeMessage } from '../../native/index.js';
import type { ControlMessages, ExtendedError } from '../../wire/linux/control-message.js';
import { encodeEchoRequest, parseEcho, parseIpv4Packet } from '../../wire/packets/icmp.js';
import { carriesCookie, encodeProbePayload, PROBE_COOKIE_BYTES, probeNumber } from '../../wire/packets/probe-payload.js';
import { parseSocketAddress } from '../../wire/packets/socket-address.js';
import type { PacketEvent, PacketRequest, PacketSession } from '../port.js';
import { Destinations } from './destination.js';
import type { EchoSocket } from './echo-socket.js';
import { icmpErrorEvent } from './icmp-error.js';
import { type Arrival, roundTrip } from './round-trip.js';
import { mayTell, type SentPacket, SentPackets } from './sent-packets.js';
import { type Delivery, type PacketGround, type Reader, type SendRefusal, StampedSocket } from './stamped-socket.js';

/** The first half of a cookie is the channel's, the second the session's: what carries the first half is known as some session's. */
const CHANNEL_COOKIE_BYTES = PROBE_COOKIE_BYTES / 2;

interface EchoPacket extends SentPacket {
  readonly session: EchoSession;
}

/** One ICMP socket and all the sessions that send through it. It closes with the last of them. */
export class EchoChannel implements Reader {
  /** Replies and errors that belonged to no packet of any session. */
  foreign = 0;

  get dropped(): number {
    return this.#stamped.dropped;
  }

  readonly #socket: EchoSocket;
  readonly #stamped: StampedSocket;
  readonly #closed: () => void;
  readonly #destinations = new Destinations(0);
  readonly #sessions = new Set<EchoSession>();
  readonly #cookie = randomBytes(CHANNEL_COOKIE_BYTES);
  /** Of a raw socket. On a datagram socket the kernel sets its own, the socket's port. */
  readonly #identifier = randomBytes(2).readUInt16BE();
  readonly #packets = new SentPackets<EchoPacket>();
  #next = 0;

  constructor(ground: PacketGround, socket: EchoSocket, closed: () => void) {
    this.#socket = socket;
    this.#closed = closed;
    this.#stamped = new StampedSocket(ground, socket.descriptor, socket.family, this);
  }

  open(): EchoSession {
    const session = new EchoSession(this, this.#cookie);
    this.#sessions.add(session);
    return session;
  }

  send(session: EchoSession, request: PacketRequest, listener: (event: PacketEvent) => void): SendRefusal | null {
    const number = this.#next;
    this.#next = (number + 1) >>> 0;
    const sequence = number & 0xffff;
    const sum = session.flowBase + (request.flow ?? 0);
    const payload = encodeProbePayload({ cookie: session.cookie, number, payloadBytes: request.payloadBytes, sum, varying: sequence });
    const { socketAddress, address } = this.#destinations.of(request.address);
    const packet: EchoPacket = { listener, address, session, sentMs: 0, sentNs: null, answered: false, heard: 0 };
    const message = encodeEchoRequest(this.#socket.family, this.#identifier, sequence, payload);
    const refusal = this.#stamped.send(message, socketAddress, request, packet);
    if (refusal === null) this.#packets.add(number, packet);
    return refusal;
  }

  leave(session: EchoSession): void {
    this.#sessions.delete(session);
    this.#packets.deleteOf(session);
    if (this.#sessions.size === 0) this.close();
  }

  close(): void {
    for (const session of [...this.#sessions]) session.close();
    this.#stamped.close();
    this.#closed();
  }

  message(message: NativeMessage, control: ControlMessages, arrival: Arrival): Delivery | null {
    let { bytes } = message;
    let { ttl } = control;
    if (this.#socket.kind === 'raw' && this.#socket.family === 4) {
      const packet = parseIpv4Packet(bytes);
      if (!packet.ok) return this.#notOurs();
      bytes = packet.value.payload;
      ttl = packet.value.ttl;
    }
    const echo = parseEcho(this.#socket.family, bytes);
    if (!echo.ok) return this.#notOurs();
    // A raw socket also sees our own requests to this very machine.
    if (echo.value.kind === 'request') return null;
    const packet = this.#find(echo.value.payload);
    const sender = parseSocketAddress(message.name);
    if (packet === 'given-up') return null;
    if (packet === null || !sender.ok || !mayTell(packet)) return this.#notOurs();
    const duplicate = packet.answered;
    packet.answered = true;
    return { packet, event: { kind: 'reply', ...roundTrip(packet, arrival), from: sender.value.address, ttl, duplicate, by: 'echo' } };
  }

  error(message: NativeMessage, error: ExtendedError, _control: ControlMessages, arrival: Arrival): Delivery | null {
    const packet = this.#findQuoted(message);
    if (packet === 'given-up') return null;
    if (packet === null || !mayTell(packet)) return this.#notOurs();
    return { packet, event: icmpErrorEvent(this.#socket.family, error, message.bytes, 0, packet, arrival) };
  }

  #notOurs(): null {
    this.foreign++;
    return null;
  }

  /** The packet of this payload: by cookie and number, not by identifier alone. `given-up`: it was ours, and nobody waits for it any more. */
  #find(payload: Uint8Array): EchoPacket | 'given-up' | null {
    const number = probeNumber(payload);
    if (number === null || !carriesCookie(payload, this.#cookie)) return null;
    const packet = this.#packets.get(number);
    if (packet === undefined) return number < this.#next ? 'given-up' : null;
    return carriesCookie(payload, packet.session.cookie) ? packet : null;
  }

  /** The packet that an error quotes. A router need quote no more than the ICMP header (RFC 792), so the cookie can be missing or cut off. */
  #findQuoted(message: NativeMessage): EchoPacket | 'given-up' | null {
    const quoted = parseEcho(this.#socket.family, message.bytes);
    if (!quoted.ok || quoted.value.kind !== 'request') return null;
    const { payload, identifier, sequence } = quoted.value;
    if (probeNumber(payload) !== null) return this.#find(payload);
    if (this.#socket.kind === 'raw' && identifier !== this.#identifier) return null;
    const latest = this.#next - 1;
    const packet = this.#packets.get((latest - ((latest - sequence) & 0xffff)) >>> 0);
    const destination = parseSocketAddress(message.name);
    const fits = packet !== undefined && destination.ok && destination.value.address === packet.address;
    return fits && carriesCookie(payload, packet.session.cookie) ? packet : null;
  }
}

/** A session of echo requests on a shared socket. */
export class EchoSession implements PacketSession {
  readonly method = 'icmp';
  readonly constantFlow = true;
  readonly cookie: Uint8Array;
  /** Of the checksums of flow 0. */
  readonly flowBase = randomBytes(2).readUInt16BE();
  readonly #channel: EchoChannel;
  readonly #foreignBefore: number;
  readonly #droppedBefore: number;
  #foreignAtClose: number | null = null;
  #droppedAtClose = 0;

  constructor(channel: EchoChannel, channelCookie: Uint8Array) {
    this.#channel = channel;
    this.cookie = Uint8Array.from([...channelCookie, ...randomBytes(PROBE_COOKIE_BYTES - channelCookie.length)]);
    this.#foreignBefore = channel.foreign;
    this.#droppedBefore = channel.dropped;
  }

  get open(): boolean {
    return this.#foreignAtClose === null;
  }

  /** All that came to the shared socket while this session was open. */
  get foreign(): number {
    return this.#foreignAtClose ?? this.#channel.foreign - this.#foreignBefore;
  }

  /** On the shared socket, while this session was open: perhaps answers to others. */
  get dropped(): number {
    return this.open ? this.#channel.dropped - this.#droppedBefore : this.#droppedAtClose;
  }

  send(request: PacketRequest, listener: (event: PacketEvent) => void): void {
    if (!this.open) return;
    const refusal = this.#channel.send(this, request, listener);
    if (refusal !== null) listener({ kind: 'send-failed', ...refusal });
  }

  close(): void {
    if (!this.open) return;
    this.#droppedAtClose = this.dropped;
    this.#foreignAtClose = this.foreign;
    this.#channel.leave(this);
  }
}
