import { isIP } from 'node:net';
import { parseDurationMs } from '../model/duration.js';
import { type Budget, POLICIES } from '../model/policy.js';
import type { StartTlsProtocol } from '../model/probe-options.js';
import { parseHostOrUrl, parseTarget } from '../model/target.js';
import { type ClientSubnet, isClientSubnet } from '../wire/dns/edns.js';
import { dnsTypeName, dnsTypeNumber } from '../wire/dns/type.js';
import { LANGUAGES, type Language, languageOfTag } from '../words/index.js';
import type { Offer } from './offer.js';

/** A kind of value that a flag takes. `parse` gives `null` for what it refuses; `accepted` says what it takes, behind "must be". */
export interface ValueKind<T> {
  accepted: string;
  /** Of what can be offered while it is typed; absent: nothing can. */
  offer?: Offer;
  parse(text: string): T | null;
}

export const MAXIMUM_COUNT = 100_000;

export const count: ValueKind<number> = {
  accepted: `a whole number from 1 to ${MAXIMUM_COUNT}`,
  parse: (text) => wholeNumber(text, 1, MAXIMUM_COUNT),
};

export const flows: ValueKind<number> = whole(1, 16);
export const cycles: ValueKind<number> = whole(1, 1000);
export const hops: ValueKind<number> = whole(1, 64);
export const concurrency: ValueKind<number> = whole(1, 64);
export const jobs: ValueKind<number> = whole(1, 8);
export const connections: ValueKind<number> = whole(10, 5000);
export const warmQuestions: ValueKind<number> = whole(0, 50);

/** Connections that load a line together. */
export const loadConnections: ValueKind<number> = whole(1, 16);
export const loadDuration: ValueKind<number> = duration(1000, 60_000, 'from 1s to 1m, as in 5s');

const MOST_MBPS = 1_000_000;

/** As lines are sold: 10^6 bits in a second. */
export const megabits: ValueKind<number> = {
  accepted: `a number of megabits in a second above 0, up to ${MOST_MBPS}, as in 100 or 2.5`,
  parse(text) {
    const value = /^\d{1,7}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
    return value > 0 && value <= MOST_MBPS ? value : null;
  },
};

const SIZES: Readonly<Record<string, number>> = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30 };
const LEAST_VOLUME_BYTES = 1e6;
const MOST_VOLUME_BYTES = 100e9;

/** `500MB`, `1GiB`, a number of bytes. */
export const volume: ValueKind<number> = {
  accepted: 'a size from 1MB to 100GB, as in 500MB or 1GiB',
  parse(text) {
    const [, digits = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,3})?)([KMG]i?B)?$/i.exec(text) ?? [];
    const bytes = Math.round(Number(digits) * (SIZES[unit.toUpperCase()] ?? 0));
    return digits !== '' && bytes >= LEAST_VOLUME_BYTES && bytes <= MOST_VOLUME_BYTES ? bytes : null;
  },
};

export const interval: ValueKind<number> = duration(1, 60_000, 'from 1ms to 1m, as in 200ms or 2s');
export const listen: ValueKind<number> = duration(100, 600_000, 'from 100ms to 10m, as in 30s');
export const timeout: ValueKind<number> = duration(10, 60_000, 'from 10ms to 1m, as in 500ms or 2s');

export const portNumber: ValueKind<number> = whole(1, 65_535);

/** Above a minute no round trip is waited for. */
const LARGEST_BUDGET_MS = 60_000;

/** `50ms` alone is the limit, and above it the check fails; `1ms,10ms,50ms` are what is aimed at, what passes and what fails. */
export const budget: ValueKind<Budget> = {
  accepted: 'one duration with a unit, as in 50ms, or OBJECTIVE,ACCEPTABLE,CRITICAL in rising order, as in 1ms,10ms,50ms',
  parse(text) {
    const values = text.split(',').map((part) => parseDurationMs(part));
    const [objective, acceptable, critical] = values.length === 1 ? [values[0], values[0], values[0]] : values;
    if ((values.length !== 1 && values.length !== 3) || objective == null || acceptable == null || critical == null) return null;
    const rising = objective > 0 && objective <= acceptable && acceptable <= critical && critical <= LARGEST_BUDGET_MS;
    return rising ? { objective, acceptable, critical } : null;
  },
};

export function choice<T extends string>(options: readonly T[]): ValueKind<T> {
  return {
    accepted: `one of ${options.join(', ')}`,
    offer: { words: options },
    parse: (text) => options.find((option) => option === text) ?? null,
  };
}

/** As RFC 5646 has it, in whatever letters, or by the language alone: `pt-BR`, `pt-br`, `pt`. */
export const language: ValueKind<Language> = {
  accepted: `one of ${LANGUAGES.join(', ')}`,
  offer: { words: LANGUAGES },
  parse: languageOfTag,
};

export const profile: ValueKind<string> = choice(Object.keys(POLICIES));

/** What no single question can ask for: a whole zone, or what only stands beside others. */
const NO_QUESTIONS: ReadonlySet<string> = new Set(['AXFR', 'IXFR', 'OPT', 'TKEY', 'TSIG']);

