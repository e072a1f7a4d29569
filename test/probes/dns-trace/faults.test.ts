import type { Answer } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../fakes/authority.js';
import { planFor, ROOT, TEST, walk, world, ZONE } from './world.js';

const NAME = 'www.zone.test';
const at = (kind: string, zone = 'zone.test') => `${kind}@${NAME}/${kind === 'l7.answers' ? 'A/' : ''}${zone}`;
const addressIn = (trace: ReturnType<typeof walk>['trace'], zone: string, address: string) =>
  trace.data.steps
    .filter((step) => step.zone === zone)
    .flatMap(({ servers }) => servers.flatMap(({ addresses }) => addresses))
    .find((entry) => entry.address === address);

describe('lame servers', () => {
  const behaviours: [string, (reply: Reply) => Reply | null, string][] = [
    ['refused', () => ({ rcode: 'REFUSED' }), 'ns2.zone.test (127.0.0.5): answers REFUSED'],
    ['servfail', () => ({ rcode: 'SERVFAIL' }), 'ns2.zone.test (127.0.0.5): answers SERVFAIL'],
    ['error', () => ({ rcode: 'FORMERR' }), 'ns2.zone.test (127.0.0.5): answers FORMERR'],
    [
      'not-authoritative',
      (reply) => ({ ...reply, authoritative: false }),
      'ns2.zone.test (127.0.0.5): NOERROR without authority (AA is not set)',
    ],
    [
      'upward-referral',
      () => ({ authorities: [{ name: '.', type: 'NS', ttl: 1, data: 'a.root' }] }),
      'ns2.zone.test (127.0.0.5): it refers upwards, to the root',
    ],
    ['silent', () => null, 'ns2.zone.test (127.0.0.5): silent'],
  ];

  it.each(behaviours)('one of two: %s', (lame, behaviour, text) => {
    const { trace, faults } = walk(world({ '127.0.0.5': { zones: { 'zone.test': ZONE }, behaviour } }), planFor(NAME));
    expect(addressIn(trace, 'zone.test', '127.0.0.5')).toMatchObject({ state: 'lame', lame, result: null });
    expect(faults).toEqual([`warn dns-lame-delegation ${at('l7.delegation')}: zone.test: ${text}`]);
    expect(trace.data.end?.reason).toBe('answer');
  });

  it.each(behaviours)('all of them: %s', (lame, behaviour) => {
    const setup = { zones: { 'zone.test': ZONE }, behaviour };
    const { trace, faults, skipped } = walk(world({ '127.0.0.4': setup, '127.0.0.5': setup }), planFor(NAME));
    expect(trace.data.end?.reason).toBe(lame === 'silent' ? 'silent' : 'lame');
    expect(faults).toEqual([expect.stringMatching(/^fail dns-lame-delegation l7\.delegation@/)]);
    expect(skipped).toEqual([`l7.trace@${NAME}/A: explained by delegation of zone.test (dns-lame-delegation)`]);
  });

  it('a referral to the zone itself, or beside the name, leads nowhere', () => {
    for (const owner of ['zone.test', 'other.zone.test', 'bank.example']) {
      const behaviour = () => ({ authorities: [{ name: owner, type: 'NS' as const, ttl: 1, data: 'ns.evil' }] });
      const { trace } = walk(world({ '127.0.0.5': { zones: { 'zone.test': ZONE }, behaviour } }), planFor(NAME));
      expect(addressIn(trace, 'zone.test', '127.0.0.5')).toMatchObject({ lame: 'not-authoritative' });
      expect(trace.data.steps.map(({ zone }) => zone)).toEqual(['.', 'test', 'zone.test']);
    }
  });

  it('silent root servers are the way to all servers, not a delegation', () => {
    const { faults, trace } = walk({}, planFor(NAME));
    expect(trace.data.end?.reason).toBe('silent');
    expect(faults).toEqual([`fail dns-unreachable ${at('l7.delegation', '.')}: the root: a.root (127.0.0.2): silent`]);
  });

  it('real root servers that all refuse, or have records of a name below, are not they', () => {
    const rootHints = [{ name: 'a.root', addresses: ['127.0.0.2', '127.0.0.9'] }];
    const plan = planFor(NAME, { rootHints, builtIn: true });
    const instead = (behaviour: (reply: Reply) => Reply | null) => ({ zones: { '.': ROOT }, behaviour });
    const everywhere = (behaviour: (reply: Reply) => Reply | null) =>
      walk(world({ '127.0.0.2': instead(behaviour), '127.0.0.9': instead(behaviour) }), plan);
    const text = 'somebody answers in the place of the root servers';
    const refused = everywhere(() => ({ rcode: 'REFUSED' }));
    expect(refused.faults).toEqual([
      `fail dns-hijacked ${at('l7.delegation', '.')}: ${text}: a.root (127.0.0.2): answers REFUSED; a.root (127.0.0.9): answers REFUSED`,
    ]);
    const forged = everywhere(() => ({ authoritative: true, answers: [{ name: NAME, type: 'A', ttl: 1, data: '203.0.113.66' }] }));
    expect(forged.faults).toEqual([
      `fail dns-hijacked l7.trace@${NAME}/A: ${text}: ${NAME}: A 203.0.113.66, from 2 addresses, and they refer everybody on`,
    ]);
    // Root servers of one's own may be as they like.
    const own = walk(world({ '127.0.0.2': instead(() => ({ rcode: 'REFUSED' })) }), planFor(NAME));
    expect(own.faults).toEqual([expect.stringMatching(/^fail dns-lame-delegation /)]);
  });

  it('a server whose name does not exist', () => {
    const above = `${TEST}\n zone.test NS ns.gone.test`;
    const { faults } = walk(world({ '127.0.0.3': { zones: { test: above } } }), planFor(NAME));
    expect(faults[0]).toBe(`warn dns-lame-delegation ${at('l7.delegation')}: zone.test: ns.gone.test: there is no such name`);
    expect(faults[1]).toContain('dns-delegation-mismatch');
  });
});

