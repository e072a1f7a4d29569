import { describe, expect, test } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { networkFor, PROGRAM } from './full-report.js';
import type { Host } from './network.js';
import { routedNetwork, SERVER, SERVER_V6 } from './scenarios.js';

async function portsOf(host: Host, args: readonly string[], env: Record<string, string> = {}) {
  const { stdout, stderr, exitCode } = await host.run(process.execPath, [PROGRAM, 'ports', ...args, '--json'], {
    unprivileged: true,
    timeoutMs: 60_000,
    env,
  });
  if (stdout === '') throw new Error(stderr);
  const report: Report = reportSchema.parse(JSON.parse(stdout));
  const found = report.measurements.flatMap((made) => (made.probe === 'ports' ? made.data.ports : []));
  return { exitCode, report, ports: new Map(found.map((port) => [port.port, port])) };
}

describe('ports across a router, as an ordinary user', () => {
  test('tells who rejects, IPv4 and IPv6', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('web', { tcp: [9000, 9001, 9002, 9004] });
    await network.host('router').nft('forward', 'tcp dport 9001 drop', 'tcp dport 9002 reject with icmpx type admin-prohibited');
    await network.host('server').nft('input', 'tcp dport 9004 reject with icmpx type port-unreachable');
    for (const [address, router] of [
      [SERVER, '192.0.2.1'],
      [SERVER_V6, '2001:db8:1::1'],
    ] as const) {
      const { ports } = await portsOf(network.host('client'), [address, '-p', '9000-9004', '--timeout', '300ms']);
      expect(ports.get(9000), address).toMatchObject({ state: 'open', rejectedBy: null, retransmissions: 0 });
      expect(ports.get(9001), address).toMatchObject({ state: 'filtered', rejectedBy: null, latencyMs: null, tries: 3 });
      expect(ports.get(9002), address).toMatchObject({ state: 'rejected', rejectedBy: router, reason: 'prohibited' });
      expect(ports.get(9003), address).toMatchObject({ state: 'closed', rejectedBy: null, reason: 'refused' });
      expect(ports.get(9004), address).toMatchObject({ state: 'rejected', rejectedBy: address, reason: 'port-unreachable' });
    }
  }, 60_000);

  test('gives the same states without native sockets, but not who rejected', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('web', { tcp: [9000, 9001, 9002] });
    await network.host('router').nft('forward', 'tcp dport 9001 drop', 'tcp dport 9002 reject with icmpx type admin-prohibited');
    const { ports } = await portsOf(network.host('client'), [SERVER, '-p', '9000-9003', '--timeout', '300ms'], { NETDIAG_NATIVE: 'off' });
    expect([...ports.values()].map(({ port, state, rejectedBy }) => [port, state, rejectedBy])).toEqual([
      [9000, 'open', null],
      [9001, 'filtered', null],
      [9002, 'rejected', null],
      [9003, 'closed', null],
    ]);
  }, 60_000);

  test('asks UDP services in their own words, and knows a closed port from silence', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('dns', { address: SERVER, names: {} });
    await network.host('router').nft('forward', 'udp dport 161 drop', 'udp dport 123 reject with icmpx type admin-prohibited');
    const { ports, exitCode } = await portsOf(network.host('client'), [SERVER, '-p', 'U:53,69,123,161', '--timeout', '300ms']);
    expect(exitCode).toBe(1);
    expect(ports.get(53)).toMatchObject({ protocol: 'udp', state: 'open', reason: 'answered' });
    expect(ports.get(69)).toMatchObject({ state: 'closed', reason: 'port-unreachable', rejectedBy: SERVER });
    expect(ports.get(123)).toMatchObject({ state: 'rejected', reason: 'prohibited', rejectedBy: '192.0.2.1' });
    expect(ports.get(161)).toMatchObject({ state: 'filtered' });
    expect(ports.get(161)?.reason).toContain('cannot be told apart');
  }, 60_000);

  test('takes "packet too big" for no word of the port, with and without native sockets', async (context) => {
    // The question of QUIC fills 1200 bytes.
    const network = await networkFor(context, routedNetwork());
    const [client, server] = [network.host('client'), network.host('server')];
    await network.host('router').ip('link set eth1 mtu 1000');
    // The answer is short: the narrow link is narrow in both directions.
    const service = `const s = require('dgram').createSocket('udp4', (_, from) => s.send('answer', from.port, from.address))`;
    const serving = server.start(process.execPath, ['-e', `${service}; s.bind(443, () => console.log('ready'))`]);
    await new Promise((resolve) => serving.stdout.once('data', resolve));
    for (const native of ['on', 'off']) {
      await client.ip('route flush cache');
      const { ports } = await portsOf(client, [SERVER, '-p', 'U:443', '--timeout', '300ms'], { NETDIAG_NATIVE: native });
      expect(ports.get(443), native).toMatchObject({ state: 'open', reason: 'answered', tries: 2 });
    }
  }, 60_000);

  test('calls no port anything that a rule of this machine kept it from asking', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('client').nft('output', 'udp dport 53 drop');
    for (const native of ['on', 'off']) {
      const { ports, report } = await portsOf(network.host('client'), [SERVER, '-p', 'U:53'], { NETDIAG_NATIVE: native });
      expect([...ports.values()], native).toEqual([]);
      expect(report.checks, native).toMatchObject([{ status: 'skip', because: expect.stringContaining('firewall') }]);
    }
  }, 60_000);

  test('makes do with few descriptors', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('web', { tcp: [9000] });
    const limited = `ulimit -n 120 && exec "$0" "$@"`;
    const { stdout } = await network
      .host('client')
      .run('sh', ['-c', limited, process.execPath, PROGRAM, 'ports', SERVER, '-p', '8900-9100', '--json'], { timeoutMs: 60_000 });
    const report = reportSchema.parse(JSON.parse(stdout));
    const found = report.measurements.flatMap((made) => (made.probe === 'ports' ? made.data.ports : []));
    expect(found.filter(({ state }) => state === 'open').map(({ port }) => port)).toEqual([9000]);
    expect(found).toHaveLength(201);
  }, 60_000);
});
