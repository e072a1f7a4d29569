import type { NativeMessage, NativeSockets } from '../../native/index.js';
import * as abi from '../../wire/linux/abi.js';
import type { ControlMessages, ExtendedError } from '../../wire/linux/control-message.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import { carriesCookie, probeNumber } from '../../wire/packets/probe-payload.js';
import { parseSocketAddress } from '../../wire/packets/socket-address.js';
import { errnoMessage, errnoName } from '../errno.js';
import type { Origin } from '../port.js';
import { icmpErrorEvent } from './icmp-error.js';
import { Outstanding } from './outstanding.js';
import { preparePacketSocket } from './packet-socket.js';
import { type Arrival, roundTrip } from './round-trip.js';
import { mayTell, type SentPacket } from './sent-packets.js';
import { type Delivery, type PacketGround, type Reader, type SendRefusal, StampedSocket } from './stamped-socket.js';

const UDP_HEADER_BYTES = 8;

export interface DatagramPacket extends SentPacket {
  readonly flow: DatagramFlow;
}

/** What a flow needs of its session. */
export interface DatagramOwner {
  readonly family: IpFamily;
  readonly port: number;
  readonly cookie: Uint8Array;
  readonly open: boolean;
  foreign: number;
  sent(number: number): DatagramPacket | 'given-up' | null;
}

/** Opens a UDP socket with an error queue, bound to a port of its own. */
export function openDatagramSocket(
  sockets: NativeSockets,
  family: IpFamily,
  origin: Origin,
): { ok: true; descriptor: number } | { ok: false; code: string; reason: string } {
  const descriptor = sockets.socket(family === 4 ? abi.AF_INET : abi.AF_INET6, abi.SOCK_DGRAM, abi.IPPROTO_UDP);
  if (descriptor < 0) {
    const code = errnoName(descriptor);
    return { ok: false, code, reason: `no UDP socket: ${errnoMessage(code)}` };
  }
  const refusal = preparePacketSocket(sockets, descriptor, family, origin);
  if (refusal === null) return { ok: true, descriptor };
  sockets.close(descriptor);
  return { ok: false, ...refusal };
}

/**
 * One socket, and so one source port: the packets that it sends to one address are one flow. It is not connected, since the kernel gives a
 * connected socket no datagram from another address, and nothing would be counted.
 */
export class DatagramFlow implements Reader {
  readonly #owner: DatagramOwner;
  readonly #stamped: StampedSocket;
  readonly #outstanding = new Outstanding<DatagramPacket>();

  constructor(ground: PacketGround, descriptor: number, owner: DatagramOwner) {
    this.#owner = owner;
    this.#stamped = new StampedSocket(ground, descriptor, owner.family, this);
  }

  send(
    payload: Uint8Array,
    socketAddress: Uint8Array,
    options: { ttl: number | null; dontFragment: boolean },
    packet: DatagramPacket,
  ): SendRefusal | null {
    const refusal = this.#stamped.send(payload, socketAddress, options, packet);
    if (refusal === null) this.#outstanding.add(packet);
    return refusal;
  }

  get dropped(): number {
    return this.#stamped.dropped;
  }

  close(): void {
    this.#stamped.close();
  }

  /** A datagram is an answer only from where the packets went. */
  message(message: NativeMessage, { ttl }: ControlMessages, arrival: Arrival): Delivery | null {
    const from = this.#peer(message);
    const packet = from === null ? null : this.#findAnswered(message.bytes, from, arrival);
    if (packet === 'given-up') return null;
    if (from === null || packet === null || packet.address !== from || !mayTell(packet)) return this.#notOurs();
    return this.#reply(packet, { from, ttl, by: 'datagram' }, arrival);
  }

  error(message: NativeMessage, error: ExtendedError, { ttl }: ControlMessages, arrival: Arrival): Delivery | null {
    const destination = this.#peer(message);
    const packet = destination === null ? null : this.#findQuoted(message.bytes, destination, arrival);
    if (packet === 'given-up') return null;
    if (packet === null || packet.address !== destination || !mayTell(packet)) return this.#notOurs();
    const event = icmpErrorEvent(this.#owner.family, error, message.bytes, UDP_HEADER_BYTES, packet, arrival);
    if (event.meaning === 'port-unreachable' && event.from === packet.address) {
      return this.#reply(packet, { from: packet.address, ttl, by: 'port-unreachable' }, arrival);
    }
    this.#outstanding.settle(packet);
    return { packet, event };
  }

  #reply(
    packet: DatagramPacket,
    answer: { from: string; ttl: number | null; by: 'datagram' | 'port-unreachable' },
    arrival: Arrival,
  ): Delivery {
    this.#outstanding.settle(packet);
    const duplicate = packet.answered;
    packet.answered = true;
    return { packet, event: { kind: 'reply', ...roundTrip(packet, arrival), ...answer, duplicate } };
  }

  #notOurs(): null {
    this.#owner.foreign++;
    return null;
  }

  /** The address that a datagram came from, or that a quoted packet went to; `null` where the port is not ours. */
  #peer({ name }: NativeMessage): string | null {
    const peer = parseSocketAddress(name);
    return peer.ok && peer.value.port === this.#owner.port ? peer.value.address : null;
  }

  /** The packet that carried this payload, if the payload is one of ours. */
  #find(payload: Uint8Array): DatagramPacket | 'given-up' | null {
    const number = probeNumber(payload);
    if (number === null || !carriesCookie(payload, this.#owner.cookie)) return null;
    const packet = this.#owner.sent(number);
    return packet === null || packet === 'given-up' || packet.flow === this ? packet : null;
  }

  /** A service answers with what it likes: then with what it was sent, or nothing is known but that it answers. */
  #findAnswered(payload: Uint8Array, from: string, { receivedMs }: Arrival): DatagramPacket | 'given-up' | null {
    return this.#find(payload) ?? this.#outstanding.only(from, receivedMs);
  }

  /** A payload that was quoted far enough is ours or is not; of one that was cut off, at least the beginning is ours. */
  #findQuoted(payload: Uint8Array, destination: string, { receivedMs }: Arrival): DatagramPacket | 'given-up' | null {
    if (probeNumber(payload) !== null) return this.#find(payload);
    return carriesCookie(payload, this.#owner.cookie) ? this.#outstanding.only(destination, receivedMs) : null;
  }
}
