import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, type TestContext, test } from 'vitest';
import type { MeasurementOf, ProbeName } from '../../src/model/measurement.js';
import { type FullReport, fullReport, networkFor, reportOf } from './full-report.js';
import type { Host, Layout, Network } from './network.js';
import { CLIENT, GATEWAY, routedNetwork, SERVER } from './scenarios.js';

const NAME = 'app.example.net';
const TARGET = `${NAME}:80`;
/** Of the link to the resolver, one way: far above what a busy machine adds to a kept answer. */
const DELAY_MS = 60;

/** Times of single answers: a machine that is busy with something else can spoil one. */
const TIMED = { retry: 2 } as const;

/** A client whose resolver is far away. */
const FAR_RESOLVER: Layout = {
  hosts: ['client', 'router'],
  links: [
    {
      ends: [
        { host: 'client', interface: 'tun0', addresses: [`${CLIENT}/24`] },
        { host: 'router', interface: 'tun0', addresses: [`${GATEWAY}/24`] },
      ],
      impairment: { delayMs: DELAY_MS },
    },
  ],
  routes: { client: [`default via ${GATEWAY}`] },
  resolvers: { client: [GATEWAY] },
};

const NAMES = { [NAME]: [SERVER], 'example.com': ['203.0.113.80', '2001:db8:80::80'] };

async function wellNetwork(context: TestContext, names: Readonly<Record<string, readonly string[]>> = NAMES): Promise<Network> {
  const network = await networkFor(context, routedNetwork());
  await network.host('router').serve('dns', { address: GATEWAY, names });
  return network;
}

/** Over the file that this host has as its own. */
async function writeResolvConf(host: Host, text: string): Promise<void> {
  await host.must('sh', ['-c', 'printf "%s" "$1" > /etc/resolv.conf', 'sh', text]);
}

/** Starts dnsmasq in the foreground, and waits until it answers or takes the question. */
async function startDnsmasq(host: Host, options: readonly string[]): Promise<void> {
  const fixed = ['--keep-in-foreground', '--conf-file=/dev/null', '--no-hosts', '--bind-interfaces', '--pid-file=', '--user=root'];
  const child = host.start('/usr/sbin/dnsmasq', [...fixed, ...options], { detached: true });
  if (await untilHeard(host)) return;
  child.kill('SIGKILL');
  throw new Error(`dnsmasq does not listen: ${(await child).stderr}`);
}

/** Whether something has port 53 within five seconds. */
async function untilHeard(host: Host): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    const { stdout } = await host.run('ss', ['-Hlun', 'sport = :53']);
    if (stdout.includes(':53')) return true;
    await sleep(100);
  }
  return false;
}

/** Runs netdiag with a file of the test in place of one of the system's. */
function withFile(path: string, text: string): readonly string[] {
  const script = 'f=$(mktemp) && printf "%s" "$2" > "$f" && mount --bind "$f" "$1" && rm -f "$f" && shift 2 && exec "$@"';
  return ['sh', '-c', script, 'sh', path, text];
}

function dataOf<P extends ProbeName>({ report }: FullReport, probe: P): MeasurementOf<P>['data'] {
  const found = report.measurements.find((made): made is MeasurementOf<P> => made.probe === probe);
  if (found === undefined) throw new Error(`there is no measurement of ${probe}`);
  return found.data as MeasurementOf<P>['data'];
}

const lineOf = ({ report }: FullReport, id: string) => report.checks.find((check) => check.id === id);
/** What was found about names and proxies: a namespace has its own firewall and clock, which are none of this. */
/** By their particular form, where they have one. */
const causesOf = ({ report }: FullReport) =>
  report.diagnosis.map(({ code, form = code }) => form).filter((code) => /^(dns|hosts|resolv|prox)/.test(code));
const linesOf = ({ report }: FullReport, start: string) => report.checks.filter(({ id }) => id.startsWith(start));
const queryTime = (text: string): number => Number(/Query time: (\d+) msec/.exec(text)?.[1] ?? Number.NaN);

