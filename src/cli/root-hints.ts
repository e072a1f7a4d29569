import { checkQuestion } from '../wire/dns/dns.js';
import { nameKey } from '../wire/dns/name.js';
import { isIpAddress } from '../wire/dns/server.js';
import { quotedValue } from './quoted-value.js';
import { readTextFile } from './text-file.js';
import { UsageError } from './usage-error.js';

/** The root has 13 servers; a private one has fewer. */
const MAXIMUM_SERVERS = 32;

interface Hint {
  name: string;
  addresses: string[];
}

/**
 * The root servers of `--root-hints`: a file as InterNIC's named.root (a zone file of NS, A and AAAA records for the root), or with a server a
 * line as `NAME ADDRESS`, or `ADDRESS` alone. Comments begin with `;` or `#`.
 */
export function readRootHints(path: string): Hint[] {
  const refuse = (reason: string): never => {
    throw new UsageError(`--root-hints ${quotedValue(path)}: ${reason}`);
  };
  const hints = new Map<string, Hint>();
  for (const [index, text] of readTextFile('--root-hints', path).split(/\r?\n/).entries()) {
    const words = text
      .replace(/[;#].*$/, '')
      .split(/\s+/)
      .filter(Boolean);
    if (words.length === 0) continue;
    const read = readLine(words);
    if (read === null) return refuse(`line ${index + 1} is neither a record of named.root, nor NAME ADDRESS, nor ADDRESS`);
    if (read === 'skip') continue;
    const key = read.name === '' ? `#${read.address}` : read.name;
    const hint = hints.get(key) ?? { name: read.name, addresses: [] };
    if (!hint.addresses.includes(read.address)) hint.addresses.push(read.address);
    hints.set(key, hint);
  }
  if (hints.size === 0) return refuse('it names no address of a root server');
  if (hints.size > MAXIMUM_SERVERS) return refuse(`it names ${hints.size} servers; ${MAXIMUM_SERVERS} are the most`);
  return [...hints.values()];
}

/** One server, `skip` for a record without an address, `null` for what cannot be read. */
function readLine(words: readonly string[]): { name: string; address: string } | 'skip' | null {
  const [first = '', second = ''] = words;
  if (words.length === 1) return isIpAddress(first) ? { name: '', address: canonical(first) } : null;
  if (words.length === 2 && isIpAddress(second)) return named(first, second);
  // OWNER [TTL] [CLASS] TYPE DATA, in either order of time and class (RFC 1035 section 5.1).
  const rest = words.slice(1).filter((word, index) => index > 1 || !/^(\d+|IN)$/i.test(word));
  const [type = '', data = ''] = rest;
  if (rest.length !== 2) return null;
  if (/^NS$/i.test(type)) return first === '.' ? 'skip' : null;
  if (/^AAAA$/i.test(type) && data.includes(':') && isIpAddress(data)) return named(first, data);
  return /^A$/i.test(type) && !data.includes(':') && isIpAddress(data) ? named(first, data) : null;
}

function named(name: string, address: string): { name: string; address: string } | null {
  return checkQuestion(name, 'NS').ok ? { name: nameKey(name), address: canonical(address) } : null;
}

/** As addresses of records are written, so that the two compare. A zone stays. */
function canonical(address: string): string {
  const [plain = address, zone] = address.split('%', 2);
  if (!plain.includes(':')) return plain;
  const text = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  return zone === undefined ? text : `${text}%${zone}`;
}
