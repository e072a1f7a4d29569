import ipaddr from 'ipaddr.js';

export const DNS_PORT = 53;

/** A name server by address and port. */
export interface DnsServer {
  address: string;
  port: number;
}

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`: port 53 is not shown. */
export function formatDnsServer(server: DnsServer): string {
  if (server.port === DNS_PORT) return server.address;
  return server.address.includes(':') ? `[${server.address}]:${server.port}` : `${server.address}:${server.port}`;
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
