import { describe, expect, it } from 'vitest';
import type { Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { judgePortalBeside } from '../../../src/probes/captive-portal/judge.js';

const PAGE = '198.51.100.66';
const ENVELOPE = { startedAt: '2026-11-22T10:00:00.000Z', durationMs: 5, stalledMs: 0, attempt: { kind: 'measured' as const } };

const page: MeasurementOf<'captive-portal'> = {
  ...ENVELOPE,
  id: 'm1',
  target: null,
  probe: 'captive-portal',
  method: 'tcp',
  data: {
    reference: 'Firefox',
    url: 'http://detectportal.firefox.com/success.txt',
    address: PAGE,
    expected: 'status 200 and the known text',
    status: 200,
    asExpected: false,
    sign: 'other-content',
    portal: null,
    api: null,
    privateAddress: false,
    totalMs: 5,
  },
};

function said(name: string, address: string | null, from: 'system' | 'well-known'): Measurement {
  const data = {
    server: from === 'system' ? '192.0.2.1' : '1.1.1.1',
    transport: 'udp',
    name,
    type: 'A',
    rcode: address === null ? 'NXDOMAIN' : 'NOERROR',
    queryMs: 5,
    flags: null,
    answers: address === null ? [] : [{ name, type: 'A', ttl: 60, data: address }],
    dnssec: null,
    attempts: 1,
    from,
  };
  return { ...ENVELOPE, id: `${from} ${name}`, target: null, probe: 'dns', method: 'udp', data } as Measurement;
}

const stranger = {
  ...ENVELOPE,
  id: 'm2',
  target: 'app.example.net:443',
  probe: 'tls',
  data: { address: PAGE, hostnameMatches: false, trusted: true },
} as unknown as Measurement;

const codes = (others: readonly Measurement[]) => judgePortalBeside(page, others).map(({ code }) => code);

describe('another page than the known one', () => {
  it('is that of a portal where other certificates are met, too', () => {
    expect(codes([])).toEqual([]);
    expect(codes([stranger])).toEqual(['captive-portal']);
  });

  it('is none where it stands at an address that the resolver makes up, and others are heard that do not', () => {
    const madeUp = said('netdiag-0.invalid', PAGE, 'system');
    expect(codes([stranger, madeUp, said('app.example.net', null, 'well-known')])).toEqual([]);
    expect(codes([stranger, madeUp])).toEqual(['captive-portal']);
    // Who answers in the place of others answers alike.
    expect(codes([stranger, madeUp, said('app.example.net', PAGE, 'well-known')])).toEqual(['captive-portal']);
    expect(codes([stranger, said('netdiag-0.invalid', null, 'system'), said('app.example.net', null, 'well-known')])).toEqual([
      'captive-portal',
    ]);
  });
});
