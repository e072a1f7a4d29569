import { type ComparedServer, type Content, contentOfServer, isEncrypted, isLocated } from './content.js';

type Row = ComparedServer;

/** One operator may run a server badly; two that do the same are changed on the way. */
const FEWEST_OPERATORS = 2;

/**
 * Well-known servers in whose place somebody else answers over plain DNS, by what they say of one name: several operators all give the very
 * same addresses, and the same operators, asked where nobody can read it, give none of these. Content networks differ by place, and not by transport.
 */
export function interceptedServers(rows: readonly Row[], type: string): ReadonlySet<string> {
  const wellKnown = rows.filter((row) => row.operator !== null);
  const found = new Set(wellKnown.filter(({ classification }) => classification === 'intercepted').map(({ server }) => server));
  if (!isLocated(type)) return found;
  const told = wellKnown.flatMap((row) => {
    const content = contentOfServer(type, row);
    return content !== null && isTold(row, content) ? [{ row, content }] : [];
  });
  const plain = told.filter(({ row }) => !isEncrypted(row));
  const encrypted = told.filter(({ row }) => isEncrypted(row));
  const operators = (of: typeof told) => new Set(of.map(({ row }) => row.operator)).size;
  const [first] = plain;
  if (first === undefined || operators(plain) < FEWEST_OPERATORS || operators(encrypted) < FEWEST_OPERATORS) return found;
  const same = plain.every(({ content }) => content.key === first.content.key);
  const elsewhere = new Set(encrypted.flatMap(({ row }) => row.answers));
  if (!same || first.row.answers.some((answer) => elsewhere.has(answer))) return found;
  return new Set([...found, ...plain.map(({ row }) => row.server)]);
}

function isTold({ classification }: Row, { kind }: Content): boolean {
  return (kind === 'public' || kind === 'inner' || kind === 'records') && classification !== 'filtered' && classification !== 'injected';
}

/** Plain servers of different operators that say to be one and the same instance (RFC 5001): one hidden resolver answers for all. */
export function sharedInstance(rows: readonly Row[]): { nameServerId: string; servers: Row[] } | null {
  // An empty one is the option of the question sent back, and names nobody.
  const plain = rows.filter((row) => row.operator !== null && !isEncrypted(row) && row.nameServerId !== null && row.nameServerId !== '');
  for (const { nameServerId } of plain) {
    const servers = plain.filter((row) => row.nameServerId === nameServerId);
    if (nameServerId !== null && new Set(servers.map(({ operator }) => operator)).size >= FEWEST_OPERATORS)
      return { nameServerId, servers };
  }
  return null;
}
