import { isIpAddress } from '../dns/server.js';

/** Addresses of one name: no list of blocked hosts has more, and a report need not hold them. */
const MAXIMUM_ADDRESSES = 32;
const MAXIMUM_LINE_CHARACTERS = 8192;
/** Up to so many names a line is sooner looked through than taken apart. */
const FEW_NAMES = 16;

/**
 * The same as {@link addressesInHostsFile} for many names, in one pass over the file. Only names that are in it are in the result, by the
 * spelling in which they were asked for.
 */
export function addressesOfNames(text: string, names: readonly string[]): Map<string, string[]> {
  const wanted = new Map(names.map((name) => [name.toLowerCase().replace(/\.$/, ''), name]));
  wanted.delete('');
  const found = new Map<string, Set<string>>();
  if (wanted.size === 0) return new Map();
  const escaped = [...wanted.keys()].map((name) => name.replace(/[^a-z0-9]/g, '\\$&'));
  const any = wanted.size > FEW_NAMES ? null : new RegExp(escaped.join('|'), 'i');
  for (const line of text.split(/\r\n|\n|\r/)) {
    // Lists of blocked hosts have 100,000 lines and more: most are passed over without a closer look.
    if (line.length > MAXIMUM_LINE_CHARACTERS || any?.test(line) === false) continue;
    const [address, ...listed] = wordsOf(line);
    const here = listed.flatMap((word) => wanted.get(word.toLowerCase().replace(/\.$/, '')) ?? []);
    if (address === undefined || here.length === 0 || !isIpAddress(address)) continue;
    for (const name of here) {
      const addresses = found.get(name) ?? new Set();
      if (addresses.size < MAXIMUM_ADDRESSES) found.set(name, addresses.add(address));
    }
  }
  return new Map([...found].map(([name, addresses]) => [name, [...addresses]]));
}

/** What stands in front of a remark. */
function wordsOf(line: string): string[] {
  return line
    .split('#', 1)
    .join('')
    .trim()
    .split(/[ \t]+/);
}

/**
 * Addresses that hosts(5) gives for `host`, in the order of the file and without repetition: canonical names and aliases, without regard to
 * case or a final dot. Lines that make no sense are skipped.
 */
export function addressesInHostsFile(text: string, host: string): string[] {
  const wanted = host.toLowerCase().replace(/\.$/, '');
  const addresses = new Set<string>();
  if (wanted === '') return [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    // Lists of blocked hosts have 100,000 lines and more: most are passed over without a closer look.
    if (line.length > MAXIMUM_LINE_CHARACTERS || !line.toLowerCase().includes(wanted)) continue;
    const [address, ...names] = wordsOf(line);
    if (address === undefined || !isIpAddress(address)) continue;
    if (names.some((name) => name.toLowerCase().replace(/\.$/, '') === wanted)) addresses.add(address);
    if (addresses.size === MAXIMUM_ADDRESSES) break;
  }
  return [...addresses];
}

const MAXIMUM_FAULTS = 16;

/** How many lines of hosts(5) give names to an address, and the numbers of the first ones that make no sense, from 1 on. */
export function countHostsEntries(text: string): { entries: number; faults: number[] } {
  const counted = { entries: 0, faults: [] as number[] };
  let number = 0;
  // Lists of blocked hosts have one address in all of their lines.
  let known = '';
  for (const line of text.split(/\r\n|\n|\r/)) {
    number++;
    if (/^[ \t]*(?:#|$)/.test(line)) continue;
    const [, address = ''] = line.length > MAXIMUM_LINE_CHARACTERS ? [] : (/^[ \t]*([^ \t#]+)[ \t]+[^ \t#]/.exec(line) ?? []);
    if (address !== '' && (address === known || isIpAddress(address))) {
      known = address;
      counted.entries++;
    } else if (counted.faults.length < MAXIMUM_FAULTS) counted.faults.push(number);
  }
  return counted;
}
