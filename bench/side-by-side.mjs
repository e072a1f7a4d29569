// A script of six steps with single tools against the full report, on the same three servers in the same network namespace.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureChild, median } from './child.mjs';

const NETWORK = fileURLToPath(new URL('network.sh', import.meta.url));
const SERVERS = ['broker-a.example.net', 'broker-b.example.net', 'broker-c.example.net'];
const TOOLS = ['unshare', 'ip', 'ping', 'dig', 'ss'];

/** @returns {Promise<string>} a section in Markdown; it says so where the comparison cannot be made here */
export async function benchSideBySide(rounds) {
  const heading = '### Against a script of single tools\n';
  const obstacle = findObstacle();
  if (obstacle !== null) return `${heading}\nNot measured: ${obstacle}.\n`;

  const folder = mkdtempSync(join(tmpdir(), 'netdiag-bench-'));
  try {
    const { makeCertificates } = await import('../dist/lab/certificate.js');
    const { ca, certificate, key } = await makeCertificates(SERVERS, []);
    for (const [name, pem] of Object.entries({ ca, cert: certificate, key }))
      writeFileSync(join(folder, `${name}.pem`), pem, { mode: 0o600 });
    const { status, stderr } = await measureChild('unshare', [...namespaceFlags(), 'bash', NETWORK, folder, String(rounds)], {
      env: { PATH: path() },
    });
    if (status !== 0) throw new Error(`network.sh ended with status ${status}: ${stderr}`);
    return `${heading}\n${table(folder, rounds)}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function path() {
  return `${process.env['PATH']}:/usr/local/sbin:/usr/sbin:/sbin`;
}

function namespaceFlags() {
  return [...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), '--mount', '--net', '--propagation', 'private'];
}

function findObstacle() {
  if (process.platform !== 'linux') return `network namespaces need Linux, this is ${process.platform}`;
  const env = { ...process.env, PATH: path() };
  for (const tool of TOOLS) if (spawnSync('sh', ['-c', `command -v ${tool}`], { env }).status !== 0) return `${tool} is not installed`;
  const tried = spawnSync(
    'unshare',
    [...namespaceFlags(), 'sh', '-c', 'mount -t tmpfs tmpfs /run && mkdir /run/netns && ip netns add probe'],
    { env },
  );
  return tried.status === 0 ? null : `network namespaces cannot be used here: ${String(tried.stderr).trim().split('\n')[0]}`;
}

function table(folder, rounds) {
  const times = { hand: [], netdiag: [] };
  for (const line of readFileSync(join(folder, 'times.txt'), 'utf8').trim().split('\n')) {
    const [name, ms] = line.split(' ');
    times[name].push(Number(ms));
  }
  const learned = readFileSync(join(folder, 'hand-1.txt'), 'utf8')
    .split('\n')
    .filter((line) => /^= .*: ./.test(line));
  const report = JSON.parse(readFileSync(join(folder, 'netdiag-1.json'), 'utf8'));
  const judged = report.checks.filter(({ status }) => status !== 'skip');
  const data = (probe) =>
    report.measurements.filter((entry) => entry.probe === probe && entry.attempt.kind === 'measured').map((entry) => entry.data);
  const roundTrips = [...data('latency'), ...data('loss')].reduce((sum, { received }) => sum + received, 0);
  const targets = (probe) => {
    const measured = report.measurements.filter(
      (entry) => entry.probe === probe && entry.target !== null && entry.attempt.kind === 'measured',
    );
    return new Set(measured.map(({ target }) => target)).size;
  };
  // Three servers with 3 pings each, 30 for the loss, 1 for the MTU.
  const handRoundTrips = 3 * 3 + 30 + 1;
  const hand = median(times.hand);
  const netdiag = median(times.netdiag);
  return `Three HTTPS servers behind a router, resolver at 1.1.1.1, all in network namespaces without delay of their own; rounds in turns: ${rounds}. The
script is \`bench/hand-script.sh\`; the report is \`netdiag full-report ${SERVERS.map((server) => `${server}:443`).join(' ')} --ca ca.pem\`
(verdict ${report.verdict}).

| | script | netdiag |
|---|---:|---:|
| wall time, median, ms | ${hand.toFixed(0)} | ${netdiag.toFixed(0)} |
| share of the script's time (at most 0.33) | 1 | ${(netdiag / hand).toFixed(2)} |
| things learned (lines of the script, checks judged) | ${learned.length} | ${judged.length} |
| round trips sampled | ${handRoundTrips} | ${roundTrips} |
| servers with latency | 3 | ${targets('latency')} |
| servers with loss | 1 | ${targets('loss')} |
| servers with path MTU | 1 | ${targets('mtu')} |
| servers with TCP 443 | 1 | ${targets('ports')} |
| servers with TLS and certificate | 0 | ${targets('tls')} |
`;
}
