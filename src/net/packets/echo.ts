import { type Attempt, measured, unavailable } from '../../model/attempt.js';
import type { NativeOutcome } from '../../native/index.js';
import type { Readiness } from '../../native/readiness.js';
import type { IpFamily } from '../../wire/packets/icmp.js';
import type { Clock, Echo, Origin, PacketSession } from '../port.js';
import { EchoChannel } from './echo-channel.js';
import { openEchoSocket } from './echo-socket.js';
import { wantReceiveStamps } from './packet-socket.js';
import type { PacketGround } from './stamped-socket.js';

/** Opens ICMP echo sessions on native sockets: one socket for each family and origin, however many sessions. */
export class NativeEcho implements Echo {
  readonly #ground: PacketGround | null;
  readonly #absent: string;
  readonly #channels = new Map<string, EchoChannel>();
  #primer = -1;

  constructor(native: NativeOutcome, readiness: Readiness | null, clock: Clock) {
    this.#absent = native.kind === 'absent' ? native.because : 'no poll';
    this.#ground = native.kind === 'present' && readiness !== null ? { sockets: native.sockets, readiness, clock } : null;
    if (this.#ground !== null) this.#primer = wantReceiveStamps(this.#ground.sockets);
  }

  open(family: IpFamily, origin: Origin): Attempt<PacketSession> {
    const ground = this.#ground;
    if (ground === null) return unavailable('native-sockets', this.#absent);
    const key = JSON.stringify([family, origin.source, origin.interface]);
    let channel = this.#channels.get(key);
    if (channel === undefined) {
      const opened = openEchoSocket(ground.sockets, family, origin);
      if (!opened.ok) return unavailable('icmp-socket', opened.reason);
      channel = new EchoChannel(ground, opened.socket, () => this.#channels.delete(key));
      this.#channels.set(key, channel);
    }
    return measured(channel.open());
  }

  close(): void {
    for (const channel of [...this.#channels.values()]) channel.close();
    if (this.#primer >= 0) this.#ground?.sockets.close(this.#primer);
    this.#primer = -1;
  }
}
