import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem } from '../../net/port.js';
import type { Rules } from './exposure.js';
import { foremostWay, interfaceTowards, portsNamed, sourcesNamed } from './places.js';
import { quoted } from './quote.js';
import { arrival, inward, onward } from './way.js';

type Published = NonNullable<DataOf<'firewall'>['published']>;
type Interfaces = DataOf<'host'>['interfaces'];

/** Those that were found, and which may be missing among them. */
export interface PublishedSeen {
  ports: Published;
  absent: DataOf<'firewall'>['absent'];
}

const FACT = 'further published ports';
const PORT_LIMIT = 256;
const PROCESS_LIMIT = 4096;

/**
 * Ports that lead elsewhere: a connection to each port that a rule names is sent in thought through the tables of translation, and where
 * these give it another destination it goes on by the rules for what is forwarded. The rules for input never see it.
 */
export async function publishedByRules(rules: Rules, host: DataOf<'host'>, pause: () => Promise<void>): Promise<PublishedSeen> {
  const { interfaces } = host;
  const translating = rules.tables.filter((table) =>
    [...table.chains.values()].some(({ base }) => base?.hook === 'prerouting' && base.type === 'nat'),
  );
  if (translating.length === 0) return { ports: [], absent: [] };
  const { named } = portsNamed(translating);
  const ports = named.slice(0, PORT_LIMIT);
  const found: Published = [];
  for (const family of [4, 6] as const) {
    const way = foremostWay(host, family);
    if (way === undefined) continue;
    const { stranger } = sourcesNamed(rules.tables, family);
    for (const port of ports) {
      await pause();
      for (const protocol of ['tcp', 'udp'] as const) {
        const facts = {
          family,
          protocol,
          source: stranger,
          sourcePort: null,
          destination: way.address,
          destinationPort: port,
          input: way.name,
          state: 'new',
          destinationType: 'local',
        } as const;
        const { redirections } = arrival(rules.tables, facts, rules.budget);
        const away = redirections.filter(({ here, to }) => !here && !to.every(({ address }) => isOwn(interfaces, address)));
        const [first] = away;
        if (first === undefined) continue;
        const [to] = first.to;
        const one = away.length === 1 && first.to.length === 1 ? to : undefined;
        const output = to?.address == null ? null : interfaceTowards(interfaces, to.address);
        const fate = onward(rules.tables, facts, to ?? { address: null, port: null }, output, rules.budget);
        found.push({
          port,
          protocol,
          family,
          to: one?.address ?? null,
          toPort: one?.port ?? (one === undefined ? null : port),
          ...quoted(fate, rules.complete),
          withoutTranslation: quoted(inward(rules.tables, facts, rules.budget, true), rules.complete).verdict,
          source: `${first.place.table.family} ${first.place.table.name}, chain ${first.place.chain.name}`,
        });
      }
    }
  }
  const absent: PublishedSeen['absent'] = [];
  if (named.length > PORT_LIMIT)
    absent.push({ fact: FACT, because: `the rules name ${named.length} ports, and ${PORT_LIMIT} of them are tried` });
  if (rules.budget.left < 0) absent.push({ fact: FACT, because: 'there are more rules than are looked at' });
  return { ports: found, absent };
}

function isOwn(interfaces: Interfaces, address: string | null): boolean {
  return address === null || interfaces.some((link) => link.addresses.some((entry) => entry.address === address));
}

/** Names of processes, which anybody sees. Bounded. */
export async function processNames(local: LocalSystem): Promise<Map<string, string[]>> {
  const entries = await local.entries('/proc');
  const pids = entries.kind === 'measured' ? entries.value.filter((name) => /^\d+$/.test(name)).slice(0, PROCESS_LIMIT) : [];
  const names = await Promise.all(pids.map(async (pid) => ({ pid, name: await local.file(`/proc/${pid}/comm`, 64) })));
  const found = new Map<string, string[]>();
  for (const { pid, name } of names) {
    if (name.kind !== 'measured') continue;
    const key = name.value.trim();
    found.set(key, [...(found.get(key) ?? []), pid]);
  }
  return found;
}

/** What the proxies of Docker say of themselves on their command lines, where the rules cannot be seen. */
export async function publishedByProxies(local: LocalSystem, processes: ReadonlyMap<string, string[]>): Promise<Published> {
  const pids = (processes.get('docker-proxy') ?? []).slice(0, PORT_LIMIT);
  const lines = await Promise.all(pids.map(async (pid) => ({ pid, line: await local.file(`/proc/${pid}/cmdline`, 4096) })));
  return lines.flatMap(({ pid, line }) => {
    if (line.kind !== 'measured') return [];
    const made = readProxyCommand(line.value.split('\0'));
    return made === null ? [] : [{ ...made, source: `/proc/${pid}/cmdline` }];
  });
}

function readProxyCommand(words: readonly string[]): Omit<Published[number], 'source'> | null {
  const optionOf = (option: string) => {
    const at = words.findIndex((word) => word === `-${option}` || word === `--${option}`);
    return at === -1 ? undefined : words[at + 1];
  };
  const [hostPort, toPort] = [optionOf('host-port'), optionOf('container-port')].map((text) =>
    text !== undefined && /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : null,
  );
  const protocol = optionOf('proto');
  const address = optionOf('host-ip') ?? '';
  if (hostPort == null || (protocol !== 'tcp' && protocol !== 'udp') || /^(127\.|::1$)/.test(address)) return null;
  return {
    port: hostPort,
    protocol,
    family: address.includes(':') ? 6 : 4,
    to: optionOf('container-ip')?.slice(0, 64) ?? null,
    toPort: toPort ?? null,
    verdict: 'depends',
    place: null,
    because: ['rules that only root may see'],
    withoutTranslation: null,
  };
}
