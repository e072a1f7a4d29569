import { interfacePseudonym, isGivenBySystem } from './interfaces.js';
import { isOrdinary } from './ordinary-words.js';
import type { Pseudonyms } from './pseudonyms.js';

/** Folders below which each user has one of his own. */
const HOMES: ReadonlySet<string> = new Set(['home', 'users', 'user', 'documents and settings']);

/** Endings of files that the system itself has. */
const PART =
  /^(.*?)((?:\.(?:conf|d|service|socket|network|netdev|link|ko|yaml|yml|json|txt|leases|lease|sock|plist|so|log|pid|nmconnection))*)$/s;

/**
 * A path whose parts stay where the system or netdiag has them so; others, and whatever stands for a user, get a pseudonym: `/home/user-3k7q2m/part-9d2f6a`.
 *
 * @param context.known the pseudonym of a part that is known from elsewhere in the report
 */
export function pathPseudonym(
  path: string,
  separator: '/' | '\\',
  { pseudonyms, known }: { pseudonyms: Pseudonyms; known: (part: string) => string | null },
): string {
  const parts = path.split(separator);
  return parts
    .map((part, index) => {
      if (HOMES.has((parts[index - 1] ?? '').toLowerCase()) && part !== '') return pseudonyms.word('user', part.toLowerCase());
      return known(part) ?? partPseudonym(part, pseudonyms);
    })
    .join(separator);
}

function partPseudonym(part: string, pseudonyms: Pseudonyms): string {
  if (/^(?:|~|\.{1,2}|[a-z]:)$/i.test(part)) return part;
  const [, stem = part, endings = ''] = PART.exec(part) ?? [];
  if (isGivenBySystem(stem)) return part;
  // `dhclient.eth0`, `10-eth0`: each word by itself.
  const pieces = stem.split(/([.@+-])/);
  if (pieces.every((piece) => /^[.@+-]?$/.test(piece) || isOrdinary(piece.replace(/(?<=[a-z])\d{1,3}$/, '')) || isGivenBySystem(piece)))
    return part;
  if (/^(?:en|wl|ww)x[0-9a-f]{12}$/i.test(stem)) return `${interfacePseudonym(stem, pseudonyms)}${endings}`;
  return `${pseudonyms.word('part', stem)}${endings}`;
}
