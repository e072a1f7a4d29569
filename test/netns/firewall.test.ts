import { describe, expect, test } from 'vitest';
import { type FullReport, fullReport, networkFor, reportOf } from './full-report.js';
import type { Host } from './network.js';
import { GATEWAY, routedNetwork, SERVER, SERVER_V6 } from './scenarios.js';

const asRoot = process.getuid?.() === 0;

/** client — router — server, with a web server on 80 and an echo on 9000. */
async function served(context: Parameters<typeof networkFor>[0]) {
  if (!asRoot) context.skip('the filters of an ordinary user are not read by the probe');
  const network = await networkFor(context, routedNetwork());
  await network.host('server').serve('web', { http: [80], tcp: [9000] });
  return { client: network.host('client'), server: network.host('server'), network };
}

function firewallOf({ report, summary }: FullReport) {
  const found = report.measurements.find(({ probe }) => probe === 'firewall');
  if (found?.probe !== 'firewall') throw new Error(`the firewall was not looked at\n${summary}`);
  return found;
}

const checkOf = ({ report }: FullReport, id: string) => report.checks.find((check) => check.id === id);

async function iptables(host: Host, tool: string, ...rules: string[]): Promise<void> {
  for (const rule of rules) await host.must(tool, rule.split(' '));
}

const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs'];

describe.concurrent('full-report with a firewall on this machine', () => {
  test('a port that is dropped on the way out is the own firewall, and not the target', async (context) => {
    const { client } = await served(context);
    await client.nft('output', `ip daddr ${SERVER} tcp dport 9000 drop comment "no echo \\u001b[31m"`);
    const result = await fullReport(client, [`${SERVER}:9000`]);
    expect(result.codes, result.summary).toEqual(['port-filtered']);
    expect(result.report.diagnosis[0]).toMatchObject({ form: 'firewall-blocks' });
    const line = checkOf(result, `l4.firewall-out@${SERVER}:9000`);
    expect(line).toMatchObject({ status: 'fail', code: 'firewall-blocks', target: `${SERVER}:9000` });
    expect(line?.observed).toContain('tcp dport 9000 drop');
    expect(checkOf(result, `l4.port@${SERVER}:9000`)).toMatchObject({ status: 'skip' });
  });

  test('the same for a rule that rejects, of iptables, for one of two targets', async (context) => {
    const { client } = await served(context);
    await iptables(client, 'iptables', `-A OUTPUT -d ${SERVER} -p tcp --dport 9000 -j REJECT`);
    const result = await fullReport(client, [`${SERVER}:9000`, `http://${SERVER}/`]);
    expect(result.codes, result.summary).toEqual(['port-rejected']);
    expect(result.report.diagnosis[0]).toMatchObject({ form: 'firewall-blocks', target: `${SERVER}:9000` });
    expect(checkOf(result, `l4.port@http://${SERVER}`)).toMatchObject({ status: 'pass' });
  });

  test('an output that is shut explains the gateway and everything behind it', async (context) => {
    const { client } = await served(context);
    await client.must('nft', [
      'add table inet f; add chain inet f o { type filter hook output priority 0; policy drop; }; add rule inet f o oif lo accept',
    ]);
    const result = await fullReport(client, [`${SERVER}:9000`]);
    expect(result.codes, result.summary).toEqual(['gateway-unreachable']);
    expect(result.report.diagnosis[0]).toMatchObject({ form: 'firewall-blocks' });
    expect(checkOf(result, 'l3.firewall')).toMatchObject({ status: 'fail', code: 'firewall-blocks' });
    expect(checkOf(result, 'l3.firewall')?.observed).toContain('policy of inet f o');
  });

  test('answers that are dropped on the way in', async (context) => {
    const { client } = await served(context);
    await iptables(client, 'iptables', '-A INPUT -i lo -j ACCEPT', '-A INPUT -p icmp -j ACCEPT', '-P INPUT DROP');
    const result = await fullReport(client, [`${SERVER}:9000`]);
    expect(result.codes, result.summary).toEqual(['port-filtered']);
    expect(result.report.diagnosis[0]).toMatchObject({ form: 'firewall-blocks' });
    expect(checkOf(result, `l4.firewall-out@${SERVER}:9000`)?.observed).toContain('answers of TCP 9000');
  });

  test('by user: only who is meant is stopped', async (context) => {
    const { client } = await served(context);
    await client.nft('output', 'meta skuid 65534 tcp dport 9000 drop');
    const root = await fullReport(client, [`${SERVER}:9000`]);
    expect(root.codes, root.summary).toEqual([]);
    // Whoever is meant cannot see the rule: what is seen is silence, as ever.
    const nobody = await fullReport(client, [`${SERVER}:9000`], { prefix: NOBODY });
    expect(nobody.codes, nobody.summary).toEqual(['port-filtered']);
    expect(firewallOf(nobody).data.rules).toBeNull();
  });

  test('an ordinary user cannot see the rules, and nothing is said of them', async (context) => {
    const { client } = await served(context);
    await iptables(client, 'iptables', `-A OUTPUT -d ${SERVER} -p tcp --dport 9000 -j REJECT`);
    const result = await fullReport(client, [`${SERVER}:9000`], { unprivileged: true });
    expect(result.codes, result.summary).not.toContain('firewall-blocks');
    expect(result.report.verdict, result.summary).toBe('fail');
    expect(
      result.report.checks.filter(({ id }) => id.includes('firewall')),
      result.summary,
    ).toEqual([]);
    expect(firewallOf(result).data).toMatchObject({
      rules: null,
      absent: [{ fact: 'rules', because: expect.stringMatching(/only root|CAP_NET_ADMIN/) }],
    });
  });

  test('a common firewall adds nothing to the report about a healthy target', async (context) => {
    const { client } = await served(context);
    await client.must('nft', [
      'add table inet f; add chain inet f i { type filter hook input priority 0; policy drop; }; add rule inet f i ct state established,related accept; add rule inet f i iif lo accept; add rule inet f i meta l4proto ipv6-icmp accept; add rule inet f i tcp dport 22 accept',
    ]);
    const result = await fullReport(client, [`http://${SERVER}/`, `[${SERVER_V6}]:9000`]);
    expect(result.codes, result.summary).toEqual([]);
    expect(result.report.checks.filter(({ id }) => /firewall|icmp-errors|published/.test(id))).toEqual([]);
  });

  test('messages about packet sizes that are dropped', async (context) => {
    const { client } = await served(context);
    await client.nft('input', 'icmp type destination-unreachable drop', 'ct state established,related accept');
    const result = await fullReport(client, [`http://${SERVER}/`]);
    expect(result.codes, result.summary).toEqual(['icmp-errors-blocked']);
    expect(result.report.verdict).toBe('warn');
  });
});

