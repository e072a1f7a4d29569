import type { DataOf } from '../../model/measurement.js';
import {
  type ComparedServer,
  type Content,
  contentOfServer,
  contradictInside,
  deniesRecords,
  hasRecords,
  isEncrypted,
  isLocated,
  saysFiltered,
} from './content.js';
import { findFindings } from './findings.js';
import { interceptedServers } from './interception.js';
import { judgeNonexistence, madeUpAddresses } from './nonexistence.js';
import { findReference, isMadeUp, type Measure } from './reference.js';

type Row = ComparedServer;
type Classification = Row['classification'];

/** What a server was asked and said, before it is compared. */
export type Observed = Omit<Row, 'group' | 'classification'>;

/**
 * Holds the answers to one question against each other: group and classification of each server, what counts as true, and what it shows
 * together. Nothing of what `rows` say of that themselves is used, so that a stored comparison can be classified anew.
 */
export function classify(rows: readonly Observed[], type: string): Pick<DataOf<'dns-comparison'>, 'servers' | 'reference' | 'findings'> {
  const unclassified = rows.map((row): Row => ({ ...row, group: null, classification: 'agrees' }));
  const judged = judgeNonexistence(unclassified);
  const reference = findReference(judged, type);
  const classified = judged.map((row) => ({ ...row, classification: classificationOf(row, judged, type, reference) }));
  const intercepted = interceptedServers(classified, type);
  const servers = grouped(
    classified.map((row) => (intercepted.has(row.server) ? { ...row, classification: 'intercepted' as const } : row)),
    type,
  );
  return {
    servers,
    reference: reference === null ? null : { by: reference.by, rcode: reference.rcode, answers: reference.answers },
    findings: findFindings(servers, type),
  };
}

function classificationOf(row: Row, rows: readonly Row[], type: string, reference: Measure | null): Classification {
  const content = contentOfServer(type, row);
  if (content === null) return unansweredAs(row);
  if ((row.contradictions?.answers.length ?? 0) > 0) return 'injected';
  if (saysFiltered(row) || (content.kind === 'sink' && reference?.content.kind !== 'sink')) return 'filtered';
  if (content.kind === 'error') return isRefusal(content.key) ? 'refused' : 'servfail';
  if (isMadeUp(row)) return 'rewritten';
  if (reference === null) return 'agrees';
  // Who makes up addresses may take another one each time.
  if (content.kind === 'public' && deniesRecords(reference.content) && madeUpAddresses(row).length > 0) return 'rewritten';
  if (content.kind === reference.content.kind) return sameKind(row, content, type, reference);
  return otherKind(row, content, rows, type, reference);
}

function unansweredAs({ failure }: Row): Classification {
  if (failure === null || failure.kind === 'not-asked') return 'not-asked';
  return failure.kind === 'unanswered' ? 'silent' : 'failed';
}

function isRefusal(rcode: string): boolean {
  return rcode === 'REFUSED' || rcode === 'NOTAUTH' || rcode === 'NOTIMP';
}

function sameKind(row: Row, content: Content, type: string, reference: Measure): Classification {
  const { kind, key } = content;
  if (key === reference.content.key || kind === 'nonexistent' || kind === 'empty') return 'agrees';
  if (contradictInside(content, reference.content))
    return row.operator === null && reference.by !== 'configured' ? 'inner-view' : 'disagrees';
  if (isLocated(type)) return 'differs-by-location';
  return 'disagrees';
}

/** One has records and the other has none, or one leads into this network and the other does not. */
function otherKind(row: Row, content: Content, rows: readonly Row[], type: string, reference: Measure): Classification {
  const configured = row.operator === null;
  const truth = reference.content;
  // A public name of a private address: resolvers take such answers away, against attacks on the devices behind it (DNS rebinding).
  if (truth.kind === 'inner' && content.kind === 'empty' && configured) return 'filtered';
  if (deniesRecords(content) && row.filters && hasRecords(truth)) return 'filtered';
  if (configured && (content.kind === 'inner' || (hasRecords(content) && deniesRecords(truth)))) return 'inner-view';
  // The name is there, within, for another type.
  if (configured && content.kind === 'empty' && truth.kind === 'nonexistent') return 'inner-view';
  return contradictsOwnEncrypted(row, content, rows, type) ? 'intercepted' : 'disagrees';
}

/** Whether the same operator says something of another kind where nobody on the way can read it. */
function contradictsOwnEncrypted(row: Row, content: Content, rows: readonly Row[], type: string): boolean {
  if (row.operator === null || isEncrypted(row)) return false;
  const own = rows.filter((other) => isEncrypted(other) && other.operator === row.operator);
  const said = own.flatMap((other) => contentOfServer(type, other) ?? []).filter(({ kind }) => kind !== 'error');
  return said.length > 0 && said.every(({ kind }) => kind !== content.kind);
}

/** Numbers the groups of equal answers, the largest first, and among equals the one that answered further up. */
function grouped(rows: readonly Row[], type: string): Row[] {
  const keyOf = (row: Row) => {
    const content = contentOfServer(type, row);
    return content === null ? null : `${content.kind} ${content.key}`;
  };
  const sizes = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const order = [...sizes].sort(([, a], [, b]) => b - a).map(([key]) => key);
  return rows.map((row) => {
    const key = keyOf(row);
    return { ...row, group: key === null ? null : order.indexOf(key) + 1 };
  });
}
