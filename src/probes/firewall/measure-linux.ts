import { measured, reasonOf, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { FilterEngine, FilterTable } from '../../model/packet-filter.js';
import type { LocalSystem } from '../../net/port.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { defaultsOf, exposures, type Rules } from './exposure.js';
import { findManagers } from './managers.js';
import { emptyFirewallData, firewallNotTried } from './not-tried.js';
import { type Destination, foremostWays, outgoing, type Sender, tooLarge, waysTo } from './outgoing.js';
import { processNames, publishedByProxies, publishedByRules } from './published.js';
import { readRules } from './read-rules.js';
import { RULE_BUDGET } from './traverse.js';
import { Turns } from './turns.js';

/** As many as the C library asks. */
const RESOLVER_LIMIT = 3;

/** Reads the packet filters of Linux, and sends packets in thought through them. None is sent in truth, and nothing is changed. */
export async function measureFirewallOfLinux(
  circumstances: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'firewall'>> {
  const { local, clock } = network;
  const { options, host } = circumstances;
  const all = options.scope === 'all';
  const startMs = clock.nowMs();
  const [seen, sender] = await Promise.all([readRules(local, signal, () => clock.nowMs() - startMs), senderOf(local)]);
  if (signal.aborted) return firewallNotTried(skipped('interrupted'));
  const turns = new Turns(clock, signal);
  const { pause } = turns;
  if (seen.tables !== null && !(await turns.readAll(seen.tables))) {
    const { rules } = countsOf(seen.tables);
    seen.absent.unshift({ fact: 'rules', because: `${rules} rules take longer to read than there is time for` });
    seen.tables = null;
  }
  if (signal.aborted) return firewallNotTried(skipped('interrupted'));
  const data: DataOf<'firewall'> = { ...emptyFirewallData(), absent: seen.absent };
  const processes = all && seen.tables === null ? await processNames(local) : null;
  if (all) data.managers = await findManagers(local, seen.tables, processes);
  if (seen.tables === null) {
    if (processes?.has('docker-proxy') === true) data.published = await publishedByProxies(local, processes);
    return { attempt: measured(null), method: 'system', data };
  }

  const { tables, complete } = seen;
  data.rules = { ...countsOf(tables), complete, sources: seen.sources };
  data.engines = enginesOf(tables, seen.sources);
  const rules = (): Rules => ({ tables, complete, budget: { left: RULE_BUDGET } });
  const ofTargets = rules();
  const destinations = await destinationsOf(circumstances, { network, signal });
  turns.start();
  for (const destination of destinations) {
    data.outgoing.push(...outgoing(ofTargets, destination, sender));
    await pause();
  }
  data.tooLarge = tooLarge(rules(), all ? foremostWays(host) : waysTo(destinations));
  await pause();
  if (!all) return { attempt: measured(null), method: 'system', data };

  data.defaults = defaultsOf(rules(), host);
  await pause();
  const published = await publishedByRules(rules(), host, pause);
  data.published = published.ports;
  data.absent.push(...published.absent);
  const listeners = await network.machine.listeners();
  turns.start();
  const fact = 'who reaches the listeners';
  if (listeners.kind === 'measured') {
    const tried = await exposures(rules(), host.interfaces, listeners.value, pause);
    data.listeners = tried.found;
    if (tried.left > 0) data.absent.push({ fact, because: `${tried.left} of them are more than are tried` });
  } else data.absent.push({ fact, because: reasonOf(listeners) });
  return { attempt: signal.aborted ? skipped('interrupted') : measured(null), method: 'system', data };
}

function countsOf(tables: readonly FilterTable[]) {
  const chains = tables.flatMap((table) => [...table.chains.values()]);
  return {
    tables: tables.length,
    chains: chains.length,
    rules: chains.reduce((sum, chain) => sum + chain.rules.length, 0),
    sets: tables.reduce((sum, table) => sum + table.sets, 0),
  };
}

function enginesOf(tables: readonly FilterTable[], sources: readonly string[]): DataOf<'firewall'>['engines'] {
  const order: readonly FilterEngine[] = ['nftables', 'iptables-nft', 'iptables-legacy'];
  return order.flatMap((name) => {
    const own = tables.filter(({ engine }) => engine === name);
    if (own.length === 0) return [];
    const source = sources.filter(
      (line) => line.startsWith('nft ') === (name === 'nftables') && line.includes('legacy') === (name === 'iptables-legacy'),
    );
    return [{ name, rules: countsOf(own).rules, source: source.join(', ') || sources.join(', ') }];
  });
}

/** Links where a neighbour is asked for its link address before anything is sent to it. */
const NEIGHBOR_KINDS: ReadonlySet<string> = new Set([
  ...['ethernet', 'wireless', 'veth', 'bridge', 'bond', 'team', 'vlan', 'macvlan', 'ipvlan', 'vxlan', 'tap'],
]);

/** The targets with a known way, and the resolvers. A look at the routes sends nothing. */
async function destinationsOf(circumstances: MachineCircumstances, { network }: MeasureContext): Promise<Destination[]> {
  const { host, origin } = circumstances;
  const asksNeighbors = (name: string | null) => host.interfaces.some((link) => link.name === name && NEIGHBOR_KINDS.has(link.kind ?? ''));
  const resolvers = await Promise.all(
    host.resolvers.slice(0, RESOLVER_LIMIT).map(async (text): Promise<Destination[]> => {
      const [, six, four, port] =
        /^(?:\[([0-9a-f:.]+(?:%[\w.-]+)?)\]|(\d+\.\d+\.\d+\.\d+|[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(?:%[\w.-]+)?))(?:[#:](\d{1,5}))?$/i.exec(
          text,
        ) ?? [];
      const address = six ?? four;
      if (address === undefined) return [];
      const way = await network.routes.lookup(address, {});
      return way.kind === 'measured'
        ? [
            {
              target: null,
              address,
              port: port === undefined ? 53 : Number(port),
              way: way.value,
              gateway: way.value.gateway,
              asksNeighbors: asksNeighbors(way.value.interface),
            },
          ]
        : [];
    }),
  );
  const known = await circumstances.targets();
  const targets = known.flatMap(({ target, way }): Destination[] =>
    way === null || way.address === null
      ? []
      : [
          {
            target: target.id,
            address: way.address,
            port: target.port,
            way: { source: way.source ?? origin.source ?? null, interface: way.interface, loopback: way.loopback },
            gateway: way.gateway,
            asksNeighbors: asksNeighbors(way.interface),
          },
        ],
  );
  return [...targets, ...resolvers.flat()];
}

async function senderOf(local: LocalSystem): Promise<Sender> {
  const status = await local.file('/proc/self/status', 16_384);
  const group = status.kind === 'measured' ? /^Gid:\s+\d+\s+(\d{1,10})\b/m.exec(status.value)?.[1] : undefined;
  return { user: local.userId, group: group === undefined ? null : Number(group) };
}
