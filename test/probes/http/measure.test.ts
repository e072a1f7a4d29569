import { describe, expect, it } from 'vitest';
import { type Attempt, failed, measured, skipped, unanswered } from '../../../src/model/attempt.js';
import type { HttpProbeOptions } from '../../../src/model/probe-options.js';
import { parseTarget } from '../../../src/model/target.js';
import type { HttpAnswer, HttpExchange, HttpExchangeOptions, Network } from '../../../src/net/port.js';
import { summarize } from '../../../src/probes/http/burst.js';
import { isWorthAnother, measureHttp } from '../../../src/probes/http/measure.js';
import { httpBudgetMs, planHttp } from '../../../src/probes/http/plan.js';

const TOKEN = 'tok-1234567890';
const OPTIONS: HttpProbeOptions = {
  method: 'GET',
  headers: [{ name: 'Authorization', value: `Bearer ${TOKEN}`, secret: true }],
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
  servername: 'named.example',
  ca: [],
  cert: 'CERT',
  key: 'KEY',
  proxies: { given: null, variables: {} },
  timeoutMs: 1000,
  bodyTimeoutMs: 1000,
};

const answer = (status: number, fields: [string, string][] = [], text = ''): Attempt<HttpAnswer> =>
  measured({
    httpVersion: '1.1',
    status,
    fields,
    ttfbMs: 10,
    body: { bytes: text.length, kept: Buffer.from(text), ended: 'complete', bodyMs: 1 },
  });

/** A network in which each request is answered as `reply` says, and takes `tookMs`. */
function network(reply: (options: HttpExchangeOptions, index: number) => Attempt<HttpAnswer>, tookMs = 11) {
  const sent: HttpExchangeOptions[] = [];
  const resolved: string[] = [];
  let nowMs = 0;
  let open = 0;
  const session = () => {
    open++;
    return {
      exchange: async (options: HttpExchangeOptions): Promise<HttpExchange> => {
        nowMs += Math.min(tookMs, options.timeoutMs);
        const outcome = reply(options, sent.push(options) - 1);
        return { outcome, reached: { tcpMs: 1, proxyMs: null, tlsMs: 2, kernel: null }, reused: false, security: null, sent: true };
      },
      close: () => {
        open--;
      },
    };
  };
  const fake = {
    clock: {
      nowMs: () => nowMs,
      wallTime: () => new Date(Date.UTC(2026, 10, 22)),
      stalledMs: () => 0,
      sleep: async (ms: number) => {
        nowMs += Math.max(0, ms);
      },
    },
    http: { session },
    names: {
      resolve: async (host: string) => {
        resolved.push(host);
        return {
          outcome:
            host === 'absent.example'
              ? failed('resolve', 'NXDOMAIN', 'no such name')
              : measured({ addresses: ['192.0.2.9'], elapsedMs: 3 }),
          queries: [],
        };
      },
    },
  } as unknown as Network;
  return { fake, sent, resolved, openSessions: () => open };
}

async function run(
  parts: Partial<HttpProbeOptions>,
  world: ReturnType<typeof network>,
  { url = 'https://app.example/a?key=value-of-query', signal = new AbortController().signal, address = '192.0.2.7' } = {},
) {
  const outcome = parseTarget(url);
  if (!outcome.ok) throw new Error(outcome.reason);
  const plan = planHttp(outcome.target, address, 4, { ...OPTIONS, ...parts }, {});
  if (plan === null) throw new Error('no plan');
  const observed = await measureHttp(plan, { network: world.fake, signal });
  expect(world.openSessions()).toBe(0);
  return observed;
}

