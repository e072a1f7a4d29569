import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { parseProxyUrl } from '../../src/model/proxy-environment.js';
import { parseTarget } from '../../src/model/target.js';
import { openNetwork } from '../../src/net/real.js';
import { run } from '../../src/run.js';
import { type LoopbackServer, listen, serveTcp } from '../fakes/loopback-server.js';

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

/** A run of `http` on a name that nothing here resolves, through a proxy at `port`. */
async function runThrough(url: string) {
  // No name server listens there.
  const network = await openNetwork({ servers: [{ address: '127.0.0.1', port: 9 }] });
  const target = parseTarget('http://inner.example.net/page');
  const hop = parseProxyUrl(url, '--proxy');
  if (!target.ok || !hop.ok) throw new Error('bad test');
  const proxies = { given: hop.hop, variables: {} };
  const tls = { servername: null, ca: [], cert: null, key: null };
  try {
    return await run(
      {
        command: 'http',
        targets: [target.target],
        family: null,
        origin: {},
        policy: DEFAULT_POLICY,
        deadlineMs: 20_000,
        host: false,
        proxy: { settings: proxies, compare: true, timeoutMs: 2000 },
        http: {
          ...tls,
          method: 'GET',
          headers: [],
          body: null,
          versions: ['1.1'],
          compression: false,
          maximumRedirects: 0,
          expectations: [],
          securityHeaders: false,
          count: 1,
          intervalMs: 10,
          keepAlive: false,
          burst: null,
          proxies,
          timeoutMs: 2000,
          bodyTimeoutMs: 2000,
        },
      },
      { network, signal: new AbortController().signal, version: '0', progress: () => {} },
    );
  } finally {
    network.close();
  }
}

const statuses = (report: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries(report.checks.map(({ id, status, code }) => [id.split('@')[0], code === null ? status : `${status} ${code}`]));

describe('a target whose name only the proxy knows', () => {
  it('is reached, and its name here is no fault then', async () => {
    const asked: string[] = [];
    const proxy = await listen(
      http.createServer((request, response) => {
        asked.push(request.url ?? '');
        response.end('from behind');
      }),
    );
    opened.push(proxy);
    const report = await runThrough(`http://me:hush@127.0.0.1:${proxy.port}`);
    expect(asked).toEqual(['http://inner.example.net/page', 'http://inner.example.net/page']);
    expect(statuses(report)).toMatchObject({ 'l7.name': 'skip', 'l7.proxy': 'pass', 'l7.http-status': 'pass' });
    expect(report.verdict).toBe('pass');
    const made = report.measurements.find(({ probe }) => probe === 'proxy');
    expect(made?.data).toMatchObject({ comparison: { direct: { reachable: null }, proxied: { reachable: true, status: 200 } } });
    expect(JSON.stringify(report)).not.toContain('hush');
  });

  it('is not tried through a proxy that wants its address, nor held against a proxy that is dead', async () => {
    const socks = await serveTcp(() => {});
    opened.push(socks);
    const report = await runThrough(`socks5://127.0.0.1:${socks.port}`);
    expect(socks.accepted()).toBe(0);
    expect(statuses(report)['l7.name']).toMatch(/^fail dns-/);

    const gone = await serveTcp(() => {});
    await gone.close();
    const dead = await runThrough(`http://127.0.0.1:${gone.port}`);
    expect(dead.diagnosis.map(({ code }) => code)).toContain('proxy-unreachable');
  });
});
