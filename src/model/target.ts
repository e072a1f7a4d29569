/** What is to be probed, as the user named it. Parsing is pure: no name is resolved here. */
export interface Target {
  /** How the report names it: the user's own spelling in canonical form, without credentials, query or fragment. */
  id: string;
  /** Host name in its ASCII form (RFC 5891), or an IP address in canonical form without brackets. */
  host: string;
  /** The port that was named, or that the scheme implies; `null` for a bare host. */
  port: number | null;
  /** The scheme that was named, or that a well-known port implies; `null` for a bare host. */
  scheme: Scheme | null;
  /** Request target of an `http:`, `https:`, `ws:` or `wss:` URL, query included. It can hold a secret, so it never enters a report. */
  path: string | null;
  /** `user:password` of the URL, for an Authorization header. Never enters a report. */
  credentials: string | null;
  /** What the configuration calls it; absent: it has no such name. */
  name?: string;
  /** Words of the configuration about it. */
  labels?: Readonly<Record<string, string>>;
}

export const SCHEMES = ['https', 'http', 'wss', 'ws', 'tls', 'tcp'] as const;
export type Scheme = (typeof SCHEMES)[number];

const DEFAULT_PORT: Partial<Record<Scheme, number>> = { https: 443, wss: 443, http: 80, ws: 80 };

/** Ports on which TLS starts with the first byte (IANA service names https, domain-s, imaps, pop3s, ldaps, submissions, ftps; 8443 by custom). */
const TLS_PORTS: ReadonlySet<number> = new Set([443, 465, 636, 853, 989, 990, 992, 993, 994, 995, 5061, 8443]);

/** RFC 1035 section 2.3.4, less the root's dot. */
const MAXIMUM_NAME_LENGTH = 253;
const MAXIMUM_INPUT_LENGTH = 2048;

export const ACCEPTED_TARGETS = 'a host name, an IPv4 or IPv6 address, host:port, [v6]:port, or a URL (https, http, wss, ws, tls, tcp)';

export type TargetOutcome = { ok: true; target: Target } | { ok: false; reason: string };

/** Whether TLS is to be expected: `https:`, `wss:`, `tls:`. */
export function speaksTls(target: Target): boolean {
  return target.scheme === 'https' || target.scheme === 'wss' || target.scheme === 'tls';
}

/** Whether HTTP is to be expected: `http:`, `https:`, `ws:`, `wss:` (a WebSocket begins as HTTP). */
export function speaksHttp(target: Target): boolean {
  return target.scheme === 'https' || target.scheme === 'http' || target.scheme === 'wss' || target.scheme === 'ws';
}

/** Whether its URL is one that a connection is upgraded for (RFC 6455). */
export function speaksWebSocket(target: Target): boolean {
  return target.scheme === 'wss' || target.scheme === 'ws';
}

/** `@`, and what a URL parser maps to it (Unicode's small and full-width forms): a password can stand before each of them. */
export const AT_SIGNS = '@\ufe6b\uff20';
const AT_LOOKALIKE = /[\ufe6b\uff20]/;

/**
 * Reads a TARGET: what can be written, and can be the destination of packets to one host. The reason of a refusal is one sentence without
 * the input, which the caller names.
 */
export function parseTarget(input: string): TargetOutcome {
  const outcome = parseHostOrUrl(input);
  const reason = outcome.ok ? whyNoDestination(outcome.target.host) : null;
  return reason === null ? outcome : refuse(reason);
}

/** The same for what is only named, not sent to: the name of a question or of a certificate may be any address. */
export function parseHostOrUrl(input: string): TargetOutcome {
  if (input === '') return refuse('it is empty');
  if (input.length > MAXIMUM_INPUT_LENGTH) return refuse(`it is ${input.length} characters long`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\s\u0000-\u001f\u007f]/.test(input)) return refuse('it contains a space or a control character');

  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(input)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    if (!(SCHEMES as readonly string[]).includes(scheme)) return refuse(`the scheme ${scheme}: is not one of ${SCHEMES.join(', ')}`);
    return parseUrl(input, scheme as Scheme);
  }
  return parseHostPort(input);
}

function refuse(reason: string): TargetOutcome {
  return { ok: false, reason };
}

