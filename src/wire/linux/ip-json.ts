import type { DataOf } from '../../model/measurement.js';
import { type Parsed, parsed, refused } from '../parsed.js';
import { linkAddressKind, markText } from './rtnetlink-rule.js';

/**
 * What `ip -j` (iproute2) prints. Versions before 4.15 know no JSON, or print some that is none; later ones differ in what they leave out.
 * A field of another kind than it should be is absent; an entry without its name or address is left out. Nothing here throws.
 */

type Host = DataOf<'host'>;
type Interface = Host['interfaces'][number];
type Route = NonNullable<Host['routes']>[number];
type Rule = NonNullable<Host['rules']>[number];
type Neighbor = NonNullable<Host['neighbors']>[number];

const FOREVER_SECONDS = 0xffffffff;
/** Bound against junk. */
const MAXIMUM_ENTRIES = 100_000;

interface Fields {
  [name: string]: unknown;
}

/** `ip -j -d -s addr show`: links with their addresses. */
export function parseIpAddresses(text: string, source: string): Parsed<Interface[]> {
  const entries = entriesOf(text);
  if (!entries.ok) return entries;
  return parsed(
    entries.value.flatMap((entry): Interface[] => {
      const name = textIn(entry, 'ifname');
      const flags = namesIn(entry, 'flags');
      if (name === null) return [];
      const up = flags.includes('UP');
      const loopback = flags.includes('LOOPBACK');
      const information = fieldsIn(entry, 'linkinfo');
      const details = fieldsIn(information, 'info_data');
      const statistics = fieldsIn(entry, 'stats64');
      const said = textIn(information, 'info_kind');
      const sum = (field: string) => {
        const [received, sent] = [numberIn(fieldsIn(statistics, 'rx'), field), numberIn(fieldsIn(statistics, 'tx'), field)];
        return received === null || sent === null ? null : received + sent;
      };
      return [
        {
          name,
          up,
          carrier: up ? !flags.includes('NO-CARRIER') : null,
          loopback,
          mtuBytes: numberIn(entry, 'mtu'),
          speedMbit: null,
          addresses: listIn(entry, 'addr_info').flatMap(addressOf),
          errors: sum('errors'),
          dropped: sum('dropped'),
          source,
          addressesKnown: Array.isArray(entry['addr_info']),
          index: numberIn(entry, 'ifindex'),
          kind: said === 'tun' ? (textIn(details, 'type') === 'tap' ? 'tap' : 'tun') : (said ?? linkTypeKind(textIn(entry, 'link_type'))),
          operationalState: textIn(entry, 'operstate')?.toLowerCase() ?? null,
          duplex: null,
          master: textIn(entry, 'master'),
          parent: textIn(entry, 'link'),
          vlanId: said === 'vlan' ? numberIn(details, 'id') : null,
          promiscuous: numberIn(entry, 'promiscuity') === null ? null : numberIn(entry, 'promiscuity') !== 0,
        },
      ];
    }),
  );
}

/** Words of `ip` for types of hardware. */
const LINK_TYPES: Readonly<Record<string, string>> = {
  ether: 'ethernet',
  loopback: 'loopback',
  ppp: 'ppp',
  infiniband: 'infiniband',
  can: 'can',
  ipip: 'ipip',
  tunnel6: 'ip6tnl',
  sit: 'sit',
  gre: 'gre',
  gre6: 'ip6gre',
  rawip: 'cellular',
  'ieee802.11': 'wireless',
};

function linkTypeKind(type: string | null): string | null {
  return type === null ? null : Object.hasOwn(LINK_TYPES, type) ? (LINK_TYPES[type] ?? null) : null;
}

function addressOf(entry: Fields): Interface['addresses'] {
  const family = familyOf(textIn(entry, 'family'));
  const address = textIn(entry, 'local');
  const prefixLength = numberIn(entry, 'prefixlen');
  if (family === null || address === null || prefixLength === null) return [];
  const lifetime = (name: string) => {
    const seconds = numberIn(entry, name);
    return seconds === null || seconds === FOREVER_SECONDS ? null : seconds * 1000;
  };
  return [
    {
      address,
      prefixLength,
      family,
      scope: textIn(entry, 'scope'),
      temporary: entry['temporary'] === true,
      deprecated: entry['deprecated'] === true,
      tentative: entry['tentative'] === true,
      duplicate: entry['dadfailed'] === true,
      permanent: entry['dynamic'] !== true,
      validForMs: lifetime('valid_life_time'),
      preferredForMs: lifetime('preferred_life_time'),
    },
  ];
}

