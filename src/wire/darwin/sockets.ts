/**
 * Readers of `netstat -anW` and of the field output of `lsof` on macOS: which sockets listen, and whose they are. Formats: inet.c of
 * netstat in Apple's network_cmds; lsof(8), "OUTPUT FOR OTHER PROGRAMS". What does not parse is left out; nothing here throws.
 */
import ipaddr from 'ipaddr.js';

export interface DarwinSocket {
  protocol: 'tcp' | 'udp';
  /** `0.0.0.0` or `::` for all; with its zone where it has one. */
  address: string;
  port: number;
}

export interface DarwinOwnedSocket extends DarwinSocket {
  pid: number;
  process: string | null;
}

const MAXIMUM_SOCKETS = 65_536;

/** Sockets that take connections (TCP, `LISTEN`), or datagrams from anybody (UDP without another end). */
export function parseNetstatSockets(text: string): DarwinSocket[] {
  const sockets: DarwinSocket[] = [];
  for (const line of text.split('\n')) {
    const [protocol = '', , , local = '', foreign, state] = line.trim().split(/\s+/);
    const match = /^(tcp|udp)(4|6|46)$/.exec(protocol);
    const at = local.lastIndexOf('.');
    const port = local.slice(at + 1);
    if (match === null || at < 1 || !/^\d{1,5}$/.test(port) || Number(port) > 65_535 || foreign !== '*.*') continue;
    if (match[1] === 'tcp' && state !== 'LISTEN') continue;
    const address = local.slice(0, at) === '*' ? (match[2] === '4' ? '0.0.0.0' : '::') : addressOf(local.slice(0, at));
    if (address === null || sockets.length >= MAXIMUM_SOCKETS) continue;
    sockets.push({ protocol: match[1] === 'tcp' ? 'tcp' : 'udp', address, port: Number(port) });
  }
  return sockets;
}

/** `lsof -nP -iTCP -sTCP:LISTEN -iUDP -F pcPtTn`: a line a field, the first letter says which. */
export function parseLsofFields(text: string): DarwinOwnedSocket[] {
  const sockets: DarwinOwnedSocket[] = [];
  let pid: number | null = null;
  let process: string | null = null;
  let protocol: 'tcp' | 'udp' | null = null;
  let type: 'IPv4' | 'IPv6' | null = null;
  for (const line of text.split('\n')) {
    const value = line.slice(1);
    switch (line[0]) {
      case 'p':
        pid = /^\d{1,9}$/.test(value) ? Number(value) : null;
        process = null;
        break;
      case 'c':
        process = value.trim().slice(0, 64) || null;
        break;
      case 'f':
        protocol = null;
        type = null;
        break;
      case 't':
        type = value === 'IPv4' || value === 'IPv6' ? value : null;
        break;
      case 'P':
        protocol = value === 'TCP' ? 'tcp' : value === 'UDP' ? 'udp' : null;
        break;
      case 'n': {
        const socket = type === null || protocol === null ? null : readName(value, type);
        if (pid === null || protocol === null || socket === null || sockets.length >= MAXIMUM_SOCKETS) break;
        sockets.push({ protocol, ...socket, pid, process });
      }
    }
  }
  return sockets;
}

/** `*:22`, `127.0.0.1:631`, `[::1]:631`. With another end (`->`), or without a port (`*:*`), nobody is waited for. */
function readName(name: string, type: 'IPv4' | 'IPv6'): { address: string; port: number } | null {
  const match = /^(\*|[0-9.]+|\[[^\]]+\]):(\d{1,5})$/.exec(name);
  if (match?.[1] === undefined || Number(match[2]) > 65_535) return null;
  const address = match[1] === '*' ? (type === 'IPv4' ? '0.0.0.0' : '::') : addressOf(match[1].replace(/^\[|\]$/g, ''));
  return address === null ? null : { address, port: Number(match[2]) };
}

/**
 * In its shortest form. lsof shows a link-local address as the kernel holds it, with the number of the interface in its second group
 * (`fe80:4::1`): that is taken out.
 */
function addressOf(text: string): string | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return text;
  const [written = '', zone] = text.split('%', 2);
  if (!ipaddr.IPv6.isValid(written)) return null;
  const { parts } = ipaddr.IPv6.parse(written);
  if (parts[0] === 0xfe80) parts[1] = 0;
  const address = new ipaddr.IPv6(parts).toString();
  return zone === undefined || !/^[\w.-]{1,32}$/.test(zone) ? address : `${address}%${zone}`;
}
