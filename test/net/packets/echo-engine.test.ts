import { describe, expect, it } from 'vitest';
import { Readiness } from '../../../src/native/readiness.js';
import { systemClock } from '../../../src/net/clock.js';
import { NativeEcho } from '../../../src/net/packets/echo.js';
import type { PacketEvent, PacketRequest, PacketSession } from '../../../src/net/port.js';
import * as abi from '../../../src/wire/linux/abi.js';
import { internetChecksum } from '../../../src/wire/packets/checksum.js';
import {
  droppedControl,
  errorControl,
  type FakeSocket,
  fakeNativeSockets,
  joined,
  nativeMessage,
  stampControl,
} from '../../fakes/native-sockets.js';

const TARGET = '192.0.2.7';
const ROUTER = '198.51.100.1';
const [EHOSTUNREACH, EPERM, EMSGSIZE] = [113, 1, 90];

const request = (more: Partial<PacketRequest> = {}): PacketRequest => ({
  address: TARGET,
  payloadBytes: 56,
  ttl: null,
  dontFragment: false,
  ...more,
});

function engine() {
  const sockets = fakeNativeSockets();
  const echo = new NativeEcho({ kind: 'present', sockets }, new Readiness(sockets), systemClock);
  const open = (origin = {}): PacketSession => {
    const opened = echo.open(4, origin);
    if (opened.kind !== 'measured') throw new Error('no session');
    return opened.value;
  };
  /** The ICMP sockets; the first one only asks for stamps, and the event descriptor is of family 0. */
  const icmp = (): FakeSocket[] => sockets.opened.filter(({ protocol }) => protocol === abi.IPPROTO_ICMP);
  const only = (): FakeSocket => {
    const [socket, ...more] = icmp().filter(({ closed }) => !closed);
    if (socket === undefined || more.length > 0) throw new Error('not one socket');
    return socket;
  };
  return { sockets, echo, open, icmp, only };
}

/** The reply to the `index`th packet that was sent: the same message, of type 0. */
function replyTo(socket: FakeSocket, index: number, from = TARGET) {
  const bytes = Uint8Array.from(socket.sent[index]?.bytes ?? []);
  bytes[0] = 0;
  return nativeMessage({ bytes, name: { address: from, port: 0 } });
}

/** "Time exceeded" that quotes `bytes`. */
function exceeded(bytes: Uint8Array, { data = 0, to = TARGET, stampNs }: { data?: number; to?: string; stampNs?: bigint } = {}) {
  const error = errorControl({ family: 4, origin: abi.SO_EE_ORIGIN_ICMP, type: 11, code: 0, data, offender: ROUTER });
  const control = stampNs === undefined ? error : joined(stampControl(stampNs), error);
  return nativeMessage({ bytes, control, name: { address: to, port: 0 } });
}

const departed = (number: number, stampNs: bigint) =>
  nativeMessage({
    control: joined(stampControl(stampNs), errorControl({ family: 4, origin: abi.SO_EE_ORIGIN_TIMESTAMPING, data: number })),
  });

