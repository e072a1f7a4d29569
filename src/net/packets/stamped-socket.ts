import type { NativeMessage, NativeSockets } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import * as abi from '../../wire/linux/abi.js';
import { type ControlMessages, type ExtendedError, parseControlMessages } from '../../wire/linux/control-message.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import { errnoName } from '../errno.js';
import type { Clock, PacketEvent } from '../port.js';
import { DepartureStamps } from './departure-stamps.js';
import type { Arrival } from './round-trip.js';
import type { SentPacket } from './sent-packets.js';

/** What the packet engine stands on. */
export interface PacketGround {
  sockets: NativeSockets;
  readiness: Readiness;
  clock: Clock;
}

/** Something that came of a packet, for its listener. */
export interface Delivery {
  packet: SentPacket;
  event: PacketEvent;
}

/** Reads what came in on a socket. `null`: it is nothing to tell anybody. */
export interface Reader {
  /** An ICMP error: the quoted packet, from the header that the socket's protocol starts with or behind it, and who sent it. */
  error(message: NativeMessage, error: ExtendedError, control: ControlMessages, arrival: Arrival): Delivery | null;
  message(message: NativeMessage, control: ControlMessages, arrival: Arrival): Delivery | null;
}

export interface SendRefusal {
  /** Name of the errno. */
  code: string;
  /** With `EMSGSIZE`: what the local stack said it can take; `null` where it did not say. */
  mtuBytes: number | null;
}

/** Stamps of the software path in both directions, numbered, without a copy of the packet. */
const STAMPS =
  abi.SOF_TIMESTAMPING_TX_SOFTWARE | abi.SOF_TIMESTAMPING_RX_SOFTWARE | abi.SOF_TIMESTAMPING_SOFTWARE | abi.SOF_TIMESTAMPING_OPT_TSONLY;
const NUMBERED_STAMPS = STAMPS | abi.SOF_TIMESTAMPING_OPT_ID;

/** Messages taken from one queue before the event loop has its turn again: a flood cannot hold the process. */
const MESSAGES_PER_TURN = 256;

/**
 * Both queues share the receive buffer, and each packet sent puts a stamp into it. In a burst they are emptied so often, so that even the
 * small buffer of an ordinary user (net.core.rmem_max is 208 KiB on most systems, some 500 messages) does not overflow.
 */
const SENDS_BETWEEN_READS = 32;

/** How often a packet is tried again while the socket still reports errors of earlier ones. */
const ATTEMPTS = 4;

/**
 * Errors of sendto(2) that are this packet's own fate, and no report on an earlier one: a local firewall or route refuses it, a queue is
 * full, the interface is down. Sent again, it would hide that.
 */
const OWN_FAILURES: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'ENETDOWN', 'ENOBUFS', 'EAGAIN', 'EINVAL']);

/**
 * A socket of datagrams (ICMP or UDP) whose packets are stamped by the kernel as they leave and arrive, and whose ICMP errors are read from
 * its error queue. Listeners are called from the event loop only, never from within {@link send}.
 */
export class StampedSocket {
  readonly #ground: PacketGround;
  readonly #descriptor: number;
  readonly #family: IpFamily;
  readonly #reader: Reader;
  readonly #departures = new DepartureStamps();
  readonly #stamped: boolean;
  #deliveries: Delivery[] = [];
  #deliverySoon: NodeJS.Immediate | null = null;
  /** What the local stack last said of a packet that was too large for it. Its message quotes no packet. */
  #localMtuBytes: number | null = null;
  /** Whether a refusal left it open which number the kernel gives to the next packet. */
  #numberUnsure = false;
  #sendsSinceRead = 0;
  #ttl: number | null = null;
  #dontFragment: boolean | null = null;
  #open = true;
  /** Messages that the kernel dropped since the receive buffer was full, as far as it has told: with the next message that got in. */
  dropped = 0;

