import { expect, it, onTestFinished, type TestContext } from 'vitest';
import { type FullReport, networkFor, reportOf } from './full-report.js';
import type { Host } from './network.js';

const US = '198.18.6.2';
const PEER = '198.18.6.1';
const ADDRESSES6 = ['fd00:6::2/64', 'fd00:6::1/64'];

async function pair(context: TestContext): Promise<{ us: Host; peer: Host }> {
  const network = await networkFor(context, {
    hosts: ['us', 'peer'],
    links: [
      {
        ends: [
          { host: 'us', interface: 'eth0', addresses: [`${US}/24`, ADDRESSES6[0] ?? ''] },
          { host: 'peer', interface: 'eth0', addresses: [`${PEER}/24`, ADDRESSES6[1] ?? ''] },
        ],
      },
    ],
    routes: { us: [`default via ${PEER}`] },
  });
  return { us: network.host('us'), peer: network.host('peer') };
}

/** Runs a script of Node until the test ends, and waits for its first line. Gives its process id. */
async function running(host: Host, script: string, ...args: string[]): Promise<number> {
  const child = host.start(process.execPath, ['-e', script, ...args], { detached: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    void child.then(({ stderr }) => reject(new Error(`it ended: ${stderr}`)));
  });
  return child.pid ?? 0;
}

const SINK = `const server = require('node:net').createServer((socket) => socket.on('error', () => {}).resume());
server.listen({ port: 9000, host: '::', backlog: Number(process.argv[1] ?? 511) }, () => console.log('ready'));`;
/** Sends without end, as fast as TCP lets it. */
const SOURCE = `const socket = require('node:net').connect(9000, '${PEER}', () => console.log('ready'));
socket.on('error', () => {});
const more = () => { while (socket.write(Buffer.alloc(16384))); };
socket.on('drain', more); socket.on('connect', more);`;
/** A datagram socket that is never read, once the process is stopped. */
const UDP_SINK = `const socket = require('node:dgram').createSocket('udp4');
socket.bind(9001, () => { socket.setRecvBufferSize(4096); console.log('ready'); });`;
/** 300 datagrams of 1000 bytes, ten times a second. */
const FLOOD = `const socket = require('node:dgram').createSocket('udp4');
socket.on('error', () => {});
setInterval(() => { for (let i = 0; i < 30; i++) socket.send(Buffer.alloc(1000), 9001, process.argv[1]); }, 10);
console.log('ready');`;

const dataOf = ({ report }: FullReport) => {
  const made = report.measurements.find((measurement) => measurement.probe === 'counters');
  if (made === undefined) throw new Error('no counters');
  return made.data;
};
const lineOf = ({ report }: FullReport, id: string) => report.checks.find((check) => check.id === id);
const ours = ({ report }: FullReport) =>
  report.checks.filter(({ id }) => /^(l2\.(counters|backlog)|l4\.(retransmissions|resets|listen-queue|socket-buffers))/.test(id));
const growth = (report: FullReport, name: string) => dataOf(report).protocols.find((counter) => counter.name === name)?.delta;

async function nstat(host: Host): Promise<Record<string, number>> {
  // Absolute values, zeros included, without the history file that it keeps otherwise.
  return (JSON.parse(await host.must('nstat', ['-j', '-a', '-z', '-s'])) as { kernel: Record<string, number> }).kernel;
}

async function linkStatistics(host: Host) {
  const [link] = JSON.parse(await host.must('ip', ['-s', '-s', '-j', 'link', 'show', 'dev', 'eth0'])) as [
    { stats64: Record<'rx' | 'tx', Record<string, number>> },
  ];
  return link.stats64;
}

