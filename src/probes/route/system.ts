import type { RouteHop } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';
import type { SystemHop } from '../../net/port.js';
import { findLoop } from './loop.js';
import type { Path } from './path.js';

/** The path as a tool of the system printed it. How often it asked, and in which flow, it does not say. Pure. */
export function pathOfSystem(found: { hops: readonly SystemHop[]; reached: boolean }, address: string, maximumTtl: number): Path {
  const known = found.hops.filter(({ ttl }) => Number.isInteger(ttl) && ttl >= 1 && ttl <= maximumTtl);
  const lastTtl = Math.max(0, ...(found.reached ? known.filter((hop) => hop.address === address) : known).map(({ ttl }) => ttl));
  const hops = Array.from({ length: lastTtl }, (_, index) => hopOf(index + 1, known));
  const loopAt = found.reached ? null : findLoop(hops.map(({ addresses }) => addresses[0] ?? null));
  return {
    reached: found.reached,
    hops,
    loop: loopAt !== null,
    loopAt,
    end: {
      reason: found.reached ? 'target' : loopAt !== null ? 'loop' : lastTtl === maximumTtl ? 'maximum' : 'silence',
      from: null,
      meaning: null,
    },
    constantFlow: null,
    flows: [],
    changes: [],
    foreign: 0,
    tried: [{ method: 'system', port: null, fromTtl: 1, reached: found.reached }],
  };
}

function hopOf(ttl: number, known: readonly SystemHop[]): RouteHop {
  const answers = known.filter((hop) => hop.ttl === ttl);
  const counts = new Map<string, number>();
  for (const { address } of answers) counts.set(address, (counts.get(address) ?? 0) + 1);
  const routers = [...counts].sort(([, a], [, b]) => b - a).map(([address, received]) => ({ address, hostname: null, received, mpls: [] }));
  return {
    ttl,
    addresses: routers.map(({ address }) => address),
    hostname: null,
    sent: null,
    received: answers.length,
    lossRatio: null,
    rttMs: rttStatistics(answers.flatMap(({ rttMs }) => rttMs ?? [])),
    clock: null,
    routers,
    errors: [],
  };
}
