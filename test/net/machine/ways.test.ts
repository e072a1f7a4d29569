import { describe, expect, it } from 'vitest';
import { type Attempt, failed, measured, unavailable } from '../../../src/model/attempt.js';
import type { LocalSystem } from '../../../src/net/local-port.js';
import { lookUpNeighbor } from '../../../src/net/machine/neighbors.js';
import { createRoutes } from '../../../src/net/machine/routes.js';
import { askForWay } from '../../../src/net/machine/way.js';
import { buildNetlinkAttribute as attribute, buildNetlinkRequest, parseNetlinkAttributes } from '../../../src/wire/linux/netlink.js';
import { fakeLocalSystem } from '../../fakes/local-system.js';
import { recordedNetlink } from '../../fakes/recorded-links.js';

const { signal } = new AbortController();
const u32 = (value: number) => new Uint8Array(new Uint32Array([value]).buffer);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const ROUTE = 26;
const FIB_MATCH = 0x2000;

/** A kernel that answers each question for a way as told, and lists what was recorded. */
function kernel(answer: (asked: { source: boolean; index: number | null; entry: boolean }) => Uint8Array | null) {
  const lists = recordedNetlink();
  const netlink: LocalSystem['netlink'] = async (protocol, request, by): Promise<Attempt<Uint8Array[]>> => {
    const view = new DataView(request.buffer, request.byteOffset, request.byteLength);
    const dump = (view.getUint16(6, true) & 0x300) !== 0;
    if (dump) return lists(protocol, request, by);
    if (view.getUint16(4, true) !== ROUTE) {
      const index = view.getInt32(20, true);
      const all = await lists(protocol, request, by);
      const found =
        all.kind === 'measured' ? all.value.find((bytes) => new DataView(bytes.buffer).getInt32(20, true) === index) : undefined;
      return found === undefined ? failed('request', 'ENODEV', 'netlink: there is no such interface') : measured([found]);
    }
    const attributes = parseNetlinkAttributes(request.subarray(28));
    const link = attributes.get(4);
    const made = answer({
      source: attributes.has(2),
      index: link === undefined ? null : new DataView(link.buffer, link.byteOffset).getUint32(0, true),
      entry: (view.getUint32(24, true) & FIB_MATCH) !== 0,
    });
    return made === null ? failed('request', 'ENETUNREACH', 'netlink: no route') : measured([made]);
  };
  return fakeLocalSystem({ netlink });
}

/** An RTM_NEWROUTE of IPv4. */
function route(length: number, flags: number, ...attributes: Uint8Array[]) {
  return buildNetlinkRequest(24, 0, 1, joined(Uint8Array.of(2, length, 0, 0, 254, 3, 0, 1), u32(flags), ...attributes));
}

const CLONED = 0x200;
const indexOf = async (name: string) => {
  const answer = await recordedNetlink()('route', buildNetlinkRequest(18, 0x300, 1, new Uint8Array(16)), signal);
  const text = Buffer.from(`${name}\0`);
  const bytes = answer.kind === 'measured' ? answer.value.find((message) => Buffer.from(message).includes(text)) : undefined;
  if (bytes === undefined) throw new Error(`no ${name} was recorded`);
  return new DataView(bytes.buffer).getInt32(20, true);
};

