import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { type Report, reportSchema } from '../../src/model/report.js';
import { chainLayout } from './chain.js';
import { networkFor } from './full-report.js';
import type { Host, Layout } from './network.js';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../dist', import.meta.url));

interface Traced {
  exitCode: number | null;
  elapsedMs: number;
  report: Report;
  measurement: MeasurementOf<'route'>;
  data: MeasurementOf<'route'>['data'];
  /** `STATUS CODE` of the check of the path. */
  check: string;
  path: string[];
}

async function route(host: Host, args: readonly string[], env: Record<string, string> = {}): Promise<Traced> {
  if (!existsSync(COMPILED)) throw new Error('dist/ is missing: run `npm run build` first');
  const options = { unprivileged: true, env: { NO_COLOR: '1', ...env } };
  const ended = await host.run(process.execPath, [PROGRAM, 'route', ...args, '--json'], options);
  const report = reportSchema.parse(JSON.parse(ended.stdout || '{}'));
  const measurement = report.measurements.find((made) => made.probe === 'route');
  if (measurement === undefined) throw new Error(`no measurement of a route: ${ended.stderr}`);
  const { data } = measurement;
  const judged = report.checks.find(({ id }) => id.startsWith('l3.hops'));
  return {
    ...ended,
    report,
    measurement,
    data,
    check: `${judged?.status} ${judged?.code}`,
    path: data.hops.map(({ addresses }) => addresses.join(' ') || '*'),
  };
}

const HOPS = 6;
const ipv4 = (hop: number) => `10.77.${hop}.2`;
const ipv6 = (hop: number) => `fd77:${hop.toString(16)}::2`;
const wholePath = (address: (hop: number) => string) => Array.from({ length: HOPS }, (_, index) => address(index + 1));

describe('the path over five routers, for an ordinary user', () => {
  test('is found by ICMP, UDP and TCP, over IPv4 and IPv6', { timeout: 40_000 }, async (context) => {
    const network = await networkFor(context, chainLayout({ hops: HOPS }));
    for (const address of [ipv4, ipv6]) {
      for (const method of ['icmp', 'udp', 'tcp']) {
        const args = [address(HOPS), '--method', method, '--no-names'];
        const { exitCode, path, data, measurement, check } = await route(network.host('here'), args);
        const label = args.join(' ');
        expect(path, label).toEqual(wholePath(address));
        expect(data, label).toMatchObject({ reached: true, loop: false, end: { reason: 'target' }, constantFlow: method !== 'tcp' });
        expect(measurement.method, label).toBe(method);
        expect(
          data.hops.map(({ sent, received }) => [sent, received]),
          label,
        ).toEqual(Array(HOPS).fill([3, 3]));
        expect(
          data.hops.every(({ rttMs }) => rttMs !== null && rttMs.min > 0 && rttMs.max < 1000),
          label,
        ).toBe(true);
        expect([exitCode, check], label).toEqual([0, 'pass null']);
      }
    }
  });

  test('is read from the tool of the system where there are no native sockets', async (context) => {
    const network = await networkFor(context, chainLayout({ hops: 4 }));
    const here = network.host('here');
    const found = await here.run('sh', ['-c', 'command -v traceroute || command -v tracepath']);
    if (found.exitCode !== 0) context.skip('neither traceroute nor tracepath is installed');
    const { data, path, measurement, check } = await route(here, [ipv4(4), '--no-names'], { NETDIAG_NATIVE: 'off' });
    expect([measurement.method, check]).toEqual(['system', 'pass null']);
    expect(path).toEqual([1, 2, 3, 4].map(ipv4));
    expect(data).toMatchObject({ reached: true, constantFlow: null });
    expect(data.hops.every(({ sent, clock, lossRatio }) => sent === null && clock === null && lossRatio === null)).toBe(true);
  });

  test('keeps the address of a router with Linux’s own limit, however many flows ask it', async (context) => {
    const network = await networkFor(context, chainLayout({ hops: 4, icmpErrorIntervalMs: { 2: 1000 } }));
    const { data, path } = await route(network.host('here'), [ipv4(4), '--method', 'icmp', '--flows', '9', '--cycles', '1', '--no-names']);
    expect(path).toEqual([1, 2, 3, 4].map(ipv4));
    expect(data.hops[1]?.received).toBeLessThan(9);
    expect(data.hops[2]).toMatchObject({ sent: 9, received: 9 });
  });

  test('goes on by TCP where the target answers nothing else', async (context) => {
    const network = await networkFor(context, chainLayout({ hops: 4 }));
    await network.host('there').nft('input', 'icmp type echo-request drop', 'udp dport 1-65535 drop');
    const { data, measurement, path, exitCode } = await route(network.host('here'), [`${ipv4(4)}:9000`, '--no-names']);
    expect([measurement.method, exitCode]).toEqual(['tcp', 0]);
    expect(path).toEqual([1, 2, 3, 4].map(ipv4));
    expect(data.tried[0]).toEqual({ method: 'icmp', port: null, fromTtl: 1, reached: false });
    expect(data.tried).toContainEqual({ method: 'tcp', port: 9000, fromTtl: 4, reached: true });
  });

  test('ends soon behind the last router where the target is silent, and says where', async (context) => {
    const network = await networkFor(context, chainLayout({ hops: 4 }));
    await network.host('there').nft('input', 'meta l4proto { icmp, udp, tcp } drop');
    const { data, path, check, exitCode, report, measurement } = await route(network.host('here'), [ipv4(4), '--no-names']);
    expect(path).toEqual([1, 2, 3].map(ipv4));
    expect(data).toMatchObject({ reached: false, loop: false, end: { reason: 'silence' } });
    expect([exitCode, check]).toEqual([1, 'fail host-unreachable']);
    expect(report.checks.find(({ id }) => id.startsWith('l3.hops'))?.observed).toContain(`beyond hop 3 (${ipv4(3)})`);
    expect(measurement.durationMs).toBeLessThan(4000);
  });

  test('ends at the firewall that refuses, and at the router that has no way on', async (context) => {
    const network = await networkFor(context, chainLayout({ hops: 5 }));
    // First, since Linux counts these answers together with "time exceeded".
    await network.host('r2').ip('route add unreachable 10.77.5.0/24');
    const noWay = await route(network.host('here'), [ipv4(5), '--no-names', '--method', 'icmp']);
    expect(noWay.data.end).toEqual({ reason: 'unreachable', from: ipv4(2), meaning: 'host-unreachable' });
    expect(noWay.check).toBe('fail host-unreachable');
    await network.host('r2').ip('route del unreachable 10.77.5.0/24');

    await network.host('r3').nft('forward', 'ip daddr 10.77.5.2 reject with icmp type admin-prohibited');
    const refused = await route(network.host('here'), [ipv4(5), '--no-names', '--method', 'icmp']);
    expect(refused.data).toMatchObject({ reached: false, end: { reason: 'unreachable', from: ipv4(3), meaning: 'prohibited' } });
    expect(refused.check).toBe('fail route-prohibited');
  });

  test('that goes in a circle is a loop', async (context) => {
    const network = await networkFor(context, chainLayout({ hops: 5 }));
    await network.host('r3').ip('route add 10.77.5.0/24 via 10.77.3.1');
    const { data, check } = await route(network.host('here'), [ipv4(5), '--no-names', '--method', 'icmp', '--max-hops', '12']);
    expect(data).toMatchObject({ reached: false, loop: true, end: { reason: 'loop' } });
    expect(data.loopAt?.ttls.length).toBeGreaterThan(1);
    expect(check).toBe('fail routing-loop');
  });

  test('has the names that the resolver of the system gives its hops', async (context) => {
    const layout = chainLayout({ hops: 3 });
    const network = await networkFor(context, { ...layout, resolvers: { here: [ipv4(1)] } });
    const pointers = { '2.1.77.10.in-addr.arpa': 'gw.example.net', '2.3.77.10.in-addr.arpa': 'app.example.net' };
    await network.host('r1').serve('dns', { address: ipv4(1), names: {}, pointers });
    const { data } = await route(network.host('here'), [ipv4(3)]);
    expect(data.hops.map(({ hostname }) => hostname)).toEqual(['gw.example.net', null, 'app.example.net']);
  });
});

