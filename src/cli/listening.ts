import { isIP } from 'node:net';
import type { ExpectedListener } from '../model/measurement.js';
import type { ListeningOptions } from '../model/probe-options.js';
import { parsePort } from '../model/target.js';
import { joinPortLists, type PortList } from './port-list.js';
import { UsageError } from './usage-error.js';
import type { ValueKind } from './value-kinds.js';

/** As long as a list of a machine's services may get. */
const MAXIMUM_ENTRIES = 1000;

/** One `--expect`. */
export interface ExpectedList {
  entries: ExpectedListener[];
}

export const expectedListeners: ValueKind<ExpectedList> = {
  accepted:
    'entries PORT[/tcp|/udp][:PROCESS][@loopback|@all|@ADDRESS] with commas between them, as in 5432/tcp:postgres@loopback,8080 (1000 at most)',
  parse(text) {
    const entries = text.split(',').map((entry) => parseEntry(entry.trim()));
    return entries.length <= MAXIMUM_ENTRIES && entries.every((entry) => entry !== null) ? { entries } : null;
  },
};

/** Names of processes have no more than 15 bytes; longer ones are the names of programs, and are compared as far as they go. */
const ENTRY = /^(\d{1,5})(?:\/(tcp|udp))?(?::([^\s,@:]{1,64}))?(?:@([\da-zA-Z:.]{1,45}))?$/;

function parseEntry(text: string): ExpectedListener | null {
  const [, digits = '', protocol = 'tcp', process, place] = ENTRY.exec(text) ?? [];
  const port = parsePort(digits);
  if (port === null) return null;
  const where = place === undefined ? null : placeOf(place.toLowerCase());
  if (place !== undefined && where === null) return null;
  return { port, protocol: protocol === 'udp' ? 'udp' : 'tcp', process: process ?? null, place: where };
}

/** Addresses in the spelling of the socket tables. The unspecified ones are `all`, since one socket of IPv6 can take IPv4 too. */
function placeOf(text: string): string | null {
  if (text === 'loopback' || text === 'all') return text;
  if (isIP(text) === 0) return null;
  const address = isIP(text) === 6 ? canonicalIpv6(text) : text;
  return address === '0.0.0.0' || address === '::' ? 'all' : address;
}

function canonicalIpv6(text: string): string {
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

/** Flags of `netdiag ports` that mean something for a target only. */
const FOR_TARGETS = ['top', 'ipv4', 'ipv6', 'source', 'interface', 'lab'] as const;

interface ListeningFlags {
  listening?: boolean;
  expect?: ExpectedList[] | undefined;
  ports?: PortList[] | undefined;
}

/**
 * What `netdiag ports --listening` is to look for; `null` where targets are to be asked.
 *
 * @throws UsageError for flags and arguments that contradict each other.
 */
export function readListening(flags: ListeningFlags & Record<string, unknown>, argv: readonly unknown[]): ListeningOptions | null {
  if (flags.listening !== true) {
    if (flags.expect !== undefined) throw new UsageError('--expect: says what should listen on this machine; it goes with --listening');
    return null;
  }
  if (argv.length > 0) throw new UsageError('--listening: is about this machine; it takes no TARGET');
  const other = FOR_TARGETS.find((name) => flags[name] !== undefined && flags[name] !== false);
  if (other !== undefined) throw new UsageError(`--listening: is about this machine; it does not go with --${other}`);
  return {
    asked: flags.ports === undefined ? null : rangesOf(flags.ports),
    expected: flags.expect?.flatMap(({ entries }) => entries) ?? null,
  };
}

/** Ports named one by one as ranges of one, the others in ranges as long as they get. */
function rangesOf(lists: readonly PortList[]): NonNullable<ListeningOptions['asked']> {
  const { required, surveyed } = joinPortLists(lists);
  const ranges: { first: number; last: number }[] = [];
  for (const port of surveyed) {
    const previous = ranges.at(-1);
    if (previous !== undefined && previous.last === port - 1) previous.last = port;
    else ranges.push({ first: port, last: port });
  }
  return [...required.map((port) => ({ first: port, last: port })), ...ranges].sort((a, b) => a.first - b.first);
}
