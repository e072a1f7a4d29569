import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressFamily, isLoopback, parseHostOrUrl, parseTarget } from '../../src/model/target.js';

const accepted: [input: string, expected: object][] = [
  ['example.net', { id: 'example.net', host: 'example.net', port: null, scheme: null }],
  ['Example.NET.', { id: 'example.net', host: 'example.net', port: null, scheme: null }],
  ['example.net:443', { id: 'example.net:443', host: 'example.net', port: 443, scheme: 'tls' }],
  ['example.net:22', { id: 'example.net:22', host: 'example.net', port: 22, scheme: 'tcp' }],
  ['192.0.2.1', { id: '192.0.2.1', host: '192.0.2.1', port: null, scheme: null }],
  ['192.0.2.1:8443', { id: '192.0.2.1:8443', host: '192.0.2.1', port: 8443, scheme: 'tls' }],
  ['2001:DB8:0::1', { id: '2001:db8::1', host: '2001:db8::1', port: null, scheme: null }],
  ['[2001:db8::1]', { id: '2001:db8::1', host: '2001:db8::1', port: null, scheme: null }],
  ['[2001:db8::1]:443', { id: '[2001:db8::1]:443', host: '2001:db8::1', port: 443, scheme: 'tls' }],
  ['fe80::1%eth0', { id: 'fe80::1%eth0', host: 'fe80::1%eth0', port: null, scheme: null }],
  ['[fe80::1%eth0]:22', { id: '[fe80::1%eth0]:22', host: 'fe80::1%eth0', port: 22, scheme: 'tcp' }],
  ['https://example.net', { id: 'https://example.net', host: 'example.net', port: 443, scheme: 'https', path: '/' }],
  ['https://example.net:8443/a/b', { id: 'https://example.net:8443/a/b', port: 8443, path: '/a/b' }],
  ['HTTP://Example.net', { id: 'http://example.net', scheme: 'http', port: 80 }],
  ['wss://[::1]:9000/stream', { id: 'wss://[::1]:9000/stream', host: '::1', port: 9000, scheme: 'wss' }],
  ['tls://example.net:5061', { id: 'example.net:5061', port: 5061, scheme: 'tls', path: null }],
  ['tcp://example.net:443', { id: 'example.net:443', scheme: 'tcp' }],
  ['münchen.example', { id: 'münchen.example', host: 'xn--mnchen-3ya.example' }],
  ['https://münchen.example/', { id: 'https://münchen.example', host: 'xn--mnchen-3ya.example' }],
  ['_dmarc.example.net', { host: '_dmarc.example.net' }],
  ['https://example.net/a\uff20b', { host: 'example.net', path: '/a%EF%BC%A0b' }],
  ['\u{1f680}', { host: 'xn--158h' }],
  ['fec0::1', { host: 'fec0::1' }],
  ['223.255.255.255', { host: '223.255.255.255' }],
  ['tcp:3000', { id: 'tcp:3000', host: 'tcp', port: 3000 }],
  ['localhost:3000', { id: 'localhost:3000', port: 3000, scheme: 'tcp' }],
];

