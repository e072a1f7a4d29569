import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { reportWebOf } from '../../src/cli/report-web.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { NO_PROXIES } from '../../src/model/proxy-environment.js';
import { parseTarget } from '../../src/model/target.js';
import { openNetwork } from '../../src/net/real.js';
import { run } from '../../src/run.js';
import { type LoopbackServer, listen } from '../fakes/loopback-server.js';

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

/** What a report asks of a page, and the checks that come of it. */
async function checksOf(answer: http.RequestListener): Promise<Record<string, string>> {
  const server = await listen(http.createServer(answer));
  opened.push(server);
  const target = parseTarget(`http://127.0.0.1:${server.port}/start`);
  if (!target.ok) throw new Error('bad test');
  const network = await openNetwork();
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
        ...reportWebOf({ tls, proxies: NO_PROXIES, timeoutMs: 2000, answerMs: 2000 }),
      },
      { network, signal: new AbortController().signal, version: '0', progress: () => {} },
    );
    return Object.fromEntries(
      report.checks
        .filter(({ layer }) => layer === 7)
        .map(({ id, status, code }) => [id.split('@')[0] ?? '', code === null ? status : `${status} ${code}`]),
    );
  } finally {
    network.close();
  }
}

describe('a page behind redirects', () => {
  it('is looked for at their end', async () => {
    const asked: string[] = [];
    const checks = await checksOf((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/start') response.writeHead(301, { location: '/new' }).end();
      else response.writeHead(500).end();
    });
    expect(asked).toEqual(['/start', '/start', '/new']);
    expect(checks).toEqual({ 'l7.http': 'pass', 'l7.http-status': 'fail http-status', 'l7.redirects': 'pass' });
  });

  it('that do not come to an end is a loop', async () => {
    const checks = await checksOf((_request, response) => response.writeHead(302, { location: '/start' }).end());
    expect(checks['l7.redirects']).toBe('fail http-redirect-loop');
  });

  it('costs nothing more where there are none', async () => {
    let count = 0;
    const checks = await checksOf((_request, response) => {
      count++;
      response.end('ok');
    });
    expect([count, checks]).toEqual([1, { 'l7.http': 'pass' }]);
  });
});
