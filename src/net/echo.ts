import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { type Attempt, measured, unavailable } from '../model/attempt.js';
import type { NativeMessage, NativeOutcome, NativeSockets } from '../native/index.js';
import type { Readiness } from '../native/readiness.js';
import { type ControlMessages, parseControlMessages } from '../wire/control-message.js';
import { encodeEchoRequest, type IpFamily, icmpMeaning, parseEcho, parseIpv4Packet } from '../wire/icmp.js';
import * as abi from '../wire/linux-abi.js';
import { encodeSocketAddress, parseSocketAddress } from '../wire/socket-address.js';
import { type EchoSocket, openEchoSocket } from './echo-socket.js';
import { errnoName } from './errno.js';
import type { Clock, Echo, EchoEvent, EchoRequest, EchoSession, Origin } from './port.js';

/** In each payload: 12 random bytes of the session, then the number of the probe in 4. A reply without them is not ours. */
const COOKIE_BYTES = 12;
export const MINIMUM_ECHO_PAYLOAD_BYTES = COOKIE_BYTES + 4;

/** Messages taken from one queue before the event loop has its turn again: a flood cannot hold the process. */
const MESSAGES_PER_TURN = 256;

/**
 * The stamps are of the system's clock, which may be stepped between two of them. A round trip of theirs that is longer than the process
 * saw, by more than this, is not believed.
 */
const STAMP_TOLERANCE_MS = 1;

/** Opens ICMP echo sessions on native sockets. */
export class NativeEcho implements Echo {
  readonly #native: NativeOutcome;
  readonly #readiness: Readiness | null;
  readonly #clock: Clock;
  readonly #sessions = new Set<NativeEchoSession>();
  /**
   * A socket that only asks for stamps. The kernel stamps received packets while somebody wants it, and begins with a delay (a work item):
   * asked for here, it has begun before the first echo is answered.
   */
  #primer = -1;

