import type { ImpairedLink, Impairment } from './impaired-link.js';
import { createNetwork, type Host, type Layout, type Link, type Network } from './network.js';

/** A path from `here` over routers `r1`, `r2`, … to `there`, for IPv4 and IPv6. */
export interface ChainOptions {
  /** The TTL that reaches `there`: one router fewer than hops. From 1 to 200. */
  hops: number;
  /** By hop: the link that leads to it, from 1. */
  links?: Readonly<Record<number, ChainLink>>;
  /** By hop: the least time between two ICMP errors of that router to one address. The others have no limit. */
  icmpErrorIntervalMs?: Readonly<Record<number, number>>;
  /** Of every link that has none of its own; 1500 where absent. */
  mtuBytes?: number;
}

export interface ChainLink {
  /** Of both directions. */
  impairment?: Impairment;
  /** Away from `here`, in place of it. */
  out?: Impairment;
  /** Towards `here`, in place of it. */
  back?: Impairment;
  seed?: number;
  mtuBytes?: number;
}

const MOST_HOPS = 200;

/** What a chain is made of. Pure. Throws a RangeError where there is no such hop. */
export function chainLayout(options: ChainOptions): Layout {
  const { hops } = options;
  if (!Number.isInteger(hops) || hops < 1 || hops > MOST_HOPS) throw new RangeError(`a chain has from 1 to ${MOST_HOPS} hops, not ${hops}`);
  const hosts = Array.from({ length: hops + 1 }, (_, hop) => hostName(hop, hops));
  for (const hop of Object.keys(options.links ?? {}))
    if (!(Number(hop) >= 1 && Number(hop) <= hops)) throw new RangeError(`the chain has no hop ${hop}`);
  const intervals = hosts.map((host, hop) => [host, options.icmpErrorIntervalMs?.[hop] ?? 0]);
  return {
    hosts,
    routers: hosts.slice(1, -1),
    links: hosts.slice(1).map((_, index) => chainLink(index + 1, options)),
    routes: Object.fromEntries(hosts.map((host, hop) => [host, routesOf(hop, hops)])),
    icmpErrorIntervalMs: Object.fromEntries(intervals),
  };
}

/** Builds a chain; whoever calls must close its network. */
export async function createChain(options: ChainOptions): Promise<Chain> {
  return new Chain(await createNetwork(chainLayout(options)), options.hops);
}

export class Chain {
  readonly here: Host;
  readonly there: Host;
  /** Of `there`, where the chain ends. */
  readonly target: { ipv4: string; ipv6: string };

  constructor(
    readonly network: Network,
    readonly hops: number,
  ) {
    this.here = network.host('here');
    this.there = network.host('there');
    this.target = this.addresses(hops);
  }

  /** By which the hop answers what comes from `here`. */
  addresses(hop: number): { ipv4: string; ipv6: string } {
    return { ipv4: `10.77.${hop}.2`, ipv6: `fd77:${hop.toString(16)}::2` };
  }

  router(hop: number): Host {
    return this.network.host(hostName(hop, this.hops));
  }

  /** The impaired link that leads to a hop. `out` and `back` are the names of those who send into it. */
  link(hop: number): { link: ImpairedLink; out: string; back: string } {
    const [out, back] = [hostName(hop - 1, this.hops), hostName(hop, this.hops)];
    return { link: this.network.link(`${out}-${back}`), out, back };
  }

  close(): Promise<void> {
    return this.network.close();
  }
}

/** Addresses on the link to a hop that no host has: for routers that only announce an MTU. */
export function announcers(hop: number): [string, string] {
  return [`10.77.${hop}.254`, `fd77:${hop.toString(16)}::fe`];
}

function hostName(hop: number, hops: number): string {
  if (hop === 0) return 'here';
  return hop === hops ? 'there' : `r${hop}`;
}

function chainLink(hop: number, { hops, links, mtuBytes }: ChainOptions): Link {
  const { impairment, out, back, seed, mtuBytes: own = mtuBytes } = links?.[hop] ?? {};
  const end = (side: 1 | 2, host: string, sends: Impairment | undefined) => ({
    host,
    interface: side === 1 ? 'right' : 'left',
    addresses: [`10.77.${hop}.${side}/24`, `fd77:${hop.toString(16)}::${side}/64`],
    ...(sends === undefined ? {} : { impairment: sends }),
  });
  return {
    ends: [end(1, hostName(hop - 1, hops), out), end(2, hostName(hop, hops), back)],
    ...(impairment === undefined ? {} : { impairment }),
    ...(seed === undefined ? {} : { seed }),
    ...(own === undefined ? {} : { mtuBytes: own }),
  };
}

/** Outwards by default, back to the first link only, where `here` is: two routes a family, however long the chain. */
function routesOf(hop: number, hops: number): string[] {
  const onwards = [`default via 10.77.${hop + 1}.2`, `default via fd77:${(hop + 1).toString(16)}::2`];
  const back = [`via 10.77.${hop}.1`, `via fd77:${hop.toString(16)}::1`];
  if (hop === hops) return back.map((via) => `default ${via}`);
  return hop < 2 ? onwards : [...onwards, `10.77.1.0/24 ${back[0]}`, `fd77:1::/64 ${back[1]}`];
}