const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('echo sessions', () => {
  it('of one family and origin share a socket, which closes with the last of them', () => {
    const { echo, open, icmp } = engine();
    const sessions = Array.from({ length: 100 }, () => open());
    const elsewhere = open({ source: '192.0.2.1' });
    expect(icmp()).toHaveLength(2);
    for (const session of sessions.slice(1)) session.close();
    expect(icmp().map(({ closed }) => closed)).toEqual([false, false]);
    sessions[0]?.close();
    expect(icmp().map(({ closed }) => closed)).toEqual([true, false]);
    open();
    expect(icmp()).toHaveLength(3);
    echo.close();
    expect(icmp().every(({ closed }) => closed)).toBe(true);
    expect(echo.open(4, {}).kind).toBe('measured');
    elsewhere.close();
    echo.close();
  });

  it('tell how much this machine dropped itself, from their own beginning to their end', async () => {
    const { echo, open, only } = engine();
    const first = open();
    first.send(request(), () => {});
    only().ordinary.push({ ...replyTo(only(), 0), control: droppedControl(3) });
    await expect.poll(() => first.dropped).toBe(3);
    const second = open();
    second.send(request(), () => {});
    only().ordinary.push({ ...replyTo(only(), 1), control: droppedControl(5) });
    await expect.poll(() => second.dropped).toBe(2);
    second.close();
    first.send(request(), () => {});
    only().ordinary.push({ ...replyTo(only(), 2), control: droppedControl(9) });
    await expect.poll(() => first.dropped).toBe(9);
    expect(second.dropped).toBe(2);
    echo.close();
  });

  it('leave no descriptor open', async () => {
    const { echo, open, sockets } = engine();
    open().send(request(), () => {});
    echo.close();
    await expect.poll(() => sockets.opened.every(({ closed }) => closed)).toBe(true);
  });

  it('hear of their own packets only, and nothing once they are closed', async () => {
    const { echo, open, only } = engine();
    const [a, b] = [open(), open()];
    const heard: string[] = [];
    a.send(request(), (event) => heard.push(`a ${event.kind}`));
    b.send(request(), (event) => heard.push(`b ${event.kind}`));
    const socket = only();
    socket.ordinary.push(replyTo(socket, 1));
    await expect.poll(() => heard).toEqual(['b reply']);
    b.close();
    socket.ordinary.push(replyTo(socket, 1), replyTo(socket, 0));
    await expect.poll(() => heard).toEqual(['b reply', 'a reply']);
    // A late answer to a session that is gone is not foreign.
    expect([a.foreign, b.foreign]).toEqual([0, 0]);
    echo.close();
  });

  it('set the options of a packet only where they differ from those of the last one', () => {
    const { echo, open, only } = engine();
    const session = open();
    for (const ttl of [null, null, 5, 5, 5, null]) session.send(request({ ttl }), () => {});
    for (const dontFragment of [true, true, false]) session.send(request({ dontFragment }), () => {});
    const values = (name: number) => only().options.flatMap((option) => (option.level === 0 && option.name === name ? [option.value] : []));
    expect(values(abi.IP_TTL)).toEqual([-1, 5, -1]);
    expect(values(abi.IP_MTU_DISCOVER)).toEqual([abi.PMTUDISC_WANT, abi.PMTUDISC_PROBE, abi.PMTUDISC_WANT]);
    echo.close();
  });

  it('give all packets of a flow one checksum, and each flow its own', () => {
    const { sockets, echo, open, only } = engine();
    sockets.refuse.set(abi.SOCK_DGRAM, -EPERM);
    const session = open();
    for (let index = 0; index < 300; index++) session.send(request({ flow: index % 3, payloadBytes: 18 + index }), () => {});
    const checksums = only().sent.map(({ bytes }) => {
      expect(internetChecksum(bytes)).toBe(0);
      return new DataView(bytes.buffer).getUint16(2);
    });
    expect(new Set(checksums.filter((_, index) => index % 3 === 0)).size).toBe(1);
    expect(new Set(checksums).size).toBe(3);
    echo.close();
  });
});

describe('without a socket', () => {
  it('a session is unavailable, with what is in the way', () => {
    const { sockets, echo } = engine();
    sockets.refuse.set(abi.SOCK_DGRAM, -24);
    expect(echo.open(4, {})).toEqual({
      kind: 'unavailable',
      capability: 'icmp-socket',
      reason: 'no ICMP socket: no file descriptor is left for this process',
    });
    for (const type of [abi.SOCK_DGRAM, abi.SOCK_RAW]) sockets.refuse.set(type, -EPERM);
    expect(echo.open(6, {})).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('ping_group_range') });
    echo.close();
  });
});

