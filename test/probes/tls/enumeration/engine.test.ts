import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonSuites, schemesFor, suitesFor } from '../../../../src/probes/tls/enumeration/candidates.js';
import { startEnumeration } from '../../../../src/probes/tls/enumeration/index.js';
import { type Answer, PROTOCOLS, type Protocol, type Question } from '../../../../src/probes/tls/enumeration/question.js';
import { enumerationOf } from '../../../../src/probes/tls/enumeration/result.js';
import { cipherSuites } from '../../../../src/wire/tls/cipher-suites.js';
import { tlsGroups } from '../../../../src/wire/tls/groups.js';
import { answerFrom, conclude, type ServerModel } from './server-model.js';

const SHARE_GROUPS = [0x001d, 0x0017, 0x0018, 0x0019, 0x001e];

function enumerate(
  model: ServerModel,
  meddle: (question: Question, connection: number, right: Answer) => Answer = (_q, _n, right) => right,
) {
  const { inquiry, facts } = startEnumeration(SHARE_GROUPS);
  const { connections } = conclude(inquiry, (question, n) => meddle(question, n, answerFrom(model, question, SHARE_GROUPS)), 8);
  return { facts, connections, result: enumerationOf(facts, { connections, durationMs: 1 }, null) };
}

const NGINX: ServerModel = {
  suites: {
    'TLSv1.3': [0x1302, 0x1303, 0x1301],
    'TLSv1.2': [0xc030, 0xcca8, 0xc02f, 0x009e, 0xc028, 0xc014, 0x009d, 0x0035, 0x000a],
    'TLSv1.1': [0xc014, 0x0035, 0x000a],
    TLSv1: [0xc014, 0x0035, 0x000a],
  },
  groups: [0x001d, 0x0017, 0x001e],
  schemes: [0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0201],
  decides: true,
  heedsFallback: true,
};

/** What a model accepts, by its own word. */
function truth(model: ServerModel, protocol: Protocol): number[] {
  return [...(model.suites[protocol] ?? [])].sort((one, other) => one - other);
}

function found(result: ReturnType<typeof enumerate>['result'], protocol: Protocol): number[] {
  return result.ciphers
    .filter((cipher) => cipher.protocol === protocol)
    .map(({ id }) => Number(id))
    .sort((one, other) => one - other);
}

