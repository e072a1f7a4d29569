import { endianness } from 'node:os';
import { reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { type ConnectionCount, createConnectionReader, MAXIMUM_DESTINATIONS } from '../../wire/linux/proc-net-connections.js';
import { parseNumbers, parsePortList, parsePortRange } from '../../wire/linux/proc-sys.js';
import type { KnownTarget, MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext } from '../probe.js';
import type { Reading } from './reading.js';

type LocalPorts = NonNullable<DataOf<'kernel'>['localPorts']>;

/** Of one table: about 100,000 lines. A longer one is not counted in part: what is missing could be what matters. */
const MAXIMUM_TABLE_BYTES = 16 * 1024 * 1024;
/** Between two pieces others get their turn: this much takes some milliseconds. */
const PIECE_CHARACTERS = 512 * 1024;

const RANGE = '/proc/sys/net/ipv4/ip_local_port_range';
const REUSE = { '0': 'never', '1': 'always', '2': 'loopback' } as const;

/** How many local ports connections hold, towards each destination and in all. */
export async function readLocalPorts(
  reading: Reading,
  { targets }: MachineCircumstances,
  context: MeasureContext,
): Promise<LocalPorts | null> {
  const [range, reserved, reuse] = await Promise.all([
    reading.parsed('range of local ports', RANGE, parsePortRange),
    reading.optional('reserved local ports', '/proc/sys/net/ipv4/ip_local_reserved_ports', parsePortList),
    reading.optional('reuse of ports in TIME-WAIT', '/proc/sys/net/ipv4/tcp_tw_reuse', (text) => parseNumbers(text, 1)),
  ]);
  if (range === null) return null;
  const isUsable = (port: number) => port >= range.first && port <= range.last && reserved?.has(port) !== true;
  let usable = 0;
  for (let port = range.first; port <= range.last; port++) if (isUsable(port)) usable++;
  const [tcp, udp] = await Promise.all([
    countTables(reading, 'TCP', ['/proc/net/tcp', '/proc/net/tcp6'], isUsable, context),
    countTables(reading, 'UDP', ['/proc/net/udp', '/proc/net/udp6'], isUsable, context),
  ]);
  const known = tcp === null ? [] : await targets();
  return {
    ...range,
    usable,
    tcpUsed: tcp?.ports ?? null,
    timeWait: tcp?.timeWait ?? null,
    timeWaitReuse: REUSE[String(reuse?.[0]) as keyof typeof REUSE] ?? null,
    busiest: tcp?.destinations[0] ?? null,
    targets: known.flatMap((target) => busiestOf(target, tcp?.destinations ?? [])),
    udpUsed: udp?.ports ?? null,
    source: RANGE,
  };
}

/** Of the addresses of a target the one towards which most ports are taken; the list begins with the busiest. */
function busiestOf({ target, addresses }: KnownTarget, destinations: ConnectionCount['destinations']): LocalPorts['targets'] {
  const found = destinations.find(({ address, port }) => port === target.port && addresses.includes(address));
  return found === undefined ? [] : [{ ...found, target: target.id }];
}

/** Both families together; `null` where a table cannot be counted whole. */
async function countTables(
  reading: Reading,
  protocol: string,
  paths: readonly [string, string],
  isUsable: (port: number) => boolean,
  { network, signal }: MeasureContext,
): Promise<ConnectionCount | null> {
  const fact = `local ports that ${protocol} uses`;
  const tables = await Promise.all(paths.map((path) => network.local.file(path, MAXIMUM_TABLE_BYTES)));
  const reader = createConnectionReader(isUsable, endianness() === 'LE');
  for (const [index, table] of tables.entries()) {
    // A machine without IPv6 has no table of it.
    if (index === 1 && table.kind === 'unavailable' && table.capability === 'file') continue;
    if (table.kind !== 'measured') return reading.without(fact, reasonOf(table));
    if (!/^\s*sl\s+local_address/.test(table.value)) return reading.without(fact, `${paths[index]} holds nonsense`);
    if (table.value.length >= MAXIMUM_TABLE_BYTES) return reading.without(fact, `${paths[index]} has more lines than are read`);
    for (let at = 0; at < table.value.length; at += PIECE_CHARACTERS) {
      if (at > 0) await network.clock.sleep(0, signal);
      if (signal.aborted) return null;
      reader.push(table.value.slice(at, at + PIECE_CHARACTERS));
    }
  }
  const counted = reader.count();
  if (counted.more) reading.without(`destinations of ${protocol}`, `${MAXIMUM_DESTINATIONS} were counted; those that came later were not`);
  return counted;
}