describe('the way to an address', () => {
  it('is what the kernel decided, with the route that matched', async () => {
    const v0 = await indexOf('v0');
    const local = kernel(({ entry }) =>
      entry
        ? route(24, 0, attribute(1, Uint8Array.of(192, 0, 2, 0)), attribute(4, u32(v0)))
        : route(
            32,
            CLONED,
            ...[attribute(1, Uint8Array.of(192, 0, 2, 9)), attribute(4, u32(v0)), attribute(5, Uint8Array.of(10, 1, 0, 1))],
            ...[attribute(7, Uint8Array.of(10, 1, 0, 2)), attribute(8, attribute(2, u32(1400))), attribute(15, u32(100))],
          ),
    );
    expect(await askForWay(local, '192.0.2.9', { source: null })).toEqual({
      ...{ source: '10.1.0.2', interface: 'v0', gateway: '10.1.0.1', table: 100, type: 'unicast', prefix: '192.0.2.0/24', mtuBytes: 1400 },
    });
  });

  it('has no prefix where an older kernel answers with the address itself', async () => {
    const local = kernel(() => route(32, CLONED, attribute(1, Uint8Array.of(192, 0, 2, 9))));
    expect(await askForWay(local, '192.0.2.9', { source: null })).toMatchObject({ prefix: null, interface: null, gateway: null });
  });

  it('is asked for with source and interface, be it that of a link-local address', async () => {
    const [v0, v1] = await Promise.all([indexOf('v0'), indexOf('v1')]);
    const asked: unknown[] = [];
    const local = kernel((question) => {
      asked.push(question);
      return null;
    });
    await askForWay(local, '192.0.2.9', { source: '10.1.0.2', interface: 'v1' });
    await askForWay(local, 'fe80::1%v0', { source: null });
    expect(await askForWay(local, '192.0.2.9', { source: null, interface: 'v77' })).toBeNull();
    expect(asked).toEqual([
      { source: true, index: v1, entry: false },
      { source: true, index: v1, entry: true },
      { source: false, index: v0, entry: false },
      { source: false, index: v0, entry: true },
    ]);
  });

  it('is not known where the answer is nonsense, or there is none', async () => {
    expect(
      await askForWay(
        kernel(() => Uint8Array.of(1, 2, 3)),
        '192.0.2.9',
        { source: null },
      ),
    ).toBeNull();
    expect(await askForWay(fakeLocalSystem(), '192.0.2.9', { source: null })).toBeNull();
  });

  it('to this machine turns round in it, whether the kernel can be asked or not', async () => {
    for (const local of [fakeLocalSystem(), kernel(() => null)]) {
      expect(await createRoutes(local).lookup('127.0.0.1', {})).toMatchObject({
        ...{ kind: 'measured', value: { source: '127.0.0.1', gateway: null, loopback: true, table: null, prefix: null } },
      });
    }
  });
});

describe('a neighbour', () => {
  const local = kernel(() => null);
  it.each([
    ['10.1.0.1', 'v0', { state: 'resolved', kernelState: 'permanent', linkAddressKind: 'virtual-router' }],
    ['fe80::1%v0', 'v0', { state: 'resolved', kernelState: 'reachable', linkAddressKind: 'local' }],
    ['FE80:0:0:0:0:0:0:1', null, { state: 'resolved', kernelState: 'reachable', linkAddressKind: 'local' }],
    ['10.1.0.9', 'v0', { state: 'incomplete', kernelState: 'failed', linkAddressKind: null }],
    ['10.1.0.1', 'v1', { state: 'absent', kernelState: null, linkAddressKind: null }],
    ['10.1.0.77', 'v0', { state: 'absent', kernelState: null, linkAddressKind: null }],
  ])('%s on %s is what the kernel lists, of either family', async (address, name, value) => {
    expect(await lookUpNeighbor(local, address, name, signal)).toEqual({ kind: 'measured', value });
  });

  it('is read from /proc/net/arp where the kernel cannot be asked, and of IPv6 not at all', async () => {
    const arp = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.1         0x1         0x2         00:1b:21:01:02:03     *        eth0
10.0.0.2         0x1         0x0         00:00:00:00:00:00     *        eth0
`;
    const files = fakeLocalSystem({ files: { '/proc/net/arp': arp } });
    const look = (address: string, name: string | null = null) => lookUpNeighbor(files, address, name, signal);
    expect(await look('10.0.0.1', 'eth0')).toMatchObject({ value: { state: 'resolved', kernelState: null } });
    expect(await look('10.0.0.1', 'eth1')).toMatchObject({ value: { state: 'absent' } });
    expect(await look('10.0.0.2')).toMatchObject({ value: { state: 'incomplete' } });
    const refusal = unavailable('neighbour-table', 'the system shows no neighbour table for this family as a file');
    expect(await look('fe80::1')).toEqual(refusal);
    expect(await lookUpNeighbor(fakeLocalSystem(), '10.0.0.1', null, signal)).toEqual(refusal);
  });
});
