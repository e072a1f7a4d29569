import { expect, test } from 'vitest';
import type { DataOf } from '../../src/model/measurement.js';
import { dnsAnswerLines, dnsLines } from '../../src/render/dns-text.js';

const DATA: DataOf<'dns'> = {
  server: '127.0.0.53',
  serverLabel: 'systemd-resolved',
  serverUpstreams: ['192.0.2.53'],
  transport: 'udp',
  name: 'www.example',
  type: 'A',
  rcode: 'NOERROR',
  queryMs: 12.34,
  flags: { aa: false, tc: false, rd: true, ra: true, ad: true, cd: false },
  answers: [
    { name: 'www.example', type: 'CNAME', ttl: 300, data: 'host.example.' },
    { name: 'host.example', type: 'A', ttl: 60, data: '192.0.2.1' },
  ],
  dnssec: null,
  attempts: 1,
  authorities: [],
  additionals: [],
  answerBytes: 87,
  truncated: false,
  edns: {
    version: 0,
    udpPayloadBytes: 1232,
    dnssecOk: false,
    nameServerId: 'lab-1',
    clientSubnet: { address: '192.0.2.0', sourcePrefixLength: 24, scopePrefixLength: 16 },
    extendedErrors: [{ code: 3, name: 'Stale Answer', text: 'upstream is down' }],
  },
  ignored: { wrongId: 2, wrongQuestion: 0, wrongSource: null, malformed: 1, contradicting: 3 },
  connection: null,
  searched: ['www.corp.example'],
  hostsFile: { path: '/etc/hosts', addresses: ['192.0.2.9'] },
};

const REMARKS = [
  'asked in vain before, by the search list: www.corp.example',
  'programs get 192.0.2.9: /etc/hosts has the name, and comes first',
  'instance lab-1',
  'for clients in 192.0.2.0/24, good for all in its first 16 bits',
  'extended error 3, Stale Answer: upstream is down',
  'datagrams besides the answer: 2 with another id, 1 that are no DNS message, 3 with another answer',
];

test('one question has its records as dig prints them', () => {
  expect(dnsAnswerLines(DATA)).toEqual([
    'NOERROR · 2 answers · flags rd ra ad · 87 bytes · 12.3 ms · from 127.0.0.53 (systemd-resolved, which asks 192.0.2.53) over UDP',
    'www.example. 300 IN CNAME host.example.',
    'host.example. 60 IN A 192.0.2.1',
    ...REMARKS,
  ]);
});

test('one of several is a line', () => {
  expect(dnsLines(DATA)).toEqual([
    'www.example A: CNAME host.example., 192.0.2.1 · 12.3 ms · from 127.0.0.53 (systemd-resolved, which asks 192.0.2.53) over UDP',
    ...REMARKS,
  ]);
});

test('a no has the SOA record that says for how long', () => {
  const authorities = [{ name: '.', type: 'SOA', ttl: 86_400, data: 'a. b. 1 2 3 4 5' }];
  const lines = dnsAnswerLines({
    ...DATA,
    rcode: 'NXDOMAIN',
    answers: [],
    authorities,
    edns: null,
    ignored: null,
    searched: null,
    hostsFile: null,
  });
  expect(lines.slice(1)).toEqual(['. 86400 IN SOA a. b. 1 2 3 4 5']);
});
