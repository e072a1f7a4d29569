import type { NamedCase } from './read-cases.js';
import { calibration, isRight, type Outcome, type Run, sameAgain } from './score.js';
import { milliseconds } from './setting.js';

export interface CaseResult {
  one: NamedCase;
  runs: Run[];
}

/** The same three servers, at 20 ms, by `bench/hand-script.sh` and by netdiag, in turns: medians. */
export interface Comparison {
  handMs: number;
  netdiagMs: number;
}

/** What must be reached. */
const LIMITS = { first: 0.95, inThree: 0.99, same: 0.98, shareOfHand: 0.2 } as const;

const FIRST: readonly Outcome[] = ['right first', 'half right'];
const IN_THREE: readonly Outcome[] = ['right first', 'right in three'];

/** The section of docs/accuracy.md. Pure. */
export function section(results: readonly CaseResult[], comparison: Comparison | null): string {
  const faults = results.filter(({ one }) => one.kind === 'fault');
  const healthy = results.filter(({ one }) => one.kind === 'healthy');
  return `### The scoreboard: the right cause

${faults.length} broken networks and ${healthy.length} healthy ones, built from network namespaces; each fault is proved by another tool (ping, dig, curl, openssl, nft's
counters) before it counts. \`netdiag full-report … --json\` runs in them, and the first cause that it names is held against the truth.
[How a case is written](../scoreboard/README.md).

${summary(faults, healthy, comparison)}

What the confidence is worth: every cause that was named, in all runs.

${confidenceTable(results)}

${missesOf(results)}

| broken network | right is | named | runs right | wall, s |
|---|---|---|---:|---:|
${faults.map(faultRow).join('\n')}

| healthy network | | named | runs quiet | wall, s |
|---|---|---|---:|---:|
${healthy.map(healthyRow).join('\n')}
`;
}

/** The figures that have limits, with whether they are met. */
export function summary(faults: readonly CaseResult[], healthy: readonly CaseResult[], comparison: Comparison | null): string {
  const ofFaults = faults.flatMap(({ runs }) => runs);
  const ofHealthy = healthy.flatMap(({ runs }) => runs);
  const again = sameAgain([...faults, ...healthy]);
  const count = (runs: readonly Run[], wanted: readonly Outcome[]): number => runs.filter(({ outcome }) => wanted.includes(outcome)).length;
  const rows = [
    shareRow('right first', count(ofFaults, FIRST), ofFaults.length, LIMITS.first),
    shareRow('right in the first three, every cause', count(ofFaults, IN_THREE), ofFaults.length, LIMITS.inThree),
    row(
      'false alarms on healthy networks',
      `${count(ofHealthy, ['false alarm'])} of ${ofHealthy.length} runs`,
      'none',
      count(ofHealthy, ['false alarm']) === 0,
    ),
    row('crashed', `${count([...ofFaults, ...ofHealthy], ['crashed'])}`, 'none', count([...ofFaults, ...ofHealthy], ['crashed']) === 0),
    row(
      'not proved',
      `${count([...ofFaults, ...ofHealthy], ['not proved'])}`,
      'none',
      count([...ofFaults, ...ofHealthy], ['not proved']) === 0,
    ),
    shareRow('the same verdict and first cause when run again', again.same, again.again, LIMITS.same),
    ...[...healthy, ...faults].flatMap(({ one, runs }) => (one.within === undefined ? [] : [wallRow(one, runs)])),
    ...(comparison === null ? [] : [comparisonRow(comparison)]),
  ];
  return `| | | must reach | |\n|---|---|---|---|\n${rows.join('\n')}`;
}

function row(what: string, found: string, limit: string, met: boolean): string {
  return `| ${what} | ${found} | ${limit} | ${met ? 'met' : '**not met**'} |`;
}

function shareRow(what: string, good: number, all: number, least: number): string {
  if (all === 0) return `| ${what} | not measured | at least ${percent(least)} | |`;
  return row(what, `${percent(good / all)} (${good} of ${all} runs)`, `at least ${percent(least)}`, good / all >= least);
}

