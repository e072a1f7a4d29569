import {
  type ComparedServer,
  type Content,
  contentOfServer,
  deniesRecords,
  hasRecords,
  isEncrypted,
  type Reference,
  saysFiltered,
} from './content.js';
import { madeUpAddresses } from './nonexistence.js';

type Row = ComparedServer;

interface Vote {
  row: Row;
  content: Content;
}

/** What the answers are held against. `keys`: every wording of it that the servers behind it gave. */
export interface Measure extends Reference {
  content: Content;
  keys: ReadonlySet<string>;
}

/**
 * What is most likely true: what most of the well-known servers say over an encrypted transport, which nobody on the way can change; where
 * none of them answered, over a plain one; where none was asked, the majority of all. Filters are heard where nobody else is.
 */
export function findReference(rows: readonly Row[], type: string): Measure | null {
  const votes = rows.flatMap((row): Vote[] => {
    const content = contentOfServer(type, row);
    return content === null || !isVote(row, content) ? [] : [{ row, content }];
  });
  const wellKnown = votes.filter(({ row }) => row.operator !== null);
  return (
    settle(
      wellKnown.filter(({ row }) => isEncrypted(row)),
      'encrypted',
    ) ??
    settle(
      wellKnown.filter(({ row }) => !isEncrypted(row)),
      'plain',
    ) ??
    settle(
      votes.filter(({ row }) => row.operator === null),
      'configured',
    )
  );
}

function isVote(row: Row, content: Content): boolean {
  if (content.kind === 'error' || saysFiltered(row) || (row.contradictions?.answers.length ?? 0) > 0) return false;
  return !isMadeUp(row);
}

/** Whether the answer is the address that the server makes up for every name it does not know. */
export function isMadeUp(row: Row): boolean {
  const madeUp = madeUpAddresses(row);
  return row.answers.length > 0 && row.answers.every((answer) => madeUp.includes(answer));
}

function settle(all: readonly Vote[], by: Reference['by']): Measure | null {
  const impartial = all.filter(({ row, content }) => !row.filters && content.kind !== 'sink');
  const votes = impartial.length > 0 ? impartial : all;
  const first = mostOften(votes, ({ content }) => content.kind);
  if (first === undefined) return null;
  const alike = votes.filter(({ content }) => content.kind === first.content.kind);
  const chosen = mostOften(alike, ({ content }) => content.key) ?? first;
  return {
    by,
    rcode: chosen.row.rcode ?? '',
    answers: chosen.row.answers,
    content: chosen.content,
    keys: new Set(alike.map(({ content }) => content.key)),
  };
}

/** The first of those of which there are most; among equals, who has something to tell goes before who denies it. */
function mostOften(votes: readonly Vote[], keyOf: (vote: Vote) => string): Vote | undefined {
  const size = (vote: Vote) => votes.filter((other) => keyOf(other) === keyOf(vote)).length;
  const weight = ({ content }: Vote) => (hasRecords(content) ? 2 : deniesRecords(content) ? 1 : 0);
  return [...votes].sort((a, b) => size(b) - size(a) || weight(b) - weight(a))[0];
}
