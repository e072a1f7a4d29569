import { describe, expect, test } from 'vitest';
import { measurementSchema } from '../../../src/model/measurement.js';
import { link, look, recorded, UPLINK } from './recorded.js';

const DOCKER = [link('lo', '127.0.0.1/8'), link('docker0', '172.17.0.1/16'), link('br-3f1d2c4b5a69', '172.18.0.1/16'), UPLINK];

/** `22/tcp 4 accept` for each listener that was tried. */
const said = ({ data }: Awaited<ReturnType<typeof look>>) =>
  (data.listeners ?? []).map((one) => `${one.port}/${one.protocol} ${one.family} ${one.verdict}`);

describe('firewalls of recorded machines', () => {
  test('Ubuntu with ufw', async () => {
    const looked = await look(recorded('ubuntu-ufw'), {
      listeners: ['22/tcp 0.0.0.0', '80/tcp ::', '5432/tcp 0.0.0.0', '3306/tcp 127.0.0.1', '8443/tcp 203.0.113.5'],
    });
    expect(said(looked)).toEqual(['22/tcp 4 depends', '80/tcp 4 accept', '80/tcp 6 accept', '5432/tcp 4 drop', '8443/tcp 4 drop']);
    expect(looked.data.listeners?.[0]?.because).toContain('who came lately (recent)');
    expect(looked.data.listeners?.find(({ port }) => port === 5432)?.networks).toEqual(['10.0.0.0/8']);
    expect(looked.data.managers[0]).toMatchObject({ name: 'ufw', state: 'in-force', detail: 'default input drop' });
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'pass', observed: expect.stringContaining('IPv4 and IPv6') });
    expect(looked.check('l4.firewall')?.observed).toContain('ufw');
    expect(looked.check('l3.icmp-errors')).toMatchObject({ status: 'pass' });
    expect(looked.check('l4.firewall-listeners')?.observed).toBe(
      'open to all: 80/tcp; to some networks: 5432/tcp; depends: 22/tcp; 1 closed',
    );
    expect(looked.checks.filter(({ status }) => status === 'fail' || status === 'warn')).toEqual([]);
  });

  test('Fedora with firewalld', async () => {
    const looked = await look(recorded('fedora-firewalld'), {
      listeners: ['22/tcp 0.0.0.0', '8080/tcp 0.0.0.0', '5432/tcp 0.0.0.0', '9090/tcp ::'],
    });
    expect(said(looked)).toEqual(['22/tcp 4 accept', '5432/tcp 4 reject', '8080/tcp 4 accept', '9090/tcp 4 reject', '9090/tcp 6 reject']);
    expect(looked.data.listeners?.find(({ port }) => port === 5432)?.networks).toEqual(
      expect.arrayContaining(['10.1.0.0/16', '192.0.2.9']),
    );
    expect(looked.data.managers[0]).toMatchObject({ name: 'firewalld', state: 'in-force', detail: 'default zone public' });
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'pass' });
    expect(looked.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
  });

  test('Debian with a rule set of its own, and fail2ban', async () => {
    const looked = await look(recorded('debian-nftables'), {
      listeners: ['22/tcp 0.0.0.0', '443/tcp ::', '9100/tcp 0.0.0.0', '51820/udp 0.0.0.0', '123/udp 0.0.0.0'],
    });
    expect(said(looked)).toEqual(['22/tcp 4 depends', '123/udp 4 drop', '443/tcp 4 accept', '443/tcp 6 accept', '9100/tcp 4 drop']);
    expect(looked.data.listeners?.find(({ port }) => port === 9100)?.networks).toEqual(['10.20.0.0/16']);
    expect(looked.data.managers.map(({ name }) => name)).toEqual(['fail2ban']);
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'pass', observed: expect.stringContaining('policy of inet filter input') });
  });

  test('Docker beside ufw: what is published passes by, unless ufw has the port open too', async () => {
    const looked = await look(recorded('docker-ufw'), { interfaces: DOCKER, listeners: ['22/tcp 0.0.0.0', '5432/tcp 0.0.0.0'] });
    expect(looked.data.published).toEqual([
      expect.objectContaining({
        port: 5432,
        protocol: 'tcp',
        family: 4,
        to: '172.17.0.2',
        toPort: 5432,
        verdict: 'accept',
        withoutTranslation: 'drop',
      }),
      expect.objectContaining({ port: 8080, to: '172.18.0.2', toPort: 80, verdict: 'accept', withoutTranslation: 'accept' }),
    ]);
    expect(looked.check('l4.published')).toMatchObject({ status: 'warn', code: 'firewall-bypassed' });
    expect(looked.check('l4.published')?.observed).toBe('5432/tcp to 172.17.0.2:5432: ufw does not see it');
    // Docker's own proxy listens there; what comes from elsewhere never gets to it.
    expect(looked.data.listeners?.find(({ port }) => port === 5432)).toMatchObject({
      verdict: 'depends',
      because: ['a translation of the destination'],
    });
  });

  test('a node of Kubernetes, with both kinds of kube-proxy', async () => {
    for (const name of ['kubernetes-iptables', 'kubernetes-nftables']) {
      const looked = await look(recorded(name), { listeners: ['10250/tcp 0.0.0.0'] });
      expect(looked.data.published, name).toEqual([
        expect.objectContaining({ port: 30_080, protocol: 'tcp', to: null, verdict: 'accept', withoutTranslation: 'accept' }),
      ]);
      expect(
        looked.data.managers.map(({ name: manager }) => manager),
        name,
      ).toEqual(['kube-proxy']);
      // Nothing filters what comes to the node itself.
      expect(looked.check('l4.firewall'), name).toMatchObject({ status: 'warn', code: 'firewall-inactive' });
      expect(looked.check('l4.published'), name).toMatchObject({ status: 'pass', observed: '30080/tcp to another host' });
    }
  });

  test('libvirt alone is no firewall for the machine', async () => {
    const looked = await look(recorded('libvirt'), { interfaces: [link('virbr0', '192.168.122.1/24'), UPLINK] });
    expect(looked.data.managers.map(({ name }) => name)).toEqual(['libvirt']);
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'warn', code: 'firewall-inactive' });
    expect(looked.data.defaults.find(({ family, hook }) => family === 4 && hook === 'forward')).toMatchObject({ verdict: 'accept' });
  });

  test('CentOS 6: iptables 1.4, without nft', async () => {
    const looked = await look(recorded('centos-6'), {
      listeners: ['22/tcp 0.0.0.0', '3306/tcp 0.0.0.0', '111/tcp 0.0.0.0'],
      interfaces: [link('eth0', '203.0.113.5/24')],
    });
    expect(looked.data.rules).toMatchObject({ complete: true, rules: 9 });
    expect(looked.data.engines).toEqual([{ name: 'iptables-legacy', rules: 9, source: expect.any(String) }]);
    expect(said(looked)).toEqual(['22/tcp 4 accept', '111/tcp 4 reject', '3306/tcp 4 reject']);
    expect(looked.data.listeners?.find(({ port }) => port === 3306)?.networks).toEqual(['10.0.0.0/8']);
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'pass' });
  });

  test('nonsense in every file and tool: the facts are absent, with the reason', async () => {
    const looked = await look(recorded('nonsense'), { listeners: ['22/tcp 0.0.0.0'] });
    expect(looked.data.absent[0]).toMatchObject({ fact: 'rules of nftables', because: expect.stringContaining('nonsense: it is no JSON') });
    expect(looked.data.absent.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['rules of iptables-save']));
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'skip' });
    expect(looked.checks.filter(({ status }) => status === 'fail' || status === 'warn')).toEqual([]);
  });

  test('every one of them holds against the schema, and scope path adds no line', async () => {
    for (const name of [
      'ubuntu-ufw',
      'fedora-firewalld',
      'debian-nftables',
      'docker-ufw',
      'kubernetes-iptables',
      'kubernetes-nftables',
      'libvirt',
      'centos-6',
      'nonsense',
    ]) {
      const all = await look(recorded(name), { listeners: ['22/tcp ::'], targets: ['198.51.100.7:443'] });
      expect(() => measurementSchema.parse(all.measurement), name).not.toThrow();
      const path = await look(recorded(name), {
        scope: 'path',
        targets: ['198.51.100.7:443', '[2001:db8:77::1]:22'],
        resolvers: ['192.0.2.53'],
      });
      expect(path.checks, name).toEqual([]);
      expect(path.data.listeners, name).toBeNull();
      expect(JSON.stringify(path.data).length, name).toBeLessThan(8000);
    }
  });
});

