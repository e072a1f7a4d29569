import { describe, expect, it } from 'vitest';
import { openNetwork } from '../../../src/net/real.js';
import { judgeDnsTrace } from '../../../src/probes/dns-trace/judge.js';
import { measureDnsTrace } from '../../../src/probes/dns-trace/measure.js';
import type { DnsTracePlan } from '../../../src/probes/dns-trace/plan.js';
import { type ServerSetup, serveAuthorities } from '../../fakes/authority.js';
import { openHandles } from '../../fakes/dns-server.js';
import { planFor, TEST, type World, walk, world, ZONE } from './world.js';

const NAME = 'www.zone.test';

/** Addresses of the world that not every system gives to loopback. */
const hasLoopbackNetwork = process.platform === 'linux';

async function trace(servers: World, changes: Partial<DnsTracePlan> = {}, signal = new AbortController().signal) {
  const { port, asked } = await serveAuthorities(servers);
  const network = await openNetwork({});
  const plan = planFor(NAME, { port, timeoutMs: 400, ...changes });
  try {
    const { attempt, method, data } = await measureDnsTrace(plan, { network, signal });
    const measurement = {
      id: 'm1',
      probe: 'dns-trace' as const,
      target: NAME,
      method,
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      stalledMs: 0,
      attempt: attempt.kind === 'measured' ? { kind: 'measured' as const } : attempt,
      data,
    };
    const faults = judgeDnsTrace(measurement).filter(({ code }) => code !== null);
    return { attempt, data, asked, codes: faults.map(({ code, status }) => `${status} ${code}`) };
  } finally {
    network.close();
  }
}

/** What does not hang on times and on the order of replies. */
function settled(data: ReturnType<typeof walk>['trace']['data']) {
  return JSON.parse(JSON.stringify(data, (key, value) => (key === 'queryMs' || key === 'port' || key === 'detail' ? null : value)));
}

