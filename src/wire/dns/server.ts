import ipaddr from 'ipaddr.js';

export const DNS_PORT = 53;

/** A name server by address and port. */
export interface DnsServer {
  address: string;
  port: number;
}

/** RFC 7858 section 3.1. */
export const DNS_OVER_TLS_PORT = 853;

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`: port 53, of TLS 853, is not shown. */
export function formatDnsServer(server: DnsServer, transport: 'udp' | 'tcp' | 'tls' | 'https' = 'udp'): string {
  if (server.port === (transport === 'tls' ? DNS_OVER_TLS_PORT : DNS_PORT)) return server.address;
  return server.address.includes(':') ? `[${server.address}]:${server.port}` : `${server.address}:${server.port}`;
}

export const SYSTEMD_RESOLVED = 'systemd-resolved';

/**
 * What stands behind an address of this machine: the two of systemd-resolved (systemd-resolved.service(8)), that of Docker inside its
 * networks, or any other program on it, such as dnsmasq. `null` for a server elsewhere.
 *
 * @param server as {@link formatDnsServer} writes it; at another port than 53 it is any other program
 */
export function stubLabel(server: string): string | null {
  const { address, port } = parseDnsServer(server) ?? { address: server, port: DNS_PORT };
  if (port === DNS_PORT && (address === '127.0.0.53' || address === '127.0.0.54')) return SYSTEMD_RESOLVED;
  if (port === DNS_PORT && address === '127.0.0.11') return 'Docker';
  return /^127\./.test(address) || /^(?:0*:)*0*1$/.test(address) ? 'local' : null;
}

/** Reads what {@link formatDnsServer} writes, and what c-ares lists; `null` where it is no IP address. */
export function parseDnsServer(text: string): DnsServer | null {
  const match = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text) ?? /^([\d.]+):(\d{1,5})$/.exec(text);
  const address = match?.[1] ?? text;
  const port = match?.[2] === undefined ? DNS_PORT : Number(match[2]);
  return isIpAddress(address) && port >= 1 && port <= 65_535 ? { address, port } : null;
}

/** An IPv4 address of four decimal numbers, or an IPv6 address, with a zone or without. */
export function isIpAddress(text: string): boolean {
  if (text.length > 80) return false;
  return text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
}
