import ipaddr from 'ipaddr.js';

/** No name or network is longer. */
const LONGEST_ENTRY = 300;
/** Beyond so many characters, and so many entries, a list is no longer read. */
const LONGEST_LIST = 65_536;
const MAXIMUM_ENTRIES = 1000;

/**
 * The entry of a no_proxy list that a destination falls under, or `null`. As curl reads it: entries apart by commas or spaces, `*` for all,
 * a name for itself and every name below it, with a dot in front or without, an address or a network in CIDR. As others read it, also
 * `*.example.net`, `[v6]`, and a port behind each of them.
 *
 * @param host name in its ASCII form, or canonical IP address without brackets
 */
export function noProxyEntry(list: string, host: string, port: number | null): string | null {
  const name = host.toLowerCase().replace(/%.*$/, '').replace(/\.$/, '');
  const entries = list
    .slice(0, LONGEST_LIST)
    .split(/[\s,]+/)
    .filter((entry) => entry !== '' && entry.length <= LONGEST_ENTRY);
  return entries.slice(0, MAXIMUM_ENTRIES).find((entry) => covers(entry.toLowerCase(), name, port)) ?? null;
}

function covers(entry: string, name: string, port: number | null): boolean {
  if (entry === '*') return true;
  const withPort = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry);
  if (withPort !== null && Number(withPort[2]) !== port) return false;
  const what = (withPort?.[1] ?? entry).replace(/^\[(.*)\]$/, '$1');
  const address = ipaddr.isValid(name) ? ipaddr.process(name) : null;
  if (address !== null) return containsAddress(what, address);
  const suffix = what.replace(/^\*?\./, '').replace(/\.$/, '');
  return suffix !== '' && (name === suffix || name.endsWith(`.${suffix}`));
}

function containsAddress(what: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [base = '', prefix] = what.split('/', 2) as [string, string | undefined];
  const plain = base.includes(':') ? ipaddr.IPv6.isValid(base) : ipaddr.IPv4.isValidFourPartDecimal(base);
  if (!plain || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return false;
  const network = ipaddr.process(base);
  if (network.kind() !== address.kind()) return false;
  const longest = network.kind() === 'ipv4' ? 32 : 128;
  const bits = prefix === undefined ? longest : Number(prefix);
  return bits <= longest && address.match(network, bits);
}
