import type { Answer } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { dnsTraceData } from '../../../src/model/data/dns-trace.js';
import { TRACE_LIMITS } from '../../../src/probes/dns-trace/plan.js';
import type { Reply } from '../../fakes/authority.js';
import { planFor, ROOT, TEST, type World, walk, world, ZONE } from './world.js';

const NAME = 'www.zone.test';
const at = (kind: string, zone = 'zone.test') => `${kind}@${NAME}/${kind === 'l7.answers' ? 'A/' : ''}${zone}`;
const addressIn = (trace: ReturnType<typeof walk>['trace'], zone: string, address: string) =>
  trace.data.steps
    .filter((step) => step.zone === zone)
    .flatMap(({ servers }) => servers.flatMap(({ addresses }) => addresses))
    .find((entry) => entry.address === address);

describe('a walk through sound zones', () => {
  const { trace, faults, passed, asked } = walk(world(), planFor(NAME));

  it('comes from the root to the name by every server', () => {
    expect(trace.data.steps.map(({ zone, by, result, leadsTo }) => `${zone} ${by} ${result} ${leadsTo}`)).toEqual([
      '. hints referral test',
      'test referral referral zone.test',
      'zone.test referral answer null',
    ]);
    expect(trace.data.end).toEqual({ reason: 'answer', zone: 'zone.test', name: NAME, detail: null });
    expect(trace.data.answers).toEqual([{ name: NAME, type: 'A', ttl: 300, data: '192.0.2.81' }]);
    expect(trace.data.rcode).toBe('NOERROR');
    expect(asked.filter(({ name, type }) => name === NAME && type === 'A').map(({ address }) => address)).toEqual([
      '127.0.0.2',
      '127.0.0.3',
      '127.0.0.4',
      '127.0.0.5',
    ]);
  });

  it('learns of each server what is to be known, and finds no fault', () => {
    const [first, second] = trace.data.steps[2]?.servers ?? [];
    for (const server of [first, second]) {
      expect(server).toMatchObject({ inParent: true, inChild: true, glue: 'matches', failure: null });
      expect(server?.addresses).toHaveLength(1);
      expect(server?.addresses[0]).toMatchObject({
        from: ['glue', 'records'],
        state: 'answers',
        result: 'answer',
        authoritative: true,
        edns: 'answers',
        tcp: 'answers',
        serial: 2026112201,
        records: ['A 192.0.2.81'],
        nameServers: ['ns1.zone.test', 'ns2.zone.test'],
      });
    }
    expect(faults).toEqual([]);
    expect(passed).toEqual([
      at('l7.delegation', '.'),
      at('l7.delegation', 'test'),
      at('l7.delegation'),
      at('l7.glue'),
      at('l7.nameservers'),
      at('l7.answers'),
      at('l7.serials'),
      at('l7.tcp'),
      at('l7.edns'),
      `l7.trace@${NAME}/A`,
    ]);
  });

  it('knows where a delegation is signed', () => {
    expect(trace.data.steps.map(({ zone, delegationSigners }) => [zone, delegationSigners])).toEqual([
      ['.', null],
      ['test', ['12345 13 2']],
      ['zone.test', []],
    ]);
  });

  it('asks no more than 8 questions a server, none twice, and gives data of the schema', () => {
    const questions = asked.map(({ address, name, type, transport, edns }) => `${address} ${name} ${type} ${transport} ${edns}`);
    expect(new Set(questions).size).toBe(questions.length);
    expect(questions.length).toBe(trace.data.queries);
    expect(questions.length).toBeLessThan(24);
    expect(dnsTraceData.safeParse(trace.data).error).toBeUndefined();
  });

  it('says the same in whatever order the replies come', () => {
    const last = walk(world(), planFor(NAME), (open) => open.length - 1);
    expect(last.trace.data).toEqual(trace.data);
  });
});

