import { describe, expect, it } from 'vitest';
import { failed, measured, skipped } from '../../../src/model/attempt.js';
import { phasesData } from '../../../src/model/measurement.js';
import { parseTarget, type Target } from '../../../src/model/target.js';
import type { HttpObservation, HttpOptions, Network } from '../../../src/net/port.js';
import { phasesProbe } from '../../../src/probes/phases/index.js';
import { type PhasesPlan, planPhases } from '../../../src/probes/phases/plan.js';
import { fakeNetwork } from '../../fakes/network.js';

function target(text: string): Target {
  const outcome = parseTarget(text);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.target;
}

function plan(text: string, dnsMs: number | null = 1): PhasesPlan {
  const made = planPhases(target(text), '192.0.2.10', dnsMs, { timeoutMs: 3000 }, null, {});
  if (made === null) throw new Error('no plan');
  return made;
}

async function measure(made: PhasesPlan, parts: Partial<Network>) {
  const observation = await phasesProbe.measure(made, { network: { ...fakeNetwork(), ...parts }, signal: new AbortController().signal });
  phasesData.parse(observation.data);
  return observation;
}

function http(observation: HttpObservation, asked: HttpOptions[] = []): Partial<Network> {
  return {
    http: {
      firstByte: async (options) => {
        asked.push(options);
        return { outcome: measured(observation), reached: observation };
      },
    },
  };
}

describe('a plan', () => {
  it.each([
    [
      'https://app.example.net',
      { kind: 'http', secure: true, method: 'https', host: 'app.example.net', servername: 'app.example.net', path: '/' },
    ],
    [
      'http://app.example.net:8080/health?x=1',
      { kind: 'http', secure: false, method: 'http', host: 'app.example.net:8080', path: '/health?x=1' },
    ],
    ['wss://app.example.net/stream', { kind: 'websocket', secure: true, method: 'wss', path: '/stream' }],
    ['ws://[2001:db8::1]/', { kind: 'websocket', secure: false, host: '[2001:db8::1]', servername: '2001:db8::1' }],
    ['app.example.net:993', { kind: 'tls', secure: true, method: 'tls' }],
    ['app.example.net:22', { kind: 'tcp', secure: false, method: 'tcp' }],
  ])('for %s', (text, expected) => {
    expect(plan(text)).toMatchObject({ ...expected, headers: {} });
  });

  it('has credentials in a header alone', () => {
    expect(plan('https://us%C3%A9r:p%3Ass@app.example.net')).toMatchObject({
      headers: { authorization: `Basic ${Buffer.from('usér:p:ss').toString('base64')}` },
      host: 'app.example.net',
      path: '/',
    });
  });

  it('takes name, anchors and client certificate where they were given', () => {
    const tls = { servername: 'other.example', ca: ['CA'], cert: 'CERT', key: 'KEY' };
    const made = planPhases(target('https://192.0.2.10'), '192.0.2.10', null, { timeoutMs: 3000 }, tls, { interface: 'eth0' });
    expect(made).toMatchObject({ ...tls, host: '192.0.2.10', origin: { interface: 'eth0' } });
  });

  it('is none without a port', () => {
    expect(planPhases(target('app.example.net'), '192.0.2.10', 1, { timeoutMs: 3000 }, null, {})).toBe(null);
  });
});

describe('the phases', () => {
  it('of a request are all four, and their sum', async () => {
    const asked: HttpOptions[] = [];
    const observation = await measure(
      plan('https://user:secret@app.example.net/a?token=secret'),
      http({ tcpMs: 10, tlsMs: 20, ttfbMs: 30, status: 200 }, asked),
    );
    expect(observation).toEqual({
      attempt: { kind: 'measured', value: null },
      method: 'https',
      data: { address: '192.0.2.10', dnsMs: 1, tcpMs: 10, tlsMs: 20, ttfbMs: 30, totalMs: 61, httpStatus: 200 },
    });
    expect(asked).toMatchObject([{ path: '/a?token=secret', secure: true, webSocket: false }]);
    expect(JSON.stringify(observation)).not.toContain('secret');
  });

  it('of a request to an address are without DNS and, unencrypted, without TLS', async () => {
    const { data } = await measure(plan('ws://192.0.2.10', null), http({ tcpMs: 10, tlsMs: null, ttfbMs: 30, status: 101 }));
    expect(data).toMatchObject({ dnsMs: null, tcpMs: 10, tlsMs: null, ttfbMs: 30, totalMs: 40, httpStatus: 101 });
  });

  it('of TCP alone end there', async () => {
    const tcp = { connect: async () => measured({ connectMs: 10, kernel: null }) };
    expect((await measure(plan('app.example.net:22'), { tcp })).data).toMatchObject({ tcpMs: 10, tlsMs: null, ttfbMs: null, totalMs: 11 });
  });

  it('before a failure keep their times, and there is no sum', async () => {
    const outcome = failed('handshake', 'EOF', 'why');
    const failing = { firstByte: async () => ({ outcome, reached: { tcpMs: 10, tlsMs: null } }) };
    const { attempt, data } = await measure(plan('https://app.example.net'), { http: failing });
    expect(attempt).toEqual(outcome);
    expect(data).toEqual({ address: '192.0.2.10', dnsMs: 1, tcpMs: 10, tlsMs: null, ttfbMs: null, totalMs: null, httpStatus: null });
  });

  it('before a failed handshake that no HTTP was to follow keep theirs too', async () => {
    const handshake = async () => ({ ...failed('handshake', 'EOF', 'why'), tcpMs: 10 });
    const { attempt, data } = await measure(plan('app.example.net:993'), { tls: { handshake } });
    expect(attempt).toEqual(failed('handshake', 'EOF', 'why'));
    expect(data).toMatchObject({ tcpMs: 10, tlsMs: null, totalMs: null });
  });

  it('that were not tried are null', () => {
    const observation = phasesProbe.notTried(null, skipped('why'));
    phasesData.parse(observation.data);
    expect(observation).toMatchObject({ attempt: { kind: 'skipped' }, method: null, data: { address: null, tcpMs: null, totalMs: null } });
  });
});
