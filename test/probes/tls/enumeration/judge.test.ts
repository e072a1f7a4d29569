import { describe, expect, it } from 'vitest';
import type { MeasurementOf } from '../../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../../src/model/policy.js';
import { emptyFacts, type Facts } from '../../../../src/probes/tls/enumeration/facts.js';
import { judgeEnumeration } from '../../../../src/probes/tls/enumeration/judge.js';
import { enumerationOf } from '../../../../src/probes/tls/enumeration/result.js';
import { enumerationLines } from '../../../../src/render/tls-enumeration-text.js';

function facts(change: (facts: Facts) => void): Facts {
  const made = emptyFacts();
  for (const protocol of Object.values(made.protocols)) protocol.supported = false;
  Object.assign(made, { compression: false, secureRenegotiation: true });
  made.protocols['TLSv1.3'].supported = true;
  made.protocols['TLSv1.3'].suites.add(0x1301);
  change(made);
  return made;
}

const found = (made: Facts, cut: string | null = null) => enumerationOf(made, { connections: 40, durationMs: 500 }, cut);

function judged(enumeration: ReturnType<typeof found> | null, enumerationAsked = enumeration !== null) {
  const measurement = { id: 'm1', target: 't:443', data: { enumeration, enumerationAsked } } as unknown as MeasurementOf<'tls'>;
  return judgeEnumeration(measurement, DEFAULT_POLICY).map(({ id, status, code }) => [
    id.replace(/^l6\.enumeration-?|@.*$/g, ''),
    status,
    code,
  ]);
}

describe('judgeEnumeration', () => {
  it('has nothing to say of a server that was not enumerated', () => expect(judged(null)).toEqual([]));

  it('says where one that was asked for reached nothing', () => expect(judged(null, true)).toEqual([['', 'skip', null]]));

  it('passes a server without fault', () => {
    expect(judged(found(facts(() => {})))).toEqual([
      ['', 'pass', null],
      ['protocols', 'pass', null],
      ['ciphers', 'pass', null],
      ['compression', 'pass', null],
      ['renegotiation', 'pass', null],
    ]);
  });

  it.each<[string, (facts: Facts) => void, unknown[]]>([
    ['an old version', ({ protocols }) => (protocols.SSLv3.supported = true), ['protocols', 'fail', 'tls-protocol-obsolete']],
    ['an insecure suite', ({ protocols }) => protocols['TLSv1.2'].suites.add(0x0005), ['ciphers', 'fail', 'tls-cipher-weak']],
    ['a weak suite', ({ protocols }) => protocols['TLSv1.2'].suites.add(0x009c), ['ciphers', 'warn', 'tls-cipher-weak']],
    ['compression', (made) => (made.compression = true), ['compression', 'fail', 'tls-compression']],
    ['no secure renegotiation', (made) => (made.secureRenegotiation = false), ['renegotiation', 'fail', 'tls-renegotiation-insecure']],
    ['invalid answers', (made) => made.violations.add('it chooses 0x0004, which was not offered'), ['', 'fail', 'tls-answers-invalid']],
    ['what is not settled', (made) => made.unsettled.add('TLSv1: no answer in time'), ['', 'skip', null]],
    ['an old version that is not settled', ({ protocols }) => (protocols.TLSv1.supported = null), ['protocols', 'skip', null]],
    ['TLS 1.3 alone', (made) => (made.secureRenegotiation = null), ['renegotiation', 'skip', null]],
  ])('names %s', (_what, change, line) => expect(judged(found(facts(change)))).toContainEqual(line));

  it('says nothing of TLS 1.3 where no version was accepted, and of nothing where nothing was settled', () => {
    const none = (supported: boolean | null) => {
      const made = emptyFacts();
      for (const protocol of Object.values(made.protocols)) protocol.supported = supported;
      if (supported === null) made.open.add('TLSv1.3');
      return found(made, supported === null ? 'interrupted' : null);
    };
    const reasons = (enumeration: ReturnType<typeof found>) =>
      judgeEnumeration({ id: 'm1', target: 't:443', data: { enumeration } } as unknown as MeasurementOf<'tls'>, DEFAULT_POLICY)
        .slice(3)
        .map(({ because }) => because);
    expect(reasons(none(false))).toEqual(['no cipher suite was accepted', 'no cipher suite was accepted']);
    expect(reasons(none(null))).toEqual(['not settled', 'not settled']);
    expect(enumerationLines(none(null))[0]).toBe('versions: none found · not settled: SSLv2, SSLv3, TLSv1, TLSv1.1, TLSv1.2, TLSv1.3');
  });

  it('does not call complete what was cut', () => {
    const made = facts(({ open }) => open.add('TLSv1.2, cipher suites'));
    expect(found(made, 'interrupted')).toMatchObject({ complete: false, unsettled: ['TLSv1.2, cipher suites: interrupted'] });
  });
});

describe('enumerationLines', () => {
  it('says what is wrong with suites, and what speaks for them', () => {
    const made = facts(({ protocols }) => {
      for (const protocol of [protocols['TLSv1.1'], protocols.TLSv1]) {
        protocol.supported = true;
        protocol.suites = new Set([0xc014, 0x0005]);
        protocol.decides = 'server';
        protocol.order = [0xc014, 0x0005];
      }
      protocols['TLSv1.3'].groups = new Set([0x11ec, 0x001d]);
    });
    expect(enumerationLines(found(made))).toEqual([
      'versions: TLSv1.3, TLSv1.1, TLSv1 · refused: SSLv2, SSLv3, TLSv1.2',
      'TLSv1.3: 1 suite',
      '+ TLS_AES_128_GCM_SHA256',
      'TLSv1.1 and TLSv1: 2 suites, the server decides, in this order',
      '~ TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA  CBC',
      '! TLS_RSA_WITH_RC4_128_SHA            RC4, no forward secrecy',
      '(+ recommended, ~ weak, ! insecure, without a sign: secure)',
      'groups in TLSv1.3: x25519, X25519MLKEM768',
      'post-quantum key exchange: X25519MLKEM768',
      'compression no · secure renegotiation yes · downgrade marked no',
      'enumerated by 40 connections in 500 ms',
    ]);
  });
});