describe('ends', () => {
  it.each<[string, World, string, string, string[]]>([
    ['a name that does not exist', {}, 'gone.zone.test', 'no-name', ['fail dns-nxdomain']],
    [
      'a name that exists for others',
      {
        '127.0.0.4': { zones: { 'zone.test': `${ZONE}\n x.zone.test AAAA 2001:db8::1` } },
        '127.0.0.5': { zones: { 'zone.test': `${ZONE}\n x.zone.test AAAA 2001:db8::1` } },
      },
      'x.zone.test',
      'no-data',
      [],
    ],
    ['a name between names', {}, 'wild.zone.test', 'no-data', []],
    ['a zone that is not delegated', {}, 'www.nobody.test', 'no-name', ['fail dns-nxdomain']],
    ['the apex of a zone', {}, 'zone.test', 'answer', []],
    ['an alias in the zone', {}, 'alias.zone.test', 'answer', []],
  ])('%s', (_title, changes, name, reason, codes) => {
    const { trace, faults } = walk(world(changes), planFor(name));
    expect(trace.data.end?.reason).toBe(reason);
    // What the servers of the last zone are like is looked at whatever they answered.
    if (reason !== 'no-name' || name.endsWith('zone.test'))
      expect(addressIn(trace, 'zone.test', '127.0.0.4')).toMatchObject({ serial: 2026112201, tcp: 'answers' });
    expect(faults.map((fault) => fault.split(' ').slice(0, 2).join(' '))).toEqual(codes);
  });

  it('a wildcard is named', () => {
    const { trace } = walk(world(), planFor('any.wild.zone.test'));
    expect(trace.data).toMatchObject({ wildcard: '*.wild.zone.test', rcode: 'NOERROR', end: { reason: 'answer' } });
    expect(walk(world(), planFor(NAME)).trace.data.wildcard).toBeNull();
  });
});

describe('a zone on the way', () => {
  const above = `${ROOT}\n test NS ns2.test\n ns2.test A 127.0.0.7`;
  const both = `@ SOA 10\n @ NS ns.test\n @ NS ns2.test\n ns.test A 127.0.0.3\n ns2.test A 127.0.0.7`;
  // Only the slow server of `test` knows of the second one.
  const alone = { zones: { 'zone.test': ZONE.replace('@ NS ns2.zone.test', '') } };
  const delegating = (...servers: number[]) =>
    `${both}${servers.map((index) => `\n zone.test NS ns${index}.zone.test\n ns${index}.zone.test A 127.0.0.${index + 3}`).join('')}`;
  const servers = world({
    '127.0.0.2': { zones: { '.': above } },
    '127.0.0.3': { zones: { test: delegating(1) } },
    '127.0.0.7': { zones: { test: delegating(1, 2) } },
    '127.0.0.4': alone,
    '127.0.0.5': alone,
  });

  it('whose slowest server names one more: it is asked too, and that they differ is said', () => {
    const slow = (open: readonly { address: string }[]) =>
      Math.max(
        0,
        open.findIndex(({ address }) => address !== '127.0.0.7'),
      );
    const { trace, faults, asked } = walk(servers, planFor(NAME), slow);
    expect(asked.at(-1)?.address).not.toBe('127.0.0.7');
    expect(addressIn(trace, 'zone.test', '127.0.0.5')).toMatchObject({ from: ['glue', 'records'], state: 'answers' });
    expect(trace.data.steps[2]?.servers.map(({ name, inParent }) => [name, inParent])).toEqual([
      ['ns1.zone.test', true],
      ['ns2.zone.test', true],
    ]);
    expect(faults).toEqual([
      `warn dns-inconsistent ${at('l7.answers', 'test')}: test: ns.test (127.0.0.3): refers to ns1.zone.test; ns2.test (127.0.0.7): refers to ns1.zone.test, ns2.zone.test`,
      expect.stringContaining('only test names ns2.zone.test'),
    ]);
  });
});