describe.concurrent('netdiag host and the names of a real machine', () => {
  test('a machine that is well: nothing warns, for the path nothing is said', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    const all = await reportOf(client, 'host', [TARGET]);
    const own = [...linesOf(all, 'l7.name-service'), ...linesOf(all, 'l7.hosts-file'), ...linesOf(all, 'l7.proxy-settings')];
    expect(
      own.map(({ status }) => status).every((status) => status === 'pass'),
      all.summary,
    ).toBe(true);
    expect(own.length, all.summary).toBeGreaterThan(4);
    const path = await fullReport(client, [TARGET]);
    expect(
      linesOf(path, 'l7.name-service').concat(linesOf(path, 'l7.hosts-file'), linesOf(path, 'l7.proxy-settings')),
      path.summary,
    ).toEqual([]);
  });

  test('dnsmasq: found, followed to its upstream, and what its cache saves is what dig finds', TIMED, async (context) => {
    const network = await networkFor(context, FAR_RESOLVER);
    await network.host('router').serve('dns', { address: GATEWAY, names: NAMES });
    const client = network.host('client');
    await startDnsmasq(client, ['--no-resolv', `--server=${GATEWAY}`, '--listen-address=127.0.0.1']);
    await writeResolvConf(client, 'nameserver 127.0.0.1\n');
    const result = await reportOf(client, 'host', []);
    const data = dataOf(result, 'name-service');
    expect(data.resolvConf?.nameservers[0], result.summary).toMatchObject({ address: '127.0.0.1', label: 'local', listening: true });
    expect(data.chain[0], result.summary).toMatchObject({ software: 'dnsmasq', kind: 'forwards', upstreams: [GATEWAY] });
    expect(lineOf(result, 'l7.name-service-stub@127.0.0.1'), result.summary).toMatchObject({
      status: 'pass',
      observed: `dnsmasq, asks ${GATEWAY}`,
    });
    expect(data.cacheTrial, result.summary).toMatchObject({ local: true, finding: 'saves', name: 'example.com', type: 'AAAA' });
    // dig asks for a name that is not kept yet, and again.
    const first = queryTime(await client.must('dig', ['@127.0.0.1', NAME, 'A']));
    const second = queryTime(await client.must('dig', ['@127.0.0.1', NAME, 'A']));
    expect(first).toBeGreaterThanOrEqual(2 * DELAY_MS - 1);
    expect(data.cacheTrial?.firstMs).toBeGreaterThanOrEqual(2 * DELAY_MS);
    expect(Math.abs((data.cacheTrial?.savedMs ?? 0) - (first - second))).toBeLessThan(DELAY_MS);
  });

  test('a resolver that is far away keeps answers for nobody here: that is what is said', TIMED, async (context) => {
    const network = await networkFor(context, FAR_RESOLVER);
    await network.host('router').serve('dns', { address: GATEWAY, names: NAMES });
    const result = await reportOf(network.host('client'), 'host', []);
    const trial = dataOf(result, 'name-service').cacheTrial;
    expect(trial, result.summary).toMatchObject({ local: false, finding: 'same' });
    expect(trial?.secondMs).toBeGreaterThanOrEqual(2 * DELAY_MS);
    expect(lineOf(result, 'l7.name-service-cache')?.observed).toContain(`the way to ${GATEWAY}`);
  });

  test('unbound: by its own configuration it forwards, or asks from the root down', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    await writeResolvConf(client, 'nameserver 127.0.0.1\n');
    const server = 'server:\n  username: ""\n  chroot: ""\n  pidfile: ""\n  use-syslog: no\n  do-daemonize: no\n  interface: 127.0.0.1\n';
    const quiet = `${server}  module-config: "iterator"\nremote-control:\n  control-enable: no\n`;
    for (const [zone, expected] of [
      [`forward-zone:\n  name: "."\n  forward-addr: ${GATEWAY}@53\n`, { kind: 'forwards', upstreams: [GATEWAY] }],
      ['', { kind: 'recursive', upstreams: [] }],
    ] as const) {
      const path = `/run/unbound-${expected.kind}.conf`;
      await client.must('sh', ['-c', 'printf "%s" "$2" > "$1"', 'sh', path, `${quiet}${zone}`]);
      const child = client.start('/usr/sbin/unbound', ['-d', '-c', path], { detached: true });
      await untilHeard(client);
      const result = await reportOf(client, 'host', []);
      expect(dataOf(result, 'name-service').chain[0], result.summary).toMatchObject({ software: 'unbound', source: path, ...expected });
      expect(dataOf(result, 'name-service').caches, result.summary).toMatchObject([{ name: 'unbound', keeps: true }]);
      expect(lineOf(result, 'l7.name-service-stub@127.0.0.1'), result.summary).toMatchObject({ status: 'pass' });
      child.kill('SIGKILL');
      await child;
    }
  });

  test('a stub that nothing listens for is the one cause', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    await writeResolvConf(client, 'nameserver 127.0.0.53\n');
    const host = await reportOf(client, 'host', []);
    expect(causesOf(host), host.summary).toEqual(['dns-stub-down']);
    expect(lineOf(host, 'l7.name-service-stub@127.0.0.53'), host.summary).toMatchObject({ status: 'fail' });
    const report = await fullReport(client, [TARGET]);
    expect(causesOf(report), report.summary).toEqual(['dns-stub-down']);
    expect(report.codes, report.summary).toEqual(['dns-unreachable']);
    const passive = await reportOf(client, 'host', ['--passive']);
    expect(lineOf(passive, 'l7.name-service-stub@127.0.0.53'), passive.summary).toMatchObject({ status: 'warn', code: 'dns-stub-down' });
  });

  test('a stub that nothing listens for, with another server behind it, only warns', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    await writeResolvConf(client, `nameserver 127.0.0.53\nnameserver ${GATEWAY}\n`);
    const result = await reportOf(client, 'host', []);
    expect(causesOf(result), result.summary).toEqual(['dns-stub-down']);
    expect(lineOf(result, 'l7.name-service-stub@127.0.0.53'), result.summary).toMatchObject({ status: 'warn' });
  });

  test('a dnsmasq that has only itself to ask', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    await writeResolvConf(client, 'nameserver 127.0.0.1\n');
    await startDnsmasq(client, ['--listen-address=127.0.0.1']);
    const result = await reportOf(client, 'host', []);
    expect(
      dataOf(result, 'name-service').chain.map(({ kind }) => kind),
      result.summary,
    ).toEqual(['forwards', 'loop']);
    expect(causesOf(result), result.summary).toEqual(['dns-stub-no-upstream']);
  });

  test('a hosts file that leads to nobody is the cause of what fails there', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    await network.host('server').serve('web', { http: [80] });
    const wrong = withFile('/etc/hosts', `127.0.0.1 localhost\n${CLIENT.replace(/\d+$/, '99')} ${NAME}\n`);
    const report = await fullReport(client, [TARGET], { prefix: wrong });
    expect(causesOf(report), report.summary).toEqual(['hosts-override']);
    expect(report.codes, report.summary).toEqual(['dns-inconsistent']);
    expect(lineOf(report, `l7.hosts-file@${TARGET}`), report.summary).toMatchObject({ status: 'fail' });
    const asked = await reportOf(client, 'host', [TARGET], { prefix: wrong });
    expect(lineOf(asked, `l7.hosts-file@${TARGET}`), asked.summary).toMatchObject({ status: 'warn', code: 'hosts-override' });
    expect(dataOf(asked, 'name-service').hostsFile, asked.summary).toMatchObject({
      entries: 2,
      overrides: [{ name: NAME, agreement: 'differs', resolverAddresses: [SERVER], server: GATEWAY }],
    });
    const right = await reportOf(client, 'host', [TARGET], { prefix: withFile('/etc/hosts', `${SERVER} ${NAME}\n`) });
    expect(lineOf(right, `l7.hosts-file@${TARGET}`), right.summary).toMatchObject({ status: 'pass' });
  });

  test('a stub that answers from the hosts file is no witness for it', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    const entry = `203.0.113.9 ${NAME}\n`;
    await client.must('sh', ['-c', 'printf "%s" "$1" > /run/more-hosts', 'sh', entry]);
    await startDnsmasq(client, ['--no-resolv', `--server=${GATEWAY}`, '--listen-address=127.0.0.1', '--addn-hosts=/run/more-hosts']);
    await writeResolvConf(client, 'nameserver 127.0.0.1\n');
    expect((await client.must('dig', ['@127.0.0.1', '+short', NAME])).trim()).toBe('203.0.113.9');
    const result = await reportOf(client, 'host', [TARGET], { prefix: withFile('/etc/hosts', entry) });
    expect(dataOf(result, 'name-service').hostsFile?.overrides, result.summary).toMatchObject([
      { agreement: 'differs', server: GATEWAY, resolverAddresses: [SERVER] },
    ]);
  });

  test('a search list that asks in vain warns by what it costs', TIMED, async (context) => {
    const domains = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((label) => `${label}.example`);
    const list = `search ${domains.join(' ')}\noptions ndots:5\n`;
    const near = await wellNetwork(context);
    await writeResolvConf(near.host('client'), `nameserver ${GATEWAY}\n${list}`);
    const cheap = await reportOf(near.host('client'), 'host', [TARGET]);
    expect(lineOf(cheap, `l7.name-service-search@${TARGET}`), cheap.summary).toMatchObject({ status: 'pass' });
    const far = await networkFor(context, FAR_RESOLVER);
    await far.host('router').serve('dns', { address: GATEWAY, names: NAMES });
    await writeResolvConf(far.host('client'), `nameserver ${GATEWAY}\n${list}`);
    const dear = await reportOf(far.host('client'), 'host', [TARGET]);
    const [lookup] = dataOf(dear, 'name-service').lookups;
    expect(
      lookup?.wasted.map(({ name, rcode }) => `${name} ${rcode}`),
      dear.summary,
    ).toEqual(domains.map((domain) => `${NAME}.${domain} NXDOMAIN`));
    expect(lookup?.found).toBe(NAME);
    expect(lookup?.wastedMs).toBeGreaterThanOrEqual(domains.length * (2 * DELAY_MS - 1));
    expect(lineOf(dear, `l7.name-service-search@${TARGET}`), dear.summary).toMatchObject({ status: 'warn', code: 'dns-search-slow' });
    // It explains that the name as a whole is slow; the resolver, which is as far away as a slow one, is a cause of its own where it is.
    expect(lineOf(dear, `l7.name@${TARGET}`), dear.summary).toMatchObject({ status: 'skip' });
    expect(
      causesOf(dear).filter((code) => code !== 'dns-slow'),
      dear.summary,
    ).toEqual(['dns-search-slow']);
  });

  test('a domain of the search list that answers in place of the name', async (context) => {
    const network = await wellNetwork(context, { ...NAMES, [`${NAME}.trap.example`]: ['203.0.113.66'] });
    const client = network.host('client');
    await writeResolvConf(client, `nameserver ${GATEWAY}\nsearch trap.example\noptions ndots:3\n`);
    const result = await reportOf(client, 'host', [TARGET]);
    expect(dataOf(result, 'name-service').lookups, result.summary).toMatchObject([{ found: `${NAME}.trap.example`, diverted: true }]);
    expect(causesOf(result), result.summary).toContain('dns-search-diverted');
  });

  test('a name switch without DNS, and one that keeps .local from it', async (context) => {
    const network = await wellNetwork(context, { ...NAMES, 'printer.local': [SERVER] });
    const client = network.host('client');
    const without = withFile('/etc/nsswitch.conf', 'hosts: files myhostname\n');
    const first = await reportOf(client, 'host', [], { prefix: without });
    expect(causesOf(first), first.summary).toEqual(['dns-not-asked']);
    const minimal = withFile('/etc/nsswitch.conf', 'hosts: files mdns4_minimal [NOTFOUND=return] dns\n');
    const unheard = await fullReport(client, ['printer.local:80'], { prefix: minimal });
    expect(lineOf(unheard, 'l7.name-service-order'), unheard.summary).toBeUndefined();
    // The module keeps names only where Avahi runs.
    await client.must('sh', ['-c', 'mkdir -p /run/avahi-daemon && : > /run/avahi-daemon/socket']);
    const second = await fullReport(client, ['printer.local:80'], { prefix: minimal });
    expect(lineOf(second, 'l7.name-service-order'), second.summary).toMatchObject({ status: 'warn', code: 'dns-not-asked' });
    const third = await reportOf(client, 'host', [TARGET], { prefix: minimal });
    expect(lineOf(third, 'l7.name-service-order'), third.summary).toMatchObject({ status: 'pass' });
  });
});

