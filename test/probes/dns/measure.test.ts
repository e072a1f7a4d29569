import { expect, test } from 'vitest';
import { dnsData } from '../../../src/model/data/dns.js';
import { systemClock } from '../../../src/net/clock.js';
import { createNames } from '../../../src/net/dns/names.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import type { Network } from '../../../src/net/port.js';
import { dnsProbe } from '../../../src/probes/dns/index.js';
import { planResolver } from '../../../src/probes/dns/plan.js';
import { response, startDnsServer } from '../../fakes/dns-server.js';

/** The probe uses names alone; whatever else it reached for would throw. */
const network = { names: createNames(systemClock, createUdp(systemClock)) } as Network;

test('asks the server of its plan, and gives what the report may hold', async () => {
  const server = await startDnsServer({ udp: (query, reply) => reply(response(query, { rcode: 'NXDOMAIN' })) });
  const plan = planResolver(server, 'app.example', { timeoutMs: 5000, attempts: 2 });
  const { attempt, method, data } = await dnsProbe.measure(plan, { network, signal: new AbortController().signal });
  expect(attempt.kind).toBe('measured');
  expect(method).toBe('udp');
  expect(dnsData.parse(data)).toMatchObject({ server: `127.0.0.1:${server.port}`, name: 'app.example', type: 'A', rcode: 'NXDOMAIN' });
  expect(server.asked).toEqual(['A app.example udp']);
});

test('returns at once when interrupted', async () => {
  const server = await startDnsServer({ udp: () => {} });
  const plan = planResolver(server, 'app.example', { timeoutMs: 60_000, attempts: 2 });
  const { attempt, data } = await dnsProbe.measure(plan, { network, signal: AbortSignal.abort() });
  expect(attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
  expect(dnsData.parse(data)).toMatchObject({ rcode: null, attempts: 0 });
});

test('what was not tried holds nothing that could be taken for an answer', () => {
  const { data } = dnsProbe.notTried(null, { kind: 'skipped', because: 'no name server' });
  expect(dnsData.parse(data)).toMatchObject({ server: null, transport: null, rcode: null, queryMs: null, answers: [], attempts: null });
});
