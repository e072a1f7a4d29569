import ipaddr from 'ipaddr.js';
import { type Attempt, measured, unavailable } from '../../model/attempt.js';
import { parseProcArp } from '../../wire/linux/proc-net.js';
import { LIST_NEIGHBORS, linkRequest } from '../../wire/linux/rtnetlink.js';
import { parseLink } from '../../wire/linux/rtnetlink-link.js';
import { type NeighborMessage, parseNeighbor } from '../../wire/linux/rtnetlink-rule.js';
import type { LocalSystem } from '../local-port.js';
import type { NeighborKnowledge } from '../port.js';

/** The kernel holds a link address, or needs none (RFC 4861, 7.3.2). */
const RESOLVED: ReadonlySet<string> = new Set(['reachable', 'stale', 'delay', 'probe', 'permanent', 'noarp']);
const ABSENT: NeighborKnowledge = { state: 'absent', kernelState: null, linkAddressKind: null };

/** The neighbour as rtnetlink(7) lists it; of IPv4, where the kernel cannot be asked, as /proc/net/arp does. */
export async function lookUpNeighbor(
  local: LocalSystem,
  address: string,
  interfaceName: string | null,
  signal: AbortSignal,
): Promise<Attempt<NeighborKnowledge>> {
  const listed = await local.netlink('route', LIST_NEIGHBORS, signal);
  if (listed.kind !== 'measured') return byFile(local, address, interfaceName);
  const wanted = canonical(address);
  const entries = listed.value.flatMap((bytes) => {
    const entry = parseNeighbor(bytes);
    return entry.ok && entry.value.address === wanted ? [entry.value] : [];
  });
  const [entry] = await onInterface(local, entries, interfaceName, signal);
  if (entry === undefined) return measured(ABSENT);
  return measured({
    state: RESOLVED.has(entry.state) ? 'resolved' : entry.state === 'none' ? 'absent' : 'incomplete',
    kernelState: entry.state,
    linkAddressKind: entry.linkAddressKind,
  });
}

/** One link-local address can be that of a router on each of several links. */
async function onInterface(
  local: LocalSystem,
  entries: readonly NeighborMessage[],
  name: string | null,
  signal: AbortSignal,
): Promise<NeighborMessage[]> {
  if (name === null || entries.length === 0) return [...entries];
  const names = await Promise.all(entries.map(({ index }) => nameOfLink(local, index, signal)));
  return entries.filter((_, at) => names[at] === null || names[at] === name);
}

/** Name of a link by its index; `null` where the kernel does not tell. */
export async function nameOfLink(local: LocalSystem, index: number, signal: AbortSignal): Promise<string | null> {
  const answer = await local.netlink('route', linkRequest(index), signal);
  const [bytes] = answer.kind === 'measured' ? answer.value : [];
  const link = bytes === undefined ? null : parseLink(bytes);
  return link?.ok === true && link.value.index === index ? link.value.name : null;
}

async function byFile(local: LocalSystem, address: string, interfaceName: string | null): Promise<Attempt<NeighborKnowledge>> {
  const table = address.includes(':') ? null : await local.file('/proc/net/arp');
  if (table?.kind !== 'measured') return unavailable('neighbour-table', 'the system shows no neighbour table for this family as a file');
  const entry = parseProcArp(table.value).find(
    (neighbor) => neighbor.address === address && (interfaceName === null || neighbor.interface === interfaceName),
  );
  return measured(entry === undefined ? ABSENT : { ...ABSENT, state: entry.resolved ? 'resolved' : 'incomplete' });
}

function canonical(address: string): string {
  try {
    return ipaddr.parse(address.replace(/%.*$/, '')).toString();
  } catch {
    return address;
  }
}
