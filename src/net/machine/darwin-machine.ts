import { type Attempt, failed, measured, unavailable } from '../../model/attempt.js';
import { type DarwinCounters, parseInterfaceCounters } from '../../wire/darwin/counters.js';
import { type DarwinLink, parseIfconfig } from '../../wire/darwin/links.js';
import { type DarwinResolver, parseScutilDns } from '../../wire/darwin/names.js';
import { type DarwinNeighbor, parseDarwinArp, parseDarwinNdp } from '../../wire/darwin/neighbors.js';
import { type DarwinRoute, type DarwinWay, parseNetstatRoutes, parseRouteGet } from '../../wire/darwin/routes.js';
import { parseLsofFields, parseNetstatSockets } from '../../wire/darwin/sockets.js';
import type { LocalSystem } from '../local-port.js';
import { type ListedSocket, type Listeners, listenersOf } from './listening-sockets.js';
import { askedOnce, readTool, whyNot } from './local-facts.js';

const orNull = <T>(list: T[]): T[] | null => (list.length === 0 ? null : list);

/** Links with their addresses, asked once for all parts of a run. Lifetimes, types and rates need options that a later macOS may refuse. */
export function readDarwinLinks(local: LocalSystem, signal: AbortSignal): Promise<Attempt<{ links: DarwinLink[]; source: string }>> {
  return askedOnce(local, 'ifconfig', async () => {
    let last: Attempt<DarwinLink[]> = unavailable('tool', 'ifconfig was not asked');
    for (const options of ['-aLv', '-a']) {
      last = await readTool(local, { file: 'ifconfig', args: [options] }, signal, (text) => orNull(parseIfconfig(text)));
      if (last.kind === 'measured') return measured({ links: last.value, source: `ifconfig ${options}` });
      if (last.kind === 'skipped' || last.kind === 'unanswered') break;
    }
    return last;
  });
}

/** A link as far as every platform tells it. Tunnels and the loopback have no medium that tells: there the driver's own mark counts. */
export function outlineOfDarwinLink({ name, flags, active, mtuBytes, speedMbit, rateMbit }: DarwinLink) {
  const up = flags.includes('UP');
  const loopback = flags.includes('LOOPBACK');
  const marked = loopback || flags.includes('POINTOPOINT') ? flags.includes('RUNNING') : null;
  const speed = active === false ? null : (speedMbit ?? rateMbit);
  return { name, up, carrier: up ? (active ?? marked) : null, loopback, mtuBytes, speedMbit: speed };
}

export const DARWIN_ROUTES = 'netstat -rn';

/** Routes of both families. A netstat that is cut to the width of a terminal shortens names of links: they are completed where that is sure. */
export function readDarwinRoutes(local: LocalSystem, signal: AbortSignal): Promise<Attempt<DarwinRoute[]>> {
  return askedOnce(local, 'routes', async () => {
    const [routes, links] = await Promise.all([
      readTool(local, { file: 'netstat', args: ['-rn'] }, signal, (text) =>
        /^Routing tables/.test(text) ? parseNetstatRoutes(text) : null,
      ),
      readDarwinLinks(local, signal),
    ]);
    if (routes.kind !== 'measured' || links.kind !== 'measured') return routes;
    const names = links.value.links.map(({ name }) => name);
    return measured(routes.value.map((route) => ({ ...route, interface: wholeName(route.interface, names) })));
  });
}

function wholeName(shown: string, names: readonly string[]): string {
  if (names.includes(shown)) return shown;
  const [only, ...others] = names.filter((name) => name.startsWith(shown));
  return only !== undefined && others.length === 0 ? only : shown;
}

export const DARWIN_NEIGHBORS = { 4: 'arp -an', 6: 'ndp -an' } as const;

