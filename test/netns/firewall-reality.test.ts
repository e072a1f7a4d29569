import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FilterTable } from '../../src/model/packet-filter.js';
import type { PacketFacts } from '../../src/probes/firewall/packet.js';
import { inward, outward } from '../../src/probes/firewall/way.js';
import { seeded } from '../fakes/seeded.js';
import * as lane from './firewall-lane.js';
import { IPTABLES_RULE_SETS, NFT_RULE_SETS, type RuleSet, randomRuleSets } from './firewall-rule-sets.js';
import { createNetwork, type Network, namespaceRefusal } from './network.js';

/**
 * The rules as they were read say what happens to a packet; the kernel shows what does. Both must agree wherever the rules are said to be
 * clear, over every engine.
 */
const LANES = 4;
/** `FIREWALL_SETS=400` tries so many. */
const CHANCE_SETS = Number(process.env['FIREWALL_SETS'] ?? 24);
const SEED = 20_261_122;

let network: Network | null = null;
let pairs: lane.Lane[] = [];
let refusal: string | null = null;
let legacyRefusal: string | null = null;

beforeAll(async () => {
  refusal = (await namespaceRefusal()) ?? (process.getuid?.() === 0 ? null : 'the filters of an ordinary user are not read by the probe');
  if (refusal !== null) return;
  const made = await createNetwork(lane.lanes(LANES));
  network = made;
  const legacy = await made.host('machine0').run('iptables-legacy', ['-S']);
  if (legacy.exitCode !== 0) legacyRefusal = `this kernel has no iptables-legacy: ${legacy.stderr.trim()}`;
  pairs = await Promise.all(Array.from({ length: LANES }, (_, index) => lane.Lane.open(made, index)));
}, 30_000);
afterAll(() => network?.close());

const INWARD: readonly lane.Try[] = lane.PORTS.flatMap((port) => [
  ...[lane.OUTSIDE, lane.OUTSIDE_OTHER, lane.FOREIGN].map(
    (source) => ({ direction: 'in', family: 4, protocol: 'tcp', source, to: lane.MACHINE, port }) as const,
  ),
  { direction: 'in', family: 4, protocol: 'tcp', source: lane.OUTSIDE_SECOND, to: lane.MACHINE_SECOND, port },
  { direction: 'in', family: 6, protocol: 'tcp', source: lane.OUTSIDE_V6, to: lane.MACHINE_V6, port },
]);
const INWARD_UDP: readonly lane.Try[] = [80, 443, 30_000].flatMap((port) => [
  ...[lane.OUTSIDE, lane.FOREIGN].map(
    (source) => ({ direction: 'in', family: 4, protocol: 'udp', source, to: lane.MACHINE, port }) as const,
  ),
  { direction: 'in', family: 6, protocol: 'udp', source: lane.OUTSIDE_V6, to: lane.MACHINE_V6, port },
]);
const OUTWARD: readonly lane.Try[] = [22, 80, 443].flatMap((port) => [
  { direction: 'out', family: 4, protocol: 'tcp', source: lane.MACHINE, to: lane.OUTSIDE, port },
  { direction: 'out', family: 4, protocol: 'tcp', source: lane.MACHINE, to: lane.OUTSIDE, port, user: 65_534 },
  { direction: 'out', family: 4, protocol: 'udp', source: lane.MACHINE, to: lane.OUTSIDE, port },
  { direction: 'out', family: 4, protocol: 'tcp', source: lane.MACHINE_SECOND, to: lane.OUTSIDE_SECOND, port },
  { direction: 'out', family: 6, protocol: 'tcp', source: lane.MACHINE_V6, to: lane.OUTSIDE_V6, port },
]);
const TRIES = [...INWARD, ...INWARD_UDP, ...OUTWARD];

const CLIENT_PORT = 50_123;

/** What the rules say: of what goes out, and where it does, of its answer. */
function said(tables: readonly FilterTable[], { direction, family, protocol, source, to, port, user = 0 }: lane.Try) {
  const budget = { left: 100_000 };
  const link = [source, to].some((address) => address.startsWith('198.51.100.')) ? 'eth1' : 'eth0';
  const facts = { family, protocol, source, destination: to, sourcePort: CLIENT_PORT, destinationPort: port, state: 'new' } as const;
  const back = { ...facts, source: to, destination: source, sourcePort: port, destinationPort: CLIENT_PORT, state: 'established' } as const;
  const sent = (given: PacketFacts) => outward(tables, { ...given, output: link, user, group: user }, budget);
  const came = (given: PacketFacts) => inward(tables, { ...given, input: link }, budget);
  const first = direction === 'in' ? came({ ...facts, destinationType: 'local' }) : sent({ ...facts, destinationType: 'unicast' });
  if (first.verdict !== 'accept') return first;
  const answer = direction === 'in' ? sent({ ...back, destinationType: 'unicast' }) : came({ ...back, destinationType: 'local' });
  // Rules that let in a beginning and not what follows it leave the connection half open: who sees what then is chance.
  const third =
    direction === 'in'
      ? came({ ...facts, state: 'established', destinationType: 'local' })
      : sent({ ...facts, state: 'established', destinationType: 'unicast' });
  if (answer.verdict === 'accept' && third.verdict !== 'accept') return null;
  // A refused answer is refused to who gave it: who asked hears nothing.
  return answer.verdict === 'reject' ? { ...answer, verdict: 'drop' as const } : answer;
}