describe('an enumeration', () => {
  it('finds what a server has, its order, its groups and its signature schemes', () => {
    const { result, connections } = enumerate(NGINX);
    expect(result.complete).toBe(true);
    for (const protocol of PROTOCOLS) expect(found(result, protocol)).toEqual(truth(NGINX, protocol));
    expect(result.preference[1]).toEqual({
      protocol: 'TLSv1.2',
      decides: 'server',
      order: NGINX.suites['TLSv1.2']?.map((number) => cipherSuites().get(number)?.name),
    });
    expect(result.groups?.map(({ name, protocols }) => [name, ...protocols])).toEqual([
      ['x25519', 'TLSv1.3', 'TLSv1.2'],
      ['secp256r1', 'TLSv1.3', 'TLSv1.2'],
      ['x448', 'TLSv1.3', 'TLSv1.2'],
    ]);
    const named = (protocol: string) => result.signatureSchemes?.filter((scheme) => scheme.protocol === protocol).map(({ name }) => name);
    expect(named('TLSv1.2')?.sort()).toEqual(
      [
        'rsa_pss_rsae_sha256',
        'rsa_pss_rsae_sha384',
        'rsa_pss_rsae_sha512',
        'rsa_pkcs1_sha256',
        'rsa_pkcs1_sha384',
        'rsa_pkcs1_sha1',
      ].sort(),
    );
    expect(named('TLSv1.3')).toEqual(['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512']);
    expect(result).toMatchObject({ fallbackSignal: true, dhBits: 2048, compression: false });
    expect(connections).toBeLessThanOrEqual(60);
  });

  it('tells a server that leaves the choice to the client', () => {
    const { result } = enumerate({ ...NGINX, decides: false });
    expect(result.preference.map(({ decides, order }) => [decides, order])).toEqual(Array(4).fill(['client', null]));
    for (const protocol of PROTOCOLS) expect(found(result, protocol)).toEqual(truth(NGINX, protocol));
  });

  it('asks of the groups without a key, and finds the post-quantum ones', () => {
    const { result } = enumerate({ ...NGINX, groups: [0x11ec, 0x001d, 0x11eb, 0x0202] });
    expect(result.groups?.filter(({ kind }) => kind !== 'elliptic').map(({ name, protocols }) => [name, ...protocols])).toEqual([
      ['X25519MLKEM768', 'TLSv1.3'],
      ['SecP256r1MLKEM768', 'TLSv1.3'],
      ['MLKEM1024', 'TLSv1.3'],
    ]);
    expect(result.complete).toBe(true);
  });

  it.each<[string, Partial<ServerModel>, RegExp | null]>([
    ['goes down to a lower version', { goesDown: true }, null],
    ['refuses long lists', { takesSuites: 60 }, /takes no long list/],
    ['reads only the first suites', { readsSuites: 64 }, /does not read long lists/],
    ['wants a key share', { wantsShare: true, groups: [0x001d] }, /without a key share/],
    ['closes in place of an alert', { closes: true }, /refuses by closing/],
  ])('comes to the same with a server that %s', (_what, fault, note) => {
    const model = { ...NGINX, ...fault };
    const { result } = enumerate(model);
    for (const protocol of PROTOCOLS) expect(found(result, protocol)).toEqual(truth(model, protocol));
    expect(result.unsettled).toEqual([]);
    if (note !== null) expect(result.notes?.join()).toMatch(note);
  });

  it('loses nothing to a server that drops connections now and then', () => {
    const faults: Answer[] = [{ kind: 'silent' }, { kind: 'closed' }, { kind: 'unreachable' }];
    const { result } = enumerate(NGINX, (_question, connection, right) =>
      connection % 4 === 0 ? (faults[connection % 3] as Answer) : right,
    );
    for (const protocol of PROTOCOLS) expect(found(result, protocol)).toEqual(truth(NGINX, protocol));
    expect(result.complete).toBe(true);
  });

  it.each([true, false])('loses nothing to a suite that the server chooses and then cannot use (it decides: %s)', (decides) => {
    const dss = [0x0032, 0x0038];
    const [first = 0, second = 0, ...others] = NGINX.suites['TLSv1.2'] ?? [];
    const model = { ...NGINX, decides, suites: { ...NGINX.suites, 'TLSv1.2': [first, second, ...dss, ...others] }, cannotUse: dss };
    const { result } = enumerate(model);
    expect(found(result, 'TLSv1.2')).toEqual(truth(NGINX, 'TLSv1.2'));
    expect(result.notes?.join()).toMatch(/chooses and then cannot use/);
    expect(result.notes?.join()).not.toMatch(/to their end/);
    expect(result.preference.find(({ protocol }) => protocol === 'TLSv1.2')).toMatchObject({
      decides: decides ? 'server' : 'client',
      order: null,
    });
    expect(result.unsettled).toEqual([]);
  });

  it('does not take closing for the way to refuse of a server that sends alerts', () => {
    const asked = new Map<string, number>();
    const { result } = enumerate(NGINX, (question, _connection, right) => {
      const key = JSON.stringify([question.protocol, question.suites]);
      asked.set(key, (asked.get(key) ?? 0) + 1);
      return question.protocol === 'TLSv1.1' && (asked.get(key) ?? 0) <= 3 ? { kind: 'closed' } : right;
    });
    expect(found(result, 'TLSv1.1')).toEqual(truth(NGINX, 'TLSv1.1'));
    expect(result.notes?.join()).not.toMatch(/by closing/);
  });

  it('asks again where the server says that something is wrong within it', () => {
    const { result } = enumerate(NGINX, (question, connection, right) =>
      connection % 3 === 0 && !question.alone ? { kind: 'refused', alert: 80 } : right,
    );
    for (const protocol of PROTOCOLS) expect(found(result, protocol)).toEqual(truth(NGINX, protocol));
  });

  it('rests in front of repeats where the server may count connections', () => {
    const rests: number[] = [];
    enumerate(NGINX, (question, connection, right) => {
      rests.push(question.restMs ?? 0);
      return connection > 30 ? { kind: 'unreachable' } : right;
    });
    expect(rests.slice(0, 30).every((rest) => rest === 0)).toBe(true);
    expect(Math.max(...rests)).toBeGreaterThan(0);
    expect(Math.max(...rests)).toBeLessThanOrEqual(1000);
  });

  it('tells the order of a server that yields to clients with ChaCha20 in front', () => {
    const { result } = enumerate({ ...NGINX, prioritisesChacha: true });
    expect(result.preference.find(({ protocol }) => protocol === 'TLSv1.3')?.decides).toBe('server');
    expect(result.preference.find(({ protocol }) => protocol === 'TLSv1.2')?.decides).toBe('server');
  });

  it('never takes silence for a no', () => {
    const { result } = enumerate(NGINX, (question, _connection, right) => (question.protocol === 'TLSv1.1' ? { kind: 'silent' } : right));
    expect(result.protocols.find(({ name }) => name === 'TLSv1.1')?.supported).toBeNull();
    expect(result.complete).toBe(false);
    expect(result.unsettled).toEqual(['TLSv1.1: no answer in time']);
  });

  it('gives up on a server that never answers, after few connections', () => {
    const { result, connections } = enumerate(NGINX, () => ({ kind: 'silent' }));
    expect(connections).toBeLessThanOrEqual(20);
    expect(result.protocols.every(({ supported }) => supported === null)).toBe(true);
    expect(result.complete).toBe(false);
  });

  it('ends with a server that chooses what was not offered, and says so', () => {
    const { result, connections } = enumerate(NGINX, (_question, _connection, right) =>
      right.kind === 'hello' ? { ...right, hello: { ...right.hello, cipher: 0xaaaa } } : right,
    );
    expect(result.ciphers).toEqual([]);
    expect(result.violations).not.toEqual([]);
    expect(connections).toBeLessThan(100);
  });

  it('ends with answers of any kind', () => {
    const kinds: Answer['kind'][] = ['refused', 'closed', 'silent', 'foreign', 'unreachable', 'hello'];
    fc.assert(
      fc.property(fc.infiniteStream(fc.constantFrom(...kinds)), fc.nat(), (stream, seed) => {
        const { inquiry } = startEnumeration(SHARE_GROUPS);
        let turn = seed;
        const { connections } = conclude(
          inquiry,
          (question) => {
            const kind = stream.next().value;
            turn = (turn * 1103515245 + 12345) & 0x7fffffff;
            if (kind === 'refused') return { kind, alert: turn % 128 };
            if (kind !== 'hello') return { kind } as Answer;
            const suite = question.suites[turn % Math.max(1, question.suites.length)] ?? 0;
            return answerFrom({ ...NGINX, suites: { [question.protocol]: [suite] }, decides: turn % 2 === 0 }, question, SHARE_GROUPS);
          },
          1 + (seed % 10),
        );
        expect(inquiry.done).toBe(true);
        expect(connections).toBeLessThan(6000);
      }),
      { numRuns: 40 },
    );
  });
});

