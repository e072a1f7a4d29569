import { describe, expect, it } from 'vitest';
import { blameInterceptor } from '../../src/diagnosis/interception-evidence.js';
import type { Measurement } from '../../src/model/measurement.js';
import type { Check } from '../../src/model/report.js';
import { line } from './check-lines.js';

interface Seen {
  target: string;
  issuer?: string;
  trusted?: boolean;
  code?: string;
}

function codesOf(seen: readonly Seen[]): (string | null)[] {
  const measurements = seen.map(({ target, issuer = 'CN=Box', trusted = false }, index) => ({
    id: `m${index}`,
    probe: 'tls',
    target,
    data: { trusted, chain: [{ subject: `CN=${target}`, issuer }] },
  })) as unknown as Measurement[];
  const checks = seen.map(
    ({ target, trusted = false, code = 'cert-untrusted' }, index): Check =>
      line(trusted ? `pass l6.certificate@${target}` : `fail l6.certificate@${target} ${code}`, { measurements: [`m${index}`] }),
  );
  return blameInterceptor(checks, measurements).map((check) => check.code);
}

describe('one unknown authority', () => {
  it('behind services of different domains is somebody who breaks in', () => {
    expect(codesOf([{ target: 'app.example.net:443' }, { target: 'www.example.org:443' }])).toEqual(['tls-intercepted', 'tls-intercepted']);
  });

  it.each<[string, readonly Seen[]]>([
    ['of one domain', [{ target: 'app.example.net:443' }, { target: 'www.example.net:8443' }]],
    ['of one domain below a public one', [{ target: 'app.firm.co.uk:443' }, { target: 'www.firm.co.uk:443' }]],
    ['of a single service', [{ target: 'app.example.net:443' }]],
    ['of addresses, which belong to nobody by name', [{ target: '192.0.2.1:443' }, { target: '198.51.100.1:443' }]],
    ['of names of this network', [{ target: 'nas:443' }, { target: 'printer:443' }]],
    [
      'of some services beside one that is trusted',
      [{ target: 'a.example:443' }, { target: 'b.test:443' }, { target: 'c.invalid:443', trusted: true }],
    ],
    ['that is a different one for each', [{ target: 'app.example.net:443' }, { target: 'www.example.org:443', issuer: 'CN=Other' }]],
  ])('says nothing %s', (_what, seen) => {
    expect(codesOf(seen)).toEqual(seen.map(({ trusted = false }) => (trusted ? null : 'cert-untrusted')));
  });

  it('leaves other faults of the certificates alone', () => {
    expect(codesOf([{ target: 'app.example.net:443', code: 'cert-expired' }, { target: 'www.example.org:443' }])).toEqual([
      'cert-expired',
      'tls-intercepted',
    ]);
  });
});
