import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, type TestContext, test } from 'vitest';
import type { DataOf } from '../../src/model/measurement.js';
import type { Report } from '../../src/model/report.js';
import { networkFor, reportOf } from './full-report.js';
import type { Host, Layout } from './network.js';

/** A home behind a router, its carrier, and a server on the internet; each router has a network of its own behind it. */
const HOME: Layout = {
  hosts: ['client', 'home', 'carrier', 'server'],
  routers: ['home', 'carrier'],
  links: [
    {
      ends: [
        { host: 'client', interface: 'eth0', addresses: ['192.168.1.2/24'] },
        { host: 'home', interface: 'lan', addresses: ['192.168.1.1/24'] },
      ],
    },
    {
      ends: [
        { host: 'home', interface: 'wan', addresses: ['100.64.0.2/24'] },
        { host: 'carrier', interface: 'inner', addresses: ['100.64.0.1/24'] },
      ],
    },
    {
      ends: [
        { host: 'carrier', interface: 'outer', addresses: ['8.8.4.1/24'] },
        { host: 'server', interface: 'eth0', addresses: ['8.8.4.9/24', '2600:db8::9/64'] },
      ],
    },
  ],
  routes: { client: ['default via 192.168.1.1'], home: ['default via 100.64.0.1'] },
};

/** Starts a real STUN server, and resolves when it serves. It ends with the network. */
async function serveStun(host: Host, address: string): Promise<void> {
  const options = ['-n', '-S', '--no-cli', '--no-tls', '--no-dtls', '-L', address, '-p', '3478'];
  const files = ['--log-file', 'stdout', '--simple-log', '--pidfile', `/run/netdiag/turn-${address}.pid`];
  const server = host.start('turnserver', [...options, ...files], { detached: true });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('(auth thread)')) resolve();
    });
    void server.then((result) => reject(new Error(`turnserver ended: ${result.shortMessage ?? said}`)));
    setTimeout(() => reject(new Error(`turnserver does not start: ${said}`)), 10_000).unref();
  });
}

/** What the independent client of Debian says. */
async function askWithStun(host: Host, server: string): Promise<string> {
  const { stdout, stderr } = await host.run('timeout', ['3', 'stun', server, '1', '-v']);
  return `${stdout}\n${stderr}`;
}

async function masquerade(host: Host, out: string): Promise<void> {
  const chain = 'add chain ip nat post { type nat hook postrouting priority srcnat; policy accept; }';
  await host.must('nft', [`add table ip nat; ${chain}; add rule ip nat post oifname "${out}" masquerade`]);
}

function placeOf(report: Report): DataOf<'surroundings'> {
  const found = report.measurements.find((made) => made.probe === 'surroundings');
  if (found?.probe !== 'surroundings') throw new Error('there is no measurement of the surroundings');
  return found.data;
}

function translationOf(report: Report) {
  const { translation } = placeOf(report);
  if (translation === null) throw new Error('the translation was not looked at');
  return translation;
}

const idOf = (report: Report, id: string) => report.checks.find((check) => check.id === id);

