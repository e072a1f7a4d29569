import { encodeName } from '../dns/name.js';
import { isIpAddress } from '../dns/server.js';

/** The C libraries ask so many name servers (MAXNS); what follows them is read and left alone. */
const SERVERS_IN_USE = 3;
const MAXIMUM_LINES = 10_000;
const MAXIMUM_FAULTS = 16;
const MAXIMUM_NAMESERVERS = 16;
const MAXIMUM_LINE_CHARACTERS = 8192;
const LONGEST_WORD = 80;

/** Options of resolv.conf(5), those of other systems among them, that take no value. */
const PLAIN_OPTIONS: ReadonlySet<string> = new Set([
  'debug',
  'rotate',
  'no-aaaa',
  'no-check-names',
  'inet6',
  'ip6-bytestring',
  'ip6-dotint',
  'no-ip6-dotint',
  'edns0',
  'single-request',
  'single-request-reopen',
  'no-tld-query',
  'use-vc',
  'no-reload',
  'trust-ad',
  'strict-error',
  'insecure1',
  'insecure2',
  'tcp',
]);

export interface LineFault {
  /** From 1 on; `null` where it is about the whole file. */
  line: number | null;
  problem: string;
}

export interface ResolvConfLines {
  nameservers: {
    line: number;
    /** As it stands there, cut short where it is too long for an address. */
    address: string;
    valid: boolean;
    /** Whether the C library asks it: it is an address, and one of the first three. */
    used: boolean;
  }[];
  /** Options that are known, as they stand there. */
  options: string[];
  /** Keyword of the line that the search list comes from. */
  searchFrom: 'search' | 'domain' | null;
  faults: LineFault[];
  /** Whether the file has nothing but remarks and empty lines. */
  empty: boolean;
}

/**
 * The lines of resolv.conf(5) with what is wrong with them, for people: {@link parseResolvConf} reads the same file as the C library does.
 * A fault names the line by its number and quotes only words of the format, since other text may be anything.
 */
export function parseResolvConfLines(text: string): ResolvConfLines {
  const read: ResolvConfLines = { nameservers: [], options: [], searchFrom: null, faults: [], empty: true };
  const searchLines: number[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/, MAXIMUM_LINES).entries()) {
    const number = index + 1;
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    read.empty = false;
    if (line.length > MAXIMUM_LINE_CHARACTERS) {
      addFault(read, number, 'it is too long to be read');
      continue;
    }
    const [, space = '', keyword = '', rest = ''] = /^([ \t]*)(\S+)(?:[ \t]+(.*))?$/.exec(line) ?? [];
    const words = rest.split(/[;#]/, 1).join('').split(/\s+/).filter(Boolean);
    if (space !== '') addFault(read, number, 'it begins with a space, so that the C library passes over it');
    else if (keyword === 'nameserver') readNameserver(read, number, words);
    else if (keyword === 'search' || keyword === 'domain') {
      // dhclient writes `domain` and `search` with one and the same domain: that is no contradiction.
      if (keyword === 'search') searchLines.push(number);
      readSearch(read, number, keyword, words);
    } else if (keyword === 'options') for (const word of words) readOption(read, number, word);
    else if (keyword !== 'sortlist' && keyword !== 'lookup' && keyword !== 'family') addFault(read, number, faultOfKeyword(keyword));
  }
  if (searchLines.length > 1) addFault(read, searchLines[0] ?? null, `of ${searchLines.length} lines search only the last counts`);
  const returned = text.split('\n', MAXIMUM_LINES).findIndex((line) => line.startsWith('nameserver') && line.endsWith('\r'));
  if (returned >= 0)
    addFault(read, returned + 1, 'it ends in a carriage return, as Windows writes it, with which the GNU C library takes no address');
  return read;
}

function faultOfKeyword(keyword: string): string {
  const known = ['nameserver', 'search', 'domain', 'options'].find((word) => keyword.toLowerCase().startsWith(word));
  if (known !== undefined && keyword.length <= known.length + 2 && keyword !== known) return `its keyword has to be "${known}"`;
  return 'it begins with no keyword of the format';
}

function readNameserver(read: ResolvConfLines, line: number, words: readonly string[]): void {
  const [address, ...more] = words;
  if (address === undefined) {
    addFault(read, line, 'nameserver without an address');
    return;
  }
  const valid = isIpAddress(address);
  if (!valid) addFault(read, line, 'what stands behind nameserver is no IP address');
  else if (more.length > 0) addFault(read, line, 'of several addresses behind nameserver only the first is read');
  if (read.nameservers.length === MAXIMUM_NAMESERVERS) return;
  const before = read.nameservers.filter((entry) => entry.valid);
  if (valid && before.some((entry) => entry.address === address)) addFault(read, line, 'the same name server stands there before');
  read.nameservers.push({ line, address: address.slice(0, LONGEST_WORD), valid, used: valid && before.length < SERVERS_IN_USE });
}

function readSearch(read: ResolvConfLines, line: number, keyword: 'search' | 'domain', words: readonly string[]): void {
  if (words.length === 0) addFault(read, line, `${keyword} without a domain`);
  else read.searchFrom = keyword;
  if (keyword === 'domain' && words.length > 1) addFault(read, line, 'domain takes one domain; the others are not read');
  const invalid = words.filter((word) => !encodeName(word).ok).length;
  if (invalid > 0) addFault(read, line, `${invalid} of its domains ${invalid === 1 ? 'is no domain name' : 'are no domain names'}`);
}

function readOption(read: ResolvConfLines, line: number, word: string): void {
  const valued = /^(ndots|timeout|attempts):(.*)$/.exec(word);
  if (valued === null ? !PLAIN_OPTIONS.has(word) : !/^\d{1,9}$/.test(valued[2] ?? '')) {
    addFault(read, line, valued === null ? 'it has an option that is not known' : `option ${valued[1]} takes a number`);
    return;
  }
  if (!read.options.includes(word)) read.options.push(word);
}

function addFault(read: ResolvConfLines, line: number | null, problem: string): void {
  if (read.faults.length < MAXIMUM_FAULTS) read.faults.push({ line, problem });
}
