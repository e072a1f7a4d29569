import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem } from '../../net/local-port.js';
import { parseCpuTable, parseRouteCacheEntries, parseSockstat } from '../../wire/linux/proc-net-stat.js';
import { parseNumbers, parseOpenFilesLimit } from '../../wire/linux/proc-sys.js';
import type { Reading } from './reading.js';

type Kernel = DataOf<'kernel'>;
type Tables = Pick<
  Kernel,
  'conntrack' | 'tcpMemory' | 'udpMemory' | 'orphans' | 'timeWait' | 'descriptors' | 'processDescriptors' | 'neighbors' | 'ipv6Routes'
>;

const SOCKSTAT = '/proc/net/sockstat';
/** A line of a table of counters has some 200 characters, and there is one for each CPU. */
const COUNTER_TABLE_BYTES = 1024 * 1024;

const one = (text: string): number | null => parseNumbers(text, 1)?.[0] ?? null;
const three = (text: string): number[] | null => parseNumbers(text, 3);
/** A limit that no number reaches is none. */
const limited = (limit: number | null | undefined): number | null =>
  limit === undefined || limit === Number.POSITIVE_INFINITY ? null : limit;

/** Tables and limits. What every machine has is entered as absent where it cannot be had; what many do without only in the scope `all`. */
export async function readTables(reading: Reading, local: LocalSystem, all: boolean, ownNamespace: boolean | null): Promise<Tables> {
  const [conntrack, sockets, descriptors, processDescriptors, ipv4, ipv6, ipv6Routes] = await Promise.all([
    readConntrack(reading, all),
    readSockets(reading, ownNamespace),
    readDescriptors(reading),
    readProcessDescriptors(reading, local),
    readNeighbors(reading, 4, ownNamespace),
    readNeighbors(reading, 6, ownNamespace),
    readIpv6Routes(reading),
  ]);
  return { conntrack, ...sockets, descriptors, processDescriptors, neighbors: [ipv4, ipv6].flat(), ipv6Routes };
}

/** The table of this namespace. Its limit is that of the machine, and holds for each namespace by itself (`__nf_conntrack_alloc`). */
async function readConntrack(reading: Reading, all: boolean): Promise<Tables['conntrack']> {
  const folder = '/proc/sys/net/netfilter';
  const source = `${folder}/nf_conntrack_count`;
  const fact = 'connection table of the firewall';
  const [used, limit, buckets, counters] = await Promise.all([
    reading.optional(fact, source, one),
    reading.optional(`limit of the ${fact}`, `${folder}/nf_conntrack_max`, one),
    reading.optional(`buckets of the ${fact}`, `${folder}/nf_conntrack_buckets`, one),
    reading.optional(`counters of the ${fact}`, '/proc/net/stat/nf_conntrack', parseCpuTable, COUNTER_TABLE_BYTES),
  ]);
  if (used === null) {
    if (all && !reading.absent.some((entry) => entry.fact === fact))
      reading.without(fact, 'nf_conntrack is not loaded: no connections are tracked');
    return null;
  }
  const total = (column: string) => counters?.get(column)?.total ?? null;
  return {
    used,
    // 0 lifts the limit.
    limit: limit === 0 ? null : limited(limit),
    source,
    buckets: limited(buckets),
    dropped: total('drop'),
    earlyDropped: total('early_drop'),
    insertFailed: total('insert_failed'),
  };
}