/** `ip -j -d route show table all`, and the same of `ip -6`. `tables`: numbers by the names of rt_tables. */
export function parseIpRoutes(text: string, family: 4 | 6, tables: ReadonlyMap<string, number>): Parsed<Route[]> {
  const entries = entriesOf(text);
  if (!entries.ok) return entries;
  return parsed(
    entries.value.flatMap((entry): Route[] => {
      const to = prefixOf(textIn(entry, 'dst'), family);
      const table = tableOf(entry['table'] ?? 'main', tables);
      if (to === null || table === null) return [];
      const metrics = listIn(entry, 'metrics').map((metric) => numberIn(metric, 'mtu'));
      const several = listIn(entry, 'nexthops');
      const preference = textIn(entry, 'pref');
      return [
        {
          family,
          ...to,
          type: textIn(entry, 'type') ?? 'unicast',
          table,
          protocol: textIn(entry, 'protocol'),
          scope: textIn(entry, 'scope') ?? 'global',
          metric: numberIn(entry, 'metric') ?? (family === 4 ? 0 : null),
          preferredSource: textIn(entry, 'prefsrc'),
          mtuBytes: metrics.find((metric) => metric !== null) ?? null,
          preference: preference === 'low' || preference === 'medium' || preference === 'high' ? preference : null,
          nextHops: several.length > 0 ? several.map(nextHopOf) : [entry].map(nextHopOf).filter((hop) => hop.interface !== null),
        },
      ];
    }),
  );
}

function nextHopOf(entry: Fields): Route['nextHops'][number] {
  const flags = namesIn(entry, 'flags');
  return {
    gateway: textIn(entry, 'gateway') ?? textIn(fieldsIn(entry, 'via'), 'host'),
    interface: textIn(entry, 'dev'),
    weight: numberIn(entry, 'weight'),
    linkDown: flags.includes('linkdown') || flags.includes('dead'),
  };
}

/** `default`, `10.0.0.0/8`, and a single address without its length. */
function prefixOf(text: string | null, family: 4 | 6): { destination: string; prefixLength: number } | null {
  if (text === null) return null;
  if (text === 'default') return { destination: family === 4 ? '0.0.0.0' : '::', prefixLength: 0 };
  const match = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text);
  const widest = family === 4 ? 32 : 128;
  const prefixLength = match?.[2] === undefined ? widest : Number(match[2]);
  if (match?.[1] === undefined || prefixLength > widest || match[1].includes(':') !== (family === 6)) return null;
  return { destination: match[1], prefixLength };
}

function tableOf(table: unknown, tables: ReadonlyMap<string, number>): number | null {
  if (typeof table === 'number') return Number.isSafeInteger(table) && table >= 0 ? table : null;
  if (typeof table !== 'string') return null;
  return /^\d{1,10}$/.test(table) ? Number(table) : (tables.get(table) ?? null);
}

