import { formatDnsServer, isIpAddress, parseDnsServer } from '../dns/server.js';

/** What systemd-resolved says of one link, or of all (`Global`). */
export interface ResolvedScope {
  /** Name of the interface; `null` for what holds for all. */
  link: string | null;
  /** Addresses that it asks, with the port where it is another than 53, without the name. */
  servers: string[];
  /** The one that it asks now. */
  current: string | null;
  /** Asked where no link has any (`Fallback DNS Servers`). */
  fallback: string[];
  /** Domains that are asked here; `~.` is everything. */
  domains: string[];
  /** In the words of the tool: `no`, `yes`, `opportunistic`, `allow-downgrade`; `null` where it does not say. */
  dnsOverTls: string | null;
  dnssec: string | null;
}

export interface ResolvedStatus {
  /** `stub`, `uplink`, `foreign`, `missing`, `static`; `null` where this version does not say. */
  mode: string | null;
  scopes: ResolvedScope[];
}

const MAXIMUM_LINES = 5000;
const MAXIMUM_SCOPES = 64;
const MAXIMUM_SERVERS = 16;
const MODES: ReadonlySet<string> = new Set(['stub', 'uplink', 'foreign', 'missing', 'static']);

/**
 * Reads `resolvectl status` (systemd 239 to 257, and `systemd-resolve --status`). `null` where it has neither `Global` nor a link, as for
 * another program's output or another language's.
 */
export function parseResolvectlStatus(text: string): ResolvedStatus | null {
  const status: ResolvedStatus = { mode: null, scopes: [] };
  let scope: ResolvedScope | null = null;
  let key = '';
  for (const line of text.split(/\r\n|\n|\r/, MAXIMUM_LINES)) {
    const heading = /^(?:Global|Link \d{1,10} \(([^)\s]{1,64})\))\s*$/.exec(line);
    if (heading !== null) {
      if (status.scopes.length === MAXIMUM_SCOPES) break;
      scope = { link: heading[1] ?? null, servers: [], current: null, fallback: [], domains: [], dnsOverTls: null, dnssec: null };
      status.scopes.push(scope);
      key = '';
      continue;
    }
    if (scope === null) continue;
    const named = /^\s*([A-Za-z][A-Za-z. ]{1,40}):(?:\s+(.*))?$/.exec(line);
    // Values that go on stand below, in the column of the first.
    if (named === null && !/^\s{6,}\S/.test(line)) continue;
    if (named !== null) key = (named[1] ?? '').toLowerCase();
    readValue(status, scope, key, (named === null ? line : (named[2] ?? '')).trim());
  }
  return status.scopes.length === 0 ? null : status;
}

function readValue(status: ResolvedStatus, scope: ResolvedScope, key: string, value: string): void {
  const words = value.split(/\s+/).filter(Boolean);
  switch (key) {
    case 'resolv.conf mode':
      if (MODES.has(value)) status.mode = value;
      break;
    case 'dns servers':
      addServers(scope.servers, words);
      break;
    case 'fallback dns servers':
      addServers(scope.fallback, words);
      break;
    case 'current dns server':
      scope.current = addressOf(words[0] ?? '') ?? scope.current;
      break;
    case 'dns domain':
      for (const word of words) if (scope.domains.length < MAXIMUM_SERVERS && /^~?[\w.-]{1,253}$/.test(word)) scope.domains.push(word);
      break;
    case 'dnsovertls setting':
      if (/^[\w-]{1,20}$/.test(value)) scope.dnsOverTls = value;
      break;
    case 'dnssec setting':
      if (/^[\w-]{1,20}$/.test(value)) scope.dnssec = value;
      break;
    case 'protocols':
      readProtocols(scope, words);
      break;
  }
}

/** `+DNSOverTLS`, `-DNSOverTLS`, `DNSOverTLS=opportunistic`, `DNSSEC=no/unsupported`. */
function readProtocols(scope: ResolvedScope, words: readonly string[]): void {
  for (const word of words) {
    const [, sign, name = '', value] = /^([+-]?)(DNSOverTLS|DNSSEC)(?:=([\w-]{1,20})(?:\/\w+)?)?$/.exec(word) ?? [];
    const said = value ?? (sign === '+' ? 'yes' : sign === '-' ? 'no' : null);
    if (name === 'DNSOverTLS') scope.dnsOverTls = said;
    if (name === 'DNSSEC') scope.dnssec = said;
  }
}

function addServers(servers: string[], words: readonly string[]): void {
  for (const word of words) {
    const address = addressOf(word);
    if (address !== null && servers.length < MAXIMUM_SERVERS && !servers.includes(address)) servers.push(address);
  }
}

/** Of `192.0.2.1`, `192.0.2.1:53`, `192.0.2.1#name`, `[2001:db8::1]:53%eth0#name`. */
function addressOf(word: string): string | null {
  const bare = word.replace(/#.*$/, '');
  // The interface stands behind the port; with an IPv6 address alone it is its zone.
  const withoutLink = /^\[|^[\d.]+[:%]/.test(bare) ? bare.replace(/%[\w.-]+$/, '') : bare;
  const server = parseDnsServer(withoutLink);
  return server === null || !isIpAddress(server.address) ? null : formatDnsServer(server);
}
