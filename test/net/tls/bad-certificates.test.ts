import { once } from 'node:events';
import tls from 'node:tls';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../../src/diagnosis/causes/index.js';
import { reason } from '../../../src/diagnosis/reason.js';
import { tlsData } from '../../../src/model/data/tls.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { parseTarget } from '../../../src/model/target.js';
import { systemClock } from '../../../src/net/clock.js';
import { createTls } from '../../../src/net/tls/tls.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { tlsProbe } from '../../../src/probes/tls/index.js';
import { planTls } from '../../../src/probes/tls/plan.js';
import { badCertificates } from '../../fakes/bad-certificates.mjs';
import { listen } from '../../fakes/loopback-server.js';
import { fakeNetwork } from '../../fakes/network.js';

const CORPUS = badCertificates();
const FACTS = () => ({ interface: null, gateway: null, platform: 'linux' });

/** The codes of the diagnosis, the root cause first. */
async function diagnose(one: (typeof CORPUS)[number]) {
  const server = tls.createServer({ cert: one.chain.join(''), key: one.key, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (socket) => socket.on('error', () => {}).resume());
  if (one.staple !== null) server.on('OCSPRequest', (_leaf, _issuer, answer) => answer(null, one.staple));
  const { port, close } = await listen(server);
  try {
    const target = parseTarget(`tls://127.0.0.1:${port}`);
    if (!target.ok) throw new Error(target.reason);
    const options = { servername: one.servername, ca: [one.ca], cert: null, key: null, pins: [], timeoutMs: 8000 };
    const plan = planTls(target.target, '127.0.0.1', options, {});
    if (plan === null) throw new Error('no plan');
    const network = {
      ...fakeNetwork(),
      tls: createTls(
        systemClock,
        createTrustStore(() => []),
      ),
    };
    const startedAt = new Date().toISOString();
    const observed = await tlsProbe.measure(plan, { network, signal: new AbortController().signal });
    tlsData.parse(observed.data);
    const measurement = {
      id: 'm1',
      probe: 'tls',
      target: target.target.id,
      startedAt,
      durationMs: 1,
      stalledMs: 0,
      ...observed,
    } as MeasurementOf<'tls'>;
    const checks = tlsProbe.judge(measurement, { policy: DEFAULT_POLICY });
    const { diagnosis } = reason(checks, CAUSES, FACTS);
    return { data: observed.data, codes: diagnosis.map(({ code }) => code), checks };
  } finally {
    await close();
    if (server.listening) await once(server, 'close');
  }
}

describe('a bad certificate is named by its own code', () => {
  it.each(CORPUS.map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const { codes, data } = await diagnose(one);
    if (one.code === null) expect(codes).toEqual([]);
    else expect(codes[0], `${data.trustError} ${JSON.stringify(data.pathFaults)} ${JSON.stringify(data.chainFaults)}`).toBe(one.code);
    // The names are compared as ever: what explains why they do not match stands in front. Nothing else is said.
    const beside = codes.slice(1).filter((code) => code !== 'cert-hostname-mismatch');
    expect(beside).toEqual([]);
  });

  it('there are all codes of certificates, but for those that need a public authority or a time', () => {
    const named = new Set(CORPUS.map(({ code }) => code));
    const others = Object.keys(CAUSES).filter((code) => code.startsWith('cert-') && !named.has(code));
    expect(others).toEqual(['cert-expiring', 'cert-pin-mismatch', 'cert-lifetime-too-long'].filter((code) => others.includes(code)));
  });
});
