import { describe, expect, it } from 'vitest';
import { dnsServer } from '../../src/cli/dns-servers.js';
import * as kinds from '../../src/cli/value-kinds.js';

const PIN = `sha256//${'A'.repeat(43)}=`;

const CASES: [string, kinds.ValueKind<unknown>, [string, unknown][]][] = [
  [
    'count',
    kinds.count,
    [
      ['1', 1],
      ['100000', 100_000],
      ['0', null],
      ['100001', null],
      ['-1', null],
      ['1.5', null],
      ['1e3', null],
      ['0x10', null],
      [' 5', null],
      ['', null],
      ['9'.repeat(400), null],
    ],
  ],
  [
    'interval',
    kinds.interval,
    [
      ['1ms', 1],
      ['0.5s', 500],
      ['1m', 60_000],
      ['0ms', null],
      ['0.5ms', null],
      ['61s', null],
      ['abc', null],
      ['200', null],
      ['-1s', null],
      ['', null],
    ],
  ],
  [
    'timeout',
    kinds.timeout,
    [
      ['10ms', 10],
      ['2s', 2000],
      ['9ms', null],
      ['1h', null],
    ],
  ],
  [
    'budget',
    kinds.budget,
    [
      ['50ms', { objective: 50, acceptable: 50, critical: 50 }],
      ['1ms,10ms,50ms', { objective: 1, acceptable: 10, critical: 50 }],
      ['0.5ms,1s,1m', { objective: 0.5, acceptable: 1000, critical: 60_000 }],
      ['10ms,10ms,10ms', { objective: 10, acceptable: 10, critical: 10 }],
      ['10ms,1ms,50ms', null],
      ['1ms,10ms', null],
      ['1ms,10ms,50ms,90ms', null],
      ['1,10,50', null],
      ['0ms', null],
      ['61s', null],
      ['1ms,,50ms', null],
      ['', null],
    ],
  ],
  [
    'choice',
    kinds.choice(['auto', 'icmp']),
    [
      ['icmp', 'icmp'],
      ['ICMP', null],
      ['toString', null],
      ['', null],
    ],
  ],
  [
    'profile',
    kinds.profile,
    [
      ['default', 'default'],
      ['constructor', null],
      ['', null],
    ],
  ],
  [
    'recordTypes',
    kinds.recordTypes,
    [
      ['A', ['A']],
      ['a,MX, txt', ['A', 'MX', 'TXT']],
      ['A,A', ['A']],
      ['', null],
      ['A,', null],
      ['ANY,TYPE65,type1234', ['ANY', 'HTTPS', 'TYPE1234']],
      ['AXFR', null],
      ['OPT', null],
      ['TYPE65536', null],
    ],
  ],
  [
    'sourceAddress',
    kinds.sourceAddress,
    [
      ['192.0.2.1', '192.0.2.1'],
      ['2001:db8::1', '2001:db8::1'],
      ['192.0.2', null],
      ['host', null],
    ],
  ],
  [
    'interfaceName',
    kinds.interfaceName,
    [
      ['eth0.100', 'eth0.100'],
      ['br-a1b2', 'br-a1b2'],
      ['-x', null],
      ['a b', null],
      ['a/b', null],
      ['', null],
      ['a'.repeat(65), null],
    ],
  ],
  [
    'dnsServer',
    dnsServer,
    [
      ['192.0.2.53', { host: '192.0.2.53', port: null, transport: null, path: null }],
      ['192.0.2.53:5353', { host: '192.0.2.53', port: 5353, transport: null, path: null }],
      ['[2001:db8::53]:5353', { host: '2001:db8::53', port: 5353, transport: null, path: null }],
      ['2001:db8::53', { host: '2001:db8::53', port: null, transport: null, path: null }],
      ['udp://192.0.2.53', { host: '192.0.2.53', port: null, transport: 'udp', path: null }],
      ['tcp://[2001:db8::53]:5353', { host: '2001:db8::53', port: 5353, transport: 'tcp', path: null }],
      ['tls://dns.example.net', { host: 'dns.example.net', port: null, transport: 'tls', path: null }],
      ['TLS://[2001:db8::53]/', { host: '2001:db8::53', port: null, transport: 'tls', path: null }],
      ['https://dns.example.net:8443/q?a=b', { host: 'dns.example.net', port: 8443, transport: 'https', path: '/q?a=b' }],
      ['https://münchen.example/', { host: 'xn--mnchen-3ya.example', port: null, transport: 'https', path: null }],
      ['dns.example.net', null],
      ['http://192.0.2.53/', null],
      ['https://user:password@192.0.2.53/', null],
      ['https://192.0.2.53/#part', null],
      ['tls://192.0.2.53/path', null],
      ['https://', null],
      ['192.0.2.53:0', null],
      ['0.0.0.0', null],
      ['tls://0.0.0.0', null],
    ],
  ],
  [
    'clientSubnet',
    kinds.clientSubnet,
    [
      ['192.0.2.0/24', { address: '192.0.2.0', prefixLength: 24 }],
      ['2001:db8::/56', { address: '2001:db8::', prefixLength: 56 }],
      ['192.0.2.0', null],
      ['192.0.2.0/33', null],
      ['name/24', null],
      ['/24', null],
    ],
  ],
  [
    'servername',
    kinds.servername,
    [
      ['app.example.net', 'app.example.net'],
      ['münchen.example', 'xn--mnchen-3ya.example'],
      ['192.0.2.1', '192.0.2.1'],
      ['app.example.net:443', null],
      ['a b', null],
    ],
  ],
  [
    'pin',
    kinds.pin,
    [
      [PIN, PIN],
      [PIN.replace('sha256//', ''), null],
      [`${PIN}=`, null],
      // The last character of 43 carries two bits that must be zero: this one is no encoding of 32 bytes.
      [PIN.replace('A=', 'B='), null],
      ['', null],
    ],
  ],
];

describe.each(CASES)('%s', (_name, kind, cases) => {
  it.each(cases)('reads %j as %j', (text, value) => {
    expect(kind.parse(text)).toEqual(value);
  });
});