/** Why no single host can be reached by this address, `null` where one can; `host` is that of a parsed target. */
function whyNoDestination(host: string): string | null {
  const family = addressFamily(host);
  if (family === 4) return whyNoIpv4Destination(host.split('.').map(Number));
  if (family === null) return null;
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped !== null) return whyNoIpv4Destination(mapped.slice(1).flatMap((group) => octetsOf(Number.parseInt(group, 16))));
  if (host === '::') return UNSPECIFIED;
  if (/^ff[0-9a-f]{2}:/.test(host)) return MULTICAST;
  if (/^fe[89ab][0-9a-f]:/.test(host) && !host.includes('%'))
    return 'it is a link-local address, which needs its interface, as in fe80::1%eth0';
  return null;
}

const UNSPECIFIED = 'it is the unspecified address, which is no destination';
const MULTICAST = 'it is a multicast address, which is a group and no single host';

/** RFC 1122 section 3.2.1.3, RFC 5771, RFC 1112 section 4. */
function whyNoIpv4Destination(octets: readonly number[]): string | null {
  const first = octets[0] ?? 0;
  if (octets.every((octet) => octet === 0)) return UNSPECIFIED;
  if (octets.every((octet) => octet === 255)) return 'it is the broadcast address, which is every host and no single one';
  if (first === 0) return 'it is an address of "this network" (0.0.0.0/8), which is no destination';
  if (first >= 240) return 'it is a reserved address (240.0.0.0/4), which no host has';
  return first >= 224 ? MULTICAST : null;
}

function octetsOf(group: number): [number, number] {
  return [group >> 8, group & 0xff];
}

