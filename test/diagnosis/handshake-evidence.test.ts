import { describe, expect, it } from 'vitest';
import { weighHandshakes } from '../../src/diagnosis/handshake-evidence.js';
import type { Code } from '../../src/model/code.js';
import type { DataOf, Measurement } from '../../src/model/measurement.js';
import type { Check } from '../../src/model/report.js';

type Outcome = DataOf<'handshake-variants'>['variants'][number]['outcome'];
const TARGET = 'app.example.net:443';

function handshake(code: Code, target = TARGET): Check {
  return {
    id: `l6.handshake@${target}`,
    layer: 6,
    title: 'TLS handshake',
    target,
    status: 'fail',
    code,
    observed: 'it ended',
    expected: null,
    remedy: null,
    because: null,
    measurements: ['m1'],
  };
}

function variants(outcomes: Record<string, Outcome>): Measurement {
  const data = {
    address: '192.0.2.10',
    port: 443,
    servername: 'app.example.net',
    variants: Object.entries(outcomes).map(([name, outcome]) => ({ name, helloBytes: 300, outcome, detail: null })),
  } as DataOf<'handshake-variants'>;
  return {
    id: 'm2',
    probe: 'handshake-variants',
    target: TARGET,
    method: 'tls',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt: { kind: 'measured' },
    data,
  };
}

const weigh = (code: Code, outcomes: Record<string, Outcome>) => weighHandshakes([handshake(code)], [variants(outcomes)])[0];

it('says that a silent handshake fails for its name alone', () => {
  const made = weigh('service-silent', {
    usual: 'silent',
    large: 'silent',
    'without-name': 'hello',
    'other-name': 'hello',
    tls12: 'silent',
  });
  expect(made).toMatchObject({ code: 'tls-handshake-failed', measurements: ['m1', 'm2'] });
  expect(made?.observed).toContain('filters by the name');
});

it('leaves a reset what it is, and says of whom it is the more likely', () => {
  const made = weigh('tcp-reset', { usual: 'reset', large: 'reset', 'without-name': 'hello', 'other-name': 'hello', tls12: 'reset' });
  expect(made).toMatchObject({ code: 'tcp-reset', observed: expect.stringContaining('a device on the way') });
});

it('knows a server of plain HTTP that closes without a word', () => {
  expect(weigh('tls-handshake-failed', { usual: 'closed', large: 'closed', plain: 'http' })).toMatchObject({ code: 'tls-not-spoken' });
});

it('changes nothing of other targets, of other faults, and without a finding', () => {
  const other = handshake('service-silent', 'other.example.net:443');
  const certificate = handshake('tls-client-certificate-required');
  const made = [variants({ usual: 'silent', 'without-name': 'hello', tls12: 'silent' })];
  expect(weighHandshakes([other, certificate], made)).toEqual([other, certificate]);
  expect(weigh('service-silent', { usual: 'unconnected' })).toEqual(handshake('service-silent'));
});

describe('a handshake that is over only after it was given up elsewhere', () => {
  const silent = {
    ...variants({}),
    id: 'm1',
    probe: 'tls',
    attempt: { kind: 'unanswered', step: 'handshake', waitedMs: 2990 },
    data: { address: '192.0.2.10' },
  } as Measurement;
  const phases = (tlsMs: number) => ({ ...variants({}), id: 'm3', probe: 'phases', data: { tlsMs } }) as Measurement;

  it('is slow, and not silent', () => {
    const made = weighHandshakes([handshake('service-silent')], [silent, phases(4003)])[0];
    expect(made).toMatchObject({ code: 'tls-handshake-slow', status: 'fail', measurements: ['m1', 'm3'] });
    expect(made?.observed).toBe('4.00 s, of which nothing is heard for 2.99 s');
  });

  it('is not slow where another one was quick', () => {
    const check = handshake('service-silent');
    expect(weighHandshakes([check], [silent, phases(40)])).toEqual([check]);
  });
});
