/**
 * Resolvers and proxies of Windows, from the rows of MSFT_DNSClientServerAddress, MSFT_DNSClientGlobalSetting, MSFT_DNSClient and from the
 * registry. A row that does not make sense is left out; nothing here throws.
 */
import ipaddr from 'ipaddr.js';
import {
  listOf,
  type WindowsReport,
  type WindowsRow,
  windowsFlag,
  windowsNumber,
  windowsRows,
  windowsText,
  windowsTexts,
} from './report.js';

export interface WindowsResolvers {
  /** By interface and family, in the order of the system. */
  servers: { index: number; name: string; family: 4 | 6; servers: string[] }[];
  /** Suffixes for all interfaces; empty: each interface has its own. */
  search: string[];
  /** Of the interfaces (`ConnectionSpecificSuffix`). */
  suffixes: { index: number; suffix: string }[];
  /** Names below these go to other servers (Name Resolution Policy Table, as VPNs and DirectAccess fill it); `null`: not known. */
  policies: { names: string[]; servers: string[] }[] | null;
}

/** Site-local addresses that Windows puts in where an interface has IPv6 and no resolver: nobody answers there. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['fec0:0:0:ffff::1', 'fec0:0:0:ffff::2', 'fec0:0:0:ffff::3']);

/** `null` where the servers are not known. */
export function readWindowsResolvers(report: WindowsReport): WindowsResolvers | null {
  const rows = windowsRows(report, 'dnsServers');
  if (rows === null) return null;
  const [global] = windowsRows(report, 'dnsGlobal') ?? [];
  return {
    servers: rows.flatMap((row) => {
      const index = windowsNumber(row, 'InterfaceIndex');
      const family = windowsNumber(row, 'AddressFamily');
      const servers = windowsTexts(row, 'ServerAddresses').filter(
        (text) => ipaddr.isValid(text.replace(/%.*$/, '')) && !PLACEHOLDERS.has(text),
      );
      if (index === null || (family !== 2 && family !== 23) || servers.length === 0) return [];
      return [{ index, name: windowsText(row, 'InterfaceAlias') ?? '', family: family === 2 ? (4 as const) : (6 as const), servers }];
    }),
    search: global === undefined || windowsFlag(global, 'UseSuffixSearchList') === false ? [] : windowsTexts(global, 'SuffixSearchList'),
    suffixes: (windowsRows(report, 'dnsClients') ?? []).flatMap((row) => {
      const index = windowsNumber(row, 'InterfaceIndex');
      const suffix = windowsText(row, 'ConnectionSpecificSuffix');
      return index === null || suffix === null ? [] : [{ index, suffix }];
    }),
    policies:
      windowsRows(report, 'dnsPolicies')?.map((row) => ({
        names: windowsTexts(row, 'Name'),
        servers: (windowsText(row, 'GenericDNSServers') ?? '').split(/[;,\s]+/).filter((server) => ipaddr.isValid(server)),
      })) ?? null,
  };
}

export interface WindowsProxies {
  /** By scheme (`http`, `https`, `ftp`, `socks`), or `all`; `host:port`. Empty: switched off, or none. */
  servers: Partial<Record<'all' | 'http' | 'https' | 'socks', string>>;
  /** `*.example.net`, `<local>` for names without a dot, … */
  exceptions: string[];
  /** Address of a script that decides (PAC). */
  scriptUrl: string | null;
  /** Whether such a script is looked for on the network (WPAD); `null`: not known. */
  discovery: boolean | null;
}

/** What the user has set (Internet Settings of the registry); `null` where it is not known. */
export function readUserProxies(report: WindowsReport): WindowsProxies | null {
  const [row] = windowsRows(report, 'userProxy') ?? [];
  if (row === undefined) return null;
  const written = windowsFlag(row, 'ProxyEnable') === true ? (windowsText(row, 'ProxyServer') ?? '') : '';
  return {
    servers: readProxyServers(written),
    exceptions: readExceptions(written === '' ? '' : (windowsText(row, 'ProxyOverride') ?? '')),
    scriptUrl: windowsText(row, 'AutoConfigURL'),
    discovery: readDiscovery(report),
  };
}

/** `DefaultConnectionSettings`: after a version and a counter of 4 bytes each, flags (1 direct, 2 proxy, 4 script, 8 detection). */
function readDiscovery(report: WindowsReport): boolean | null {
  const [row] = windowsRows(report, 'userDetection') ?? [];
  const flags = row === undefined ? undefined : bytesOf(row, 'DefaultConnectionSettings')?.[8];
  return flags === undefined ? null : (flags & 8) !== 0;
}

/** `proxy:8080` for all, or `http=proxy:8080;https=proxy:8443;socks=proxy:1080`. A scheme in front of the host is left out. */
export function readProxyServers(text: string): WindowsProxies['servers'] {
  const servers: WindowsProxies['servers'] = {};
  for (const part of text.slice(0, 2048).split(/[;\s]+/)) {
    const [, scheme, server = ''] = /^(?:([a-z]{2,8})=)?(?:[a-z]{2,8}:\/\/)?(?:[^@/]*@)?([^/=@]{1,255})\/?$/i.exec(part) ?? [];
    const key = scheme?.toLowerCase() ?? 'all';
    if (server !== '' && (key === 'all' || key === 'http' || key === 'https' || key === 'socks')) servers[key] ??= server;
  }
  return servers;
}

function readExceptions(text: string): string[] {
  return text
    .split(/[;\s]+/)
    .filter((entry) => entry !== '')
    .slice(0, 1024);
}

/**
 * What services use (WinHTTP): the value `WinHttpSettings` of the registry, of 4-byte little-endian numbers and texts: version, counter,
 * flags (1 direct, 2 proxy), length and text of the proxies, length and text of the exceptions. `null` where there is none, or it is nonsense.
 */
export function readMachineProxies(report: WindowsReport): WindowsProxies | null {
  const [row] = windowsRows(report, 'machineProxy') ?? [];
  if (row === undefined) return null;
  if (row['WinHttpSettings'] == null) return { servers: {}, exceptions: [], scriptUrl: null, discovery: false };
  const bytes = bytesOf(row, 'WinHttpSettings');
  if (bytes === null) return null;
  const view = new DataView(bytes.buffer);
  const textAt = (at: number): string | null => {
    if (at + 4 > bytes.length) return null;
    const length = view.getUint32(at, true);
    return at + 4 + length > bytes.length ? null : String.fromCharCode(...bytes.subarray(at + 4, at + 4 + length));
  };
  if (bytes.length < 12) return null;
  const servers = (view.getUint32(8, true) & 2) === 0 ? '' : textAt(12);
  if (servers === null) return null;
  const exceptions = servers === '' ? '' : textAt(16 + servers.length);
  return { servers: readProxyServers(servers), exceptions: readExceptions(exceptions ?? ''), scriptUrl: null, discovery: false };
}

function bytesOf(row: WindowsRow, key: string): Uint8Array | null {
  const value = listOf(row[key]);
  const isByte = (byte: unknown): byte is number => typeof byte === 'number' && Number.isInteger(byte) && byte >= 0 && byte < 256;
  return value.length <= 4096 && value.every(isByte) ? Uint8Array.from(value) : null;
}
