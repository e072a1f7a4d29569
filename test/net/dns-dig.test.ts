import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Answer } from 'dns-packet';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/net/clock.js';
import { queryDns } from '../../src/net/dns-query.js';
import { createUdp } from '../../src/net/udp.js';
import { response, startDnsServer } from '../fakes/dns-server.js';

const DIG = '/usr/bin/dig';

const ANSWERS: Answer[] = [
  { name: 'a.example', type: 'A', ttl: 60, data: '192.0.2.1' },
  { name: 'a.example', type: 'AAAA', ttl: 60, data: '2001:db8:0:1::1' },
  { name: 'a.example', type: 'AAAA', ttl: 60, data: '::ffff:192.0.2.1' },
  { name: 'a.example', type: 'NS', ttl: 60, data: 'ns.example' },
  { name: 'a.example', type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mail.example' } },
  { name: 'a.example', type: 'SRV', ttl: 60, data: { priority: 1, weight: 2, port: 3, target: 'sip.example' } },
  { name: 'a.example', type: 'TXT', ttl: 60, data: [Buffer.from([0x1b, 0x5b, 0x22, 0x5c, 0x20, 0x7f, 0xff, 0x3b]), ''] },
  { name: 'a.example', type: 'CNAME', ttl: 60, data: 'x y;z@$.b"(.exa\u0007mple' },
  {
    name: 'a.example',
    type: 'SOA',
    ttl: 60,
    data: { mname: 'n.example', rname: 'h\\.m.example', serial: 1, refresh: 2, retry: 3, expire: 4, minimum: 5 },
  },
  { name: 'a.example', type: 'CAA', ttl: 60, data: { flags: 128, tag: 'issue', value: 'ca.example; a="b"' } },
  { name: 'a.example', type: 'DS', ttl: 60, data: { keyTag: 60485, algorithm: 5, digestType: 1, digest: Buffer.alloc(20, 0xab) } },
  { name: 'a.example', type: 'DNSKEY', ttl: 60, data: { flags: 257, algorithm: 13, key: Buffer.alloc(64, 7) } },
];

test('records read as dig prints them', async (context) => {
  if (!existsSync(DIG)) return context.skip(`${DIG} is not installed`);
  // dig shows EDNS data too: a plain answer is the same for both.
  const server = await startDnsServer({ udp: (query, reply) => reply(response(query, { answers: ANSWERS })) });
  const { observation } = await queryDns(
    systemClock,
    createUdp(systemClock),
    { server: '127.0.0.1', port: server.port, transport: 'udp', name: 'a.example', type: 'ANY', timeoutMs: 5000, attempts: 1 },
    new AbortController().signal,
  );
  const options = ['+noall', '+answer', '+nosplit', '+notcp', '+tries=1', '+time=5', '-p', String(server.port)];
  const { stdout } = await promisify(execFile)(DIG, ['-r', '@127.0.0.1', ...options, 'a.example', 'ANY'], { env: { LC_ALL: 'C' } });
  const printed = stdout
    .trim()
    .split('\n')
    .map((line) => line.replace(/^(\S+)\.\s+(\d+)\s+IN\s+(\S+)\s+/, '$1 $2 $3 '));
  expect(observation.answers.map(({ name, ttl, type, data }) => `${name} ${ttl} ${type} ${data}`)).toEqual(printed);
});