describe('what an ordinary user sees', () => {
  const ordinary = { '/proc/self/status': 'Name:\tnode\nGid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\n' };

  test('that ufw is meant to be on, and no tool is started', async () => {
    const looked = await look(recorded('ubuntu-ufw', { userId: 1000, files: ordinary }));
    expect(looked.data.rules).toBeNull();
    expect(looked.check('l4.firewall')).toMatchObject({
      status: 'skip',
      because: expect.stringMatching(/only root.*ufw is configured to be on/),
    });
    expect(looked.check('l4.firewall-listeners')).toMatchObject({ status: 'skip' });
  });

  test('what Docker publishes, by its proxies', async () => {
    const files = {
      ...ordinary,
      '/proc/812/comm': 'docker-proxy\n',
      '/proc/812/cmdline':
        '/usr/bin/docker-proxy\0-proto\0tcp\0-host-ip\x000.0.0.0\0-host-port\x008080\0-container-ip\x00172.17.0.2\0-container-port\x0080\0-use-listen-fd\0',
      '/proc/813/comm': 'docker-proxy\n',
      '/proc/813/cmdline':
        '/usr/bin/docker-proxy\0-proto\0tcp\0-host-ip\x00127.0.0.1\0-host-port\x006379\0-container-ip\x00172.17.0.3\0-container-port\x006379\0',
      '/proc/900/comm': 'docker-proxy\n',
      '/proc/900/cmdline': 'docker-proxy\0-host-port\x0099999\0-proto\0',
      '/proc/44/comm': 'dockerd\n',
    };
    const looked = await look(recorded('ubuntu-ufw', { userId: 1000, files }));
    expect(looked.data.published).toEqual([expect.objectContaining({ port: 8080, to: '172.17.0.2', toPort: 80, verdict: 'depends' })]);
    expect(looked.check('l4.published')).toMatchObject({
      status: 'warn',
      code: 'firewall-bypassed',
      observed: '8080/tcp to 172.17.0.2:80: ufw does not see it',
    });
    const off = await look(recorded('ubuntu-ufw', { userId: 1000, files: { ...files, '/etc/ufw/ufw.conf': 'ENABLED=no\n' } }));
    expect(off.check('l4.published')).toMatchObject({ status: 'pass' });
  });

  test('root without the right to look, as in containers', async () => {
    const tools = {
      'nft -j list ruleset': { exitCode: 1, stderr: 'netlink: Error: cache initialization failed: Operation not permitted\n' },
    };
    const looked = await look({ userId: 0, tools });
    expect(looked.data.absent[0]?.because).toBe('root has no right to see packet filters here (CAP_NET_ADMIN)');
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'skip' });
  });
});

