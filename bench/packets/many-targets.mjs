// A thousand targets at once: are all answered, and what share of a processor does that take; beside fping, which is made for it.

import { createPair, MANY_ADDRESSES, PROGRAM, verdict } from './networks.mjs';

const TARGETS = 1000;
const COUNT = 10;
const INTERVAL_MS = 1000;

const address = (index) => `10.64.${Math.floor(index / 250)}.${(index % 250) + 1}`;

/** Standard output of the command, and behind it the processor time and the wall time that bash saw, in seconds. */
const TIMED = 'TIMEFORMAT="%U %S %R"; { time "$@" 2> /dev/null; } 2>&1';

/** @returns {Promise<string>} a section in Markdown */
export async function benchManyTargets() {
  const network = await createPair({ routes: MANY_ADDRESSES });
  try {
    const targets = Array.from({ length: TARGETS }, (_, index) => address(index));
    const near = network.host('near');
    const own = await timed(near, [
      process.execPath,
      PROGRAM,
      'latency',
      ...targets,
      '-c',
      String(COUNT),
      '-i',
      `${INTERVAL_MS}ms`,
      '--method',
      'icmp',
      '--json',
    ]);
    const latencies = JSON.parse(own.stdout).measurements.filter(({ probe }) => probe === 'latency');
    const clocks = [...new Set(latencies.map(({ data }) => data.clock))].join(' and ');
    const rows = [
      {
        name: `netdiag (${clocks} clock)`,
        sent: latencies.reduce((sum, { data }) => sum + data.sent, 0),
        received: latencies.reduce((sum, { data }) => sum + data.received, 0),
        ...own,
      },
    ];
    // fping writes its sums to standard error, where bash's own clock also writes: in a file of its own.
    const peer = await timed(near, [
      'sh',
      '-c',
      'exec fping -q -i 1 -c "$0" -p "$1" $2 2>&1',
      String(COUNT),
      String(INTERVAL_MS),
      targets.join(' '),
    ]);
    const sums = [...peer.stdout.matchAll(/xmt\/rcv\/%loss = (\d+)\/(\d+)\//g)];
    rows.push({
      name: 'fping',
      sent: sums.reduce((sum, match) => sum + Number(match[1]), 0),
      received: sums.reduce((sum, match) => sum + Number(match[2]), 0),
      ...peer,
    });
    const [netdiag] = rows;
    const share = netdiag.processorSeconds / netdiag.wallSeconds;
    return `### A thousand targets

${TARGETS} addresses behind a veth pair, ${COUNT} echoes to each, ${INTERVAL_MS} ms apart.

| instrument | counted packets sent | answered | processor time, s | wall time, s | share of a processor |
|---|---:|---:|---:|---:|---:|
${rows.map((row) => `| ${row.name} | ${row.sent} | ${row.received} | ${row.processorSeconds.toFixed(2)} | ${row.wallSeconds.toFixed(1)} | ${(row.processorSeconds / row.wallSeconds).toFixed(2)} |`).join('\n')}

- All answered: ${verdict(netdiag.sent === TARGETS * COUNT && netdiag.received === netdiag.sent)}.
- Under half a processor, from the start of the process to its end: ${verdict(share < 0.5)} (${share.toFixed(2)}).
`;
  } finally {
    await network.close();
  }
}

async function timed(host, command) {
  const { stdout } = await host.run('bash', ['-c', TIMED, 'bash', ...command], { timeoutMs: 120_000 });
  const lines = stdout.trimEnd().split('\n');
  const [user, system, wallSeconds] = (lines.pop() ?? '').split(' ').map(Number);
  return { stdout: lines.join('\n'), processorSeconds: user + system, wallSeconds };
}
