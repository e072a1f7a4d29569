// Connect scans beside nmap's, which is made for it: every port of loopback, and ports behind a firewall that drops.

import { once } from 'node:events';
import { median } from '../child.mjs';
import { createPair, dataOf, FAR, PROGRAM } from './networks.mjs';

const OPEN_PORTS = [22, 443, 5432, 8080, 31_337, 65_535];
const FILTERED_PORTS = '1-1000';
const OPEN_BEHIND_FIREWALL = [80];
const ROUND_TRIP_MS = 50;

/** Listens on the ports of its arguments until its standard input ends. */
const LISTENER = `const net = require('node:net');
const ports = process.argv.slice(1).map(Number);
Promise.all(ports.map((port) => new Promise((done) => net.createServer((socket) => socket.destroy()).listen(port, '0.0.0.0', done)))).then(() => console.log('ready'));
process.stdin.resume().on('end', () => process.exit());`;

/** @returns {Promise<string>} a section in Markdown */
export async function benchPortScans(rounds) {
  const network = await createPair({ impairment: { delayMs: ROUND_TRIP_MS / 2 } });
  try {
    const near = network.host('near');
    const far = network.host('far');
    await listen(near, OPEN_PORTS);
    await listen(far, OPEN_BEHIND_FIREWALL);
    await far.nft('input', `tcp dport != ${OPEN_BEHIND_FIREWALL[0]} drop`);
    const everything = await sideBySide(near, rounds, '127.0.0.1', '1-65535', ['-T5']);
    const filtered = await sideBySide(near, rounds, FAR, FILTERED_PORTS, ['-Pn']);
    return `### Port scans beside nmap

\`netdiag ports ADDRESS -p LIST --no-banner\` against \`nmap -sT -n\`, in turns, ${rounds} rounds, medians; both print a table,
as the same user. The answers are compared with those of a second run with \`--json\`.

| what | netdiag, s | nmap, s | share of nmap's time | same answer |
|---|---:|---:|---:|---|
${row('65,535 ports of loopback, 6 open (`nmap -p- -T5`)', everything)}
${row(`1000 ports at ${ROUND_TRIP_MS} ms, 1 open, 999 dropped (\`nmap -Pn\`)`, filtered)}
`;
  } finally {
    await network.close();
  }
}

async function listen(host, ports) {
  const listener = host.start(process.execPath, ['-e', LISTENER, ...ports.map(String)]);
  await Promise.race([once(listener.stdout, 'data'), listener.then(({ stderr }) => Promise.reject(new Error(stderr)))]);
}

async function sideBySide(host, rounds, address, ports, flags) {
  const times = { netdiag: [], nmap: [] };
  let same = true;
  for (let round = 0; round < rounds; round++) {
    const scan = [PROGRAM, 'ports', address, '-p', ports, '--no-banner'];
    const own = await host.run(process.execPath, scan, { timeoutMs: 120_000 });
    const told = await host.run(process.execPath, [...scan, '--json'], { timeoutMs: 120_000 });
    const peer = await host.run('nmap', ['-sT', '-n', ...flags, '-p', ports, '-oG', '-', address], { timeoutMs: 300_000 });
    times.netdiag.push(own.elapsedMs / 1000);
    times.nmap.push(peer.elapsedMs / 1000);
    const data = dataOf(told.stdout, 'ports');
    const answered = data.ports.filter(({ state }) => state === 'open').map(({ port }) => port);
    const listed = [...peer.stdout.matchAll(/(\d+)\/open\/tcp/g)].map((match) => Number(match[1]));
    const [from, to] = ports.split('-').map(Number);
    same &&= answered.join() === listed.join() && answered.length > 0 && data.ports.length === to - from + 1;
  }
  return { netdiag: median(times.netdiag), nmap: median(times.nmap), same };
}

function row(what, { netdiag, nmap, same }) {
  const share = netdiag / nmap;
  return `| ${what} | ${netdiag.toFixed(2)} | ${nmap.toFixed(2)} | ${share.toFixed(2)}${share <= 1 ? '' : ' **missed**'} | ${same ? 'yes' : '**no**'} |`;
}
