import type { DataOf } from '../../model/measurement.js';
import { SYSTEMD_RESOLVED, stubLabel } from '../../wire/dns/server.js';

export type Hop = DataOf<'name-service'>['chain'][number];

/** What is known of a name server on this machine. */
export interface StubFacts {
  software: string | null;
  /** Whom it asks; `null`: not told. */
  upstreams: readonly string[] | null;
  /** Asks from the root down itself. */
  recursive: boolean;
  routedDomains: number | null;
  dnsOverTls: string | null;
  /** Its own addresses are not of this network namespace: an address of this machine in its list is that of another. */
  upstreamsElsewhere: boolean;
  source: string | null;
}

/** No machine has more name servers one behind the other and side by side. */
const MAXIMUM_HOPS = 24;

/**
 * Follows the name servers that programs ask to those that they ask in their turn. Ends at another machine, at one that knows nobody, and
 * where one asks itself. Pure.
 *
 * @param asked the servers of resolv.conf that are in use
 */
export function followChain(asked: readonly string[], factsOf: (server: string) => StubFacts | null): Hop[] {
  const hops: Hop[] = [];
  const waiting = asked.map((server) => ({ server, path: [] as string[], askedBy: null as string | null, elsewhere: false }));
  for (const { server, path, askedBy, elsewhere } of waiting) {
    if (hops.length === MAXIMUM_HOPS) break;
    if (hops.some((hop) => hop.server === server && hop.askedBy === askedBy)) continue;
    const facts = elsewhere || stubLabel(server) === null ? null : factsOf(server);
    const here = elsewhere ? null : stubLabel(server);
    const hop: Hop = {
      server,
      askedBy,
      software: facts?.software ?? (here === null || here === 'local' ? null : here),
      kind: 'elsewhere',
      upstreams: [...(facts?.upstreams ?? [])],
      routedDomains: facts?.routedDomains ?? null,
      dnsOverTls: facts?.dnsOverTls ?? null,
      source: facts?.source ?? null,
    };
    hops.push(hop);
    if (here === null) continue;
    if (path.includes(identityOf(server))) {
      Object.assign(hop, { kind: 'loop', upstreams: [] });
      continue;
    }
    if (facts?.recursive === true) hop.kind = 'recursive';
    else if (facts === null || facts.upstreams === null) hop.kind = 'unknown';
    else if (facts.upstreams.length === 0) hop.kind = 'no-upstream';
    else hop.kind = 'forwards';
    const further = facts?.upstreamsElsewhere === true;
    for (const upstream of hop.upstreams)
      waiting.push({ server: upstream, path: [...path, identityOf(server)], askedBy: server, elsewhere: further });
  }
  return hops;
}

/** Both addresses of systemd-resolved are one server. */
function identityOf(server: string): string {
  return stubLabel(server) === SYSTEMD_RESOLVED ? SYSTEMD_RESOLVED : server;
}

/** Why a server of this machine has nobody to ask in the end; `null` where it has, or where that is not told. */
export function deadEndOf(server: string, chain: readonly Hop[], askedBy: string | null = null): 'no-upstream' | 'loop' | null {
  const hop = chain.find((one) => one.server === server && one.askedBy === askedBy);
  if (hop?.kind === 'no-upstream' || hop?.kind === 'loop') return hop.kind;
  if (hop?.kind !== 'forwards') return null;
  const ends = hop.upstreams.map((upstream) => deadEndOf(upstream, chain, server));
  if (ends.length === 0 || ends.some((end) => end === null)) return null;
  return ends.includes('loop') ? 'loop' : 'no-upstream';
}
