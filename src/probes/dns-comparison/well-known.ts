import type { DnsServerOption } from '../../model/probe-options.js';

interface Operator {
  label: string;
  ipv4: string;
  ipv6: string;
  /** Name in its certificate. */
  servername: string;
  /** Which of its services are asked beside plain UDP. */
  also: readonly ('tcp' | 'tls' | 'https')[];
}

/**
 * Public resolvers that much of the world uses, as their operators publish them (2026): blocked, redirected or rewritten DNS shows at them,
 * since their answers are known from elsewhere. Of each the service that people have heard of; Quad9, AdGuard and OpenDNS refuse names on purpose, see
 * {@link FILTERING_LABELS}. Three over TLS and HTTPS suffice to tell a blocked transport from one dead server.
 */
const OPERATORS: readonly Operator[] = [
  { label: 'Cloudflare', ipv4: '1.1.1.1', ipv6: '2606:4700:4700::1111', servername: 'one.one.one.one', also: ['tcp', 'tls', 'https'] },
  { label: 'Google', ipv4: '8.8.8.8', ipv6: '2001:4860:4860::8888', servername: 'dns.google', also: ['tcp', 'tls', 'https'] },
  { label: 'Quad9', ipv4: '9.9.9.9', ipv6: '2620:fe::fe', servername: 'dns.quad9.net', also: ['tls', 'https'] },
  { label: 'OpenDNS', ipv4: '208.67.222.222', ipv6: '2620:119:35::35', servername: 'dns.opendns.com', also: [] },
  { label: 'AdGuard', ipv4: '94.140.14.14', ipv6: '2a10:50c0::ad1:ff', servername: 'dns.adguard-dns.com', also: [] },
];

export const FILTERING_LABELS: ReadonlySet<string> = new Set(['Quad9', 'OpenDNS', 'AdGuard']);

const PORTS = { udp: 53, tcp: 53, tls: 853, https: 443 } as const;

/** Plain UDP over both families first, then the other transports over IPv4. */
export const WELL_KNOWN_SERVERS: readonly DnsServerOption[] = [
  ...OPERATORS.map((operator) => serverOf(operator, operator.ipv4, 'udp')),
  ...OPERATORS.map((operator) => serverOf(operator, operator.ipv6, 'udp')),
  ...(['tcp', 'tls', 'https'] as const).flatMap((transport) =>
    OPERATORS.filter(({ also }) => also.includes(transport)).map((operator) => serverOf(operator, operator.ipv4, transport)),
  ),
];

function serverOf({ label, servername }: Operator, address: string, transport: 'udp' | 'tcp' | 'tls' | 'https'): DnsServerOption {
  const named = transport === 'tls' || transport === 'https' ? { servername } : {};
  return { address, port: PORTS[transport], transport, label, from: 'well-known', ...named };
}
