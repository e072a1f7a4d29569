import { REFERENCES } from '../../probes/captive-portal/references.js';
import { WELL_KNOWN_TIME_SERVERS } from '../../probes/clock/plan.js';
import { WELL_KNOWN_SERVERS } from '../../probes/dns-comparison/well-known.js';
import { BUILT_IN_ROOT_HINTS } from '../../probes/dns-trace/root-hints.js';

/**
 * Places that stay themselves, since all the world uses them and they say nothing of whoever asks: the resolvers, time servers and pages that
 * netdiag asks by itself, the root servers, and addresses with a meaning of their own.
 */

const RESOLVER_ADDRESSES = [
  ...['1.1.1.2', '1.1.1.3', '1.0.0.1', '1.0.0.2', '1.0.0.3', '8.8.4.4', '149.112.112.112', '9.9.9.10', '9.9.9.11', '149.112.112.10'],
  ...[
    '208.67.220.220',
    '94.140.15.15',
    '4.2.2.1',
    '4.2.2.2',
    '64.6.64.6',
    '64.6.65.6',
    '77.88.8.8',
    '77.88.8.1',
    '114.114.114.114',
    '223.5.5.5',
  ],
  ...['2606:4700:4700::1001', '2001:4860:4860::8844', '2620:fe::9', '2620:fe::10', '2620:119:53::53', '2a10:50c0::ad2:ff'],
];

const MEANINGFUL_ADDRESSES = [
  // Metadata and resolvers of clouds, and the resolver of Tailscale.
  ...['169.254.169.254', '169.254.169.253', '169.254.169.123', '168.63.129.16', '100.100.100.200', '100.100.2.136', '100.100.100.100'],
  ...['fd00:ec2::254', 'fd00:ec2::253', 'fd00:ec2::123', 'fd7a:115c:a1e0::53'],
];

/** In the spelling that `ipaddr.js` gives. */
export const WELL_KNOWN_ADDRESSES: ReadonlySet<string> = new Set([
  ...WELL_KNOWN_SERVERS.map(({ address }) => address),
  ...BUILT_IN_ROOT_HINTS.flatMap(({ addresses }) => addresses),
  ...RESOLVER_ADDRESSES,
  ...MEANINGFUL_ADDRESSES,
]);

/** In small letters, without the final dot. */
export const WELL_KNOWN_NAMES: ReadonlySet<string> = new Set([
  ...[
    'localhost',
    'localhost.localdomain',
    'ip6-localhost',
    'ip6-loopback',
    'localdomain',
    'host.docker.internal',
    'gateway.docker.internal',
  ],
  ...['root-servers.net', 'in-addr.arpa', 'ip6.arpa', 'home.arpa', 'ipv4only.arpa', 'resolver.arpa', '_dns.resolver.arpa', 'arpa'],
  ...['one.one.one.one', 'dns.google', 'cloudflare-dns.com', 'dns.quad9.net', 'dns.opendns.com', 'dns.adguard-dns.com'],
  ...['id.server', 'version.bind', 'hostname.bind', 'use-application-dns.net'],
  ...BUILT_IN_ROOT_HINTS.map(({ name }) => name),
  ...WELL_KNOWN_SERVERS.flatMap(({ servername }) => (servername === undefined ? [] : [servername])),
  ...WELL_KNOWN_TIME_SERVERS,
  ...['pool.ntp.org', '0.pool.ntp.org', '1.pool.ntp.org', '2.pool.ntp.org', '3.pool.ntp.org', 'ntp.ubuntu.com', 'time.google.com'],
  ...[
    'time.apple.com',
    'time.windows.com',
    '0.debian.pool.ntp.org',
    '1.debian.pool.ntp.org',
    '2.debian.pool.ntp.org',
    '3.debian.pool.ntp.org',
  ],
  // What is looked at where nobody named a target.
  ...['example.com', 'www.wikipedia.org'],
  ...REFERENCES.map(({ host }) => host),
]);

/** Whole URLs whose path tells nothing either. */
export const WELL_KNOWN_URLS: ReadonlySet<string> = new Set(
  REFERENCES.map(({ host, port, path }) => `http://${host}${port === 80 ? '' : `:${port}`}${path.split('?', 1)[0]}`),
);

/** Top-level names that no registry gives out: what they are for is kept (RFC 6761, RFC 6762, RFC 9476, and what is common in private networks). */
export const PRIVATE_SUFFIXES: ReadonlySet<string> = new Set([
  ...[
    'local',
    'localhost',
    'localdomain',
    'internal',
    'intranet',
    'lan',
    'home',
    'corp',
    'private',
    'test',
    'invalid',
    'onion',
    'alt',
    'arpa',
  ],
]);

/** Zones of one label as a walk through the DNS meets them. Those of two letters are countries. */
export const TOP_LEVEL =
  /^(?:[a-z]{2}|com|net|org|edu|gov|mil|int|info|biz|io|dev|app|cloud|online|site|xyz|tech|shop|bank|museum|aero|xn--[a-z0-9-]+)$/;