describe.concurrent('address translation, by a real STUN server', { timeout: 60_000 }, () => {
  const ask = async (context: TestContext, translating: readonly ('home' | 'carrier')[], server: 'server' | 'carrier') => {
    const network = await networkFor(context, HOME);
    if (translating.includes('home')) await masquerade(network.host('home'), 'wan');
    if (translating.includes('carrier')) await masquerade(network.host('carrier'), 'outer');
    if (!translating.includes('carrier')) await network.host('server').ip('route add 100.64.0.0/24 via 8.8.4.1');
    if (!translating.includes('home')) {
      await network.host('server').ip('route add 192.168.1.0/24 via 8.8.4.1');
      await network.host('carrier').ip('route add 192.168.1.0/24 via 100.64.0.2');
    }
    const address = server === 'server' ? '8.8.4.9' : '100.64.0.1';
    await serveStun(network.host(server), address);
    const { report, summary } = await reportOf(network.host('client'), 'host', ['--stun', address]);
    const translation = translationOf(report);
    const reference = /MappedAddress = ([\d.]+):/.exec(await askWithStun(network.host('client'), address))?.[1];
    expect(translation.outside[0]?.address, summary).toBe(reference);
    expect(
      report.diagnosis.map(({ code }) => code).filter((code) => code.startsWith('subnet')),
      summary,
    ).toEqual([]);
    return translation;
  };

  test('none on the way there: the server sees the private address, which is none of the internet', async (context) => {
    const translation = await ask(context, [], 'server');
    expect(translation.verdict).toBe('at least one');
    expect(translation.because).toContain('none on the way there');
    expect(translation.outside[0]).toMatchObject({ address: '192.168.1.2', isLocal: true, portKept: true });
  });

  test('one: the server sees the address of the router', async (context) => {
    const translation = await ask(context, ['home', 'carrier'], 'server');
    expect(translation.verdict).toBe('at least one');
    expect(translation.outside[0]).toMatchObject({ address: '8.8.4.1', kind: 'public', isLocal: false });
  });

  test('two: a server in front of the carrier sees an address that is none of the internet', async (context) => {
    const translation = await ask(context, ['home', 'carrier'], 'carrier');
    expect(translation.verdict).toBe('at least two');
    expect(translation.outside[0]).toMatchObject({ address: '100.64.0.2', kind: 'shared', isLocal: false });
  });

  test('a server that is silent leaves it at what the addresses tell, in its time', async (context) => {
    const network = await networkFor(context, HOME);
    const { report, summary } = await reportOf(network.host('client'), 'host', ['--stun', '8.8.4.9', '--timeout', '300ms']);
    const translation = translationOf(report);
    expect(translation.verdict, summary).toBe('at least one');
    expect(translation.outside[0]?.address).toBeNull();
    expect(placeOf(report).absent.some(({ fact }) => fact === 'outside address')).toBe(true);
  });
});

/** A machine with an uplink and, through a tunnel, a network that it reaches by VPN. */
const OFFICE: Layout = {
  hosts: ['client', 'gateway', 'office'],
  routers: ['gateway'],
  links: [
    {
      ends: [
        { host: 'client', interface: 'eth0', addresses: ['192.0.2.2/24'] },
        { host: 'gateway', interface: 'eth0', addresses: ['192.0.2.1/24'] },
      ],
    },
    {
      ends: [
        { host: 'gateway', interface: 'eth1', addresses: ['172.17.9.1/24'] },
        { host: 'office', interface: 'eth0', addresses: ['172.17.9.9/24'] },
      ],
    },
  ],
  routes: { client: ['default via 192.0.2.1', '172.16.0.0/12 via 192.0.2.1'], office: ['default via 172.17.9.1'] },
};

describe.concurrent('subnets of containers', { timeout: 60_000 }, () => {
  test('are well where nobody else claims them', async (context) => {
    const network = await networkFor(context, HOME);
    const client = network.host('client');
    await client.ip('link add docker0 type bridge', 'address add 172.17.0.1/16 dev docker0', 'link set docker0 up');
    const { report, summary } = await reportOf(client, 'host', ['--passive']);
    expect(idOf(report, 'l3.subnets'), summary).toMatchObject({ status: 'pass', observed: 'docker0 172.17.0.0/16' });
    expect(placeOf(report).bridges).toMatchObject([{ interface: 'docker0', prefixes: ['172.17.0.0/16'], ports: [] }]);
  });

  test('that a route claims too are told, with who gets what', async (context) => {
    const network = await networkFor(context, OFFICE);
    const client = network.host('client');
    await client.ip('link add docker0 type bridge', 'address add 172.17.0.1/16 dev docker0', 'link set docker0 up');
    const { report, codes, summary } = await reportOf(client, 'host', ['--passive']);
    expect(idOf(report, 'l3.subnets'), summary).toMatchObject({ status: 'warn', code: 'subnet-overlap' });
    expect(codes, summary).toContain('route-wrong');
    expect(placeOf(report).overlaps).toMatchObject([{ bridge: 'docker0', other: 'eth0', otherPrefix: '172.16.0.0/12', winner: 'docker0' }]);
  });

  test('swallow a target, and that is the cause', async (context) => {
    const network = await networkFor(context, OFFICE);
    const client = network.host('client');
    const well = await reportOf(client, 'full-report', ['172.17.9.9:80', '--timeout', '1s']);
    expect(
      well.report.checks.filter(({ id }) => id.startsWith('l3.subnets')),
      well.summary,
    ).toEqual([]);
    await client.ip('link add docker0 type bridge', 'address add 172.17.0.1/16 dev docker0', 'link set docker0 up');
    const { report, codes, summary } = await reportOf(client, 'full-report', ['172.17.9.9:80', '--timeout', '1s']);
    expect(codes, summary).toEqual(['route-wrong']);
    expect(idOf(report, 'l3.subnets@172.17.9.9:80'), summary).toMatchObject({ status: 'fail', code: 'route-wrong' });
  });

  test('with a container that answers are no fault', async (context) => {
    const network = await networkFor(context, OFFICE);
    const client = network.host('client');
    const office = network.host('office');
    await client.ip('link add docker0 type bridge', 'address add 172.17.0.1/16 dev docker0', 'link set docker0 up');
    await client.ip('link add veth1 type veth peer name eth9 netns office', 'link set veth1 master docker0', 'link set veth1 up');
    await office.ip('address add 172.17.0.5/16 dev eth9', 'link set eth9 up');
    await sleep(300);
    const { report, summary } = await reportOf(client, 'full-report', ['172.17.0.5', '--timeout', '1s']);
    expect(
      report.checks.filter(({ id }) => /^l3\.(subnets|bridge-mtu)/.test(id)),
      summary,
    ).toEqual([]);
    expect(idOf(report, 'l3.latency@172.17.0.5')?.status, summary).toBe('pass');
  });
});

