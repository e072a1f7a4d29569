import { describe, expect, it } from 'vitest';
import { type Attempt, failed, measured, unanswered } from '../../../src/model/attempt.js';
import { portsData } from '../../../src/model/data/transport.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { PLATFORM_POLICY } from '../../../src/model/profiles/platform.js';
import type { TcpConnected } from '../../../src/net/port.js';
import { portsProbe } from '../../../src/probes/ports/index.js';
import { fakeNetwork } from '../../fakes/network.js';

const PORTS = [{ port: 443, required: true }];
const WHAT = { port: 443, protocol: 'tcp', service: 'https', required: true, rejectedBy: null, tries: 1, banner: null, tls: null };

/** What comes of one required port, with each connect ending as it is told; then silence. */
async function measure(outcomes: Attempt<TcpConnected>[] | Record<number, Attempt<TcpConnected>>, ports = PORTS, policy = DEFAULT_POLICY) {
  const network = fakeNetwork({
    tcp: (index, port) => ({
      afterMs: 1,
      outcome: (Array.isArray(outcomes) ? outcomes[index] : outcomes[port]) ?? unanswered('connect', 1500),
    }),
  });
  const plan = {
    address: '192.0.2.10',
    ports,
    udp: [],
    timeoutMs: 1500,
    concurrency: 1,
    banner: false,
    firstWord: null,
    servername: null,
    origin: {},
  };
  const observation = await portsProbe.measure(plan, { network, signal: new AbortController().signal });
  portsData.parse(observation.data);
  const { attempt } = observation;
  const checks = portsProbe.judge(
    {
      ...observation,
      id: 'm1',
      probe: 'ports',
      target: 'app.example.net:443',
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      stalledMs: 0,
      attempt: attempt.kind === 'measured' ? { kind: 'measured' } : attempt,
    },
    { policy },
  );
  return { ...observation, checks, connects: network.sent.tcp.length };
}

function connected(connectMs: number, kernel: { rttMs: number; retransmissions: number } | null): Attempt<TcpConnected> {
  return measured({ connectMs, kernel: kernel === null ? null : { sendMssBytes: 1448, pathMtuBytes: 1500, ...kernel } });
}

const refusedBy = (code: string) => failed('connect', code, `it is ${code}`);

describe('a port', () => {
  it('is open, with the round trip of the kernel where it tells', async () => {
    const { attempt, data, checks } = await measure([connected(21, { rttMs: 20, retransmissions: 0 })]);
    expect(attempt).toEqual(measured(null));
    expect(data.ports).toEqual([{ ...WHAT, state: 'open', latencyMs: 20, retransmissions: 0, reason: 'accepted' }]);
    const budget = { metric: 'tcpConnectMs', value: 20, unit: 'ms', acceptable: 300 };
    expect(checks).toMatchObject([{ id: 'l4.port@app.example.net:443', status: 'pass', code: null, observed: 'open, 20 ms', budget }]);
  });

  it('is open, with the time on the process clock and no count where the kernel does not tell', async () => {
    const { data, checks } = await measure([connected(700, null)]);
    expect(data.ports).toEqual([{ ...WHAT, state: 'open', latencyMs: 700, retransmissions: null, reason: 'accepted' }]);
    expect(checks).toMatchObject([{ status: 'warn', code: 'latency-high' }]);
  });

  it.each([
    [1, 'open after 1020 ms: segments were sent anew once'],
    [2, 'open after 1020 ms: segments were sent anew 2 times'],
  ])('is open after a SYN that was lost (%i): the wait is no long round trip', async (retransmissions, observed) => {
    const { data, checks } = await measure([connected(1020, { rttMs: 0.04, retransmissions })]);
    expect(data.ports).toMatchObject([{ state: 'open', latencyMs: 1020, retransmissions }]);
    expect(checks).toMatchObject([{ status: 'warn', code: 'tcp-retransmissions' }]);
    expect(checks[0]?.observed?.replace('1.02 s', '1020 ms')).toBe(observed);
    expect(checks[0]).not.toHaveProperty('budget');
  });

  it('of a database is held against grades of its own where a profile has them', async () => {
    const ports = [443, 5432].map((port) => ({ port, required: true }));
    const { checks } = await measure({ 443: connected(60, null), 5432: connected(60, null) }, ports, PLATFORM_POLICY);
    expect(checks.map(({ status, expected, budget }) => [status, expected, budget?.metric])).toEqual([
      ['pass', 'open, under 100 ms', 'tcpConnectMs'],
      ['warn', 'open, under 50 ms', 'databaseConnectMs'],
    ]);
  });

  it.each(['ECONNRESET', 'EPIPE'])('is open and reset at once: %s', async (code) => {
    const { attempt, data, checks, connects } = await measure([refusedBy(code)]);
    expect(attempt).toEqual(measured(null));
    expect(data.ports).toEqual([{ ...WHAT, state: 'open', latencyMs: null, retransmissions: null, reason: code }]);
    expect(checks).toMatchObject([{ status: 'fail', code: 'tcp-reset', observed: 'open, then reset at once' }]);
    expect(connects).toBe(1);
  });

  it('is closed, and no more is claimed than a refusal', async () => {
    const { data, checks } = await measure([refusedBy('ECONNREFUSED')]);
    expect(data.ports).toEqual([{ ...WHAT, state: 'closed', latencyMs: null, retransmissions: null, reason: 'refused' }]);
    expect(checks).toMatchObject([{ status: 'fail', code: 'port-closed', observed: 'closed: connection refused' }]);
  });

  it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ENOPROTOOPT', 'EACCES', 'EHOSTDOWN'])('is rejected: %s', async (code) => {
    const { data, checks } = await measure([refusedBy(code)]);
    expect(data.ports).toMatchObject([{ state: 'rejected', latencyMs: null, retransmissions: null, reason: code }]);
    expect(checks).toMatchObject([{ status: 'fail', code: 'port-rejected', observed: `rejected on the way (${code})` }]);
  });

  it('is filtered after silence, twice', async () => {
    const { data, checks, connects } = await measure([]);
    expect(data.ports).toMatchObject([{ state: 'filtered', reason: 'silence (2 tries)' }]);
    expect(checks).toMatchObject([{ status: 'fail', code: 'port-filtered' }]);
    expect(connects).toBe(2);
  });

  it('of a survey may be what it is', async () => {
    const surveyed = [22, 80, 443].map((port) => ({ port, required: false }));
    const outcomes = { 22: refusedBy('ECONNREFUSED'), 80: refusedBy('ECONNRESET'), 443: connected(5, null) };
    const { checks } = await measure(outcomes, surveyed);
    expect(checks).toMatchObject([{ status: 'pass', observed: '2 open, 1 closed (open: 80, 443)' }]);
  });
});

