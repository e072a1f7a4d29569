import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { BUILT_IN_ROOT_HINTS } from '../../src/probes/dns-trace/root-hints.js';
import { networkFor, PROGRAM } from './full-report.js';
import type { Host } from './network.js';

/** The whole tree as hosts of ours, at the addresses of the real root servers: the built-in hints lead into the namespace. */
const RESOLVER = '192.0.2.1';
const ROOTS = BUILT_IN_ROOT_HINTS.flatMap(({ addresses }) => addresses.filter((address) => !address.includes(':')));
const GTLD = ['192.5.6.30', '192.33.14.30'];
const [FIRST, SECOND, THIRD] = ['198.51.100.1', '198.51.100.2', '198.51.100.3'];
const OTHER = '203.0.113.1';
const NAME = 'www.example.net';

const soa = (zone: string, serial: number) => `${zone} 300 IN SOA ns.invalid. hostmaster.invalid. ${serial} 3600 600 86400 300`;

const ROOT_ZONE = [
  soa('.', 1),
  ...BUILT_IN_ROOT_HINTS.flatMap(({ name, addresses }) => [`. 300 IN NS ${name}.`, `${name}. 300 IN A ${addresses[0]}`]),
  'net. 300 IN NS a.gtld-servers.net.',
  'net. 300 IN NS b.gtld-servers.net.',
  ...GTLD.map((address, index) => `${'ab'[index]}.gtld-servers.net. 300 IN A ${address}`),
];
const NET_ZONE = [
  soa('net.', 2),
  'net. 300 IN NS a.gtld-servers.net.',
  'net. 300 IN NS b.gtld-servers.net.',
  ...GTLD.map((address, index) => `${'ab'[index]}.gtld-servers.net. 300 IN A ${address}`),
  ...BUILT_IN_ROOT_HINTS.map(({ name, addresses }) => `${name}. 300 IN A ${addresses[0]}`),
  ...[1, 2, 3].flatMap((index) => [
    `example.net. 300 IN NS ns${index}.example.net.`,
    `ns${index}.example.net. 300 IN A 198.51.100.${index}`,
  ]),
  'other.net. 300 IN NS ns.other.net.',
  `ns.other.net. 300 IN A ${OTHER}`,
];
const zoneOf = (serial: number) => [
  soa('example.net.', serial),
  ...[1, 2, 3].flatMap((index) => [
    `example.net. 300 IN NS ns${index}.example.net.`,
    `ns${index}.example.net. 300 IN A 198.51.100.${index}`,
  ]),
  `${NAME}. 300 IN A 198.51.100.80`,
  'far.example.net. 300 IN CNAME www.other.net.',
  'old.example.net. 300 IN DNAME other.net.',
  '*.wild.example.net. 300 IN A 198.51.100.81',
  ...Array.from({ length: 40 }, (_, index) => `large.example.net. 300 IN TXT "${`${index} `.padEnd(120, '.')}"`),
];
const OTHER_ZONE = [
  soa('other.net.', 9),
  'other.net. 300 IN NS ns.other.net.',
  `ns.other.net. 300 IN A ${OTHER}`,
  'www.other.net. 300 IN A 203.0.113.80',
];

interface Tree {
  client: Host;
  world: Host;
}

async function treeFor(context: TestContext): Promise<Tree> {
  for (const tool of ['/usr/sbin/nsd', '/usr/sbin/unbound', '/usr/bin/dig', '/usr/bin/delv'])
    if (!existsSync(tool)) context.skip(`${tool} is not installed`);
  const network = await networkFor(context, {
    hosts: ['client', 'world'],
    links: [
      {
        ends: [
          { host: 'client', interface: 'eth0', addresses: ['192.0.2.2/24'] },
          { host: 'world', interface: 'eth0', addresses: [`${RESOLVER}/24`] },
        ],
      },
    ],
    routes: { client: [`default via ${RESOLVER}`] },
    resolvers: { client: [RESOLVER] },
  });
  const [client, world] = [network.host('client'), network.host('world')];
  await world.ip(...[...ROOTS, ...GTLD, FIRST, SECOND, THIRD, OTHER].map((address) => `address add ${address}/32 dev lo`));
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-trace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  startNsd(world, folder, 'root', ROOTS, { '.': ROOT_ZONE });
  startNsd(world, folder, 'net', GTLD, { net: NET_ZONE });
  startNsd(world, folder, 'first', [FIRST], { 'example.net': zoneOf(2026112201) });
  // It answers REFUSED, as it does not know the zone.
  startNsd(world, folder, 'second', [SECOND], { 'other.net': OTHER_ZONE });
  startNsd(world, folder, 'third', [THIRD], { 'example.net': zoneOf(2026112100) });
  startNsd(world, folder, 'other', [OTHER], { 'other.net': OTHER_ZONE });
  startResolver(world, folder);
  await whenAnswered(
    client,
    [`@${ROOTS[0]}`, '.', 'SOA'],
    [`@${GTLD[1]}`, 'net', 'SOA'],
    [`@${FIRST}`, NAME],
    [`@${SECOND}`, 'www.other.net'],
    [`@${THIRD}`, NAME],
    [`@${OTHER}`, 'www.other.net'],
    [`@${RESOLVER}`, NAME],
  );
  return { client, world };
}

