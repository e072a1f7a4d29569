import { describe, expect, it } from 'vitest';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { judgeQuic, judgeQuicReferences } from '../../../src/probes/quic/judge.js';

type Data = DataOf<'quic'>;

const NOTHING: Data = {
  address: '203.0.113.10',
  port: 443,
  sent: 3,
  outcome: 'silent',
  rttMs: null,
  versions: null,
  refusedBy: null,
  refusedByTarget: null,
  reason: null,
  otherPort: { port: 33_434, sent: 2, answered: 0 },
  tcp: { opened: true, offersHttp3: false },
};
const ANSWERED: Partial<Data> = { outcome: 'answered', rttMs: 20, versions: ['v1'], otherPort: null, tcp: null };
const OTHERS = { port: 33_434, sent: 2, answered: 2 };
const OFFERED = { opened: true, offersHttp3: true };

function measurement(data: Partial<Data>, target: string | null = 'app.example.net:443', id = 'm1'): MeasurementOf<'quic'> {
  const attempt: MeasurementOf<'quic'>['attempt'] =
    (data.outcome ?? 'silent') === 'silent' ? { kind: 'unanswered', step: 'response', waitedMs: 1000 } : { kind: 'measured' };
  return {
    id,
    probe: 'quic',
    target,
    method: 'udp',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt,
    data: { ...NOTHING, ...data },
  };
}

const judged = (data: Partial<Data>) => judgeQuic(measurement(data))[0];

describe('QUIC at a target', () => {
  it('passes where it is answered', () => {
    expect(judged(ANSWERED)).toMatchObject({ status: 'pass', observed: 'answered in 20 ms: v1' });
  });

  it.each<[string, Partial<Data>]>([
    ['it is refused by the host', { outcome: 'refused', refusedBy: '203.0.113.10', refusedByTarget: true, reason: 'port-unreachable' }],
    ['nothing says that it is spoken', {}],
    ['a VPN has the port, so that other ports answer and this one does not', { otherPort: OTHERS }],
    ['TCP does not connect either', { tcp: { opened: false, offersHttp3: null }, otherPort: OTHERS }],
    ['something else answers', { outcome: 'other', reason: 'no long header' }],
    ['a router refuses all of UDP', { outcome: 'refused', refusedBy: '192.0.2.1', refusedByTarget: false, reason: 'prohibited' }],
    ['no UDP at all leaves this machine', { outcome: 'not-sent', reason: 'EPERM', otherPort: { port: 33_434, sent: 0, answered: 0 } }],
    ['it could not be sent for want of descriptors', { outcome: 'not-sent', reason: 'EMFILE' }],
  ])('is nobody’s fault where %s', (_why, data) => {
    expect(judged(data)).toMatchObject({ status: 'skip', code: null });
  });

  it.each<[string, Partial<Data>, RegExp]>([
    ['the service offers HTTP/3, and nothing comes', { tcp: OFFERED }, /offers HTTP\/3/],
    [
      'a router refuses this port alone',
      { outcome: 'refused', refusedBy: '192.0.2.1', refusedByTarget: false, reason: 'prohibited', otherPort: OTHERS },
      /by 192\.0\.2\.1/,
    ],
    ['this machine lets nothing out', { outcome: 'not-sent', reason: 'EPERM' }, /EPERM/],
    [
      'the service offers HTTP/3, and refuses it',
      { outcome: 'refused', refusedBy: '203.0.113.10', refusedByTarget: true, reason: 'port-unreachable', tcp: OFFERED },
      /the host refuses/,
    ],
    ['a server that is known for its QUIC answers at other ports', { address: '1.1.1.1', otherPort: OTHERS }, /answers at UDP 33434/],
  ])('is blocked where %s', (_why, data, words) => {
    expect(judged(data)).toMatchObject({ status: 'warn', code: 'quic-blocked', observed: expect.stringMatching(words) });
  });

  it('needs more than one answer of another port, which can be chance', () => {
    expect(judged({ address: '1.1.1.1', otherPort: { ...OTHERS, answered: 1 } })).toMatchObject({ status: 'skip' });
  });
});

describe('QUIC at several well-known servers', () => {
  const blocked = (address: string, id: string) => measurement({ address, otherPort: OTHERS }, null, id);

  it('is blocked where all of them say so, and is one line about the network', () => {
    const [check, ...more] = judgeQuicReferences([blocked('1.1.1.1', 'm1'), blocked('8.8.8.8', 'm2')]);
    expect(more).toEqual([]);
    expect(check).toMatchObject({ id: 'l4.quic', target: null, status: 'warn', code: 'quic-blocked', measurements: ['m1', 'm2'] });
  });

  it('passes where one answers', () => {
    expect(judgeQuicReferences([blocked('1.1.1.1', 'm1'), measurement({ ...ANSWERED, address: '8.8.8.8' }, null, 'm2')])).toMatchObject([
      { status: 'pass' },
    ]);
  });

  it('says nothing of the network by one alone, or by none', () => {
    expect(judgeQuicReferences([blocked('1.1.1.1', 'm1')])).toMatchObject([{ status: 'skip' }]);
    expect(judgeQuicReferences([blocked('1.1.1.1', 'm1'), measurement({ address: '8.8.8.8' }, null, 'm2')])).toMatchObject([
      { status: 'skip' },
    ]);
    expect(judgeQuicReferences([])).toEqual([]);
  });
});
