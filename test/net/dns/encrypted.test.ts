import { setMaxListeners } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createNames } from '../../../src/net/dns/names.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import type { DnsQuestion } from '../../../src/net/port.js';
import { type Authority, type Issued, makeAuthority, makeSelfSigned } from '../../fakes/certificates.js';
import { startUnbound, UNBOUND, type UnboundServer, unboundIsThere } from '../../fakes/unbound.js';

const ZONE = {
  'zone.test': [
    '$ORIGIN zone.test.',
    '@ 60 IN SOA ns host 1 2 3 4 60',
    '@ 60 IN NS ns',
    'ns 60 IN A 127.0.0.1',
    ...Array.from({ length: 50 }, (_, index) => `host${index} 60 IN A 192.0.2.${index}`),
    `long 60 IN TXT ${Array<string>(20)
      .fill(`"${'x'.repeat(200)}"`)
      .join(' ')}`,
    '',
  ].join('\n'),
};

const names = createNames(systemClock, createUdp(systemClock));
let authority: Authority;
let own: Issued;

beforeAll(async () => {
  authority = await makeAuthority('Resolver Root');
  own = await authority.issue({ names: ['dns.test', '127.0.0.1'] });
});

type Encrypted = 'tls' | 'https';

function question(server: UnboundServer, transport: DnsQuestion['transport'], more: Partial<DnsQuestion> = {}): DnsQuestion {
  const port = transport === 'tls' ? server.tlsPort : transport === 'https' ? server.httpsPort : server.port;
  const encrypted = transport === 'tls' || transport === 'https';
  return {
    server: '127.0.0.1',
    port,
    transport,
    name: 'host7.zone.test',
    type: 'A',
    timeoutMs: 8000,
    attempts: 1,
    ...(encrypted ? { security: { servername: null, ca: [authority.cert] } } : {}),
    ...more,
  };
}

const forever = new AbortController().signal;
setMaxListeners(0, forever);

describe.skipIf(!unboundIsThere)(`against ${UNBOUND}${unboundIsThere ? '' : ' (it is not here)'}`, () => {
  test.each(['udp', 'tcp', 'tls', 'https'] as const)('an answer over %s', async (transport) => {
    const server = await startUnbound({ zones: ZONE, tls: own });
    const { outcome, observation, message } = await names.query(question(server, transport), forever);
    expect(outcome).toEqual({ kind: 'measured', value: null });
    expect(observation).toMatchObject({
      transport,
      rcode: 'NOERROR',
      answers: [{ data: '192.0.2.7' }],
      truncated: transport === 'udp' ? false : null,
    });
    expect(observation.answerBytes).toBeGreaterThan(40);
    expect(message?.answers[0]?.rdata).toEqual(Uint8Array.of(192, 0, 2, 7));
    const { connection } = observation;
    if (transport === 'udp') expect(connection).toBeNull();
    else {
      expect(connection?.tcpMs).toBeGreaterThan(0);
      expect(observation.queryMs).toBeGreaterThan(connection?.tcpMs ?? 0);
    }
    if (transport === 'tls' || transport === 'https') expect(connection).toMatchObject({ protocol: 'TLSv1.3', tlsMs: expect.any(Number) });
    if (transport === 'https') expect(observation.server).toBe(`https://127.0.0.1:${server.httpsPort}/dns-query`);
  });

  test.each(['tcp', 'tls', 'https'] as const)('fifty questions over one connection: %s', async (transport) => {
    const server = await startUnbound({ zones: ZONE, tls: own });
    const session = names.session();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => session.query(question(server, transport, { name: `host${index}.zone.test` }), forever)),
    );
    expect(answers.map(({ observation }) => observation.answers[0]?.data)).toEqual(
      Array.from({ length: 50 }, (_, index) => `192.0.2.${index}`),
    );
    expect(answers.filter(({ observation }) => observation.connection !== null)).toHaveLength(1);
    session.close();
  });

  test('a truncated answer is asked for again over TCP', async () => {
    const server = await startUnbound({ zones: ZONE });
    const { observation } = await names.query(question(server, 'udp', { name: 'long.zone.test', type: 'TXT' }), forever);
    expect(observation).toMatchObject({ transport: 'tcp', truncated: true, rcode: 'NOERROR', attempts: 1 });
    expect(observation.answerBytes).toBeGreaterThan(4000);
    expect(observation.connection).toMatchObject({ tlsMs: null });
  });

  test.each<[string, Encrypted, () => Promise<Issued>, string]>([
    [
      'expired',
      'tls',
      () => authority.issue({ notAfter: new Date(Date.now() - 86_400_000), notBefore: new Date(Date.now() - 9e8) }),
      'CERT_HAS_EXPIRED',
    ],
    ['for another name', 'tls', () => authority.issue({ names: ['other.test'] }), 'hostname-mismatch'],
    ['for another name, over HTTPS', 'https', () => authority.issue({ names: ['other.test'] }), 'hostname-mismatch'],
    ['its own', 'https', () => makeSelfSigned(), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('a certificate that is %s ends it', async (_, transport, issue, code) => {
    const server = await startUnbound({ zones: ZONE, tls: await issue() });
    const { outcome, observation } = await names.query(question(server, transport), forever);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'handshake', code });
    expect(observation).toMatchObject({ rcode: null, answers: [], connection: { protocol: 'TLSv1.3' } });
    const lax = { servername: null, ca: [], strict: false };
    expect((await names.query(question(server, transport, { security: lax }), forever)).observation.rcode).toBe('NOERROR');
  });

  test('the name in the certificate is the one given', async () => {
    const server = await startUnbound({ zones: ZONE, tls: await authority.issue({ names: ['dns.test'] }) });
    const security = { servername: 'dns.test', ca: [authority.cert] };
    const { outcome, observation } = await names.query(question(server, 'https', { security }), forever);
    expect(outcome.kind).toBe('measured');
    expect(observation.server).toBe(`https://dns.test:${server.httpsPort}/dns-query`);
  });

  test('a path that is none', async () => {
    const server = await startUnbound({ zones: ZONE, tls: own });
    const { outcome } = await names.query(question(server, 'https', { path: '/nothing' }), forever);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'http-status' });
  });

  test('EDNS: identity of the server, DO, and what was announced', async () => {
    const server = await startUnbound({ zones: ZONE, server: ['nsid: "ascii_lab-1"'] });
    const edns = { udpPayloadBytes: 900, dnssecOk: true, nameServerId: true };
    const { observation } = await names.query(question(server, 'udp', { edns }), forever);
    expect(observation.edns).toMatchObject({ nameServerId: 'lab-1', dnssecOk: true, version: 0 });
    expect((await names.query(question(server, 'udp', { edns: null }), forever)).observation.edns).toBeNull();
  });
});
