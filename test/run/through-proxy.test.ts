import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { reportWebOf } from '../../src/cli/report-web.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { parseProxyUrl } from '../../src/model/proxy-environment.js';
import { parseTarget } from '../../src/model/target.js';
import { openNetwork } from '../../src/net/real.js';
import { run } from '../../src/run.js';
import { type LoopbackServer, listen } from '../fakes/loopback-server.js';

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

/** A full report on a page whose name only the proxy knows. */
async function checksThrough(answer: http.RequestListener): Promise<Record<string, string>> {
  const proxy = await listen(http.createServer(answer));
  opened.push(proxy);
  const target = parseTarget('http://inner.example.net/page');
  const hop = parseProxyUrl(`http://127.0.0.1:${proxy.port}`, '--proxy');
  if (!target.ok || !hop.ok) throw new Error('bad test');
  const proxies = { given: hop.hop, variables: {} };
  // No name server listens there.
  const network = await openNetwork({ servers: [{ address: '127.0.0.1', port: 9 }] });
  const tls = { servername: null, ca: [], cert: null, key: null };
  try {
    const report = await run(
      {
        command: 'full-report',
        targets: [target.target],
        family: null,
        origin: {},
        policy: DEFAULT_POLICY,
        deadlineMs: 20_000,
        host: false,
        proxy: { settings: proxies, compare: false, timeoutMs: 2000 },
        ...reportWebOf({ tls, proxies, timeoutMs: 2000, answerMs: 2000 }),
      },
      { network, signal: new AbortController().signal, version: '0', progress: () => {} },
    );
    const lines = report.checks.map(({ id, status, code }) => [id.split('@')[0] ?? '', code === null ? status : `${status} ${code}`]);
    return { ...Object.fromEntries(lines), verdict: report.verdict };
  } finally {
    network.close();
  }
}

describe('a page behind a proxy', () => {
  it.each([
    [200, 'pass', 'pass'],
    [404, 'fail http-status', 'fail'],
    [401, 'warn http-unauthorized', 'warn'],
    [503, 'fail http-status', 'fail'],
  ])('with status %i: %s', async (status, judged, verdict) => {
    const checks = await checksThrough((_request, response) => response.writeHead(status, { via: '1.1 proxy' }).end());
    expect(checks).toMatchObject({ 'l7.http-status': judged, 'l7.name': 'skip', verdict });
  });

  it('is followed to the end of its redirects', async () => {
    const checks = await checksThrough((request, response) => {
      if (request.url?.endsWith('/page')) response.writeHead(302, { location: '/gone' }).end();
      else response.writeHead(410).end();
    });
    expect(checks).toMatchObject({ 'l7.redirects': 'pass', 'l7.http-status': 'fail http-status' });
  });

  it('may stream without an end', async () => {
    const checks = await checksThrough((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    });
    expect(checks).toMatchObject({ 'l7.http-status': 'pass', verdict: 'pass' });
  });
});
