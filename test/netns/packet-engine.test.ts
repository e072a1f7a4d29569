import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PacketEvent, PacketRequest } from '../../src/net/port.js';
import { type Chain, createChain } from './chain.js';
import { denialRefusal, namespaceRefusal } from './network.js';

const SCRIPT = fileURLToPath(new URL('services/packets.mjs', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../dist/net/real.js', import.meta.url));
const HOPS = 3;
const PORT = 33_434;

interface Heard {
  foreign: number;
  events: PacketEvent[][];
}

interface Sending {
  method: 'icmp' | 'udp' | 'tcp';
  family: 4 | 6;
  port?: number;
  waitMs?: number;
  requests: (Omit<PacketRequest, 'payloadBytes' | 'ttl' | 'dontFragment'> & Partial<PacketRequest>)[];
}

const refusal = await namespaceRefusal();

describe.skipIf(refusal !== null)(`the packet engine on a path of ${HOPS} hops${refusal === null ? '' : ` (skipped: ${refusal})`}`, () => {
  let chain: Chain;
  beforeAll(async () => {
    if (!existsSync(COMPILED)) throw new Error('dist/ is missing: run `npm run build` first');
    chain = await createChain({ hops: HOPS });
    // So that no first packet has to wait for an address of the link.
    for (const address of Object.values(chain.target)) await chain.here.must('ping', ['-c', '1', '-W', '5', address]);
  });
  afterAll(() => chain?.close());

  async function heard(sending: Sending, unprivileged = false): Promise<Heard> {
    const { stdout, stderr } = await chain.here.run(process.execPath, [SCRIPT, JSON.stringify({ port: PORT, waitMs: 5000, ...sending })], {
      unprivileged,
    });
    if (!stdout.startsWith('{"foreign"')) throw new Error(`${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  const sockets = [
    { name: 'ICMP datagram sockets', method: 'icmp', groups: '0 2147483647', unprivileged: true, by: 'echo' },
    { name: 'raw ICMP sockets', method: 'icmp', groups: '1 0', unprivileged: false, by: 'echo' },
    { name: 'UDP sockets', method: 'udp', groups: '1 0', unprivileged: true, by: 'port-unreachable' },
  ] as const;

  for (const { name, method, groups, unprivileged, by } of sockets) {
    const denied = groups === '1 0' ? denialRefusal : null;
    describe.skipIf(denied !== null)(`${name}${denied === null ? '' : ` (skipped: ${denied})`}`, () => {
      beforeAll(async () => {
        // Ordinary users' namespaces know no group but their own.
        await chain.here.sysctl('net/ipv4/ping_group_range', process.getuid?.() === 0 || groups === '1 0' ? groups : '0 0');
      });

      for (const family of [4, 6] as const) {
        const of = (addresses: { ipv4: string; ipv6: string }) => (family === 4 ? addresses.ipv4 : addresses.ipv6);

        it(`hear from each router of an IPv${family} path in which the time to live ran out, and from its end`, async () => {
          const address = of(chain.target);
          // Three rounds at once, so that errors of earlier packets are pending while later ones are sent.
          const requests = [1, 2, 3, 1, 2, 3, 1, 2, 3].map((ttl) => ({ address, ttl }));
          const { events, foreign } = await heard({ method, family, requests }, unprivileged);
          expect(foreign).toBe(0);
          requests.forEach(({ ttl }, index) => {
            expect(events[index], `packet ${index} with TTL ${ttl}`).toHaveLength(1);
            const timed = { rttMs: expect.any(Number), clock: 'kernel' };
            expect(events[index]?.[0]).toMatchObject(
              ttl < HOPS
                ? { kind: 'icmp-error', from: of(chain.addresses(ttl)), meaning: 'time-exceeded', mtuBytes: null, mpls: [], ...timed }
                : { kind: 'reply', from: address, by, duplicate: false, ttl: 62, ...timed },
            );
          });
          for (const event of events.flat()) {
            const rttMs = event.kind === 'send-failed' ? null : event.rttMs;
            expect(rttMs).toBeGreaterThan(0);
            expect(rttMs).toBeLessThan(1000);
          }
        });
      }
    });
  }

  describe('TCP handshakes', () => {
    const [OPEN, DROPPED, REJECTED, UNREACHABLE] = [9000, 9001, 9002, 9003] as const;
    beforeAll(async () => {
      await chain.there.serve('web', { tcp: [OPEN, DROPPED, REJECTED] });
      await chain.router(1).nft('forward', `tcp dport ${DROPPED} drop`, `tcp dport ${REJECTED} reject with icmpx type admin-prohibited`);
      await chain.there.nft('input', `tcp dport ${UNREACHABLE} reject with icmpx type port-unreachable`);
    });

    for (const family of [4, 6] as const) {
      const of = (addresses: { ipv4: string; ipv6: string }) => (family === 4 ? addresses.ipv4 : addresses.ipv6);
      const timed = { rttMs: expect.any(Number) };

      for (const [port, by] of [
        [OPEN, 'syn-ack'],
        [PORT, 'reset'],
      ] as const) {
        it(`hear from each router of an IPv${family} path in which the time to live ran out, and a ${by} from its end`, async () => {
          const address = of(chain.target);
          const requests = [1, 2, 3, 1, 2, 3, 1, 2, 3].map((ttl) => ({ address, ttl }));
          const { events } = await heard({ method: 'tcp', family, port, requests }, true);
          requests.forEach(({ ttl }, index) => {
            expect(events[index], `SYN ${index} with TTL ${ttl}`).toHaveLength(1);
            expect(events[index]?.[0]).toMatchObject(
              ttl < HOPS
                ? { kind: 'icmp-error', from: of(chain.addresses(ttl)), meaning: 'time-exceeded', mpls: [], clock: 'user', ...timed }
                : { kind: 'reply', from: address, by, duplicate: false, ttl: null, clock: by === 'reset' ? 'user' : 'kernel', ...timed },
            );
          });
          // The SYN was not repeated: what is timed is one packet.
          for (const event of events.flat()) expect(event.kind === 'send-failed' ? null : event.rttMs).toBeLessThan(980);
        });
      }

      it(`over IPv${family} tell a refusal on the way, one of the target and silence`, async () => {
        const requests = [{ address: of(chain.target) }];
        const on = async (port: number) => (await heard({ method: 'tcp', family, port, waitMs: 1500, requests }, true)).events[0];
        expect(await on(REJECTED)).toMatchObject([{ kind: 'icmp-error', from: of(chain.addresses(1)), meaning: 'prohibited', ...timed }]);
        const own = { kind: 'icmp-error', from: of(chain.target), meaning: 'port-unreachable', ...timed };
        expect(await on(UNREACHABLE)).toMatchObject([own]);
        expect(await on(DROPPED)).toEqual([]);
      });
    }
  });

  it('keep each stamp with its own packet where the firewall refuses some in between', async () => {
    await chain.here.sysctl('net/ipv4/ping_group_range', process.getuid?.() === 0 ? '0 2147483647' : '0 0');
    const [refused, address] = ['10.77.9.9', chain.target.ipv4];
    await chain.here.nft('output', `ip daddr ${refused} drop`);
    const requests = [address, refused, refused, address, refused, address, address].map((each) => ({ address: each }));
    for (const method of ['icmp', 'udp'] as const) {
      const { events } = await heard({ method, family: 4, requests });
      requests.forEach(({ address: to }, index) => {
        expect(events[index], `packet ${index} to ${to}`).toMatchObject([
          to === refused ? { kind: 'send-failed', code: 'EPERM', mtuBytes: null } : { kind: 'reply', clock: 'kernel' },
        ]);
      });
    }
  });

  describe('a router that tells its labels', () => {
    beforeAll(async () => {
      for (const key of ['net/ipv4/icmp_echo_ignore_all', 'net/ipv6/icmp/echo_ignore_all']) await chain.router(1).sysctl(key, '1');
    });
    for (const length of [true, false]) {
      it(`is heard, ${length ? 'with' : 'without'} the place of its extensions`, async () => {
        for (const [family, address] of [
          [4, chain.addresses(1).ipv4],
          [6, chain.addresses(1).ipv6],
        ] as const) {
          await chain.router(1).serve('label-router', { address, length });
          const { events } = await heard({ method: 'icmp', family, requests: [{ address, payloadBytes: 200 }] });
          expect(events[0]?.[0]).toMatchObject({
            kind: 'icmp-error',
            from: address,
            meaning: 'time-exceeded',
            mpls: [{ label: 24_001, trafficClass: 5, bottomOfStack: true, ttl: 1 }],
          });
        }
      });
    }
  });
});
