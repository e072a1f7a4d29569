import ipaddr from 'ipaddr.js';

/**
 * Readers for the socket tables of Linux: /proc/net/tcp, tcp6, udp, udp6 (Documentation/networking/proc_net_tcp.rst, get_tcp4_sock and its
 * like in the kernel tree), and for what /proc/PID says of a process. A line that does not parse is left out; nothing here throws.
 */

/** A socket that waits for connections, or a datagram socket that takes datagrams from anybody. */
export interface ListeningSocket {
  /** Canonical text, without a zone: the table does not hold it. */
  address: string;
  port: number;
  /** What the links in /proc/PID/fd name it by, in decimals. */
  inode: string;
}

/** `TCP_LISTEN`; a datagram socket that was not connected is in `TCP_CLOSE` (net/tcp_states.h). */
const STATE = { tcp: '0A', udp: '07' } as const;

/** Fields of a line up to the inode. */
const INODE_FIELD = 9;
/** Lines have about 150 characters. What is far longer is none. */
const MAXIMUM_LINE_CHARACTERS = 512;

/**
 * The listening sockets among the lines of a table of either family. A socket without a port is left out, since nothing can reach it.
 *
 * @param littleEndian byte order of the machine: each 32-bit word of an address is written as a number of its own
 */
export function parseListeningSockets(text: string, protocol: 'tcp' | 'udp', littleEndian: boolean): ListeningSocket[] {
  const sockets: ListeningSocket[] = [];
  for (const line of text.split('\n')) {
    // Most lines of a busy machine are connections: they are passed over without a closer look.
    if (line.length > MAXIMUM_LINE_CHARACTERS || !line.includes(` ${STATE[protocol]} `)) continue;
    const fields = line.trim().split(/\s+/);
    const [, local, , state] = fields;
    const inode = fields[INODE_FIELD];
    if (state !== STATE[protocol]) continue;
    const match = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(local ?? '');
    const port = Number.parseInt(match?.[2] ?? '0', 16);
    if (match?.[1] === undefined || port === 0 || inode === undefined || !/^\d{1,20}$/.test(inode)) continue;
    sockets.push({ address: addressOfProcNet(match[1], littleEndian), port, inode });
  }
  return sockets;
}

/** 8 or 32 hexadecimal digits: words of 32 bits, each as the machine would print the number that lies in memory in network order. */
export function addressOfProcNet(digits: string, littleEndian: boolean): string {
  const bytes: number[] = [];
  for (let word = 0; word < digits.length; word += 8) {
    const read = [0, 2, 4, 6].map((at) => Number.parseInt(digits.slice(word + at, word + at + 2), 16));
    bytes.push(...(littleEndian ? read.reverse() : read));
  }
  if (bytes.length === 4) return bytes.join('.');
  const address = new ipaddr.IPv6(bytes);
  return address.isIPv4MappedAddress() ? `::ffff:${address.toIPv4Address().toString()}` : address.toString();
}

/** The inode of a link in /proc/PID/fd that leads to a socket (`socket:[12345]`); `null` where it leads to something else. */
export function parseSocketLink(text: string): string | null {
  return /^socket:\[(\d{1,20})\]$/.exec(text)?.[1] ?? null;
}

/** A name of a process has 15 bytes; threads of the kernel have up to 63. */
const MAXIMUM_NAME_CHARACTERS = 64;

/**
 * The name of a process from /proc/PID/comm, which it may choose itself (prctl(2), `PR_SET_NAME`): control characters are taken out.
 * `null` where nothing is left of it.
 */
export function parseProcessName(text: string): string | null {
  const name = text
    .slice(0, 2 * MAXIMUM_NAME_CHARACTERS)
    .replace(/\p{Cc}/gu, '')
    .slice(0, MAXIMUM_NAME_CHARACTERS);
  return name.trim() === '' ? null : name;
}
