import type { Answer } from 'dns-packet';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dnsTraceData } from '../../../src/model/data/dns-trace.js';
import { TRACE_LIMITS } from '../../../src/probes/dns-trace/plan.js';
import type { Reply, ServerSetup } from '../../fakes/authority.js';
import { seeded } from '../../fakes/seeded.js';
import { planFor, walk } from './world.js';

const NAMES = [
  '.',
  'test',
  'zone.test',
  'a.zone.test',
  'www.a.zone.test',
  'ns.zone.test',
  'ns.other.test',
  'other.test',
  'ns.a.zone.test',
  'b.other.test',
];
const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6'];

/** Servers that say anything, but the same thing to the same question: referrals and aliases to anywhere, glue for anybody. */
function babble(seed: number): Record<string, ServerSetup> {
  const reply = (address: string, name: string, type: string): Reply | null => {
    const random = seeded(seed + [...`${address}${name}${type}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7));
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const some = (make: () => Answer) => Array.from({ length: Math.floor(random() * 4) }, make);
    const owner = () => (random() < 0.6 ? name : pick(NAMES));
    const record = (): Answer => {
      const kind = pick(['A', 'CNAME', 'NS', 'DNAME', type] as const);
      return {
        name: owner(),
        type: kind === 'A' ? 'A' : kind === 'CNAME' ? 'CNAME' : 'NS',
        ttl: 1,
        data: kind === 'A' ? pick(ADDRESSES) : pick(NAMES),
      } as Answer;
    };
    if (random() < 0.1) return null;
    return {
      rcode: pick(['NOERROR', 'NOERROR', 'NOERROR', 'NXDOMAIN', 'REFUSED', 'SERVFAIL'] as const),
      authoritative: random() < 0.4,
      answers: random() < 0.4 ? some(record) : [],
      authorities: some(() => ({ name: pick(NAMES), type: 'NS', ttl: 1, data: pick(NAMES) })),
      additionals: random() < 0.5 ? [] : some(() => ({ name: pick(NAMES), type: 'A', ttl: 1, data: pick(ADDRESSES) })),
    };
  };
  return Object.fromEntries(
    ADDRESSES.map((address): [string, ServerSetup] => [
      address,
      { zones: {}, behaviour: (_made, { name, type }) => reply(address, name, type) },
    ]),
  );
}

it('whatever servers say, a walk ends within its bounds, and its data are of the schema', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 5 }), (seed, order) => {
      const { trace } = walk(babble(seed), planFor('www.a.zone.test'), (open) => order % open.length);
      expect(trace.data.queries).toBeLessThanOrEqual(TRACE_LIMITS.queries);
      expect(trace.data.end).not.toBeNull();
      expect(dnsTraceData.safeParse(trace.data).error).toBeUndefined();
    }),
    { numRuns: 1500, seed: 20261122 },
  );
});