/** `ip -j rule show`, and the same of `ip -6`. */
export function parseIpRules(text: string, family: 4 | 6, tables: ReadonlyMap<string, number>): Parsed<Rule[]> {
  const entries = entriesOf(text);
  if (!entries.ok) return entries;
  return parsed(
    entries.value.flatMap((entry): Rule[] => {
      const priority = numberIn(entry, 'priority');
      if (priority === null) return [];
      const table = tableOf(entry['table'], tables);
      const prefix = (name: string) => {
        const [address, length] = [textIn(entry, name), numberIn(entry, `${name}len`)];
        return address === null || address === 'all' ? null : `${address}/${length ?? (family === 4 ? 32 : 128)}`;
      };
      const [mark, mask] = [numberIn(entry, 'fwmark'), numberIn(entry, 'fwmask')];
      const [firstUser, lastUser] = [numberIn(entry, 'uid_start'), numberIn(entry, 'uid_end')];
      const action = 'goto' in entry ? 'goto' : 'nop' in entry ? 'nop' : (textIn(entry, 'action') ?? 'table');
      return [
        {
          family,
          priority,
          action,
          table,
          inverted: 'not' in entry,
          from: prefix('src'),
          to: prefix('dst'),
          mark: mark === null ? null : markText(mark, mask ?? 0xffffffff),
          incoming: textIn(entry, 'iif'),
          outgoing: textIn(entry, 'oif'),
          users: firstUser === null || lastUser === null ? null : firstUser === lastUser ? `${firstUser}` : `${firstUser}-${lastUser}`,
          further: [
            ...further(entry, 'tos', 'tos'),
            ...further(entry, 'ipproto', 'protocol'),
            ...further(entry, 'sport', 'source port'),
            ...further(entry, 'dport', 'port'),
            ...('l3mdev' in entry ? ['VRF'] : []),
          ],
          suppressPrefixLength: numberIn(entry, 'suppress_prefixlen'),
        },
      ];
    }),
  );
}

function further(entry: Fields, name: string, word: string): string[] {
  const [value, first, last] = [entry[name], numberIn(entry, `${name}_start`), numberIn(entry, `${name}_end`)];
  if (typeof value === 'string' || typeof value === 'number') return [`${word} ${value}`];
  return first === null || last === null ? [] : [`${word} ${first}-${last}`];
}

/** `ip -j neigh show` */
export function parseIpNeighbors(text: string): Parsed<Neighbor[]> {
  const entries = entriesOf(text);
  if (!entries.ok) return entries;
  return parsed(
    entries.value.flatMap((entry): Neighbor[] => {
      const [address, link] = [textIn(entry, 'dst'), textIn(entry, 'dev')];
      if (address === null || link === null) return [];
      const state = namesIn(entry, 'state')[0]?.toLowerCase() ?? 'none';
      const linkAddress = textIn(entry, 'lladdr');
      const bytes = linkAddress !== null && /^([0-9a-f]{2}:)*[0-9a-f]{2}$/i.test(linkAddress) ? linkAddress.replaceAll(':', '') : null;
      return [
        {
          address,
          family: address.includes(':') ? 6 : 4,
          interface: link,
          state,
          linkAddressKind: bytes === null ? null : linkAddressKind(Buffer.from(bytes, 'hex')),
        },
      ];
    }),
  );
}

/** `rt_tables` of iproute2: number and name on each line. The standard ones need no file. */
export function parseRouteTableNames(text: string): Map<string, number> {
  const names = new Map([
    ['default', 253],
    ['main', 254],
    ['local', 255],
  ]);
  for (const line of text.split('\n')) {
    const match = /^\s*(0x[0-9a-f]{1,8}|\d{1,10})\s+([^\s#]+)/i.exec(line);
    if (match?.[2] !== undefined) names.set(match[2], Number(match[1]));
  }
  return names;
}

function entriesOf(text: string): Parsed<Fields[]> {
  // Nothing to list is, in some versions, no output at all.
  if (text.trim() === '') return parsed([]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('it printed no JSON');
  }
  if (!Array.isArray(value)) return refused('it printed no list');
  return parsed(value.slice(0, MAXIMUM_ENTRIES).filter(isFields));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(entry: Fields, name: string): string | null {
  const value = entry[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Some numbers are printed as text, in either base. */
function numberIn(entry: Fields, name: string): number | null {
  const value = entry[name];
  const number = typeof value === 'string' && /^(0x[0-9a-f]{1,8}|\d{1,15})$/i.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function fieldsIn(entry: Fields, name: string): Fields {
  const value = entry[name];
  return isFields(value) ? value : {};
}

function listIn(entry: Fields, name: string): Fields[] {
  const value = entry[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function namesIn(entry: Fields, name: string): string[] {
  const value = entry[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function familyOf(name: string | null): 4 | 6 | null {
  return name === 'inet' ? 4 : name === 'inet6' ? 6 : null;
}