describe('aliases', () => {
  const other = (records: string): World => ({
    '127.0.0.3': { zones: { test: `${TEST}\n other.test NS ns.other.test\n ns.other.test A 127.0.0.6` } },
    '127.0.0.6': { zones: { 'other.test': `@ SOA 1\n @ NS ns.other.test\n ns.other.test A 127.0.0.6\n ${records}` } },
  });
  const zoneWith = (records: string): World => ({
    '127.0.0.4': { zones: { 'zone.test': `${ZONE}\n ${records}` } },
    '127.0.0.5': { zones: { 'zone.test': `${ZONE}\n ${records}` } },
  });

  it('into another zone begin anew at the deepest zone that is known', () => {
    const { trace, faults } = walk(
      world({ ...zoneWith('far.zone.test CNAME www.other.test'), ...other('www.other.test A 192.0.2.90') }),
      planFor('far.zone.test'),
    );
    expect(trace.data.steps.map(({ zone, name, by }) => `${zone} ${name} ${by}`)).toEqual([
      '. far.zone.test hints',
      'test far.zone.test referral',
      'zone.test far.zone.test referral',
      'test www.other.test known',
      'other.test www.other.test referral',
    ]);
    expect(trace.data.answers.map(({ type, data }) => `${type} ${data}`)).toEqual(['CNAME www.other.test.', 'A 192.0.2.90']);
    expect(faults).toEqual([]);
  });

  it('by DNAME, with and without the CNAME beside it', () => {
    const parts = { ...zoneWith('old.zone.test DNAME other.test'), ...other('www.other.test A 192.0.2.90') };
    expect(walk(world(parts), planFor('www.old.zone.test')).trace.data.end).toMatchObject({ reason: 'answer', name: 'www.other.test' });
    const behaviour = (reply: Reply): Reply => ({ ...reply, answers: (reply.answers ?? []).filter(({ type }) => type !== 'CNAME') });
    const bare = Object.fromEntries(Object.entries(parts).map(([address, setup]) => [address, { ...setup, behaviour }]));
    expect(walk(world(bare), planFor('www.old.zone.test')).trace.data.end).toMatchObject({ reason: 'answer', name: 'www.other.test' });
  });

  it('what a server says of another zone beside an alias is not believed', () => {
    const behaviour = (reply: Reply, { name }: { name: string }): Reply =>
      name === 'far.zone.test'
        ? { ...reply, answers: [...(reply.answers ?? []), { name: 'www.other.test', type: 'A', ttl: 1, data: '127.6.6.6' }] }
        : reply;
    const setup = { zones: { 'zone.test': `${ZONE}\n far.zone.test CNAME www.other.test` }, behaviour };
    const { trace } = walk(
      world({ ...other('www.other.test A 192.0.2.90'), '127.0.0.4': setup, '127.0.0.5': setup }),
      planFor('far.zone.test'),
    );
    expect(trace.data.answers.at(-1)?.data).toBe('192.0.2.90');
  });

  it('in a circle end there, within one zone and over two', () => {
    const inOne = walk(world(zoneWith('a.zone.test CNAME b.zone.test\n b.zone.test CNAME a.zone.test')), planFor('a.zone.test'));
    const overTwo = walk(
      world({ ...zoneWith('a.zone.test CNAME a.other.test'), ...other('a.other.test CNAME a.zone.test') }),
      planFor('a.zone.test'),
    );
    for (const { trace, faults } of [inOne, overTwo]) {
      expect(trace.data.end?.reason).toBe('alias-loop');
      expect(faults).toEqual([expect.stringMatching(/^fail dns-servfail l7\.trace@.*the aliases form a loop/)]);
    }
  });

  it('without end are bounded', () => {
    const behaviour = (_reply: Reply, { name, type }: { name: string; type: string }): Reply => ({
      authoritative: true,
      answers: type === 'A' ? [{ name, type: 'CNAME', ttl: 1, data: `x${name}` }] : [],
    });
    const setup = { zones: { 'zone.test': ZONE }, behaviour };
    const { trace, faults } = walk(world({ '127.0.0.4': setup, '127.0.0.5': setup }), planFor('x.zone.test'));
    expect(trace.data).toMatchObject({ limits: ['aliases'], end: { reason: 'limit' } });
    expect(faults.at(-1)).toMatch(/^fail dns-servfail l7\.trace@/);
  });
});

describe('zones on the same servers', () => {
  it('are found although nobody refers to them', () => {
    const inner = '@ SOA 77\n @ NS ns1.zone.test\n www.in.zone.test A 192.0.2.83';
    const both = { zones: { 'zone.test': `${ZONE}\n in.zone.test NS ns1.zone.test`, 'in.zone.test': inner } };
    const { trace } = walk(world({ '127.0.0.4': both, '127.0.0.5': both }), planFor('www.in.zone.test'));
    expect(trace.data.steps.map(({ zone, by }) => `${zone} ${by}`)).toEqual([
      '. hints',
      'test referral',
      'zone.test referral',
      'in.zone.test same-servers',
    ]);
    expect(addressIn(trace, 'in.zone.test', '127.0.0.4')?.serial).toBe(77);
    expect(trace.data.end).toMatchObject({ reason: 'answer', zone: 'in.zone.test' });
  });
});

