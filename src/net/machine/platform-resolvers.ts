import { readWindowsLinks, readWindowsRoutes } from '../../wire/windows/links.js';
import { readWindowsResolvers } from '../../wire/windows/names.js';
import type { WindowsReport } from '../../wire/windows/report.js';
import type { LocalSystem } from '../local-port.js';
import { readDarwinResolvers } from './darwin-machine.js';
import { isWindowsRead, readWindows, WINDOWS_SOURCE } from './windows-facts.js';

export interface PlatformResolvers {
  /** Whom programs ask for names that no other resolver takes, in order. */
  servers: string[];
  search: string[];
  source: string;
}

/** Each question has its own limit of time, and ends with the network. */
const UNBOUNDED = new AbortController().signal;

/**
 * The resolvers of macOS by `scutil --dns`, of Windows by PowerShell; `null` where they do not tell, and on other systems.
 *
 * @param starts `false`: PowerShell, which takes a second to start, is not started for it, and tells only where it was asked before
 */
export async function resolversOfPlatform(local: LocalSystem, starts = true): Promise<PlatformResolvers | null> {
  if (local.platform === 'darwin') {
    const resolvers = await readDarwinResolvers(local, UNBOUNDED);
    if (resolvers.kind !== 'measured') return null;
    const main = resolvers.value.find(({ list, domain, multicast }) => list === 'default' && domain === null && !multicast);
    const port = main?.port ?? null;
    const servers = (main?.servers ?? []).map((server) => (port === null ? server : withPort(server, port)));
    return { servers, search: main?.search ?? [], source: 'scutil --dns' };
  }
  if (local.platform === 'win32' && (starts || isWindowsRead(local, 'links'))) {
    const report = await readWindows(local, 'links', UNBOUNDED);
    return report.kind === 'measured' ? resolversOfWindows(report.value) : null;
  }
  return null;
}

function withPort(server: string, port: number): string {
  return server.includes(':') ? `[${server}]:${port}` : `${server}:${port}`;
}

/**
 * Windows asks the resolvers of the interface with the lowest metric first, then those of the others. Interfaces without a connection have
 * none that can be asked.
 */
function resolversOfWindows(report: WindowsReport): PlatformResolvers | null {
  const resolvers = readWindowsResolvers(report);
  if (resolvers === null) return null;
  const links = readWindowsLinks(report) ?? [];
  const routes = readWindowsRoutes(report) ?? [];
  const rankOf = (index: number, family: 4 | 6) => links.find((link) => link.index === index)?.metric[family] ?? Number.MAX_SAFE_INTEGER;
  const usable = resolvers.servers
    .filter(({ index }) => links.find((link) => link.index === index)?.connected !== false)
    .sort((a, b) => rankOf(a.index, a.family) - rankOf(b.index, b.family));
  const withWay = new Set(routes.filter(({ prefixLength }) => prefixLength === 0).map(({ index }) => index));
  const suffixes = resolvers.suffixes.filter(({ index }) => withWay.has(index)).map(({ suffix }) => suffix);
  return {
    servers: [...new Set(usable.flatMap(({ servers }) => servers))],
    search: resolvers.search.length > 0 ? resolvers.search : [...new Set(suffixes)],
    source: WINDOWS_SOURCE,
  };
}