describe('a path that splits', () => {
  test('is one path in one flow, and shows both sides in several', async (context) => {
    const network = await networkFor(context, DIAMOND);
    await network.host('split').sysctl('net/ipv4/fib_multipath_hash_policy', '1');
    await network.host('split').ip('route add 10.9.9.0/24 nexthop via 10.1.1.2 nexthop via 10.1.2.2');
    const one = await route(network.host('here'), ['10.9.9.2', '--method', 'udp', '--no-names', '--cycles', '5']);
    expect(one.data.hops[1]?.addresses).toHaveLength(1);
    expect(one.data).toMatchObject({ reached: true, changes: [], constantFlow: true });

    const many = await route(network.host('here'), ['10.9.9.2', '--method', 'udp', '--no-names', '--flows', '12']);
    expect([...(many.data.hops[1]?.addresses ?? [])].sort()).toEqual(['10.1.1.2', '10.1.2.2']);
    expect(many.data.flows).toHaveLength(12);
  });
});

/** here — split — (upper | lower) — join — there. */
const DIAMOND: Layout = {
  hosts: ['here', 'split', 'upper', 'lower', 'join', 'there'],
  routers: ['split', 'upper', 'lower', 'join'],
  links: [
    link('here', 'eth0', '10.0.0.2', 'split', 'eth0', '10.0.0.1'),
    link('split', 'one', '10.1.1.1', 'upper', 'inner', '10.1.1.2'),
    link('split', 'two', '10.1.2.1', 'lower', 'inner', '10.1.2.2'),
    link('upper', 'outer', '10.2.1.1', 'join', 'one', '10.2.1.2'),
    link('lower', 'outer', '10.2.2.1', 'join', 'two', '10.2.2.2'),
    link('join', 'outer', '10.9.9.1', 'there', 'eth0', '10.9.9.2'),
  ],
  routes: {
    here: ['default via 10.0.0.1'],
    upper: ['10.9.9.0/24 via 10.2.1.2', '10.0.0.0/24 via 10.1.1.1'],
    lower: ['10.9.9.0/24 via 10.2.2.2', '10.0.0.0/24 via 10.1.2.1'],
    join: ['default via 10.2.1.1'],
    there: ['default via 10.9.9.1'],
  },
};

function link(one: string, oneInterface: string, oneAddress: string, other: string, otherInterface: string, otherAddress: string) {
  return {
    ends: [
      { host: one, interface: oneInterface, addresses: [`${oneAddress}/24`] },
      { host: other, interface: otherInterface, addresses: [`${otherAddress}/24`] },
    ],
  } as const;
}
