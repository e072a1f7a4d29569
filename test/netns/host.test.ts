import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { type FullReport, networkFor, type ReportOptions, reportOf } from './full-report.js';
import type { Host, Layout, Network } from './network.js';

/** A machine, its gateway, which answers names and the time and stands in for a proxy, and another machine on the same link. */
const MACHINE = '192.0.2.2';
const GATEWAY = '192.0.2.1';
const OTHER = '192.0.2.9';
const PROXY_PORT = 3128;

/** The link of all three is a bridge in the gateway, so that the machine's cable can be pulled alone. */
const HOME: Layout = {
  hosts: ['machine', 'gateway', 'other'],
  links: [
    {
      ends: [
        { host: 'machine', interface: 'eth0', addresses: [`${MACHINE}/24`, '2001:db8:1::2/64'] },
        { host: 'gateway', interface: 'to-machine' },
      ],
    },
    {
      ends: [
        { host: 'other', interface: 'eth0', addresses: [`${OTHER}/24`] },
        { host: 'gateway', interface: 'to-other' },
      ],
    },
  ],
  routers: ['gateway'],
  routes: { machine: [`default via ${GATEWAY}`] },
  resolvers: { machine: [GATEWAY] },
};

async function home(context: TestContext, routes: readonly string[] = [`default via ${GATEWAY}`]): Promise<Network> {
  const network = await networkFor(context, { ...HOME, routes: { machine: routes } });
  const gateway = network.host('gateway');
  await gateway.ip('link add br0 type bridge', 'link set to-machine master br0', 'link set to-other master br0', 'link set br0 up');
  await gateway.ip(`address add ${GATEWAY}/24 dev br0`);
  await gateway.serve('dns', { address: GATEWAY, names: { 'example.com': [OTHER], 'app.example.net': [OTHER] } });
  await gateway.serve('web', { tcp: [PROXY_PORT] });
  startTimeServer(gateway, context);
  // A firewall as a careful owner has it; what is about the firewall puts another in its place.
  const machine = network.host('machine');
  await machine.nft('input', 'ct state established,related accept', 'iif lo accept', 'meta l4proto { icmp, ipv6-icmp } accept', 'drop');
  return network;
}

/** chronyd as a server that trusts its own clock. */
function startTimeServer(gateway: Host, context: TestContext): void {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-time-'));
  context.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settings = ['local stratum 3', 'allow all', `bindaddress ${GATEWAY}`, 'cmdport 0', `pidfile ${join(folder, 'pid')}`];
  writeFileSync(join(folder, 'chrony.conf'), `${settings.join('\n')}\n`);
  gateway.start('chronyd', ['-d', '-x', '-u', 'root', '-f', join(folder, 'chrony.conf')]);
}

const PROXIED = { http_proxy: `http://${GATEWAY}:${PROXY_PORT}` };

function look(network: Network, args: readonly string[] = [], options: ReportOptions = {}): Promise<FullReport> {
  return reportOf(network.host('machine'), 'host', ['--time-server', GATEWAY, ...args], { env: PROXIED, ...options });
}

/** Checks that are not well, in short. */
const troubles = ({ report }: FullReport) =>
  report.checks.filter(({ status }) => status === 'warn' || status === 'fail').map(({ id, status, code }) => `${status} ${id} ${code}`);

/** Everything but what stays here, and what IPv6 says on its own link to find neighbours and routers. ARP is none of it. */
const COUNT_WHAT_LEAVES = [
  'add table inet seen; add chain inet seen out { type filter hook output priority 100; };',
  'add rule inet seen out oif lo accept;',
  'add rule inet seen out ip6 daddr { fe80::/10, ff02::/16 } accept;',
  'add rule inet seen out counter comment "others";',
].join(' ');
const NOTHING_LEFT = 'counter packets 0 bytes 0 comment "others"';

describe.concurrent('a machine that is well', () => {
  test('has nothing wrong, for root and for an ordinary user, and every absent fact says why', async (context) => {
    const network = await home(context);
    for (const unprivileged of [false, true]) {
      const result = await look(network, [], { unprivileged });
      expect(troubles(result), result.summary).toEqual([]);
      expect(result.codes, result.summary).toEqual([]);
      expect(result.exitCode, result.summary).toBe(0);
      for (const { data, probe } of result.report.measurements) {
        if (!('absent' in data)) continue;
        for (const { fact, because } of data.absent) expect(`${fact}: ${because}`, probe).toMatch(/^\S.*: \S/);
      }
    }
  });

  test('is the same with --passive, which sends nothing', async (context) => {
    const network = await home(context);
    const machine = network.host('machine');
    await machine.must('nft', [COUNT_WHAT_LEAVES]);
    const result = await reportOf(machine, 'host', ['--passive'], { env: PROXIED });
    // Whether somebody keeps the clock of the machine that this runs on is not the test's to say.
    expect(
      troubles(result).filter((line) => !line.includes('clock-unsynchronized')),
      result.summary,
    ).toEqual([]);
    expect(await machine.must('nft', ['list', 'chain', 'inet', 'seen', 'out'])).toContain(NOTHING_LEFT);
  });

  test('asks nobody but gateway, resolver, proxy and time server', async (context) => {
    const network = await home(context);
    const machine = network.host('machine');
    await machine.must('nft', [`${COUNT_WHAT_LEAVES} insert rule inet seen out ip daddr ${GATEWAY} counter accept`]);
    const result = await look(network, ['app.example.net:443']);
    expect(result.report.measurements.length, result.summary).toBeGreaterThan(10);
    const seen = await machine.must('nft', ['list', 'chain', 'inet', 'seen', 'out']);
    expect(seen).toMatch(new RegExp(`ip daddr ${GATEWAY} counter packets [1-9]`));
    expect(seen).toContain(NOTHING_LEFT);
  });
});

