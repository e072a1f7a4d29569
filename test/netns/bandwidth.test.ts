import { fileURLToPath } from 'node:url';
import { expect, it, type TestContext } from 'vitest';
import type { DataOf } from '../../src/model/measurement.js';
import { type FullReport, networkFor, reportOf } from './full-report.js';
import type { Host } from './network.js';

/**
 * Lines of known rates: `tbf` on both sides of a router between us and a server. What netdiag says is held against the rate that was set, and
 * against what the kernel at the receiving end counts meanwhile, read by `ip`.
 */
const SERVER = '198.18.50.2';
const PORT = 8080;
const URL = `http://${SERVER}:${PORT}/down`;
const UPLOAD = `http://${SERVER}:${PORT}/up`;
const SERVICE = fileURLToPath(new globalThis.URL('services/volume.mjs', import.meta.url));

/** Of a frame as tbf and ip count it (14 bytes of Ethernet, 40 of IP and TCP, 12 of time stamps), what is payload. */
const PAYLOAD_SHARE = 1448 / 1514;

interface Line {
  us: Host;
  router: Host;
  server: Host;
}

const shaper = (rate: string, queueMs: number) => ['root', 'tbf', 'rate', rate, 'burst', '16kb', 'latency', `${queueMs}ms`];

/** A line that lets through so much in each direction, behind queues that hold so many milliseconds. */
async function line(context: TestContext, down: string, up: string, queueMs: number): Promise<Line> {
  const network = await networkFor(context, {
    hosts: ['us', 'router', 'server'],
    routers: ['router'],
    links: [
      {
        ends: [
          { host: 'us', interface: 'eth0', addresses: ['198.18.49.2/24'] },
          { host: 'router', interface: 'eth0', addresses: ['198.18.49.1/24'] },
        ],
      },
      {
        ends: [
          { host: 'router', interface: 'eth1', addresses: ['198.18.50.1/24'] },
          { host: 'server', interface: 'eth0', addresses: [`${SERVER}/24`] },
        ],
      },
    ],
    routes: { us: ['default via 198.18.49.1'], server: ['default via 198.18.50.1'] },
  });
  const [us, router, server] = [network.host('us'), network.host('router'), network.host('server')];
  // Of more than one segment at once, tbf would see a packet that is larger than its bucket.
  for (const host of [us, server]) await host.must('ethtool', ['-K', 'eth0', 'tso', 'off', 'gso', 'off']);
  for (const [device, rate] of [
    ['eth0', down],
    ['eth1', up],
  ] as const) {
    await router.must('tc', ['qdisc', 'add', 'dev', device, ...shaper(rate, queueMs)]);
  }
  const service = server.start(process.execPath, [SERVICE, String(PORT)], { detached: true });
  context.onTestFinished(() => void service.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    service.stdout.once('data', resolve);
    void service.then(({ stderr }) => reject(new Error(`it ended: ${stderr}`)));
  });
  return { us, router, server };
}

/** What the kernel counted on the interface by now, by `ip`. */
async function receivedBytes(host: Host): Promise<number> {
  const [link] = JSON.parse(await host.must('ip', ['-s', '-j', 'link', 'show', 'dev', 'eth0'])) as [{ stats64: { rx: { bytes: number } } }];
  return link.stats64.rx.bytes;
}

/** The report, and what an interface received while it was made: of one direction alone, as long as it is the only one that is loaded. */
async function withReceived(host: Host, run: () => Promise<FullReport>): Promise<{ result: FullReport; received: number }> {
  const before = await receivedBytes(host);
  const result = await run();
  return { result, received: (await receivedBytes(host)) - before };
}

function dataOf({ report, summary }: FullReport): DataOf<'bandwidth'> {
  const made = report.measurements.find((measurement) => measurement.probe === 'bandwidth');
  if (made === undefined) throw new Error(`no bandwidth: ${summary}`);
  return made.data;
}

const statusesOf = ({ report }: FullReport) =>
  Object.fromEntries(
    report.checks.filter(({ id }) => /bandwidth|load|queueing/.test(id)).map(({ id, status, code }) => [id.split('@')[0], code ?? status]),
  );

function expectBetween(value: number | null | undefined, low: number, high: number, what: string): void {
  expect(value, what).toBeGreaterThanOrEqual(low);
  expect(value, what).toBeLessThanOrEqual(high);
}

