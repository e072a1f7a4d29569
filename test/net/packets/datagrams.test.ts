import { createSocket } from 'node:dgram';
import { describe, expect, it } from 'vitest';
import { loadNativeSockets } from '../../../src/native/index.js';
import { Readiness } from '../../../src/native/readiness.js';
import { systemClock } from '../../../src/net/clock.js';
import { NativeDatagrams } from '../../../src/net/packets/datagrams.js';
import type { PacketEvent, PacketRequest, PacketSession } from '../../../src/net/port.js';
import * as abi from '../../../src/wire/linux/abi.js';
import { internetChecksum } from '../../../src/wire/packets/checksum.js';
import { errorControl, type FakeSocket, fakeNativeSockets, nativeMessage } from '../../fakes/native-sockets.js';

const TARGET = '192.0.2.7';
const ROUTER = '198.51.100.1';
const PORT = 33_434;

const request = (more: Partial<PacketRequest> = {}): PacketRequest => ({
  address: TARGET,
  payloadBytes: 32,
  ttl: null,
  dontFragment: false,
  ...more,
});

function engine() {
  const sockets = fakeNativeSockets();
  const datagrams = new NativeDatagrams({ kind: 'present', sockets }, new Readiness(sockets), systemClock);
  const open = (): PacketSession => {
    const opened = datagrams.open(4, {}, PORT);
    if (opened.kind !== 'measured') throw new Error('no session');
    return opened.value;
  };
  const flows = (): FakeSocket[] => sockets.opened.filter(({ protocol }) => protocol === abi.IPPROTO_UDP);
  return { sockets, datagrams, open, flows };
}

interface Quoting {
  type?: number;
  code?: number;
  offender?: string;
  to?: string;
  port?: number;
  data?: number;
}

const TIME_EXCEEDED = { type: 11, code: 0 };
const PORT_UNREACHABLE = { type: 3, code: 3 };

function quoting(bytes: Uint8Array, { type = 11, code = 0, offender = ROUTER, to = TARGET, port = PORT, data = 0 }: Quoting = {}) {
  const control = errorControl({ family: 4, origin: abi.SO_EE_ORIGIN_ICMP, type, code, data, offender });
  return nativeMessage({ bytes, control, name: { address: to, port } });
}

/** Sends `count` packets on one flow and puts an answer into its socket. Returns what each packet heard, and what was foreign. */
async function answered(count: number, queue: 'ordinary' | 'error', make: (sent: Uint8Array[]) => ReturnType<typeof nativeMessage>[]) {
  const { datagrams, open, flows } = engine();
  const session = open();
  const events: PacketEvent[][] = Array.from({ length: count }, () => []);
  for (let index = 0; index < count; index++) session.send(request(), (event) => events[index]?.push(event));
  const [socket] = flows();
  const answers = make(socket?.sent.map(({ bytes }) => bytes) ?? []);
  socket?.[queue].push(...answers);
  await expect.poll(() => events.flat().length + session.foreign).toBe(answers.length);
  datagrams.close();
  return { events, foreign: session.foreign };
}

describe('an ICMP error to a datagram', () => {
  it('belongs to the packet that it quotes, however many are out', async () => {
    const { events } = await answered(3, 'error', (sent) => [quoting(sent[1] ?? new Uint8Array(), TIME_EXCEEDED)]);
    expect(events).toMatchObject([[], [{ kind: 'icmp-error', from: ROUTER, meaning: 'time-exceeded', mpls: [] }], []]);
  });
  it('that says "port unreachable" is a reply where the target itself says so, and an error where a router does', async () => {
    const own = await answered(1, 'error', (sent) => [quoting(sent[0] ?? new Uint8Array(), { ...PORT_UNREACHABLE, offender: TARGET })]);
    expect(own.events).toMatchObject([[{ kind: 'reply', by: 'port-unreachable', from: TARGET, duplicate: false, clock: 'user' }]]);
    const foreign = await answered(1, 'error', (sent) => [quoting(sent[0] ?? new Uint8Array(), PORT_UNREACHABLE)]);
    expect(foreign.events).toMatchObject([[{ kind: 'icmp-error', from: ROUTER, meaning: 'port-unreachable' }]]);
    const other = await answered(1, 'error', (sent) => [quoting(sent[0] ?? new Uint8Array(), { type: 3, code: 13, offender: TARGET })]);
    expect(other.events).toMatchObject([[{ kind: 'icmp-error', from: TARGET, meaning: 'prohibited' }]]);
  });
  it('that quotes no payload belongs to the only packet that waits, and to none where two do', async () => {
    for (const length of [0, 5, 15]) {
      const one = await answered(1, 'error', (sent) => [quoting(sent[0]?.slice(0, length) ?? new Uint8Array())]);
      expect(one).toMatchObject({ foreign: 0, events: [[{ kind: 'icmp-error' }]] });
      const two = await answered(2, 'error', (sent) => [quoting(sent[0]?.slice(0, length) ?? new Uint8Array())]);
      expect(two).toEqual({ foreign: 1, events: [[], []] });
    }
  });
  it('that quotes no payload leaves out packets that were answered', async () => {
    const { events } = await answered(2, 'error', (sent) => [quoting(sent[0] ?? new Uint8Array()), quoting(new Uint8Array())]);
    expect(events.map(({ length }) => length)).toEqual([1, 1]);
  });
  it("that quotes somebody else's packet is counted and told to nobody", async () => {
    const forged = (sent: Uint8Array[]) => {
      const [own = new Uint8Array()] = sent;
      const altered = (offset: number) => Uint8Array.from(own, (byte, index) => (index === offset ? byte ^ 1 : byte));
      return [
        quoting(altered(0)),
        quoting(altered(11)),
        quoting(altered(12)),
        quoting(altered(0).slice(0, 5)),
        quoting(new Uint8Array(1400)),
        quoting(own, { to: '192.0.2.8' }),
        quoting(own, { port: PORT + 1 }),
        quoting(new Uint8Array(), { to: '192.0.2.8' }),
        { ...quoting(own), name: new Uint8Array() },
      ];
    };
    expect(await answered(1, 'error', forged)).toEqual({ foreign: 9, events: [[]] });
  });
});

