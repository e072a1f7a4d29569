import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { CaptivePortalReference } from '../../../src/model/probe-options.js';
import { openNetwork } from '../../../src/net/real.js';
import { captivePortalProbe } from '../../../src/probes/captive-portal/index.js';
import { planCaptivePortal } from '../../../src/probes/captive-portal/plan.js';
import { REFERENCES } from '../../../src/probes/captive-portal/references.js';
import { signOf } from '../../../src/probes/captive-portal/sign.js';
import { startDnsServer, zone } from '../../fakes/dns-server.js';
import { type LoopbackServer, listen, serveTcp } from '../../fakes/loopback-server.js';

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

const network = openNetwork();

async function look(answer: http.RequestListener, more: Partial<CaptivePortalReference> = {}) {
  const server = await listen(http.createServer(answer));
  opened.push(server);
  return ask({ name: null, host: '127.0.0.1', port: server.port, path: '/check?x=1', status: 200, body: 'success', ...more });
}

async function ask(reference: CaptivePortalReference, timeoutMs = 3000) {
  const plan = planCaptivePortal({ reference, timeoutMs }, {}, null);
  const observation = await captivePortalProbe.measure(plan, { network: await network, signal: new AbortController().signal });
  const measurement = {
    id: 'm1',
    probe: 'captive-portal',
    target: null,
    startedAt: '',
    durationMs: 1,
    stalledMs: 0,
    ...observation,
  } as MeasurementOf<'captive-portal'>;
  return { data: observation.data, check: captivePortalProbe.judge(measurement, { policy: DEFAULT_POLICY })[0] };
}

describe('a captive portal', () => {
  it('is not there where the known answer comes', async () => {
    const { data, check } = await look((request, response) => response.end(`${request.url === '/check?x=1' ? 'success' : 'wrong'}\n`));
    expect(data).toMatchObject({ status: 200, asExpected: true, sign: null, portal: null, privateAddress: null });
    expect(check).toMatchObject({ id: 'l7.captive-portal', status: 'pass', code: null, target: null });
    expect(data.url).not.toContain('x=1');
  });

  it.each([
    ['a redirect', 302, { location: 'http://10.0.0.1/login?mac=aa#x' }, '', 'redirect', 'http://10.0.0.1/login'],
    ['a redirect within', 302, { location: '/login?mac=aa' }, '', 'redirect', /^http:\/\/127\.0\.0\.1:\d+\/login$/],
    [
      '511',
      511,
      { link: '<https://portal.example/api?s=1>; rel="captive-portal"; type="application/captive+json"' },
      '',
      'network-authentication-required',
      null,
    ],
    ['another page', 200, {}, '<html>log in</html>', 'other-content', null],
    ['a page of a filter', 403, {}, 'log in first', 'other-content', null],
  ])('shows by %s', async (_name, status, headers, body, sign, portal) => {
    const { data, check } = await look((_request, response) => response.writeHead(status, headers).end(body));
    expect(data).toMatchObject({ status, asExpected: false, sign });
    if (portal instanceof RegExp) expect(data.portal).toMatch(portal);
    else expect(data.portal).toBe(portal);
    expect(check).toMatchObject({ status: 'fail', code: 'captive-portal' });
    expect(JSON.stringify(data)).not.toMatch(/mac=|s=1/);
  });

  it('is not concluded from an error, silence or a page that moved to https', async () => {
    expect((await look((_request, response) => response.writeHead(503).end('busy'))).check).toMatchObject({ status: 'skip', code: null });
    expect((await look((_request, response) => response.writeHead(404).end())).check?.status).toBe('skip');
    const moved = await look((_request, response) => response.writeHead(301, { location: 'https://127.0.0.1/check?x=1' }).end());
    expect(moved.check?.status).toBe('skip');
    const silent = await serveTcp(() => {});
    opened.push(silent);
    const { data, check } = await ask({ name: null, host: '127.0.0.1', port: silent.port, path: '/', status: 204, body: null }, 150);
    expect(data).toMatchObject({ status: null, asExpected: null, sign: null });
    expect(check?.status).toBe('skip');
  });

  it('is read with a bound, and escapes are the renderer’s', async () => {
    const { data } = await look((_request, response) => {
      response.on('error', () => {});
      response.end('success'.repeat(1_000_000));
    });
    expect(data).toMatchObject({ asExpected: false, sign: 'other-content' });
  });
});

it('says where the name led to, and leaves a name that is not there alone', async () => {
  const dns = await startDnsServer({ udp: zone({ 'detect.example': { a: ['127.0.0.1'] } }) });
  const portal = await listen(
    http.createServer((_request, response) => response.writeHead(302, { location: 'http://login.example/' }).end()),
  );
  opened.push(portal);
  const resolved = await openNetwork({ servers: [{ address: '127.0.0.1', port: dns.port }] });
  const measure = (host: string) => {
    const reference = { name: 'X', host, port: portal.port, path: '/', status: 204, body: null };
    return captivePortalProbe.measure(planCaptivePortal({ reference, timeoutMs: 2000 }, {}, null), {
      network: resolved,
      signal: new AbortController().signal,
    });
  };
  try {
    expect((await measure('detect.example')).data).toMatchObject({
      address: '127.0.0.1',
      privateAddress: true,
      sign: 'redirect',
      portal: 'http://login.example/',
    });
    expect(await measure('nowhere.example')).toMatchObject({
      attempt: { kind: 'failed', step: 'resolve' },
      data: { address: null, status: null },
    });
  } finally {
    resolved.close();
  }
});

describe('the references', () => {
  it.each(REFERENCES)('$name takes its own answer, and no other', (reference) => {
    expect(reference.port).toBe(80);
    const own = { status: reference.status, fields: [], body: reference.body ?? '' };
    expect(signOf(own, reference)).toMatchObject({ asExpected: true, sign: null });
    expect(signOf({ ...own, status: 200, body: 'log in' }, reference).sign).toBe('other-content');
  });

  it('an announced portal that is open is no fault', () => {
    const reference = { name: null, host: 'x', port: 80, path: '/', status: 204, body: null };
    const fields = [['link', '<http://portal.example/>; rel="captive-portal"']] as const;
    expect(signOf({ status: 204, fields, body: '' }, reference)).toMatchObject({
      asExpected: true,
      sign: 'announced',
      portal: 'http://portal.example/',
    });
  });
});
