import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { measurementSchema } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { HttpProbeOptions } from '../../../src/model/probe-options.js';
import { parseTarget } from '../../../src/model/target.js';
import { systemClock } from '../../../src/net/clock.js';
import { createHttp } from '../../../src/net/http/http.js';
import type { Network } from '../../../src/net/port.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { judgeHttp } from '../../../src/probes/http/judge.js';
import { measureHttp } from '../../../src/probes/http/measure.js';
import { planHttp } from '../../../src/probes/http/plan.js';
import { type Authority, makeAuthority } from '../../fakes/certificates.js';
import { freePort, nginxIsThere } from '../../fakes/nginx.js';
import { type NginxSites, startNginxSites } from '../../fakes/nginx-sites.js';

const run = promisify(execFile);
const CURL = '/usr/bin/curl';
const absent = !nginxIsThere ? 'nginx is not installed' : existsSync(CURL) ? null : 'curl is not installed';
if (absent !== null) console.warn(`skipped: ${absent}`);

const PAGE = `<!doctype html><title>page</title>${'<p>hello from nginx</p>'.repeat(400)}`;
const PASSWORD = 'open-sesame';
/** nginx takes passwords as they are too. */
const HTPASSWD = `user:{PLAIN}${PASSWORD}\n`;

let nginx: NginxSites;
let root: Authority;
let plain: number;
let secure: number;

const configuration = (plainPort: number, securePort: number) => `
types { text/html html; application/json json; }
default_type text/plain;
root FOLDER/www;
gzip on; gzip_min_length 100; gzip_types text/plain application/json;
limit_req_zone $server_addr zone=few:1m rate=1r/s;
limit_req_status 429;
server {
  listen 127.0.0.1:${plainPort};
  location = /go { return 301 https://localhost:${securePort}/page.html?token=secret-of-query; }
  location = /loop { return 302 /loop; }
  location = /a { return 302 /b; }
  location = /b { return 302 /a; }
  location = /file { return 302 file:///etc/passwd; }
  location = /few { limit_req zone=few burst=5 nodelay; add_header Retry-After 1 always; try_files /page.html =404; }
  location = /slow { limit_rate 200; }
}
server {
  listen 127.0.0.1:${securePort} ssl http2;
  ssl_certificate FOLDER/cert.pem; ssl_certificate_key FOLDER/key.pem;
  location = /private { auth_basic "private"; auth_basic_user_file FOLDER/htpasswd; try_files /page.html =404; }
  location = /down { return 302 http://localhost:${plainPort}/page.html; }
  location = /health { default_type application/json; return 200 '{"status":"ok","parts":[{"name":"db","up":true}]}'; }
  location = /safe.html {
    add_header Strict-Transport-Security "max-age=31536000" always;
    add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none'" always;
    add_header X-Content-Type-Options nosniff always;
    add_header Referrer-Policy no-referrer always;
    add_header Alt-Svc 'h3=":443"; ma=86400' always;
    add_header Set-Cookie "session=top-secret-cookie; Secure; HttpOnly; SameSite=Lax" always;
    try_files /page.html =404;
  }
}`;

beforeAll(async () => {
  if (absent !== null) return;
  root = await makeAuthority('Test Root');
  const leaf = await root.issue();
  [plain, secure] = [await freePort(), await freePort()];
  const files = { 'cert.pem': leaf.cert, 'key.pem': leaf.key, 'www/page.html': PAGE, htpasswd: HTPASSWD, 'ca.pem': root.cert };
  nginx = await startNginxSites(configuration(plain, secure), files, secure);
});
afterAll(() => nginx?.close());

async function measure(url: string, parts: Partial<HttpProbeOptions> = {}): Promise<MeasurementOf<'http'>> {
  const outcome = parseTarget(url);
  if (!outcome.ok) throw new Error(outcome.reason);
  const options: HttpProbeOptions = {
    method: 'GET',
    headers: [],
    body: null,
    versions: ['2', '1.1'],
    compression: true,
    maximumRedirects: 10,
    expectations: [],
    securityHeaders: false,
    count: 1,
    intervalMs: 0,
    keepAlive: false,
    burst: null,
    servername: null,
    ca: [root.cert],
    cert: null,
    key: null,
    proxies: { given: null, variables: {} },
    timeoutMs: 5000,
    bodyTimeoutMs: 5000,
    ...parts,
  };
  const plan = planHttp(outcome.target, '127.0.0.1', null, options, {});
  if (plan === null) throw new Error('no plan');
  const http = createHttp(
    systemClock,
    createTrustStore(() => []),
  );
  const names = {
    resolve: async () => ({ outcome: { kind: 'measured', value: { addresses: ['127.0.0.1'], elapsedMs: 0.5 } }, queries: [] }),
  };
  const network = { clock: systemClock, http, names } as unknown as Network;
  const observed = await measureHttp(plan, { network, signal: new AbortController().signal });
  const measurement = {
    id: 'm1',
    target: outcome.target.id,
    probe: 'http',
    startedAt: new Date().toISOString(),
    durationMs: 1,
    stalledMs: 0,
    method: observed.method,
    attempt: observed.attempt.kind === 'measured' ? { kind: 'measured' } : observed.attempt,
    data: observed.data,
  };
  return measurementSchema.parse(measurement) as MeasurementOf<'http'>;
}

