// What `netdiag host` costs, on a machine whose gateway, resolver, proxy and time server answer, and on one where all of them are dead; beside
// the tools that people run by hand for the same facts, and with a capture of everything that left the machine meanwhile.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../child.mjs';
import { loadNetworks, PROGRAM, verdict } from '../packets/networks.mjs';

const GATEWAY = '192.0.2.1';
const MACHINE = '192.0.2.2';
const PROXY_PORT = 3128;
const WITHIN_MS = 1500;

/** The facts of `netdiag host`, as far as these tools know them. */
const BY_HAND = `
ip -d -s link; ip address; ip route show table all; ip -6 route show table all; ip rule; ip neighbour
ss -s; ss -ltnup; nft list ruleset; iptables-save; ip6tables-save
sysctl -a 2>/dev/null | grep ^net; nstat -az; cat /etc/resolv.conf /etc/hosts /etc/nsswitch.conf
ping -c 25 -i 0.02 -W 1 ${GATEWAY}
dig +time=1 +tries=2 @${GATEWAY} app.example.net; dig +time=1 +tries=2 @${GATEWAY} app.example.net
curl -s -o /dev/null --max-time 1 -x http://${GATEWAY}:${PROXY_PORT} http://${GATEWAY}/
ntpdate -q ${GATEWAY}
systemd-detect-virt; uname -a`;

/** @returns {Promise<string>} a section in Markdown */
export async function benchAudit(rounds) {
  const alive = await withMachine(true, (near) => inTurns(near, rounds));
  const dead = await withMachine(false, (near) => inTurns(near, rounds));
  const row = (name, { ours, hands }) =>
    `| ${name} | ${median(ours).toFixed(0)} | ${Math.max(...ours).toFixed(0)} | ${median(hands).toFixed(0)} | ${(median(ours) / median(hands)).toFixed(2)} |`;
  const strangers = [...alive.others, ...dead.others];
  return `### This machine, read whole

\`netdiag host\` in a namespace with a gateway that is also resolver (dnsmasq), proxy (tinyproxy) and time server (chronyd), and in one where
that host drops everything. By hand: \`ip\`, \`ss\`, \`nft\`, \`iptables-save\`, \`sysctl\`, \`nstat\`, \`ping\`, \`dig\`, \`curl\`, \`ntpdate\` one after the other. As root,
${rounds} rounds in turns.

| | netdiag, median, ms | at most, ms | by hand, median, ms | ratio |
|---|---:|---:|---:|---:|
${row('all answer', alive)}
${row('all are dead', dead)}

- Within ${WITHIN_MS} ms where all answer: ${verdict(median(alive.ours) <= WITHIN_MS)}; where all are dead: ${verdict(median(dead.ours) <= WITHIN_MS)}.
- Packets to anybody but gateway, resolver, proxy and time server, by tcpdump over all runs: ${strangers.length === 0 ? 'none' : `**${strangers.join(', ')}**`} (of ${alive.packets + dead.packets} that left).
`;
}

async function withMachine(answers, measure) {
  const { createNetwork } = await loadNetworks();
  const ends = [
    { host: 'near', interface: 'eth0', addresses: [`${MACHINE}/24`] },
    { host: 'far', interface: 'eth0', addresses: [`${GATEWAY}/24`] },
  ];
  const network = await createNetwork({
    hosts: ['near', 'far'],
    links: [{ ends }],
    routes: { near: [`default via ${GATEWAY}`] },
    resolvers: { near: [GATEWAY] },
  });
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-bench-audit-'));
  try {
    const [near, far] = [network.host('near'), network.host('far')];
    if (answers) await startServices(far, folder);
    else await far.nft('input', 'drop');
    return await measure(near);
  } finally {
    await network.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startServices(far, folder) {
  far.start('dnsmasq', [
    ...['--keep-in-foreground', '--no-resolv', '--no-hosts', '--conf-file=/dev/null', '--pid-file=', '--user=root', '--bind-interfaces'],
    ...[`--listen-address=${GATEWAY}`, '--address=/example.net/192.0.2.80', '--address=/example.com/192.0.2.81'],
  ]);
  writeFileSync(join(folder, 'tinyproxy.conf'), `Port ${PROXY_PORT}\nListen ${GATEWAY}\nTimeout 10\nMaxClients 10\nAllow 192.0.2.0/24\n`);
  far.start('tinyproxy', ['-d', '-c', join(folder, 'tinyproxy.conf')]);
  writeFileSync(
    join(folder, 'chrony.conf'),
    `local stratum 3\nallow all\nbindaddress ${GATEWAY}\ncmdport 0\npidfile ${join(folder, 'chronyd.pid')}\n`,
  );
  far.start('chronyd', ['-d', '-x', '-u', 'root', '-f', join(folder, 'chrony.conf')]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

async function inTurns(near, rounds) {
  const env = { http_proxy: `http://${GATEWAY}:${PROXY_PORT}` };
  const [ours, hands, others] = [[], [], new Set()];
  let packets = 0;
  for (let round = -1; round < rounds; round++) {
    const capture = near.start('tcpdump', ['-i', 'eth0', '-n', '-l', '-q', '-Q', 'out']);
    await new Promise((resolve) => capture.stderr.on('data', (chunk) => String(chunk).includes('listening') && resolve()));
    let captured = '';
    capture.stdout.on('data', (chunk) => {
      captured += chunk;
    });
    const began = performance.now();
    const { stdout } = await near.run(process.execPath, [PROGRAM, 'host', '--time-server', GATEWAY, '--json'], { env });
    const took = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 200));
    capture.kill('SIGINT');
    await capture.catch(() => {});
    if (JSON.parse(stdout).command !== 'host') throw new Error('no report');
    const left = captured.split('\n').filter((line) => line !== '');
    packets += left.length;
    for (const line of left) {
      const to = / > ((?:\d+\.){3}\d+|[\da-f:]*:[\da-f:]*)(?:\.\d+)?: /.exec(line)?.[1] ?? /who-has ([\d.]+)/.exec(line)?.[1] ?? line;
      if (to !== GATEWAY && !isOwnLink(line)) others.add(to);
    }
    const started = performance.now();
    await near.run('sh', ['-c', BY_HAND], { env, timeoutMs: 60_000 });
    if (round >= 0) {
      ours.push(took);
      hands.push(performance.now() - started);
    }
  }
  return { ours, hands, others: [...others], packets };
}

/** ARP for our own address (is it claimed twice?), answers to the gateway's ARP, and what IPv6 says on its own link. */
function isOwnLink(line) {
  return line.includes(`who-has ${MACHINE}`) || /ARP, .*Reply/i.test(line) || / ff02::|fe80::/.test(line);
}
