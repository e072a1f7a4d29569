import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, type TestContext, test } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { makeAuthority } from '../fakes/certificates.js';
import { networkFor, PROGRAM } from './full-report.js';
import type { Host, Network } from './network.js';

/** The well-known servers, as addresses of a host of ours. */
const PUBLIC = ['1.1.1.1', '8.8.8.8', '9.9.9.9', '208.67.222.222', '94.140.14.14'];
const ENCRYPTED = ['1.1.1.1', '8.8.8.8', '9.9.9.9'];
const CERTIFIED = ['one.one.one.one', 'dns.google', 'dns.quad9.net'];
const SYSTEM = '192.0.2.1';
const NAME = 'www.example.net';
const TRUE_ADDRESS = '198.51.100.80';
const FALSE_ADDRESS = '203.0.113.66';
const INNER_ADDRESS = '10.1.2.3';

interface World {
  network: Network;
  client: Host;
  world: Host;
  folder: string;
}

/** A client, and a host that is its resolver and the whole world. */
async function worldFor(context: TestContext): Promise<World> {
  if (!existsSync('/usr/sbin/dnsmasq') || !existsSync('/usr/sbin/unbound')) context.skip('dnsmasq or unbound is not installed');
  const network = await networkFor(context, {
    hosts: ['client', 'world'],
    links: [
      {
        ends: [
          { host: 'client', interface: 'eth0', addresses: ['192.0.2.2/24'] },
          { host: 'world', interface: 'eth0', addresses: [`${SYSTEM}/24`] },
        ],
      },
    ],
    routes: { client: [`default via ${SYSTEM}`] },
    resolvers: { client: [SYSTEM] },
  });
  const world = network.host('world');
  await world.ip(...PUBLIC.map((address) => `address add ${address}/32 dev lo`));
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-comparison-'));
  context.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { network, client: network.host('client'), world, folder };
}

/** A real unbound that knows the one name and no other, for DNS over TLS and HTTPS too. */
async function startUnbound({ world, folder }: World, plain: readonly string[] = PUBLIC): Promise<void> {
  const authority = await makeAuthority('comparison');
  const { cert, key } = await authority.issue({ names: CERTIFIED });
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  const lines = [
    ...['verbosity: 0', 'use-syslog: no', 'logfile: ""', 'username: ""', 'chroot: ""', 'pidfile: ""', 'num-threads: 1'],
    ...['module-config: "iterator"', 'access-control: 0.0.0.0/0 allow', `directory: "${folder}"`],
    ...['tls-port: 853', 'https-port: 443', 'tls-service-pem: "cert.pem"', 'tls-service-key: "key.pem"'],
    ...plain.map((address) => `interface: ${address}@53`),
    ...ENCRYPTED.flatMap((address) => [`interface: ${address}@853`, `interface: ${address}@443`]),
    ...['local-zone: "net." static', `local-data: "${NAME}. 300 IN A ${TRUE_ADDRESS}"`],
  ];
  writeFileSync(
    join(folder, 'unbound.conf'),
    `server:\n${lines.map((line) => `  ${line}\n`).join('')}remote-control:\n  control-enable: no\n`,
  );
  world.start('unbound', ['-d', '-c', join(folder, 'unbound.conf')]);
}

/** A real dnsmasq at some addresses, with its own idea of names. */
function startDnsmasq({ world }: World, addresses: readonly string[], options: readonly string[]): void {
  world.start('dnsmasq', [
    ...['--keep-in-foreground', '--no-resolv', '--no-hosts', '--conf-file=/dev/null', '--pid-file=', '--user=root', '--bind-interfaces'],
    ...['--except-interface=lo', '--no-daemon', ...addresses.map((address) => `--listen-address=${address}`), ...options],
  ]);
}

const HONEST = [`--address=/${NAME}/${TRUE_ADDRESS}`, '--local=/net/', '--local=/invalid/'];

async function whenAnswered(client: Host, ...servers: string[]): Promise<void> {
  for (const server of servers) {
    let answered = false;
    for (let attempt = 0; attempt < 50 && !answered; attempt++) {
      const { exitCode } = await client.run('dig', ['+time=1', '+tries=1', `@${server}`, NAME]);
      answered = exitCode === 0;
      if (!answered) await sleep(100);
    }
    if (!answered) throw new Error(`${server} does not answer`);
  }
}

interface Compared {
  report: Report;
  exitCode: number | null;
  stderr: string;
  /** `id: status code`. */
  checks: string[];
  /** Classification by server. */
  classes: Record<string, string>;
}

async function compare({ client, folder }: World, ...args: string[]): Promise<Compared> {
  const command = [PROGRAM, 'dns', NAME, '--compare', '--type', 'A', '--timeout', '1500ms', '--json', ...args];
  const { stdout, stderr, exitCode } = await client.run(process.execPath, command, {
    env: { NO_COLOR: '1', SSL_CERT_FILE: join(folder, 'ca.pem') },
  });
  if (stdout === '') throw new Error(`no report: ${stderr}`);
  const report = reportSchema.parse(JSON.parse(stdout));
  const [data] = report.measurements.flatMap((measurement) => (measurement.probe === 'dns-comparison' ? measurement.data : []));
  return {
    report,
    exitCode,
    stderr,
    checks: report.checks.map(({ id, status, code }) => `${id}: ${status}${code === null ? '' : ` ${code}`}`),
    classes: Object.fromEntries((data?.servers ?? []).map(({ server, classification }) => [server, classification])),
  };
}