describe('what is judged', () => {
  const ruleset = (...objects: object[]) => JSON.stringify({ nftables: [{ metainfo: { json_schema_version: 1 } }, ...objects] });
  const seen = (...objects: object[]) => ({ userId: 0, tools: { 'nft -j list ruleset': ruleset(...objects) } });
  const table = (family = 'inet') => ({ table: { family, name: 'f' } });
  const chain = (hook: string, policy: string, family = 'inet') => ({
    chain: { family, table: 'f', name: hook, type: 'filter', hook, prio: 0, policy },
  });
  const rule = (hook: string, expr: object[], comment?: string) => ({
    rule: { family: 'inet', table: 'f', chain: hook, expr, ...(comment === undefined ? {} : { comment }) },
  });
  const match = (left: object, right: unknown, op = '==') => ({ match: { op, left, right } });
  const tcpPort = (right: unknown) => match({ payload: { protocol: 'tcp', field: 'dport' } }, right);

  test('no rules, and an address that others reach', async () => {
    expect((await look(seen())).check('l4.firewall')).toMatchObject({
      status: 'warn',
      code: 'firewall-inactive',
      observed: expect.stringContaining('no rules'),
    });
    expect((await look(seen(), { container: true })).check('l4.firewall')).toMatchObject({
      status: 'skip',
      because: expect.stringContaining('business of its host'),
    });
    expect((await look(seen(), { interfaces: [link('lo', '127.0.0.1/8')] })).check('l4.firewall')).toMatchObject({ status: 'pass' });
    expect((await look(seen(), { interfaces: [link('docker0', '172.17.0.1/16')] })).check('l4.firewall')).toMatchObject({ status: 'pass' });
    expect((await look(seen(), { interfaces: [link('eth0', '169.254.3.4/16', 'fe80::1/64')] })).check('l4.firewall')).toMatchObject({
      status: 'pass',
    });
  });

  test('IPv4 alone is filtered', async () => {
    const four = seen({ table: { family: 'ip', name: 'f' } }, chain('input', 'drop', 'ip'));
    expect((await look(four)).check('l4.firewall')).toMatchObject({ status: 'warn', code: 'ipv6-unfiltered' });
    expect((await look(four, { interfaces: [link('eth0', '203.0.113.5/24', 'fe80::1/64')] })).check('l4.firewall')).toMatchObject({
      status: 'pass',
    });
  });

  test('a tunnel that is let in is not what the default is about', async () => {
    const rules = [table(), chain('input', 'drop'), rule('input', [match({ meta: { key: 'iifname' } }, 'wg0'), { accept: null }])];
    const interfaces = [link('wg0', '10.7.0.2/24', 'fd00::2/64'), UPLINK];
    const uplinks = [4, 6].map((family) => ({ family: family as 4 | 6, interface: 'eth0' }));
    const looked = await look(seen(...rules), { interfaces, uplinks, listeners: ['22/tcp ::'] });
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'pass' });
    expect(looked.data.listeners).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ family: 4, interfaces: ['wg0'], verdict: 'accept' }),
        expect.objectContaining({ family: 4, interfaces: ['eth0'], verdict: 'drop' }),
      ]),
    );
  });

  test('what is not understood is never a claim', async () => {
    const odd = [{ xt: { type: 'match', name: 'geoip' } }, { accept: null }];
    const looked = await look(seen(table(), chain('input', 'drop'), rule('input', odd)), { listeners: ['80/tcp 0.0.0.0'] });
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'skip', because: expect.stringContaining('the iptables match geoip') });
    expect(looked.data.listeners?.[0]).toMatchObject({ verdict: 'depends', because: ['the iptables match geoip'] });
    // Whatever it is, a rule that only lets in cannot open what none of them stops.
    const harmless = await look(seen(table(), chain('input', 'accept'), rule('input', odd)), { listeners: ['80/tcp 0.0.0.0'] });
    expect(harmless.data.listeners?.[0]).toMatchObject({ verdict: 'accept', because: [] });
  });

  test('without nft nothing is said to be open', async () => {
    const tools = {
      'iptables-save':
        '# Generated by iptables-save v1.8.10 on Sat Nov 21 12:00:00 2026\n*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 23 -j DROP\nCOMMIT\n',
    };
    const looked = await look({ userId: 0, tools }, { listeners: ['22/tcp 0.0.0.0', '23/tcp 0.0.0.0'] });
    expect(looked.data.rules?.complete).toBe(false);
    expect(said(looked)).toEqual(['22/tcp 4 depends', '23/tcp 4 drop']);
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'skip' });
  });

  test('a rule is quoted short, whatever its comment holds', async () => {
    const rules = [
      table(),
      chain('output', 'accept'),
      rule(
        'output',
        [tcpPort({ set: Array.from({ length: 500 }, (_, port) => 1000 - port) }), { drop: null }],
        `x${'\u001b[2J'.repeat(90)}`,
      ),
    ];
    const looked = await look(seen(...rules), { scope: 'path', targets: ['198.51.100.7:900'] });
    const observed = looked.check('l4.firewall-out@198.51.100.7:900')?.observed ?? '';
    expect(observed).toContain('tcp dport { 1000, 999, 998, 997, 996, 995, … } drop');
    expect(observed.length).toBeLessThan(260);
  });

  test('comments are in UTF-8, which tools hand over byte by byte', async () => {
    const rules = ruleset(table(), chain('output', 'accept'), rule('output', [tcpPort(443), { drop: null }], 'Büro 東京'));
    const tools = { 'nft -j list ruleset': Buffer.from(rules, 'utf8').toString('latin1') };
    const looked = await look({ userId: 0, tools }, { scope: 'path', targets: ['198.51.100.7:443'] });
    expect(looked.check('l4.firewall-out@198.51.100.7:443')?.observed).toContain('comment "Büro 東京"');
  });

  test('where the target answers all the same, the rules were not understood', async () => {
    const rules = [table(), chain('output', 'accept'), rule('output', [tcpPort(443), { drop: null }])];
    const target = '198.51.100.7:443';
    expect((await look(seen(...rules), { scope: 'path', targets: [target] })).checks).toHaveLength(1);
    const port = { port: 443, protocol: 'tcp', state: 'open', reason: 'accepted' };
    const others = [
      { id: 'm20', probe: 'ports', target, attempt: { kind: 'measured' }, data: { address: '198.51.100.7', ports: [port] } },
    ] as never[];
    expect((await look(seen(...rules), { scope: 'path', targets: [target], others })).checks).toEqual([]);
  });

  test('resolvers that cannot be asked, where a target has a name', async () => {
    const rules = [
      table(),
      chain('output', 'accept'),
      rule('output', [
        match({ payload: { protocol: 'udp', field: 'dport' } }, 53),
        { reject: { type: 'icmpx', expr: 'port-unreachable' } },
      ]),
    ];
    const named = await look(seen(...rules), {
      scope: 'path',
      targets: ['app.example.net:443'],
      resolvers: ['192.0.2.53', '[2001:db8::53]:5353'],
    });
    expect(named.check('l3.firewall-resolvers')).toBeUndefined();
    const both = await look(seen(...rules), { scope: 'path', targets: ['app.example.net:443'], resolvers: ['192.0.2.53', '192.0.2.54'] });
    expect(both.check('l3.firewall-resolvers')).toMatchObject({
      status: 'fail',
      code: 'firewall-blocks',
      observed: expect.stringContaining('UDP 53 to 192.0.2.53 is rejected'),
    });
    expect((await look(seen(...rules), { scope: 'path', targets: ['198.51.100.7:443'], resolvers: ['192.0.2.53'] })).checks).toEqual([]);
  });

  test('chains that call each other in a circle, and more rules than are looked at, end', async () => {
    const circle = [
      table(),
      { chain: { family: 'inet', table: 'f', name: 'a' } },
      { chain: { family: 'inet', table: 'f', name: 'b' } },
      chain('input', 'accept'),
      ...['a', 'b'].map((name) => ({
        rule: { family: 'inet', table: 'f', chain: name, expr: [{ jump: { target: name === 'a' ? 'b' : 'a' } }] },
      })),
      ...['a', 'b'].map((name) => ({
        rule: { family: 'inet', table: 'f', chain: name, expr: [{ limit: { rate: 1, per: 'second' } }, { jump: { target: 'a' } }] },
      })),
      rule('input', [{ jump: { target: 'a' } }]),
    ];
    const before = process.cpuUsage();
    const looked = await look(seen(...circle), { listeners: ['22/tcp 0.0.0.0', '80/tcp ::', '443/tcp ::'] });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(5000);
    expect(looked.data.listeners?.[0]?.verdict).toBe('depends');
    expect(looked.check('l4.firewall')).toMatchObject({ status: 'skip' });
  });
});
