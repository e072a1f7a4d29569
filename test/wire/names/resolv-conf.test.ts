import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseResolvConf, searchCandidates } from '../../../src/wire/names/resolv-conf.js';

const DEFAULTS = { nameservers: [], search: null, ndots: 1, timeoutMs: 5000, attempts: 2 };

describe('parseResolvConf', () => {
  test.each([
    ['nothing', '', {}],
    ['a plain file', 'nameserver 192.0.2.1\nnameserver 2001:db8::1\n', { nameservers: ['192.0.2.1', '2001:db8::1'] }],
    ['a zone', 'nameserver fe80::1%eth0', { nameservers: ['fe80::1%eth0'] }],
    ['tabs, remarks and CRLF', '# one\r\n; two\r\nnameserver\t192.0.2.1\t# ours\r\n\r\n', { nameservers: ['192.0.2.1'] }],
    ['a search list', 'search a.example b.example. a.example', { search: ['a.example', 'b.example'] }],
    ['a domain, of which one counts', 'domain a.example b.example', { search: ['a.example'] }],
    ['the last of search and domain', 'search a.example b.example\ndomain c.example', { search: ['c.example'] }],
    ['the root as search list', 'search .', { search: ['.'] }],
    ['options', 'options ndots:5 timeout:2 attempts:3 rotate edns0', { ndots: 5, timeoutMs: 2000, attempts: 3 }],
    ['options over their limits', 'options ndots:99 timeout:999 attempts:0', { ndots: 15, timeoutMs: 30_000, attempts: 1 }],
    ['ndots:0', 'options ndots:0', { ndots: 0 }],
    [
      'nonsense',
      'nameserver\nnameserver localhost\nnameserver 1.2.3\nnameservers 1.2.3.4\n nameserver 1.2.3.4\noptions ndots:x\nsearch ..\n\u0000',
      {},
    ],
  ])('%s', (_, text, expected) => {
    expect(parseResolvConf(text)).toEqual({ ...DEFAULTS, ...expected });
  });

  test('keeps no more than it needs of a megabyte of junk, and quickly', () => {
    const startedMs = performance.now();
    expect(parseResolvConf('nameserver 192.0.2.1\n'.repeat(50_000)).nameservers).toHaveLength(16);
    expect(parseResolvConf(`search ${'x.example '.repeat(100_000)}`).search).toBeNull();
    expect(parseResolvConf('\u0007'.repeat(1_000_000))).toEqual(DEFAULTS);
    expect(performance.now() - startedMs).toBeLessThan(4000);
  });

  test('takes any text', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('nameserver ', 'search ', 'domain ', 'options ', '\n', '192.0.2.1', 'ndots:', '..', '%'),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const { nameservers, search } = parseResolvConf(words.join(''));
        for (const text of [...nameservers, ...(search ?? [])]) expect(text).toMatch(/^[!-~]+$/);
      }),
    );
  });
});

describe('searchCandidates', () => {
  const search = ['a.example', 'b.example'];

  test.each([
    ['few dots: the list first', 'web', 1, ['web.a.example', 'web.b.example', 'web']],
    ['enough dots: as it is first', 'web.x', 1, ['web.x', 'web.x.a.example', 'web.x.b.example']],
    ['more dots asked for', 'web.x', 5, ['web.x.a.example', 'web.x.b.example', 'web.x']],
    ['ndots:0', 'web', 0, ['web', 'web.a.example', 'web.b.example']],
    ['an absolute name', 'web.', 1, ['web']],
  ])('%s', (_, host, ndots, names) => {
    expect(searchCandidates(host, { search, ndots })).toEqual(names);
  });

  test('the root as a domain is the name itself, once', () => {
    expect(searchCandidates('web', { search: ['.'], ndots: 1 })).toEqual(['web']);
  });

  test('leaves out what would be too long', () => {
    const host = `${'a'.repeat(60)}.`.repeat(4).slice(0, -1);
    expect(searchCandidates(host, { search: ['example.example'], ndots: 15 })).toEqual([host]);
  });
});
