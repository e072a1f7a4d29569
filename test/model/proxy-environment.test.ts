import { describe, expect, it } from 'vitest';
import { noProxyEntry } from '../../src/model/no-proxy.js';
import { proxyName } from '../../src/model/proxy.js';
import { parseProxyUrl, proxyCredentials, proxyFor, proxyVariables } from '../../src/model/proxy-environment.js';

const at = (scheme: 'http' | 'https' | 'ws' | 'wss' | 'tls', host = 'app.example.net', port = 443) => ({ scheme, host, port });
const by = (variables: Record<string, string>, target = at('https')) => {
  const { hop, because, fault } = proxyFor(target, { given: null, variables: proxyVariables(variables) });
  return fault !== null ? `fault of ${fault.variable}` : hop === null ? because : proxyName(hop);
};

describe('the URL of a proxy', () => {
  it.each([
    ['http://proxy.example.net:3128', 'http://proxy.example.net:3128', null],
    ['proxy.example.net:3128/', 'http://proxy.example.net:3128', null],
    ['proxy.example.net', 'http://proxy.example.net:1080', null],
    ['https://proxy.example.net', 'https://proxy.example.net:443', null],
    ['SOCKS5H://10.0.0.1', 'socks5h://10.0.0.1:1080', null],
    ['socks5://[2001:db8::1]:9050', 'socks5://[2001:db8::1]:9050', null],
    ['http://[2001:db8::1]', 'http://[2001:db8::1]:1080', null],
    ['http://me:p%40ss%3A@proxy:1', 'http://proxy:1', 'me:p@ss:'],
    ['http://me@proxy:1', 'http://proxy:1', 'me:'],
    ['http://a:b@c@proxy:1', 'http://proxy:1', 'a:b@c'],
  ])('%s', (text, name, credentials) => {
    const outcome = parseProxyUrl(text, 'HTTP_PROXY');
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(proxyName(outcome.hop)).toBe(name);
    expect(outcome.hop).toMatchObject({ credentials, from: 'HTTP_PROXY' });
  });

  it.each([
    '',
    'ftp://proxy:1',
    'socks4://proxy:1',
    'http://me:hush@proxy:99999',
    'http://me:hush@',
    'http://me:hush/x@proxy:1/y',
    'http://me:%zz@proxy:1',
    'http://me:hush @proxy:1',
    'http://me:hush%0a@proxy:1',
    'socks5://me@proxy:1',
    `socks5://me:${'x'.repeat(256)}@proxy:1`,
    'http://proxy:1?hush',
    'http://0.0.0.0:1',
  ])('%j is refused without being quoted', (text) => {
    const outcome = parseProxyUrl(text, 'x');
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) expect(outcome.reason).not.toMatch(/hush|xxx|zz/);
  });
});

describe('the proxy of a target', () => {
  it.each([
    [{}, at('https'), 'no variable of the environment names a proxy for it'],
    [{ HTTPS_PROXY: 'a:1' }, at('https'), 'http://a:1'],
    [{ HTTPS_PROXY: 'a:1', https_proxy: 'b:2' }, at('https'), 'http://b:2'],
    [{ HTTPS_PROXY: 'a:1', https_proxy: '' }, at('https'), 'http://a:1'],
    [{ HTTP_PROXY: 'a:1' }, at('https'), 'no variable of the environment names a proxy for it'],
    [{ HTTP_PROXY: 'a:1', ALL_PROXY: 'socks5://s:2' }, at('https'), 'socks5://s:2'],
    [{ http_proxy: 'a:1', ALL_PROXY: 'socks5://s:2' }, at('http'), 'http://a:1'],
    [{ HTTP_PROXY: 'a:1' }, at('http'), 'http://a:1'],
    [{ HTTP_PROXY: 'a:1', REQUEST_METHOD: 'GET' }, at('http'), 'no variable of the environment names a proxy for it'],
    [{ http_proxy: 'a:1', REQUEST_METHOD: 'GET' }, at('http'), 'http://a:1'],
    [{ HTTPS_PROXY: 'a:1' }, at('wss'), 'http://a:1'],
    [{ HTTP_PROXY: 'a:1' }, at('ws'), 'http://a:1'],
    [{ ALL_PROXY: 'a:1' }, at('tls'), 'http://a:1'],
    [{ ALL_PROXY: 'a:1' }, at('tls', 'app.example.net', 8443), 'no proxy is used for this kind of target'],
    [{ HTTPS_PROXY: 'a:1', NO_PROXY: 'example.net' }, at('https'), 'NO_PROXY has example.net'],
    [{ HTTPS_PROXY: 'a:1', NO_PROXY: 'example.net', no_proxy: 'other' }, at('https'), 'http://a:1'],
    [{ HTTPS_PROXY: 'a:1' }, at('https', '127.0.0.1'), 'http://a:1'],
    [{ HTTPS_PROXY: 'ftp://a:1' }, at('https'), 'fault of HTTPS_PROXY'],
  ] as const)('%j %j: %s', (variables, target, expected) => {
    expect(by(variables as Record<string, string>, target)).toBe(expected);
  });

  it('is what was named for the run, whatever the environment says', () => {
    const variables = { https_proxy: 'a:1', no_proxy: '*' };
    const given = parseProxyUrl('b:2', '--proxy');
    expect(proxyFor(at('https'), { given: given.ok ? given.hop : null, variables }).hop).toMatchObject({ host: 'b', from: '--proxy' });
    expect(proxyFor(at('https'), { given: 'direct', variables: { https_proxy: 'a:1' } })).toMatchObject({ hop: null, fault: null });
  });
});

describe('no_proxy', () => {
  it.each([
    ['*', 'anything.example', true],
    ['example.net', 'example.net', true],
    ['example.net', 'www.example.net', true],
    ['.example.net', 'www.example.net', true],
    ['.example.net', 'example.net', true],
    ['*.example.net', 'www.example.net', true],
    ['EXAMPLE.net.', 'www.example.net', true],
    ['example.net', 'badexample.net', false],
    ['www.example.net', 'example.net', false],
    ['a,b example.net', 'example.net', true],
    ['example.net:443', 'example.net', true],
    ['example.net:8443', 'example.net', false],
    ['10.0.0.0/8', '10.9.9.9', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1:443', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.10', false],
    ['10.0.0.0/33', '10.0.0.0', false],
    ['10.0.0.0/x', '10.0.0.0', false],
    ['2001:db8::/32', '2001:db8::7', true],
    ['[2001:db8::7]', '2001:db8::7', true],
    ['[2001:db8::7]:443', '2001:db8::7', true],
    ['[2001:db8::7]:80', '2001:db8::7', false],
    ['::/0', '10.0.0.1', false],
    ['0.1', '10.0.0.1', false],
    ['', 'example.net', false],
    ['.', 'example.net', false],
  ])('%j and %s', (list, host, covered) => {
    expect(noProxyEntry(list, host, 443) !== null).toBe(covered);
  });
});

describe('proxyCredentials', () => {
  it('finds every login that could go out, and none that could not', () => {
    const variables = { http_proxy: 'http://a:s%3Acret@h', ALL_PROXY: 'socks5://b:c@h', no_proxy: 'x:y@h', https_proxy: '??' };
    expect(proxyCredentials({ given: null, variables })).toEqual(['a:s:cret', 'b:c']);
    expect(proxyCredentials({ given: 'direct', variables })).toEqual([]);
  });
});
