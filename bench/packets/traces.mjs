// A path of thirty hops beside mtr, which is made for it: how long, and whether both name the same routers.

import { median } from '../child.mjs';
import { dataOf, loadChains, PROGRAM, verdict } from './networks.mjs';

const HOPS = 30;
const ROUND_TRIP_MS = 100;

/** @returns {Promise<string>} a section in Markdown */
export async function benchTraces(rounds) {
  const { createChain } = await loadChains();
  const chain = await createChain({ hops: HOPS, links: { 1: { impairment: { delayMs: ROUND_TRIP_MS / 2 } } } });
  try {
    const target = chain.target.ipv4;
    const truth = Array.from({ length: HOPS }, (_, index) => chain.addresses(index + 1).ipv4).join();
    const times = { netdiag: [], mtr: [] };
    const right = { netdiag: 0, mtr: 0 };
    for (let round = 0; round < rounds; round++) {
      const own = await chain.here.run(process.execPath, [PROGRAM, 'route', target, '--cycles', '1', '--no-names', '--json'], {
        timeoutMs: 60_000,
      });
      times.netdiag.push(own.elapsedMs / 1000);
      if (
        dataOf(own.stdout, 'route')
          .hops.map(({ addresses }) => addresses[0])
          .join() === truth
      )
        right.netdiag++;
      const peer = await chain.here.run('mtr', ['-r', '-n', '-c', '1', '-m', String(HOPS + 5), '--csv', target], { timeoutMs: 120_000 });
      times.mtr.push(peer.elapsedMs / 1000);
      const listed = peer.stdout.trim().split('\n').slice(1);
      if (listed.map((line) => line.split(',')[5]).join() === truth) right.mtr++;
    }
    const [netdiag, mtr] = [median(times.netdiag), median(times.mtr)];
    return `### A trace of ${HOPS} hops

${HOPS - 1} routers in network namespaces, ${ROUND_TRIP_MS} ms of round trip on the first link; \`netdiag route TARGET --cycles 1 --no-names\` against
\`mtr -r -n -c 1\`, ${rounds} rounds in turns, medians; from the start of the process to its end.

| | wall time, s | every router right |
|---|---:|---:|
| netdiag | ${netdiag.toFixed(2)} | ${right.netdiag} of ${rounds} |
| mtr | ${mtr.toFixed(2)} | ${right.mtr} of ${rounds} |

- At most half of mtr's time: ${verdict(netdiag <= mtr / 2)} (${(netdiag / mtr).toFixed(2)}). Under 2 s: ${verdict(netdiag < 2)}. Same hops: ${verdict(right.netdiag === rounds)}.
`;
  } finally {
    await chain.close();
  }
}
