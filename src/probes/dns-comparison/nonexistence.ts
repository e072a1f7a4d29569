import { type ComparedServer, contentOf, hasRecords, isEncrypted, saysFiltered } from './content.js';

type Row = ComparedServer;
type Denial = Row['nonexistent'][number];

/** The type that names without existence are asked for: who makes up addresses does so for this one. */
export const NONEXISTENT_TYPE = 'A';

/**
 * What each server makes of names that certainly do not exist. An address for a name below `.invalid` is made up, whoever gives it (RFC 6761
 * section 6.4). Below another domain it is made up where those say that there is no such name who know best; else the zone has a wildcard.
 */
export function judgeNonexistence(rows: readonly Row[]): Row[] {
  const names = new Set(rows.flatMap(({ nonexistent }) => nonexistent.map(({ name }) => name)));
  const denied = new Set([...names].filter((name) => isDeniedByMost(name, rows)));
  return rows.map((row) => ({
    ...row,
    nonexistent: row.nonexistent.map((entry) => ({ ...entry, verdict: verdictOf(row, entry, denied) })),
  }));
}

/** The addresses that a server makes up. */
export function madeUpAddresses({ nonexistent }: Row): string[] {
  return [...new Set(nonexistent.filter(({ verdict }) => verdict === 'rewritten').flatMap(({ answers }) => answers))].sort();
}

function isReserved(name: string): boolean {
  return /\.invalid\.?$/i.test(name);
}

/**
 * Whether the name does not exist, as most of the well-known servers say encrypted; where none did, over plain DNS; else most of all. Who
 * denies it alone may have a view of his own.
 */
function isDeniedByMost(name: string, rows: readonly Row[]): boolean {
  const votes = rows.flatMap((row) => {
    const entry = row.nonexistent.find((other) => other.name === name);
    const content = entry === undefined ? null : contentOf(NONEXISTENT_TYPE, entry.rcode, entry.answers);
    if (content === null || row.filters || saysFiltered(row)) return [];
    const denies = content.kind === 'nonexistent';
    return denies || hasRecords(content) ? [{ row, denies }] : [];
  });
  const wellKnown = votes.filter(({ row }) => row.operator !== null);
  const encrypted = wellKnown.filter(({ row }) => isEncrypted(row));
  const heard = encrypted.length > 0 ? encrypted : wellKnown.length > 0 ? wellKnown : votes;
  return heard.filter(({ denies }) => denies).length > heard.length / 2;
}

function isDenied({ rcode }: Denial): boolean {
  return rcode === 'NXDOMAIN';
}

function verdictOf(row: Row, { name, rcode, answers }: Denial, denied: ReadonlySet<string>): Denial['verdict'] {
  const content = contentOf(NONEXISTENT_TYPE, rcode, answers);
  switch (content?.kind) {
    case undefined:
      return 'unanswered';
    case 'nonexistent':
      return 'nonexistent';
    case 'empty':
      return 'empty';
    case 'error':
      return 'failed';
    case 'sink':
      return 'filtered';
    default:
      if (isReserved(name)) return 'rewritten';
      if (saysFiltered(row)) return 'filtered';
      return denied.has(name) && !isInnerWildcard(row, content?.kind === 'inner') ? 'rewritten' : 'wildcard';
  }
}

/** An inner zone of a resolver of this network may have a wildcard that the world does not know; it leads into the network. */
function isInnerWildcard(row: Row, leadsInside: boolean): boolean {
  if (row.operator !== null || !leadsInside) return false;
  return row.nonexistent.some(
    (entry) => isReserved(entry.name) && (isDenied(entry) || (entry.rcode === 'NOERROR' && entry.answers.length === 0)),
  );
}
