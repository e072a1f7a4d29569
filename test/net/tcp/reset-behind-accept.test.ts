import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { parseTarget } from '../../../src/model/target.js';
import type { Network } from '../../../src/net/port.js';
import { openNetwork } from '../../../src/net/real.js';
import { phasesProbe } from '../../../src/probes/phases/index.js';
import { planPhases } from '../../../src/probes/phases/plan.js';
import { portsProbe } from '../../../src/probes/ports/index.js';
import type { Observation } from '../../../src/probes/probe.js';
import { tlsProbe } from '../../../src/probes/tls/index.js';
import { planTls } from '../../../src/probes/tls/plan.js';

/** In a thread of its own, so that the reset can be here before we look whether connect(2) has succeeded. */
const RESETTING = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer((socket) => socket.resetAndDestroy());
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
/** Enough for each of the orders in which acceptance, request and reset can meet. */
const TIMES = 60;
const TIMEOUT_MS = 4000;

let worker: Worker;
let network: Network;
let port: number;

beforeAll(async () => {
  worker = new Worker(RESETTING, { eval: true });
  [port] = await once(worker, 'message');
  network = await openNetwork();
});
afterAll(async () => {
  network.close();
  await worker.terminate();
});

function target(scheme: string) {
  const outcome = parseTarget(`${scheme}://127.0.0.1:${port}`);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.target;
}

function envelope<P extends 'phases' | 'tls' | 'ports'>(probe: P, scheme: string, { attempt, ...rest }: Observation<P>) {
  const told = attempt.kind === 'measured' ? { kind: 'measured' as const } : attempt;
  const when = { startedAt: new Date().toISOString(), durationMs: 1, stalledMs: 0 };
  return { id: 'm1', probe, target: `${scheme}://127.0.0.1:${port}`, ...when, attempt: told, ...rest };
}

const signal = () => new AbortController().signal;

describe('a service that resets right behind the acceptance', () => {
  it.each(['http', 'https', 'ws', 'wss'])('has one name, whenever the reset is seen: %s', async (scheme) => {
    const plan = planPhases(target(scheme), '127.0.0.1', null, { timeoutMs: TIMEOUT_MS }, null, {});
    if (plan === null) throw new Error('no plan');
    const seen = new Set<string>();
    for (let time = 0; time < TIMES; time++) {
      const observation = await phasesProbe.measure(plan, { network, signal: signal() });
      const checks = phasesProbe.judge(envelope('phases', scheme, observation), { policy: DEFAULT_POLICY });
      for (const { id, status, code } of checks) seen.add(`${id.split('@')[0]} ${status} ${code}`);
    }
    expect([...seen]).toEqual(['l7.http fail tcp-reset']);
  });

  it('has one name in the TLS handshake', async () => {
    const options = { servername: null, ca: [], cert: null, key: null, pins: [], timeoutMs: TIMEOUT_MS };
    const plan = planTls(target('tls'), '127.0.0.1', options, {});
    if (plan === null) throw new Error('no plan');
    const seen = new Set<string>();
    for (let time = 0; time < TIMES; time++) {
      const observation = await tlsProbe.measure(plan, { network, signal: signal() });
      for (const { id, status, code, because } of tlsProbe.judge(envelope('tls', 'tls', observation), { policy: DEFAULT_POLICY })) {
        seen.add(`${id.split('@')[0]} ${status} ${code ?? because}`);
      }
    }
    expect([...seen].filter((line) => line.startsWith('l6.handshake'))).toEqual(['l6.handshake fail tcp-reset']);
    expect([...seen].filter((line) => line.includes('skip')).every((line) => line.endsWith('the TLS handshake did not complete'))).toBe(
      true,
    );
  });

  it('is open or open and reset, never rejected', async () => {
    const ports = [{ port, required: true }];
    const plan = {
      address: '127.0.0.1',
      ports,
      udp: [],
      timeoutMs: TIMEOUT_MS,
      concurrency: 1,
      banner: false,
      firstWord: null,
      servername: null,
      origin: {},
    };
    for (let time = 0; time < TIMES; time++) {
      const { attempt, data } = await portsProbe.measure(plan, { network, signal: signal() });
      expect(attempt.kind).toBe('measured');
      expect(data.ports).toMatchObject([{ port, state: 'open', reason: expect.stringMatching(/^(accepted|ECONNRESET|EPIPE)$/) }]);
    }
  });
});