describe('a reply', () => {
  it('is timed by the stamps where both are there and agree with the process clock, else by that', async () => {
    const { echo, open, only } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    for (let index = 0; index < 3; index++) session.send(request(), (event) => events.push(event));
    const socket = only();
    const at = 1_700_000_000_000_000_000n;
    await turn();
    socket.error.push(departed(0, at), departed(1, at));
    socket.ordinary.push(
      { ...replyTo(socket, 0), control: stampControl(at + 2_500_000n) },
      { ...replyTo(socket, 1), control: stampControl(at + 3_600_000_000_000n) },
      { ...replyTo(socket, 2), control: stampControl(at) },
    );
    await expect.poll(() => events.length).toBe(3);
    expect(events[0]).toMatchObject({ rttMs: 2.5, clock: 'kernel', from: TARGET, by: 'echo', duplicate: false });
    expect(events.slice(1)).toMatchObject([{ clock: 'user' }, { clock: 'user' }]);
    echo.close();
  });

  it('is a duplicate the second time, and a flood of duplicates is foreign', async () => {
    const { echo, open, only } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    session.send(request(), (event) => events.push(event));
    const socket = only();
    for (let copy = 0; copy < 1000; copy++) socket.ordinary.push(replyTo(socket, 0));
    await expect.poll(() => session.foreign).toBe(900);
    expect(events).toHaveLength(100);
    expect(events.slice(0, 2)).toMatchObject([{ duplicate: false }, { duplicate: true }]);
    echo.close();
  });

  it('with a forged identity, of an odd size or of another type is counted and told to nobody', async () => {
    const { echo, open, only } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    session.send(request(), (event) => events.push(event));
    const socket = only();
    const altered = (offset: number) => {
      const reply = replyTo(socket, 0);
      reply.bytes[offset] = (reply.bytes[offset] ?? 0) ^ 0xff;
      return reply;
    };
    const cut = (length: number) => ({ ...replyTo(socket, 0), bytes: replyTo(socket, 0).bytes.slice(0, length) });
    // Cookie of the socket, cookie of the session, number, type, code; cut off in header, cookie and number; huge; without a sender.
    const forged = [altered(8), altered(15), altered(20), altered(0), altered(1), cut(0), cut(7), cut(12), cut(23)];
    forged.push(nativeMessage({ bytes: new Uint8Array(65_000), name: { address: TARGET, port: 0 } }));
    forged.push({ ...replyTo(socket, 0), name: new Uint8Array(3) });
    socket.ordinary.push(...forged);
    await expect.poll(() => session.foreign).toBe(forged.length);
    expect(events).toEqual([]);
    echo.close();
  });

  it('finds the event loop running in a flood of foreign ones', async () => {
    const { echo, open, only } = engine();
    const session = open();
    session.send(request(), () => {});
    const socket = only();
    const foreign = nativeMessage({ bytes: new Uint8Array(64), name: { address: TARGET, port: 0 } });
    const flood = 20_000;
    for (let index = 0; index < flood; index++) socket.ordinary.push(foreign);
    let longest = 0;
    for (let before = 0; socket.received < flood; before = socket.received) {
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, socket.received - before);
    }
    expect(longest).toBeLessThanOrEqual(1024);
    expect(session.foreign).toBe(flood);
    echo.close();
  });
});

describe('an ICMP error', () => {
  const label = [0x20, 0x00, 0, 0, 0, 8, 1, 1, 0x05, 0xdc, 0x1b, 0x40];
  const withChecksum = (extension: readonly number[]) => {
    const bytes = Uint8Array.from(extension);
    new DataView(bytes.buffer).setUint16(2, internetChecksum(bytes));
    return bytes;
  };
  const stack = [{ label: 24_001, trafficClass: 5, bottomOfStack: true, ttl: 64 }];

  async function errorFor(make: (sent: Uint8Array) => ReturnType<typeof nativeMessage>, payloadBytes = 56) {
    const { echo, open, only } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    session.send(request({ payloadBytes }), (event) => events.push(event));
    const socket = only();
    socket.error.push(make(socket.sent[0]?.bytes ?? new Uint8Array()));
    await expect.poll(() => events.length + session.foreign).toBe(1);
    echo.close();
    return events[0] ?? null;
  }
  const padded = (sent: Uint8Array, extension: Uint8Array) => {
    const bytes = new Uint8Array(108 + extension.length);
    bytes.set(sent.subarray(0, 108));
    bytes.set(extension, 108);
    return bytes;
  };

  it('names its sender and is timed', async () => {
    const { echo, open, only } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    session.send(request({ ttl: 1 }), (event) => events.push(event));
    const socket = only();
    const at = 1_700_000_000_000_000_000n;
    await turn();
    socket.error.push(departed(0, at), exceeded(socket.sent[0]?.bytes ?? new Uint8Array(), { stampNs: at + 1_250_000n }));
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]).toEqual({
      kind: 'icmp-error',
      from: ROUTER,
      type: 11,
      code: 0,
      meaning: 'time-exceeded',
      mtuBytes: null,
      rttMs: 1.25,
      clock: 'kernel',
      mpls: [],
    });
    echo.close();
  });

  it('tells the label stack at the place that the kernel names', async () => {
    const event = await errorFor((sent) => exceeded(padded(sent, withChecksum(label)), { data: 108 }));
    expect(event).toMatchObject({ mpls: stack });
  });
  it('has no labels where the kernel calls them malformed, or the place lies', async () => {
    expect(await errorFor((sent) => exceeded(padded(sent, withChecksum(label)), { data: 108 | (1 << 16) }))).toMatchObject({ mpls: [] });
    expect(await errorFor((sent) => exceeded(padded(sent, withChecksum(label)), { data: 65_535 }))).toMatchObject({ mpls: [] });
  });
  it('tells labels behind 128 quoted bytes where no place is named, with a checksum only', async () => {
    expect(await errorFor((sent) => exceeded(padded(sent, withChecksum(label))))).toMatchObject({ mpls: stack });
    expect(await errorFor((sent) => exceeded(padded(sent, Uint8Array.from(label))))).toMatchObject({ mpls: [] });
    expect(await errorFor((sent) => exceeded(sent), 1400)).toMatchObject({ mpls: [] });
  });

  it('that quotes eight bytes, or part of the cookie, belongs to the packet of that sequence to that address', async () => {
    for (const length of [8, 13, 23]) {
      expect(await errorFor((sent) => exceeded(sent.slice(0, length)))).toMatchObject({ kind: 'icmp-error', from: ROUTER });
    }
    expect(await errorFor((sent) => exceeded(sent.slice(0, 8), { to: '192.0.2.8' }))).toBeNull();
    expect(await errorFor((sent) => exceeded(joined(sent.slice(0, 8), Uint8Array.of(1, 2, 3, 4, 5))))).toBeNull();
  });
  it("that quotes nothing, a reply or somebody else's packet is counted and told to nobody", async () => {
    expect(await errorFor(() => exceeded(new Uint8Array()))).toBeNull();
    expect(await errorFor((sent) => exceeded(Uint8Array.from(sent, (byte, index) => (index === 0 ? 0 : byte))))).toBeNull();
    expect(await errorFor((sent) => exceeded(Uint8Array.from(sent, (byte, index) => (index === 9 ? byte ^ 1 : byte))))).toBeNull();
  });
});

