import { randomBytes } from 'node:crypto';
import { type Attempt, measured, unavailable } from '../../model/attempt.js';
import type { NativeOutcome } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import { encodeProbePayload, PROBE_COOKIE_BYTES } from '../../wire/packets/probe-payload.js';
import type { Clock, Datagrams, Origin, PacketEvent, PacketRequest, PacketSession } from '../port.js';
import { DatagramFlow, type DatagramOwner, type DatagramPacket, openDatagramSocket } from './datagram-flow.js';
import { Destinations } from './destination.js';
import { wantReceiveStamps } from './packet-socket.js';
import { SentPackets } from './sent-packets.js';
import type { PacketGround } from './stamped-socket.js';

/** Opens sessions of UDP datagrams on native sockets: one socket for each flow of each session. */
export class NativeDatagrams implements Datagrams {
  readonly #ground: PacketGround | null;
  readonly #absent: string;
  readonly #sessions = new Set<DatagramSession>();
  #primer = -1;

  constructor(native: NativeOutcome, readiness: Readiness | null, clock: Clock) {
    this.#absent = native.kind === 'absent' ? native.because : 'no poll';
    this.#ground = native.kind === 'present' && readiness !== null ? { sockets: native.sockets, readiness, clock } : null;
    if (this.#ground !== null) this.#primer = wantReceiveStamps(this.#ground.sockets);
  }

  open(family: IpFamily, origin: Origin, port: number): Attempt<PacketSession> {
    const ground = this.#ground;
    if (ground === null) return unavailable('native-sockets', this.#absent);
    const session = new DatagramSession(ground, family, origin, port, () => this.#sessions.delete(session));
    // Now rather than with the first packet: what the system refuses, it refuses here.
    const refused = session.flow(0);
    if (!(refused instanceof DatagramFlow)) return unavailable('udp-socket', refused.reason);
    this.#sessions.add(session);
    return measured(session);
  }

  close(): void {
    for (const session of [...this.#sessions]) session.close();
    if (this.#primer >= 0) this.#ground?.sockets.close(this.#primer);
    this.#primer = -1;
  }
}

class DatagramSession implements PacketSession, DatagramOwner {
  readonly method = 'udp';
  readonly constantFlow = true;
  readonly cookie = randomBytes(PROBE_COOKIE_BYTES);
  foreign = 0;
  open = true;
  readonly #ground: PacketGround;
  readonly #origin: Origin;
  readonly #closed: () => void;
  readonly #destinations: Destinations;
  readonly #flows = new Map<number, DatagramFlow>();
  readonly #packets = new SentPackets<DatagramPacket>();
  /** What the words of every payload sum up to: with ports and length, it makes the checksum. */
  readonly #sum = randomBytes(2).readUInt16BE();
  #next = 0;
  #droppedAtClose: number | null = null;

  constructor(
    ground: PacketGround,
    readonly family: IpFamily,
    origin: Origin,
    readonly port: number,
    closed: () => void,
  ) {
    this.#ground = ground;
    this.#origin = origin;
    this.#closed = closed;
    this.#destinations = new Destinations(port);
  }

  /** The socket of a flow, opened when it is first asked for. */
  flow(number: number): DatagramFlow | { code: string; reason: string } {
    const known = this.#flows.get(number);
    if (known !== undefined) return known;
    const opened = openDatagramSocket(this.#ground.sockets, this.family, this.#origin);
    if (!opened.ok) return opened;
    const flow = new DatagramFlow(this.#ground, opened.descriptor, this);
    this.#flows.set(number, flow);
    return flow;
  }

  send(request: PacketRequest, listener: (event: PacketEvent) => void): void {
    if (!this.open) return;
    const flow = this.flow(request.flow ?? 0);
    if (!(flow instanceof DatagramFlow)) {
      listener({ kind: 'send-failed', code: flow.code, mtuBytes: null });
      return;
    }
    const number = this.#next;
    this.#next = (number + 1) >>> 0;
    const { socketAddress, address } = this.#destinations.of(request.address);
    const { payloadBytes } = request;
    const payload = encodeProbePayload({ cookie: this.cookie, number, payloadBytes, sum: this.#sum, varying: 0 });
    const packet: DatagramPacket = { listener, address, session: this, flow, sentMs: 0, sentNs: null, answered: false, heard: 0 };
    const refusal = flow.send(payload, socketAddress, request, packet);
    if (refusal === null) this.#packets.add(number, packet);
    else listener({ kind: 'send-failed', ...refusal });
  }

  sent(number: number): DatagramPacket | 'given-up' | null {
    return this.#packets.get(number) ?? (number < this.#next ? 'given-up' : null);
  }

  get dropped(): number {
    return this.#droppedAtClose ?? [...this.#flows.values()].reduce((sum, flow) => sum + flow.dropped, 0);
  }

  close(): void {
    if (!this.open) return;
    this.#droppedAtClose = this.dropped;
    this.open = false;
    for (const flow of this.#flows.values()) flow.close();
    this.#flows.clear();
    this.#packets.deleteOf(this);
    this.#closed();
  }
}