describe('glue', () => {
  it('missing for one server: it is found by way of the other', () => {
    const above = TEST.replace('ns2.zone.test A 127.0.0.5', '');
    const { trace, faults } = walk(world({ '127.0.0.3': { zones: { test: above } } }), planFor(NAME));
    expect(trace.data.steps[2]?.servers[1]).toMatchObject({
      name: 'ns2.zone.test',
      glue: 'missing',
      recordAddresses: ['127.0.0.5'],
      failure: null,
    });
    expect(addressIn(trace, 'zone.test', '127.0.0.5')).toMatchObject({ from: ['records'], state: 'answers' });
    expect(faults).toEqual([
      `warn dns-glue-missing ${at('l7.glue')}: zone.test: ns2.zone.test: its address is missing beside the delegation`,
    ]);
  });

  it('missing for all: the zone is lost', () => {
    const above = TEST.replace(/ns\d\.zone\.test A \S+/g, '');
    const { trace, faults } = walk(world({ '127.0.0.3': { zones: { test: above } } }), planFor(NAME));
    expect(trace.data.end?.reason).toBe('no-address');
    expect(trace.data.steps[2]?.servers.map(({ failure }) => failure)).toEqual(['missing-glue', 'missing-glue']);
    expect(faults).toEqual([expect.stringMatching(/^fail dns-glue-missing l7\.glue@/)]);
  });

  it('missing for all of three: it is no circle, though each could be found by way of the others', () => {
    const above = `${TEST.replace(/ns\d\.zone\.test A \S+/g, '')}\n zone.test NS ns3.zone.test`;
    const { trace } = walk(world({ '127.0.0.3': { zones: { test: above } } }), planFor(NAME));
    expect(trace.data.steps[2]?.servers.map(({ failure }) => failure)).toEqual(['missing-glue', 'missing-glue', 'missing-glue']);
    expect(trace.data.cycles).toEqual([]);
  });

  it('of a zone that lists itself and a server that can only be found by way of it', () => {
    const above = `
      @ SOA 10
      @ NS ns.test
      ns.test A 127.0.0.3
      zone.test NS ns.zone.test
      zone.test NS ns.other.test
      other.test NS ns.zone.test`;
    const { trace, faults } = walk(world({ '127.0.0.3': { zones: { test: above } } }), planFor(NAME));
    expect(trace.data.end?.reason).toBe('no-address');
    expect(trace.data.cycles.map((names) => [...names].sort())).toEqual([['ns.other.test', 'ns.zone.test']]);
    expect(faults).toEqual([expect.stringMatching(/^fail dns-glue-missing/)]);
  });

  it('stale: the address that the zone has is asked too', () => {
    const above = TEST.replace('ns2.zone.test A 127.0.0.5', 'ns2.zone.test A 127.0.0.99');
    const { trace, faults } = walk(world({ '127.0.0.3': { zones: { test: above } } }), planFor(NAME));
    expect(addressIn(trace, 'zone.test', '127.0.0.99')).toMatchObject({ from: ['glue'], lame: 'silent' });
    expect(addressIn(trace, 'zone.test', '127.0.0.5')).toMatchObject({ from: ['records'], state: 'answers' });
    // The server is not lame, it is elsewhere: one cause.
    expect(faults).toEqual([
      `warn dns-glue-stale ${at('l7.glue')}: zone.test: ns2.zone.test: 127.0.0.99 beside the delegation, 127.0.0.5 by its own records`,
    ]);
  });

  it('names that lead to each other in a circle', () => {
    const above = `
      @ SOA 10
      @ NS ns.test
      ns.test A 127.0.0.3
      zone.test NS ns.other.test
      other.test NS ns.zone.test`;
    const { trace, faults } = walk(world({ '127.0.0.3': { zones: { test: above } } }), planFor(NAME));
    expect(trace.data.cycles.map((names) => [...names].sort())).toEqual([['ns.other.test', 'ns.zone.test']]);
    expect(trace.data.end?.reason).toBe('no-address');
    expect(faults).toEqual([
      `fail dns-glue-missing ${at('l7.glue')}: zone.test: ns.other.test: found only by way of ns.zone.test, and those by way of it`,
    ]);
  });

  it('of a server in another zone is looked up by a walk of its own', () => {
    const above = `${TEST.replace(/.*ns\d\.zone\.test.*/g, '')}
      zone.test NS ns.host.test
      host.test NS ns.host.test
      ns.host.test A 127.0.0.6`;
    const zone = '@ SOA 7\n @ NS ns.host.test\n www.zone.test A 192.0.2.81';
    const { trace, faults } = walk(
      world({
        '127.0.0.3': { zones: { test: above } },
        '127.0.0.6': { zones: { 'zone.test': zone, 'host.test': '@ SOA 1\n @ NS ns.host.test\n ns.host.test A 127.0.0.6' } },
      }),
      planFor(NAME),
    );
    expect(trace.data.end?.reason).toBe('answer');
    expect(faults).toEqual([]);
  });

  it('is not believed outside the zone that delegates, nor of servers that it does not name', () => {
    const poison: Answer[] = [
      { name: 'www.bank.example', type: 'A', ttl: 1, data: '127.0.0.66' },
      { name: 'ns1.zone.test', type: 'A', ttl: 1, data: '127.0.0.66' },
      { name: 'ns.bank.example', type: 'A', ttl: 1, data: '127.0.0.66' },
    ];
    // The server of `test` may speak for names below it, and for no others.
    const behaviour = (reply: Reply, { name }: { name: string }): Reply =>
      name === NAME
        ? {
            ...reply,
            authorities: [...(reply.authorities ?? []), { name: 'zone.test', type: 'NS', ttl: 1, data: 'ns.bank.example' }],
            additionals: [...(reply.additionals ?? []), ...poison.filter(({ name: owner }) => owner.endsWith('bank.example'))],
          }
        : reply;
    const { trace, asked } = walk(world({ '127.0.0.3': { zones: { test: TEST }, behaviour } }), planFor(NAME));
    expect(asked.filter(({ address }) => address === '127.0.0.66')).toEqual([]);
    expect(trace.data.steps[2]?.ignoredRecords).toBe(2);
    expect(trace.data.steps[2]?.servers.find(({ name }) => name === 'ns.bank.example')).toMatchObject({
      addresses: [],
      failure: 'no-name',
    });
  });
});

