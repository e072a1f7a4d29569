import dnsPacket from 'dns-packet';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { resolveByDns } from '../../../src/net/dns/resolve-by-dns.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import { type DnsBehaviour, response, startDnsServer, zone } from '../../fakes/dns-server.js';

const ZONE = zone({ 'web.corp.example': { a: ['192.0.2.9'] }, 'web.other.example': { a: ['192.0.2.8'] }, 'mail.corp.example': {} });

async function search(host: string, behaviour: DnsBehaviour, options: { ndots?: number; timeoutMs?: number; domains?: string[] } = {}) {
  const server = await startDnsServer({ udp: behaviour });
  const timeoutMs = options.timeoutMs ?? 5000;
  const { outcome } = await resolveByDns(
    systemClock,
    createUdp(systemClock),
    {
      servers: [server],
      source: null,
      upstreams: null,
      search: options.domains ?? ['corp.example', 'other.example'],
      ndots: options.ndots ?? 1,
      timeoutMs: 5000,
      attempts: 1,
    },
    { host, family: 4, deadlineMs: systemClock.nowMs() + timeoutMs, timeoutMs, signal: new AbortController().signal },
  );
  return { outcome, asked: server.asked.map((question) => question.split(' ')[1]) };
}

describe('the search list', () => {
  test('is tried first for a name without dots, and ends with the first that has an address', async () => {
    expect(await search('web', ZONE)).toEqual({ outcome: { kind: 'measured', value: ['192.0.2.9'] }, asked: ['web.corp.example'] });
  });

  test('is tried last for a name with dots enough', async () => {
    const { outcome, asked } = await search('web.other', ZONE, { domains: ['example'] });
    expect(outcome).toEqual({ kind: 'measured', value: ['192.0.2.8'] });
    expect(asked).toEqual(['web.other', 'web.other.example']);
  });

  test('goes on after a name without an address, and says which way it was in vain', async () => {
    const { outcome, asked } = await search('mail', ZONE);
    expect(asked).toEqual(['mail.corp.example', 'mail.other.example', 'mail']);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'NODATA', message: expect.stringContaining('mail.corp.example') });
  });

  test('goes on after SERVFAIL, which outweighs a name that does not exist', async () => {
    const { outcome, asked } = await search('web', (query, reply) => {
      reply(response(query, { rcode: query.questions?.[0]?.name === 'web.corp.example' ? 'SERVFAIL' : 'NXDOMAIN' }));
    });
    expect(asked).toHaveLength(3);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'SERVFAIL' });
  });

  test('ends with REFUSED: the next name would fare no better', async () => {
    const { outcome, asked } = await search('web', (query, reply) => reply(response(query, { rcode: 'REFUSED' })));
    expect(asked).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'REFUSED' });
  });

  test('ends with silence, within the time', async () => {
    const { outcome, asked } = await search('web', () => {}, { timeoutMs: 90 });
    expect(new Set(asked)).toEqual(new Set(['web.corp.example']));
    expect(outcome).toMatchObject({ kind: 'unanswered', step: 'resolve' });
  });
});

test('an answer that was cut short, and its repetition over TCP that nobody answers, are not taken for silence', async () => {
  const server = await startDnsServer({
    udp: (query, reply) => reply(response(query, { flags: dnsPacket.TRUNCATED_RESPONSE })),
    tcp: () => {},
  });
  const { outcome, queries } = await resolveByDns(
    systemClock,
    createUdp(systemClock),
    { servers: [server], source: null, upstreams: null, search: [], ndots: 1, timeoutMs: 60, attempts: 2 },
    { host: 'www.example.net', family: 4, deadlineMs: systemClock.nowMs() + 300, timeoutMs: 300, signal: new AbortController().signal },
  );
  expect(outcome).toMatchObject({ kind: 'unanswered' });
  expect(queries).toHaveLength(2);
  for (const { outcome: asked, observation } of queries) {
    expect(asked.kind).toBe('unanswered');
    expect(observation).toMatchObject({ rcode: 'NOERROR', flags: { tc: true }, attempts: 1 });
  }
});

test('aliases that lead back to each other say so', async () => {
  const { outcome } = await search(
    'web.loop.',
    (query, reply) => {
      const alias = (name: string, data: string) => ({ name, type: 'CNAME' as const, ttl: 60, data });
      reply(response(query, { answers: [alias('web.loop', 'b.loop'), alias('b.loop', 'web.loop')] }));
    },
    { domains: [] },
  );
  expect(outcome).toMatchObject({ kind: 'failed', code: 'cname-chain', message: expect.stringContaining('form a loop') });
});
