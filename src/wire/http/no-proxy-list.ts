import ipaddr from 'ipaddr.js';

/** Bounds against junk: lists of clusters and clouds have some dozens of entries. */
const LONGEST_LIST = 65_536;
const MAXIMUM_ENTRIES = 1000;
const MAXIMUM_FAULTS = 16;

export interface NoProxyFaults {
  entries: number;
  /** By the place in the list, from 1 on; the entry itself is not quoted. */
  faults: { entry: number; kind: 'ignored' | 'differs'; problem: string }[];
}

/**
 * What is wrong with the entries of a no_proxy list. There is no standard: curl, wget, Python, Go, Node and Java each read it their own way,
 * so that an entry can hold for one program and not for another (`differs`), or for none (`ignored`).
 */
export function noProxyFaults(list: string): NoProxyFaults {
  const read: NoProxyFaults = { entries: 0, faults: [] };
  const parts = list.slice(0, LONGEST_LIST).split(',').slice(0, MAXIMUM_ENTRIES);
  for (const part of parts) {
    const words = part.trim().split(/\s+/).filter(Boolean);
    for (const word of words) {
      read.entries++;
      const fault = faultOf(word);
      if (fault !== null) add(read, { entry: read.entries, ...fault });
    }
    // A space behind a comma is read over by most; one in place of it is not.
    if (words.length > 1)
      add(read, {
        entry: read.entries,
        kind: 'differs',
        problem: 'entries apart by a space and no comma: Go, Python and Node take them for one',
      });
  }
  return read;
}

function add(read: NoProxyFaults, fault: NoProxyFaults['faults'][number]): void {
  if (read.faults.length < MAXIMUM_FAULTS) read.faults.push(fault);
}

function faultOf(entry: string): Omit<NoProxyFaults['faults'][number], 'entry'> | null {
  if (entry === '*') return null;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(entry))
    return { kind: 'ignored', problem: 'a URL: names and addresses stand there without a scheme' };
  if (/["']/.test(entry)) return { kind: 'ignored', problem: 'a quotation mark is part of it' };
  if (entry.includes('/')) return faultOfNetwork(entry);
  if (/^\d{1,3}(?:\.\d{1,3}){0,2}\.?(?:\*|\.\*)$/.test(entry) || /^\d{1,3}(?:\.\d{1,3}){0,2}\.$/.test(entry))
    return { kind: 'ignored', problem: 'a part of an address: networks are written as 10.0.0.0/8' };
  if (entry.startsWith('*.'))
    return { kind: 'differs', problem: 'a name with *.: curl and wget take it for a name; .example.net is read by all' };
  if (entry.includes('*')) return { kind: 'ignored', problem: 'a * inside it: only * alone has a meaning everywhere' };
  if (entry.startsWith('.')) return null;
  if (/^\[[^\]]*\]/.test(entry)) return { kind: 'differs', problem: 'an IPv6 address in brackets: not all programs take the brackets off' };
  if (/^[^:]+:\d{1,5}$/.test(entry)) return { kind: 'differs', problem: 'with a port: curl and wget know none there' };
  if (entry.includes(':'))
    return ipaddr.IPv6.isValid(entry.replace(/%.*$/, '')) ? null : { kind: 'ignored', problem: 'no address and no name' };
  return /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.?$/u.test(entry) ? null : { kind: 'ignored', problem: 'no address and no name' };
}

function faultOfNetwork(entry: string): Omit<NoProxyFaults['faults'][number], 'entry'> {
  const [base = '', prefix = ''] = entry.split('/', 2);
  const four = ipaddr.IPv4.isValidFourPartDecimal(base);
  const six = base.includes(':') && ipaddr.IPv6.isValid(base);
  const longest = four ? 32 : 128;
  const valid = (four || six) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
  if (!valid) return { kind: 'ignored', problem: 'a network that cannot be read' };
  return { kind: 'differs', problem: 'a network: Go and curl from 7.86 on read it, wget and older curls do not' };
}
