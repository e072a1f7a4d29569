// Round trips on a veth pair, as netdiag, ping and fping give them, each held against the stamps of a capture of its very packets.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../child.mjs';
import { echoRoundTrips } from './capture.mjs';
import { createPair, FAR, PROGRAM, verdict } from './networks.mjs';

const COUNT = 200;
const INTERVAL_MS = 10;
const BUSY = fileURLToPath(new URL('busy.mjs', import.meta.url));

const netdiag = (...before) => [
  process.execPath,
  ...before,
  PROGRAM,
  'latency',
  FAR,
  '-c',
  String(COUNT),
  '-i',
  `${INTERVAL_MS}ms`,
  '--method',
  'icmp',
  '--json',
];
const readReport = (text) => {
  const { data } = JSON.parse(text).measurements.find(({ probe }) => probe === 'latency');
  return { roundTrips: data.samples.flatMap(({ rttMs }) => rttMs ?? []), clock: data.clock };
};

/** Each prints its samples by itself, with the digits that it has. */
const INSTRUMENTS = [
  { name: 'netdiag', command: netdiag(), read: readReport },
  { name: 'netdiag, 90 % busy', command: netdiag('--import', BUSY), read: readReport },
  {
    name: 'ping',
    command: ['ping', '-n', '-c', String(COUNT), '-i', String(INTERVAL_MS / 1000), FAR],
    read: (text) => ({ roundTrips: [...text.matchAll(/ time=([\d.]+) ms/g)].map((match) => Number(match[1])), clock: null }),
  },
  {
    name: 'fping',
    // -C prints every round trip of a target in one line, on standard error.
    command: ['sh', '-c', `fping -q -C ${COUNT} -p ${INTERVAL_MS} ${FAR} 2>&1`],
    read: (text) => ({
      roundTrips: (text.split(' : ')[1] ?? '')
        .trim()
        .split(' ')
        .map(Number)
        .filter((rtt) => !Number.isNaN(rtt)),
      clock: null,
    }),
  },
];

/** @returns {Promise<string>} a section in Markdown */
export async function benchRoundTrips(rounds) {
  const network = await createPair();
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-bench-'));
  try {
    const results = new Map(INSTRUMENTS.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const instrument of INSTRUMENTS) {
        results.get(instrument.name).push(await measure(network.host('near'), instrument, join(folder, 'capture.pcap')));
      }
    }
    return table(results, rounds);
  } finally {
    await network.close();
    rmSync(folder, { recursive: true });
  }
}

async function measure(host, instrument, file) {
  const capture = host.start('tcpdump', ['-i', 'eth0', '-n', '-w', file, '--time-stamp-precision=nano', '-Z', 'root', 'icmp']);
  await new Promise((resolve, reject) => {
    let said = '';
    capture.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('listening on')) resolve();
    });
    capture.then(() => reject(new Error(`tcpdump ended: ${said}`)));
  });
  const [command, ...args] = instrument.command;
  const result = await host.run(command, args, { timeoutMs: 60_000 });
  // Without a wake-up for each packet, which would slow the very packets that are timed, the kernel hands a block over within a second.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  capture.kill('SIGINT');
  await capture;
  const { roundTrips, clock } = instrument.read(result.stdout);
  const captured = [...echoRoundTrips(file).values()];
  if (roundTrips.length < COUNT * 0.9 || captured.length < COUNT * 0.9) {
    throw new Error(
      `${instrument.name}: ${roundTrips.length} samples, ${captured.length} captured: ${result.stderr || result.stdout.slice(0, 300)}`,
    );
  }
  return { own: median(roundTrips) * 1000, captured: median(captured) * 1000, clock };
}

function table(results, rounds) {
  const rows = [...results].map(([name, runs]) => {
    const errors = runs.map(({ own, captured }) => own - captured);
    return {
      name,
      own: median(runs.map(({ own }) => own)),
      captured: median(runs.map(({ captured }) => captured)),
      error: median(errors),
      clock: runs[0].clock,
    };
  });
  const of = (name) => rows.find((row) => row.name === name);
  const grown = Math.abs(of('netdiag, 90 % busy').error) - Math.abs(of('netdiag').error);
  const limit = Math.min(Math.abs(of('ping').error), Math.abs(of('fping').error));

  return `### Round trips against a capture

${COUNT} echoes, ${INTERVAL_MS} ms apart, over a veth pair between two network namespaces; ${rounds} rounds in turns; medians of the rounds. \`tcpdump\`
captures the packets of each run on the near end of the pair: its stamps are the truth here.

| instrument | median, µs | in the capture, µs | error, µs |
|---|---:|---:|---:|
${rows.map(({ name, own, captured, error, clock }) => `| ${name}${clock === null ? '' : ` (${clock} clock)`} | ${own.toFixed(1)} | ${captured.toFixed(1)} | ${error.toFixed(1)} |`).join('\n')}

- Error at most that of ping and of fping: ${verdict(Math.abs(of('netdiag').error) <= limit)} (${Math.abs(of('netdiag').error).toFixed(1)} against ${limit.toFixed(1)} µs).
- While the process is kept 90 % busy, the error grows by less than 10 µs: ${verdict(grown < 10)} (${grown.toFixed(1)} µs).
`;
}