function wallRow(one: NamedCase, runs: readonly Run[]): string {
  const wall = median(wallsOf(runs));
  const limit = `under ${one.within}`;
  return wall === null
    ? `| \`${one.name}\` | not measured | ${limit} | |`
    : row(`\`${one.name}\`: report after`, seconds(wall), limit, wall < milliseconds(one.within ?? ''));
}

function comparisonRow({ handMs, netdiagMs }: Comparison): string {
  const share = netdiagMs / handMs;
  const found = `${seconds(netdiagMs)} of ${seconds(handMs)} (${percent(share)})`;
  return row(
    'three servers at 20 ms, of the time of `bench/hand-script.sh`',
    found,
    `under ${percent(LIMITS.shareOfHand)}`,
    share < LIMITS.shareOfHand,
  );
}

function confidenceTable(results: readonly CaseResult[]): string {
  const bins = calibration(results.map(({ one, runs }) => ({ causes: one.causes ?? [], runs })));
  const rows = bins.map(({ from, to, named, right, meanConfidence }) => {
    const share = named === 0 ? '' : percent(right / named);
    return `| ${from} to ${to} | ${named} | ${right} | ${meanConfidence === null ? '' : meanConfidence.toFixed(2)} | ${share} |`;
  });
  return `| confidence | named | right | mean confidence | share that was right |\n|---|---:|---:|---:|---:|\n${rows.join('\n')}`;
}

function missesOf(results: readonly CaseResult[]): string {
  const misses = results.flatMap(({ one, runs }) => runs.filter((run) => !isRight(run)).map((run) => ({ one, run })));
  if (misses.length === 0) return 'Misses: none.';
  const line = ({ one, run }: (typeof misses)[number]): string =>
    `- \`${one.name}\`: ${run.outcome}; right is ${expected(one)}, named was ${run.codes.length === 0 ? 'nothing' : run.codes.slice(0, 5).map(code).join(', ')}`;
  return `Misses:\n\n${[...new Set(misses.map(line))].join('\n')}`;
}

function faultRow({ one, runs }: CaseResult): string {
  return `| \`${one.name}\` | ${expected(one)} | ${namedIn(runs)} | ${rightOf(runs)} | ${wallOf(runs)} |`;
}

function healthyRow({ one, runs }: CaseResult): string {
  return `| \`${one.name}\` | ${one.what.replaceAll('|', '\\|').replace(/\.$/, '')} | ${namedIn(runs)} | ${rightOf(runs)} | ${wallOf(runs)} |`;
}

/** In words: what netdiag should name. */
export function expected({ causes = [] }: Pick<NamedCase, 'causes'>): string {
  return causes.length === 0 ? 'nothing' : causes.map((group) => group.map(code).join(' or ')).join(' and ');
}

const code = (name: string): string => `\`${name}\``;

/** The first that each run named, with how often where they differ. */
function namedIn(runs: readonly Run[]): string {
  const firsts = runs.map(({ codes, outcome }) =>
    outcome === 'crashed' ? 'crashed' : codes[0] === undefined ? 'nothing' : code(codes[0]),
  );
  const different = [...new Set(firsts)];
  if (different.length === 1) return different[0] ?? '';
  return different.map((one) => `${one} (${firsts.filter((other) => other === one).length})`).join(', ');
}

const rightOf = (runs: readonly Run[]): string => `${runs.filter(isRight).length} of ${runs.length}`;
const wallsOf = (runs: readonly Run[]): number[] => runs.flatMap(({ wallMs }) => (wallMs === null ? [] : [wallMs]));

function wallOf(runs: readonly Run[]): string {
  const wall = median(wallsOf(runs));
  return wall === null ? '' : (wall / 1000).toFixed(1);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** The value in the middle; of an even number, the mean of both; `null` of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