describe.concurrent('a comparison with the world, by real servers', () => {
  test('finds everything well, over all transports', async (context) => {
    const world = await worldFor(context);
    await startUnbound(world);
    startDnsmasq(world, [SYSTEM], HONEST);
    await whenAnswered(world.client, SYSTEM, ...PUBLIC);
    const { report, exitCode, stderr, checks, classes } = await compare(world, '--progress');
    expect(new Set(Object.values(classes)), JSON.stringify(report.measurements[0], null, 1)).toEqual(new Set(['agrees']));
    expect(Object.keys(classes)).toEqual([
      SYSTEM,
      ...PUBLIC,
      ...['tcp://1.1.1.1', 'tcp://8.8.8.8'],
      ...ENCRYPTED.map((address) => `tls://${address}`),
      ...ENCRYPTED.map((address) => `https://${address}/dns-query`),
    ]);
    expect(checks.filter((check) => !check.endsWith(': pass'))).toEqual([]);
    // Each answer was written as it came, and standard output holds the report alone.
    expect(stderr.trim().split('\n')).toHaveLength(Object.keys(classes).length);
    expect(stderr).toContain(`Cloudflare https://1.1.1.1: ${NAME} A: ${TRUE_ADDRESS}`);
    expect(exitCode).toBe(0);
  });

  test('tells a split horizon, and holds it against nobody', async (context) => {
    const world = await worldFor(context);
    await startUnbound(world);
    startDnsmasq(world, [SYSTEM], [`--address=/${NAME}/${INNER_ADDRESS}`, '--local=/net/', '--local=/invalid/']);
    await whenAnswered(world.client, SYSTEM, ...PUBLIC);
    const { report, exitCode, classes } = await compare(world);
    expect(classes[SYSTEM]).toBe('inner-view');
    expect(exitCode).toBe(0);
    expect(report.checks.find(({ id }) => id.startsWith('l7.agreement'))?.observed).toContain(`split horizon: ${SYSTEM}: ${INNER_ADDRESS}`);
  });

  test('tells a resolver that makes up addresses', async (context) => {
    const world = await worldFor(context);
    await startUnbound(world);
    startDnsmasq(world, [SYSTEM], [`--address=/${NAME}/${TRUE_ADDRESS}`, `--address=/#/${FALSE_ADDRESS}`]);
    await whenAnswered(world.client, SYSTEM, ...PUBLIC);
    const { report, exitCode, checks } = await compare(world);
    expect(checks).toContain(`l7.nxdomain@${SYSTEM}: fail dns-hijacked`);
    expect(checks).toContain('l7.nxdomain@well-known: pass');
    expect(report.diagnosis.map(({ code }) => code)).toEqual(['dns-hijacked']);
    expect(report.diagnosis[0]?.summary).toContain(FALSE_ADDRESS);
    expect(exitCode).toBe(1);
  });

  test('tells that somebody answers in the place of well-known servers', async (context) => {
    const world = await worldFor(context);
    // Over TLS and HTTPS the true servers, at the same addresses over plain DNS another one.
    await startUnbound(world, []);
    startDnsmasq(
      world,
      [SYSTEM, ...PUBLIC],
      [`--address=/${NAME}/${FALSE_ADDRESS}`, '--local=/net/', '--local=/invalid/', '--interface=lo'],
    );
    await whenAnswered(world.client, SYSTEM, ...PUBLIC);
    const { exitCode, checks, classes } = await compare(world);
    for (const address of PUBLIC) expect(classes[address], JSON.stringify(classes)).toBe('intercepted');
    for (const address of ENCRYPTED) expect(classes[`tls://${address}`]).toBe('agrees');
    expect(checks).toContain(`l7.agreement@${NAME}/A: fail dns-hijacked`);
    expect(exitCode).toBe(1);
  });

  test('tells plain DNS that is blocked, and encrypted DNS that is', async (context) => {
    const world = await worldFor(context);
    await startUnbound(world);
    startDnsmasq(world, [SYSTEM], HONEST);
    await whenAnswered(world.client, SYSTEM, ...PUBLIC);
    await world.world.nft('input', `ip daddr != ${SYSTEM} meta l4proto { tcp, udp } th dport 53 drop`);
    const plain = await compare(world);
    expect(plain.checks).toEqual(
      expect.arrayContaining([
        `l7.resolver@${SYSTEM}: pass`,
        'l7.transport@udp: warn dns-plain-blocked',
        'l7.transport@tls: pass',
        'l7.transport@https: pass',
        `l7.agreement@${NAME}/A: pass`,
      ]),
    );
    expect(plain.report.diagnosis.map(({ code }) => code)).toEqual(['dns-plain-blocked']);
    expect(plain.exitCode).toBe(0);

    await world.world.must('nft', ['flush ruleset']);
    await world.world.nft('input', 'tcp dport { 853, 443 } drop');
    const encrypted = await compare(world);
    expect(encrypted.checks).toEqual(
      expect.arrayContaining([
        'l7.transport@udp: pass',
        'l7.transport@tcp: pass',
        expect.stringMatching(/^l7\.transport@tls: warn dns-encrypted-blocked$/),
      ]),
    );
    expect(encrypted.report.diagnosis.map(({ code }) => code)).toEqual(['dns-encrypted-blocked']);
  });
});
