import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PacketEvent } from '../../src/net/port.js';
import { encodeSocketAddress } from '../../src/wire/packets/socket-address.js';
import { type Chain, createChain } from './chain.js';
import { denialRefusal, namespaceRefusal } from './network.js';

const SENDER = fileURLToPath(new URL('services/packets.mjs', import.meta.url));
const ANSWERER = fileURLToPath(new URL('services/hostile-echo.mjs', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../dist/net/real.js', import.meta.url));

const PACKETS = 8;
const COPIES = 20_000;
/** Of what comes before each right answer, so much reaches even the socket that the kernel guards: it bears its identifier. */
const FOREIGN_EACH = 5;
/** Of each packet's answers so many are told; the rest is only counted. */
const MOST_TOLD = 100;
/** Node, the foreign functions and the buffers take about half of it. */
const MEMORY_BYTES = 250_000_000;

const refusal = await namespaceRefusal();

describe.skipIf(refusal !== null)(`a peer that answers echo as nobody should${refusal === null ? '' : ` (skipped: ${refusal})`}`, () => {
  let chain: Chain;
  beforeAll(async () => {
    if (!existsSync(COMPILED)) throw new Error('dist/ is missing: run `npm run build` first');
    chain = await createChain({ hops: 1 });
    for (const address of Object.values(chain.target)) await chain.here.must('ping', ['-c', '1', '-W', '5', address]);
    await chain.there.sysctl('net/ipv4/icmp_echo_ignore_all', '1');
    await chain.there.sysctl('net/ipv6/icmp/echo_ignore_all', '1');
  });
  afterAll(() => chain?.close());

  const sockets = [
    { name: 'ICMP datagram sockets', groups: '0 2147483647', unprivileged: true },
    { name: 'raw ICMP sockets', groups: '1 0', unprivileged: false },
  ] as const;
  const families = [4, 6] as const;

  const usable = sockets.filter(({ groups }) => groups !== '1 0' || denialRefusal === null);
  if (usable.length < sockets.length) it.skip(`is seen through by raw ICMP sockets (skipped: ${denialRefusal})`, () => {});

  it.each(usable.flatMap((socket) => families.map((family) => ({ ...socket, family }))))(
    'is seen through by $name of IPv$family',
    async ({ groups, unprivileged, family }) => {
      // Ordinary users' namespaces know no group but their own.
      await chain.here.sysctl('net/ipv4/ping_group_range', process.getuid?.() === 0 || groups === '1 0' ? groups : '0 0');
      const address = family === 4 ? chain.target.ipv4 : chain.target.ipv6;
      const packed = Buffer.from(encodeSocketAddress(address, 0)).subarray(...(family === 4 ? [4, 8] : [8, 24]));
      const answerer = chain.there.start(process.execPath, [ANSWERER, JSON.stringify({ family, copies: COPIES }), packed.toString('hex')]);
      try {
        const ready = new Promise((resolve) => answerer.stdout.once('data', resolve));
        await Promise.race([ready, answerer.then(({ stderr }) => Promise.reject(new Error(stderr)))]);
        const requests = Array.from({ length: PACKETS }, () => ({ address }));
        const sending = JSON.stringify({ method: 'icmp', family, port: 0, waitMs: 12_000, requests });
        const { stdout, stderr } = await chain.here.run(process.execPath, [SENDER, sending], { unprivileged, timeoutMs: 18_000 });
        if (!stdout.startsWith('{"foreign"')) throw new Error(`${stdout.slice(0, 500)}${stderr}`);
        const { foreign, events, peakBytes }: { foreign: number; events: PacketEvent[][]; peakBytes: number } = JSON.parse(stdout);

        events.forEach((heard, index) => {
          // The right answer is there, once, and first: nothing that was forged took its place.
          const [first, ...more] = heard;
          expect(first, `packet ${index}`).toMatchObject({ kind: 'reply', from: address, duplicate: false, by: 'echo', clock: 'kernel' });
          expect(more.filter((event) => event.kind !== 'reply' || !event.duplicate)).toEqual([]);
          if (index > 0) expect(more).toEqual([]);
        });
        expect(events[0]).toHaveLength(MOST_TOLD);
        expect(foreign).toBeGreaterThanOrEqual(PACKETS * FOREIGN_EACH);
        expect(foreign).toBeLessThan(COPIES + 20 * PACKETS);
        expect(peakBytes).toBeLessThan(MEMORY_BYTES);
      } finally {
        answerer.kill('SIGKILL');
        await answerer;
      }
    },
    30_000,
  );
});
