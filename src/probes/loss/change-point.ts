/**
 * Where along a path the loss begins, as a change point: packets that get no further than the place before it share next to no loss, those
 * that pass it share a loss of unknown size, which may grow once more further on. A router may besides answer more rarely than packets
 * arrive (they limit ICMP), which is a loss of its own that does not persist. Each place gets the probability of what was counted, summed
 * over all that is not known (rates, limits, a second place). Pure.
 */

/** Probes to one hop and how many of them got no answer; both may be fractions where they are worth less than independent ones. */
export interface Tally {
  sent: number;
  lost: number;
}

export interface ChangePoint {
  /** Probability of each place: at index `i` the loss begins at `tallies[i]`; the last one is the target's. */
  probabilities: number[];
  /** For each hop but the target, the probability that it limits its answers, given the likeliest place. */
  limited: number[];
}

/** Rates of loss that are tried, evenly spaced in log odds: a twentieth of what policies accept is no loss, and 1 is not a rate but silence. */
const RATES = Array.from({ length: 60 }, (_, index) => logistic(-6.2 + (index * 10.8) / 59));
/** Share of all rates from 0 to 1 that each of these stands for, where nothing is known of a rate. */
const WIDTHS = RATES.map((rate, index) => {
  const before = index === 0 ? 0 : (rate + (RATES[index - 1] as number)) / 2;
  const after = index === RATES.length - 1 ? 1 : (rate + (RATES[index + 1] as number)) / 2;
  return Math.log(after - before);
});
const LOG_RATES = RATES.map(Math.log);
const LOG_REST = RATES.map((rate) => Math.log1p(-rate));
/** Share of all rates from this one on. */
const LOG_WIDTHS_FROM = suffixSums(WIDTHS);
const LOG_COUNT = Math.log(RATES.length);
/** What a hop before the place may lose, since no network loses nothing. At most a third of what is lost behind it. */
const CLEAN_RATES = [0.0002, 0.0005, 0.001, 0.002, 0.004];
const CLEAN_SHARE_OF_LOSS = 1 / 3;
/** How many routers limit their answers so much that it shows: a few of a path. */
const LIMITED_PRIOR = 0.1;
const LOG_LIMITED = Math.log(LIMITED_PRIOR);
const LOG_ORDINARY = Math.log1p(-LIMITED_PRIOR);
/** How often the loss grows at a second place. */
const SECOND_PLACE_PRIOR = 0.15;

const LOG_CLEAN_RATES = CLEAN_RATES.map(Math.log);
const LOG_CLEAN_REST = CLEAN_RATES.map((rate) => Math.log1p(-rate));

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** `tallies` are those of hops that answered, nearest first, and then the target's. */
export function changePoint(tallies: readonly Tally[]): ChangePoint {
  const last = tallies.length - 1;
  const target = tallies[last] as Tally;
  const hops = tallies.slice(0, last);
  const ordinary = hops.map((hop) => logLikelihoods(hop, LOG_RATES, LOG_REST));
  // A hop that limits its answers loses at any rate that is no lower than that of the packets.
  const limitedFrom = ordinary.map((logs) =>
    suffixSums(logs.map((log, g) => log + (WIDTHS[g] as number))).map((sum, g) => sum - (LOG_WIDTHS_FROM[g] as number)),
  );
  const lossy = ordinary.map((logs, hop) => logs.map((log, g) => mixed(log, limitedFrom[hop]?.[g] as number)));
  const clean = hops.map((hop, index) =>
    logLikelihoods(hop, LOG_CLEAN_RATES, LOG_CLEAN_REST).map((log) => mixed(log, limitedFrom[index]?.[0] as number)),
  );

  // behind[j][g]: everything from hop j on, the target included, at rate g.
  const behind: number[][] = [];
  behind[last] = logLikelihoods(target, LOG_RATES, LOG_REST);
  for (let hop = last - 1; hop >= 0; hop--) behind[hop] = (behind[hop + 1] as number[]).map((sum, g) => sum + (lossy[hop]?.[g] ?? 0));
  // worse[k][g]: everything from hop k on, at some rate above g.
  const worse = behind.map((sums) => {
    const above = new Array<number>(sums.length).fill(Number.NEGATIVE_INFINITY);
    for (let g = sums.length - 2; g >= 0; g--) above[g] = logAdd(above[g + 1] as number, (sums[g + 1] as number) - LOG_COUNT);
    return above;
  });

  const before = CLEAN_RATES.map(() => 0);
  const logs: number[] = [];
  const best: { g: number; c: number }[] = [];
  for (let place = 0; place <= last; place++) {
    const terms = RATES.map((rate, g) => {
      const quiet = logSum(
        CLEAN_RATES.map((cleanRate, c) =>
          c === 0 || cleanRate <= rate * CLEAN_SHARE_OF_LOSS ? (before[c] as number) : Number.NEGATIVE_INFINITY,
        ),
      );
      return quiet + withSecondPlace(place, g, { last, behind, worse, lossy });
    });
    logs.push(logSum(terms));
    const g = indexOfLargest(terms);
    best.push({ g, c: indexOfLargest(before) });
    for (const [c] of CLEAN_RATES.entries()) before[c] = (before[c] as number) + (clean[place]?.[c] ?? 0);
  }

  const total = logSum(logs);
  const likeliest = indexOfLargest(logs);
  const { g, c } = best[likeliest] as { g: number; c: number };
  return {
    probabilities: logs.map((log) => Math.exp(log - total)),
    limited: hops.map((_, hop) => {
      const [from, either] = hop < likeliest ? [0, clean[hop]?.[c]] : [g, lossy[hop]?.[g]];
      return Math.exp(LOG_LIMITED + (limitedFrom[hop]?.[from] as number) - (either as number));
    }),
  };
}

interface Sums {
  last: number;
  behind: readonly number[][];
  worse: readonly number[][];
  lossy: readonly number[][];
}

/** What lies from `place` on, at rate `g` up to the target or up to a second place behind which it is worse. */
function withSecondPlace(place: number, g: number, { last, behind, worse, lossy }: Sums): number {
  const one = behind[place]?.[g] as number;
  if (place === last) return one;
  const seconds: number[] = [];
  let between = 0;
  for (let second = place + 1; second <= last; second++) {
    between += lossy[second - 1]?.[g] as number;
    seconds.push(between + (worse[second]?.[g] as number));
  }
  return logAdd(Math.log(1 - SECOND_PLACE_PRIOR) + one, Math.log(SECOND_PLACE_PRIOR / seconds.length) + logSum(seconds));
}

/** At each rate. Without the number of ways, which is the same for all places. */
function logLikelihoods({ sent, lost }: Tally, logRates: readonly number[], logRest: readonly number[]): number[] {
  return logRates.map((log, index) => lost * log + (sent - lost) * (logRest[index] as number));
}

function mixed(ordinary: number, limited: number): number {
  return logAdd(LOG_ORDINARY + ordinary, LOG_LIMITED + limited);
}

/** Logarithm of the sum from each place on. */
function suffixSums(logs: readonly number[]): number[] {
  const sums = [...logs];
  for (let index = sums.length - 2; index >= 0; index--) sums[index] = logAdd(sums[index] as number, sums[index + 1] as number);
  return sums;
}

function logAdd(a: number, b: number): number {
  const [large, small] = a >= b ? [a, b] : [b, a];
  return large === Number.NEGATIVE_INFINITY ? large : large + Math.log1p(Math.exp(small - large));
}

function logSum(logs: readonly number[]): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > largest) largest = log;
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - largest);
  return largest + Math.log(sum);
}

function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] as number) ? index : best), 0);
}