const refused: [input: string, reason: RegExp][] = [
  ['', /empty/],
  [' ', /space/],
  ['exa mple.net', /space/],
  ['example.net\n', /control character/],
  ['example\u001b[31m.net', /control character/],
  ['a'.repeat(300), /300 characters/],
  [`${'a'.repeat(64)}.net`, /63 characters/],
  ['x'.repeat(5000), /5000 characters/],
  ['example.net:0', /port "0"/],
  ['example.net:70000', /port "70000"/],
  ['example.net:', /port ""/],
  ['example.net:http', /port "http"/],
  ['example.net:1e3', /port "1e3"/],
  ['256.0.0.1', /IPv4/],
  ['1.2.3', /IPv4/],
  ['1.2.3.4.5', /IPv4/],
  ['127.1', /IPv4/],
  ['0x7f.1', /IPv4/],
  ['01.2.3.4', /IPv4/],
  ['4294967295', /IPv4/],
  [':::', /IPv6/],
  ['[::1', /IPv6|read/],
  ['[2001:db8::g]', /IPv6/],
  ['fe80::1%e th', /space/],
  ['fe80::1%$(id)', /zone/],
  ['[]', /no host/],
  [':443', /no host/],
  ['https://', /no host/],
  ['https:///path', /no host/],
  ['ftp://example.net', /scheme ftp/],
  ['javascript://x', /scheme javascript/],
  ['tls://example.net', /needs a port/],
  ['tcp:192.0.2.1:80', /two slashes are missing behind tcp:/],
  ['https:example.net', /two slashes are missing behind https:/],
  ['tcp://example.net:22/x', /no path/],
  ['example.net/path', /without being a URL/],
  ['user@example.net', /without being a URL/],
  ['-x.example', /hyphen/],
  ['x-.example', /hyphen/],
  ['a..b', /dot too many/],
  ['exa$mple.net', /character|read/],
  ['0.0.0.0', /unspecified/],
  ['https://0.0.0.0:8443/x', /unspecified/],
  ['::', /unspecified/],
  ['::ffff:0.0.0.0', /unspecified/],
  ['0.1.2.3', /this network/],
  ['224.0.0.251:5353', /multicast/],
  ['239.255.255.250', /multicast/],
  ['ff02::1%eth0', /multicast/],
  ['[ff05::2]:443', /multicast/],
  ['::ffff:224.0.0.1', /multicast/],
  ['240.0.0.1', /reserved/],
  ['255.255.255.254', /reserved/],
  ['255.255.255.255', /broadcast/],
  ['fe80::1', /needs its interface/],
  ['https://[febf::1]/', /needs its interface/],
  ['us3r:hunter2\uff20host', /full-width @/],
  ['host\ufe6bhost', /full-width @/],
  ['https://us3r:hunter2\uff20app.example.net', /full-width @/],
];

describe('parseTarget', () => {
  it.each(accepted)('reads %s', (input, expected) => {
    expect(parseTarget(input)).toMatchObject({ ok: true, target: expected });
  });

  it.each(refused)('refuses %j', (input, reason) => {
    const outcome = parseTarget(input);
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) expect(outcome.reason).toMatch(reason);
  });

  it('keeps user name, password, query and fragment out of what is shown', () => {
    const outcome = parseTarget('https://alice:s3cret@example.net/orders?token=t0ken#frag');
    if (!outcome.ok) throw new Error(outcome.reason);
    const { path, credentials, ...shown } = outcome.target;
    expect(JSON.stringify(shown)).not.toMatch(/alice|s3cret|t0ken|frag/);
    expect(credentials).toBe('alice:s3cret');
    expect(path).toBe('/orders?token=t0ken');
  });

  it('does not name the input in a refusal, since it can hold a password', () => {
    for (const input of [
      'https://alice:s3cret@',
      'ftp://alice:s3cret@x',
      'https://alice:s3cret@exa mple',
      'alice:s3cret@host',
      'alice:s3cret\uff20host',
      'https://alice:s3cret\ufe6bx',
    ]) {
      const outcome = parseTarget(input);
      expect(outcome.ok).toBe(false);
      if (!outcome.ok) expect(outcome.reason).not.toContain('s3cret');
    }
  });

  it('takes any text without throwing, and what it accepts it accepts again by its id', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl(), fc.domain(), fc.ipV6(), fc.ipV4()), (input) => {
        const outcome = parseTarget(input);
        if (!outcome.ok) return;
        const again = parseTarget(outcome.target.id);
        expect(again).toMatchObject({ ok: true, target: { id: outcome.target.id, host: outcome.target.host, port: outcome.target.port } });
      }),
      { numRuns: 3000 },
    );
  });
});

describe('parseHostOrUrl', () => {
  it.each(['224.0.0.251', '0.0.0.0', 'ff02::fb', 'fe80::1'])('reads %s too, which can be named though not sent to', (address) => {
    expect(parseHostOrUrl(address)).toMatchObject({ ok: true, target: { host: address } });
  });
});

describe('addressFamily and isLoopback', () => {
  it('tells addresses from names', () => {
    expect([addressFamily('192.0.2.1'), addressFamily('::1'), addressFamily('example.net')]).toEqual([4, 6, null]);
  });
  it('knows loopback in both families', () => {
    expect(['127.0.0.1', '127.255.0.3', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['128.0.0.1', '10.127.0.1', '::2', '::ffff:10.0.0.1'].map(isLoopback)).toEqual([false, false, false, false]);
  });
});
