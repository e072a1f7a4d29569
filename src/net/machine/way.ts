import { LIST_LINKS, routeRequest } from '../../wire/linux/rtnetlink.js';
import { parseLink } from '../../wire/linux/rtnetlink-link.js';
import { parseRoute, type RouteMessage } from '../../wire/linux/rtnetlink-route.js';
import type { LocalSystem } from '../local-port.js';
import type { RouteLookup } from '../port.js';
import { nameOfLink } from './neighbors.js';

/** Each question is answered within the call that asks it, and has its own limit of time. */
const UNBOUNDED = new AbortController().signal;

/** Interface of an address with a zone (`fe80::1%eth0`, RFC 4007), or of the origin. */
function zoneOf(address: string): string | null {
  return /%(.+)$/.exec(address)?.[1] ?? null;
}

/**
 * What the kernel decides for packets from this user to `address`, as `ip route get` shows it. `null` where it cannot be asked, or says no:
 * a refusal has been told by a socket before.
 */
export async function askForWay(
  local: LocalSystem,
  address: string,
  origin: { source: string | null; interface?: string },
): Promise<(Omit<RouteLookup, 'source' | 'loopback'> & { source: string | null }) | null> {
  const link = zoneOf(address) ?? origin.interface ?? null;
  const interfaceIndex = link === null ? null : await indexOfLink(local, link);
  if (link !== null && interfaceIndex === null) return null;
  const asked = { address, source: origin.source, interfaceIndex };
  const [decision, entry] = await Promise.all([ask(local, { ...asked, answer: 'decision' }), ask(local, { ...asked, answer: 'entry' })]);
  if (decision === null) return null;
  const [hop] = decision.nextHops;
  const index = hop?.interfaceIndex ?? null;
  return {
    source: decision.preferredSource,
    interface: index === null ? null : await nameOfLink(local, index, UNBOUNDED),
    gateway: hop?.gateway ?? null,
    table: decision.table,
    type: decision.type,
    // Older kernels do not know the question, and answer with the address itself.
    prefix: entry === null || entry.cloned ? null : `${entry.destination}/${entry.prefixLength}`,
    mtuBytes: decision.mtuBytes,
  };
}

async function ask(local: LocalSystem, question: Parameters<typeof routeRequest>[0]): Promise<RouteMessage | null> {
  const request = routeRequest(question);
  if (request === null) return null;
  const answer = await local.netlink('route', request, UNBOUNDED);
  const [bytes] = answer.kind === 'measured' ? answer.value : [];
  const route = bytes === undefined ? null : parseRoute(bytes);
  return route?.ok === true ? route.value : null;
}

async function indexOfLink(local: LocalSystem, name: string): Promise<number | null> {
  // Windows, and numbers on other systems: a zone may be an index already.
  if (/^\d{1,9}$/.test(name)) return Number(name);
  const answer = await local.netlink('route', LIST_LINKS, UNBOUNDED);
  if (answer.kind !== 'measured') return null;
  for (const bytes of answer.value) {
    const link = parseLink(bytes);
    if (link.ok && link.value.name === name) return link.value.index;
  }
  return null;
}
