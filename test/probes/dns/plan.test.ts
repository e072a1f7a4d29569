import { expect, test } from 'vitest';
import { questionNotAsked } from '../../../src/probes/dns/measure.js';
import { planQuestions, planResolver, questionsBudgetMs } from '../../../src/probes/dns/plan.js';

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
    label: 'local',
  });
  const elsewhere = planResolver({ address: '192.0.2.53', port: 53 }, 'app.example', { timeoutMs: 1000, attempts: 2 });
  expect(Object.keys(elsewhere)).not.toContain('label');
});

test('what the flags say goes into each question, and what the machine says of it', () => {
  const options = {
    names: ['www', 'b.example'],
    types: ['A'],
    servers: [],
    transport: 'udp',
    timeoutMs: 1000,
    attempts: 1,
    edns: null,
    recursionDesired: false,
    checkingDisabled: true,
    ca: ['PEM'],
    search: true,
  } as const;
  const servers = [
    { address: '127.0.0.53', port: 53 },
    { address: '192.0.2.1', port: 443, transport: 'https', servername: 'dns.example', path: '/q', label: 'Ours' },
  ] as const;
  const hosts = { path: '/etc/hosts', addresses: new Map([['b.example', ['192.0.2.9']]]) };
  const plans = planQuestions(options, servers, { search: ['corp.example'], ndots: 1, upstreams: ['192.0.2.53'], hosts });
  const asked = { type: 'A', timeoutMs: 1000, attempts: 1, edns: null, recursionDesired: false, checkingDisabled: true, role: 'question' };
  expect(plans[0]).toEqual({
    ...asked,
    server: '127.0.0.53',
    port: 53,
    transport: 'udp',
    name: 'www',
    candidates: ['www.corp.example', 'www'],
    label: 'systemd-resolved',
    upstreams: ['192.0.2.53'],
  });
  expect(plans[3]).toEqual({
    ...asked,
    server: '192.0.2.1',
    port: 443,
    transport: 'https',
    name: 'b.example',
    candidates: ['b.example', 'b.example.corp.example'],
    label: 'Ours',
    security: { servername: 'dns.example', ca: ['PEM'] },
    path: '/q',
    hostsFile: { path: '/etc/hosts', addresses: ['192.0.2.9'] },
  });
});

test('the budget has room for silence, and does not grow with each question of many', () => {
  const options = {
    names: ['a'],
    types: ['A'],
    servers: [{ address: '192.0.2.1', port: 53 }],
    transport: 'udp',
    timeoutMs: 1000,
    attempts: 2,
  } as const;
  expect(questionsBudgetMs(options)).toBe(3000);
  expect(questionsBudgetMs({ ...options, servers: [] })).toBe(9000);
  const many = Array.from({ length: 2000 }, (_, index) => `n${index}`);
  expect(questionsBudgetMs({ ...options, names: many })).toBe(125 * 3000);
  expect(questionsBudgetMs({ ...options, servers: [{ address: '', host: 'dns.example', port: 853 }] })).toBe(4000);
});

test('a question that was not asked keeps its name and server', () => {
  const plan = planResolver({ address: '::1', port: 5353 }, 'app.example', { timeoutMs: 1000, attempts: 2 });
  expect(questionNotAsked(plan, { kind: 'skipped', because: 'no route' })).toEqual({
    attempt: { kind: 'skipped', because: 'no route' },
    method: null,
    data: {
      server: '[::1]:5353',
      serverLabel: 'local',
      serverUpstreams: null,
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
