import { expect, test } from 'vitest';
import { questionNotAsked } from '../../../src/probes/dns/measure.js';
import { planQuestions, planResolver } from '../../../src/probes/dns/plan.js';

const SERVERS = [
  { address: '127.0.0.1', port: 53 },
  { address: '::1', port: 5353 },
];

test('each type of each name goes to each server', () => {
  const plans = planQuestions(
    { names: ['a.example', 'b.example'], types: ['A', 'MX'], servers: [], transport: 'tcp', timeoutMs: 1000, attempts: 2 },
    SERVERS,
  );
  expect(plans.map(({ name, type, server, port }) => `${name} ${type} ${server} ${port}`)).toEqual([
    'a.example A 127.0.0.1 53',
    'a.example A ::1 5353',
    'a.example MX 127.0.0.1 53',
    'a.example MX ::1 5353',
    'b.example A 127.0.0.1 53',
    'b.example A ::1 5353',
    'b.example MX 127.0.0.1 53',
    'b.example MX ::1 5353',
  ]);
  for (const plan of plans) expect(plan).toMatchObject({ transport: 'tcp', timeoutMs: 1000, attempts: 2, role: 'question' });
});

test('a resolver is asked over UDP for the name that it is given', () => {
  const plan = planResolver({ address: '127.0.0.1', port: 53 }, 'app.example', { timeoutMs: 1000, attempts: 2 });
  expect(plan).toEqual({
    server: '127.0.0.1',
    port: 53,
    transport: 'udp',
    name: 'app.example',
    type: 'A',
    timeoutMs: 1000,
    attempts: 2,
    role: 'resolver',
  });
});

test('a question that was not asked keeps its name and server', () => {
  const plan = planResolver({ address: '::1', port: 5353 }, 'app.example', { timeoutMs: 1000, attempts: 2 });
  expect(questionNotAsked(plan, { kind: 'skipped', because: 'no route' })).toEqual({
    attempt: { kind: 'skipped', because: 'no route' },
    method: null,
    data: {
      server: '[::1]:5353',
      transport: null,
      name: 'app.example',
      type: 'A',
      rcode: null,
      queryMs: null,
      flags: null,
      answers: [],
      dnssec: null,
      attempts: null,
    },
  });
});
