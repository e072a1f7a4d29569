import { reasonOf } from '../../model/attempt.js';
import type { FilterEngine, FilterTable } from '../../model/packet-filter.js';
import type { LocalSystem } from '../../net/port.js';
import { parseIptablesSave } from '../../wire/firewall/iptables-save.js';
import { parseNftRuleset } from '../../wire/firewall/nft-ruleset.js';

/** What can be seen of the rules in force. */
export interface RulesSeen {
  /** `null`: none could be seen. */
  tables: FilterTable[] | null;
  /** Whether every engine was seen. */
  complete: boolean;
  sources: string[];
  absent: { fact: string; because: string }[];
}

const NFT = ['-j', 'list', 'ruleset'] as const;
const NFT_CHAINS = ['-j', 'list', 'chains'] as const;
/** Thousands of rules take the tools a while. They run one after the other, and have so long together. */
const TOOLS_MS = 1200;
/** A tool that comes after a slow one has at least so long. */
const LEAST_TOOL_MS = 150;
/** CAP_NET_ADMIN (capability.h). */
const NETWORK_ADMINISTRATION = 1n << 12n;
const BUILT_IN: ReadonlySet<string> = new Set(['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']);
const IPTABLES_TABLES: ReadonlySet<string> = new Set(['raw', 'mangle', 'nat', 'filter', 'security']);

/** Whether this process may see packet filters: by its capabilities, or by its user where these are not told. */
export async function maySeeRules(local: LocalSystem): Promise<boolean> {
  const status = await local.file('/proc/self/status', 16_384);
  const effective = status.kind === 'measured' ? /^CapEff:\s*([0-9a-f]{1,16})$/im.exec(status.value)?.[1] : undefined;
  return effective === undefined ? local.userId === 0 : (BigInt(`0x${effective}`) & NETWORK_ADMINISTRATION) !== 0n;
}

interface Reading {
  local: LocalSystem;
  signal: AbortSignal;
  seen: RulesSeen;
  /** What a tool that is started now may take. */
  timeoutMs(): number;
}

function forbidden({ userId }: LocalSystem): string {
  return userId === 0 ? 'root has no right to see packet filters here (CAP_NET_ADMIN)' : 'only root may see the rules of packet filters';
}

/**
 * Reads the rules of nftables, and those of iptables in its own words where there are any. Changes nothing. `spentMs` tells how long it took
 * until now.
 */
export async function readRules(local: LocalSystem, signal: AbortSignal, spentMs: () => number = () => 0): Promise<RulesSeen> {
  const seen: RulesSeen = { tables: null, complete: true, sources: [], absent: [] };
  if (!(await maySeeRules(local))) {
    seen.absent.push({ fact: 'rules', because: forbidden(local) });
    return { ...seen, complete: false };
  }
  const reading: Reading = { local, signal, seen, timeoutMs: () => Math.max(LEAST_TOOL_MS, TOOLS_MS - spentMs()) };
  const [saved, legacy4, legacy6] = await Promise.all([
    readSavedAlone(reading),
    local.file('/proc/net/ip_tables_names', 4096),
    local.file('/proc/net/ip6_tables_names', 4096),
  ]);
  const native = saved ?? (await readNft(reading));
  const tables = new Map((native ?? []).map((table) => [`${table.engine} ${table.family} ${table.name}`, table]));
  const add = (found: readonly FilterTable[] | null) => {
    for (const table of found ?? []) {
      // What iptables wrote, it reads best: nft shows its own modules by name alone.
      if (table.engine === 'iptables-nft') tables.delete(`nftables ${table.family} ${table.name}`);
      tables.set(`${table.engine} ${table.family} ${table.name}`, table);
    }
    return found !== null;
  };
  const byFamily = [
    { family: 'ip', tool: 'iptables', names: legacy4 },
    { family: 'ip6', tool: 'ip6tables', names: legacy6 },
  ] as const;
  const readings = await Promise.all(
    byFamily.map(async ({ family, tool, names }) => {
      // Without nft the one tool for all rules is that of iptables, of whichever engine.
      const ours = saved === null && (native === null || native.some((table) => table.family === family && isOfIptables(table)));
      const hasLegacy = names.kind === 'measured' && names.value.trim() !== '';
      const plain = ours ? await readSave(reading, `${tool}-save`, family, native !== null) : null;
      const old = hasLegacy && !(plain ?? []).some(({ engine }) => engine === 'iptables-legacy');
      return { plain, legacy: old ? await readLegacy(reading, tool, family) : null };
    }),
  );
  const read = readings.map(({ plain, legacy }) => [add(plain), add(legacy)].includes(true)).includes(true);
  if (native === null && !read) return { ...seen, complete: false };
  return { ...seen, tables: [...tables.values()], complete: native !== null && seen.absent.length === 0 };
}

/**
 * The tables of iptables over nftables, where nft knows of no others: nft writes ten times as much of the same rules, and less well. `null`:
 * there are others, or none, or iptables cannot tell all of them.
 */
