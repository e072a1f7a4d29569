import type { MeasurementOf } from '../../model/measurement.js';
import type { ComparedServer } from './content.js';

export type Comparison = MeasurementOf<'dns-comparison'>;

/** One server in all comparisons of a run. */
export interface ServerView extends Pick<ComparedServer, 'server' | 'label' | 'operator' | 'from' | 'behind' | 'transport'> {
  rows: readonly { comparison: Comparison; row: ComparedServer }[];
  state: 'answers' | 'dead' | 'not-asked';
}

/** In the order of the comparisons. */
export function viewServers(comparisons: readonly Comparison[]): ServerView[] {
  const rowsOf = new Map<string, { comparison: Comparison; row: ComparedServer }[]>();
  for (const comparison of comparisons) {
    for (const row of comparison.data.servers) rowsOf.set(row.server, [...(rowsOf.get(row.server) ?? []), { comparison, row }]);
  }
  return [...rowsOf.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { server, label, operator, from, behind, transport } = first.row;
    return [{ server, label, operator, from, behind, transport, rows, state: stateOf(rows.map(({ row }) => row)) }];
  });
}

function stateOf(rows: readonly ComparedServer[]): ServerView['state'] {
  if (rows.some(({ rcode }) => rcode !== null)) return 'answers';
  return rows.some(({ failure }) => failure !== null && failure.kind !== 'not-asked') ? 'dead' : 'not-asked';
}

/** Ids of the measurements that a check about these servers rests on. */
export function measurementsOf(views: readonly ServerView[]): string[] {
  return [...new Set(views.flatMap(({ rows }) => rows.map(({ comparison }) => comparison.id)))];
}

/** Why the server gave no answer, the first time that it did not. */
export function failureOf({ rows }: ServerView): NonNullable<ComparedServer['failure']> | null {
  return rows.map(({ row }) => row.failure).find((failure) => failure !== null && failure.kind !== 'not-asked') ?? null;
}

export function isWellKnown({ from }: Pick<ServerView, 'from'>): boolean {
  return from === 'well-known';
}
