import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, type TestContext, test } from 'vitest';
import type { DataOf, MeasurementOf } from '../../src/model/measurement.js';
import { reportSchema } from '../../src/model/report.js';
import { makeAuthority } from '../fakes/certificates.js';
import { networkFor } from './full-report.js';
import type { Host, Layout, Network } from './network.js';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

const SERVER = { 4: '203.0.113.10', 6: '2001:db8:3::10' } as const;
const NEAR_ROUTER = { 4: '192.0.2.1', 6: '2001:db8:1::1' } as const;

/** "Packet too big" of both families, dropped where a router would send it. */
const SILENCE = ['icmp type destination-unreachable icmp code frag-needed drop', 'icmpv6 type packet-too-big drop'];

/** client — near — far — server. The link between the routers is the one that is made narrow; neither end knows of it. */
function middleLink(mtuBytes = 1500): Layout {
  const link = (number: number, left: string, right: string, network: string, [one, two]: [number, number] = [1, 2]) => ({
    mtuBytes,
    ends: [
      { host: left, interface: `right${number}`, addresses: [`${network}.${one}/24`, `2001:db8:${number}::${one}/64`] },
      { host: right, interface: `left${number}`, addresses: [`${network}.${two}/24`, `2001:db8:${number}::${two}/64`] },
    ] as const,
  });
  return {
    hosts: ['client', 'near', 'far', 'server'],
    routers: ['near', 'far'],
    links: [
      link(1, 'client', 'near', '192.0.2', [2, 1]),
      link(2, 'near', 'far', '198.51.100'),
      link(3, 'far', 'server', '203.0.113', [1, 10]),
    ],
    routes: {
      client: ['default via 192.0.2.1', 'default via 2001:db8:1::1'],
      near: ['203.0.113.0/24 via 198.51.100.2', '2001:db8:3::/64 via 2001:db8:2::2'],
      far: ['192.0.2.0/24 via 198.51.100.1', '2001:db8:1::/64 via 2001:db8:2::1'],
      server: ['default via 203.0.113.1', 'default via 2001:db8:3::1'],
    },
  };
}

/** The numbering of `::10` is hexadecimal in IPv6 and decimal in IPv4: both name the server. */
async function narrow(network: Network, mtuBytes: number): Promise<void> {
  await network.host('near').ip(`link set right2 mtu ${mtuBytes}`);
  await network.host('far').ip(`link set left2 mtu ${mtuBytes}`);
  await forget(network);
}

/** What the kernels have learned of the path is no part of the next case. */
async function forget(network: Network): Promise<void> {
  for (const name of ['client', 'server']) await network.host(name).ip('route flush cache', '-6 route flush cache');
}

async function mtu(
  host: Host,
  target: string,
  { args = [], env = [], unprivileged = true }: { args?: readonly string[]; env?: readonly string[]; unprivileged?: boolean } = {},
): Promise<MeasurementOf<'mtu'> & { text: string }> {
  const command = [...env, process.execPath, PROGRAM, 'mtu', target, ...args, '--json'];
  const { stdout, stderr } = await host.run('env', command, { unprivileged, timeoutMs: 60_000 });
  const report = reportSchema.parse(JSON.parse(stdout || `"${stderr}"`));
  const measurement = report.measurements.find(({ probe }) => probe === 'mtu');
  if (measurement?.probe !== 'mtu') throw new Error(`the MTU was not probed: ${stdout}`);
  return { ...measurement, text: JSON.stringify(report.checks) };
}

/** HTTPS with a certificate chain that fills several segments, and plain HTTP. */
async function serve(network: Network, context: TestContext): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-mtu-'));
  context.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = await makeAuthority('Root', { key: 'rsa-2048' });
  const { cert, key } = await root.issue({ names: ['app.example.net'], key: 'rsa-2048' });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const long = Array.from({ length: 12 }, () => root.cert).join('\n');
  await network
    .host('server')
    .serve('web', { http: [80], https: [443], cert: file('cert.pem', `${cert}\n${long}`), key: file('key.pem', key) });
}

