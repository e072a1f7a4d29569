import { expect, test } from 'vitest';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { type Report, reportSchema } from '../../src/model/report.js';
import { networkFor, PROGRAM } from './full-report.js';
import type { Layout, Link, Network } from './network.js';

/** client — r1 — r2 — r3 — r4 — server: the server is hop 5. */
const ROUTERS = ['r1', 'r2', 'r3', 'r4'] as const;
const CHAIN = ['client', ...ROUTERS, 'server'];
const SERVER = '10.0.4.2';
const TEST_TIMEOUT_MS = 60_000;

function layout(): Layout {
  const links: Link[] = CHAIN.slice(1).map((host, index) => ({
    ends: [
      { host: CHAIN[index] ?? '', interface: `to${index + 1}`, addresses: [`10.0.${index}.1/24`, `2001:db8:${index}::1/64`] },
      { host, interface: `from${index}`, addresses: [`10.0.${index}.2/24`, `2001:db8:${index}::2/64`] },
    ],
  }));
  const routes: Record<string, string[]> = {};
  for (const [index, host] of CHAIN.entries()) {
    const beyond = index < CHAIN.length - 1 ? [`10.0.4.0/24 via 10.0.${index}.2`, `2001:db8:4::/64 via 2001:db8:${index}::2`] : [];
    const back = index > 0 ? [`default via 10.0.${index - 1}.1`, `default via 2001:db8:${index - 1}::1`] : [];
    routes[host] = [...(index < CHAIN.length - 2 ? beyond : []), ...back];
  }
  return { hosts: CHAIN, routers: ROUTERS, links, routes };
}

/** Every router answers as often as it is asked, but `limited`: that one as Linux does by itself, six at once and then one a second. */
async function unlimited(network: Network, limited: string): Promise<void> {
  for (const name of [...ROUTERS, 'server']) {
    if (name === limited) continue;
    await network.host(name).sysctl('net/ipv4/icmp_ratelimit', '0');
    await network.host(name).sysctl('net/ipv6/icmp/ratelimit', '0');
  }
}

async function loss(network: Network, args: readonly string[]): Promise<{ report: Report; loss: MeasurementOf<'loss'>; text: string }> {
  const result = await network.host('client').run(process.execPath, [PROGRAM, 'loss', ...args, '--json'], { timeoutMs: TEST_TIMEOUT_MS });
  const report = reportSchema.parse(JSON.parse(result.stdout));
  const measurement = report.measurements.find(({ probe }) => probe === 'loss');
  if (measurement?.probe !== 'loss') throw new Error(`no loss was measured: ${result.stderr}`);
  return { report, loss: measurement, text: JSON.stringify({ path: measurement.data.path, checks: report.checks }, null, 1) };
}

/** Both ways, on the router in front of hop `ttl`; the first hop's on the client. */
async function dropBefore(network: Network, ttl: number, percent: number): Promise<void> {
  const host = network.host(CHAIN[ttl - 1] ?? '');
  await host.nft(ttl === 1 ? 'input' : 'forward', `numgen random mod 100 < ${percent} drop`);
}

test('the hop from which packets are lost is named, beside a router that limits its answers', {
  timeout: 4 * TEST_TIMEOUT_MS,
}, async (context) => {
  const network = await networkFor(context, layout());
  await unlimited(network, 'r3');

  const healthy = await loss(network, [SERVER, '--path']);
  expect(healthy.loss.data.path, healthy.text).toMatchObject({ start: null });
  expect(healthy.loss.data.path?.hops.map(({ address }) => address)).toEqual(['10.0.0.2', '10.0.1.2', '10.0.2.2', '10.0.3.2', SERVER]);
  expect(healthy.loss.data.path?.hops[2], healthy.text).toMatchObject({ state: 'limited' });
  expect(healthy.report.verdict, healthy.text).toBe('pass');

  for (const [ttl, code] of [
    [2, 'loss-upstream'],
    [5, 'loss-target'],
    [1, 'loss-local'],
  ] as const) {
    await dropBefore(network, ttl, 8);
    const lossy = await loss(network, [SERVER, '--path']);
    expect(lossy.loss.data.path?.start, lossy.text).toMatchObject({ ttl });
    expect(lossy.report.diagnosis[0]?.code, lossy.text).toBe(code);
    await network.host(CHAIN[ttl - 1] ?? '').must('nft', ['flush', 'ruleset']);
  }
});

test('and so over IPv6, and by TCP for an ordinary user', { timeout: 4 * TEST_TIMEOUT_MS }, async (context) => {
  const network = await networkFor(context, layout());
  await unlimited(network, 'r2');
  await network.host('server').serve('web', { tcp: [9000] });
  await dropBefore(network, 4, 8);
  const sixth = await loss(network, ['2001:db8:4::2', '--path']);
  expect(sixth.loss.data.path?.start, sixth.text).toMatchObject({ ttl: 4, address: '2001:db8:3::2', after: { ttl: 3 } });
  const byTcp = await loss(network, [`${SERVER}:9000`, '--path', '--method', 'tcp']);
  expect(byTcp.loss, byTcp.text).toMatchObject({ method: 'tcp', data: { path: { start: { ttl: 4, after: { ttl: 3 } } } } });
});

test('round trips by UDP and by the system ping', { timeout: TEST_TIMEOUT_MS }, async (context) => {
  const network = await networkFor(context, layout());
  await unlimited(network, 'none');
  const udp = await loss(network, [SERVER, '--method', 'udp', '-c', '20', '-i', '20ms']);
  expect(udp.loss, udp.text).toMatchObject({ method: 'udp', data: { sent: 20, received: 20, clock: 'kernel' } });
  const system = await loss(network, [SERVER, '--method', 'system', '-c', '20', '-i', '20ms']);
  expect(system.loss, system.text).toMatchObject({ method: 'system', data: { sent: 20, received: 20, clock: null } });
});
