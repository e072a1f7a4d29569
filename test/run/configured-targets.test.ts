import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { offeredOptions } from '../../src/cli/configuration/offered-options.js';
import { NO_OFFERS, type Offers } from '../../src/cli/configuration/offers.js';
import { reportWebOf } from '../../src/cli/report-web.js';
import { readTarget } from '../../src/cli/targets.js';
import { DEFAULT_POLICY, type Policy } from '../../src/model/policy.js';
import { NO_PROXIES } from '../../src/model/proxy-environment.js';
import type { Check } from '../../src/model/report.js';
import { openNetwork } from '../../src/net/real.js';
import { run } from '../../src/run.js';
import { type LoopbackServer, listen } from '../fakes/loopback-server.js';

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

const STRICT: Policy = {
  ...DEFAULT_POLICY,
  name: 'strict',
  firstByteMs: { objective: 1, acceptable: 2, critical: 5, because: 'a test' },
};

const MUST: Offers = {
  ...NO_OFFERS,
  http: {
    expectations: [
      { kind: 'status', accepted: ['401'] },
      { kind: 'header', name: 'x-missing', value: null },
    ],
    securityHeaders: false,
    fields: [{ name: 'x-key', value: 'k', secret: true }],
  },
};

/** A full report on two targets of one server, of which the first has a policy and offers of its own. */
async function checksOfBoth(): Promise<{ own: Check[]; other: Check[]; asked: string[] }> {
  const asked: string[] = [];
  const server = await listen(
    http.createServer((request, response) => {
      asked.push(`${request.url} ${request.headers['x-key'] ?? ''}`);
      // So long that no delay of our own explains it.
      setTimeout(() => response.writeHead(401).end(), 150);
    }),
  );
  opened.push(server);
  const targets = ['own', 'other'].map((path) => readTarget(`http://127.0.0.1:${server.port}/${path}`));
  const [own, other] = targets.map(({ id }) => id);
  const network = await openNetwork();
  const web = reportWebOf({
    tls: { servername: null, ca: [], cert: null, key: null },
    proxies: NO_PROXIES,
    timeoutMs: 2000,
    answerMs: 2000,
  });
  const options = targets[0] === undefined ? null : offeredOptions(targets[0], MUST, web, { ports: false });
  try {
    const report = await run(
      {
        command: 'full-report',
        targets,
        family: null,
        origin: {},
        policy: DEFAULT_POLICY,
        policies: new Map([[own ?? '', STRICT]]),
        optionsByTarget: new Map(options === null ? [] : [[own ?? '', options]]),
        deadlineMs: 20_000,
        host: false,
        ...web,
      },
      { network, signal: new AbortController().signal, version: '0', progress: () => {} },
    );
    const of = (target: string | undefined) => report.checks.filter((check) => check.target === target && check.layer === 7);
    return { own: of(own), other: of(other), asked };
  } finally {
    network.close();
  }
}

describe('a target with a policy and offers of its own', () => {
  it('is asked and judged by them, and the one beside it is not', async () => {
    const { own, other, asked } = await checksOfBoth();
    const kinds = (checks: Check[]) => Object.fromEntries(checks.map(({ id, status }) => [id.split('@')[0] ?? '', status]));
    expect(kinds(own)).toMatchObject({ 'l7.http-status': 'pass', 'l7.http-time': 'fail', 'l7.http-header': 'fail' });
    // The whole exchange says what becomes of it: 401 is what was asked for.
    expect(kinds(own)).not.toHaveProperty('l7.http');
    expect(kinds(other)).toEqual({ 'l7.http': 'warn' });
    expect([...new Set(asked)].sort()).toEqual(['/other ', '/own k']);
  });
});