const judge = (measurement: MeasurementOf<'http'>) =>
  Object.fromEntries(
    judgeHttp(measurement, { policy: DEFAULT_POLICY }).map(({ id, status, code }) => [
      id.split('@')[0],
      code === null ? status : `${status} ${code}`,
    ]),
  );

async function curl(url: string, format: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(CURL, ['-sS', '-o', '/dev/null', '--cacert', join(nginx.folder, 'ca.pem'), '-w', format, ...args, url]);
  return stdout;
}

describe.skipIf(absent !== null)(`nginx${absent === null ? '' : ` (${absent})`}`, () => {
  it('over HTTP/2 and HTTP/1.1 says the same to us as to curl', async () => {
    for (const [versions, flag, name] of [
      [['2', '1.1'], '--http2', '2'],
      [['1.1'], '--http1.1', '1.1'],
    ] as const) {
      const url = `https://localhost:${secure}/page.html`;
      const { data } = await measure(url, { versions });
      const said = await curl(
        url,
        '%{http_code} %{http_version} %{size_download} %{content_type}',
        flag,
        '--compressed',
        '-H',
        'Accept-Encoding: gzip, deflate, br',
      );
      expect(`${data.status} ${data.httpVersion} ${data.body?.bytes} ${data.body?.contentType}`).toBe(said);
      expect(data).toMatchObject({ httpVersion: name, body: { ended: 'complete', encoding: 'gzip', decodedBytes: PAGE.length } });
      expect(data.compression.used).toBe('gzip');
      expect(data.headers['server']).toMatch(/^nginx/);
      expect(data.server).toBe(data.headers['server']);
    }
  });

  it('takes about as long for us as for curl, phase by phase', async () => {
    const url = `https://localhost:${secure}/page.html`;
    const { data } = await measure(url, { count: 10, versions: ['1.1'] });
    expect(data.count).toBe(10);
    expect(data.completed).toBe(10);
    expect(data.distribution?.tlsMs?.p50).toBe(data.tlsMs);
    const times = (await curl(url, '%{time_connect} %{time_appconnect} %{time_starttransfer} %{time_total}', '--http1.1'))
      .split(' ')
      .map((text) => Number(text) * 1000);
    const [connectMs = 0, tlsEndMs = 0, firstMs = 0] = times;
    // Both run on a busy machine: the same order of size is what can be asked.
    for (const [ours, theirs] of [
      [data.tcpMs ?? 0, connectMs],
      [data.tlsMs ?? 0, tlsEndMs - connectMs],
      [data.ttfbMs ?? 0, firstMs - tlsEndMs],
    ] as const) {
      expect(ours).toBeGreaterThan(0);
      expect(ours).toBeLessThan(theirs * 10 + 50);
    }
  });

  it('keeps its connection where that is asked for', async () => {
    const { data } = await measure(`https://localhost:${secure}/page.html`, { count: 3, keepAlive: true });
    expect(data.runs.map(({ reused }) => reused)).toEqual([false, true, true]);
    expect(data.runs.map(({ tlsMs }) => tlsMs !== null)).toEqual([true, false, false]);
  });

  it('redirects to another scheme: each hop timed, no secret in the report', async () => {
    const { data } = await measure(`http://user:${PASSWORD}@localhost:${plain}/go`);
    expect(data).toMatchObject({
      status: 200,
      httpVersion: '2',
      url: `http://localhost:${plain}/go`,
      finalUrl: `https://localhost:${secure}/page.html?token=***`,
    });
    expect(data.redirects).toMatchObject([
      { status: 301, url: `http://localhost:${plain}/go`, location: `https://localhost:${secure}/page.html?token=***` },
    ]);
    expect(data.redirects[0]?.ttfbMs).toBeGreaterThan(0);
    expect(data.totalMs).toBeGreaterThan(data.redirects[0]?.totalMs ?? Infinity);
    expect(JSON.stringify(data)).not.toMatch(/open-sesame|secret-of-query|b3Blbi/);
    expect(await curl(`http://localhost:${plain}/go`, '%{http_code} %{num_redirects}', '-L')).toBe('200 1');
  });

  it.each([
    ['/loop', 'loop', 'fail http-redirect-loop'],
    ['/a', 'loop', 'fail http-redirect-loop'],
    ['/file', 'invalid', 'fail http-redirect-invalid'],
  ])('%s is no way on', async (path, kind, verdict) => {
    const measurement = await measure(`http://localhost:${plain}${path}`);
    expect(measurement.data.redirectFault?.kind).toBe(kind);
    expect(judge(measurement)).toMatchObject({ 'l7.redirects': verdict });
  });

  it('a redirect to plain text is a fault, and where none is followed the answer is the redirect', async () => {
    expect(judge(await measure(`https://localhost:${secure}/down`))).toMatchObject({
      'l7.redirects': 'fail http-redirect-downgrade',
      'l7.http-status': 'pass',
    });
    const still = await measure(`https://localhost:${secure}/down`, { maximumRedirects: 0 });
    expect(still.data).toMatchObject({ status: 302, redirects: [], redirectFault: null });
    expect(judge(still)).toMatchObject({ 'l7.http-status': 'pass' });
  });

  it('wants a login: without one it warns, with a wrong one it fails, with the right one it is well', async () => {
    const at = (login: string) => `https://${login}localhost:${secure}/private`;
    expect(judge(await measure(at('')))).toMatchObject({ 'l7.http-status': 'warn http-unauthorized' });
    expect(judge(await measure(at('user:wrong@')))).toMatchObject({ 'l7.http-status': 'fail http-unauthorized' });
    const right = await measure(at(`user:${PASSWORD}@`));
    expect(judge(right)).toMatchObject({ 'l7.http-status': 'pass' });
    expect(right.data.authenticated).toBe(true);
    expect(JSON.stringify(right)).not.toContain(PASSWORD);
    // No credentials to a server that is not trusted.
    const withheld = await measure(at(`user:${PASSWORD}@`), { ca: [] });
    expect(withheld.attempt).toMatchObject({ kind: 'failed', code: 'credentials-withheld' });
    expect(judge(withheld)).toMatchObject({ 'l6.certificate': 'fail cert-untrusted', 'l7.http-status': 'skip' });
  });

  it('is what was expected of it, or not', async () => {
    const { data } = await measure(`https://localhost:${secure}/health`, {
      expectations: [
        { kind: 'status', accepted: ['2xx'] },
        { kind: 'body', text: '"status":"ok"' },
        { kind: 'body', pattern: 'DB', flags: 'i' },
        { kind: 'body', pattern: '^(([a-z"{}:,\\[\\]]+)+)+$', flags: '' },
        { kind: 'json', path: '$.status', value: 'ok' },
        { kind: 'json', path: '$.parts[?@.name=="db"].up', value: 'true' },
        { kind: 'json', path: '$.parts[0].down', value: null },
        { kind: 'header', name: 'content-type', value: 'JSON' },
        { kind: 'header', name: 'x-frame-options', value: null },
        { kind: 'no-header', name: 'server' },
      ],
    });
    expect(data.expectations.map(({ met }) => met)).toEqual([true, true, true, expect.any(Boolean), true, true, false, true, false, false]);
  });

  it('shows what protects a page, and its cookies without their values', async () => {
    const safe = await measure(`https://localhost:${secure}/safe.html`, { securityHeaders: true });
    expect(judge(safe)).toMatchObject({ 'l7.security-headers': 'pass', 'l7.clock': 'pass' });
    expect(safe.data).toMatchObject({
      http3: true,
      alternatives: [{ protocol: 'h3', authority: ':443', maxAgeSeconds: 86_400 }],
      cookies: [{ name: 'session', secure: true, httpOnly: true, sameSite: 'Lax', persistent: false }],
    });
    expect(JSON.stringify(safe)).not.toContain('top-secret-cookie');
    expect(judge(await measure(`https://localhost:${secure}/page.html`, { securityHeaders: true }))).toMatchObject({
      'l7.security-headers': 'fail http-header-missing',
    });
  });

  it('limits requests: the burst shows from which one on, and that it is accepted again', async () => {
    const measurement = await measure(`http://localhost:${plain}/few`, { burst: { count: 200, concurrency: 2 } });
    const { burst } = measurement.data;
    // One is allowed and five more at once; the request ahead of the burst was one of them.
    expect(burst?.acceptedBefore).toBeGreaterThanOrEqual(4);
    expect(burst?.acceptedBefore).toBeLessThanOrEqual(8);
    expect(burst).toMatchObject({ asked: 200, concurrency: 2, failed: 0, retryAfterSeconds: 1, recovered: true });
    expect(burst?.sent).toBeLessThan(20);
    expect(burst?.limited).toBeGreaterThan(0);
    expect(judge(measurement)).toMatchObject({ 'l7.burst': 'pass' });
    const limited = await measure(`http://localhost:${plain}/few`, { burst: { count: 50, concurrency: 2 } });
    expect(limited.data.burst?.statuses.map(({ status }) => status)).toContain(429);
  });
});
