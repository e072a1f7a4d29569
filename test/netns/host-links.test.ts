import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataOf } from '../../src/model/measurement.js';
import { type Report, reportSchema } from '../../src/model/report.js';
import { fullReport, PROGRAM } from './full-report.js';
import { createNetwork, type Host, type Link, type Network, namespaceRefusal } from './network.js';

const COMPILED = fileURLToPath(new URL('../../dist', import.meta.url));
const refusal = await namespaceRefusal();
const asRoot = process.getuid?.() === 0;

/** How the program is run: as nobody with the kernel's own messages, or with the tools of the system alone. */
const MODES = [
  { name: 'by netlink', native: 'on' },
  { name: 'by ip -j', native: 'off' },
] as const;

/** What is judged here, and not by others that look at the machine. */
const OURS = /^(l1\.carrier|l2\.(interface|interfaces|address|lease)|l3\.(route|path|defaults|tunnel|shared-subnet|refusals|rules))(@|$)/;

async function look(host: Host, mode: (typeof MODES)[number], targets: readonly string[] = []): Promise<Report> {
  const command = [process.execPath, PROGRAM, 'host', '--passive', '--json', ...targets];
  const nobody = asRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs', '--bounding-set=-all'] : [];
  const [file = '', ...args] = [...nobody, ...command];
  const env = { NO_COLOR: '1', NETDIAG_NATIVE: mode.native, HOME: '/nonexistent' };
  const { stdout, stderr } = await host.run(file, args, { env, unprivileged: !asRoot });
  if (!stdout.startsWith('{')) throw new Error(`no report: ${stdout.slice(0, 300)}${stderr}`);
  return reportSchema.parse(JSON.parse(stdout));
}

function dataOf(report: Report): DataOf<'host'> {
  const host = report.measurements.find((measurement) => measurement.probe === 'host');
  if (host?.probe !== 'host') throw new Error('there is no measurement of the host');
  return host.data;
}

/** Every line of ours that is no pass, and those passes that a test names. */
function lines(report: Report, ...passes: string[]): string[] {
  return report.checks
    .filter(({ id, status }) => OURS.test(id) && (status !== 'pass' || passes.includes(id)))
    .map(({ id, status, code, observed, because }) => `${id} ${status} ${code ?? ''}: ${because ?? observed}`.replace(' :', ':'));
}

const STATES = [
  ...['healthy', 'down', 'unplugged', 'bare', 'selfmade', 'twin', 'island', 'even', 'ordered', 'refused', 'ruled', 'halved', 'half'],
  ...['tunnelled', 'doubled', 'leased', 'plain'],
] as const;
type State = (typeof STATES)[number];

/** Each host has two links to `far`, in subnets of its own; its first one has a default route by IPv4 and IPv6. */
const number = (state: State) => STATES.indexOf(state) + 1;
const subnet = (state: State, link: 0 | 1) => `10.${number(state)}.${link}`;
const prefix = (state: State, link: 0 | 1) => `2001:db8:${number(state)}:${link}:`;

function linksOf(state: State): Link[] {
  return ([0, 1] as const).map((link) => ({
    ends: [
      { host: state, interface: `eth${link}`, addresses: [`${subnet(state, link)}.2/24`, `${prefix(state, link)}:2/64`] },
      { host: 'far', interface: `f${number(state)}.${link}`, addresses: [`${subnet(state, link)}.1/24`, `${prefix(state, link)}:1/64`] },
    ],
  }));
}

const WITHOUT_DEFAULT: ReadonlySet<State> = new Set(['island', 'even', 'ordered', 'tunnelled']);