interface Tally {
  sets: number;
  compared: number;
  unclear: number;
  halfOpen: number;
  wrong: string[];
  outcomes: Record<string, number>;
}

async function compare(sets: readonly RuleSet[]): Promise<Tally> {
  const tally: Tally = { sets: 0, compared: 0, unclear: 0, halfOpen: 0, wrong: [], outcomes: {} };
  const waiting = [...sets];
  const work = async (pair: lane.Lane) => {
    for (let set = waiting.shift(); set !== undefined; set = waiting.shift()) {
      await pair.clear();
      await pair.load(set.script);
      const tables = await pair.rules();
      const fates = TRIES.map((one) => said(tables, one));
      const agrees = (place: number, outcome: string | undefined) => {
        const verdict = fates[place]?.verdict;
        if (verdict === undefined) return true;
        // A refusal by ICMP does not always get to who sent a datagram.
        return verdict === outcome || (TRIES[place]?.protocol === 'udp' && verdict === 'reject' && outcome === 'drop');
      };
      const outcomes = await pair.really(TRIES);
      // Silence for so short a time can be a busy machine.
      const doubtful = TRIES.flatMap((one, place) =>
        fates[place]?.verdict === 'depends' || agrees(place, outcomes[place]) ? [] : [{ one, place }],
      );
      const again = await pair.really(
        doubtful.map(({ one }) => one),
        true,
      );
      for (const [nth, { place }] of doubtful.entries()) outcomes[place] = again[nth] ?? 'nothing';
      tally.sets++;
      for (const [place, one] of TRIES.entries()) {
        const fate = fates[place];
        if (fate == null) {
          tally.halfOpen++;
          continue;
        }
        if (fate.verdict === 'depends') {
          tally.unclear++;
          continue;
        }
        tally.compared++;
        tally.outcomes[fate.verdict] = (tally.outcomes[fate.verdict] ?? 0) + 1;
        if (!agrees(place, outcomes[place])) {
          tally.wrong.push(
            `${set.name}: ${JSON.stringify(one)}: said ${fate.verdict} (${fate.place?.rule?.text() ?? 'policy'}), was ${outcomes[place]}`,
          );
        }
      }
    }
  };
  await Promise.all(pairs.map(work));
  if (process.env['FIREWALL_TALLY'] !== undefined) console.info(JSON.stringify({ ...tally, wrong: tally.wrong.length }));
  return tally;
}

const isLegacy = ({ name }: RuleSet) => name.startsWith('iptables-legacy');

describe('what the rules are said to do, and what the kernel does', () => {
  test.for([
    ['nftables', NFT_RULE_SETS],
    ['iptables over nftables', IPTABLES_RULE_SETS.filter((set) => !isLegacy(set))],
    ['iptables in its old form', IPTABLES_RULE_SETS.filter(isLegacy)],
    ['rules by chance, over nftables', randomRuleSets(seeded(SEED), CHANCE_SETS).filter((set) => !isLegacy(set))],
    ['rules by chance, in the old form', randomRuleSets(seeded(SEED), CHANCE_SETS).filter(isLegacy)],
  ] as const)('%s', { timeout: 600_000 }, async ([name, sets], context) => {
    if (refusal !== null) return context.skip(refusal);
    if (name.endsWith('old form') && legacyRefusal !== null) return context.skip(legacyRefusal);
    const tally = await compare(sets);
    expect(tally.wrong).toEqual([]);
    expect(tally.sets).toBe(sets.length);
    expect(tally.compared).toBeGreaterThan(sets.length * 40);
    expect(tally.unclear).toBe(0);
    expect(tally.halfOpen).toBeLessThan(tally.compared / 50);
    for (const verdict of ['accept', 'drop', 'reject']) expect(tally.outcomes[verdict] ?? 0).toBeGreaterThan(0);
  });
});
