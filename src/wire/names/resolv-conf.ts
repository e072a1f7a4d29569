import { encodeName } from '../dns/name.js';
import { isIpAddress } from '../dns/server.js';

/** Bounds against junk: no stub resolver uses more name servers than 3, and a search list is read up to here. */
const MAXIMUM_NAMESERVERS = 16;
const MAXIMUM_SEARCH_DOMAINS = 32;
const MAXIMUM_LINE_CHARACTERS = 8192;

/** Defaults and upper limits of resolv.conf(5), as the GNU C library has them. */
const NDOTS = { default: 1, maximum: 15 };
const TIMEOUT_SECONDS = { default: 5, maximum: 30 };
const ATTEMPTS = { default: 2, maximum: 5 };

export interface ResolvConf {
  /** IP addresses in the order of the file, an IPv6 zone included. */
  nameservers: string[];
  /** `null` where neither `search` nor `domain` is given: the domain of the host's own name is then the list. */
  search: string[] | null;
  /** A name with at least so many dots is asked for as it is before the search list is tried. */
  ndots: number;
  /** How long a name server may take before the next one is asked, in milliseconds. */
  timeoutMs: number;
  /** How often the list of name servers is gone through. */
  attempts: number;
}

/**
 * Reads resolv.conf(5). As the C library does, it skips what it does not understand: a keyword must begin its line, what follows `;` or `#`
 * behind a name server is a remark, and of several `search` and `domain` lines the last one counts.
 */
export function parseResolvConf(text: string): ResolvConf {
  const configuration: ResolvConf = {
    nameservers: [],
    search: null,
    ndots: NDOTS.default,
    timeoutMs: TIMEOUT_SECONDS.default * 1000,
    attempts: ATTEMPTS.default,
  };
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.length > MAXIMUM_LINE_CHARACTERS) continue;
    const match = /^(nameserver|search|domain|options)[ \t]+(.*)$/.exec(line);
    if (match === null) continue;
    const words = (match[2] as string)
      .split(/[;#]/, 1)
      .join('')
      .split(/[ \t]+/)
      .filter((word) => word !== '');
    if (match[1] === 'nameserver') readNameserver(configuration, words[0]);
    else if (match[1] === 'options') for (const word of words) readOption(configuration, word);
    else readSearch(configuration, match[1] === 'domain' ? words.slice(0, 1) : words);
  }
  return configuration;
}

function readNameserver(configuration: ResolvConf, address: string | undefined): void {
  if (configuration.nameservers.length === MAXIMUM_NAMESERVERS) return;
  if (address !== undefined && isIpAddress(address)) configuration.nameservers.push(address);
}

function readSearch(configuration: ResolvConf, domains: readonly string[]): void {
  const usable = domains.filter((domain) => encodeName(domain).ok).map((domain) => (domain === '.' ? domain : domain.replace(/\.$/, '')));
  if (usable.length > 0) configuration.search = [...new Set(usable)].slice(0, MAXIMUM_SEARCH_DOMAINS);
}

function readOption(configuration: ResolvConf, option: string): void {
  const match = /^(ndots|timeout|attempts):(\d{1,9})$/.exec(option);
  if (match === null) return;
  const value = Number(match[2]);
  if (match[1] === 'ndots') configuration.ndots = Math.min(value, NDOTS.maximum);
  else if (match[1] === 'timeout') configuration.timeoutMs = Math.min(Math.max(value, 1), TIMEOUT_SECONDS.maximum) * 1000;
  else configuration.attempts = Math.min(Math.max(value, 1), ATTEMPTS.maximum);
}

/**
 * The names to ask for, in order (resolv.conf(5), `search` and `ndots`). A name that ends in a dot is absolute: it is not searched for.
 * What would be no valid name with a domain behind it is left out.
 */
export function searchCandidates(host: string, configuration: { search: readonly string[]; ndots: number }): string[] {
  if (host.endsWith('.')) return [host === '.' ? host : host.slice(0, -1)];
  const searched = configuration.search
    .map((domain) => (domain === '.' ? host : `${host}.${domain}`))
    .filter((name) => encodeName(name).ok);
  const dots = host.split('.').length - 1;
  return [...new Set(dots >= configuration.ndots ? [host, ...searched] : [...searched, host])];
}