describe.concurrent('netdiag host and proxies', () => {
  const DEAD = `http://${GATEWAY}:3128`;

  test('a dead proxy fails, once; one that answers passes; passive sends nothing', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    const env = { HTTPS_PROXY: `http://user:verysecret@${GATEWAY}:3128` };
    const dead = await reportOf(client, 'host', [], { env });
    expect(causesOf(dead), dead.summary).toEqual(['proxy-unreachable']);
    expect(lineOf(dead, `l7.proxy-settings@${DEAD}`), dead.summary).toMatchObject({ status: 'fail' });
    expect(JSON.stringify(dead.report)).not.toContain('verysecret');
    const passive = await reportOf(client, 'host', ['--passive'], { env });
    expect(lineOf(passive, `l7.proxy-settings@${DEAD}`), passive.summary).toMatchObject({ status: 'skip' });
    const proxy = network.host('router').start('microsocks', ['-i', GATEWAY, '-p', '1080'], { detached: true });
    for (let tries = 0; tries < 50; tries++) {
      if ((await network.host('router').run('ss', ['-Hltn', 'sport = :1080'])).stdout.includes(':1080')) break;
      await sleep(100);
    }
    const live = await reportOf(client, 'host', [], { env: { ALL_PROXY: `socks5h://${GATEWAY}:1080` } });
    proxy.kill('SIGKILL');
    expect(lineOf(live, `l7.proxy-settings@socks5h://${GATEWAY}:1080`), live.summary).toMatchObject({ status: 'pass' });
  });

  test('what the probe of a target says is not said twice', async (context) => {
    const network = await wellNetwork(context);
    const client = network.host('client');
    const env = { HTTP_PROXY: DEAD, http_proxy: DEAD };
    const report = await fullReport(client, [`http://${NAME}/`, '--host', 'all'], { env });
    expect(linesOf(report, 'l7.proxy-settings@'), report.summary).toEqual([]);
    expect(
      report.codes.filter((code) => code === 'proxy-unreachable'),
      report.summary,
    ).toHaveLength(1);
  });

  test('small and capital variables that disagree warn, for a target that goes by them too', async (context) => {
    const network = await wellNetwork(context);
    const env = { http_proxy: DEAD, HTTP_PROXY: `http://${GATEWAY}:8080` };
    const report = await fullReport(network.host('client'), [`http://${NAME}/`], { env });
    expect(lineOf(report, 'l7.proxy-settings'), report.summary).toMatchObject({ status: 'warn', code: 'proxies-misconfigured' });
    const other = await fullReport(network.host('client'), [`${SERVER}:22`], { env });
    expect(lineOf(other, 'l7.proxy-settings'), other.summary).toBeUndefined();
  });
});