async function networkOf(context: TestContext, mtuBytes?: number): Promise<Network> {
  return networkFor(context, middleLink(mtuBytes));
}

const url = (family: 4 | 6) => (family === 6 ? `https://[${SERVER[6]}]` : `https://${SERVER[4]}`);
const expectFound = (found: MeasurementOf<'mtu'> & { text: string }, expected: Partial<DataOf<'mtu'>>) =>
  expect(found.data, JSON.stringify(found)).toMatchObject(expected);

// Most of their time they wait for packets that never come: side by side.
describe.concurrent.each([4, 6] as const)('netdiag mtu over IPv%i, as an ordinary user', (family) => {
  test('finds the exact MTU and the router that announces it', { timeout: 60_000 }, async (context) => {
    const network = await networkOf(context, 9000);
    for (const size of [1280, 1300, 1400, 1492, 1500, 8999]) {
      await narrow(network, size);
      const found = await mtu(network.host('client'), SERVER[family]);
      expectFound(found, {
        pathMtuBytes: size,
        exact: true,
        blackhole: false,
        limitedBy: NEAR_ROUTER[family],
        smallestFailedBytes: size + 1,
      });
    }
    await narrow(network, 9000);
    expectFound(await mtu(network.host('client'), SERVER[family]), {
      pathMtuBytes: 9000,
      exact: true,
      blackhole: false,
      limitedBy: 'local',
    });
  });

  test('finds the exact size of a black hole', { timeout: 60_000 }, async (context) => {
    const network = await networkOf(context, 9000);
    await network.host('near').nft('output', ...SILENCE);
    for (const size of [1280, 1300, 1400, 1492, 1500, 8999]) {
      await narrow(network, size);
      const found = await mtu(network.host('client'), SERVER[family]);
      expectFound(found, { pathMtuBytes: size, exact: true, blackhole: true, limitedBy: null, smallestFailedBytes: size + 1 });
    }
  });

  test('finds it by datagrams where echo is not answered', { timeout: 120_000 }, async (context) => {
    const network = await networkOf(context);
    await network.host('server').nft('input', 'icmp type echo-request drop', 'icmpv6 type echo-request drop');
    await narrow(network, 1492);
    const announced = await mtu(network.host('client'), SERVER[family]);
    expect(announced.method, JSON.stringify(announced)).toBe('udp');
    expectFound(announced, { pathMtuBytes: 1492, exact: true, blackhole: false, limitedBy: NEAR_ROUTER[family] });
    await network.host('near').nft('output', ...SILENCE);
    await narrow(network, 1387);
    expectFound(await mtu(network.host('client'), SERVER[family]), { pathMtuBytes: 1387, exact: true, blackhole: true });
  });

  test("finds both by the system's ping where there are no native sockets", { timeout: 120_000 }, async (context) => {
    const network = await networkOf(context);
    // A ping whose file grants it CAP_NET_RAW does not start where that is taken from all that run.
    const withoutNative = { env: ['NETDIAG_NATIVE=off'], unprivileged: false };
    await narrow(network, 1400);
    const announced = await mtu(network.host('client'), SERVER[family], withoutNative);
    expect(announced.method, JSON.stringify(announced)).toBe('system');
    expectFound(announced, {
      pathMtuBytes: 1400,
      exact: true,
      blackhole: false,
      limitedBy: NEAR_ROUTER[family],
      smallestFailedBytes: 1401,
    });
    await network.host('near').nft('output', ...SILENCE);
    await forget(network);
    const hole = await mtu(network.host('client'), SERVER[family], { args: ['--method', 'system'], unprivileged: false });
    expect(hole.method, JSON.stringify(hole)).toBe('system');
    expectFound(hole, { pathMtuBytes: 1400, exact: true, blackhole: true, limitedBy: null, smallestFailedBytes: 1401 });
    await narrow(network, 1500);
    const whole = await mtu(network.host('client'), SERVER[family], withoutNative);
    expectFound(whole, { pathMtuBytes: 1500, exact: true, blackhole: false, limitedBy: 'local' });
  });

  test('tells a black hole on the way back from one on the way there', { timeout: 120_000 }, async (context) => {
    const network = await networkOf(context);
    await serve(network, context);
    const far = network.host('far');
    await far.nft('output', ...SILENCE);
    const back = family === 4 ? '192.0.2.0/24 via 198.51.100.1' : '2001:db8:1::/64 via 2001:db8:2::1';
    await far.ip(`${family === 6 ? '-6 ' : ''}route replace ${back} mtu lock 1400`);
    const found = await mtu(network.host('client'), url(family));
    expectFound(found, {
      blackhole: true,
      direction: 'from-target',
      tcp: expect.objectContaining({ toTarget: { passedBytes: 1500, failedBytes: null } }),
    });
    expectFound(found, { tcp: expect.objectContaining({ fromTarget: { passedBytes: 1400, failedBytes: 1401 } }) });
    expect(found.text).toContain('on the way back');

    await far.ip(`${family === 6 ? '-6 ' : ''}route replace ${back}`);
    const near = network.host('near');
    await near.nft('output', ...SILENCE);
    const there = family === 4 ? '203.0.113.0/24 via 198.51.100.2' : '2001:db8:3::/64 via 2001:db8:2::2';
    await near.ip(`${family === 6 ? '-6 ' : ''}route replace ${there} mtu lock 1420`);
    await forget(network);
    const other = await mtu(network.host('client'), url(family));
    expectFound(other, { pathMtuBytes: 1420, exact: true, blackhole: true, direction: 'to-target' });
    expectFound(other, { tcp: expect.objectContaining({ toTarget: { passedBytes: 1420, failedBytes: 1421 } }) });
  });

  test('takes a filter of large echoes for what it is: no black hole', { timeout: 60_000 }, async (context) => {
    const network = await networkOf(context);
    await serve(network, context);
    await network.host('far').nft('forward', `meta l4proto { icmp, ipv6-icmp } meta length > 1100 drop`);
    const found = await mtu(network.host('client'), url(family));
    // An IPv6 echo of 1280 bytes is the smallest that is tried, so that nothing of it comes through; datagrams do.
    expectFound(found, { pathMtuBytes: 1500, exact: true, blackhole: false });
    if (family === 4) expectFound(found, { largeEchoFiltered: true, limitedBy: 'local' });
  });

  test('finds a black hole by TCP alone where no packet is answered', { timeout: 120_000 }, async (context) => {
    const network = await networkOf(context);
    await serve(network, context);
    await network.host('server').nft('input', 'meta l4proto { udp, icmp } drop', 'icmpv6 type echo-request drop');
    const near = network.host('near');
    await near.nft('output', ...SILENCE);
    const there = family === 4 ? '203.0.113.0/24 via 198.51.100.2' : '2001:db8:3::/64 via 2001:db8:2::2';
    await near.ip(`${family === 6 ? '-6 ' : ''}route replace ${there} mtu lock 1420`);
    const found = await mtu(network.host('client'), url(family));
    expect(found.method, JSON.stringify(found)).toBe('tcp');
    expectFound(found, { pathMtuBytes: 1420, exact: true, blackhole: true, direction: 'to-target' });
  });

  test('tells two ends of one link that disagree', { timeout: 60_000 }, async (context) => {
    const network = await networkOf(context, 9000);
    await network.host('near').ip('link set left1 mtu 1500');
    const found = await mtu(network.host('client'), NEAR_ROUTER[family]);
    // A virtual link lets four bytes more pass, for a VLAN tag.
    expectFound(found, { pathMtuBytes: 1504, exact: true, localMtuBytes: 9000, blackhole: true, onLink: true });
    expect(found.text).toContain('mtu-mismatch');
  });
});
