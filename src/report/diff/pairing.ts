import type { Identity } from './series.js';

/** What two reports measured of one thing. */
export interface Pair<T> {
  before: T;
  after: T;
  /** Why the two are not alike enough to be held against each other; `null`: they are. */
  unlike: string | null;
}

/**
 * Puts together what was measured of the same metric, target and role by the same method; of several of one kind the first with the first.
 * Where there are several pairs of one thing, as round trips of `latency` and of `loss`, the one with most values speaks. What both reports
 * have, but by another method or over another family, is a pair too, and says so.
 *
 * @param size how many values an entry has
 */
export function paired<T extends Identity>(before: readonly T[], after: readonly T[], size: (entry: T) => number): Pair<T>[] {
  const earlier = numbered(before);
  const best = new Map<string, Pair<T>>();
  const weight = (pair: Pair<T>): number => Math.min(size(pair.before), size(pair.after));
  for (const [key, entry] of numbered(after)) {
    const counterpart = earlier.get(key);
    if (counterpart === undefined) continue;
    const pair = { before: counterpart, after: entry, unlike: null };
    const subject = subjectOf(entry, true);
    const known = best.get(subject);
    if (known === undefined || weight(pair) > weight(known)) best.set(subject, pair);
  }
  const told = new Set([...best.values()].map(({ after: entry }) => subjectOf(entry, false)));
  const others = new Map<string, T>();
  for (const entry of before) if (!others.has(subjectOf(entry, false))) others.set(subjectOf(entry, false), entry);
  for (const entry of after) {
    const subject = subjectOf(entry, false);
    const other = others.get(subject);
    if (told.has(subject) || other === undefined) continue;
    told.add(subject);
    best.set(subject, { before: other, after: entry, unlike: difference(other, entry) });
  }
  return [...best.values()];
}

/** Entries by what they are of, with a number where there are several of one kind. */
function numbered<T extends Identity>(entries: readonly T[]): Map<string, T> {
  const counts = new Map<string, number>();
  const byKey = new Map<string, T>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.probe, subjectOf(entry, true)]);
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    byKey.set(`${count} ${key}`, entry);
  }
  return byKey;
}

/** Round trips and losses are the same whichever probe sent the packets; the phases of two probes are not. */
const OF_ANY_PROBE: ReadonlySet<string> = new Set(['rttMs', 'jitterMs', 'lossRatio']);

/** @param whole with the method, and the family of the address of a target */
function subjectOf({ metric, probe, target, method, role }: Identity, whole: boolean): string {
  const by = OF_ANY_PROBE.has(metric) ? null : probe;
  // Without a target the role is the address: another one is another thing.
  return JSON.stringify(
    whole ? [metric, by, target, method, role] : [metric, by, target, target === null || metric === 'dnsQueryMs' ? role : null],
  );
}

function difference(before: Identity, after: Identity): string {
  if (before.method !== after.method)
    return `It was measured by ${before.method ?? 'no method'} before and by ${after.method ?? 'no method'} now.`;
  return `It was measured over ${before.role ?? 'no address'} before and over ${after.role ?? 'no address'} now.`;
}