describe('a measurement', () => {
  it('sends what was asked for, and shows none of the secrets', async () => {
    const world = network(() =>
      answer(
        200,
        [
          ['x-echo', `${TOKEN} value-of-query`],
          ['content-type', 'text/plain'],
        ],
        `${TOKEN} in the body`,
      ),
    );
    const { attempt, data } = await run(
      {
        expectations: [
          { kind: 'body', text: TOKEN },
          { kind: 'header', name: 'x-echo', value: null },
        ],
      },
      world,
    );
    expect(attempt.kind).toBe('measured');
    expect(world.sent[0]).toMatchObject({
      address: '192.0.2.7',
      path: '/a?key=value-of-query',
      servername: 'named.example',
      cert: 'CERT',
      confidential: true,
    });
    expect(data.expectations.map(({ met }) => met)).toEqual([true, true]);
    expect(data).toMatchObject({ url: 'https://app.example/a?key=***', dnsMs: 4, totalMs: 18, authenticated: true });
    expect(JSON.stringify(data)).not.toMatch(/tok-1234567890|value-of-query/);
  });

  it('takes neither login, client certificate nor name of the certificate to another origin, and looks its name up here', async () => {
    const world = network((_options, index) => (index === 0 ? answer(302, [['location', 'https://other.example/b']]) : answer(200)));
    const { data } = await run({}, world);
    expect(world.resolved).toEqual(['other.example']);
    expect(world.sent[1]).toMatchObject({ address: '192.0.2.9', servername: 'other.example', cert: null, key: null, confidential: false });
    expect(world.sent[1]?.headers.map(([name]) => name)).toEqual(['accept-encoding']);
    expect(data).toMatchObject({ dnsMs: 3, address: '192.0.2.9', finalUrl: 'https://other.example/b' });
    expect(data.redirects).toMatchObject([{ address: '192.0.2.7', dnsMs: 4, totalMs: 18 }]);
    expect(data.totalMs).toBe(18 + 17);
  });

  it('ends with the reason where the name in a redirect does not exist', async () => {
    const { attempt, data } = await run(
      {},
      network(() => answer(302, [['location', 'https://absent.example/']])),
    );
    expect(attempt).toMatchObject({ kind: 'failed', step: 'resolve', code: 'NXDOMAIN' });
    expect(data).toMatchObject({ status: null, completed: 0, redirects: [{ status: 302 }] });
  });

  it('leaves names to a proxy', async () => {
    const world = network((_options, index) => (index === 0 ? answer(302, [['location', 'https://other.example/b']]) : answer(200)));
    const { data } = await run({ proxies: { given: null, variables: { https_proxy: 'http://u:pw@proxy.example:3128' } } }, world, {
      address: 'app.example',
    });
    expect(world.resolved).toEqual([]);
    expect(world.sent.map(({ address }) => address)).toEqual([null, null]);
    expect(data).toMatchObject({ via: 'http://proxy.example:3128', address: null, dnsMs: null });
    expect(JSON.stringify(data)).not.toContain('pw@');
  });

  it('gives a chain of late redirects no more than the time of an exchange', async () => {
    const world = network(
      (options, index) => (options.timeoutMs < 900 ? unanswered('response', options.timeoutMs) : answer(302, [['location', `/${index}`]])),
      900,
    );
    const { attempt } = await run({ maximumRedirects: 50 }, world);
    // The wait of the last one was cut short: it is the whole chain that did not end.
    expect(attempt).toEqual(unanswered('response', 5000));
    expect(world.sent.length).toBeLessThan(8);
  });

  it('gives medians, spread and every status of several exchanges', async () => {
    const world = network((_options, index) => answer(index === 1 ? 503 : 200));
    const { data } = await run({ count: 5, lookup: { family: null } }, world);
    expect(world.resolved).toHaveLength(4);
    expect(data).toMatchObject({
      status: 200,
      count: 5,
      completed: 5,
      ttfbMs: 10,
      statuses: [
        { status: 200, count: 4 },
        { status: 503, count: 1 },
      ],
    });
    expect(data.distribution).toMatchObject({ ttfbMs: { p50: 10 }, proxyMs: null });
    expect(data.runs).toHaveLength(5);
  });

  it('shows no part of a secret, however the service repeats it', async () => {
    const fields: [string, string][] = [
      ['content-encoding', TOKEN],
      ['content-type', `text/${'t'.repeat(185)}${TOKEN}`],
      ['alt-svc', `${TOKEN}=":443"`],
      ['set-cookie', `${'c'.repeat(55)}${TOKEN}=1; SameSite=${'s'.repeat(55)}${TOKEN}`],
      ['server', `${'s'.repeat(990)}${TOKEN}`],
      ['x-long', `${'x'.repeat(3990)}${TOKEN}`],
      [`x-${TOKEN}`, '1'],
      ['x-url', encodeURIComponent(`Bearer ${TOKEN}`)],
      ['ratelimit-policy', `"${TOKEN}";q=1`],
      ['location', `gopher://${'l'.repeat(490)}/${TOKEN}`],
    ];
    const world = network((_options, index) =>
      index === 0
        ? answer(302, [['location', `/${'p'.repeat(480)}/${TOKEN}`]])
        : answer(302, fields, JSON.stringify({ you: `${'y'.repeat(190)}${TOKEN}` })),
    );
    const expectations: HttpProbeOptions['expectations'] = [
      { kind: 'json', path: '$.you', value: null },
      { kind: 'no-header', name: 'server' },
      { kind: 'no-header', name: 'x-url' },
    ];
    const { data } = await run({ expectations }, world);
    expect(data.redirects).toHaveLength(1);
    expect(data.expectations.map(({ observed }) => observed?.length ?? 0)).not.toContain(0);
    expect(JSON.stringify(data)).not.toContain(TOKEN.slice(0, 5));
  });

  it('takes what it shows from the status that it shows', async () => {
    const world = network((_options, index) => answer(index === 0 ? 200 : 429, [['x-ratelimit-remaining', index === 0 ? '50' : '0']]));
    const { data } = await run({ count: 3 }, world);
    expect([data.status, data.rateLimit?.remaining, data.headers['x-ratelimit-remaining']]).toEqual([429, 0, '0']);
  });

  it('expects what is expected of every answer', async () => {
    const world = network((_options, index) => answer(200, index === 2 ? [] : [['x-a', '1']], index === 1 ? 'down' : 'up'));
    const { data } = await run(
      {
        count: 4,
        expectations: [
          { kind: 'body', text: 'up' },
          { kind: 'header', name: 'x-a', value: null },
          { kind: 'no-header', name: 'x-b' },
        ],
      },
      world,
    );
    expect(data.expectations.map(({ met, missed, observed }) => [met, missed, observed])).toEqual([
      [false, 1, 'not in it'],
      [false, 1, null],
      [true, 0, null],
    ]);
  });

  it('two failures and nothing else are enough; one among others is not', async () => {
    const dead = network(() => unanswered('connect', 1000));
    expect((await run({ count: 10 }, dead)).data).toMatchObject({ count: 2, completed: 0 });
    const shaky = network((_options, index) => (index % 2 === 0 ? unanswered('response', 1000) : answer(200)));
    expect((await run({ count: 6 }, shaky)).data).toMatchObject({ count: 6, completed: 3, status: 200 });
    const withheld = network(() => failed('request', 'credentials-withheld', 'no'));
    expect((await run({ count: 10 }, withheld)).data.count).toBe(1);
    expect(isWorthAnother([])).toBe(true);
  });

  it('an interrupt leaves what was measured', async () => {
    const world = network((_options, index) => (index === 2 ? skipped('interrupted') : answer(200)));
    const { attempt, data } = await run({ count: 10 }, world);
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({ count: 2, completed: 2 });
    expect(
      (
        await run(
          { count: 10 },
          network(() => skipped('interrupted')),
        )
      ).attempt,
    ).toEqual(skipped('interrupted'));
  });

  it('a body that breaks off is an exchange that failed', async () => {
    const whole = answer(200);
    if (whole.kind === 'measured') whole.value.body = { ...whole.value.body, ended: 'broken-off' };
    const { attempt, data } = await run(
      {},
      network(() => whole),
    );
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({ count: 1, completed: 0, status: 200, body: { ended: 'broken-off' } });
  });
});

