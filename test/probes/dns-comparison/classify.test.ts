import { describe, expect, it } from 'vitest';
import { classify, type Observed } from '../../../src/probes/dns-comparison/classify.js';
import { answers, denial, known, madeUp, NODATA, NXDOMAIN, SILENT, server, system, world } from './rows.js';

type Classified = ReturnType<typeof classify>;

/** Classifications other than `agrees`, by server, and the kinds of findings. */
function summary({ servers, findings }: Classified) {
  const odd = servers.filter(({ classification }) => classification !== 'agrees');
  return {
    odd: Object.fromEntries(odd.map((row) => [row.server, row.classification])),
    findings: findings.map(({ kind }) => kind),
  };
}

const INVALID = 'netdiag-x.invalid';
const BESIDE = 'netdiag-y.example.net';
const BLOCKED = [{ code: 15, name: 'Blocked', text: '' }];

interface Case {
  what: string;
  rows: Observed[];
  type?: string;
  odd: Record<string, string>;
  findings: string[];
}

const CASES: Case[] = [
  { what: 'everybody says the same', rows: [system('10.0.0.53'), ...world()], odd: {}, findings: [] },
  {
    what: 'order, case and time to live mean nothing',
    type: 'NS',
    rows: [
      server('a', { answers: ['ns1.example.net.', 'ns2.example.net.'], ttl: { minimum: 1, maximum: 1 } }),
      server('b', { answers: ['NS2.example.NET.', 'ns1.example.net.'], ttl: { minimum: 300, maximum: 900 } }),
    ],
    odd: {},
    findings: [],
  },
  {
    what: 'a serial number that runs ahead means nothing',
    type: 'SOA',
    rows: [
      server('a', answers('ns.example.net. admin.example.net. 5 1 1 1 60')),
      server('b', answers('ns.example.net. admin.example.net. 6 1 1 1 60')),
    ],
    odd: {},
    findings: [],
  },
  {
    what: 'public addresses that differ are the same content network elsewhere',
    rows: [system('10.0.0.53', answers('192.0.2.7')), ...world()],
    odd: { '10.0.0.53': 'differs-by-location' },
    findings: ['location'],
  },
  {
    what: 'so are those that overlap',
    rows: [system('10.0.0.53', answers('192.0.2.7', '192.0.2.80')), ...world()],
    odd: { '10.0.0.53': 'differs-by-location' },
    findings: ['location'],
  },
  {
    what: 'mail servers that differ are a contradiction: they do not depend on the place',
    type: 'MX',
    rows: [system('10.0.0.53', answers('10 old.example.net.')), ...world(answers('10 new.example.net.'))],
    odd: { '10.0.0.53': 'disagrees' },
    findings: ['disagreement'],
  },
  ...['10.1.2.3', '172.16.0.9', '192.168.1.1', '100.64.0.9', '127.0.0.2', '169.254.1.1', '198.18.0.5'].map((address) => ({
    what: `${address} where the world has a public address is an inner view`,
    rows: [system('10.0.0.53', answers(address)), ...world()],
    odd: { '10.0.0.53': 'inner-view' },
    findings: ['split-horizon'],
  })),
  ...['fd00::1', 'fe80::1', '::1', '64:ff9b::c000:250'].map((address) => ({
    what: `${address} where the world has another answer is an inner view`,
    type: 'AAAA',
    rows: [system('10.0.0.53', answers(address)), ...world(NODATA)],
    odd: { '10.0.0.53': 'inner-view' },
    findings: ['split-horizon'],
  })),
  {
    what: 'a name that exists here alone is an inner view',
    rows: [system('10.0.0.53'), system('10.0.0.54'), ...world(NXDOMAIN)],
    odd: { '10.0.0.53': 'inner-view', '10.0.0.54': 'inner-view' },
    findings: ['split-horizon'],
  },
  {
    what: 'two resolvers of the system, one of which knows the inner view, disagree',
    rows: [system('10.0.0.53', answers('10.1.2.3')), system('10.0.0.54', NXDOMAIN), ...world(NXDOMAIN)],
    odd: { '10.0.0.53': 'inner-view' },
    findings: ['system-disagreement', 'split-horizon'],
  },
  {
    what: 'servers behind a stub resolver are asked by its rules, and may have views of their own',
    rows: [
      system('127.0.0.53', answers('10.1.2.3')),
      system('10.0.0.53', { ...answers('10.1.2.3'), behind: '127.0.0.53' }),
      system('192.0.2.53', { ...NXDOMAIN, behind: '127.0.0.53' }),
      ...world(NXDOMAIN),
    ],
    odd: { '127.0.0.53': 'inner-view', '10.0.0.53': 'inner-view' },
    findings: ['split-horizon'],
  },
  {
    what: 'two resolvers of the system without the world to tell who is right',
    rows: [system('10.0.0.53'), system('10.0.0.54', NXDOMAIN)],
    odd: { '10.0.0.54': 'disagrees' },
    findings: ['system-disagreement', 'disagreement'],
  },
  {
    what: 'two resolvers of the system lead to two inner addresses',
    rows: [system('10.0.0.53', answers('10.1.2.3')), system('10.0.0.54', answers('10.9.9.9')), ...world()],
    odd: { '10.0.0.53': 'inner-view', '10.0.0.54': 'inner-view' },
    findings: ['system-disagreement', 'split-horizon'],
  },
  {
    what: 'so they do without the world',
    rows: [server('a', answers('10.1.2.3')), server('b', answers('10.9.9.9'))],
    odd: { b: 'disagrees' },
    findings: ['disagreement'],
  },
  {
    what: 'inner addresses of which each gives a part are no contradiction',
    rows: [system('10.0.0.53', answers('10.1.2.3', '10.1.2.4')), system('10.0.0.54', answers('10.1.2.4', '10.1.2.5'))],
    odd: { '10.0.0.54': 'differs-by-location' },
    findings: ['location'],
  },
  {
    what: 'nor are translated addresses of a content network',
    type: 'AAAA',
    rows: [system('10.0.0.53', answers('64:ff9b::c000:250')), system('10.0.0.54', answers('64:ff9b::c000:251'))],
    odd: { '10.0.0.54': 'differs-by-location' },
    findings: ['location'],
  },
  {
    what: 'a name that only this resolver denies',
    rows: [system('10.0.0.53', NXDOMAIN), ...world()],
    odd: { '10.0.0.53': 'disagrees' },
    findings: ['disagreement'],
  },
  {
    what: 'an address for a name below .invalid is made up, even where all do it',
    rows: [server('a', { nonexistent: [madeUp(INVALID, '192.0.2.66')] }), server('b', { nonexistent: [madeUp(INVALID, '192.0.2.66')] })],
    odd: {},
    findings: ['rewriting', 'rewriting'],
  },
  {
    what: 'an address beside the name is made up where most servers deny it',
    rows: [server('a', { nonexistent: [denial(INVALID), madeUp(BESIDE, '192.0.2.66')] }), server('b'), server('c')],
    odd: {},
    findings: ['rewriting'],
  },
  {
    what: 'where one of two denies it, nobody can tell who is right',
    rows: [server('a', { nonexistent: [denial(INVALID), madeUp(BESIDE, '192.0.2.66')] }), server('b')],
    odd: {},
    findings: [],
  },
  {
    what: 'the world has a wildcard, which an inner view of the domain has not',
    rows: [
      system('10.0.0.53', answers('10.1.2.3')),
      system('10.0.0.54', answers('10.1.2.3')),
      ...world({ nonexistent: [denial(INVALID), madeUp(BESIDE, '192.0.2.66')] }),
    ],
    odd: { '10.0.0.53': 'inner-view', '10.0.0.54': 'inner-view' },
    findings: ['split-horizon'],
  },
  {
    what: 'plain servers make up what the encrypted ones deny',
    rows: world({}, { udp: { nonexistent: [denial(INVALID), madeUp(BESIDE, '192.0.2.66')] } }),
    odd: {},
    findings: ['rewriting', 'rewriting', 'rewriting'],
  },
  {
    what: 'where nobody denies it, the zone has a wildcard',
    rows: ['a', 'b'].map((name) => server(name, { nonexistent: [denial(INVALID), madeUp(BESIDE, '192.0.2.66')] })),
    odd: {},
    findings: [],
  },
  {
    what: 'an inner zone may have a wildcard of its own, which leads inside',
    rows: [system('10.0.0.53', { ...answers('10.1.2.3'), nonexistent: [denial(INVALID), madeUp(BESIDE, '10.1.2.3')] }), ...world()],
    odd: { '10.0.0.53': 'inner-view' },
    findings: ['split-horizon'],
  },
  {
    what: 'the name itself does not exist, and the resolver makes up its address',
    rows: [system('10.0.0.53', { ...answers('192.0.2.66'), nonexistent: [madeUp(INVALID, '192.0.2.66')] }), ...world(NXDOMAIN)],
    odd: { '10.0.0.53': 'rewritten' },
    findings: ['rewriting'],
  },
  {
    what: 'the made-up address is another one each time',
    rows: [system('10.0.0.53', { ...answers('192.0.2.66'), nonexistent: [madeUp(INVALID, '192.0.2.67')] }), ...world(NXDOMAIN)],
    odd: { '10.0.0.53': 'rewritten' },
    findings: ['rewriting'],
  },
  {
    what: 'who injects answers does it for names too that do not exist, and the server is not said to make them up',
    rows: [
      system('10.0.0.53', {
        ...answers('192.0.2.66'),
        nonexistent: [madeUp(INVALID, '192.0.2.66')],
        contradictions: { listenedMs: 300, firstMs: 2, answers: [{ rcode: 'NOERROR', answers: ['192.0.2.80'] }] },
      }),
      ...world(),
    ],
    odd: { '10.0.0.53': 'injected' },
    findings: ['injection'],
  },
  {
    what: 'a captive portal gives its own address for every name',
    rows: [system('10.0.0.1', { ...answers('10.0.0.1'), nonexistent: [madeUp(INVALID, '10.0.0.1')] }), ...world(SILENT)],
    odd: {
      '10.0.0.1': 'rewritten',
      ...Object.fromEntries(world().map((row) => [row.server, 'silent'])),
    },
    findings: ['rewriting'],
  },
  {
    what: '0.0.0.0 is a filter, and no hijacking',
    rows: [system('10.0.0.53', { ...answers('0.0.0.0'), nonexistent: [madeUp(INVALID, '0.0.0.0')] }), ...world()],
    odd: { '10.0.0.53': 'filtered' },
    findings: ['filtering'],
  },
  {
    what: ':: is a filter too',
    type: 'AAAA',
    rows: [system('10.0.0.53', answers('::')), ...world(answers('2001:db8::80'))],
    odd: { '10.0.0.53': 'filtered' },
    findings: ['filtering'],
  },
  ...[4, 15, 16, 17].map((code) => ({
    what: `the extended error ${code} is a filter, whatever comes with it`,
    rows: [system('10.0.0.53', { ...answers('192.0.2.66'), extendedErrors: [{ code, name: 'Blocked', text: '' }] }), ...world()],
    odd: { '10.0.0.53': 'filtered' },
    findings: ['filtering'],
  })),
  {
    what: 'REFUSED by a filter that says so is a filter',
    rows: [server('a', { rcode: 'REFUSED', answers: [], extendedErrors: BLOCKED }), server('b')],
    odd: { a: 'filtered' },
    findings: ['filtering'],
  },
  {
    what: 'a well-known filter that denies a name is a filter',
    rows: [system('10.0.0.53'), known('Cloudflare'), known('Google'), known('Quad9', 'udp', NXDOMAIN)],
    odd: { '9.9.9.9': 'filtered' },
    findings: ['filtering'],
  },
  {
    what: 'filters alone do not outvote the others',
    rows: [known('Quad9', 'tls', NXDOMAIN), known('Quad9', 'https', NXDOMAIN), known('Cloudflare', 'tls'), known('Google')],
    odd: { 'tls://9.9.9.9': 'filtered', 'https://9.9.9.9': 'filtered' },
    findings: ['filtering'],
  },
  {
    what: 'a resolver that takes private addresses away protects, where the public name leads inside',
    rows: [system('10.0.0.53', NODATA), ...world(answers('192.168.1.1'))],
    odd: { '10.0.0.53': 'filtered' },
    findings: ['filtering'],
  },
  {
    what: 'two answers to one question are an injection',
    rows: [
      system('10.0.0.53'),
      known('Cloudflare', 'udp', {
        ...answers('192.0.2.66'),
        contradictions: { listenedMs: 300, firstMs: 2, answers: [{ rcode: 'NOERROR', answers: ['192.0.2.80'] }] },
      }),
      known('Google'),
    ],
    odd: { '1.1.1.1': 'injected' },
    findings: ['injection'],
  },
  {
    what: 'a plain answer that the same operator denies encrypted was made on the way',
    rows: [known('Cloudflare', 'udp', NXDOMAIN), known('Cloudflare', 'tls'), known('Google')],
    odd: { '1.1.1.1': 'intercepted' },
    findings: ['interception'],
  },
  {
    what: 'all plain operators say one thing, and all encrypted ones another',
    rows: world({}, { udp: answers('203.0.113.66'), tcp: answers('203.0.113.66') }),
    odd: {
      '1.1.1.1': 'intercepted',
      '8.8.8.8': 'intercepted',
      '9.9.9.9': 'intercepted',
      'tcp://1.1.1.1': 'intercepted',
      'tcp://8.8.8.8': 'intercepted',
    },
    findings: ['interception'],
  },
  {
    what: 'a content network that each operator sees elsewhere is no interception',
    rows: [
      known('Cloudflare', 'udp', answers('192.0.2.1')),
      known('Google', 'udp', answers('192.0.2.2')),
      known('Cloudflare', 'tls', answers('192.0.2.3')),
      known('Google', 'tls', answers('192.0.2.4')),
    ],
    odd: { '1.1.1.1': 'differs-by-location', '8.8.8.8': 'differs-by-location', 'tls://8.8.8.8': 'differs-by-location' },
    findings: ['location'],
  },
  {
    what: 'two operators that are one and the same server',
    rows: [known('Cloudflare', 'udp', { nameServerId: 'gw' }), known('Google', 'udp', { nameServerId: 'gw' }), system('10.0.0.53')],
    odd: {},
    findings: ['interception'],
  },
  {
    what: "an empty identity is nobody's",
    rows: [known('Cloudflare', 'udp', { nameServerId: '' }), known('Google', 'udp', { nameServerId: '' }), system('10.0.0.53')],
    odd: {},
    findings: [],
  },
  {
    what: 'two addresses of one operator may be one server',
    rows: [
      known('Cloudflare', 'udp', { nameServerId: 'fra1' }),
      known('Cloudflare', 'udp', { nameServerId: 'fra1', server: '2606:4700:4700::1111' }),
    ],
    odd: {},
    findings: [],
  },
  {
    what: 'SERVFAIL, REFUSED and silence are no contradictions',
    rows: [
      server('a', { rcode: 'SERVFAIL', answers: [] }),
      server('b', { rcode: 'REFUSED', answers: [] }),
      server('c', SILENT),
      server('d', { ...SILENT, failure: { kind: 'failed', code: 'ECONNREFUSED', reason: 'refused' } }),
      server('e'),
    ],
    odd: { a: 'servfail', b: 'refused', c: 'silent', d: 'failed' },
    findings: [],
  },
  { what: 'nobody was asked', rows: [], odd: {}, findings: [] },
];

