import type { DataOf } from '../../model/measurement.js';
import type { FilterTable } from '../../model/packet-filter.js';
import { exposureOf } from '../../wire/exposure.js';
import { spanText } from '../../wire/firewall/packet-values.js';
import type { PacketFacts } from './packet.js';
import { foremostWay, namesInterfaces, portsNamed, sourcesNamed, ways } from './places.js';
import { type QuotedFate, quoted, quotedPlace } from './quote.js';
import type { Budget } from './traverse.js';
import { chainsAt } from './traverse.js';
import { type Fate, inward, onward, outward } from './way.js';

type Data = DataOf<'firewall'>;
type Host = DataOf<'host'>;
type Interfaces = Host['interfaces'];
type Listeners = DataOf<'listening'>['listeners'];

/** What is known when packets are sent through the rules in thought. */
export interface Rules {
  tables: readonly FilterTable[];
  complete: boolean;
  budget: Budget;
}

/** From here on Linux gives ports to clients: UDP sockets there are more often a client's than a service's. */
const FIRST_CLIENT_PORT = 32_768;
const LISTENER_LIMIT = 300;
const NETWORKS_SHOWN = 8;

const FAMILIES = [4, 6] as const;

/** One that no rule names. */
const ANY_INTERFACE = 'other0';

/** A new connection from elsewhere to a port of this machine. */
function arriving(
  family: 4 | 6,
  protocol: 'tcp' | 'udp',
  source: string,
  to: { name: string; address: string },
  port: number,
): PacketFacts {
  return {
    family,
    protocol,
    source,
    sourcePort: null,
    destination: to.address,
    destinationPort: port,
    input: to.name,
    state: 'new',
    destinationType: 'local',
  };
}

/** What happens at each hook to a new connection that no rule names. */
export function defaultsOf(rules: Rules, host: Host): Data['defaults'] {
  const { unnamed } = portsNamed(rules.tables);
  return FAMILIES.flatMap((family) => {
    const { stranger } = sourcesNamed(rules.tables, family);
    // Without an address of the family there is nothing to reach; the rules would do this to it all the same.
    const own = foremostWay(host, family) ?? { name: 'eth0', address: family === 4 ? '192.0.2.1' : '2001:db8::1' };
    const alike = (fates: readonly Fate[]): Fate => {
      const [first] = fates;
      if (first === undefined || fates.every(({ verdict }) => verdict === first.verdict)) return first ?? NOTHING;
      const stop = fates.find(({ verdict }) => verdict !== 'accept');
      return { ...first, verdict: 'depends', place: stop?.place ?? null, because: ['the port', ...fates.flatMap((fate) => fate.because)] };
    };
    const input = unnamed.map((port) => inward(rules.tables, arriving(family, 'tcp', stranger, own, port), rules.budget));
    const output = unnamed.map((port) =>
      outward(
        rules.tables,
        {
          ...arriving(family, 'tcp', own.address, { name: own.name, address: stranger }, port),
          input: null,
          output: own.name,
          user: null,
          group: null,
          destinationType: 'unicast',
        },
        rules.budget,
      ),
    );
    const target = family === 4 ? '198.51.100.7' : '2001:db8:7::7';
    const forward = unnamed.map((port) =>
      onward(
        rules.tables,
        { ...arriving(family, 'tcp', stranger, own, port), destination: target, destinationType: 'unicast' },
        { address: target, port },
        ANY_INTERFACE,
        rules.budget,
      ),
    );
    return (
      [
        ['input', input],
        ['forward', forward],
        ['output', output],
      ] as const
    ).map(([hook, fates]) => ({
      family,
      hook,
      ...quoted(alike(fates), rules.complete),
      policies: chainsAt(rules.tables, hook, family, null)
        .filter(([, chain]) => chain.base?.type === 'filter')
        .slice(0, 16)
        .map(([table, chain]) => ({
          place: quotedPlace({ table, chain, rule: null }),
          policy: chain.base?.policy ?? 'accept',
          rules: chain.rules.length,
        })),
    }));
  });
}

const NOTHING: Fate = { verdict: 'accept', possible: ['accept'], place: null, because: [] };

/** Whether new connections from elsewhere get to what listens here, by interface; `left`: how many were not tried. `pause` lets others have their turn. */
export async function exposures(
  rules: Rules,
  interfaces: Interfaces,
  listeners: Listeners,
  pause: () => Promise<void>,
): Promise<{ found: NonNullable<Data['listeners']>; left: number }> {
  const forOthers = listeners.filter(isForOthers);
  const found: NonNullable<Data['listeners']> = [];
  const perInterface = namesInterfaces(rules.tables);
  for (const family of FAMILIES) {
    const all = ways(interfaces, family);
    const sources = sourcesNamed(rules.tables, family);
    for (const listener of forOthers.slice(0, LISTENER_LIMIT)) {
      if (!takes(listener, family, listeners)) continue;
      const reached = listener.exposure === 'all' ? all : all.filter(({ name }) => hasAddress(interfaces, name, listener.address));
      if (reached.length === 0) continue;
      const tried = perInterface ? reached : reached.slice(0, 1);
      const groups = new Map<string, { names: string[]; result: QuotedFate & { networks: string[] } }>();
      for (const way of tried) {
        const to = { name: way.name, address: listener.exposure === 'all' ? way.address : listener.address };
        const result = tryFrom(rules, family, listener, to, sources);
        const key = JSON.stringify(result);
        const group = groups.get(key);
        if (group === undefined) groups.set(key, { names: [way.name], result });
        else group.names.push(way.name);
      }
      for (const { names, result } of groups.values()) {
        const { port, protocol, address, process } = listener;
        found.push({
          port,
          protocol,
          family,
          address,
          process,
          interfaces: perInterface ? names : reached.map(({ name }) => name),
          ...result,
        });
      }
      await pause();
    }
  }
  return {
    found: found.sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol) || a.family - b.family),
    left: Math.max(0, forOthers.length - LISTENER_LIMIT),
  };
}

function tryFrom(
  rules: Rules,
  family: 4 | 6,
  { protocol, port }: Pick<Listeners[number], 'protocol' | 'port'>,
  to: { name: string; address: string },
  sources: ReturnType<typeof sourcesNamed>,
): QuotedFate & { networks: string[] } {
  const from = (source: string) => inward(rules.tables, arriving(family, protocol, source, to, port), rules.budget);
  const fate = from(sources.stranger);
  const networks =
    fate.verdict === 'accept'
      ? []
      : sources.networks.filter(({ address }) => from(address).verdict === 'accept').map(({ span }) => spanText(span, family));
  return { ...quoted(fate, rules.complete), networks: networks.slice(0, NETWORKS_SHOWN) };
}

function isForOthers({ exposure, protocol, port }: Listeners[number]): boolean {
  if (exposure === 'loopback' || exposure === 'link') return false;
  return !(protocol === 'udp' && port >= FIRST_CLIENT_PORT);
}

/** Which families a socket takes: one on `::` has IPv4 too, unless another socket has it there. */
function takes({ address, port, protocol }: Listeners[number], family: 4 | 6, listeners: Listeners): boolean {
  if (address !== '::') return address.includes(':') ? family === 6 && !address.startsWith('::ffff:') : family === 4;
  if (family === 6) return true;
  return !listeners.some(
    (other) => other.port === port && other.protocol === protocol && exposureOf(other.address) === 'all' && !other.address.includes(':'),
  );
}

function hasAddress(interfaces: Interfaces, name: string, address: string): boolean {
  return interfaces.some((link) => link.name === name && link.addresses.some((entry) => entry.address === address));
}