describe('a burst', () => {
  it('stops at the first 429, waits as it is told, and asks once more', async () => {
    const limited = answer(429, [['retry-after', '7']]);
    const world = network((_options, index) => (index >= 6 && index < 8 ? limited : answer(200)));
    const { data } = await run({ burst: { count: 100, concurrency: 2 } }, world);
    expect(data.burst).toMatchObject({ asked: 100, limited: 2, firstLimited: 6, acceptedBefore: 5, retryAfterSeconds: 7, recovered: true });
    expect(data.burst?.sent).toBe(7);
  });

  it('does not wait for hours, nor send on where nothing answers', async () => {
    const world = network((_options, index) => (index === 0 ? answer(200) : answer(429, [['retry-after', '3600']])));
    expect((await run({ burst: { count: 10, concurrency: 1 } }, world)).data.burst).toMatchObject({
      retryAfterSeconds: 3600,
      recovered: null,
    });
    const dead = network((_options, index) => (index === 0 ? answer(200) : unanswered('response', 1000)));
    expect((await run({ burst: { count: 1000, concurrency: 1 } }, dead)).data.burst).toMatchObject({
      failed: 10,
      answered: 0,
      perSecond: null,
    });
  });

  it('counts by the order of sending', () => {
    const answers = [
      { number: 3, status: 429, ttfbMs: 1 },
      { number: 1, status: 200, ttfbMs: 2 },
      { number: 2, status: null, ttfbMs: null },
      { number: 4, status: 200, ttfbMs: 3 },
    ];
    expect(summarize(answers, { count: 4, concurrency: 4 }, 4, 2000)).toMatchObject({
      answered: 3,
      failed: 1,
      limited: 1,
      firstLimited: 3,
      acceptedBefore: 1,
      perSecond: 1.5,
    });
  });
});

describe('a plan', () => {
  it('suits http: and https: alone', () => {
    for (const url of ['ws://app.example/', 'tls://app.example:443', 'app.example:443']) {
      const outcome = parseTarget(url);
      expect(outcome.ok && planHttp(outcome.target, '192.0.2.7', null, OPTIONS, {})).toBeNull();
    }
  });

  it('makes Basic of a login in the URL, unless another was given', () => {
    const outcome = parseTarget('https://us%C3%A9r:p%3Aw@app.example/');
    if (!outcome.ok) throw new Error(outcome.reason);
    const value = `Basic ${Buffer.from('usér:p:w').toString('base64')}`;
    expect(planHttp(outcome.target, '192.0.2.7', null, { ...OPTIONS, headers: [] }, {})?.request.headers).toContainEqual({
      name: 'authorization',
      value,
      secret: true,
    });
    expect(
      planHttp(outcome.target, '192.0.2.7', null, OPTIONS, {})?.request.headers.filter(({ name }) => /^authorization$/i.test(name)),
    ).toHaveLength(1);
  });

  it('has a time that it can take at the most', () => {
    expect(httpBudgetMs({ ...OPTIONS, count: 2, intervalMs: 100 })).toBe(2 * (2000 + 4000 + 1000 + 100));
    expect(httpBudgetMs({ ...OPTIONS, burst: { count: 1, concurrency: 1 } })).toBeGreaterThan(120_000);
  });
});