describe('answers held against each other', () => {
  it.each(CASES)('$what', ({ rows, type, odd, findings }) => {
    expect(summary(classify(rows, type ?? 'A'))).toEqual({ odd, findings });
  });

  it('numbers the groups by size', () => {
    const { servers } = classify([server('a', NXDOMAIN), server('b'), server('c', SILENT), server('d')], 'A');
    expect(servers.map(({ group }) => group)).toEqual([2, 1, null, 1]);
  });

  it('believes the encrypted answers before the plain ones, and those before the own resolvers', () => {
    expect(classify(world({}, { tls: answers('192.0.2.1'), https: answers('192.0.2.1') }), 'A').reference).toMatchObject({
      by: 'encrypted',
      answers: ['192.0.2.1'],
    });
    const blocked = world({}, { tls: SILENT, https: SILENT });
    expect(classify([system('10.0.0.53', NXDOMAIN), ...blocked], 'A').reference).toMatchObject({ by: 'plain', rcode: 'NOERROR' });
    expect(classify([system('10.0.0.53', NXDOMAIN)], 'A').reference).toMatchObject({ by: 'configured', rcode: 'NXDOMAIN' });
    expect(classify([server('a', SILENT)], 'A').reference).toBeNull();
  });

  it('can be made anew from its own result', () => {
    for (const { rows, type } of CASES) {
      const once = classify(rows, type ?? 'A');
      expect(classify(once.servers, type ?? 'A')).toEqual(once);
    }
  });

  it('names the injected answer, the true one, and how much sooner it came', () => {
    const { findings } = classify(
      [
        known('Cloudflare', 'udp', {
          ...answers('192.0.2.66'),
          contradictions: { listenedMs: 300, firstMs: 2, answers: [{ rcode: 'NOERROR', answers: ['192.0.2.80'] }] },
        }),
      ],
      'A',
    );
    expect(findings[0]?.detail).toBe(
      'Cloudflare (1.1.1.1): one question, 2 answers: 192.0.2.66 after 2 ms, where its answers take 10 ms; then 192.0.2.80',
    );
  });

  it('names the made-up address and the name', () => {
    const { servers, findings } = classify([server('a', { nonexistent: [madeUp(INVALID, '192.0.2.66')] })], 'A');
    expect(findings[0]?.detail).toBe(`a gives 192.0.2.66 for ${INVALID}, which does not exist`);
    expect(servers[0]?.nonexistent[0]?.verdict).toBe('rewritten');
  });
});
