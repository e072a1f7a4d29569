/**
 * Links, addresses, routes and neighbours of Windows, from the rows of the classes MSFT_NetAdapter, MSFT_NetIPInterface, MSFT_NetIPAddress,
 * MSFT_NetRoute and MSFT_NetNeighbor (namespace root/StandardCimv2). A row that does not make sense is left out; nothing here throws.
 */
import ipaddr from 'ipaddr.js';
import { type WindowsReport, type WindowsRow, windowsFlag, windowsNumber, windowsRows, windowsText } from './report.js';

export interface WindowsAddress {
  family: 4 | 6;
  /** Without its zone. */
  address: string;
  prefixLength: number;
  /** `manual`, `dhcp`, `router-advertisement`, `well-known`, `other`. */
  prefixOrigin: string | null;
  /** `random` is an address for privacy, `link` one made from the link address. */
  suffixOrigin: string | null;
  state: 'invalid' | 'tentative' | 'duplicate' | 'deprecated' | 'preferred' | null;
  /** `Infinity`: without end; `null`: not told. */
  validSeconds: number | null;
  preferredSeconds: number | null;
}

export interface WindowsLink {
  index: number;
  /** As people see it: `Ethernet`, `WLAN`. */
  name: string;
  /** Of the maker, or of the virtual kind: `Hyper-V Virtual Ethernet Adapter`. */
  description: string | null;
  administrativelyUp: boolean | null;
  /** RFC 2863 `ifOperStatus`. */
  operationalState: string | null;
  connected: boolean | null;
  fullDuplex: boolean | null;
  speedMbit: number | null;
  mtuBytes: number | null;
  virtual: boolean | null;
  /** IANAifType: 6 Ethernet, 24 loopback, 71 Wi-Fi, 131 tunnel, … */
  type: number | null;
  /** NDIS_PHYSICAL_MEDIUM: 1 and 9 Wi-Fi, 8 cellular, 10 Bluetooth, 14 Ethernet, … */
  medium: number | null;
  vlanId: number | null;
  /** Added to the metric of each route over it. */
  metric: { 4: number | null; 6: number | null };
  dhcp: boolean | null;
  addresses: WindowsAddress[];
}

export interface WindowsRoute {
  family: 4 | 6;
  destination: string;
  prefixLength: number;
  gateway: string | null;
  index: number;
  /** Of the route alone. */
  metric: number | null;
  /** Number of MSFT_NetRoute.Protocol: 2 local, 3 by hand or DHCP, … */
  protocol: number | null;
}

export interface WindowsNeighbor {
  address: string;
  index: number;
  linkAddress: string | null;
  state: 'unreachable' | 'incomplete' | 'probe' | 'delay' | 'stale' | 'reachable' | 'permanent' | null;
}

const AF_INET = 2;
const AF_INET6 = 23;
const OPERATIONAL_STATES = ['up', 'down', 'testing', 'unknown', 'dormant', 'notpresent', 'lowerlayerdown'];
const PREFIX_ORIGINS = ['other', 'manual', 'well-known', 'dhcp', 'router-advertisement'];
const SUFFIX_ORIGINS = ['other', 'manual', 'well-known', 'dhcp', 'link', 'random'];
const ADDRESS_STATES = ['invalid', 'tentative', 'duplicate', 'deprecated', 'preferred'] as const;
const NEIGHBOR_STATES = ['unreachable', 'incomplete', 'probe', 'delay', 'stale', 'reachable', 'permanent'] as const;
/** MSFT_NetIPInterface.Store and its like: what is in force, not what is kept for the next start. */
const ACTIVE_STORE = 1;
/** A lifetime of all ones in 32 bits is for ever; PowerShell shows it as the longest time span it knows. */
const FOREVER_SECONDS = 0xffff_ffff;

