// Two thousand names through one resolver, 25 ms away in each direction: netdiag, and dig one by one. The resolver is unbound, which serves
// the zone itself, so that nothing but the way and the client takes time.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPair, FAR, PROGRAM, verdict } from '../packets/networks.mjs';

const NAMES = 2000;
/** dig takes the same time for each name, so that a part of them tells how long all would take. */
const NAMES_OF_DIG = 100;
const DELAY_MS = 25;
const TIMES_FASTER = 20;
const READY_ROUNDS = 50;

const nameOf = (index) => `host${index}.bench.test`;
const addressOf = (index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;

const TRANSPORTS = [
  { name: 'netdiag, UDP', server: FAR },
  { name: 'netdiag, TCP', server: `tcp://${FAR}` },
];

/** @returns {Promise<string>} a section in Markdown */
export async function benchManyNames() {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-bench-names-'));
  const network = await createPair({ impairment: { delayMs: DELAY_MS } });
  try {
    await startUnbound(network.host('far'), network.host('near'), folder);
    const near = network.host('near');
    const list = join(folder, 'names');
    writeFileSync(list, Array.from({ length: NAMES }, (_, index) => `${nameOf(index)}\n`).join(''));
    const rows = [];
    for (const { name, server } of TRANSPORTS) rows.push({ name, ...(await byNetdiag(near, list, server)) });
    const dig = await byDig(near);
    const [udp] = rows;
    const times = (row) => dig.seconds / row.seconds;
    return `### ${NAMES} names through one resolver

A records of ${NAMES} names of one zone, from unbound ${DELAY_MS} ms away in each direction; from the start of the process to its end. dig was run
on ${NAMES_OF_DIG} of the names, one after the other, and its time is scaled to all of them.

| instrument | names | right answers | wall time, s | names a second | times dig |
|---|---:|---:|---:|---:|---:|
${rows.map((row) => `| ${row.name} | ${NAMES} | ${row.right} | ${row.seconds.toFixed(2)} | ${(NAMES / row.seconds).toFixed(0)} | ${times(row).toFixed(0)} |`).join('\n')}
| dig, one by one (scaled) | ${NAMES_OF_DIG} | ${dig.right} | ${dig.seconds.toFixed(1)} | ${(NAMES / dig.seconds).toFixed(1)} | 1 |

- No answer lost: ${verdict(rows.every(({ right }) => right === NAMES))}.
- At least ${TIMES_FASTER} times the rate of dig: ${verdict(times(udp) >= TIMES_FASTER)} (${times(udp).toFixed(0)} over UDP).
`;
  } finally {
    await network.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byNetdiag(near, list, server) {
  const startedMs = performance.now();
  const { stdout } = await near.run(process.execPath, [PROGRAM, 'dns', '--names', list, '--type', 'A', '--server', server, '--json'], {
    timeoutMs: 120_000,
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const answers = new Map(JSON.parse(stdout).measurements.map(({ data }) => [data.name, data.answers[0]?.data]));
  const right = Array.from({ length: NAMES }, (_, index) => index).filter((index) => answers.get(nameOf(index)) === addressOf(index));
  return { seconds, right: right.length };
}

async function byDig(near) {
  const script = `for index in $(seq 0 ${NAMES_OF_DIG - 1}); do dig -r +short @${FAR} host$index.bench.test A; done`;
  const startedMs = performance.now();
  const { stdout } = await near.run('sh', ['-c', script], { timeoutMs: 120_000 });
  const seconds = ((performance.now() - startedMs) / 1000) * (NAMES / NAMES_OF_DIG);
  const lines = stdout.trim().split('\n');
  return { seconds, right: lines.filter((line, index) => line === addressOf(index)).length };
}

async function startUnbound(far, near, folder) {
  const records = Array.from({ length: NAMES }, (_, index) => `host${index} 300 IN A ${addressOf(index)}`);
  writeFileSync(
    join(folder, 'zone'),
    ['$ORIGIN bench.test.', '@ 300 IN SOA ns host 1 2 3 4 60', '@ 300 IN NS ns', `ns 300 IN A ${FAR}`, ...records, ''].join('\n'),
  );
  writeFileSync(
    join(folder, 'unbound.conf'),
    `server:
  use-syslog: no
  logfile: ""
  username: ""
  chroot: ""
  pidfile: ""
  directory: "${folder}"
  interface: ${FAR}
  access-control: 0.0.0.0/0 allow
  module-config: "iterator"
  local-zone: "test." nodefault
remote-control:
  control-enable: no
auth-zone:
  name: "bench.test"
  zonefile: "zone"
  for-upstream: no
  for-downstream: yes
`,
  );
  // Ends with the network.
  far.start('unbound', ['-d', '-c', join(folder, 'unbound.conf')]).catch(() => {});
  for (let round = 0; round < READY_ROUNDS; round++) {
    const { stdout } = await near.run('dig', ['-r', '+short', '+tries=1', '+time=1', `@${FAR}`, nameOf(0), 'A'], { timeoutMs: 5000 });
    if (stdout.trim() === addressOf(0)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('unbound does not answer');
}