it('counts what `ip -s` and `nstat` count, and finds nothing on a healthy machine', async (context) => {
  const { us } = await pair(context);
  await us.run('ping', ['-c', '20', '-i', '0.01', PEER]);
  const before = { link: await linkStatistics(us), protocols: await nstat(us) };
  const report = await reportOf(us, 'host', []);
  const after = { link: await linkStatistics(us), protocols: await nstat(us) };

  expect(ours(report).filter(({ status }) => status !== 'pass')).toEqual([]);
  const data = dataOf(report);
  expect(data.windowMs).toBeGreaterThanOrEqual(700);
  const link = data.links.find(({ interface: name }) => name === 'eth0');
  expect([link?.source, link?.presence]).toEqual(['rtnetlink', 'throughout']);
  const within = (value: number | undefined, low: number | undefined, high: number | undefined, what: string) => {
    expect(value, what).toBeGreaterThanOrEqual(low ?? Number.NaN);
    expect(value, what).toBeLessThanOrEqual(high ?? Number.NaN);
  };
  for (const [way, direction] of [
    ['received', 'rx'],
    ['sent', 'tx'],
  ] as const) {
    for (const name of ['packets', 'bytes', 'errors', 'dropped'] as const) {
      within(link?.[way][name]?.total, before.link[direction][name], after.link[direction][name], `${way} ${name}`);
    }
  }
  expect(link?.received.packets?.total).toBeGreaterThan(20);
  const compared = data.protocols.filter(({ name }) => name in after.protocols);
  expect(compared.length).toBeGreaterThan(40);
  for (const { name, total, delta } of compared) {
    within(total, before.protocols[name], after.protocols[name], name);
    expect(delta, name).toBeLessThanOrEqual((after.protocols[name] ?? 0) - (before.protocols[name] ?? 0));
  }
  expect(report.elapsedMs).toBeLessThan(10_000);
});

it('adds no line to the report about a healthy target, nor about a dead port', async (context) => {
  const { us, peer } = await pair(context);
  await running(peer, SINK);
  await peer.nft('input', 'tcp dport 9100 drop');
  for (const port of [9000, 9100]) expect(ours(await reportOf(us, 'full-report', [`${PEER}:${port}`]))).toEqual([]);
  const all = await reportOf(us, 'full-report', [`${PEER}:9100`, '--host', 'all']);
  // The SYNs that netdiag itself sent again to the dead port are counted, and held against nobody.
  expect(growth(all, 'TcpRetransSegs')).toBeGreaterThan(0);
  expect(growth(all, 'TcpRetransSegs')).toBe(growth(all, 'TcpExtTCPSynRetrans'));
  expect(lineOf(all, 'l4.retransmissions')?.status).toBe('pass');
});

it('sees retransmissions that a lossy way makes, as many as nstat', async (context) => {
  const { us, peer } = await pair(context);
  await peer.nft('input', 'tcp dport 9000 numgen random mod 100 < 15 drop');
  await running(peer, SINK);
  await running(us, SOURCE);
  const look = async () => ({ before: await nstat(us), report: await reportOf(us, 'host', []), after: await nstat(us) });
  let { before, report, after } = await look();
  // Where several losses in a row made the sender pause for a second, next to nothing was sent: looked at once more, it says what it saw.
  for (let tries = 0; tries < 4 && lineOf(report, 'l4.retransmissions')?.observed?.includes('too few to judge'); tries++)
    ({ before, report, after } = await look());
  const line = lineOf(report, 'l4.retransmissions');
  expect([line?.status, line?.code], line?.observed ?? '').toEqual(['warn', 'tcp-retransmissions']);
  const again = growth(report, 'TcpRetransSegs') ?? 0;
  expect(again).toBeGreaterThan(10);
  expect(again).toBeLessThanOrEqual((after['TcpRetransSegs'] ?? 0) - (before['TcpRetransSegs'] ?? 0));
  expect(await us.must('ss', ['-tinH', 'dst', PEER])).toMatch(/retrans:\d+\/\d+/);
  expect(report.codes).toContain('tcp-retransmissions');
});

