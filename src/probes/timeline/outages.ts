import { logChoose } from '../../model/binomial.js';
import type { Packet } from './packets.js';

/** Stretches of time in which nothing at all was answered, among others in which it was. Pure. */

export interface Outage {
  /** When the first packet was sent that was not answered: milliseconds since 1970. */
  fromMs: number;
  /** When the first one was sent that was answered again; `null`: none was. */
  toMs: number | null;
  /** When the last one was sent that was not answered. */
  lastMs: number;
  /** Packets in a row that were not answered. */
  packets: number;
  /** This machine kept all of them until the way was there, and none of them was lost. */
  held: boolean;
}

/**
 * What a fault that comes and goes takes at the least. A radio that hears badly or a queue that is full loses some packets in a row, over some
 * ten milliseconds: that is loss in bursts. A link that goes down and up, or a route that changes, is away for longer.
 */
const LEAST_MS = 180;
const LEAST_PACKETS = 4;
/** So many answers before or behind it show that the place was there at other times. */
const FEWEST_ANSWERS = 3;
/** So rarely would the loss that is seen besides make a stretch as long. */
const CHANCE = 1e-3;
/** The same for bursts, of which fewer are seen, so that less is known of them. */
const CHANCE_OF_BURST = 0.03;

/**
 * The outages among packets in the order of time. A run of losses is one where it lasted too long for a burst, and is longer than chance
 * allows: by the loss outside of such runs, by the length of the bursts among it, and by the number of runs over all (Wald and Wolfowitz).
 */
export function outagesOf(packets: readonly Packet[]): Outage[] {
  const runs = runsOf(packets);
  const openedMs = (packets[0]?.atMs ?? 0) + openingMs(packets);
  const long = runs.filter(({ fromMs, lastMs, toMs, packets: count }) => {
    const endMs = toMs ?? lastMs;
    return count >= LEAST_PACKETS && endMs - fromMs >= LEAST_MS && !(fromMs === packets[0]?.atMs && toMs !== null && toMs <= openedMs);
  });
  const lost = runs.reduce((sum, run) => sum + run.packets, 0);
  const answered = packets.length - lost;
  if (long.length === 0 || answered < FEWEST_ANSWERS) return [];
  if (probabilityOfRuns(lost, packets.length, runs.length) > CHANCE) return [];

  // One that nobody has seen the end of, or the beginning, may have been as long as any: no burst is known by it.
  const firstMs = packets[0]?.atMs;
  const bursts = runs.filter((run) => !long.includes(run) && run.toMs !== null && run.fromMs !== firstMs);
  const hits = bursts.reduce((sum, run) => sum + run.packets, 0);
  const rate = (hits + 1) / (hits + answered + 2);
  // Where one loss is followed by the next more often than by chance, losses come in bursts.
  const continued = bursts.length === 0 ? rate : Math.max(rate, (hits - bursts.length + 1) / (hits + 1));
  return long.filter(({ packets: length }) => {
    const byChance = packets.length * (1 - rate) * rate ** length;
    const byBurst = (bursts.length + 1) * continued ** (length - 1);
    return byChance < CHANCE && byBurst < CHANCE_OF_BURST;
  });
}

/** Beside the round trip: what it takes hosts to answer. */
const OPENING_MARGIN_MS = 100;

/**
 * How long the first packets may be silent because the way is opened: each hop first asks for the link address of the next one, and keeps or
 * drops what comes meanwhile (RFC 1122 section 2.3.2.2). That takes the round trip of each link, all together one of the whole way.
 */
function openingMs(packets: readonly Packet[]): number {
  const times = packets.flatMap(({ rttMs }) => (rttMs === null || Number.isNaN(rttMs) ? [] : [rttMs])).sort((a, b) => a - b);
  return times.length === 0 ? 0 : (times[Math.floor(times.length / 2)] ?? 0) + OPENING_MARGIN_MS;
}

function runsOf(packets: readonly Packet[]): Outage[] {
  const runs: Outage[] = [];
  let run: Outage | null = null;
  for (const { atMs, rttMs, held = false } of packets) {
    if (rttMs !== null) {
      if (run !== null) runs.push({ ...run, toMs: atMs });
      run = null;
    } else if (run === null) run = { fromMs: atMs, toMs: null, lastMs: atMs, packets: 1, held };
    else {
      run.lastMs = atMs;
      run.packets++;
      run.held &&= held;
    }
  }
  if (run !== null) runs.push(run);
  return runs;
}

/** Probability of so few runs of losses or fewer, were they spread by chance. */
function probabilityOfRuns(lost: number, trials: number, runs: number): number {
  const all = logChoose(trials, lost);
  let sum = 0;
  for (let count = 1; count <= runs; count++) sum += Math.exp(logChoose(lost - 1, count - 1) + logChoose(trials - lost + 1, count) - all);
  return sum;
}

/** Whether two stretches are the same event: they share most of the shorter one. */
export function coincide(a: Pick<Outage, 'fromMs' | 'toMs' | 'lastMs'>, b: Pick<Outage, 'fromMs' | 'toMs' | 'lastMs'>): boolean {
  const [endA, endB] = [a.toMs ?? a.lastMs, b.toMs ?? b.lastMs];
  const shared = Math.min(endA, endB) - Math.max(a.fromMs, b.fromMs);
  return shared > 0 && shared >= Math.min(endA - a.fromMs, endB - b.fromMs) / 2;
}