describe.skipIf(refusal !== null)(`links and routes of a machine${refusal === null ? '' : ` (skipped: ${refusal})`}`, () => {
  let network: Network;

  beforeAll(async () => {
    if (!existsSync(COMPILED)) throw new Error('dist/ is missing: run `npm run build` first');
    const defaults = (state: State) =>
      WITHOUT_DEFAULT.has(state) ? [] : [`default via ${subnet(state, 0)}.1`, `default via ${prefix(state, 0)}:1 dev eth0`];
    network = await createNetwork({
      hosts: [...STATES, 'far'],
      links: STATES.flatMap(linksOf),
      routes: Object.fromEntries(STATES.map((state) => [state, defaults(state)])),
    });
  }, 60_000);
  afterAll(() => network?.close());

  async function expectLines(state: State, targets: readonly string[], passes: readonly string[], expected: readonly string[]) {
    const reports = await Promise.all(MODES.map((mode) => look(network.host(state), mode, targets)));
    reports.forEach((report, index) => {
      expect(lines(report, ...passes), MODES[index]?.name).toEqual(expected);
    });
    return reports;
  }

  it('that is well has no line that warns or fails', async () => {
    const [report] = await expectLines(
      'healthy',
      ['192.0.2.9'],
      ['l2.interface', 'l2.interface@eth1', 'l3.path@192.0.2.9'],
      [
        'l2.interface pass: up, veth, MTU 1500',
        `l2.interface@eth1 pass: up, veth, MTU 1500, ${subnet('healthy', 1)}.2/24, ${prefix('healthy', 1)}:2/64`,
        `l3.path@192.0.2.9 pass: eth0 via ${subnet('healthy', 0)}.1, from ${subnet('healthy', 0)}.2`,
      ],
    );
    expect(dataOf(report as Report).absent).toEqual([]);
  });

  it('with its link down', async () => {
    const host = network.host('down');
    await host.ip('link set eth0 down', 'link set eth1 down');
    await expectLines(
      'down',
      ['192.0.2.9'],
      [],
      [
        'l2.interface fail interface-down: eth0 is down',
        'l3.route skip: explained by eth0 (interface-down)',
        'l3.path@192.0.2.9 skip: explained by eth0 (interface-down)',
      ],
    );
  });

  it('with nothing at the other end', async () => {
    await network.host('far').ip(`link set f${number('unplugged')}.0 down`, `link set f${number('unplugged')}.1 down`);
    await expectLines('unplugged', [], [], ['l1.carrier fail no-carrier: no carrier: its other end is down']);
  });

  it('without an address', async () => {
    await network.host('bare').ip('addr flush dev eth0', 'addr flush dev eth1');
    await expectLines(
      'bare',
      ['192.0.2.9'],
      [],
      ['l2.address fail no-address: no address', 'l3.path@192.0.2.9 skip: explained by eth0 address (no-address)'],
    );
  });

  it('with an address that it gave itself', async () => {
    await network.host('selfmade').ip('addr flush dev eth0', 'addr flush dev eth1', 'addr add 169.254.7.7/16 dev eth0');
    for (const report of await Promise.all(MODES.map((mode) => look(network.host('selfmade'), mode)))) {
      expect(lines(report)[0]).toBe('l2.address fail no-address: no address beyond link-local: 169.254.7.7');
    }
  });

  it('with an IPv6 address that another machine has', async () => {
    const address = `${prefix('twin', 0)}:66`;
    await network.host('far').ip(`addr add ${address}/64 dev f${number('twin')}.0 nodad`);
    const host = network.host('twin');
    await host.sysctl('net/ipv6/conf/eth0/accept_dad', '1');
    await host.ip(`addr add ${address}/64 dev eth0`);
    const hasFailed = async () => {
      for (let tries = 0; tries < 100; tries++) {
        if ((await host.must('ip', ['-6', 'addr', 'show', 'dev', 'eth0'])).includes('dadfailed')) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await hasFailed();
    const shown = address.replace(':0::', '::');
    // It has others that work.
    for (const report of await expectLines('twin', [], [], [])) {
      const link = dataOf(report).interfaces.find(({ name }) => name === 'eth0');
      expect(link?.addresses.filter(({ duplicate }) => duplicate).map((found) => found.address)).toEqual([shown]);
      expect(report.diagnosis.map(({ code }) => code)).toContain('duplicate-address');
    }
    await host.ip('addr flush dev eth0 scope global', `addr add ${address}/64 dev eth0`, 'route add default dev eth0');
    await hasFailed();
    const alone = await look(host, MODES[0]);
    // One fault, told once: by the link that has lost all its addresses to it.
    expect(alone.checks.flatMap(({ id, status, code }) => (code === 'duplicate-address' ? [[id.split('@')[0], status]] : []))).toEqual(
      expect.arrayContaining([['l2.address', 'fail']]),
    );
    expect(alone.checks.filter(({ code, status }) => code === 'duplicate-address' && status === 'fail')).toHaveLength(1);
    expect(alone.diagnosis[0]).toMatchObject({ code: 'duplicate-address', evidence: expect.arrayContaining(['l2.address']) });
  });

  it('without a default route', async () => {
    await expectLines('island', [], [], ['l3.route fail no-default-route: there is none']);
    await expectLines(
      'island',
      [`${subnet('island', 0)}.1`],
      ['l3.route'],
      ['l3.route pass: none, and none needed: every target has a route of its own'],
    );
  });

  it('with two default routes that nothing decides between', async () => {
    const host = network.host('even');
    await host.ip(`route append default via ${subnet('even', 0)}.1`, `route append default via ${subnet('even', 1)}.1`);
    await expectLines(
      'even',
      [],
      [],
      ['l3.defaults@ipv4 warn route-ambiguous: 2 with metric 0, by eth0, eth1: nothing decides between them'],
    );
  });

  it('with two default routes in an order', async () => {
    const host = network.host('ordered');
    await host.ip(
      `route add default via ${subnet('ordered', 1)}.1 metric 600`,
      `route add default via ${subnet('ordered', 0)}.1 metric 100`,
    );
    await expectLines(
      'ordered',
      ['192.0.2.9'],
      ['l3.defaults@ipv4', 'l3.path@192.0.2.9'],
      [
        'l3.defaults@ipv4 pass: by eth0 (metric 100) before eth1 (600)',
        `l3.path@192.0.2.9 pass: eth0 via ${subnet('ordered', 0)}.1, from ${subnet('ordered', 0)}.2`,
      ],
    );
  });

  it('whose routes and rules refuse a target', async () => {
    const host = network.host('refused');
    await host.ip('route add blackhole 198.51.100.0/24', 'route add prohibit 203.0.113.0/24', 'route add unreachable 192.0.2.0/24');
    await host.ip('-6 route add unreachable 2001:db8:ffff::/48', 'rule add to 198.18.0.0/15 prohibit priority 500');
    const targets = ['198.51.100.1', '203.0.113.1', '192.0.2.1', '2001:db8:ffff::1', '198.18.0.1'];
    await expectLines(
      'refused',
      targets,
      ['l3.refusals'],
      [
        'l3.refusals pass: 4: unreachable 192.0.2.0/24, blackhole 198.51.100.0/24, prohibit 203.0.113.0/24 and 1 more',
        'l3.path@198.51.100.1 fail route-prohibited: a route of this machine refuses it: blackhole 198.51.100.0/24',
        'l3.path@203.0.113.1 fail route-prohibited: a route of this machine refuses it: prohibit 203.0.113.0/24',
        'l3.path@192.0.2.1 fail route-prohibited: a route of this machine refuses it: unreachable 192.0.2.0/24',
        'l3.path@2001:db8:ffff::1 fail route-prohibited: a route of this machine refuses it: unreachable 2001:db8:ffff::/48',
        'l3.path@198.18.0.1 fail route-prohibited: prohibit by rule 500: to 198.18.0.0/15 prohibit',
      ],
    );
  });

  it('with a rule that sends a target another way', async () => {
    const host = network.host('ruled');
    await host.ip(
      `route add 192.0.2.0/24 via ${subnet('ruled', 1)}.1 table 100 mtu 1400`,
      'rule add to 192.0.2.0/24 table 100 priority 1000',
    );
    const report = await look(host, MODES[0], ['192.0.2.9', '198.51.100.9']);
    expect(lines(report, 'l3.rules', 'l3.path@192.0.2.9', 'l3.path@198.51.100.9')).toEqual([
      'l3.rules pass: 1: 1000: to 192.0.2.0/24 table 100',
      `l3.path@192.0.2.9 pass: eth1 via ${subnet('ruled', 1)}.1, from ${subnet('ruled', 1)}.2, by table 100 (rule 1000)`,
      `l3.path@198.51.100.9 pass: eth0 via ${subnet('ruled', 0)}.1, from ${subnet('ruled', 0)}.2`,
    ]);
    const [told] = JSON.parse(await host.must('ip', ['-j', 'route', 'get', '192.0.2.9']));
    const way = report.measurements.find((made) => made.probe === 'route-lookup' && made.target === '192.0.2.9');
    expect(way?.data).toMatchObject({
      ...{ gateway: told.gateway, interface: told.dev, source: told.prefsrc, table: Number(told.table), mtuBytes: 1400 },
      ...{ type: 'unicast', prefix: '192.0.2.0/24' },
    });
  });

  it('with the two halves of a VPN, and with one of them alone', async () => {
    const by = (state: State) => `via ${subnet(state, 1)}.1`;
    await network.host('halved').ip(`route add 0.0.0.0/1 ${by('halved')}`, `route add 128.0.0.0/1 ${by('halved')}`);
    await network.host('half').ip(`route add 0.0.0.0/1 ${by('half')}`);
    await expectLines(
      'halved',
      [],
      ['l3.tunnel@ipv4'],
      ['l3.tunnel@ipv4 pass: 0.0.0.0/1 and 128.0.0.0/1 by eth1 take everything, before any default route; IPv6 goes by eth0 all the same'],
    );
    await expectLines(
      'half',
      [],
      [],
      ['l3.tunnel@ipv4 warn route-wrong: 0.0.0.0/1 by eth1, without the other half: that goes another way'],
    );
  });

  it('with a VPN that is gone, and its routes are not', async () => {
    const host = network.host('tunnelled');
    await host.ip('tuntap add tun0 mode tun', 'addr add 10.8.0.2/24 dev tun0', 'link set tun0 up');
    await host.ip('route add default dev tun0 table 51820', 'rule add not fwmark 0xca6c table 51820 priority 32764');
    await host.ip('rule add table main suppress_prefixlength 0 priority 32763');
    for (const report of await Promise.all(MODES.map((mode) => look(host, mode)))) {
      expect(lines(report, 'l3.rules')).toEqual([
        'l1.carrier fail no-carrier: no carrier: no program serves this tunnel',
        'l3.tunnel@ipv4 skip: explained by tun0 carrier (no-carrier)',
        'l3.rules pass: 2: 32763: from all table main but its default route, 32764: not fwmark 0xca6c table 51820',
      ]);
      expect(dataOf(report).defaultRoutes).toEqual([{ family: 4, gateway: null, interface: 'tun0', metric: 0 }]);
    }
  });

  it('with one subnet on two links', async () => {
    const host = network.host('doubled');
    await host.ip(`addr add ${subnet('doubled', 0)}.3/24 dev eth1`);
    await expectLines(
      'doubled',
      [],
      [],
      [`l3.shared-subnet warn route-ambiguous: ${subnet('doubled', 0)}.0/24 on eth0 and eth1: nothing decides which of them is taken`],
    );
  });

  it('with an address that runs out', async () => {
    await network.host('leased').ip(`addr change ${subnet('leased', 0)}.2/24 dev eth0 valid_lft 20 preferred_lft 20`);
    for (const report of await Promise.all(MODES.map((mode) => look(network.host('leased'), mode)))) {
      expect(lines(report)).toEqual([expect.stringMatching(/^l2\.lease warn lease-expiring: 10\.\d+\.0\.2 is valid for \d+ s more$/)]);
    }
  });

  it('is told alike by this program, as nobody and by either way, and by iproute2', async () => {
    const host = network.host('plain');
    const tried: string[] = [];
    const kinds = [
      'bridge',
      'dummy',
      'bond',
      'wireguard',
      'ifb',
      'vxlan id 5 remote 192.0.2.1 dstport 4789',
      'ipip remote 192.0.2.1',
      'sit',
    ];
    for (const [index, kind] of kinds.entries()) {
      const [name = '', ...more] = kind.split(' ');
      const made = await host.run('ip', ['link', 'add', `k${index}`, 'type', name, ...more]);
      if (made.exitCode === 0) tried.push(name);
    }
    for (const [name, kind] of [
      ['vlan5', ['link', 'eth0', 'name', 'vlan5', 'type', 'vlan', 'id', '5']],
      ['mac0', ['link', 'eth0', 'name', 'mac0', 'type', 'macvlan', 'mode', 'bridge']],
    ] as const) {
      if ((await host.run('ip', ['link', 'add', ...kind])).exitCode === 0) tried.push(name);
    }
    await host.ip(
      'tuntap add tun5 mode tun',
      'tuntap add tap5 mode tap',
      'link set tap5 master k0',
      'link set k0 up',
      'link set tun5 mtu 1380',
    );
    expect(tried).toContain('bridge');
    const reports = await Promise.all(MODES.map((mode) => look(host, mode)));
    const links: Record<string, never>[] = JSON.parse(await host.must('ip', ['-j', '-d', 'addr', 'show']));
    const expected = links.map((link: Record<string, unknown>) => {
      const information = link['linkinfo'] as { info_kind?: string; info_data?: { type?: string; id?: number } } | undefined;
      const kind = information?.info_kind === 'tun' ? information.info_data?.type : information?.info_kind;
      return {
        ...{
          name: link['ifname'],
          index: link['ifindex'],
          mtuBytes: link['mtu'],
          kind: kind ?? 'loopback',
          master: link['master'] ?? null,
        },
        operationalState: String(link['operstate']).toLowerCase(),
        addresses: (link['addr_info'] as { local: string; prefixlen: number }[]).map(({ local, prefixlen }) => `${local}/${prefixlen}`),
      };
    });
    for (const [index, report] of reports.entries()) {
      const told = dataOf(report).interfaces.map((link) => ({
        ...{ name: link.name, index: link.index, mtuBytes: link.mtuBytes, kind: link.kind, master: link.master },
        operationalState: link.operationalState,
        addresses: link.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
      }));
      expect(told, MODES[index]?.name).toEqual(expected);
    }
  });

  it('names a gateway that nobody answers for, in either family, also to an ordinary user', async () => {
    const host = network.host('healthy');
    await host.ip(
      `route replace default via ${subnet('healthy', 0)}.99`,
      `-6 route replace default via ${prefix('healthy', 0)}:99 dev eth0`,
    );
    const reports = await Promise.all(
      ['192.0.2.9:443', '[2001:db8:ffff::9]:443'].map((target) => fullReport(host, [target], { unprivileged: true })),
    );
    for (const { report, codes, summary } of reports) {
      expect(codes, summary).toEqual(['neighbor-unresolved']);
      const neighbor = report.measurements.find(({ probe }) => probe === 'neighbor');
      expect(neighbor?.data).toMatchObject({ state: 'incomplete', interface: 'eth0' });
    }
  }, 30_000);
});