/** A real authoritative server at some addresses. */
function startNsd(host: Host, folder: string, name: string, addresses: readonly string[], zones: Record<string, readonly string[]>): void {
  const own = join(folder, name);
  mkdirSync(own);
  const server = [
    ...[
      'server-count: 1',
      'username: ""',
      'chroot: ""',
      'database: ""',
      'do-ip6: no',
      'verbosity: 0',
      'hide-version: yes',
      'round-robin: no',
    ],
    ...[`pidfile: "${own}/pid"`, `xfrdfile: "${own}/xfrd"`, `xfrdir: "${own}"`, `zonelistfile: "${own}/zones"`, `logfile: "${own}/log"`],
    ...[`zonesdir: "${own}"`, 'rrl-ratelimit: 0', ...addresses.map((address) => `ip-address: ${address}`)],
  ];
  const parts = Object.entries(zones).map(([zone, lines], index) => {
    writeFileSync(join(own, `zone${index}`), `${lines.join('\n')}\n`);
    return `zone:\n  name: "${zone}"\n  zonefile: "zone${index}"\n`;
  });
  writeFileSync(
    join(own, 'nsd.conf'),
    `server:\n${server.map((line) => `  ${line}\n`).join('')}remote-control:\n  control-enable: no\n${parts.join('')}`,
  );
  host.start('nsd', ['-d', '-c', join(own, 'nsd.conf')]);
}

/** A recursive resolver over the same tree: dig finds the addresses of servers by it, and its answer is another to compare with. */
function startResolver(host: Host, folder: string): void {
  writeFileSync(
    join(folder, 'hints'),
    ROOTS.map(
      (address, index) =>
        `. 300 NS ${'abcdefghijklm'[index]}.root-servers.net.\n${'abcdefghijklm'[index]}.root-servers.net. 300 A ${address}\n`,
    ).join(''),
  );
  const lines = [
    ...['verbosity: 0', 'use-syslog: no', 'logfile: ""', 'username: ""', 'chroot: ""', 'pidfile: ""', 'num-threads: 1', 'do-ip6: no'],
    ...['module-config: "iterator"', 'access-control: 0.0.0.0/0 allow', `directory: "${folder}"`, 'root-hints: "hints"'],
    ...[`interface: ${RESOLVER}`, 'do-not-query-localhost: no'],
  ];
  writeFileSync(
    join(folder, 'unbound.conf'),
    `server:\n${lines.map((line) => `  ${line}\n`).join('')}remote-control:\n  control-enable: no\n`,
  );
  host.start('unbound', ['-d', '-c', join(folder, 'unbound.conf')]);
}

async function whenAnswered(client: Host, ...questions: string[][]): Promise<void> {
  for (const question of questions) {
    let text = '';
    for (let attempt = 0; attempt < 60 && !text.includes('status: NOERROR'); attempt++) {
      text = (await client.run('dig', ['+time=1', '+tries=1', ...question])).stdout;
      if (!text.includes('status: NOERROR')) await sleep(100);
    }
    expect(text, question.join(' ')).toContain('status: NOERROR');
  }
}

async function trace(client: Host, ...args: string[]): Promise<{ report: Report; exitCode: number | null; stderr: string }> {
  const { stdout, stderr, exitCode } = await client.run(process.execPath, [PROGRAM, 'dns', ...args, '--trace', '--json'], {
    timeoutMs: 60_000,
  });
  return { report: reportSchema.parse(JSON.parse(stdout)), exitCode, stderr };
}

const dataOf = (report: Report) => report.measurements.flatMap((made) => (made.probe === 'dns-trace' ? [made.data] : []));
const faultsOf = (report: Report) => report.checks.flatMap(({ id, code, status }) => (code === null ? [] : `${status} ${code} ${id}`));
/** `TYPE data` of the last block of an output of dig. */
const records = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => /^[^;\s]/.test(line))
    .map((line) => line.trim().split(/\s+/).slice(3).join(' '));

