import { expect, it, vi } from 'vitest';
import { Readiness } from '../../../src/native/readiness.js';
import type { ClaimQuestion } from '../../../src/net/link-port.js';
import { createLinks } from '../../../src/net/machine/links.js';
import { ARPHRD_ETHER, IFF_NOARP, IFF_RUNNING, IFF_UP, SIOCGIFFLAGS, SIOCGIFHWADDR, SOCK_RAW } from '../../../src/wire/linux/abi.js';
import { linkAddressText, parseLinkAddress } from '../../../src/wire/packets/link-address.js';
import { fakeNativeSockets } from '../../fakes/native-sockets.js';

const OURS = '02:00:00:00:00:01';

/** `eth0`, up, as an ioctl tells it, over sockets in memory. */
function linksWith(flags = IFF_UP | IFF_RUNNING) {
  const sockets = fakeNativeSockets();
  sockets.control = (_descriptor, request, argument) => {
    const view = new DataView(argument.buffer);
    if (request === SIOCGIFFLAGS) view.setUint16(16, flags, true);
    else if (request === SIOCGIFHWADDR) {
      view.setUint16(16, ARPHRD_ETHER, true);
      argument.set(parseLinkAddress(OURS) ?? [], 18);
    } else view.setInt32(16, 7, true);
    return 0;
  };
  return { sockets, links: createLinks({ kind: 'present', sockets }, new Readiness(sockets)) };
}

/** The descriptor that wakes the poll is closed a turn later. */
const nothingOpen = (sockets: ReturnType<typeof fakeNativeSockets>) =>
  vi.waitFor(() => expect(sockets.opened.filter(({ closed }) => !closed)).toEqual([]));

const question = (fields: Partial<ClaimQuestion> = {}): ClaimQuestion => ({
  interface: 'eth0',
  family: 4,
  addresses: ['192.0.2.7'],
  waitMs: 150,
  signal: new AbortController().signal,
  ...fields,
});

const reply = (linkAddress: string, address: number[]) => {
  const bytes = new Uint8Array(46);
  bytes.set([0, 1, 8, 0, 6, 4, 0, 2]);
  bytes.set(parseLinkAddress(linkAddress) ?? [], 8);
  bytes.set(address, 14);
  return { bytes, control: new Uint8Array(0), name: new Uint8Array(0), flags: 0 };
};

it('counts who claims the address, and neither itself, nor others, nor junk', async () => {
  const { sockets, links } = linksWith();
  const asked = links.claimants(question());
  const socket = await vi.waitFor(() => {
    const asking = sockets.opened.find(({ sent }) => sent.length > 0);
    if (asking === undefined) throw new Error('nothing was sent');
    return asking;
  });
  expect(linkAddressText(socket.sent[0]?.to.subarray(12, 18) ?? new Uint8Array(0))).toBe('ff:ff:ff:ff:ff:ff');
  const foreign = '02:00:00:00:00:0a';
  socket.ordinary.push(
    reply(foreign, [192, 0, 2, 7]),
    reply(foreign, [192, 0, 2, 7]),
    reply(OURS, [192, 0, 2, 7]),
    reply(foreign, [192, 0, 2, 8]),
    { bytes: new Uint8Array(3), control: new Uint8Array(0), name: new Uint8Array(0), flags: 0 },
  );
  expect(await asked).toEqual({
    kind: 'measured',
    value: {
      ownLinkAddress: OURS,
      senders: { '192.0.2.7': '0.0.0.0' },
      claims: [{ address: '192.0.2.7', linkAddress: foreign, count: 2, asHolder: true }],
    },
  });
  await nothingOpen(sockets);
});

it.each([4, 6] as const)('leaves nothing open where it is interrupted (IPv%i)', async (family) => {
  const { sockets, links } = linksWith();
  const stop = new AbortController();
  const asked = links.claimants(
    question({ family, addresses: [family === 4 ? '192.0.2.7' : '2001:db8::7'], waitMs: 60_000, signal: stop.signal }),
  );
  setTimeout(() => stop.abort(), 5);
  expect(await asked).toEqual({ kind: 'skipped', because: 'interrupted' });
  await nothingOpen(sockets);
});

it('says that it takes root, and closes what it had', async () => {
  const { sockets, links } = linksWith();
  sockets.refuse.set(SOCK_RAW, -1);
  expect(await links.claimants(question({ family: 6, addresses: ['2001:db8::7'] }))).toMatchObject({
    kind: 'unavailable',
    capability: 'root',
  });
  await nothingOpen(sockets);
});

it('asks nobody on a link without neighbours, on one that is down, nor without native sockets', async () => {
  for (const flags of [IFF_UP | IFF_RUNNING | IFF_NOARP, IFF_UP, 0]) {
    const { sockets, links } = linksWith(flags);
    expect(await links.claimants(question())).toMatchObject({ kind: 'unavailable', capability: 'link' });
    expect(sockets.opened.flatMap(({ sent }) => sent)).toEqual([]);
  }
  const without = createLinks({ kind: 'absent', because: 'switched off' }, null);
  expect(await without.claimants(question())).toEqual({ kind: 'unavailable', capability: 'native-sockets', reason: 'switched off' });
});
