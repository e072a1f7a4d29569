import type { Diagnosis, Report } from '../../model/report.js';
import type { BeforeAndAfter, DiagnosisDiff } from '../../model/report-diff.js';

/** Causes of the later report in their rank, then those that are gone. A cause is the same by its code and its target. */
export function compareDiagnosis(before: Report, after: Report): DiagnosisDiff[] {
  const earlier = ranked(before.diagnosis);
  const later = ranked(after.diagnosis);
  return [
    ...[...later].map(([key, entry]) => described(entry.diagnosis, { before: placeOf(earlier.get(key)), after: placeOf(entry) })),
    ...[...earlier]
      .filter(([key]) => !later.has(key))
      .map(([, entry]) => described(entry.diagnosis, { before: placeOf(entry), after: null })),
  ];
}

interface Ranked {
  diagnosis: Diagnosis;
  rank: number;
}

function ranked(diagnosis: readonly Diagnosis[]): Map<string, Ranked> {
  const known = new Map<string, Ranked>();
  for (const [index, entry] of diagnosis.entries()) {
    const key = JSON.stringify([entry.form ?? entry.code, entry.target]);
    if (!known.has(key)) known.set(key, { diagnosis: entry, rank: index + 1 });
  }
  return known;
}

type Place = BeforeAndAfter<{ rank: number; confidence: number }>;

function placeOf(entry: Ranked | undefined): Place['before'] {
  return entry === undefined ? null : { rank: entry.rank, confidence: entry.diagnosis.confidence };
}

function described({ code, layer, target, summary }: Diagnosis, place: Place): DiagnosisDiff {
  const kind = place.before === null ? 'new' : place.after === null ? 'gone' : 'kept';
  return { code, layer, target, summary, kind, ...place };
}