describe('a packet that the system refuses', () => {
  it('is sent again where the refusal was the report of an earlier one', async () => {
    const { echo, open, only } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    session.send(request(), (event) => events.push(event));
    const socket = only();
    socket.refusals.push(-EHOSTUNREACH);
    socket.error.push(exceeded(socket.sent[0]?.bytes ?? new Uint8Array()));
    session.send(request(), (event) => events.push(event));
    expect(socket.sent).toHaveLength(2);
    // Nobody is called from within a send.
    expect(events).toEqual([]);
    await expect.poll(() => events).toMatchObject([{ kind: 'icmp-error' }]);
    echo.close();
  });

  it('is reported at once, with the local MTU, and never more often than once', () => {
    const { echo, open, only } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    const socket = only();
    socket.refusals.push(...Array.from({ length: 10 }, () => -EMSGSIZE));
    socket.error.push(nativeMessage({ control: errorControl({ family: 4, origin: abi.SO_EE_ORIGIN_LOCAL, info: 1400 }) }));
    session.send(request({ payloadBytes: 2000, dontFragment: true }), (event) => events.push(event));
    expect(events).toEqual([{ kind: 'send-failed', code: 'EMSGSIZE', mtuBytes: 1400 }]);
    socket.refusals.splice(0, 10, -EPERM);
    session.send(request(), (event) => events.push(event));
    expect(events[1]).toEqual({ kind: 'send-failed', code: 'EPERM', mtuBytes: null });
    echo.close();
  });

  it('has no stamp of another one behind it: the kernel counts anew', async () => {
    const { echo, open, only } = engine();
    const session = open();
    const events: PacketEvent[] = [];
    const socket = only();
    const send = () => session.send(request(), (event) => events.push(event));
    const at = 1_700_000_000_000_000_000n;
    send();
    await turn();
    socket.error.push(departed(0, at));
    socket.refusals.push(-EPERM);
    send();
    send();
    const stamps = socket.options
      .filter(({ name }) => name === abi.SO_TIMESTAMPING)
      .map(({ value }) => value & abi.SOF_TIMESTAMPING_OPT_ID);
    expect(stamps.map((value) => value !== 0)).toEqual([true, false, true]);
    await turn();
    socket.error.push(departed(0, at + 5_000_000n));
    socket.ordinary.push({ ...replyTo(socket, 1), control: stampControl(at + 6_000_000n) });
    await expect.poll(() => events.at(-1)).toMatchObject({ kind: 'reply', rttMs: 1, clock: 'kernel' });
    echo.close();
  });
});