/** Neighbours of a family as they are now. */
export function readDarwinNeighbors(local: LocalSystem, family: 4 | 6, signal: AbortSignal): Promise<Attempt<DarwinNeighbor[]>> {
  return family === 4
    ? readTool(local, { file: 'arp', args: ['-an'] }, signal, (text) => (text === '' ? [] : orNull(parseDarwinArp(text))))
    : readTool(local, { file: 'ndp', args: ['-an'] }, signal, (text) => (/^Neighbor\s/.test(text) ? parseDarwinNdp(text) : null));
}

/** `reachable`, `stale`, …, as Linux says it; `known`: its link address is there, and how fresh that is is not told. */
export function darwinNeighborState({ state, linkAddress, permanent }: DarwinNeighbor): string {
  if (linkAddress === null) return 'incomplete';
  if (permanent) return 'permanent';
  return { R: 'reachable', S: 'stale', D: 'delay', P: 'probe' }[state ?? ''] ?? 'known';
}

/** Counters of the links as they are now. */
export function readDarwinCounters(local: LocalSystem, signal: AbortSignal): Promise<Attempt<DarwinCounters[]>> {
  return readTool(local, { file: 'netstat', args: ['-ibdn'] }, signal, (text) => orNull(parseInterfaceCounters(text)));
}

/** The resolvers of the system, asked once for all parts of a run. */
export function readDarwinResolvers(local: LocalSystem, signal: AbortSignal): Promise<Attempt<DarwinResolver[]>> {
  return askedOnce(local, 'scutil --dns', () =>
    readTool(local, { file: 'scutil', args: ['--dns'] }, signal, (text) =>
      /^(DNS configuration|No DNS configuration available)/.test(text) ? parseScutilDns(text) : null,
    ),
  );
}

/** Which way packets to `address` go. `failed` with step `route` where the table has none. */
export async function darwinWay(local: LocalSystem, address: string, signal: AbortSignal): Promise<Attempt<DarwinWay>> {
  const args = ['-n', 'get', ...(address.includes(':') ? ['-inet6'] : []), address];
  const way = await readTool(local, { file: 'route', args }, signal, parseRouteGet);
  return way.kind === 'failed' ? failed('route', 'ENETUNREACH', 'the table has no route there') : way;
}

/**
 * Everything that listens, by netstat, which shows the sockets of all users. Whose they are is known of the user's own processes, and of all
 * to root.
 */
export async function readDarwinListeners(local: LocalSystem, signal: AbortSignal): Promise<Attempt<Listeners>> {
  const netstat = (protocol: string) =>
    readTool(local, { file: 'netstat', args: ['-anW', '-p', protocol] }, signal, (text) =>
      /^(Active Internet connections|$)/.test(text) ? parseNetstatSockets(text) : null,
    );
  const [tcp, udp, owned] = await Promise.all([
    netstat('tcp'),
    netstat('udp'),
    readTool(local, { file: 'lsof', args: ['-nP', '-iTCP', '-sTCP:LISTEN', '-iUDP', '-F', 'pcPtTn'] }, signal, parseLsofFields),
  ]);
  // A list with gaps would look like a whole one.
  for (const table of [tcp, udp]) if (table.kind !== 'measured') return unavailable('socket-tables', whyNot(table));
  if (tcp.kind !== 'measured' || udp.kind !== 'measured') return unavailable('socket-tables', 'netstat shows no sockets');
  const owners = owned.kind === 'measured' ? owned.value : [];
  const withoutZone = (address: string) => address.replace(/%.*$/, '');
  return measured(
    listenersOf(
      [...tcp.value, ...udp.value].flatMap((socket): ListedSocket[] => {
        const of = owners.filter(
          (owner) =>
            owner.protocol === socket.protocol && owner.port === socket.port && withoutZone(owner.address) === withoutZone(socket.address),
        );
        if (of.length === 0) return [{ ...socket, pid: null, process: null }];
        return of.map(({ pid, process }) => ({ ...socket, pid, process }));
      }),
    ),
  );
}