describe('servers of one zone', () => {
  it('with other serial numbers', () => {
    const old = ZONE.replace('2026112201', '2026112100');
    const { faults } = walk(world({ '127.0.0.5': { zones: { 'zone.test': old } } }), planFor(NAME));
    expect(faults).toEqual([
      `warn dns-serial-mismatch ${at('l7.serials')}: zone.test: 2026112201 on ns1.zone.test (127.0.0.4); 2026112100 on ns2.zone.test (127.0.0.5)`,
    ]);
  });

  it('with other answers', () => {
    const other = ZONE.replace('192.0.2.81', '192.0.2.99');
    const { faults } = walk(world({ '127.0.0.5': { zones: { 'zone.test': other } } }), planFor(NAME));
    expect(faults).toEqual([
      `warn dns-inconsistent ${at('l7.answers')}: zone.test: ns1.zone.test (127.0.0.4): A 192.0.2.81; ns2.zone.test (127.0.0.5): A 192.0.2.99`,
    ]);
  });

  it('that the zone above does not name, and the other way round', () => {
    const inner = ZONE.replace('@ NS ns2.zone.test', '@ NS ns3.zone.test\n ns3.zone.test A 127.0.0.6');
    const own = { zones: { 'zone.test': inner } };
    const { trace, faults } = walk(world({ '127.0.0.4': own, '127.0.0.5': own, '127.0.0.6': own }), planFor(NAME));
    expect(faults).toEqual([
      `warn dns-delegation-mismatch ${at('l7.nameservers')}: zone.test: only test names ns2.zone.test; only the zone itself names ns3.zone.test`,
    ]);
    expect(addressIn(trace, 'zone.test', '127.0.0.6')).toMatchObject({ state: 'answers', result: 'answer' });
  });

  it('without TCP', () => {
    const { faults, trace } = walk(world({ '127.0.0.5': { zones: { 'zone.test': ZONE }, tcp: 'refused' } }), planFor(NAME));
    expect(faults).toEqual([`warn dns-tcp-blocked ${at('l7.tcp')}: zone.test: ns2.zone.test (127.0.0.5): refused`]);
    expect(addressIn(trace, 'zone.test', '127.0.0.5')?.serial).toBe(2026112201);
  });

  it('with answers too long for UDP: by TCP, and where that is refused not at all', () => {
    const short = { zones: { 'zone.test': ZONE }, udpBytes: 40 };
    const byTcp = walk(world({ '127.0.0.5': short }), planFor(NAME));
    expect(byTcp.faults).toEqual([]);
    expect(addressIn(byTcp.trace, 'zone.test', '127.0.0.5')).toMatchObject({
      truncated: true,
      transport: 'tcp',
      tcp: 'answers',
      result: 'answer',
    });
    const refused = { ...short, tcp: 'refused' as const };
    const { faults, trace, skipped } = walk(world({ '127.0.0.4': refused, '127.0.0.5': refused }), planFor(NAME));
    expect(addressIn(trace, 'zone.test', '127.0.0.5')).toMatchObject({ truncated: true, tcp: 'refused', result: null, state: 'answers' });
    expect(faults).toEqual([expect.stringMatching(/^fail dns-tcp-blocked l7\.tcp@.*too long for UDP/)]);
    expect(skipped).toEqual([expect.stringContaining('explained by DNS over TCP')]);
  });

  it('without EDNS, and those that drop it', () => {
    const without = walk(world({ '127.0.0.5': { zones: { 'zone.test': ZONE }, edns: false } }), planFor(NAME));
    expect(without.faults).toEqual([]);
    expect(addressIn(without.trace, 'zone.test', '127.0.0.5')?.edns).toBe('absent');
    const behaviour = (reply: Reply, { edns }: { edns: boolean }) => (edns ? null : reply);
    const { faults, trace } = walk(world({ '127.0.0.5': { zones: { 'zone.test': ZONE }, behaviour } }), planFor(NAME));
    expect(addressIn(trace, 'zone.test', '127.0.0.5')).toMatchObject({
      edns: 'dropped',
      state: 'answers',
      result: 'answer',
      serial: 2026112201,
    });
    expect(faults).toEqual([expect.stringMatching(/^warn dns-edns-broken l7\.edns@/)]);
  });
});