describe.concurrent('MTU of bridges', { timeout: 60_000 }, () => {
  test('that are larger than the way out, and ports that differ, are told', async (context) => {
    const network = await networkFor(context, HOME);
    const client = network.host('client');
    await client.ip('link add docker0 type bridge', 'address add 172.17.0.1/16 dev docker0', 'link set docker0 up');
    await client.ip('link add a0 type veth peer name a1', 'link set a0 master docker0', 'link set a0 up', 'link set a1 up');
    await client.ip('link add b0 type veth peer name b1', 'link set b0 master docker0', 'link set b0 up', 'link set b1 up');
    const well = await reportOf(client, 'host', ['--passive']);
    expect(idOf(well.report, 'l3.bridge-mtu@docker0'), well.summary).toMatchObject({ status: 'pass' });

    await client.ip('link set eth0 mtu 1450', 'link set b0 mtu 1400', 'link set docker0 mtu 1500');
    const { report, codes, summary } = await reportOf(client, 'host', ['--passive']);
    expect(idOf(report, 'l3.bridge-mtu@docker0'), summary).toMatchObject({ status: 'warn', code: 'mtu-mismatch', expected: 'up to 1450' });
    expect(idOf(report, 'l3.bridge-mtu@docker0/ports'), summary).toMatchObject({ status: 'warn', code: 'mtu-mismatch' });
    expect(codes, summary).toContain('mtu-mismatch');
    expect(report.verdict, summary).not.toBe('fail');
  });
});

describe.concurrent('the place', { timeout: 60_000 }, () => {
  test('is told alike to root and to an ordinary user, and the network namespace is its own', async (context) => {
    const network = await networkFor(context, HOME);
    const reports = await Promise.all(
      [false, true].map((unprivileged) => reportOf(network.host('client'), 'host', ['--passive'], { unprivileged })),
    );
    for (const { report, summary } of reports) {
      const { container, machine } = placeOf(report);
      expect(container?.network, summary).toBe('own');
      expect(machine?.kind, summary).toBe(placeOf(reports[0]?.report ?? report).machine?.kind);
      expect(idOf(report, 'l1.machine')?.status, summary).toMatch(/pass|skip/);
    }
  });

  test('is a container where processes have numbers of their own', async (context) => {
    const network = await networkFor(context, HOME);
    const prefix = ['unshare', '--pid', '--uts', '--ipc', '--fork', '--mount-proc'];
    const { report, summary } = await reportOf(network.host('client'), 'host', ['--passive'], { prefix });
    const { container } = placeOf(report);
    expect(container?.kind, summary).toBe('container');
    expect(container?.evidence.map(({ says }) => says).join('\n'), summary).toMatch(/namespaces of its own: pid, uts, ipc/);
    expect(report.host.container, summary).not.toBe('none');
  });
});
