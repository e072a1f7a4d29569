import { describe, expect, it } from 'vitest';
import { offersHttp3, parseAltSvc, splitOutsideQuotes } from '../../../src/wire/http/alt-svc.js';
import { parseHttpDate } from '../../../src/wire/http/date.js';
import { isSecretField, redactField, redactUrl, withoutSecrets } from '../../../src/wire/http/redaction.js';
import { parseSetCookie } from '../../../src/wire/http/set-cookie.js';

describe('dates of HTTP (RFC 9110 section 5.6.7)', () => {
  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])('%s', (text) => {
    expect(parseHttpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
  });

  it.each([
    '',
    'now',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 31 Feb 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    'Sun, 06 Abc 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 CET',
    '1994-11-06T08:49:37Z',
  ])('%j is none', (text) => {
    expect(parseHttpDate(text)).toBeNull();
  });
});

describe('Alt-Svc (RFC 7838)', () => {
  it.each<[string, [string, string, number | null][]]>([
    [
      'h3=":443"; ma=86400, h3-29=":443"; ma=86400',
      [
        ['h3', ':443', 86_400],
        ['h3-29', ':443', 86_400],
      ],
    ],
    ['h2="alt.example.com:8000"', [['h2', 'alt.example.com:8000', null]]],
    ['h3=":443"; ma="60"; persist=1', [['h3', ':443', 60]]],
    ['w%3Dx%3Ay="a,b:1"', [['w=x:y', 'a,b:1', null]]],
    ['clear', []],
    ['h3=443, "', []],
    ['', []],
  ])('%j', (value, expected) => {
    expect(parseAltSvc(value).map(({ protocol, authority, maxAgeSeconds }) => [protocol, authority, maxAgeSeconds])).toEqual(expected);
  });

  it('tells HTTP/3 and its drafts from others', () => {
    expect(['h3', 'h3-29', 'h2', 'h3x'].map((protocol) => offersHttp3([{ protocol, authority: ':443', maxAgeSeconds: null }]))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('splits only outside of quoted strings', () => {
    expect(splitOutsideQuotes('a="1,2",b="\\",3",c')).toEqual(['a="1,2"', 'b="\\",3"', 'c']);
  });
});

describe('Set-Cookie (RFC 6265)', () => {
  it.each([
    ['id=secret; Path=/; Secure; HttpOnly; SameSite=lax', { name: 'id', secure: true, httpOnly: true, sameSite: 'Lax', persistent: false }],
    ['a=b; Max-Age=60', { name: 'a', secure: false, httpOnly: false, sameSite: null, persistent: true }],
    [
      'a=; expires=Sun, 06 Nov 1994 08:49:37 GMT; SameSite=odd',
      { name: 'a', secure: false, httpOnly: false, sameSite: 'odd', persistent: true },
    ],
  ])('%s', (value, expected) => {
    expect(parseSetCookie(value)).toEqual(expected);
  });

  it.each(['', 'secret', '=secret', '; Secure'])('%j names no cookie, and gives nothing away', (value) => {
    expect(parseSetCookie(value)).toBeNull();
  });
});

describe('what may be shown', () => {
  it.each([
    ['https://user:pass@example.net/a?token=abc&n=1#frag', 'https://***@example.net/a?token=***&n=***#***'],
    ['https://example.net/a?opaque', 'https://example.net/a?***'],
    ['https://a:b@c@example.net/', 'https://***@example.net/'],
    ['/login?next=%2Fhome', '/login?next=***'],
    ['https://example.net/a', 'https://example.net/a'],
    ['myapp://cb#access_token=abc', 'myapp://cb#***'],
  ])('%s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });

  it.each([
    ['authorization', true],
    ['Set-Cookie', true],
    ['x-api-key', true],
    ['x-auth-token', true],
    ['X-CSRF-Token', true],
    ['x-amz-security-token', true],
    ['content-type', false],
    ['x-ratelimit-limit-tokens', false],
    ['server', false],
    ['etag', false],
  ])('%s: secret is %s', (name, secret) => {
    expect(isSecretField(name)).toBe(secret);
    expect(redactField(name, 'value') === '***').toBe(secret);
  });

  it('hides addresses inside of other fields', () => {
    expect(redactField('link', '<https://u:p@example.net/next?cursor=abc>; rel="next"')).toBe(
      '<https://***@example.net/next?cursor=***>; rel="next"',
    );
    expect(redactField('content-security-policy', "default-src 'self'; report-uri https://r.example/c?key=abc")).toBe(
      "default-src 'self'; report-uri https://r.example/c?key=***",
    );
  });

  it('hides our own secrets wherever they come back', () => {
    expect(withoutSecrets('you sent Bearer abcdef.', ['Bearer abcdef', 'abcdef'])).toBe('you sent ***.');
    expect(withoutSecrets('a b c', ['a'])).toBe('a b c');
  });
});
