import { type Parsed, parsed, refused } from '../parsed.js';

/**
 * Counters of the protocols, by the names that nstat(8) gives them: group and field in one word, `TcpRetransSegs`,
 * `TcpExtListenOverflows`, `Udp6RcvbufErrors`. Each kernel has its own set; what it does not have is not in the map.
 */
export type ProtocolCounters = ReadonlyMap<string, number>;

/** More than any kernel has: a bound against junk. */
const MAXIMUM_COUNTERS = 2048;

/**
 * /proc/net/snmp and /proc/net/netstat: a line of names, then a line of numbers, group by group (net/ipv4/proc.c). A pair of which names
 * and numbers do not match is left out; a field that is no count (`MaxConn` is −1) too. Refused where no pair matches.
 */
export function parseProtocolCounters(text: string): Parsed<ProtocolCounters> {
  const counters = new Map<string, number>();
  const lines = text.split('\n');
  let pairs = 0;
  for (let at = 0; at + 1 < lines.length; at++) {
    const [group, names] = fieldsOf(lines[at]);
    const [again, numbers] = fieldsOf(lines[at + 1]);
    if (group === null || group !== again || names.length !== numbers.length || !numbers.every(isNumber)) continue;
    pairs++;
    at++;
    names.forEach((name, index) => {
      const value = Number(numbers[index]);
      if (Number.isSafeInteger(value) && value >= 0 && counters.size < MAXIMUM_COUNTERS) counters.set(`${group}${name}`, value);
    });
  }
  return pairs === 0 ? refused('it has no pair of lines with names and numbers') : parsed(counters);
}

/** /proc/net/snmp6: a name and a number a line (net/ipv6/proc.c). Refused where no line is one. */
export function parseProtocolCounters6(text: string): Parsed<ProtocolCounters> {
  const counters = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, number] = /^([A-Za-z]\w{1,63})\s+(\d{1,20})\s*$/.exec(line) ?? [];
    const value = Number(number);
    if (name !== undefined && Number.isSafeInteger(value) && counters.size < MAXIMUM_COUNTERS) counters.set(name, value);
  }
  return counters.size === 0 ? refused('no line of it is a name with a number') : parsed(counters);
}

/** What the processors of the machine count of packets that came in. It is of the machine, whatever the network namespace. */
export interface SoftnetCounters {
  processors: number;
  /** Packets that found the input queue of their processor full (`net.core.netdev_max_backlog`). */
  dropped: number;
  /** Times that work was left when its budget or its time was used up (`net.core.netdev_budget`). */
  squeezed: number;
}

/** /proc/net/softnet_stat: a line of hexadecimal numbers for each processor, processed, dropped, squeezed, … (net/core/net-procfs.c). */
export function parseSoftnetCounters(text: string): Parsed<SoftnetCounters> {
  const sum: SoftnetCounters = { processors: 0, dropped: 0, squeezed: 0 };
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const words = line.trim().split(/\s+/);
    if (words.length < 3 || !words.every((word) => /^[0-9a-f]{8}$/i.test(word))) return refused('a line of it is no list of numbers');
    sum.processors++;
    sum.dropped += Number.parseInt(words[1] ?? '', 16);
    sum.squeezed += Number.parseInt(words[2] ?? '', 16);
  }
  return sum.processors === 0 ? refused('it is empty') : parsed(sum);
}

function fieldsOf(line: string | undefined): [string | null, string[]] {
  const [, group, rest] = /^([A-Za-z]\w{1,31}): (.+)$/.exec(line ?? '') ?? [];
  return group === undefined || rest === undefined ? [null, []] : [group, rest.trim().split(/\s+/)];
}

function isNumber(word: string): boolean {
  return /^-?\d{1,20}$/.test(word);
}
