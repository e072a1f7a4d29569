import { setMaxListeners } from 'node:events';
import type { Packet } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createNames } from '../../../src/net/dns/names.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import { measureComparison } from '../../../src/probes/dns-comparison/measure.js';
import { planComparisons } from '../../../src/probes/dns-comparison/plan.js';
import { type DnsBehaviour, openHandles, response, startDnsServer, unusedUdpPort } from '../../fakes/dns-server.js';
import { fakeNetwork } from '../../fakes/network.js';

const NAME = 'www.example.net';
const TRUE_ADDRESS = '192.0.2.80';
const FALSE_ADDRESS = '203.0.113.66';

const nameOf = (query: Packet) => query.questions?.[0]?.name ?? '';
const addresses = (query: Packet, ...data: string[]) =>
  response(query, { answers: data.map((address) => ({ name: nameOf(query), type: 'A' as const, ttl: 60, data: address })) });
const denies = (query: Packet) => response(query, { rcode: 'NXDOMAIN' });

/** Knows the one name. */
const honest: DnsBehaviour = (query, reply) => reply(nameOf(query) === NAME ? addresses(query, TRUE_ADDRESS) : denies(query));
const gives =
  (address: string): DnsBehaviour =>
  (query, reply) =>
    reply(nameOf(query) === NAME ? addresses(query, address) : denies(query));
/** Gives an address for every name. */
const rewriting: DnsBehaviour = (query, reply) => reply(addresses(query, nameOf(query) === NAME ? TRUE_ADDRESS : FALSE_ADDRESS));
/** A false answer at once, the true one after a round trip. */
const injected: DnsBehaviour = (query, reply) => {
  if (nameOf(query) !== NAME) return reply(denies(query));
  reply(addresses(query, FALSE_ADDRESS));
  setTimeout(() => reply(addresses(query, TRUE_ADDRESS)), 40);
};
/** The network delivers everything twice. */
const doubling: DnsBehaviour = (query, reply) => {
  honest(query, reply, 0);
  setTimeout(() => honest(query, reply, 0), 10);
};
/** Answers the first, and of the others each second one. */
const lossy: DnsBehaviour = (query, reply, index) => {
  if (index % 2 === 0) honest(query, reply, index);
};
const slow: DnsBehaviour = (query, reply) => setTimeout(() => honest(query, reply, 0), 150);
const refusing: DnsBehaviour = (query, reply) => reply(response(query, { rcode: 'REFUSED' }));
/** Another address each time, as load is spread. */
const changing: DnsBehaviour = (query, reply, index) =>
  reply(nameOf(query) === NAME ? addresses(query, `192.0.2.${index + 1}`) : denies(query));

/** Compares fakes on loopback over real sockets. */
async function compare(behaviours: readonly (DnsBehaviour | 'refused')[], { timeoutMs = 1000, attempts = 2 } = {}) {
  const network = {
    ...fakeNetwork(),
    clock: systemClock,
    names: createNames(systemClock, createUdp(systemClock), { servers: [], hostsPath: '/nonexistent/file' }),
  };
  const servers = await Promise.all(
    behaviours.map(async (behaviour) => {
      if (behaviour === 'refused') return { address: '127.0.0.1', port: await unusedUdpPort(), asked: [] };
      return startDnsServer({ udp: behaviour });
    }),
  );
  const [plan] = planComparisons(
    {
      names: [NAME],
      types: ['A'],
      servers: servers.map(({ address, port }) => ({ address, port })),
      transport: 'udp',
      timeoutMs,
      attempts,
      compare: { wellKnown: false, warmCount: 5 },
    },
    [],
    { ipv4: true, ipv6: false },
    () => 'netdiag-test',
  );
  if (plan === undefined) throw new Error('there is a name to ask for');
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const startMs = performance.now();
  const { attempt, data } = await measureComparison(plan, { network, signal: controller.signal });
  return { attempt, data, servers, tookMs: performance.now() - startMs };
}

describe('a comparison over real sockets', () => {
  it('tells apart who is honest, rewrites, has an inner view, filters, refuses and is dead', async () => {
    const { data, servers } = await compare([
      honest,
      honest,
      rewriting,
      gives('10.1.2.3'),
      gives('0.0.0.0'),
      refusing,
      'refused',
      changing,
      () => {},
    ]);
    expect(data.servers.map(({ classification }) => classification)).toEqual([
      'agrees',
      'agrees',
      'agrees',
      'inner-view',
      'filtered',
      'refused',
      'failed',
      'differs-by-location',
      'silent',
    ]);
    expect(data.findings.map(({ kind }) => kind)).toEqual(['rewriting', 'filtering', 'split-horizon', 'location']);
    expect(data.servers[2]?.nonexistent).toEqual([
      { name: 'netdiag-test.invalid', rcode: 'NOERROR', answers: [FALSE_ADDRESS], verdict: 'rewritten' },
      { name: 'netdiag-test.example.net', rcode: 'NOERROR', answers: [FALSE_ADDRESS], verdict: 'rewritten' },
    ]);
    expect(data.servers[6]?.failure).toMatchObject({ kind: 'failed', code: 'ECONNREFUSED' });
    // First, listening, two names that do not exist, five warm.
    expect(servers[0]?.asked).toHaveLength(9);
    expect(data.servers[0]).toMatchObject({ sent: 9, received: 9 });
    expect(servers[5]?.asked).toHaveLength(1);
  });

  it('hears the second, contradicting answer of an injection, and no contradiction in a duplicate', async () => {
    const { data } = await compare([injected, doubling]);
    expect(data.servers.map(({ classification }) => classification)).toEqual(['injected', 'agrees']);
    expect(data.servers[0]?.contradictions?.answers).toEqual([{ rcode: 'NOERROR', answers: [TRUE_ADDRESS] }]);
    expect(data.servers[1]?.contradictions?.answers).toEqual([]);
    expect(data.findings).toMatchObject([{ kind: 'injection' }]);
  });

  it('counts what a lossy server loses, and is not held up by it', async () => {
    const { data, tookMs } = await compare([lossy]);
    const [row] = data.servers;
    expect(row).toMatchObject({ classification: 'agrees', sent: 9, received: 5 });
    expect(row?.nonexistent.map(({ verdict }) => verdict).sort()).toEqual(['nonexistent', 'unanswered']);
    expect(tookMs).toBeLessThan(3000);
  });

  it('times the first question and the warm ones', async () => {
    const { data } = await compare([slow]);
    expect(data.servers[0]?.coldMs).toBeGreaterThan(140);
    expect(data.servers[0]?.warmMs?.p50).toBeGreaterThan(140);
    expect(data.servers[0]?.warm).toEqual({ sent: 5, received: 5 });
  });

  it('leaves nothing open', async () => {
    const before = await openHandles();
    const { tookMs } = await compare([], {});
    expect(tookMs).toBeLessThan(1000);
    expect(await openHandles()).toEqual(before);
    await compare(['refused'], {});
    expect(await openHandles()).toEqual(before);
  });
});