it('sees a listener that does not accept, and names it', async (context) => {
  const { us, peer } = await pair(context);
  const service = await running(us, SINK, '1');
  // Stopped, it accepts nothing: two connections fill its queue, and the rest find no room.
  process.kill(service, 'SIGSTOP');
  await running(
    peer,
    `const net = require('node:net');
for (let i = 0; i < 6; i++) net.connect(9000, '${US}').on('error', () => {});
setInterval(() => net.connect(9000, '${US}').on('error', () => {}), 100);
setTimeout(() => console.log('ready'), 300);`,
  );
  const report = await reportOf(us, 'host', []);
  const line = lineOf(report, 'l4.listen-queue');
  expect([line?.status, line?.code], line?.observed ?? '').toEqual(['fail', 'listen-queue-overflow']);
  expect(line?.observed).toContain(':9000');
  expect(dataOf(report).fullListenQueues).toEqual([{ address: '*', port: 9000, waiting: 2, limit: 1, source: 'ss -Hltn' }]);
  expect(growth(report, 'TcpExtListenOverflows')).toBeGreaterThan(0);
  expect(report.exitCode).toBe(1);
});

it('sees what a queue in front of the link drops, also beside a target', async (context) => {
  const { us } = await pair(context);
  const made = await us.run('tc', ['qdisc', 'add', 'dev', 'eth0', 'root', 'tbf', 'rate', '400kbit', 'burst', '2000', 'limit', '3000']);
  if (made.exitCode !== 0) context.skip(`this kernel has no tbf: ${made.stderr.trim()}`);
  await running(us, FLOOD, PEER);
  const report = await reportOf(us, 'host', []);
  const line = lineOf(report, 'l2.counters@eth0');
  expect([line?.status, line?.code], line?.observed ?? '').toEqual(['warn', 'interface-errors']);
  expect(line?.observed).toContain('drops of the queue tbf');
  const queue = dataOf(report).links.find(({ interface: name }) => name === 'eth0')?.queue;
  const shown = await us.must('tc', ['-s', 'qdisc', 'show', 'dev', 'eth0']);
  expect(queue?.dropped?.total).toBeLessThanOrEqual(Number(/dropped (\d+)/.exec(shown)?.[1]));
  const path = await reportOf(us, 'full-report', [PEER]);
  expect(ours(path).map(({ id, code }) => [id, code])).toEqual([['l2.counters@eth0', 'interface-errors']]);
});

it('sees datagrams that a program does not read', async (context) => {
  const { us, peer } = await pair(context);
  const service = await running(us, UDP_SINK);
  process.kill(service, 'SIGSTOP');
  await running(peer, FLOOD, US);
  const report = await reportOf(us, 'host', []);
  const line = lineOf(report, 'l4.socket-buffers');
  expect([line?.status, line?.code], line?.observed ?? '').toEqual(['warn', 'socket-buffer-overflow']);
  expect(growth(report, 'UdpRcvbufErrors')).toBeGreaterThan(10);
});

it('compares nothing across a link that was made anew meanwhile', async (context) => {
  const { us } = await pair(context);
  const report = us.start(process.execPath, ['bin/run.js', 'host', '--passive', '--json'], { env: { NO_COLOR: '1' } });
  // Up and away again, over and over, while netdiag looks on.
  await us.must('sh', [
    '-c',
    'for i in $(seq 60); do ip link add blink type dummy 2>/dev/null || ip link add blink type bridge; ip link set blink up; sleep 0.01; ip link del blink; done',
  ]);
  const { stdout } = await report;
  const links = (JSON.parse(stdout) as FullReport['report']).measurements.flatMap((made) =>
    made.probe === 'counters' ? made.data.links : [],
  );
  expect(links.length).toBeGreaterThan(0);
  for (const link of links.filter(({ interface: name }) => name === 'blink')) {
    if (link.presence !== 'throughout') expect(link.received.packets?.delta ?? null).toBeNull();
  }
});

it('works for an ordinary user', async (context) => {
  const { us } = await pair(context);
  const report = await reportOf(us, 'host', ['--passive'], { unprivileged: true });
  expect(ours(report).filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(dataOf(report).links[0]?.source).toBe('rtnetlink');
});
