import type { Check } from '../../model/report.js';
import { percentile } from '../../model/statistics.js';
import type { Trial } from './trials.js';

/** That a resolver answers some of its questions, and others not, or with an error that it does not mean. */
export interface Intermittence {
  failed: number;
  asked: number;
  /** For people: `5 of 14 questions were not answered`. */
  text: string;
  /** Whether so many fail that programs must notice. */
  grave: boolean;
  /** When, where it was for a time and not all along; absent: now and then. */
  when?: NonNullable<Check['when']>;
}

/** One lost datagram is the network's everyday, and of a way that loses one in a hundred two are now and then. */
const FEWEST = 2;
const LEAST_RATIO = 0.12;

/** From here on a lookup of two families, each asked once, fails at first more often than not. */
const GRAVE_RATIO = 0.3;
/** With fewer the ratio says little. */
const ENOUGH = 6;

/** What took so many times as long as an answer takes here was lost and not only slow. */
const SILENCE_PER_ANSWER = 2;
/** Silence of less than this can be the time in which another server was quicker. */
const LEAST_SILENCE_MS = 400;

/** More changes than these between well and not are no outage, but all along. */
const MOST_OUTAGES = 3;

/** What an error says that comes and goes: of a name, or of a server, it would stay. */
const ERRORS: ReadonlySet<string> = new Set(['SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP']);

/** `null` where all were answered, none was, or too few failed to tell it from chance. Pure. */
export function intermittenceOf(trials: readonly Trial[]): Intermittence | null {
  const answered = trials.filter(({ rcode }) => rcode !== null);
  const times = answered.flatMap(({ queryMs }) => queryMs ?? []).sort((a, b) => a - b);
  const patienceMs = Math.max(LEAST_SILENCE_MS, times.length === 0 ? 0 : SILENCE_PER_ANSWER * percentile(times, 50));
  const well = (trial: Trial) => trial.rcode !== null && !ERRORS.has(trial.rcode);
  // What is said each time to one question, be it nothing, is its answer.
  const recovers = (trial: Trial) => answered.some((other) => well(other) && other.name === trial.name && other.type === trial.type);
  const stateOf = (trial: Trial): 'well' | 'silent' | 'error' | null => {
    if (well(trial)) return 'well';
    if (!recovers(trial) || wasLookedFor(trial, answered)) return null;
    return trial.rcode !== null ? 'error' : (trial.waitedMs ?? 0) >= patienceMs ? 'silent' : null;
  };
  const told = trials.flatMap((trial) => {
    const state = stateOf(trial);
    return state === null ? [] : [{ trial, state }];
  });
  const failed = told.filter(({ state }) => state !== 'well');
  if (failed.length === told.length || failed.length < FEWEST || failed.length < LEAST_RATIO * told.length) return null;
  const silent = failed.filter(({ state }) => state === 'silent').length;
  const errors = [...new Set(failed.flatMap(({ trial }) => trial.rcode ?? []))];
  const texts = [
    silent === 0 ? '' : `${silent} of ${told.length} questions were not answered`,
    errors.length === 0 ? '' : `${failed.length - silent} of ${told.length} with ${errors.join(', ')}`,
  ];
  const when = outages(told);
  return {
    failed: failed.length,
    asked: told.length,
    text: `${texts.filter((text) => text !== '').join(', ')}; the others were`,
    grave: told.length >= ENOUGH && failed.length >= GRAVE_RATIO * told.length,
    ...(when.length === 0 ? {} : { when }),
  };
}

/** Answers that come as close together are answers to one search, whenever they were asked for. */
const TOGETHER_MS = 80;
/** So far apart were they asked for. */
const APART_MS = 150;

/**
 * Whether it was waited for in vain only since the answer was not in the cache of the resolver yet, which then gave it to all at once who had
 * asked meanwhile. After an outage the answers to what is asked later come at once, each by itself, and those to what was asked before not at all.
 */
function wasLookedFor({ name, type, rcode, atMs, waitedMs }: Trial, answered: readonly Trial[]): boolean {
  if (rcode !== null || waitedMs === null) return false;
  const alike = answered.filter((other) => other.name === name && other.type === type);
  const endOf = (trial: Trial) => trial.atMs + (trial.queryMs ?? 0);
  const firstMs = Math.min(...alike.map(endOf));
  if (atMs + waitedMs > firstMs + TOGETHER_MS) return false;
  const together = alike.filter((trial) => endOf(trial) <= firstMs + TOGETHER_MS).map((trial) => trial.atMs);
  return Math.max(...together) - Math.min(...together) >= APART_MS;
}

/** Stretches in which nothing went well, two questions at the least; none where it changes all the time. */
function outages(told: readonly { trial: Trial; state: 'well' | 'silent' | 'error' }[]): NonNullable<Check['when']> {
  const found: { from: string; to: string | null; count: number }[] = [];
  let open: (typeof found)[number] | null = null;
  for (const { trial, state } of told) {
    const at = new Date(trial.atMs).toISOString();
    if (state === 'well') {
      if (open !== null) open.to = at;
      open = null;
    } else if (open === null) {
      open = { from: at, to: null, count: 1 };
      found.push(open);
    } else open.count++;
  }
  if (found.length > MOST_OUTAGES || found.some(({ count }) => count < FEWEST)) return [];
  return found.map(({ from, to }) => ({ from, to }));
}
