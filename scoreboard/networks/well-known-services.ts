import type { Services } from '../network.js';

/** Of the public resolvers that everybody knows, on the loopback of whoever plays the internet. */
export const PUBLIC_ADDRESSES: readonly string[] = ['1.1.1.1/32', '8.8.8.8/32', '2606:4700:4700::1111/128', '2001:4860:4860::8888/128'];
export const PUBLIC_RESOLVERS: readonly string[] = PUBLIC_ADDRESSES.map((address) => address.split('/')[0] ?? address);

/** Names that netdiag asks for where nobody named a target, and those that tell a captive portal. */
export const REFERENCE_NAMES: readonly string[] = [
  'example.com',
  'www.wikipedia.org',
  'detectportal.firefox.com',
  'connectivitycheck.gstatic.com',
  'captive.apple.com',
  'www.msftconnecttest.com',
  'network-test.debian.org',
];

export type Names = Readonly<Record<string, readonly string[]>>;

/** What every resolver of a network knows; the case may give others. */
export function namesOf(app: readonly string[], references: readonly string[]): Names {
  return {
    'app.example.net': app,
    'other.example.net': references,
    'one.one.one.one': ['1.1.1.1', '2606:4700:4700::1111'],
    'dns.google': ['8.8.8.8', '2001:4860:4860::8888'],
    ...Object.fromEntries(REFERENCE_NAMES.map((name) => [name, references])),
  };
}

export const HOME_NAMES: Names = namesOf(['203.0.113.10', '2001:db8:2::10'], ['198.51.100.80']);

/**
 * Public resolvers over UDP, TCP, TLS and HTTPS, the pages of the reference names, QUIC and the time.
 *
 * @param references addresses of the reference names, of this host
 */
export function internetServices(names: Names = HOME_NAMES, references: readonly string[] = ['198.51.100.80', '2001:db8:3::80']): Services {
  return {
    dns: {
      addresses: PUBLIC_RESOLVERS,
      names,
      tls: true,
      https: true,
      certificate: { names: ['one.one.one.one', 'dns.google', 'cloudflare-dns.com', ...PUBLIC_RESOLVERS] },
    },
    web: { addresses: references, certificate: { names: [...REFERENCE_NAMES, 'other.example.net', ...references] } },
    quic: { addresses: [...references, ...PUBLIC_RESOLVERS] },
    ntp: {},
  };
}

/** `app.example.net`: web with QUIC, an SSH banner and an echo. */
export function serverServices(addresses: readonly string[]): Services {
  return {
    web: {
      addresses,
      certificate: { names: ['app.example.net', 'www.example.net', ...addresses] },
      headers: { 'alt-svc': 'h3=":443"; ma=86400' },
    },
    quic: { addresses },
    tcp: { addresses, ports: { 22: { banner: 'SSH-2.0-OpenSSH_9.2\r\n' }, 9000: { echo: true } } },
  };
}