/** Links that people see, and the loopback one; `null` where neither adapters nor their addresses are known. */
export function readWindowsLinks(report: WindowsReport): WindowsLink[] | null {
  const adapters = windowsRows(report, 'adapters');
  const interfaces = windowsRows(report, 'interfaces');
  if (adapters === null && interfaces === null) return null;
  const links = new Map<number, WindowsLink>();
  for (const row of adapters ?? []) {
    const link = adapterOf(row);
    if (link !== null && row['Hidden'] !== true) links.set(link.index, link);
  }
  for (const row of activeRows(interfaces ?? [])) addInterface(links, row, adapters === null);
  for (const row of activeRows(windowsRows(report, 'addresses') ?? [])) {
    const index = windowsNumber(row, 'InterfaceIndex');
    const address = addressOf(row);
    if (index !== null && address !== null) links.get(index)?.addresses.push(address);
  }
  return [...links.values()];
}

/** The loopback interface and those of tunnels have no adapter that is shown. */
function addInterface(links: Map<number, WindowsLink>, row: WindowsRow, noAdapters: boolean): void {
  const index = windowsNumber(row, 'InterfaceIndex');
  const name = windowsText(row, 'InterfaceAlias');
  const family = familyOf(row);
  if (index === null || name === null || family === null) return;
  const connected = windowsFlag(row, 'ConnectionState');
  const loopback = /^Loopback Pseudo-Interface \d+$/.test(name);
  if (!links.has(index) && (noAdapters || loopback || connected === true)) {
    links.set(index, { ...UNKNOWN_LINK, index, name, type: loopback ? 24 : null, connected, metric: { 4: null, 6: null }, addresses: [] });
  }
  const link = links.get(index);
  if (link === undefined) return;
  const mtu = windowsNumber(row, 'NlMtu');
  // All ones: the loopback interface has no limit of its own.
  if (link.mtuBytes === null && mtu !== null && mtu < 0xffff_ffff) link.mtuBytes = mtu;
  link.metric[family] = windowsNumber(row, 'InterfaceMetric');
  if (family === 4) link.dhcp = windowsFlag(row, 'Dhcp');
}

const UNKNOWN_LINK: Omit<WindowsLink, 'index' | 'name' | 'metric' | 'addresses'> = {
  description: null,
  administrativelyUp: null,
  operationalState: null,
  connected: null,
  fullDuplex: null,
  speedMbit: null,
  mtuBytes: null,
  virtual: null,
  type: null,
  medium: null,
  vlanId: null,
  dhcp: null,
};

function adapterOf(row: WindowsRow): WindowsLink | null {
  const index = windowsNumber(row, 'InterfaceIndex');
  const name = windowsText(row, 'Name');
  if (index === null || index === 0 || name === null) return null;
  const admin = windowsNumber(row, 'InterfaceAdminStatus');
  const media = windowsNumber(row, 'MediaConnectState');
  const speed = windowsNumber(row, 'ReceiveLinkSpeed');
  const vlan = windowsNumber(row, 'VlanID');
  return {
    index,
    name,
    description: windowsText(row, 'InterfaceDescription'),
    administrativelyUp: admin === 1 ? true : admin === 2 ? false : null,
    operationalState: OPERATIONAL_STATES[(windowsNumber(row, 'InterfaceOperationalStatus') ?? 0) - 1] ?? null,
    connected: media === 1 ? true : media === 2 ? false : null,
    fullDuplex: windowsFlag(row, 'FullDuplex'),
    speedMbit: speed === null || speed < 1_000_000 || media === 2 ? null : Math.round(speed / 1_000_000),
    mtuBytes: windowsNumber(row, 'MtuSize'),
    virtual: windowsFlag(row, 'Virtual'),
    type: windowsNumber(row, 'InterfaceType'),
    medium: windowsNumber(row, 'NdisPhysicalMedium'),
    vlanId: vlan === 0 ? null : vlan,
    metric: { 4: null, 6: null },
    dhcp: null,
    addresses: [],
  };
}

