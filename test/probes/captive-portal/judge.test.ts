import { describe, expect, it } from 'vitest';
import type { Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { judgePortalAtTarget, judgePortalBeside } from '../../../src/probes/captive-portal/judge.js';

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

describe('a page of a target that has a shut port', () => {
  const GATEWAYS = new Set(['10.1.0.1']);
  const at = (changes: Partial<typeof page.data>, addresses: readonly string[] = [], address = '10.2.0.2') =>
    judgePortalAtTarget({ ...page, target: 'https://nas.example.net', data: { ...page.data, address, ...changes } }, GATEWAYS, addresses);

  it('is that of a portal where it leads to the gateway, which is said of the network', () => {
    const redirect = { sign: 'redirect', status: 302, portal: 'http://10.1.0.1:8080/login' } as const;
    expect(at(redirect)).toMatchObject([
      {
        id: 'l7.captive-portal',
        target: null,
        code: 'captive-portal',
        observed: `redirected to the gateway of this network: ${redirect.portal}`,
      },
    ]);
    expect(at({ ...redirect, portal: 'http://login.example.net/' }, ['10.1.0.1'])).toHaveLength(1);
    expect(at({ ...redirect, portal: 'http://10.9.9.9/' }, [], '203.0.113.9')).toHaveLength(1);
    expect(at({ sign: 'network-authentication-required', status: 511 })).toHaveLength(1);
  });

  it('is a page as any other elsewhere: whatever it says, it was asked of a service that nobody named', () => {
    const redirect = { sign: 'redirect', status: 302 } as const;
    expect(at({ ...redirect, portal: 'http://10.2.0.9/' })).toEqual([]);
    expect(at({ ...redirect, portal: 'http://www.example.net/' }, ['10.2.0.9'])).toEqual([]);
    expect(at({ ...redirect, portal: 'http://10.1.0.1:8080/' }, [], '10.1.0.1')).toEqual([]);
    expect(at({ sign: 'other-content', status: 404 })).toEqual([]);
    expect(at({ sign: null, asExpected: true })).toEqual([]);
  });
});