/** Those that people ask for. */
const USUAL_TYPES = 'A AAAA ANY CAA CNAME DNSKEY DS HTTPS MX NAPTR NS PTR SOA SRV SSHFP SVCB TLSA TXT'.split(' ');

/** `A`, `a,mx`, `TYPE65`, `ANY`: by their names in capitals, each once. */
export const recordTypes: ValueKind<string[]> = {
  accepted: 'one or several record types by name or number, as in A,MX or TYPE65 or ANY',
  offer: { words: USUAL_TYPES, list: true },
  parse(text) {
    const numbers = text.split(',').map((type) => dnsTypeNumber(type.trim()));
    const types = numbers.map((number) => (number === null ? null : dnsTypeName(number)));
    return types.every((type) => type !== null && !NO_QUESTIONS.has(type)) ? [...new Set(types as string[])] : null;
  },
};

/** Sizes that an OPT record can announce (RFC 6891 section 6.2.3: less than 512 counts as that). */
export const udpPayloadBytes: ValueKind<number> = whole(512, 65_535);
export const retries: ValueKind<number> = whole(0, 10);

/** A network in the form ADDRESS/BITS (RFC 7871). */
export const clientSubnet: ValueKind<ClientSubnet> = {
  accepted: 'a network as ADDRESS/BITS, as in 192.0.2.0/24 or 2001:db8::/56',
  parse(text) {
    const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
    const subnet = { address: match?.[1] ?? '', prefixLength: Number(match?.[2]) };
    return match !== null && isClientSubnet(subnet) ? subnet : null;
  },
};

export const sourceAddress: ValueKind<string> = {
  accepted: 'an IPv4 or IPv6 address of this machine',
  parse: (text) => (isIP(text) === 0 ? null : text),
};

/** IFNAMSIZ of Linux leaves 15 characters; Windows and macOS names fit in 64. */
export const interfaceName: ValueKind<string> = {
  accepted: 'the name of a network interface, as in eth0',
  offer: { words: [], from: 'interfaces' },
  parse: (text) => (/^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,63}$/.test(text) ? text : null),
};

/** A name that a certificate can carry: no port, no scheme. An address is one too. */
export const servername: ValueKind<string> = {
  accepted: 'a host name or an IP address, without a port',
  parse(text) {
    const outcome = parseHostOrUrl(text);
    return outcome.ok && outcome.target.port === null ? outcome.target.host : null;
  },
};

/** A protocol whose command starts TLS, or `none`. */
export const startTls: ValueKind<StartTlsProtocol | 'none'> = choice([
  'smtp',
  'imap',
  'pop3',
  'ftp',
  'ldap',
  'postgres',
  'mysql',
  'xmpp',
  'none',
] as const);

/** SHA-256 of a public key, as curl's `--pinnedpubkey` takes it: 32 bytes in base64. */
export const pin: ValueKind<string> = {
  accepted: 'sha256//BASE64 of a public key (44 characters of base64)',
  parse: (text) => (/^sha256\/\/[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text) ? text : null),
};

/** RFC 6455 section 4.1: a token. */
export const subprotocol: ValueKind<string> = {
  accepted: 'the name of a subprotocol, as in graphql-transport-ws',
  parse: (text) => (/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(text) ? text : null),
};

function whole(minimum: number, maximum: number): ValueKind<number> {
  return { accepted: `a whole number from ${minimum} to ${maximum}`, parse: (text) => wholeNumber(text, minimum, maximum) };
}

function duration(minimumMs: number, maximumMs: number, range: string): ValueKind<number> {
  return {
    accepted: `a duration with a unit (ms, s, m) ${range}`,
    parse(text) {
      const ms = parseDurationMs(text);
      return ms === null || ms < minimumMs || ms > maximumMs ? null : ms;
    },
  };
}

export function wholeNumber(text: string, minimum: number, maximum: number): number | null {
  if (!/^\d{1,9}$/.test(text)) return null;
  const value = Number(text);
  return value >= minimum && value <= maximum ? value : null;
}

/** A time server: a name or an address, with a port where it is not 123 (RFC 5905). */
export const timeServer: ValueKind<string> = {
  accepted: 'a host, an address, host:port or [v6]:port',
  parse: (text) => (hostAndPort(text) === null ? null : text),
};

/** RFC 8489: 3478 where no port is given. */
const STUN_PORT = 3478;

export const stunServer: ValueKind<{ host: string; port: number }> = {
  accepted: 'a host, an address, host:port or [v6]:port',
  parse(text) {
    const server = hostAndPort(text);
    return server === null ? null : { host: server.host, port: server.port ?? STUN_PORT };
  },
};

function hostAndPort(text: string): { host: string; port: number | null } | null {
  if (text.includes('://') || text.includes('/')) return null;
  const outcome = parseTarget(text);
  return outcome.ok ? { host: outcome.target.host, port: outcome.target.port } : null;
}

export const pageUrl: ValueKind<string> = {
  accepted: 'an http: or https: URL',
  parse(text) {
    const outcome = parseTarget(text);
    return outcome.ok && (outcome.target.scheme === 'http' || outcome.target.scheme === 'https') ? text : null;
  },
};
