/**
 * Readers for tables of counters in Linux's /proc/net: stat/nf_conntrack, stat/arp_cache, stat/ndisc_cache (a heading, then a line for each
 * CPU, in hexadecimal), sockstat and sockstat6, rt6_stats. Nothing here throws.
 */

const MAXIMUM_COLUMNS = 64;
/** The largest machines have some thousand CPUs. */
const MAXIMUM_LINES = 8192;

/** `total`: the column over all CPUs; `first`: its first line, for a number that each CPU repeats (`entries`). `null`: no such table. */
export function parseCpuTable(text: string): Map<string, { total: number; first: number }> | null {
  const [heading = '', ...lines] = text.split('\n', MAXIMUM_LINES);
  const names = heading.trim().split(/\s+/, MAXIMUM_COLUMNS);
  if (!names.every((name) => /^[a-z_]\w*$/.test(name))) return null;
  const table = new Map<string, { total: number; first: number }>();
  for (const line of lines) {
    const fields = line.trim().split(/\s+/, MAXIMUM_COLUMNS);
    if (fields.length !== names.length || !fields.every((field) => /^[0-9a-f]{1,13}$/i.test(field))) continue;
    names.forEach((name, index) => {
      const value = Number.parseInt(fields[index] ?? '0', 16);
      const known = table.get(name);
      if (known === undefined) table.set(name, { total: value, first: value });
      else known.total = Math.min(known.total + value, Number.MAX_SAFE_INTEGER);
    });
  }
  return table.size === 0 ? null : table;
}

/** Lines like `TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 20`, by the protocol, then by the word. */
export function parseSockstat(text: string): Map<string, Map<string, number>> {
  const protocols = new Map<string, Map<string, number>>();
  for (const line of text.split('\n', MAXIMUM_COLUMNS)) {
    const [, protocol, rest = ''] = /^(\w{1,20}): ((?:\w{1,20} \d{1,15} ?)+)$/.exec(line) ?? [];
    if (protocol === undefined) continue;
    const words = rest.trim().split(' ');
    protocols.set(protocol, new Map(words.flatMap((word, index) => (index % 2 === 0 ? [[word, Number(words[index + 1])] as const] : []))));
  }
  return protocols;
}

/** Entries of the cache of IPv6 routes: the sixth number of /proc/net/rt6_stats (`rt6_stats_seq_show`). */
export function parseRouteCacheEntries(text: string): number | null {
  const fields = text.trim().split(/\s+/, MAXIMUM_COLUMNS);
  if (fields.length !== 7 || !fields.every((field) => /^[0-9a-f]{4,12}$/i.test(field))) return null;
  return Number.parseInt(fields[5] ?? '', 16);
}
