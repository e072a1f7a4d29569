/**
 * Which sockets listen on Windows: rows of MSFT_NetTCPConnection and MSFT_NetUDPEndpoint, or the lines of `netstat -ano`, whose words are
 * translated: only numbers and addresses are read there. What does not make sense is left out; nothing here throws.
 */
import ipaddr from 'ipaddr.js';
import { type WindowsReport, type WindowsRow, windowsNumber, windowsRows, windowsText } from './report.js';

export interface WindowsSocket {
  protocol: 'tcp' | 'udp';
  address: string;
  port: number;
  pid: number | null;
  process: string | null;
}

/** `null` where neither list is known. */
export function readWindowsSockets(report: WindowsReport): WindowsSocket[] | null {
  const tcp = windowsRows(report, 'tcpListeners');
  const udp = windowsRows(report, 'udpEndpoints');
  // A list with gaps would look like a whole one.
  if (tcp === null || udp === null) return null;
  const processes = new Map<number, string>();
  for (const row of windowsRows(report, 'processes') ?? []) {
    const pid = windowsNumber(row, 'Id');
    const name = windowsText(row, 'ProcessName');
    if (pid !== null && name !== null) processes.set(pid, name);
  }
  const read =
    (protocol: 'tcp' | 'udp') =>
    (row: WindowsRow): WindowsSocket[] => {
      const address = addressOf(windowsText(row, 'LocalAddress') ?? '');
      const port = windowsNumber(row, 'LocalPort');
      if (address === null || port === null || port === 0 || port > 65_535) return [];
      const pid = windowsNumber(row, 'OwningProcess');
      return [{ protocol, address, port, pid, process: pid === null ? null : (processes.get(pid) ?? null) }];
    };
  return [...tcp.flatMap(read('tcp')), ...udp.flatMap(read('udp'))];
}

/**
 * `netstat -ano`. The state is a word of the display language (`LISTENING`, `ABHÖREN`): a TCP socket listens where the other end is all
 * zeros with port 0, since every connection has another end. Lines of UDP have `*:*` and no state.
 */
export function parseWindowsNetstat(text: string): WindowsSocket[] {
  const sockets: WindowsSocket[] = [];
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    const [protocol, local = '', foreign] = words;
    const isTcp = protocol === 'TCP';
    if (!isTcp && protocol !== 'UDP') continue;
    if (isTcp ? foreign !== '0.0.0.0:0' && foreign !== '[::]:0' : foreign !== '*:*') continue;
    const match = /^(.{1,64}):(\d{1,5})$/.exec(local);
    const address = addressOf((match?.[1] ?? '').replace(/^\[|\]$/g, ''));
    const port = Number(match?.[2]);
    const pid = words.at(-1) ?? '';
    if (address === null || !(port > 0 && port <= 65_535) || sockets.length >= 65_536) continue;
    sockets.push({ protocol: isTcp ? 'tcp' : 'udp', address, port, pid: /^\d{1,10}$/.test(pid) ? Number(pid) : null, process: null });
  }
  return sockets;
}

function addressOf(text: string): string | null {
  const [address = '', zone] = text.split('%', 2);
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return address;
  if (!ipaddr.IPv6.isValid(address)) return null;
  const shortest = ipaddr.IPv6.parse(address).toString();
  return zone === undefined || !/^\d{1,9}$/.test(zone) ? shortest : `${shortest}%${zone}`;
}
