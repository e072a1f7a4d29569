import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectationsOf, requestOf } from '../../src/cli/http-request.js';
import * as kinds from '../../src/cli/http-values.js';
import { expectingHttp, readTarget } from '../../src/cli/targets.js';

const folder = mkdtempSync(join(tmpdir(), 'netdiag-http-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const SECRET = 'tok-1234567890';

describe('the request', () => {
  it('is a GET, or a POST with a body, unless it is said otherwise', () => {
    expect(requestOf({})).toEqual({ method: 'GET', headers: [], body: null, versions: ['2', '1.1'] });
    const body = file('body.bin', Uint8Array.of(0, 255, 128));
    expect(requestOf({ body })).toMatchObject({ method: 'POST', body: Uint8Array.of(0, 255, 128) });
    expect(requestOf({ body, request: 'PUT', 'http1.1': true })).toMatchObject({ method: 'PUT', versions: ['1.1'] });
    expect(() => requestOf({ 'http1.1': true, http2: true })).toThrow('only one');
  });

  it('takes fields from everywhere, and knows which are secret', () => {
    const headerFile = file('headers', `# ours\nX-One: 1\r\n\nX-Two:  ${SECRET} \n`);
    const { headers } = requestOf(
      { header: ['Accept: text/html', `Authorization: Bearer ${SECRET}`], 'header-env': ['X-Plain=NAME'], 'header-file': [headerFile] },
      { NAME: ' value ' },
    );
    expect(headers).toEqual([
      { name: 'Accept', value: 'text/html', secret: false },
      { name: 'Authorization', value: `Bearer ${SECRET}`, secret: true },
      { name: 'X-Plain', value: 'value', secret: true },
      { name: 'X-One', value: '1', secret: true },
      { name: 'X-Two', value: SECRET, secret: true },
    ]);
    const bearer = { name: 'authorization', value: `Bearer ${SECRET}`, secret: true };
    expect(requestOf({ 'bearer-env': 'T' }, { T: SECRET }).headers).toEqual([bearer]);
    expect(requestOf({ 'bearer-file': file('token', `${SECRET}\n`) }).headers).toEqual([bearer]);
  });

  it.each([
    [{ header: [`Authorization ${SECRET}`] }],
    [{ header: [`bad name: ${SECRET}`] }],
    [{ header: [`X: ${SECRET}\u0007`] }],
    [{ 'header-env': [`X=${SECRET}`] }],
    [{ 'header-env': ['X=ABSENT'] }],
    [{ 'header-env': ['X=BROKEN'] }],
    [{ 'bearer-env': SECRET }],
    [{ 'bearer-env': 'BROKEN' }],
    [{ 'bearer-env': 'SPACED' }],
    [{ 'bearer-env': 'OK', 'bearer-file': 'x' }],
    [{ 'bearer-file': join(folder, 'absent') }],
    [{ body: folder }],
  ])('refuses %#, and shows no value', (flags) => {
    const environment = { BROKEN: `${SECRET}\r\nX: y`, SPACED: `${SECRET} y`, OK: SECRET };
    let message = '';
    try {
      requestOf(flags, environment);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).not.toBe('');
    expect(message).not.toContain(SECRET);
  });
});

describe('values of flags', () => {
  it.each<[string, (text: string) => unknown, string, unknown]>([
    ['method', kinds.method.parse, 'post', 'POST'],
    ['method', kinds.method.parse, 'CONNECT', null],
    ['method', kinds.method.parse, 'GET /', null],
    ['statuses', kinds.statuses.parse, '200, 2XX,404', ['200', '2xx', '404']],
    ['statuses', kinds.statuses.parse, '99', null],
    ['statuses', kinds.statuses.parse, '1xx', null],
    ['redirects', kinds.redirects.parse, '0', 0],
    ['redirects', kinds.redirects.parse, '51', null],
    ['burst', kinds.burst.parse, '10001', null],
    ['concurrency', kinds.concurrency.parse, '201', null],
    ['header', kinds.requiredHeader.parse, 'X-A', { name: 'x-a', value: null }],
    ['header', kinds.requiredHeader.parse, 'X-A: b: c', { name: 'x-a', value: 'b: c' }],
    ['header', kinds.requiredHeader.parse, 'X-A:', null],
    ['body', kinds.bodyExpectation.parse, 'up', { kind: 'body', text: 'up' }],
    ['body', kinds.bodyExpectation.parse, '/a|b/i', { kind: 'body', pattern: 'a|b', flags: 'i' }],
    ['body', kinds.bodyExpectation.parse, '/(/', null],
    ['body', kinds.bodyExpectation.parse, '/path', { kind: 'body', text: '/path' }],
    ['json', kinds.jsonExpectation.parse, '$.a=b=c', { kind: 'json', path: '$.a', value: 'b=c' }],
    ['json', kinds.jsonExpectation.parse, '$.a[?@.b == 1].c', { kind: 'json', path: '$.a[?@.b == 1].c', value: null }],
    ['json', kinds.jsonExpectation.parse, "$['a=]b']=x", { kind: 'json', path: "$['a=]b']", value: 'x' }],
    ['json', kinds.jsonExpectation.parse, 'a.b', null],
  ])('%s %#', (_name, parse, text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it('a query that is none is refused before anything is sent', async () => {
    const json = (path: string) => expectationsOf({ 'expect-json': [{ kind: 'json', path, value: null }] });
    await expect(json('$.a[')).rejects.toThrow('no JSONPath');
    await expect(json("$[?search(@.a, '(a+)+$')]")).rejects.toThrow('no JSONPath');
    expect(await json('$.a[?length(@.b) > 1]')).toHaveLength(1);
    expect(await expectationsOf({ 'expect-status': ['200'], 'forbid-header': ['x'] })).toEqual([
      { kind: 'status', accepted: ['200'] },
      { kind: 'no-header', name: 'x' },
    ]);
  });

  it.each([
    ['app.example.net', 'https://app.example.net'],
    ['app.example.net:443', 'https://app.example.net'],
    ['app.example.net:8080', 'http://app.example.net:8080'],
    ['2001:db8::1', 'https://[2001:db8::1]'],
    ['[2001:db8::1]:80', 'http://[2001:db8::1]'],
    ['wss://app.example.net/x', 'wss://app.example.net/x'],
  ])('target %s is %s', (text, id) => {
    expect(expectingHttp(readTarget(text)).id).toBe(id);
  });
});