function addressOf(row: WindowsRow): WindowsAddress | null {
  const address = ipOf(windowsText(row, 'IPAddress'));
  const prefixLength = windowsNumber(row, 'PrefixLength');
  if (address === null || prefixLength === null || prefixLength > (address.includes(':') ? 128 : 32)) return null;
  const seconds = (key: string) => {
    const value = windowsNumber(row, key);
    return value !== null && value >= FOREVER_SECONDS ? Number.POSITIVE_INFINITY : value;
  };
  return {
    family: address.includes(':') ? 6 : 4,
    address,
    prefixLength,
    prefixOrigin: PREFIX_ORIGINS[windowsNumber(row, 'PrefixOrigin') ?? -1] ?? null,
    suffixOrigin: SUFFIX_ORIGINS[windowsNumber(row, 'SuffixOrigin') ?? -1] ?? null,
    state: ADDRESS_STATES[windowsNumber(row, 'AddressState') ?? -1] ?? null,
    validSeconds: seconds('ValidSeconds'),
    preferredSeconds: seconds('PreferredSeconds'),
  };
}

/** Routes in force, those to multicast and broadcast addresses left out; `null` where they are not known. */
export function readWindowsRoutes(report: WindowsReport): WindowsRoute[] | null {
  const rows = windowsRows(report, 'routes');
  if (rows === null) return null;
  return activeRows(rows).flatMap((row) => {
    const [written = '', length = ''] = (windowsText(row, 'DestinationPrefix') ?? '').split('/');
    const destination = ipOf(written);
    const index = windowsNumber(row, 'InterfaceIndex');
    const hop = ipOf(windowsText(row, 'NextHop'));
    if (destination === null || index === null || !/^\d{1,3}$/.test(length)) return [];
    const family = destination.includes(':') ? 6 : 4;
    const prefixLength = Number(length);
    if (prefixLength > (family === 4 ? 32 : 128)) return [];
    if (ipaddr.parse(destination).range() === 'multicast' || destination === '255.255.255.255') return [];
    return [
      {
        family,
        destination,
        prefixLength,
        gateway: hop === null || hop === '0.0.0.0' || hop === '::' ? null : hop,
        index,
        metric: windowsNumber(row, 'RouteMetric'),
        protocol: windowsNumber(row, 'Protocol'),
      },
    ];
  });
}

/** Who was asked for on the links, groups left out; `null` where it is not known. */
export function readWindowsNeighbors(report: WindowsReport): WindowsNeighbor[] | null {
  const rows = windowsRows(report, 'neighbors');
  if (rows === null) return null;
  return activeRows(rows).flatMap((row) => {
    const address = ipOf(windowsText(row, 'IPAddress'));
    const index = windowsNumber(row, 'InterfaceIndex');
    if (address === null || index === null || ipaddr.parse(address).range() === 'multicast') return [];
    const link = windowsText(row, 'LinkLayerAddress');
    return [
      {
        address,
        index,
        linkAddress:
          link !== null && /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/i.test(link) && !/^(00-){5}00$/.test(link) ? link.toLowerCase() : null,
        state: NEIGHBOR_STATES[windowsNumber(row, 'State') ?? -1] ?? null,
      },
    ];
  });
}

/** Rows of what is in force. Where no row says in which store it is, all are. */
function activeRows(rows: readonly WindowsRow[]): readonly WindowsRow[] {
  return rows.filter((row) => row['Store'] === undefined || row['Store'] === null || row['Store'] === ACTIVE_STORE);
}

function familyOf(row: WindowsRow): 4 | 6 | null {
  const family = windowsNumber(row, 'AddressFamily');
  return family === AF_INET ? 4 : family === AF_INET6 ? 6 : null;
}

/** Without zone, in its shortest form. */
function ipOf(text: string | null): string | null {
  const address = (text ?? '').replace(/%.*$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return address;
  return ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address).toString() : null;
}
