import { describe, expect, it, vi } from 'vitest';
import { DepartureStamps } from '../../../src/net/packets/departure-stamps.js';
import { Destinations } from '../../../src/net/packets/destination.js';
import { Outstanding } from '../../../src/net/packets/outstanding.js';
import { roundTrip } from '../../../src/net/packets/round-trip.js';
import { mayTell, type SentPacket, SentPackets } from '../../../src/net/packets/sent-packets.js';
import { parseSocketAddress } from '../../../src/wire/packets/socket-address.js';

const { interfaces } = vi.hoisted(() => ({ interfaces: vi.fn(() => ({})) }));
vi.mock('node:os', async (original) => ({ ...(await original<object>()), networkInterfaces: interfaces }));
const of = (address: string, scopeid: number) => ({ address, scopeid, family: 'IPv6' });

const session = { open: true };
const packetAt = (sentMs: number, of: { open: boolean } = session): SentPacket => ({
  listener() {},
  address: '192.0.2.1',
  session: of,
  sentMs,
  sentNs: null,
  answered: false,
  heard: 0,
});

describe('roundTrip', () => {
  const at = 1_700_000_000_000_000_000n;
  it.each([
    ['both stamps', at, at + 4_000_000n, { rttMs: 4, clock: 'kernel' }],
    ['no stamp of departure', null, at, { rttMs: 10, clock: 'user' }],
    ['no stamp of arrival', at, null, { rttMs: 10, clock: 'user' }],
    ['a clock that was set back', at, at - 1n, { rttMs: 10, clock: 'user' }],
    ['a clock that was set forward', at, at + 11_100_000n, { rttMs: 10, clock: 'user' }],
  ])('with %s', (_, sentNs, receivedNs, expected) => {
    expect(roundTrip({ sentMs: 100, sentNs }, { receivedMs: 110, receivedNs })).toEqual(expected);
  });

  it.each([
    ['a packet that waited for a link address', 900, { rttMs: 4, clock: 'kernel', heldMs: 895 }],
    ['one that left at once', 6, { rttMs: 4, clock: 'kernel' }],
  ])('says how long this machine kept %s', (_, tookMs, expected) => {
    const receivedWallMs = 1_700_000_001_000;
    const receivedNs = BigInt(receivedWallMs - 1) * 1_000_000n;
    const arrival = { receivedMs: 100 + tookMs, receivedNs, receivedWallMs };
    expect(roundTrip({ sentMs: 100, sentNs: receivedNs - 4_000_000n }, arrival)).toEqual(expected);
  });
});

describe('SentPackets', () => {
  it('forgets packets after two minutes', () => {
    const packets = new SentPackets();
    packets.add(1, packetAt(0));
    packets.add(2, packetAt(60_000));
    packets.add(3, packetAt(120_000));
    expect([1, 2, 3].filter((number) => packets.get(number) !== undefined)).toEqual([1, 2, 3]);
    packets.add(4, packetAt(120_001));
    expect([1, 2, 3, 4].filter((number) => packets.get(number) !== undefined)).toEqual([2, 3, 4]);
  });
  it('never keeps more than 65,536', () => {
    const packets = new SentPackets();
    for (let number = 0; number < 70_000; number++) packets.add(number, packetAt(0));
    let kept = 0;
    for (let number = 0; number < 70_000; number++) if (packets.get(number) !== undefined) kept++;
    expect(kept).toBe(65_536);
    expect(packets.get(69_999)).toBeDefined();
  });
  it('drops those of a session and no others', () => {
    const packets = new SentPackets();
    packets.add(1, packetAt(0, { open: true }));
    packets.add(2, packetAt(0));
    packets.deleteOf(session);
    expect([packets.get(1) !== undefined, packets.get(2)]).toEqual([true, undefined]);
  });
  it('lets a packet be told of a hundred times', () => {
    const packet = packetAt(0);
    expect(Array.from({ length: 150 }, () => mayTell(packet)).filter(Boolean)).toHaveLength(100);
  });
});

describe('DepartureStamps', () => {
  it('gives each stamp to the packet of its number, and one that it does not know to none', () => {
    const stamps = new DepartureStamps();
    const packets = [packetAt(0), packetAt(0)];
    for (const packet of packets) stamps.left(packet);
    stamps.stamped(1, 11n);
    stamps.stamped(7, 99n);
    stamps.stamped(0, 10n);
    stamps.stamped(0, 99n);
    expect(packets.map(({ sentNs }) => sentNs)).toEqual([10n, 11n]);
  });
  it('gives a number that two packets wait for to neither, and is sure of it again once both stamps came', () => {
    const stamps = new DepartureStamps();
    const packets = [packetAt(0), packetAt(0), packetAt(0)] as const;
    stamps.left(packets[0]);
    stamps.restart();
    stamps.left(packets[1]);
    stamps.stamped(0, 10n);
    stamps.stamped(0, 11n);
    stamps.restart();
    stamps.left(packets[2]);
    stamps.stamped(0, 12n);
    expect(packets.map(({ sentNs }) => sentNs)).toEqual([null, null, 12n]);
  });
  it('forgets the oldest where no stamps come', () => {
    const stamps = new DepartureStamps();
    const packets = Array.from({ length: 4097 }, () => packetAt(0));
    for (const packet of packets) stamps.left(packet);
    stamps.stamped(0, 10n);
    stamps.stamped(1, 11n);
    expect([packets[0]?.sentNs, packets[1]?.sentNs]).toEqual([null, 11n]);
  });
});

describe('Outstanding', () => {
  it('names the packet to an address where it is the only one of the last three seconds', () => {
    const outstanding = new Outstanding<SentPacket>();
    const [first, second] = [packetAt(0), packetAt(1000)];
    outstanding.add(first);
    expect(outstanding.only('192.0.2.1', 10)).toBe(first);
    expect(outstanding.only('192.0.2.2', 10)).toBeNull();
    outstanding.add(second);
    expect(outstanding.only('192.0.2.1', 1010)).toBeNull();
    expect(outstanding.only('192.0.2.1', 3500)).toBe(second);
    outstanding.settle(second);
    outstanding.settle(second);
    expect(outstanding.only('192.0.2.1', 3500)).toBeNull();
  });
});

describe('Destinations', () => {
  it('packs an address with its port and writes it as the kernel does', () => {
    const destinations = new Destinations(0x8297);
    expect(destinations.of('2001:DB8:0:0::7').address).toBe('2001:db8::7');
    expect([...destinations.of('192.0.2.7').socketAddress.slice(0, 8)]).toEqual([2, 0, 0x82, 0x97, 192, 0, 2, 7]);
    expect(destinations.of('192.0.2.7')).toBe(destinations.of('192.0.2.7'));
    expect(destinations.of('fe80::1%lo').address).toBe('fe80::1');
  });

  it('takes the index of an interface from its link-local address, whatever other IPv6 addresses it has before', () => {
    interfaces.mockReturnValueOnce({ eth7: [of('2001:db8::7', 0), of('fe80::7', 12)] }).mockReturnValue({});
    const scopeOf = (zone: string) => {
      const parsed = parseSocketAddress(new Destinations(0).of(`fe80::1%${zone}`).socketAddress);
      return parsed.ok ? parsed.value.scope : null;
    };
    expect([scopeOf('eth7'), scopeOf('9'), scopeOf('eth8')]).toEqual([12, 9, 0]);
  });
});
