import { describe, expect, it } from 'vitest';
import { proxyVariables } from '../../../src/model/proxy-environment.js';
import { readVariables } from '../../../src/probes/proxy-settings/settings.js';
import { noProxyFaults } from '../../../src/wire/http/no-proxy-list.js';

const read = (environment: Record<string, string>) => readVariables(environment, { given: null, variables: proxyVariables(environment) });

describe('the proxy variables', () => {
  it('say which schemes go by which of them, without their values', () => {
    const found = read({ http_proxy: 'proxy.example.net:3128', ALL_PROXY: 'socks5://user:pass-word@192.0.2.1' });
    expect(found.variables).toEqual([
      { name: 'http_proxy', proxy: 'http://proxy.example.net:3128', authenticated: false, schemes: ['http', 'ws'], problem: null },
      { name: 'ALL_PROXY', proxy: 'socks5://192.0.2.1:1080', authenticated: true, schemes: ['https', 'wss'], problem: null },
    ]);
    expect(JSON.stringify({ ...found, hops: [] })).not.toContain('pass-word');
  });

  it.each([
    ['the same twice', { http_proxy: 'http://192.0.2.1:3128', HTTP_PROXY: '192.0.2.1:3128' }, 0],
    ['two proxies', { https_proxy: 'http://192.0.2.1:3128', HTTPS_PROXY: 'http://192.0.2.2:3128' }, 1],
    ['two logins', { https_proxy: 'http://a:b@192.0.2.1:3128', HTTPS_PROXY: 'http://a:c@192.0.2.1:3128' }, 1],
    ['the same exceptions in another order', { no_proxy: 'a.example, b.example', NO_PROXY: 'B.example,a.example' }, 0],
    ['other exceptions', { no_proxy: 'a.example', NO_PROXY: 'b.example' }, 1],
    ['different variables', { http_proxy: 'http://192.0.2.1:3128', https_proxy: 'http://192.0.2.2:3128' }, 0],
    ['an empty one', { http_proxy: '', HTTP_PROXY: 'http://192.0.2.1:3128' }, 0],
  ])('contradict each other or not: %s', (_what, environment, count) => {
    expect(read(environment as Record<string, string>).contradictions).toHaveLength(count);
  });

  it('that cannot be read are named with the reason, and their value is not shown', () => {
    const { variables, hops } = read({ https_proxy: 'http://user:odd%zzword@proxy.example.net:3128' });
    expect(variables).toMatchObject([{ name: 'https_proxy', proxy: null, authenticated: null }]);
    expect(variables[0]?.problem).toMatch(/percent-encoding/);
    expect(JSON.stringify(variables)).not.toMatch(/odd|proxy\.example/);
    expect(hops).toEqual([]);
  });

  it('that name a proxy which netdiag alone does not speak to have no fault', () => {
    const { variables, hops } = read({ all_proxy: 'socks4://hidden-user@192.0.2.1' });
    expect(variables).toMatchObject([
      { proxy: 'socks4://192.0.2.1:1080', problem: 'netdiag does not speak SOCKS 4, so that it is not tried' },
    ]);
    expect(JSON.stringify(variables)).not.toContain('hidden-user');
    expect(hops).toEqual([]);
  });

  it('leave HTTP_PROXY out behind a web server', () => {
    const { variables, hops } = read({ HTTP_PROXY: 'http://192.0.2.1:3128', REQUEST_METHOD: 'GET' });
    expect(variables).toMatchObject([{ name: 'HTTP_PROXY', schemes: [] }]);
    expect(variables[0]?.problem).toContain('httpoxy');
    expect(hops).toEqual([]);
  });
});

describe('the exceptions', () => {
  it.each([
    ['localhost,127.0.0.1,::1,.example.net,example.org,*', 6, []],
    ['localhost, 127.0.0.1', 2, []],
    ['10.0.0.0/8,192.168.0.0/16', 2, ['1 differs', '2 differs']],
    ['*.example.net', 1, ['1 differs']],
    ['example.net:8080,[::1]', 2, ['1 differs', '2 differs']],
    ['192.168.*,10.,api*.example.net', 3, ['1 ignored', '2 ignored', '3 ignored']],
    ['http://example.net,"localhost"', 2, ['1 ignored', '2 ignored']],
    ['10.0.0.0/40,300.0.0.0/8,/', 3, ['1 ignored', '2 ignored', '3 ignored']],
    ['a.example b.example', 2, ['2 differs']],
    ['', 0, []],
    [',,,', 0, []],
  ])('%s', (list, entries, faults) => {
    const found = noProxyFaults(list);
    expect(found.entries).toBe(entries);
    expect(found.faults.map(({ entry, kind }) => `${entry} ${kind}`)).toEqual(faults);
  });

  it('are never quoted', () => {
    const { faults } = noProxyFaults('http://inner-secret.example.net,inner-secret*');
    expect(faults).toHaveLength(2);
    expect(JSON.stringify(faults)).not.toContain('inner-secret');
  });
});
