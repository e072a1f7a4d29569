import { expect, it } from 'vitest';
import { failed, measured, skipped } from '../../../src/model/attempt.js';
import { tlsData } from '../../../src/model/data/tls.js';
import { attemptSchema } from '../../../src/model/measurement.js';
import { parseTarget, type Target } from '../../../src/model/target.js';
import type { TlsObservation, TlsOptions, TlsOutcome } from '../../../src/net/port.js';
import { tlsProbe } from '../../../src/probes/tls/index.js';
import { planTls, type TlsPlan } from '../../../src/probes/tls/plan.js';
import { fakeNetwork } from '../../fakes/network.js';
import { LEAF } from './observations.js';

const SECRET = '-----BEGIN PRIVATE KEY----- secret';
const OPTIONS = { servername: null, ca: ['CA'], cert: 'CERT', key: SECRET, pins: [], timeoutMs: 2000 };
/** Nothing beside the one handshake. */
const PLAIN = { enumerate: null, startTls: null, sendServername: true, resumption: false, rules: null };
const SHOWN: TlsObservation = {
  tcpMs: 1,
  handshakeMs: 2,
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  group: null,
  alpn: null,
  trusted: true,
  trustError: null,
  hostnameMatches: true,
  chain: [LEAF],
  pin: 'sha256//AAAA',
};

function target(text: string): Target {
  const outcome = parseTarget(text);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.target;
}

function plan(text: string, parts: Partial<typeof OPTIONS> | { pins: string[] } = {}): TlsPlan {
  const made = planTls(target(text), '192.0.2.10', { ...OPTIONS, ...parts }, { source: '192.0.2.1' });
  if (made === null) throw new Error('no plan');
  return made;
}

async function measure(outcome: TlsOutcome, made = plan('tls://app.example.net:8883')) {
  const asked: TlsOptions[] = [];
  const network = {
    ...fakeNetwork(),
    tls: {
      handshake: async (options: TlsOptions) => {
        asked.push(options);
        return outcome;
      },
    },
  };
  const { signal } = new AbortController();
  const observation = await tlsProbe.measure(made, { network, signal });
  // What goes into a report is what the schema knows, and nothing that was secret.
  tlsData.parse(observation.data);
  attemptSchema.parse(observation.attempt.kind === 'measured' ? { kind: 'measured' } : observation.attempt);
  expect(JSON.stringify(observation)).not.toContain('secret');
  return { observation, asked };
}

it.each([
  ['https://app.example.net', 'app.example.net', 443, ['h2', 'http/1.1']],
  ['wss://app.example.net:8443/stream', 'app.example.net', 8443, ['http/1.1']],
  ['app.example.net:443', 'app.example.net', 443, ['h2', 'http/1.1']],
  ['app.example.net:993', 'app.example.net', 993, []],
  ['[fe80::1%eth0]:443', 'fe80::1', 443, ['h2', 'http/1.1']],
])('plans %s', (text, servername, port, alpn) => {
  const { address, origin, timeoutMs, ...made } = plan(text);
  expect(made).toEqual({ port, servername, alpn, ca: ['CA'], cert: 'CERT', key: SECRET, pins: [], ...PLAIN });
  expect({ address, origin, timeoutMs }).toEqual({ address: '192.0.2.10', origin: { source: '192.0.2.1' }, timeoutMs: 2000 });
});

it('plans another name where one was given, and nothing without a port', () => {
  expect(planTls(target('192.0.2.10:443'), '192.0.2.10', { ...OPTIONS, servername: 'app.example.net' }, {})?.servername).toBe(
    'app.example.net',
  );
  expect(planTls(target('app.example.net'), '192.0.2.10', OPTIONS, {})).toBe(null);
});

it.each([
  ['mail.example.net:25', {}, null],
  ['mail.example.net:25', { startTlsByPort: true }, 'smtp'],
  ['db.example.net:5432', { startTlsByPort: true }, 'postgres'],
  ['app.example.net:443', { startTlsByPort: true }, null],
  ['mail.example.net:25', { startTlsByPort: true, startTls: 'imap' as const }, 'imap'],
  ['mail.example.net:2525', { startTls: 'smtp' as const }, 'smtp'],
])('starts TLS at %s, asked for %j, by %s', (text, parts, startTls) => {
  expect(planTls(target(text), '192.0.2.10', { ...OPTIONS, ...parts }, {})?.startTls).toBe(startTls);
});

it('measures what was planned', async () => {
  const { observation, asked } = await measure(measured(SHOWN));
  expect(asked).toMatchObject([
    { address: '192.0.2.10', port: 8883, servername: 'app.example.net', key: SECRET, source: '192.0.2.1', timeoutMs: 2000 },
  ]);
  expect(observation).toMatchObject({ attempt: { kind: 'measured' }, method: 'tls' });
  expect(observation.data).toMatchObject({
    address: '192.0.2.10',
    protocol: 'TLSv1.3',
    clientCertificateRequested: null,
    pinMatches: null,
    anchorsGiven: true,
  });
});

it.each([
  [['sha256//BBBB', 'sha256//AAAA'], 'sha256//AAAA', true],
  [['sha256//BBBB'], 'sha256//AAAA', false],
  [['sha256//BBBB'], null, null],
])('compares pins %j with %s', async (pins, pin, matches) => {
  const { observation } = await measure(measured({ ...SHOWN, pin }), plan('app.example.net:443', { pins }));
  expect(observation.data.pinMatches).toBe(matches);
});

it('keeps what a failed handshake had shown', async () => {
  const { observation } = await measure({
    ...failed('handshake', 'client-certificate-required', 'why'),
    reached: { ...SHOWN, clientCertificateRequested: true },
  });
  expect(observation.attempt).toEqual({ kind: 'failed', step: 'handshake', code: 'client-certificate-required', message: 'why' });
  expect(observation.data).toMatchObject({ protocol: 'TLSv1.3', chain: [LEAF], clientCertificateRequested: true });
});

it('leaves null what was not measured', async () => {
  const { observation } = await measure(failed('connect', 'ECONNREFUSED', 'connection refused'));
  expect(observation.data).toMatchObject({
    address: '192.0.2.10',
    servername: 'app.example.net',
    protocol: null,
    handshakeMs: null,
    trusted: null,
    chain: [],
  });
  const notTried = tlsProbe.notTried(null, skipped('why'));
  expect(notTried).toMatchObject({ attempt: { kind: 'skipped', because: 'why' }, method: null, data: { address: null, trusted: null } });
  tlsData.parse(notTried.data);
});