test('a walk from the built-in roots ends where dig, delv and a resolver end, and names the servers that are lame or behind', {
  timeout: 90_000,
}, async (context) => {
  const { client } = await treeFor(context);
  const { report, exitCode, stderr } = await trace(client, NAME);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  const [data] = dataOf(report);
  expect(data?.rootHints).toBe('built-in');
  expect(data?.steps.map(({ zone, result }) => `${zone} ${result}`)).toEqual(['. referral', 'net referral', 'example.net answer']);
  const asked = (zone: string) => data?.steps.find((step) => step.zone === zone)?.servers.flatMap(({ addresses }) => addresses) ?? [];
  expect(
    asked('.')
      .filter(({ state }) => state === 'answers')
      .map(({ address }) => address)
      .sort(),
  ).toEqual([...ROOTS].sort());
  // No IPv6 here: those addresses are not asked, and not accused.
  expect(
    asked('.')
      .filter(({ address }) => address.includes(':'))
      .every(({ state, detail }) => state === null && detail?.includes('no route')),
  ).toBe(true);
  expect(asked('example.net').map(({ address, lame, serial }) => `${address} ${lame} ${serial}`)).toEqual([
    `${FIRST} null 2026112201`,
    `${SECOND} refused null`,
    `${THIRD} null 2026112100`,
  ]);
  expect(faultsOf(report)).toEqual([
    `warn dns-lame-delegation l7.delegation@${NAME}/example.net`,
    `warn dns-serial-mismatch l7.serials@${NAME}/example.net`,
  ]);

  const answer = (data?.answers ?? []).map(({ type, data: text }) => `${type} ${text}`);
  // dig asks one server of each zone, and gives up where that is the lame one.
  let byDig = '';
  for (let tried = 0; tried < 8 && !records(byDig).includes(String(answer[0])); tried++) {
    byDig = await client.must('dig', ['+trace', '+nodnssec', '+noall', '+answer', '+time=2', `@${ROOTS[0]}`, NAME]);
  }
  const byDelv = await client.must('delv', ['-i', `@${RESOLVER}`, NAME]);
  const byResolver = await client.must('dig', ['+noall', '+answer', `@${RESOLVER}`, NAME]);
  expect(records(byDig)).toContain(answer[0]);
  expect(records(byDelv)).toEqual(answer);
  expect(records(byResolver)).toEqual(answer);
});

test('aliases, DNAME, wildcards, long answers and missing names come out as a resolver has them', { timeout: 90_000 }, async (context) => {
  const { client } = await treeFor(context);
  const names = ['far.example.net', 'www.old.example.net', 'any.wild.example.net'];
  const { report } = await trace(client, ...names);
  const found = dataOf(report);
  for (const [index, name] of names.entries()) {
    const byResolver = records(await client.must('dig', ['+noall', '+answer', `@${RESOLVER}`, name]));
    expect((found[index]?.answers ?? []).map(({ type, data }) => `${type} ${data}`)).toEqual(byResolver);
  }
  expect(found[2]?.wildcard).toBe('*.wild.example.net');
  expect(found[0]?.steps.map(({ zone }) => zone)).toEqual(['.', 'net', 'example.net', 'net', 'other.net']);

  const large = await trace(client, 'large.example.net', '--type', 'TXT');
  const [text] = dataOf(large.report);
  expect(text?.answers).toHaveLength(40);
  expect(text?.steps.at(-1)?.servers[0]?.addresses[0]).toMatchObject({ truncated: true, transport: 'tcp' });

  const gone = await trace(client, 'gone.example.net');
  expect(gone.exitCode).toBe(1);
  expect(gone.report.diagnosis[0]?.code).toBe('dns-nxdomain');
});

test('with the only server that has the zone gone, and with no way to any root server', { timeout: 90_000 }, async (context) => {
  const { client, world } = await treeFor(context);
  await world.nft('input', `ip daddr { ${FIRST}, ${THIRD} } drop`);
  const lame = await trace(client, NAME, '--timeout', '300ms');
  expect(lame.exitCode).toBe(1);
  expect(lame.report.diagnosis.map(({ code }) => code)).toEqual(['dns-lame-delegation']);
  expect(lame.report.checks.find(({ id }) => id === `l7.trace@${NAME}/A`)).toMatchObject({ status: 'skip' });

  await client.ip('route del default');
  const cut = await trace(client, NAME, '--timeout', '300ms');
  expect(cut.exitCode).toBe(1);
  expect(cut.report.diagnosis.map(({ code }) => code)).toEqual(['dns-unreachable']);
});