describe.concurrent('netdiag host with a firewall on this machine', () => {
  const host = (client: Host, ...args: string[]) => reportOf(client, 'host', ['--passive', ...args]);

  test('off, on for IPv4 alone, and on', async (context) => {
    const { client } = await served(context);
    const off = await host(client);
    const place = off.report.measurements.find(({ probe }) => probe === 'surroundings');
    // In a container all of this is its host's business.
    const contained =
      place?.probe === 'surroundings' && place.data.container?.kind === 'container' && place.data.container.network !== 'host';
    const warned = (code: string) => (contained ? { status: 'skip' } : { status: 'warn', code });
    expect(checkOf(off, 'l4.firewall'), off.summary).toMatchObject(warned('firewall-inactive'));
    await iptables(client, 'iptables', '-P INPUT DROP', '-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT');
    const half = await host(client);
    expect(checkOf(half, 'l4.firewall'), half.summary).toMatchObject(warned('ipv6-unfiltered'));
    await iptables(
      client,
      'ip6tables',
      '-P INPUT DROP',
      '-A INPUT -p icmpv6 -j ACCEPT',
      '-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT',
    );
    const on = await host(client);
    expect(checkOf(on, 'l4.firewall'), on.summary).toMatchObject({ status: 'pass', code: null });
    expect(checkOf(on, 'l3.icmp-errors'), on.summary).toMatchObject({ status: 'pass' });
  });

  test('what should listen, by the firewall', async (context) => {
    const { client } = await served(context);
    await client.serve('web', { http: [8080, 9090], tcp: [5432] });
    await client.must('nft', [
      'add table inet f; add chain inet f i { type filter hook input priority 0; policy drop; }; add rule inet f i ct state established accept; add rule inet f i tcp dport 5432 accept; add rule inet f i ip saddr 10.0.0.0/8 tcp dport 9090 accept',
    ]);
    const result = await host(client, '--expect', '8080@all,5432@loopback,9090@all');
    expect(checkOf(result, 'l4.firewall-expected@8080/tcp@all'), result.summary).toMatchObject({
      status: 'fail',
      code: 'listener-blocked',
    });
    expect(result.codes).toContain('listener-exposed');
    expect(result.codes).toContain('listener-blocked');
    expect(checkOf(result, 'l4.firewall-expected@9090/tcp@all')).toBeUndefined();
    expect(firewallOf(result).data.listeners).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ port: 5432, family: 4, verdict: 'accept', interfaces: ['eth0'] }),
        expect.objectContaining({ port: 8080, family: 6, verdict: 'drop', networks: [] }),
        expect.objectContaining({ port: 9090, family: 4, verdict: 'drop', networks: ['10.0.0.0/8'] }),
      ]),
    );
  });

  test('published ports pass by the rules for input', async (context) => {
    const { client } = await served(context);
    await client.ip('link add docker0 type bridge', 'addr add 172.17.0.1/16 dev docker0', 'link set docker0 up');
    await client.must('sh', [
      '-ec',
      `iptables -P INPUT DROP; iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT; iptables -P FORWARD DROP
iptables -t nat -N DOCKER; iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
iptables -t nat -A DOCKER ! -i docker0 -p tcp -m tcp --dport 6379 -j DNAT --to-destination 172.17.0.2:6379
iptables -t nat -A DOCKER -d 127.0.0.1/32 ! -i docker0 -p tcp -m tcp --dport 5432 -j DNAT --to-destination 172.17.0.3:5432
iptables -N DOCKER; iptables -N DOCKER-USER; iptables -A FORWARD -j DOCKER-USER; iptables -A FORWARD -o docker0 -j DOCKER; iptables -A DOCKER-USER -j RETURN
iptables -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 6379 -j ACCEPT`,
    ]);
    const result = await host(client);
    expect(checkOf(result, 'l4.published'), result.summary).toMatchObject({ status: 'warn', code: 'firewall-bypassed' });
    expect(checkOf(result, 'l4.published')?.observed).toContain('6379/tcp to 172.17.0.2:6379');
    // The one on the loopback address is no concern of others.
    expect(firewallOf(result).data.published).toEqual([
      expect.objectContaining({ port: 6379, to: '172.17.0.2', toPort: 6379, verdict: 'accept', withoutTranslation: 'drop' }),
    ]);
    await iptables(client, 'iptables', '-I DOCKER-USER -i eth0 -j DROP');
    const filtered = await host(client);
    expect(checkOf(filtered, 'l4.published'), filtered.summary).toMatchObject({ status: 'pass' });
  });

  test('two engines at once, a target that is stopped, and what an ordinary user sees', async (context) => {
    const { client } = await served(context);
    const legacy = await client.run('iptables-legacy', ['-A', 'INPUT', '-p', 'udp', '--dport', '69', '-j', 'DROP']);
    if (legacy.exitCode !== 0) context.skip(`this kernel has no iptables-legacy: ${legacy.stderr.trim()}`);
    await iptables(client, 'iptables', `-A OUTPUT -d ${GATEWAY} -p tcp --dport 80 -j DROP`);
    const result = await host(client, `${GATEWAY}:80`, `${GATEWAY}:81`);
    expect(checkOf(result, 'l4.firewall-engines'), result.summary).toMatchObject({ status: 'warn', code: 'firewall-conflict' });
    expect(checkOf(result, `l4.firewall-out@${GATEWAY}:80`), result.summary).toMatchObject({ status: 'fail', code: 'firewall-blocks' });
    expect(checkOf(result, `l4.firewall-out@${GATEWAY}:81`), result.summary).toMatchObject({ status: 'pass' });
    const user = await reportOf(client, 'host', ['--passive', `${GATEWAY}:80`], { unprivileged: true });
    expect(checkOf(user, 'l4.firewall'), user.summary).toMatchObject({
      status: 'skip',
      because: expect.stringMatching(/only root|CAP_NET_ADMIN/),
    });
    expect(user.codes).not.toContain('firewall-blocks');
  });
});