describe('property', () => {
  const pick = (from: readonly number[], most: number) => fc.shuffledSubarray([...from], { minLength: 1, maxLength: most });
  const older = suitesFor('TLSv1.2');
  // One that is common in each: a server that reads only the first suites, and has none of the common ones, is taken for one that has none.
  const common = (most: number) =>
    fc.tuple(pick(commonSuites(), 6), pick(ecdheAndRsa, most)).map(([some, more]) => [...new Set([...more, ...some])]);
  const ecdheAndRsa = older.filter((number) => /^(ECDHE|RSA|DHE)$/.test(cipherSuites().get(number)?.keyExchange ?? ''));
  const servers: fc.Arbitrary<ServerModel> = fc.record({
    suites: fc.record(
      {
        'TLSv1.3': pick(suitesFor('TLSv1.3'), 5),
        'TLSv1.2': common(30),
        'TLSv1.1': common(12),
        TLSv1: common(12),
        SSLv3: common(5),
      },
      { requiredKeys: [] },
    ),
    // Elliptic ones among them, so that every suite can be had.
    groups: fc
      .tuple(pick([...tlsGroups().keys()], 6), pick([0x1d, 0x17, 0x18], 3))
      .map(([some, curves]) => [...new Set([...curves, ...some])]),
    schemes: pick(schemesFor('TLSv1.2'), 8),
    decides: fc.boolean(),
    goesDown: fc.boolean(),
    closes: fc.boolean(),
    readsSuites: fc.constantFrom(64, 128, 1000),
    heedsFallback: fc.boolean(),
  });

  it('exactly the suites and groups of any server are found, whatever its manners', () => {
    fc.assert(
      fc.property(servers, (model) => {
        const { result, facts } = enumerate(model);
        const speaks = PROTOCOLS.filter((protocol) => model.suites[protocol] !== undefined);
        if (model.closes === true && speaks.length === 0) return;
        for (const protocol of speaks) expect(found(result, protocol), protocol).toEqual(truth(model, protocol));
        for (const protocol of PROTOCOLS.slice(1)) expect(facts.protocols[protocol].supported, protocol).toBe(speaks.includes(protocol));
        if (model.suites['TLSv1.3'] !== undefined)
          expect([...(facts.protocols['TLSv1.3'].groups ?? [])].sort()).toEqual([...model.groups].sort());
        for (const protocol of speaks) {
          const { order, decides } = facts.protocols[protocol];
          if (order !== null) expect(order).toEqual(model.suites[protocol]);
          if (decides !== null) expect(decides).toBe(model.decides ? 'server' : 'client');
        }
        expect(result.unsettled.filter((line) => !line.includes('signature schemes'))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