  constructor(native: NativeOutcome, readiness: Readiness | null, clock: Clock) {
    this.#native = native;
    this.#readiness = readiness;
    this.#clock = clock;
    if (native.kind === 'absent') return;
    this.#primer = native.sockets.socket(abi.AF_INET, abi.SOCK_DGRAM, 0);
    if (this.#primer < 0) return;
    const stamps = abi.SOF_TIMESTAMPING_RX_SOFTWARE | abi.SOF_TIMESTAMPING_SOFTWARE;
    native.sockets.setOption(this.#primer, abi.SOL_SOCKET, abi.SO_TIMESTAMPING, stamps);
  }

  open(family: IpFamily, origin: Origin): Attempt<EchoSession> {
    if (this.#native.kind === 'absent' || this.#readiness === null) {
      return unavailable('native-sockets', this.#native.kind === 'absent' ? this.#native.because : 'no poll');
    }
    const opened = openEchoSocket(this.#native.sockets, family, origin);
    if (!opened.ok) return unavailable('icmp-socket', opened.reason);
    const session = new NativeEchoSession(this.#native.sockets, this.#readiness, this.#clock, opened.socket, () =>
      this.#sessions.delete(session),
    );
    this.#sessions.add(session);
    return measured(session);
  }

  close(): void {
    for (const session of [...this.#sessions]) session.close();
    if (this.#primer >= 0 && this.#native.kind === 'present') this.#native.sockets.close(this.#primer);
    this.#primer = -1;
  }
}

interface Pending {
  listener: (event: EchoEvent) => void;
  address: string;
  sentMs: number;
  /** Kernel stamp of the departure; `null` until the error queue brings it. */
  sentNs: bigint | null;
  answered: boolean;
}

class NativeEchoSession implements EchoSession {
  readonly method = 'icmp';
  foreign = 0;
  readonly #sockets: NativeSockets;
  readonly #readiness: Readiness;
  readonly #clock: Clock;
  readonly #socket: EchoSocket;
  readonly #closed: () => void;
  readonly #cookie = randomBytes(COOKIE_BYTES);
  readonly #identifier = randomBytes(2).readUInt16BE();
  /** By the number of the probe. Kept after the answer, so that duplicates are known as such. */
  readonly #pending = new Map<number, Pending>();
  /** The kernel numbers the packets that left (`OPT_ID`); a packet that it refused has no number. */
  readonly #numbersByStamp = new Map<number, number>();
  /** What the local stack last said of a packet that was too large for it. Its message quotes no packet. */
  #localMtuBytes: number | null = null;
  #next = 0;
  #stamps = 0;
  #open = true;

  constructor(sockets: NativeSockets, readiness: Readiness, clock: Clock, socket: EchoSocket, closed: () => void) {
    this.#sockets = sockets;
    this.#readiness = readiness;
    this.#clock = clock;
    this.#socket = socket;
    this.#closed = closed;
    readiness.watch(socket.descriptor, abi.POLLIN, () => this.#drain());
  }

  send(request: EchoRequest, listener: (event: EchoEvent) => void): void {
    if (!this.#open) return;
    const number = this.#next++;
    const payload = new Uint8Array(Math.max(request.payloadBytes, MINIMUM_ECHO_PAYLOAD_BYTES));
    payload.set(this.#cookie);
    new DataView(payload.buffer).setUint32(COOKIE_BYTES, number);
    const message = encodeEchoRequest(this.#socket.family, this.#identifier, number & 0xffff, payload);
    const [address, zone] = request.address.split('%', 2) as [string, string | undefined];
    this.#setPacketOptions(request);
    const pending: Pending = { listener, address, sentMs: this.#clock.nowMs(), sentNs: null, answered: false };
    this.#pending.set(number, pending);
    const destination = encodeSocketAddress(address, 0, zone === undefined ? 0 : interfaceIndex(zone));
    let sent = this.#sockets.sendTo(this.#socket.descriptor, message, destination);
    if (sent < 0 && !OWN_FAILURES.has(errnoName(sent))) {
      // An ICMP error that came in for an earlier packet is reported once by the next call on the socket, whatever that call is. What is
      // still refused when the queue is empty is the fault of this packet.
      this.#drain();
      sent = this.#sockets.sendTo(this.#socket.descriptor, message, destination);
    }
    if (sent >= 0) {
      this.#numbersByStamp.set(this.#stamps++, number);
      return;
    }
    this.#pending.delete(number);
    const code = errnoName(sent);
    this.#localMtuBytes = null;
    this.#drain();
    listener({ kind: 'send-failed', code, mtuBytes: code === 'EMSGSIZE' ? this.#localMtuBytes : null });
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#readiness.unwatch(this.#socket.descriptor);
    this.#sockets.close(this.#socket.descriptor);
    this.#pending.clear();
    this.#numbersByStamp.clear();
    this.#closed();
  }

  #setPacketOptions(request: EchoRequest): void {
    const { descriptor, family } = this.#socket;
    const level = family === 4 ? abi.IPPROTO_IP : abi.IPPROTO_IPV6;
    // -1 is "the system's own" for both options' time to live; 1 is IP_PMTUDISC_WANT, the system's default.
    this.#sockets.setOption(descriptor, level, family === 4 ? abi.IP_TTL : abi.IPV6_UNICAST_HOPS, request.ttl ?? -1);
    const discovery = request.dontFragment ? abi.PMTUDISC_PROBE : 1;
    this.#sockets.setOption(descriptor, level, family === 4 ? abi.IP_MTU_DISCOVER : abi.IPV6_MTU_DISCOVER, discovery);
  }

  /** The error queue first: with the stamps of departure at hand, a reply can be timed at once. */
  #drain(): void {
    if (!this.#open) return;
    this.#takeAll('error', (message, control) => this.#takeError(message, control));
    // The clock is read behind each receive: a reply can arrive while earlier ones are being taken.
    this.#takeAll('ordinary', (message, control) => this.#takeReply(message, control, this.#clock.nowMs()));
  }

  #takeAll(queue: 'ordinary' | 'error', take: (message: NativeMessage, control: ControlMessages) => void): void {
    for (let taken = 0; taken < MESSAGES_PER_TURN && this.#open; taken++) {
      const message = this.#sockets.receive(this.#socket.descriptor, queue);
      if (typeof message === 'number') {
        // Other errors than "empty" are pending ICMP errors, reported once: the error queue holds their details.
        if (message === -abi.EAGAIN || queue === 'error') return;
        continue;
      }
      take(message, parseControlMessages(message.control));
    }
  }

  #takeError(message: NativeMessage, { extendedError, timestampNs }: ControlMessages): void {
    if (extendedError === null) return;
    if (extendedError.origin === abi.SO_EE_ORIGIN_TIMESTAMPING) {
      const number = this.#numbersByStamp.get(extendedError.data);
      this.#numbersByStamp.delete(extendedError.data);
      const pending = number === undefined ? undefined : this.#pending.get(number);
      if (pending !== undefined) pending.sentNs = timestampNs;
      return;
    }
    if (extendedError.origin === abi.SO_EE_ORIGIN_LOCAL) {
      this.#localMtuBytes = extendedError.info;
      return;
    }
    const pending = this.#findQuoted(message);
    if (pending === undefined) {
      this.foreign++;
    } else {
      const { icmpType: type, icmpCode: code, offender: from } = extendedError;
      const meaning = icmpMeaning(this.#socket.family, type, code);
      const mtuBytes = meaning === 'packet-too-big' && extendedError.info > 0 ? extendedError.info : null;
      pending.listener({ kind: 'icmp-error', from, type, code, meaning, mtuBytes });
    }
  }

  #takeReply(message: NativeMessage, control: ControlMessages, receivedMs: number): void {
    let { bytes } = message;
    let { ttl } = control;
    if (this.#socket.kind === 'raw' && this.#socket.family === 4) {
      const packet = parseIpv4Packet(bytes);
      if (!packet.ok) return void this.foreign++;
      bytes = packet.value.payload;
      ttl = packet.value.ttl;
    }
    const echo = parseEcho(this.#socket.family, bytes);
    // A raw socket also sees our own requests to this very machine.
    if (echo.ok && echo.value.kind === 'request') return;
    const pending = echo.ok ? this.#find(bytes) : undefined;
    const sender = parseSocketAddress(message.name);
    if (pending === undefined || !sender.ok) return void this.foreign++;

    const processMs = receivedMs - pending.sentMs;
    const kernelMs = pending.sentNs === null || control.timestampNs === null ? null : Number(control.timestampNs - pending.sentNs) / 1e6;
    const stamped = kernelMs !== null && kernelMs >= 0 && kernelMs <= processMs + STAMP_TOLERANCE_MS;
    const duplicate = pending.answered;
    pending.answered = true;
    pending.listener({
      kind: 'reply',
      rttMs: stamped ? kernelMs : Math.max(0, processMs),
      clock: stamped ? 'kernel' : 'user',
      from: sender.value.address,
      ttl,
      duplicate,
    });
  }

  /** The probe that these bytes, which start with an ICMP header, belong to: by cookie and number, not by identifier alone. */
  #find(bytes: Uint8Array): Pending | undefined {
    const payload = bytes.subarray(8);
    if (payload.length < MINIMUM_ECHO_PAYLOAD_BYTES) return undefined;
    for (let index = 0; index < COOKIE_BYTES; index++) if (payload[index] !== this.#cookie[index]) return undefined;
    return this.#pending.get(new DataView(payload.buffer, payload.byteOffset).getUint32(COOKIE_BYTES));
  }

  /** The probe that an error quotes. A router need quote no more than the ICMP header (RFC 792), so the cookie can be missing. */
  #findQuoted(message: NativeMessage): Pending | undefined {
    const { bytes } = message;
    const quoted = parseEcho(this.#socket.family, bytes);
    if (!quoted.ok || quoted.value.kind !== 'request') return undefined;
    if (quoted.value.payload.length >= MINIMUM_ECHO_PAYLOAD_BYTES) return this.#find(bytes);
    if (this.#socket.kind === 'raw' && quoted.value.identifier !== this.#identifier) return undefined;
    const latest = this.#next - 1;
    const number = latest - ((latest - quoted.value.sequence) & 0xffff);
    const pending = this.#pending.get(number);
    const destination = parseSocketAddress(message.name);
    return destination.ok && destination.value.address === pending?.address ? pending : undefined;
  }
}

/**
 * Errors of sendto(2) that are this packet's own fate, and no report on an earlier one: a local firewall or route refuses it, a queue is
 * full, the interface is down. Sent again, it would hide that.
 */
const OWN_FAILURES: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'ENETDOWN', 'ENOBUFS', 'EAGAIN', 'EINVAL']);

/** Index of an interface by its name, as a link-local address needs it; 0 where it has no IPv6 address. */
function interfaceIndex(name: string): number {
  for (const entry of networkInterfaces()[name] ?? []) if (entry.family === 'IPv6') return entry.scopeid;
  return 0;
}
