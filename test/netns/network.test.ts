import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { networkFor } from './full-report.js';
import { createNetwork } from './network.js';
import { GATEWAY, machineOnLink, machineWithoutNetwork, NOBODY_HERE, routedNetwork, SERVER, SERVER_V6 } from './scenarios.js';

/** Connects by TCP from inside a host and prints `open`, the errno name or `silence`. */
const CONNECT = `
import { connect } from 'node:net';
const [address, port] = process.argv.slice(1);
const socket = connect({ host: address, port: Number(port), timeout: 700 });
const end = (text) => { console.log(text); process.exit(0); };
socket.on('connect', () => end('open'));
socket.on('timeout', () => end('silence'));
socket.on('error', (error) => end(error.code));
`;

function connectArguments(address: string, port: number): string[] {
  return ['--input-type=module', '--eval', CONNECT, '--', address, String(port)];
}

describe('a network of namespaces', () => {
  test('carries IPv4 and IPv6 across its router, and nothing to the outside', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('web', { tcp: [9000] });
    const client = network.host('client');
    for (const address of [SERVER, SERVER_V6]) {
      const { stdout } = await client.run(process.execPath, connectArguments(address, 9000));
      expect(stdout.trim(), address).toBe('open');
    }
    const interfaces = await client.must('ls', ['/sys/class/net']);
    expect(interfaces.split('\n').filter(Boolean)).toEqual(['eth0', 'lo']);
  });

  test('gives each host its own resolver configuration and its own DNS', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('router').serve('dns', { address: GATEWAY, names: { 'app.example.net': [SERVER, SERVER_V6] } });
    expect(await network.host('client').must('cat', ['/etc/resolv.conf'])).toBe(`nameserver ${GATEWAY}\n`);
    expect(await network.host('server').must('cat', ['/etc/resolv.conf'])).toBe('');

    const ask = `import { Resolver } from 'node:dns/promises';
const resolver = new Resolver();
const outcome = async (name, type) => resolver.resolve(name, type).catch((error) => error.code);
console.log(JSON.stringify([await outcome('app.example.net', 'A'), await outcome('app.example.net', 'AAAA'), await outcome('no.example.net', 'A')]));`;
    const answers = await network.host('client').must(process.execPath, ['--input-type=module', '--eval', ask]);
    expect(JSON.parse(answers)).toEqual([[SERVER], [SERVER_V6], 'ENOTFOUND']);
  });

  test('lets a router drop and refuse', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('web', { tcp: [9000, 9001, 9002] });
    await network.host('router').nft('forward', 'tcp dport 9001 drop', 'tcp dport 9002 reject with icmpx type admin-prohibited');
    const state = async (port: number) =>
      (await network.host('client').run(process.execPath, connectArguments(SERVER, port))).stdout.trim();
    expect(await Promise.all([9000, 9001, 9002, 9003].map(state))).toEqual(['open', 'silence', 'EHOSTUNREACH', 'ECONNREFUSED']);
  });

  test('lets a router announce a smaller MTU, or swallow what is larger', async (context) => {
    const network = await networkFor(context, routedNetwork({ serverLinkMtuBytes: 1400 }));
    const client = network.host('client');
    const large = ['-n', '-c', '1', '-W', '1', '-M', 'do', '-s', '1372', SERVER];
    const tooLarge = ['-n', '-c', '1', '-W', '1', '-M', 'do', '-s', '1373', SERVER];
    expect((await client.run('ping', large)).exitCode).toBe(0);
    const announced = await client.run('ping', tooLarge);
    expect(announced.exitCode).toBe(1);
    expect(announced.stdout).toContain(`From ${GATEWAY}`);
    expect(announced.stdout).toContain('mtu = 1400');

    await network.host('router').nft('output', 'icmp type destination-unreachable icmp code frag-needed drop');
    await client.ip('route flush cache');
    const swallowed = await client.run('ping', tooLarge);
    expect(swallowed.exitCode).toBe(1);
    expect(swallowed.stdout).not.toContain('mtu');
    expect((await client.run('ping', large)).exitCode).toBe(0);
  });

  test('has machines without a network, without a route, and with a dead gateway', async (context) => {
    const alone = (await networkFor(context, machineWithoutNetwork())).host('client');
    expect(await alone.must('ip', ['-oneline', 'link'])).toMatch(/^1: lo: <LOOPBACK>.* state DOWN .*\n$/);

    const routeless = (await networkFor(context, machineOnLink([]))).host('client');
    expect((await routeless.run(process.execPath, connectArguments(SERVER, 443))).stdout.trim()).toBe('ENETUNREACH');
    expect((await routeless.run('ping', ['-n', '-c', '1', '-W', '1', GATEWAY])).exitCode).toBe(0);

    const deserted = (await networkFor(context, machineOnLink([`default via ${GATEWAY}`], NOBODY_HERE))).host('client');
    expect((await deserted.run('ping', ['-n', '-c', '1', '-W', '1', GATEWAY])).exitCode).toBe(1);
    expect(await deserted.must('ip', ['neigh', 'show', GATEWAY])).toMatch(/INCOMPLETE|FAILED/);
  });

  test('takes every capability from an unprivileged command, and leaves it ICMP sockets', async (context) => {
    const network = await networkFor(context, machineOnLink([]));
    const client = network.host('client');
    const { stdout } = await client.run('grep', ['-h', 'CapEff', '/proc/self/status'], { unprivileged: true });
    expect(stdout).toMatch(/^CapEff:\s+0+\n$/);
    expect(await client.must('cat', ['/proc/sys/net/ipv4/ping_group_range'])).toMatch(/^0\t/);
  });

  test('leaves no process behind, and says what was wrong with an impossible layout', async (context) => {
    const network = await networkFor(context, routedNetwork());
    await network.host('server').serve('web', { tcp: [9000] });
    const sleeper = network.host('client').start('sleep', ['60']);
    const pids = [network.holderPid, sleeper.pid];
    await network.close();
    for (const pid of pids) {
      expect(pid).toBeGreaterThan(0);
      expect(existsSync(`/proc/${pid}`)).toBe(false);
    }
    await expect(createNetwork(machineOnLink(['default via 10.9.9.9']))).rejects.toThrow(/client: ip route add default via 10.9.9.9: .+/);
  });

  test('names an unreachable address by the router that says so', async (context) => {
    const network = await networkFor(context, routedNetwork());
    const { stdout } = await network.host('client').run('ping', ['-n', '-c', '1', '-W', '1', '-t', '1', SERVER]);
    expect(stdout).toContain(`From ${GATEWAY}`);
  });
});
