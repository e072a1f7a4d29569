import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { endianness } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { measured, unavailable } from '../../model/attempt.js';
import { exposureOf } from '../../wire/exposure.js';
import { type ListeningSocket, parseListeningSockets, parseProcessName, parseSocketLink } from '../../wire/linux/proc-net-sockets.js';
import { errnoMessage } from '../errno.js';
import type { Machine } from '../port.js';

type Listeners = Extract<Awaited<ReturnType<Machine['listeners']>>, { kind: 'measured' }>['value'];
type Protocol = 'tcp' | 'udp';

/** The tables of one namespace: that of this process, whatever other tables there are on the machine. */
const TABLES: readonly { path: string; protocol: Protocol }[] = [
  { path: '/proc/net/tcp', protocol: 'tcp' },
  { path: '/proc/net/tcp6', protocol: 'tcp' },
  { path: '/proc/net/udp', protocol: 'udp' },
  { path: '/proc/net/udp6', protocol: 'udp' },
];

const CHUNK_BYTES = 65_536;
/** Of one table: about 200,000 lines. A longer one is not read in part, since a list with gaps would look like a whole one. */
const MAXIMUM_TABLE_BYTES = 32 * 1024 * 1024;
/** Descriptors that are looked at, of all processes together: about a second. Sockets that were not found by then belong to nobody known. */
const MAXIMUM_DESCRIPTORS = 200_000;
/** Processes are looked at for so long before anything else of this program gets its turn. */
const TURN_MS = 5;

/** The first process of the system holds the sockets of services that it starts on demand; the service itself says more. */
const INIT_PID = 1;

/** Reads the tables of this network namespace, and whose sockets they are: `listeners` of {@link Machine}. Sends nothing. */
export async function readListeners(): Promise<Awaited<ReturnType<Machine['listeners']>>> {
  const found: (ListeningSocket & { protocol: Protocol })[] = [];
  let tables = 0;
  for (const { path, protocol } of TABLES) {
    const sockets = await readTable(path, protocol);
    // A list with gaps would look like a whole one.
    if (typeof sockets === 'string') return unavailable('socket-tables', `${path} ${sockets}`);
    if (sockets === null) continue;
    tables++;
    found.push(...sockets.map((socket) => ({ ...socket, protocol })));
  }
  if (tables === 0) return unavailable('socket-tables', noTables());
  const owners = await findOwners(new Set(found.map(({ inode }) => inode)));
  const listeners = found.map(({ address, port, protocol, inode }) => {
    const owner = owners.get(inode);
    return {
      port,
      protocol,
      address,
      process: owner?.process ?? null,
      pid: owner?.pid ?? null,
      exposure: exposureOf(address),
      service: null,
    };
  });
  return measured(distinct(listeners));
}

function noTables(): string {
  return process.platform === 'linux'
    ? '/proc/net shows no socket tables here'
    : `${process.platform} does not show its sockets as files, and its own tools are not asked`;
}

/** The listening sockets of one table, or why they are not known; `null` where there is no such table, as `udp6` without IPv6. */
async function readTable(path: string, protocol: Protocol): Promise<ListeningSocket[] | string | null> {
  const file = await open(path, 'r').catch(codeOf);
  if (file === 'ENOENT') return null;
  if (typeof file === 'string') return `cannot be read: ${errnoMessage(file)}`;
  try {
    const littleEndian = endianness() === 'LE';
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(CHUNK_BYTES);
    const sockets: ListeningSocket[] = [];
    let rest = '';
    for (let total = 0; total < MAXIMUM_TABLE_BYTES; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return [...sockets, ...parseListeningSockets(rest, protocol, littleEndian)];
      total += bytesRead;
      const text = rest + decoder.decode(buffer.subarray(0, bytesRead), { stream: true });
      const end = text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      const lines = text.slice(0, end);
      for (const socket of parseListeningSockets(lines, protocol, littleEndian)) sockets.push(socket);
      // The kernel lists TCP's listeners before its connections (tcp_seq_start), of which a busy machine has very many.
      if (protocol === 'tcp' && hasConnections(lines)) return sockets;
    }
    return 'has more lines than are read';
  } catch (error) {
    return `cannot be read: ${errnoMessage(codeOf(error))}`;
  } finally {
    await file.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
}

/** Whether the last whole line is an established connection (`01`), or another state that only connections have. */
function hasConnections(lines: string): boolean {
  const last = lines.trimEnd().split('\n').at(-1) ?? '';
  return /^\s*\d+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4} 0[124-689] /.test(last);
}

interface Owner {
  pid: number;
  process: string | null;
}

/**
 * Which process holds each socket: of several that share it after a fork the one with the lowest number, which started first, but for the
 * first process of the system. Processes of other users are not shown to an ordinary user: their sockets have no owner here.
 */
async function findOwners(wanted: ReadonlySet<string>): Promise<Map<string, Owner>> {
  const owners = new Map<string, Owner>();
  const byService = new Set<string>();
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d{1,10}$/.test(name)).map(Number);
  let looked = 0;
  let turnEndsMs = performance.now() + TURN_MS;
  for (const pid of pids.sort((a, b) => a - b)) {
    if (byService.size === wanted.size || looked > MAXIMUM_DESCRIPTORS) break;
    if (performance.now() > turnEndsMs) {
      await nextTurn();
      turnEndsMs = performance.now() + TURN_MS;
    }
    const descriptors = entriesOf(`/proc/${pid}/fd`);
    looked += descriptors.length;
    let owner: Owner | null = null;
    for (const descriptor of descriptors.slice(0, MAXIMUM_DESCRIPTORS)) {
      const inode = socketOf(`/proc/${pid}/fd/${descriptor}`);
      if (inode === null || !wanted.has(inode) || byService.has(inode)) continue;
      owner ??= { pid, process: nameOf(pid) };
      owners.set(inode, owner);
      if (pid !== INIT_PID) byService.add(inode);
    }
  }
  return owners;
}

// One call each for thousands of descriptors: a trip to the thread pool would take longer than the call. Whatever ends or is not ours to
// see meanwhile is left out.

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function socketOf(link: string): string | null {
  try {
    return parseSocketLink(readlinkSync(link));
  } catch {
    return null;
  }
}

function nameOf(pid: number): string | null {
  try {
    return parseProcessName(readFileSync(`/proc/${pid}/comm`, 'utf8'));
  } catch {
    return null;
  }
}

/** One line for each process and address, however many sockets it has there (`SO_REUSEPORT`); by port, protocol, address. */
function distinct(listeners: Listeners): Listeners {
  const byKey = new Map(listeners.map((entry) => [`${entry.protocol} ${entry.address} ${entry.port} ${entry.pid}`, entry]));
  return [...byKey.values()].sort(
    (a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol) || a.address.localeCompare(b.address) || (a.pid ?? 0) - (b.pid ?? 0),
  );
}