describe.skipIf(!hasLoopbackNetwork)('on loopback (only Linux gives it all of 127.0.0.0/8)', () => {
  it('a walk finds what it finds in memory, with the same questions, none of which desires recursion', async () => {
    const { attempt, data, asked, codes } = await trace(world());
    const inMemory = walk(world(), planFor(NAME));
    expect(attempt.kind).toBe('measured');
    expect(settled(data)).toEqual(settled(inMemory.trace.data));
    expect(codes).toEqual([]);
    const words = (list: readonly { address: string; name: string; type: string; transport: string; edns: boolean }[]) =>
      list.map(({ address, name, type, transport, edns }) => `${address} ${name} ${type} ${transport} ${edns}`).sort();
    // dns-packet reads the root as an empty name.
    expect(words(asked.map((one) => ({ ...one, name: one.name === '' ? '.' : one.name })))).toEqual(words(inMemory.asked));
    expect(asked.every(({ recursionDesired }) => !recursionDesired)).toBe(true);
    for (const step of data.steps)
      for (const server of step.servers) for (const { queryMs } of server.addresses) expect(queryMs).toBeGreaterThan(0);
  });

  const setup = (changes: Partial<ServerSetup>): World => world({ '127.0.0.5': { zones: { 'zone.test': ZONE }, ...changes } });
  it.each<[string, World, string[]]>([
    ['a silent server', setup({ behaviour: () => null }), ['warn dns-lame-delegation']],
    ['a server that refuses', setup({ behaviour: () => ({ rcode: 'REFUSED' }) }), ['warn dns-lame-delegation']],
    ['a server without TCP', setup({ tcp: 'refused' }), ['warn dns-tcp-blocked']],
    ['a server that takes TCP and says nothing', setup({ tcp: 'silent' }), ['warn dns-tcp-blocked']],
    ['answers too long for UDP', setup({ udpBytes: 40 }), []],
    ['answers too long for UDP, without TCP', setup({ udpBytes: 40, tcp: 'refused' }), ['warn dns-tcp-blocked']],
    ['a server that drops EDNS', setup({ behaviour: (reply, { edns }) => (edns ? null : reply) }), ['warn dns-edns-broken']],
    ['a server that is behind', setup({ zones: { 'zone.test': ZONE.replace('2026112201', '7') } }), ['warn dns-serial-mismatch']],
    ['a slow server', setup({ delayMs: 100 }), []],
  ])('%s', async (_title, servers, expected) => {
    const { codes, data } = await trace(servers);
    expect(codes).toEqual(expected);
    expect(data.end?.reason).toBe('answer');
  });

  it('an address at which nothing listens', async () => {
    const above = TEST.replace('ns2.zone.test A 127.0.0.5', 'ns2.zone.test A 127.0.0.77');
    const own = { zones: { 'zone.test': ZONE.replace('127.0.0.5', '127.0.0.77') } };
    const { codes, data } = await trace({ ...world(), '127.0.0.3': { zones: { test: above } }, '127.0.0.4': own });
    const address = data.steps[2]?.servers[1]?.addresses[0];
    expect(address).toMatchObject({ address: '127.0.0.77', state: 'lame', lame: 'unreachable' });
    expect(codes).toEqual(['warn dns-lame-delegation']);
  });

  it('an address without a route is not asked, and not accused', async () => {
    const six = ' ns2.zone.test AAAA 2001:db8:dead::5';
    const servers = world({
      '127.0.0.3': { zones: { test: `${TEST}\n${six}` } },
      '127.0.0.4': { zones: { 'zone.test': `${ZONE}\n${six}` } },
    });
    const { port } = await serveAuthorities(servers);
    const network = await openNetwork({});
    const routes = {
      lookup: async (address: string) =>
        address.includes(':')
          ? { kind: 'failed' as const, step: 'route' as const, code: 'ENETUNREACH', message: 'no route' }
          : network.routes.lookup(address, {}),
    };
    const { data } = await measureDnsTrace(planFor(NAME, { port }), {
      network: { ...network, routes },
      signal: new AbortController().signal,
    });
    network.close();
    const address = data.steps[2]?.servers[1]?.addresses.find((entry) => entry.address.includes(':'));
    expect(address).toMatchObject({
      address: '2001:db8:dead::5',
      state: null,
      lame: null,
      detail: 'there is no route to it (ENETUNREACH)',
    });
  });

  it('hostile names and endless servers keep to the bounds and to what can be printed', async () => {
    const label = '\u001b[31m.x"\\';
    const behaviour = (): ReturnType<NonNullable<ServerSetup['behaviour']>> => ({
      authorities: Array.from({ length: 100 }, (_, index) => ({
        name: 'zone.test',
        type: 'NS' as const,
        ttl: 1,
        data: `${label}${index}.test`,
      })),
    });
    const { data } = await trace(world({ '127.0.0.3': { zones: { test: TEST }, behaviour } }), { timeoutMs: 200 });
    expect(JSON.stringify(data)).not.toContain('\\u001b');
    expect(data.queries).toBeLessThanOrEqual(600);
    expect(data.end?.reason).toBe('no-address');
  });

  it('an interrupt ends it at once, with what is there, and leaves nothing open', async () => {
    const silent = { zones: {}, behaviour: () => null };
    const before = await openHandles();
    const interrupt = new AbortController();
    setTimeout(() => interrupt.abort(), 150);
    const startedAt = performance.now();
    const { port } = await serveAuthorities(world({ '127.0.0.4': silent, '127.0.0.5': silent }));
    const serving = await openHandles();
    const network = await openNetwork({});
    const { attempt, data } = await measureDnsTrace(planFor(NAME, { port, timeoutMs: 5000 }), { network, signal: interrupt.signal });
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(data.steps.map(({ zone }) => zone)).toEqual(['.', 'test', 'zone.test']);
    network.close();
    expect(await openHandles()).toEqual(serving);
    expect(before).toBeDefined();
  });

  it('the time of a walk is bounded', async () => {
    const silent = { zones: {}, behaviour: () => null };
    const limits = { ...planFor(NAME).limits, timeMs: 250 };
    const { data, attempt } = await trace(world({ '127.0.0.4': silent, '127.0.0.5': silent }), { timeoutMs: 5000, limits });
    expect(data).toMatchObject({ limits: ['time'], end: { reason: 'limit' } });
    expect(attempt.kind).toBe('measured');
  });
});
