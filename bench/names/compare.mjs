// Eight resolvers at once, one of them dead: when the answers of the other seven are shown, and when the comparison is done.

import { median } from '../child.mjs';
import { createPair, dataOf, FAR, PROGRAM, verdict } from '../packets/networks.mjs';

const ONE_WAY_MS = 25;
const RESOLVERS = 8;
const NAME = 'app.example.net';
const ADDRESS = '192.0.2.80';
const SHOWN_WITHIN_MS = 300;
/** Of `dns`: 2 s for each of two datagrams. */
const DEAD_AFTER_MS = 4000;
/** For what stands around the last wait: the end of a process on a busy machine. */
const DONE_WITHIN_MS = DEAD_AFTER_MS + 500;

const addressOf = (index) => `10.64.0.${index + 1}`;
const addresses = Array.from({ length: RESOLVERS }, (_, index) => addressOf(index));
const dead = addressOf(RESOLVERS - 1);
const nowMs = () => performance.timeOrigin + performance.now();

/** @returns {Promise<string>} a section in Markdown */
export async function benchComparison(rounds) {
  const network = await createPair({ impairment: { delayMs: ONE_WAY_MS }, routes: { near: [`10.64.0.0/16 via ${FAR}`] } });
  try {
    const [near, far] = [network.host('near'), network.host('far')];
    await far.ip(...addresses.map((address) => `address add ${address}/32 dev lo`));
    await far.nft('input', `ip daddr ${dead} drop`);
    far.start('dnsmasq', [
      ...['--keep-in-foreground', '--no-resolv', '--no-hosts', '--conf-file=/dev/null', '--pid-file=', '--user=root', '--bind-interfaces'],
      ...addresses.map((address) => `--listen-address=${address}`),
      ...[`--address=/${NAME}/${ADDRESS}`, '--local=/net/', '--local=/invalid/'],
    ]);
    await whenAnswered(near);

    const seen = [];
    for (let round = 0; round < rounds; round++) seen.push(await compareOnce(near));
    const figure = (of) => median(seen.map(of)).toFixed(0);
    const right = seen.filter(({ agree, silent }) => agree === RESOLVERS - 1 && silent === 1).length;
    const shown = median(seen.map(({ shownMs }) => shownMs));
    const done = median(seen.map(({ doneMs }) => doneMs));
    return `### ${RESOLVERS} resolvers compared, one of them dead

\`netdiag dns ${NAME} --compare --type A --no-well-known --progress\` with ${RESOLVERS} \`--server\`, addresses of a host behind a link of ${ONE_WAY_MS} ms each way; seven
are dnsmasq, at the eighth packets vanish. \`--progress\` writes each answer to stderr, as a terminal shows it. Counted by tcpdump's time of the
first datagram; ${rounds} rounds, medians.

| | from the first datagram, ms | from the start of the process, ms |
|---|---:|---:|
| first answer shown | ${figure(({ firstMs }) => firstMs)} | ${figure(({ firstMs, startMs }) => firstMs + startMs)} |
| all seven shown | ${figure(({ shownMs }) => shownMs)} | ${figure(({ shownMs, startMs }) => shownMs + startMs)} |
| done | ${figure(({ doneMs }) => doneMs)} | ${figure(({ doneMs, startMs }) => doneMs + startMs)} |

- All seven shown within ${SHOWN_WITHIN_MS} ms: ${verdict(shown <= SHOWN_WITHIN_MS)}. Done at the time-out of the dead one, two datagrams of 2 s: ${verdict(done <= DONE_WITHIN_MS && done >= DEAD_AFTER_MS)}. Seven agree and one is silent: ${verdict(right === rounds)} (${right} of ${rounds}).
`;
  } finally {
    await network.close();
  }
}

async function whenAnswered(near) {
  for (let attempt = 0; attempt < 50; attempt++) {
    const { stdout } = await near.run('dig', ['+short', '+time=1', '+tries=1', `@${addresses[0]}`, NAME]);
    if (stdout.trim() === ADDRESS) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('dnsmasq does not answer');
}

/** One run: when what was seen, from the first datagram on, in milliseconds. */
async function compareOnce(near) {
  const capture = near.start('tcpdump', ['-i', 'eth0', '-n', '-tt', '-l', '-U', '-c', '1', 'udp', 'dst', 'port', '53']);
  await new Promise((resolve) => capture.stderr.on('data', (chunk) => String(chunk).includes('listening') && resolve()));
  const startedMs = nowMs();
  const servers = addresses.flatMap((address) => ['--server', address]);
  const child = near.start(process.execPath, [
    ...[PROGRAM, 'dns', NAME, '--compare', '--type', 'A', '--no-well-known', '--progress', '--json'],
    ...servers,
  ]);
  const shown = [];
  child.stderr.on('data', (chunk) => {
    const lines = String(chunk)
      .split('\n')
      .filter((line) => line.includes(`: ${ADDRESS}`));
    for (const _ of lines) shown.push(nowMs());
  });
  const { stdout } = await child;
  const doneMs = nowMs();
  const firstMs = Number.parseFloat((await capture).stdout) * 1000;
  const rows = dataOf(stdout, 'dns-comparison').servers;
  const count = (classification) => rows.filter((row) => row.classification === classification).length;
  return {
    startMs: firstMs - startedMs,
    firstMs: (shown[0] ?? Number.NaN) - firstMs,
    shownMs: (shown[RESOLVERS - 2] ?? Number.NaN) - firstMs,
    doneMs: doneMs - firstMs,
    agree: count('agrees'),
    silent: count('silent'),
  };
}