describe('a failure of this machine', () => {
  it.each([
    ...['EINVAL', 'EPERM', 'ENETDOWN', 'EAFNOSUPPORT'].map(refusedBy),
    failed('configure', 'EACCES', 'the source address or the port cannot be used'),
  ])('gives no state: %j', async (failure) => {
    const two = [...PORTS, { port: 444, required: true }];
    const { attempt, data, checks, connects } = await measure([failure], two);
    expect(attempt).toMatchObject({ kind: 'failed', step: 'connect', code: failure.kind === 'failed' ? failure.code : '' });
    expect(data.ports).toEqual([]);
    expect(connects).toBe(1);
    expect(checks).toMatchObject([{ id: 'l4.ports@app.example.net:443', status: 'skip', code: null }]);
  });

  it.each(['EMFILE', 'ENFILE', 'ENOBUFS'])('that may pass is waited for: %s', async (code) => {
    const { attempt, data } = await measure([refusedBy(code), refusedBy(code), connected(5, null)]);
    expect(attempt).toEqual(measured(null));
    expect(data.ports).toMatchObject([{ state: 'open', tries: 1 }]);
  });

  it('that stays is told, and no port is called anything', async () => {
    const { attempt, data } = await measure(Array(20).fill(refusedBy('EMFILE')));
    expect(attempt).toMatchObject({ kind: 'failed', code: 'EMFILE', message: 'no file descriptor is left for this process' });
    expect(data.ports).toEqual([]);
  });

  it('that meets the only port, or the last one, is no silence of it', async () => {
    const only = await measure([refusedBy('EPERM')]);
    expect(only.attempt).toMatchObject({ kind: 'failed', code: 'EPERM' });
    expect(only.data.ports).toEqual([]);
    expect(only.checks).toMatchObject([{ id: 'l4.ports@app.example.net:443', status: 'skip' }]);
    const last = await measure([connected(5, null), refusedBy('EPERM')], [...PORTS, { port: 444, required: true }]);
    expect(last.attempt).toMatchObject({ kind: 'failed', code: 'EPERM' });
    expect(last.data.ports.map(({ state }) => state)).toEqual(['open']);
  });

  it.each(['EADDRNOTAVAIL', 'EADDRINUSE'])('is told where no local port is left: %s', async (code) => {
    const { checks } = await measure(Array(20).fill(refusedBy(code)));
    expect(checks).toMatchObject([{ status: 'fail', code: 'ephemeral-ports-exhausted' }]);
  });
});
