// Whether `loss --path` names the hop at which a path loses packets, and none where it loses none.

import { dataOf, loadChains, PROGRAM, verdict } from './networks.mjs';

const HOPS = 5;
const LIMITED_HOP = 4;
const LOSS_RATIO = 0.1;
/** The last hop is the target. */
const PLACES = [2, 3, HOPS];
const LEAST_RIGHT = 0.95;
/** Measurements that run side by side: most of their time is waiting. */
const AT_ONCE = 6;

/** @returns {Promise<string>} a section in Markdown */
export async function benchLossPlaces(runs) {
  const { createChain } = await loadChains();
  // Every link is a user-space one, so that any of them can be told to lose.
  const links = Object.fromEntries(Array.from({ length: HOPS }, (_, index) => [index + 1, { impairment: { delayMs: 1 } }]));
  const chain = await createChain({ hops: HOPS, links, icmpErrorIntervalMs: { [LIMITED_HOP]: 1000 } });
  try {
    const rows = [];
    for (const place of [...PLACES, null]) {
      for (let hop = 1; hop <= HOPS; hop++) {
        const { link, out } = chain.link(hop);
        await link.set({ delayMs: 1, lossRatio: hop === place ? LOSS_RATIO : 0 }, { from: out, seed: 1 });
      }
      const named = new Map();
      const walls = [];
      for (let run = 0; run < runs; run += AT_ONCE) {
        const batch = Array.from({ length: Math.min(AT_ONCE, runs - run) }, () => measure(chain));
        for (const { start, elapsedMs } of await Promise.all(batch)) {
          const key = start === null ? 'none' : String(start);
          named.set(key, (named.get(key) ?? 0) + 1);
          walls.push(elapsedMs / 1000);
        }
      }
      const right = named.get(place === null ? 'none' : String(place)) ?? 0;
      rows.push({ place, right, named: [...named].map(([hop, times]) => `${hop}: ${times}`).join(', '), longest: Math.max(...walls) });
    }
    const healthy = rows.find(({ place }) => place === null);
    const met = rows.every(({ place, right }) => place === null || right / runs >= LEAST_RIGHT) && healthy.right === runs;
    return `### Loss placed by hop

A path of ${HOPS} hops; the router at hop ${LIMITED_HOP} sends no more than one ICMP error a second to one address (Linux's own limit), the others as many as they
are asked for. One link, on the way there, drops ${(LOSS_RATIO * 100).toFixed(0)} % of the packets; \`netdiag loss TARGET --path\`, ${runs} runs each.

| loss begins at hop | named, how often | right | longest, s |
|---|---|---:|---:|
${rows.map(({ place, right, named, longest }) => `| ${place === null ? 'nowhere' : place === HOPS ? `${place}, the target` : place} | ${named} | ${right} of ${runs} | ${longest.toFixed(1)} |`).join('\n')}

Right in at least ${(LEAST_RIGHT * 100).toFixed(0)} %, and nothing blamed on the healthy path: ${verdict(met)}.
`;
  } finally {
    await chain.close();
  }
}

async function measure(chain) {
  const { stdout, elapsedMs } = await chain.here.run(process.execPath, [PROGRAM, 'loss', chain.target.ipv4, '--path', '--json'], {
    timeoutMs: 120_000,
  });
  return { start: dataOf(stdout, 'loss').path?.start?.ttl ?? null, elapsedMs };
}