describe('bounds', () => {
  it('of questions', () => {
    const { trace, skipped } = walk(world(), planFor(NAME, { limits: { ...TRACE_LIMITS, queries: 7, timeMs: 1 } }));
    expect(trace.data).toMatchObject({ limits: ['queries'], queries: 7, end: { reason: 'limit' } });
    expect(skipped).toEqual([expect.stringContaining('7 questions were asked')]);
  });

  it('of zones: a server that delegates further and further down', () => {
    const name = `${'a.'.repeat(100)}test`;
    const behaviour = (_reply: Reply, question: { name: string; type: string }): Reply => {
      if (question.name !== name) return { authoritative: true };
      depth++;
      return {
        authorities: [{ name: `${'a.'.repeat(depth)}test`, type: 'NS', ttl: 1, data: `ns${depth}.test` }],
        additionals: [{ name: `ns${depth}.test`, type: 'A', ttl: 1, data: '127.0.0.3' }],
      };
    };
    let depth = 0;
    // Glue for a sibling is believed from `test` alone: below it the server has no say.
    const { trace } = walk(world({ '127.0.0.3': { zones: { test: TEST }, behaviour } }), planFor(name));
    expect(trace.data.steps.length).toBeLessThanOrEqual(TRACE_LIMITS.zones + 1);
    expect(trace.data.end?.reason).not.toBe('answer');
  });

  it('of servers: a referral to two hundred', () => {
    const many: Answer[] = Array.from({ length: 200 }, (_, index) => ({
      name: 'zone.test',
      type: 'NS',
      ttl: 1,
      data: `n${index}.zone.test`,
    }));
    const glue: Answer[] = Array.from({ length: 200 }, (_, index) => ({
      name: `n${index}.zone.test`,
      type: 'A',
      ttl: 1,
      data: `127.0.1.${index}`,
    }));
    const behaviour = (reply: Reply, { name }: { name: string }): Reply =>
      name === NAME ? { authorities: many, additionals: glue } : reply;
    const { trace } = walk(world({ '127.0.0.3': { zones: { test: TEST }, behaviour } }), planFor(NAME));
    expect(trace.data.steps[2]?.servers).toHaveLength(TRACE_LIMITS.servers);
    expect(trace.data.steps[2]?.omittedServers).toBe(200 - TRACE_LIMITS.servers);
    expect(trace.data.queries).toBeLessThan(TRACE_LIMITS.queries);
  });

  it('of names: servers that all must be looked up', () => {
    const many: Answer[] = Array.from({ length: 30 }, (_, index) => ({ name: 'zone.test', type: 'NS', ttl: 1, data: `n${index}.test` }));
    const behaviour = (reply: Reply, { name }: { name: string }): Reply => (name === NAME ? { authorities: many } : reply);
    const { trace } = walk(
      world({ '127.0.0.3': { zones: { test: TEST }, behaviour } }),
      planFor(NAME, { limits: { ...TRACE_LIMITS, names: 5, timeMs: 1 } }),
    );
    expect(trace.data.limits).toEqual(['names']);
    expect(trace.data.end?.reason).toBe('no-address');
  });
});

describe('families', () => {
  it('IPv4 alone asks no IPv6 address, and accuses none', () => {
    const above = `${TEST}\n ns1.zone.test AAAA 2001:db8::4`;
    const { trace, asked, faults } = walk(world({ '127.0.0.3': { zones: { test: above } } }), planFor(NAME, { family: 4 }));
    expect(asked.filter(({ address, type }) => address.includes(':') || type === 'AAAA')).toEqual([]);
    expect(addressIn(trace, 'zone.test', '2001:db8::4')).toMatchObject({
      state: null,
      lame: null,
      detail: 'addresses of its family were not to be asked',
    });
    expect(faults).toEqual([]);
  });

  it('a whole family that is silent is the fault of the way', () => {
    const six = (text: string) => text.replace(/(\S+) A 127\.0\.0\.(\d)/g, '$&\n $1 AAAA 2001:db8::$2');
    const servers: World = {
      '127.0.0.2': { zones: { '.': six(ROOT) } },
      '127.0.0.3': { zones: { test: six(TEST) } },
      '127.0.0.4': { zones: { 'zone.test': six(ZONE) } },
      '127.0.0.5': { zones: { 'zone.test': six(ZONE) } },
    };
    const { faults } = walk(servers, planFor(NAME));
    expect(faults).toEqual([expect.stringMatching(/^warn ipv6-broken l3\.family@www\.zone\.test\/A/)]);
  });
});
