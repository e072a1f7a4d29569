// How often the interval that `loss` gives holds the truth: a link that loses a set share, and as many measurements as the table says.

import { createPair, MANY_ADDRESSES, PROGRAM, verdict } from './networks.mjs';

const RATIOS = [0, 0.005, 0.01, 0.05, 0.2];
const RUNS = 200;
const PROBES = 200;
const INTERVAL_MS = 50;
const LEAST_COVERAGE = 0.93;

const address = (index) => `10.64.0.${index + 1}`;

/** @returns {Promise<string>} a section in Markdown */
export async function benchLossIntervals() {
  const network = await createPair({ impairment: { delayMs: 1 }, routes: MANY_ADDRESSES });
  try {
    const link = network.link('near-far');
    const targets = Array.from({ length: RUNS }, (_, index) => address(index));
    const rows = [];
    for (const lossRatio of RATIOS) {
      // Lost on the way there only: the share of round trips that fail is then the share that was set.
      await link.set({ delayMs: 1, lossRatio }, { from: 'near' });
      const before = await link.counters('near');
      const { stdout } = await network
        .host('near')
        .run(
          process.execPath,
          [PROGRAM, 'loss', ...targets, '-c', String(PROBES), '-i', `${INTERVAL_MS}ms`, '--method', 'icmp', '--json'],
          { timeoutMs: 120_000 },
        );
      const after = await link.counters('near');
      const losses = JSON.parse(stdout).measurements.filter(({ probe }) => probe === 'loss');
      const holds = losses.filter(
        ({ data }) => data.interval !== null && data.interval.lowRatio <= lossRatio && lossRatio <= data.interval.highRatio,
      );
      rows.push({
        lossRatio,
        runs: losses.length,
        sent: losses.reduce((sum, { data }) => sum + data.sent, 0),
        lost: losses.reduce((sum, { data }) => sum + data.lost, 0),
        dropped: after.lost - before.lost,
        coverage: holds.length / RUNS,
        width: losses.reduce((sum, { data }) => sum + (data.interval.highRatio - data.interval.lowRatio), 0) / losses.length,
      });
    }
    const met = rows.every(({ coverage }) => coverage >= LEAST_COVERAGE);
    return `### Intervals of loss against a link that loses

A user-space link that drops each packet by itself with the given probability, on the way there; ${RUNS} measurements of ${PROBES} probes each
(\`netdiag loss\` with ${RUNS} addresses of one host). What the link itself counted stands beside what netdiag found.

| set | measurements | sent | dropped by the link | lost by netdiag | interval holds the set share | mean width |
|---:|---:|---:|---:|---:|---:|---:|
${rows.map((row) => `| ${percent(row.lossRatio)} | ${row.runs} | ${row.sent} | ${row.dropped} | ${row.lost} | ${percent(row.coverage)} | ${percent(row.width)} |`).join('\n')}

The interval holds the truth in at least ${percent(LEAST_COVERAGE)} of the measurements: ${verdict(met)}.
`;
  } finally {
    await network.close();
  }
}

function percent(ratio) {
  return `${(ratio * 100).toFixed(1)} %`;
}