function parseHostPort(input: string): TargetOutcome {
  const schemeOnly = /^([a-z]+):(?!\d+$)/i.exec(input)?.[1]?.toLowerCase();
  if (schemeOnly !== undefined && (SCHEMES as readonly string[]).includes(schemeOnly))
    return refuse(`two slashes are missing behind ${schemeOnly}:, as in ${schemeOnly}://app.example.net:443`);
  if (AT_LOOKALIKE.test(input)) return refuse('it contains a full-width @ without being a URL');
  if (/[/?#@\\]/.test(input)) return refuse('it contains / ? # @ or \\ without being a URL');
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(input);
  if (bracketed !== null) return fromParts(`[${bracketed[1]}]`, bracketed[2], null);
  const colons = input.split(':').length - 1;
  if (colons >= 2) return fromParts(`[${input}]`, undefined, null);
  if (colons === 1) {
    const [host, port] = input.split(':') as [string, string];
    return fromParts(host, port, null);
  }
  return fromParts(input, undefined, null);
}

function fromParts(hostText: string, portText: string | undefined, scheme: Scheme | null): TargetOutcome {
  const host = parseHost(hostText);
  if (!host.ok) return host;
  let port: number | null = null;
  if (portText !== undefined) {
    port = parsePort(portText);
    if (port === null) return refuse(`the port "${portText}" is not a number from 1 to 65535`);
  }
  const known = scheme ?? (port === null ? null : TLS_PORTS.has(port) ? 'tls' : 'tcp');
  const name = host.address === 6 && port !== null ? `[${host.display}]` : host.display;
  return {
    ok: true,
    target: { id: port === null ? name : `${name}:${port}`, host: host.ascii, port, scheme: known, path: null, credentials: null },
  };
}

function parseUrl(input: string, scheme: Scheme): TargetOutcome {
  const rest = input.slice(scheme.length + 3);
  const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? '';
  const after = rest.slice(authority.length);
  const at = authority.lastIndexOf('@');
  const hostPort = authority.slice(at + 1);
  // What stands before it is a password to whoever wrote it, and would be taken for host and port.
  if (AT_LOOKALIKE.test(hostPort)) return refuse('it contains a full-width @ where a plain one belongs');
  const split = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(hostPort);
  if (split === null || split[1] === '') return refuse('the URL has no host');

  const port = split[2] ?? String(DEFAULT_PORT[scheme] ?? '');
  if (port === '') return refuse(`a ${scheme}: URL needs a port, as in ${scheme}://host:443`);
  const outcome = fromParts(split[1] as string, port, scheme);
  if (!outcome.ok) return outcome;
  const { target } = outcome;
  const credentials = at < 0 ? null : decodeOrKeep(authority.slice(0, at));
  if (!speaksHttp(target)) {
    if (after !== '' && after !== '/') return refuse(`a ${scheme}: URL has no path`);
    return { ok: true, target: { ...target, credentials } };
  }

  let url: URL;
  try {
    url = new URL(`http://host${after.replace(/^\\/, '/')}`);
  } catch {
    return refuse('the path of the URL cannot be read');
  }
  const shownPort = target.port === DEFAULT_PORT[scheme] ? '' : `:${target.port}`;
  const shownHost = target.id.slice(0, target.id.lastIndexOf(':'));
  const shownPath = url.pathname === '/' ? '' : url.pathname;
  return {
    ok: true,
    target: { ...target, id: `${scheme}://${shownHost}${shownPort}${shownPath}`, path: `${url.pathname}${url.search}`, credentials },
  };
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A port number, 1 to 65535, in decimal digits only. */
export function parsePort(text: string): number | null {
  if (!/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
}

type HostOutcome = { ok: true; ascii: string; display: string; address: 4 | 6 | null } | { ok: false; reason: string };

function parseHost(text: string): HostOutcome {
  if (text === '' || text === '[]') return { ok: false, reason: 'it has no host' };
  if (text.startsWith('[')) return parseIpv6(text.slice(1, -1));
  if (/^[\d.]+$/.test(text) || /\.(\d+|0x[0-9a-f]*)\.?$/i.test(text)) {
    const octets = text.split('.');
    const valid = octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255);
    return valid
      ? { ok: true, ascii: text, display: text, address: 4 }
      : { ok: false, reason: 'it is not an IPv4 address of four numbers from 0 to 255' };
  }

  let ascii: string;
  try {
    ascii = new URL(`http://${text}`).hostname;
  } catch {
    return {
      ok: false,
      reason:
        text.length > MAXIMUM_NAME_LENGTH
          ? `its host name has ${text.length} characters; 253 are the most`
          : 'its host name cannot be read',
    };
  }
  const bare = ascii.replace(/\.$/, '');
  if (bare.length > MAXIMUM_NAME_LENGTH) return { ok: false, reason: `its host name has ${bare.length} characters; 253 are the most` };
  const labels = bare.split('.');
  if (labels.includes('')) return { ok: false, reason: 'its host name has a dot too many' };
  if (labels.some((label) => label.length > 63)) return { ok: false, reason: 'a part of its host name has more than 63 characters' };
  // Underscores are no host names by RFC 952, but they are in use (service names, container names) and they resolve.
  if (!labels.every((label) => /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/.test(label)))
    return { ok: false, reason: 'its host name has a character or a hyphen where none may be' };
  // The URL parser reads 0x7f.1 and the like as an address; a user who means an address writes it plainly.
  if (/^\d+\.\d+\.\d+\.\d+$/.test(bare)) return { ok: false, reason: 'it is not an IPv4 address of four numbers from 0 to 255' };
  const display = text.toLowerCase().replace(/\.$/, '');
  return { ok: true, ascii: bare, display, address: null };
}

function parseIpv6(text: string): HostOutcome {
  const reason = 'it is not an IPv6 address';
  const [address, zone] = text.split('%', 2) as [string, string | undefined];
  if (zone !== undefined && !/^[A-Za-z0-9_.-]{1,15}$/.test(zone)) return { ok: false, reason: 'its zone is not the name of an interface' };
  let canonical: string;
  try {
    canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  } catch {
    return { ok: false, reason };
  }
  const whole = zone === undefined ? canonical : `${canonical}%${zone}`;
  return { ok: true, ascii: whole, display: whole, address: 6 };
}

/** The family of an IP address, or `null` for a host name. `host` is that of a parsed target, so its form is known to be right. */
export function addressFamily(host: string): 4 | 6 | null {
  if (host.includes(':')) return 6;
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? 4 : null;
}

/** Loopback addresses (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3): packets to them never leave the machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^127\./.test(address) || /^::ffff:127\./i.test(address) || /^::ffff:7f/i.test(address);
}