/** What every direction of a sound line has. Nothing gets through a shaper quicker than it lets it; a busy machine can be slower. */
function expectSound(direction: DataOf<'bandwidth'>['down'], setMbps: number, received: number, summary: string): void {
  if (direction === null) throw new Error(summary);
  expect(direction).toMatchObject({ ended: 'time', failure: null, limitedBy: null, connections: { asked: 4, opened: 4, broken: 0 } });
  expectBetween(direction.mbps, setMbps * PAYLOAD_SHARE * 0.8, setMbps * PAYLOAD_SHARE * 1.03, 'against what was set');
  expectBetween(direction.interval?.lowMbps, 0, direction.mbps ?? 0, 'interval');
  expectBetween(direction.mbps, 0, direction.interval?.highMbps ?? 0, 'interval');
  // Beside the payload there are the round trips, what was under way at the end, and a few segments that came twice.
  expectBetween((direction.bytes ?? 0) / received, PAYLOAD_SHARE * 0.93, PAYLOAD_SHARE * 1.01, 'bytes against those of ip');
  expectBetween(direction.latency?.received, 10, 20, summary);
}

const RUN = ['--duration', '3s'];

it('measures a line of 50 and 20 Mbit/s as the kernel counts it, each direction by itself', async (context) => {
  const { us, server } = await line(context, '50mbit', '20mbit', 20);
  const down = await withReceived(us, () => reportOf(us, 'bandwidth', [URL, ...RUN, '--expect-down', '35']));
  expect(down.result.exitCode, down.result.summary).toBe(0);
  const downloaded = dataOf(down.result);
  expectSound(downloaded.down, 50, down.received, down.result.summary);
  // From the end of the ramp-up to the last slice; headers are in it.
  expectBetween((downloaded.down?.interfaceMbps ?? 0) / (downloaded.downMbps ?? 0), 1.02, 1.12, 'the interface beside the bodies');
  expectBetween((downloaded.down?.interfaceBytes ?? 0) / down.received, 0.93, 1.001, 'its bytes against those of ip');
  expect([downloaded.interface?.name, downloaded.down?.countedBy, downloaded.up]).toEqual(['eth0', 'received', null]);
  expect(statusesOf(down.result)).toEqual({ 'l7.download': 'pass', 'l3.queueing-download': 'pass' });

  const up = await withReceived(server, () => reportOf(us, 'bandwidth', ['--upload', UPLOAD, ...RUN, '--expect-up', '14']));
  expect(up.result.exitCode, up.result.summary).toBe(0);
  const uploaded = dataOf(up.result);
  expectSound(uploaded.up, 20, up.received, up.result.summary);
  expect([uploaded.up?.countedBy, uploaded.down, uploaded.downMbps]).toEqual(['acknowledged', null, null]);
  expect(statusesOf(up.result)).toEqual({ 'l7.upload': 'pass', 'l3.queueing-upload': 'pass' });
});

it('finds a rate too low and a queue too long, in the direction that has them', async (context) => {
  const { us, router } = await line(context, '20mbit', '20mbit', 350);
  // Upload: the same rate, and no queue to speak of.
  await router.must('tc', ['qdisc', 'change', 'dev', 'eth1', ...shaper('20mbit', 15)]);
  const result = await reportOf(us, 'bandwidth', [URL, '--upload', '/up', ...RUN, '--expect-down', '50']);
  const { down, up } = dataOf(result);

  expect(result.exitCode, result.summary).toBe(1);
  expectBetween(down?.mbps, 20 * PAYLOAD_SHARE * 0.75, 20 * PAYLOAD_SHARE * 1.03, 'download');
  // The queue holds 350 ms; TCP keeps it filled between that and some part of it.
  expectBetween(down?.queueingMs, 120, 450, result.summary);
  expectBetween(up?.mbps, 20 * PAYLOAD_SHARE * 0.75, 20 * PAYLOAD_SHARE * 1.03, 'upload');
  expect(statusesOf(result)).toEqual({
    'l7.download': 'bandwidth-low',
    'l3.queueing-download': 'bufferbloat',
    'l7.upload': 'pass',
    'l3.queueing-upload': 'pass',
  });
  expect([...result.codes].sort()).toEqual(['bandwidth-low', 'bufferbloat']);
});
