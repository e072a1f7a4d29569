import { describe, expect, it } from 'vitest';
import { failed, measured, skipped, unanswered } from '../../../src/model/attempt.js';
import { phasesData } from '../../../src/model/data/transport.js';
import type { PhasesOptions } from '../../../src/model/probe-options.js';
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

function plan(text: string, dnsMs: number | null = 1, options: Partial<PhasesOptions> = {}): PhasesPlan {
  const made = planPhases(target(text), '192.0.2.10', dnsMs, { timeoutMs: 3000, ...options }, null, {});
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
      session: fakeNetwork().http.session,
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

const DATED = { date: 'Sun, 22 Nov 2026 00:02:00 GMT', age: null, headMs: 40, atMs: Date.UTC(2026, 10, 22) };

describe('the phases', () => {
  it('of a request are all four, and their sum', async () => {
    const asked: HttpOptions[] = [];
    const observation = await measure(
      plan('https://user:secret@app.example.net/a?token=secret'),
      http({ tcpMs: 10, tlsMs: 20, ttfbMs: 30, status: 200, dated: DATED }, asked),
    );
    const phases = { dnsMs: 1, tcpMs: 10, tlsMs: 20, ttfbMs: 30, totalMs: 61, httpStatus: 200, tcpClock: 'user' };
    expect(observation).toEqual({
      attempt: { kind: 'measured', value: null },
      method: 'https',
      data: {
        address: '192.0.2.10',
        ...phases,
        count: 1,
        completed: 1,
        distribution: null,
        statuses: [{ status: 200, count: 1 }],
        runs: [{ ...phases, stalledMs: 0, failure: null }],
        // Its second ends 1000 ms after the one that is written; the request left 40 ms before the head was there.
        clock: { serverTime: '2026-11-22T00:02:00.000Z', offsetMs: 120_520, uncertaintyMs: 520, ageSeconds: null },
      },
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
    const failing = { session: fakeNetwork().http.session, firstByte: async () => ({ outcome, reached: { tcpMs: 10, tlsMs: null } }) };
    const { attempt, data } = await measure(plan('https://app.example.net'), { http: failing });
    expect(attempt).toEqual(outcome);
    expect(data).toMatchObject({ address: '192.0.2.10', dnsMs: 1, tcpMs: 10, tlsMs: null, ttfbMs: null, totalMs: null, httpStatus: null });
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

describe('several exchanges', () => {
  const timed = (times: readonly number[], network = fakeNetwork()) => {
    const starts: number[] = [];
    const connect: Network['tcp']['connect'] = async ({ signal }) => {
      starts.push(network.clock.nowMs());
      const connectMs = times[starts.length - 1] ?? 10;
      await network.clock.sleep(connectMs, signal);
      return signal.aborted ? skipped('interrupted') : measured({ connectMs, kernel: null });
    };
    return { network: { ...network, tcp: { connect } }, starts };
  };

  it('start an interval apart, or behind each other where they take longer, and give medians and a spread', async () => {
    const { network, starts } = timed([10, 250, 30, 20, 40]);
    const made = plan('app.example.net:22', null, { count: 5, intervalMs: 100 });
    const { data } = await phasesProbe.measure(made, { network, signal: new AbortController().signal });
    phasesData.parse(data);
    expect(starts).toEqual([0, 100, 350, 450, 550]);
    expect(data).toMatchObject({ count: 5, completed: 5, tcpMs: 30, totalMs: 30, dnsMs: null });
    expect(data.distribution).toMatchObject({ dnsMs: null, tlsMs: null, tcpMs: { min: 10, p50: 30, p95: 250, max: 250 } });
    expect(data.runs.map(({ tcpMs }) => tcpMs)).toEqual([10, 250, 30, 20, 40]);
  });

  it('look the name up again, so that the spread of DNS is one; the first has the time of the first lookup', async () => {
    const { network } = timed([]);
    const asked: unknown[] = [];
    const elapsed = [5, 7];
    const names = {
      ...network.names,
      resolve: async (host: string, { family }: { family: unknown }) => {
        asked.push([host, family]);
        return { outcome: measured({ addresses: ['203.0.113.1'], elapsedMs: elapsed[asked.length - 1] ?? 0 }), queries: [] };
      },
    };
    const made = plan('app.example.net:22', 40, { count: 3, intervalMs: 10, lookup: { family: 4 } });
    const { data } = await phasesProbe.measure(made, { network: { ...network, names }, signal: new AbortController().signal });
    expect(asked).toEqual([
      ['app.example.net', 4],
      ['app.example.net', 4],
    ]);
    expect(data).toMatchObject({ address: '192.0.2.10', dnsMs: 7, distribution: { dnsMs: { min: 5, max: 40 } } });
  });

  it('without another lookup claim no spread of DNS', async () => {
    const { network } = timed([]);
    const made = plan('app.example.net:22', 40, { count: 3, intervalMs: 10 });
    const { data } = await phasesProbe.measure(made, { network, signal: new AbortController().signal });
    expect(data).toMatchObject({ dnsMs: 40, distribution: { dnsMs: null, tcpMs: { min: 10 } } });
  });

  it('count those that fail, and are measured where one of them completed', async () => {
    const outcomes = [
      measured({ connectMs: 10, kernel: null }),
      failed('connect', 'ECONNREFUSED', 'refused'),
      measured({ connectMs: 20, kernel: null }),
    ];
    const network = fakeNetwork();
    const tcp = { connect: async () => outcomes.shift() ?? failed('connect', 'ECONNREFUSED', 'refused') };
    const made = plan('app.example.net:22', null, { count: 4, intervalMs: 10 });
    const { attempt, data } = await phasesProbe.measure(made, { network: { ...network, tcp }, signal: new AbortController().signal });
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({ count: 4, completed: 2, tcpMs: 10 });
    expect(data.runs.map(({ failure }) => failure)).toEqual([null, 'refused', null, 'refused']);
  });

  it.each([
    ['silence twice', unanswered('connect', 3000), 2],
    ['a certificate that cannot be used', failed('configure', 'EINVAL', 'why'), 1],
    ['credentials that are withheld', failed('request', 'credentials-withheld', 'why'), 1],
  ])('end early at %s, and nothing else', async (_, outcome, tries) => {
    let asked = 0;
    const tcp = {
      connect: async () => {
        asked++;
        return outcome;
      },
    };
    const made = plan('app.example.net:22', null, { count: 50, intervalMs: 10 });
    const { attempt, data } = await phasesProbe.measure(made, { network: { ...fakeNetwork(), tcp }, signal: new AbortController().signal });
    expect(attempt).toEqual(outcome);
    expect([asked, data.count, data.completed]).toEqual([tries, tries, 0]);
  });

  it('that an interrupt ends keep what came before it, and count no failure', async () => {
    const { network } = timed([]);
    const abort = new AbortController();
    network.clock.after(105, () => abort.abort());
    const made = plan('app.example.net:22', null, { count: 1000, intervalMs: 50 });
    const { attempt, data } = await phasesProbe.measure(made, { network, signal: abort.signal });
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({ count: 2, completed: 2 });
  });

  it('take the round trip of TCP from the kernel where it tells, unless a SYN was lost', async () => {
    const kernel = (retransmissions: number) => ({ rttMs: 8, sendMssBytes: 1448, pathMtuBytes: 1500, retransmissions });
    for (const [retransmissions, tcpMs, tcpClock] of [
      [0, 8, 'kernel'],
      [1, 1010, 'user'],
    ] as const) {
      const observed = { tcpMs: 1010, tlsMs: 1, ttfbMs: 1, status: 200, kernel: kernel(retransmissions) };
      expect((await measure(plan('https://app.example.net'), http(observed))).data).toMatchObject({ tcpMs, tcpClock });
    }
  });
});

describe('the front page of a port that was named alone', () => {
  const tcp = { connect: async () => measured({ connectMs: 10, kernel: null }) };

  it('is asked for where the port lets one expect the web, and nowhere else', () => {
    expect(plan('app.example.net:443', 1, { frontPageMs: 1000 })).toMatchObject({
      kind: 'tls',
      frontPageMs: 1000,
      host: 'app.example.net',
    });
    expect(plan('192.0.2.10:80', null, { frontPageMs: 1000 })).toMatchObject({ kind: 'tcp', frontPageMs: 1000, host: '192.0.2.10' });
    for (const text of ['app.example.net:993', 'app.example.net:8080', 'https://app.example.net', 'tcp://app.example.net:22'])
      expect(plan(text, 1, { frontPageMs: 1000 }).frontPageMs).toBeNull();
    expect(plan('app.example.net:443').frontPageMs).toBeNull();
  });

  it('adds its status, and changes no phase', async () => {
    const asked: HttpOptions[] = [];
    const made = plan('192.0.2.10:80', null, { frontPageMs: 500 });
    const { attempt, data } = await measure(made, {
      tcp,
      ...http({ tcpMs: 11, tlsMs: null, ttfbMs: 99, status: 502, dated: DATED }, asked),
    });
    expect(attempt).toEqual(measured(null));
    expect(data).toMatchObject({ tcpMs: 10, ttfbMs: null, totalMs: 10, httpStatus: 502, clock: { offsetMs: 120_520 } });
    expect(asked).toMatchObject([{ path: '/', secure: false, webSocket: false, timeoutMs: 520 }]);
  });

  it.each([unanswered('response', 500), failed('response', 'not-http', 'no HTTP')])(
    'that does not come says nothing: %j',
    async (outcome) => {
      const silent = { session: fakeNetwork().http.session, firstByte: async () => ({ outcome, reached: { tcpMs: 11, tlsMs: null } }) };
      const { attempt, data } = await measure(plan('192.0.2.10:80', null, { frontPageMs: 500 }), { tcp, http: silent });
      expect(attempt).toEqual(measured(null));
      expect(data).toMatchObject({ tcpMs: 10, httpStatus: null, completed: 1 });
    },
  );

  it('is not asked for where nothing was connected to', async () => {
    const asked: HttpOptions[] = [];
    const refused = { connect: async () => failed('connect', 'ECONNREFUSED', 'refused') };
    await measure(plan('192.0.2.10:80', null, { frontPageMs: 500 }), {
      tcp: refused,
      ...http({ tcpMs: 11, tlsMs: null, ttfbMs: 99, status: 200 }, asked),
    });
    expect(asked).toEqual([]);
  });
});
