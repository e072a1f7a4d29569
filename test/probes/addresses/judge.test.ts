import { describe, expect, it } from 'vitest';
import { skipped } from '../../../src/model/attempt.js';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { addressesProbe } from '../../../src/probes/addresses/index.js';
import { addressesNotTried } from '../../../src/probes/addresses/measure.js';

type Entry = DataOf<'addresses'>['addresses'][number];

const entry = (address: string, parts: Partial<Entry> = {}): Entry => ({
  address,
  family: address.includes(':') ? 6 : 4,
  answers: true,
  method: 'tcp',
  rttMs: 10,
  clock: 'kernel',
  state: 'open',
  failure: null,
  ...parts,
});
const dead: Partial<Entry> = { answers: false, rttMs: null, clock: null, state: 'filtered', failure: 'silence' };
const untried: Partial<Entry> = { answers: null, method: null, rttMs: null, clock: null, state: null, failure: 'ENETUNREACH' };

const [V4, V4B, V6, V6B] = ['198.51.100.10', '198.51.100.11', '2001:db8:2::10', '2001:db8:2::11'] as const;

function judge(addresses: Entry[], chosen: string = V4, port: number | null = 443) {
  const data = { host: 'app.example.net', port, addresses, chosen, winner: V4, winnerAfterMs: 260 };
  const made: MeasurementOf<'addresses'> = {
    id: 'm3',
    probe: 'addresses',
    target: 'app.example.net:443',
    method: 'tcp',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 10,
    stalledMs: 0,
    attempt: { kind: 'measured' },
    data,
  };
  return addressesProbe.judge(made, { policy: DEFAULT_POLICY });
}

describe('judgeAddresses', () => {
  it('passes where all answer', () => {
    expect(judge([entry(V6), entry(V4)])).toMatchObject([
      {
        id: 'l3.addresses@app.example.net:443',
        layer: 3,
        status: 'pass',
        code: null,
        observed: 'all 2 addresses answer; a client is connected to 198.51.100.10 after 260 ms',
        measurements: ['m3'],
      },
    ]);
  });

  it('claims no connection to a bare host, which none was made to', () => {
    const [line] = judge([entry(V6, { state: null }), entry(V4, { state: null })], V4, null);
    expect(line?.observed).toBe('all 2 addresses answer; a client would take 198.51.100.10, after 260 ms');
  });

  it.each<[string, Entry[], string, string, string | null]>([
    ['IPv6 dead, which a client tries first', [entry(V6, dead), entry(V4)], V4, 'fail', 'ipv6-broken'],
    ['IPv6 dead, which a client tries second', [entry(V4), entry(V6, dead)], V4, 'warn', 'ipv6-broken'],
    ['IPv4 dead, to which everything else went', [entry(V6), entry(V4, dead)], V4, 'fail', 'ipv4-broken'],
    ['IPv4 dead, to which nothing went', [entry(V6), entry(V4, dead)], V6, 'warn', 'ipv4-broken'],
    ['all of IPv6 dead, one of IPv4 too', [entry(V6, dead), entry(V4), entry(V6B, dead), entry(V4B, dead)], V4, 'fail', 'ipv6-broken'],
    ['IPv6 refused: it answers', [entry(V6, { state: 'closed', rttMs: null }), entry(V4)], V4, 'pass', null],
    ['no route to IPv6: the machine has none, and nothing is broken', [entry(V4), entry(V6, untried)], V4, 'pass', null],
    ['one of two IPv6 addresses dead', [entry(V6, dead), entry(V4), entry(V6B)], V4, 'warn', 'connectivity-intermittent'],
    ['one of two IPv4 addresses dead', [entry(V4), entry(V4B, dead)], V4, 'warn', 'connectivity-intermittent'],
    ['none answers: not a matter of one address', [entry(V6, dead), entry(V4, dead)], V4, 'skip', null],
  ])('%s', (_, addresses, chosen, status, code) => {
    expect(judge(addresses, chosen)[0]).toMatchObject({ id: 'l3.addresses@app.example.net:443', status, code });
  });

  it('says what was not tried, and why', () => {
    expect(judge([entry(V4), entry(V6, untried)])[0]?.observed).toContain('1 not tried (ENETUNREACH)');
  });

  it.each([
    ['closed', 'port-closed'],
    ['filtered', 'port-filtered'],
    ['rejected', 'port-rejected'],
  ] as const)('warns of a port that is %s at one address alone', (state, code) => {
    expect(judge([entry(V6, { state, rttMs: null }), entry(V4)])[1]).toMatchObject({
      id: 'l4.addresses@app.example.net:443',
      layer: 4,
      status: 'warn',
      code,
      observed: `${state} at ${V6}, open at ${V4}`,
    });
  });

  it('passes a port that one loopback address refuses while the other is open, as with any server of this machine alone', () => {
    const refused = { state: 'closed', rttMs: null, failure: 'ECONNREFUSED' } as const;
    expect(judge([entry('::1', refused), entry('127.0.0.1')], '127.0.0.1', 8000)[1]).toMatchObject({
      status: 'pass',
      code: null,
      observed: 'open at 127.0.0.1; refused at once at ::1, and clients go on to the next',
    });
    expect(judge([entry('::1', { ...refused, state: 'rejected' }), entry('127.0.0.1')], '127.0.0.1', 8000)[1]?.status).toBe('warn');
    expect(judge([entry('::1', refused), entry(V4)], V4, 8000)[1]?.status).toBe('warn');
  });

  it('has nothing to say of a port that is the same everywhere, or where the address itself is dead', () => {
    expect(judge([entry(V6, { state: 'closed' }), entry(V4, { state: 'closed' })])).toHaveLength(1);
    expect(judge([entry(V6, dead), entry(V4)])).toHaveLength(1);
  });

  it('skips what was not measured', () => {
    const attempt = skipped('interrupted');
    const { data } = addressesNotTried(V4, attempt);
    const made = {
      id: 'm3',
      probe: 'addresses',
      target: 'a',
      method: null,
      startedAt: '',
      durationMs: 0,
      stalledMs: null,
      attempt,
      data,
    } as const;
    expect(addressesProbe.judge(made, { policy: DEFAULT_POLICY })).toMatchObject([{ status: 'skip', because: 'interrupted' }]);
  });
});