interface State {
  name: string;
  routes?: readonly string[];
  make?: (network: Network) => Promise<unknown>;
  args?: readonly string[];
  options?: ReportOptions;
  /** The codes that may come first; what follows from it may not be a cause of its own. */
  codes: readonly string[];
  verdict?: 'warn' | 'fail';
}

const machineOf = (network: Network): Host => network.host('machine');

const STATES: readonly State[] = [
  { name: 'a link that is down', make: (network) => machineOf(network).ip('link set eth0 down'), codes: ['interface-down'] },
  { name: 'a cable that is pulled', make: (network) => network.host('gateway').ip('link set to-machine down'), codes: ['no-carrier'] },
  { name: 'no address', make: (network) => machineOf(network).ip('address flush dev eth0'), codes: ['no-address'] },
  {
    name: 'an address that another machine has too',
    make: (network) => network.host('other').ip(`address add ${MACHINE}/24 dev eth0`),
    codes: ['duplicate-address'],
  },
  { name: 'no default route', routes: [], args: ['198.51.100.7:443'], codes: ['no-default-route'] },
  {
    name: 'a gateway that is dead',
    make: (network) => network.host('gateway').ip('link set br0 down'),
    codes: ['neighbor-unresolved', 'gateway-unreachable'],
  },
  {
    name: 'a route that swallows the packets to a target',
    routes: [`default via ${GATEWAY}`, 'blackhole 198.51.100.0/24'],
    args: ['198.51.100.7:443'],
    codes: ['route-prohibited'],
  },
  {
    name: 'a resolver that is dead',
    make: (network) => network.host('gateway').nft('input', 'udp dport 53 drop', 'tcp dport 53 drop'),
    codes: ['dns-unreachable'],
  },
  { name: 'a proxy that is dead', options: { env: { https_proxy: `http://${GATEWAY}:3999` } }, codes: ['proxy-unreachable'] },
  { name: 'a clock that is ten minutes ahead', options: { prefix: ['faketime', '-f', '+10m'] }, codes: ['clock-skew'] },
  { name: 'a clock that is an hour behind', options: { prefix: ['faketime', '-f', '-1h'] }, codes: ['clock-skew'] },
  {
    name: 'no firewall',
    make: (network) => machineOf(network).must('nft', ['flush', 'ruleset']),
    codes: ['firewall-inactive'],
    verdict: 'warn',
  },
  {
    name: 'a firewall of its own in front of a target',
    make: (network) => machineOf(network).nft('output', 'tcp dport 443 drop'),
    args: [`${OTHER}:443`],
    codes: ['firewall-blocks'],
  },
  {
    name: 'local ports that are used up',
    make: (network) => exhaustPorts(network),
    codes: ['ephemeral-ports-exhausted'],
  },
  {
    name: 'a database that listens for everybody, where it should not',
    make: (network) => machineOf(network).serve('web', { tcp: [5432] }),
    args: ['--expect', '5432@loopback'],
    codes: ['listener-exposed'],
  },
  { name: 'buffers for the office at a trading desk', args: ['--profile', 'trading'], codes: ['kernel-tuning'], verdict: 'warn' },
];

/** A range of sixteen ports, all of them connected to the other machine. */
async function exhaustPorts(network: Network): Promise<void> {
  await network.host('other').serve('web', { tcp: [9000] });
  await machineOf(network).sysctl('net/ipv4/ip_local_port_range', '40000 40015');
  const script = `const net = require('node:net'); let left = 16;
for (let i = 0; i < 16; i++) net.connect(9000, '${OTHER}').once('connect', () => --left === 0 && console.log('ready')).on('error', () => {});
setInterval(() => {}, 1000);`;
  const holder = machineOf(network).start(process.execPath, ['-e', script]);
  await new Promise((resolve) => holder.stdout.once('data', resolve));
}

describe.concurrent('a machine that is not well', () => {
  test.for(STATES.map((state) => [state.name, state] as const))('%s', async ([, state], context) => {
    const network = await home(context, state.routes);
    await state.make?.(network);
    const result = await look(network, state.args, state.options);
    expect(state.codes, result.summary).toContain(result.codes[0]);
    expect(result.report.verdict, result.summary).toBe(state.verdict ?? 'fail');
    expect(result.exitCode, result.summary).toBe(state.verdict === 'warn' ? 0 : 1);
  });
});