/** Memory, orphans and TIME-WAIT. Memory is of the whole machine, and its limits are shown in the first namespace alone. */
async function readSockets(
  reading: Reading,
  ownNamespace: boolean | null,
): Promise<Pick<Tables, 'tcpMemory' | 'udpMemory' | 'orphans' | 'timeWait'>> {
  const limitOf = async <T>(fact: string, path: string, parse: (text: string) => T | null): Promise<T | null> => {
    const before = reading.absent.length;
    const value = await reading.optional(fact, path, parse);
    if (value !== null || reading.absent.length > before) return value;
    return reading.without(
      fact,
      ownNamespace === true
        ? 'it belongs to the whole machine and is not shown in a network namespace (container)'
        : `${path} does not exist`,
    );
  };
  const [statistics, tcp, udp, orphanLimit, timeWaitLimit] = await Promise.all([
    reading.parsed('memory of sockets', SOCKSTAT, (text) => nonEmpty(parseSockstat(text))),
    limitOf('limit of the memory of TCP', '/proc/sys/net/ipv4/tcp_mem', three),
    limitOf('limit of the memory of UDP', '/proc/sys/net/ipv4/udp_mem', three),
    limitOf('limit of orphaned sockets', '/proc/sys/net/ipv4/tcp_max_orphans', one),
    limitOf('limit of sockets in TIME-WAIT', '/proc/sys/net/ipv4/tcp_max_tw_buckets', one),
  ]);
  const usage = (used: number | undefined, limit: number | null | undefined) =>
    used === undefined ? null : { used, limit: limited(limit), source: SOCKSTAT };
  const memory = (protocol: string, limits: number[] | null) => {
    const made = usage(statistics?.get(protocol)?.get('mem'), limits?.[2]);
    return made === null ? null : { ...made, pressure: limited(limits?.[1]) };
  };
  return {
    tcpMemory: memory('TCP', tcp),
    udpMemory: memory('UDP', udp),
    orphans: usage(statistics?.get('TCP')?.get('orphan'), orphanLimit),
    timeWait: usage(statistics?.get('TCP')?.get('tw'), timeWaitLimit),
  };
}

async function readDescriptors(reading: Reading): Promise<Tables['descriptors']> {
  const source = '/proc/sys/fs/file-nr';
  const [allocated = 0, free = 0, limit = 0] = (await reading.parsed('open files of the machine', source, three)) ?? [];
  if (limit === 0) return null;
  return { used: Math.max(0, allocated - free), limit: limited(limit), source };
}

async function readProcessDescriptors(reading: Reading, local: LocalSystem): Promise<Tables['processDescriptors']> {
  const source = '/proc/self/limits';
  const fact = 'open files of this process';
  const [limit, open] = await Promise.all([reading.parsed(fact, source, parseOpenFilesLimit), local.entries('/proc/self/fd')]);
  if (limit === null) return null;
  if (open.kind !== 'measured') return reading.without(fact, '/proc/self/fd is not shown');
  return { used: open.value.length, limit: limited(limit), source };
}

/** The neighbours of all namespaces together: their table and its limit are of the whole machine (`neigh_table`). */
async function readNeighbors(reading: Reading, family: 4 | 6, ownNamespace: boolean | null): Promise<Tables['neighbors']> {
  const source = `/proc/net/stat/${family === 4 ? 'arp' : 'ndisc'}_cache`;
  const fact = `neighbour table of IPv${family}`;
  const [table, limit] = await Promise.all([
    reading.optional(fact, source, parseCpuTable, COUNTER_TABLE_BYTES),
    reading.optional(`limit of the ${fact}`, `/proc/sys/net/ipv${family}/neigh/default/gc_thresh3`, one),
  ]);
  const used = table?.get('entries')?.first;
  if (used === undefined) {
    if (ownNamespace === true) reading.without(fact, 'it belongs to the whole machine and is not shown in a network namespace (container)');
    else if (family === 4 && !reading.absent.some((entry) => entry.fact === fact)) reading.without(fact, `${source} does not exist`);
    return [];
  }
  return [{ family, used, limit: limited(limit), source, overflows: table?.get('table_fulls')?.total ?? null }];
}

/** Routes that were learned for single destinations; since kernel 6.3 there is no limit as a rule. */
async function readIpv6Routes(reading: Reading): Promise<Tables['ipv6Routes']> {
  const source = '/proc/net/rt6_stats';
  const fact = 'cache of IPv6 routes';
  const [used, limit] = await Promise.all([
    reading.optional(fact, source, parseRouteCacheEntries),
    reading.optional(`limit of the ${fact}`, '/proc/sys/net/ipv6/route/max_size', one),
  ]);
  return used === null ? null : { used, limit: limit === 2_147_483_647 ? null : limited(limit), source };
}

function nonEmpty<K, V>(map: Map<K, V>): Map<K, V> | null {
  return map.size === 0 ? null : map;
}