  /** Takes over `descriptor`, which the error queue was asked for. */
  constructor(ground: PacketGround, descriptor: number, family: IpFamily, reader: Reader) {
    this.#ground = ground;
    this.#descriptor = descriptor;
    this.#family = family;
    this.#reader = reader;
    this.#stamped = ground.sockets.setOption(descriptor, abi.SOL_SOCKET, abi.SO_TIMESTAMPING, NUMBERED_STAMPS) === 0;
    ground.readiness.watch(descriptor, abi.POLLIN, () => this.#ready());
  }

  /** Sends `message` and notes in `packet` when it left. Returns why it did not. */
  send(
    message: Uint8Array,
    socketAddress: Uint8Array,
    { ttl, dontFragment }: { ttl: number | null; dontFragment: boolean },
    packet: SentPacket,
  ): SendRefusal | null {
    if (++this.#sendsSinceRead >= SENDS_BETWEEN_READS) this.#read();
    this.#localMtuBytes = null;
    let result = this.#setPacketOptions(ttl ?? -1, dontFragment);
    for (let attempt = 1; result === 0; attempt++) {
      if (this.#numberUnsure) this.#renumber();
      packet.sentMs = this.#ground.clock.nowMs();
      const sent = this.#ground.sockets.sendTo(this.#descriptor, message, socketAddress);
      if (sent >= 0) {
        if (this.#stamped) this.#departures.left(packet);
        return null;
      }
      this.#numberUnsure = this.#stamped;
      // An ICMP error that came in for an earlier packet is reported once by the next call on the socket, whatever that call is. What is
      // still refused when the error queue is empty is the fault of this packet.
      const reports = this.#readErrors();
      const own = OWN_FAILURES.has(errnoName(sent)) || attempt >= ATTEMPTS || (attempt > 1 && reports === 0);
      if (own) result = sent;
    }
    const code = errnoName(result);
    return { code, mtuBytes: code === 'EMSGSIZE' ? this.#localMtuBytes : null };
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#deliverySoon !== null) clearImmediate(this.#deliverySoon);
    this.#deliveries = [];
    this.#ground.readiness.unwatch(this.#descriptor);
    this.#ground.sockets.close(this.#descriptor);
  }

  /** Sets what differs from the last packet. Returns 0 or `-errno`. `ttl` -1 is the system's own. */
  #setPacketOptions(ttl: number, dontFragment: boolean): number {
    const four = this.#family === 4;
    const level = four ? abi.IPPROTO_IP : abi.IPPROTO_IPV6;
    if (ttl !== this.#ttl) {
      const set = this.#ground.sockets.setOption(this.#descriptor, level, four ? abi.IP_TTL : abi.IPV6_UNICAST_HOPS, ttl);
      if (set < 0) return set;
      this.#ttl = ttl;
    }
    if (dontFragment !== this.#dontFragment) {
      const discovery = dontFragment ? abi.PMTUDISC_PROBE : abi.PMTUDISC_WANT;
      const name = four ? abi.IP_MTU_DISCOVER : abi.IPV6_MTU_DISCOVER;
      const set = this.#ground.sockets.setOption(this.#descriptor, level, name, discovery);
      if (set < 0) return set;
      this.#dontFragment = dontFragment;
    }
    return 0;
  }

  /** Has the kernel number packets from 0 on again: it does when numbers are switched on. */
  #renumber(): void {
    const set = (flags: number) => this.#ground.sockets.setOption(this.#descriptor, abi.SOL_SOCKET, abi.SO_TIMESTAMPING, flags);
    set(STAMPS);
    set(NUMBERED_STAMPS);
    this.#departures.restart();
    this.#numberUnsure = false;
  }

  #ready(): void {
    if (!this.#open) return;
    this.#read();
    this.#deliver();
  }

  /** The error queue first: with the stamps of departure at hand, a reply can be timed at once. */
  #read(): void {
    this.#sendsSinceRead = 0;
    this.#readErrors();
    for (let taken = 0; taken < MESSAGES_PER_TURN; taken++) {
      const message = this.#ground.sockets.receive(this.#descriptor, 'ordinary');
      if (message === -abi.EAGAIN) return;
      // Other errors than "empty" are pending ICMP errors, reported once: the error queue holds their details.
      if (typeof message === 'number') continue;
      const control = parseControlMessages(message.control);
      this.dropped = Math.max(this.dropped, control.dropped ?? 0);
      // The clock is read behind each receive: a reply can arrive while earlier ones are being taken.
      const arrival = this.#arrival(control.timestampNs);
      this.#keep(this.#reader.message(message, control, arrival));
    }
  }

  /** Reads the error queue. Returns how many errors of earlier packets it held. */
  #readErrors(): number {
    let reports = 0;
    for (let taken = 0; taken < MESSAGES_PER_TURN; taken++) {
      const message = this.#ground.sockets.receive(this.#descriptor, 'error');
      if (typeof message === 'number') break;
      const control = parseControlMessages(message.control);
      const error = control.extendedError;
      if (error === null) continue;
      if (error.origin === abi.SO_EE_ORIGIN_TIMESTAMPING) {
        this.#departures.stamped(error.data, control.timestampNs);
      } else if (error.origin === abi.SO_EE_ORIGIN_LOCAL) {
        this.#localMtuBytes = error.info;
      } else {
        reports++;
        const arrival = this.#arrival(control.timestampNs);
        this.#keep(this.#reader.error(message, error, control, arrival));
      }
    }
    return reports;
  }

  #arrival(receivedNs: bigint | null): Arrival {
    const { clock } = this.#ground;
    return { receivedMs: clock.nowMs(), receivedNs, receivedWallMs: clock.wallTime().getTime() };
  }

  #keep(delivery: Delivery | null): void {
    if (delivery === null) return;
    this.#deliveries.push(delivery);
    this.#deliverySoon ??= setImmediate(() => this.#deliver());
  }

  /** Tells what was read until now. What a listener brings about by sending comes in a later turn. */
  #deliver(): void {
    if (this.#deliverySoon !== null) clearImmediate(this.#deliverySoon);
    this.#deliverySoon = null;
    const deliveries = this.#deliveries;
    this.#deliveries = [];
    for (const { packet, event } of deliveries) if (packet.session.open) packet.listener(event);
  }
}