async function readSavedAlone(reading: Reading): Promise<FilterTable[] | null> {
  const { local, signal, seen } = reading;
  const ran = await local.tool({ file: 'nft', args: NFT_CHAINS, timeoutMs: reading.timeoutMs(), signal });
  if (ran.kind !== 'measured' || ran.value.exitCode !== 0) return null;
  const parsed = parseNftRuleset(asUtf8(ran.value.stdout));
  const tables = parsed.ok ? parsed.value.filter(({ family }) => family !== 'bridge' && family !== 'arp') : [];
  if (tables.length === 0 || !tables.every((table) => isOfIptables(table) && (table.family === 'ip' || table.family === 'ip6')))
    return null;
  const own: Reading = { ...reading, seen: { ...seen, sources: [], absent: [] } };
  const saved = await Promise.all(
    (['ip', 'ip6'] as const).map(async (family) =>
      tables.some((table) => table.family === family)
        ? await readSave(own, family === 'ip' ? 'iptables-save' : 'ip6tables-save', family, true)
        : [],
    ),
  );
  const found = saved.flatMap((read) => read ?? []);
  if (!tables.every(({ family, name }) => found.some((table) => table.family === family && table.name === name))) return null;
  seen.sources.push(`nft ${NFT_CHAINS.join(' ')}`, ...own.seen.sources);
  return found;
}

async function readNft({ local, signal, seen, timeoutMs }: Reading): Promise<FilterTable[] | null> {
  const line = `nft ${NFT.join(' ')}`;
  const ran = await local.tool({ file: 'nft', args: NFT, timeoutMs: timeoutMs(), signal });
  const fact = 'rules of nftables';
  if (ran.kind !== 'measured') {
    const modules = ran.kind === 'unavailable' && ran.capability === 'tool' ? await local.file('/proc/modules') : null;
    // Kernels of distributions have their filters as modules: what is not loaded has no rules, whatever the tools.
    if (modules?.kind === 'measured' && modules.value.includes('\n') && !/^nf_tables /m.test(modules.value)) {
      seen.sources.push('/proc/modules');
      return [];
    }
    seen.absent.push({ fact, because: reasonOf(ran) });
    return null;
  }
  if (ran.value.exitCode !== 0) {
    seen.absent.push({ fact, because: refusal(local, line, ran.value.stderr) });
    return null;
  }
  const parsed = parseNftRuleset(asUtf8(ran.value.stdout));
  if (!parsed.ok) {
    seen.absent.push({ fact, because: `${line} printed nonsense: ${parsed.refusal}` });
    return null;
  }
  seen.sources.push(line);
  return parsed.value;
}

/** Tools' output comes byte by byte; comments of rules are in UTF-8, as a rule. */
function asUtf8(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

function refusal(local: LocalSystem, line: string, stderr: string): string {
  if (/not permitted|permission denied/i.test(stderr)) return forbidden(local);
  return `${line} failed: ${stderr.trim().split('\n')[0]?.slice(0, 200) || 'without a word'}`;
}

/** A table that iptables over nftables made: it has the names of iptables, and chains in its spelling. */
function isOfIptables({ name, chains }: FilterTable): boolean {
  if (!IPTABLES_TABLES.has(name)) return false;
  return [...chains.values()].some((chain) => chain.base !== null && BUILT_IN.has(chain.name));
}

async function readSave(
  { local, signal, seen, timeoutMs }: Reading,
  tool: string,
  family: 'ip' | 'ip6',
  nftWasRead: boolean,
): Promise<FilterTable[] | null> {
  const ran = await local.tool({ file: tool, args: [], timeoutMs: timeoutMs(), signal });
  if (ran.kind !== 'measured' || ran.value.exitCode !== 0) {
    // With nft the rules are there all the same, less well told.
    if (!nftWasRead)
      seen.absent.push({
        fact: `rules of ${tool}`,
        because: ran.kind === 'measured' ? refusal(local, tool, ran.value.stderr) : reasonOf(ran),
      });
    return null;
  }
  const engine: Exclude<FilterEngine, 'nftables'> = /^# Generated by .*\(nf_tables\)|^# Generated by xtables-save/m.test(ran.value.stdout)
    ? 'iptables-nft'
    : 'iptables-legacy';
  // The tool of the other engine has nothing to say of these tables.
  if (nftWasRead && engine === 'iptables-legacy') return null;
  const parsed = parseIptablesSave(asUtf8(ran.value.stdout), engine, family);
  if (!parsed.ok) {
    if (!nftWasRead) seen.absent.push({ fact: `rules of ${tool}`, because: `${tool} printed nonsense: ${parsed.refusal}` });
    return null;
  }
  seen.sources.push(tool);
  return parsed.value.tables.filter(({ name }) => !parsed.value.unwritten.includes(name));
}

/** The tables of the old engine, which stand beside those of nftables. */
async function readLegacy({ local, signal, seen, timeoutMs }: Reading, tool: string, family: 'ip' | 'ip6'): Promise<FilterTable[] | null> {
  for (const file of [`${tool}-legacy-save`, `${tool}-save`]) {
    const ran = await local.tool({ file, args: [], timeoutMs: timeoutMs(), signal });
    if (ran.kind !== 'measured' || ran.value.exitCode !== 0 || /\(nf_tables\)|by xtables-save/.test(ran.value.stdout.slice(0, 200)))
      continue;
    const parsed = parseIptablesSave(asUtf8(ran.value.stdout), 'iptables-legacy', family);
    if (!parsed.ok) continue;
    seen.sources.push(file);
    return parsed.value.tables;
  }
  seen.absent.push({ fact: `rules of ${tool}-legacy`, because: `the kernel has such tables, and no ${tool}-legacy-save reads them` });
  return null;
}