describe('a datagram', () => {
  const from = (bytes: Uint8Array, address = TARGET, port = PORT) => nativeMessage({ bytes, name: { address, port } });

  it('from where the packets went is the reply to the only packet that waits', async () => {
    const { events } = await answered(1, 'ordinary', () => [from(Uint8Array.of(1, 2, 3))]);
    expect(events).toMatchObject([[{ kind: 'reply', by: 'datagram', from: TARGET }]]);
    expect(await answered(2, 'ordinary', () => [from(Uint8Array.of(1, 2, 3))])).toEqual({ foreign: 1, events: [[], []] });
  });
  it('that returns a payload is the reply to its packet, and a duplicate the second time', async () => {
    const { events } = await answered(2, 'ordinary', ([, second = new Uint8Array()]) => [from(second), from(second)]);
    expect(events).toMatchObject([
      [],
      [
        { kind: 'reply', duplicate: false },
        { kind: 'reply', duplicate: true },
      ],
    ]);
  });
  it('from another address or port is foreign', async () => {
    const heard = await answered(1, 'ordinary', ([own = new Uint8Array()]) => [
      from(own, ROUTER),
      from(own, TARGET, 53),
      from(own, '192.0.2.8'),
    ]);
    expect(heard).toEqual({ foreign: 3, events: [[]] });
  });
});

describe('a session of datagrams', () => {
  it('has a socket for each flow, and the same checksum for all packets of a size', () => {
    const { datagrams, open, flows } = engine();
    const session = open();
    for (let index = 0; index < 90; index++) session.send(request({ flow: index % 3 }), () => {});
    expect(flows().map(({ sent }) => sent.length)).toEqual([30, 30, 30]);
    expect(new Set(flows().flatMap(({ sent }) => sent.map(({ bytes }) => internetChecksum(bytes)))).size).toBe(1);
    expect(new Set(flows().flatMap(({ sent }) => sent.map(({ bytes }) => Buffer.from(bytes).toString('hex')))).size).toBe(90);
    session.close();
    expect(flows().every(({ closed }) => closed)).toBe(true);
    datagrams.close();
  });
  it('says of a packet whose flow gets no socket that it was not sent', () => {
    const { sockets, datagrams, open } = engine();
    const session = open();
    sockets.refuse.set(abi.SOCK_DGRAM, -24);
    const events: PacketEvent[] = [];
    session.send(request({ flow: 7 }), (event) => events.push(event));
    expect(events).toEqual([{ kind: 'send-failed', code: 'EMFILE', mtuBytes: null }]);
    expect(datagrams.open(4, {}, PORT)).toMatchObject({ kind: 'unavailable', capability: 'udp-socket' });
    datagrams.close();
  });
  it('calls nobody once it is closed, and leaves no descriptor open', async () => {
    const { sockets, datagrams, open, flows } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    session.send(request(), (event) => events.push(event));
    const [socket] = flows();
    socket?.error.push(quoting(socket.sent[0]?.bytes ?? new Uint8Array()));
    session.close();
    session.send(request(), (event) => events.push(event));
    datagrams.close();
    await expect.poll(() => sockets.opened.every(({ closed }) => closed)).toBe(true);
    expect(events).toEqual([]);
  });
  it('is unavailable without native sockets, with the reason', () => {
    const absent = new NativeDatagrams({ kind: 'absent', because: 'switched off' }, null, systemClock);
    expect(absent.open(4, {}, PORT)).toEqual({ kind: 'unavailable', capability: 'native-sockets', reason: 'switched off' });
  });
});

const native = await loadNativeSockets();
describe.skipIf(native.kind === 'absent')(
  `datagrams on the loopback${native.kind === 'absent' ? ` (skipped: ${native.because})` : ''}`,
  () => {
    for (const [family, address] of [
      [4, '127.0.0.1'],
      [6, '::1'],
    ] as const) {
      it(`to ${address} are answered by the port that is closed, or by the service behind one that is open`, async () => {
        if (native.kind === 'absent') throw new Error('no native sockets');
        const service = createSocket(family === 4 ? 'udp4' : 'udp6');
        await new Promise<void>((resolve) => service.bind(0, address, resolve));
        const { port } = service.address();
        const datagrams = new NativeDatagrams(native, new Readiness(native.sockets), systemClock);
        try {
          service.on('message', (message, peer) => service.send(message, peer.port, peer.address));
          const heard = async (count: number) => {
            const opened = datagrams.open(family, {}, port);
            if (opened.kind !== 'measured') throw new Error('no session');
            const events: PacketEvent[] = [];
            for (let index = 0; index < count; index++) {
              opened.value.send(request({ address, flow: index % 2, dontFragment: true }), (event) => events.push(event));
            }
            await expect.poll(() => events.length, { timeout: 3000 }).toBe(count);
            opened.value.close();
            return events;
          };
          for (const event of await heard(20))
            expect(event).toMatchObject({ kind: 'reply', by: 'datagram', from: address, duplicate: false });
          await new Promise<void>((resolve) => service.close(resolve));
          for (const event of await heard(20))
            expect(event).toMatchObject({ kind: 'reply', by: 'port-unreachable', from: address, ttl: 64 });
        } finally {
          datagrams.close();
        }
      });
    }
  },
);
