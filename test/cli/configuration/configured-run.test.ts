import { afterEach, describe, expect, it } from 'vitest';
import { argumentFor, configuredRun, type GivenForAll } from '../../../src/cli/configuration/configured-run.js';
import { parseConfiguration } from '../../../src/cli/configuration/read.js';
import { forgetSecrets } from '../../../src/cli/configuration/secrets.js';
import { type Given, settle } from '../../../src/cli/configuration/settings.js';
import { deadlineMs } from '../../../src/cli/deadline.js';
import { LOSS } from '../../../src/cli/defaults.js';
import { reportWebOf } from '../../../src/cli/report-web.js';
import { expectingHttp, expectingTls, readTarget } from '../../../src/cli/targets.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { NO_PROXIES } from '../../../src/model/proxy-environment.js';
import type { Target } from '../../../src/model/target.js';
import { policyFor } from '../../../src/probes/probe.js';
import { type RunRequest, requestFor } from '../../../src/run/request.js';

const FILE = `
profile: web
targets:
  - target: plain.example
  - name: api
    target: https://u:p@api.example/x?t=1
    labels: { team: shop }
    profile: trading
    budget: { round-trip: [1ms, 2ms, 3ms], loss: [0, 0.2%, 2%] }
    offers:
      ports: 443,8443,9000-9001
      tls: { minimum: TLSv1.3, policy: modern, pins: sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= }
      http: { status: 200, headers: x-a, authorization: "Bearer \${TOKEN}" }
  - name: feed
    target: wss://feed.example/s
    offers: { websocket: { subprotocols: a, message: hi }, http: { request-headers: { X-Key: k } } }
  - { name: port, target: "broker.example:443", offers: { tls: { minimum: TLSv1.3 } } }
profiles: { own: { budget: { round-trip: 7ms } } }
`;

const identity = (target: Target) => target;
const NOTHING: GivenForAll = { budget: undefined, ports: false };

async function runOf(
  ids: readonly string[],
  probes: Partial<RunRequest> = {},
  { given = {}, said = NOTHING, expecting = identity }: { given?: Given; said?: GivenForAll; expecting?: (target: Target) => Target } = {},
) {
  const configuration = await parseConfiguration(FILE, 'site.yaml', { environment: { TOKEN: 'hunter2-token' }, trusted: true });
  const settings = settle(given, configuration);
  const targets = ids.map((id) => expecting(readTarget(String(argumentFor(id, settings, false)))));
  const request = { command: 'x', targets, family: null, origin: {}, policy: settings.policy, host: false, ...probes };
  return configuredRun(request, settings, said, expecting);
}

const web = reportWebOf({
  tls: { servername: null, ca: [], cert: null, key: null },
  proxies: NO_PROXIES,
  timeoutMs: 1000,
  answerMs: 1000,
});
const tls = { servername: null, ca: [], cert: null, key: null, pins: [], timeoutMs: 1000 };
const ports = { required: [22], surveyed: [9001], timeoutMs: 100, concurrency: 1 };

afterEach(forgetSecrets);

describe('a run with a configuration', () => {
  it('knows the name and the labels of a target, by its name or as it is written', async () => {
    for (const argument of ['api', 'https://api.example/x']) {
      const { targets } = await runOf([argument, 'other.example']);
      expect(targets).toMatchObject([{ id: 'https://api.example/x', name: 'api', labels: { team: 'shop' } }, { id: 'other.example' }]);
      expect(targets[1]).not.toHaveProperty('name');
    }
  });

  it('holds a target against its own profile and budgets, and the others against that of all', async () => {
    const run = await runOf(['api', 'plain.example']);
    expect(policyFor(run, 'https://api.example/x')).toMatchObject({
      rttMs: { objective: 1, acceptable: 2, critical: 3, because: 'target api of site.yaml', given: true },
      dnsQueryMs: { acceptable: 10 },
      minimumTlsVersion: { version: 'TLSv1.3' },
    });
    expect(policyFor(run, 'plain.example').name).toBe('web');
    expect(policyFor(run, null).name).toBe('web');
    expect(run.policies?.size).toBe(1);
  });

  it.each(['flag', 'environment'] as const)(
    'holds all against the profile of the caller (%s), and keeps budgets of targets',
    async (source) => {
      const run = await runOf(['api'], {}, { given: { profile: { value: 'voip', source, from: 'x' } } });
      expect(policyFor(run, 'https://api.example/x')).toMatchObject({ name: 'voip', rttMs: { acceptable: 2 } });
    },
  );

  it('holds round trips against --budget before the file', async () => {
    const budget = { objective: 8, acceptable: 8, critical: 8 };
    const run = await runOf(['api'], {}, { said: { budget, ports: false } });
    expect(policyFor(run, 'https://api.example/x')).toMatchObject({ rttMs: { acceptable: 8 }, lossRatio: { acceptable: 0.002 } });
  });

  it('holds rates against --expect-down and --expect-up before the file', async () => {
    const run = await runOf(['api'], {}, { said: { ...NOTHING, rates: { down: 100, up: undefined } } });
    expect(policyFor(run, 'https://api.example/x')).toMatchObject({
      downMbps: { objective: 100, acceptable: 100, critical: 100, given: true },
      upMbps: null,
      rttMs: { acceptable: 2 },
    });
  });

  it('has profiles of the file', async () => {
    const run = await runOf(['plain.example'], {}, { given: { profile: { value: 'own', source: 'flag', from: '--profile' } } });
    expect(run.policy.rttMs).toMatchObject({ critical: 7, because: 'profile own of site.yaml' });
    await expect(runOf([], {}, { given: { profile: { value: 'fast', source: 'flag', from: '--profile' } } })).rejects.toMatchObject({
      problem: expect.stringMatching(/^--profile "fast": must be one of own, default, web/),
    });
  });

  it('asks a full report for what a target must offer, and no other target', async () => {
    const run = await runOf(['api', 'plain.example'], { ports, tls, ...web });
    expect(requestFor(run, 'plain.example')).toBe(run);
    const own = requestFor(run, 'https://api.example/x');
    expect(own.ports).toMatchObject({ required: [22, 443, 8443], surveyed: [9000, 9001], timeoutMs: 100 });
    expect(own.tls).toMatchObject({ pins: [expect.stringMatching(/^sha256/)], rules: { name: 'modern' }, enumerate: { concurrency: 8 } });
    expect(own.http).toMatchObject({
      maximumRedirects: web.redirects?.maximumRedirects,
      headers: [{ name: 'authorization', value: 'Bearer hunter2-token', secret: true }],
      expectations: [
        { kind: 'status', accepted: ['200'] },
        { kind: 'header', name: 'x-a', value: null },
      ],
    });
    expect(own.phases?.headers).toEqual(own.http?.headers);
    expect(own.policy.minimumTlsVersion.version).toBe('TLSv1.3');
  });

  it('asks no probe that the command does not have', async () => {
    const run = await runOf(['api'], { latency: { method: 'icmp', count: 1, intervalMs: 1, timeoutMs: 1 } });
    expect(run.optionsByTarget).toBeUndefined();
  });

  it('leaves to the command line what it says itself', async () => {
    const http = {
      ...(web.redirects as NonNullable<typeof web.redirects>),
      expectations: [{ kind: 'status' as const, accepted: ['204'] }],
    };
    const authorization = { name: 'Authorization', value: 'Basic x', secret: true };
    const run = await runOf(
      ['api'],
      { ports, tls: { ...tls, pins: ['sha256//x'] }, http: { ...http, headers: [authorization] } },
      { said: { budget: undefined, ports: true } },
    );
    const own = requestFor(run, 'https://api.example/x');
    expect(own.ports).toBe(run.ports);
    expect(own.tls?.pins).toEqual(['sha256//x']);
    expect(own.http?.headers).toEqual([authorization]);
    expect(own.http?.expectations.map((one) => one.kind)).toEqual(['status', 'header']);
    expect(own.http?.expectations[0]).toEqual({ kind: 'status', accepted: ['204'] });
  });

  it('gives a WebSocket its subprotocols, its message and its fields', async () => {
    const run = await runOf(['feed'], web);
    const own = requestFor(run, 'wss://feed.example/s');
    expect(own.webSocket).toMatchObject({
      subprotocols: ['a'],
      message: { text: 'hi' },
      headers: [{ name: 'x-key', value: 'k', secret: false }],
    });
    expect(own.http).toBeUndefined();
  });

  it('knows a target by what the command makes of it, and passes over those that the command cannot measure', async () => {
    const byTls = await runOf(['port', 'plain.example:443'], { tls }, { expecting: expectingTls });
    expect(policyFor(byTls, 'broker.example:443').minimumTlsVersion.version).toBe('TLSv1.3');
    const byHttp = await runOf(['port'], {}, { expecting: expectingHttp });
    expect(byHttp.targets).toMatchObject([{ id: 'https://broker.example', name: 'port' }]);
  });

  it('looks at loss until the limit of the target is decided', async () => {
    const loss = { ...LOSS, timeoutMs: 10, extend: { maximumCount: 200, decideRatio: 0.01 }, path: { acceptableRatio: 0.01 } };
    const run = await runOf(['api', 'plain.example'], { loss });
    expect(requestFor(run, 'https://api.example/x').loss).toMatchObject({
      extend: { maximumCount: 200, decideRatio: 0.002 },
      path: { acceptableRatio: 0.002 },
    });
    expect(requestFor(run, 'plain.example').loss).toBe(loss);
  });

  it('holds questions about its host against its limits', async () => {
    const dns = { names: ['api.example', 'x.example'], types: ['A'], servers: [], transport: 'udp' as const, timeoutMs: 1, attempts: 1 };
    const run = await runOf([], { dns });
    expect(policyFor(run, 'api.example').dnsQueryMs.acceptable).toBe(10);
    expect(policyFor(run, 'x.example').name).toBe('web');
  });

  it('has a deadline for what single targets are asked beyond the others', async () => {
    const [without, withOffers] = await Promise.all([
      runOf(['plain.example', 'other.example:443'], { tls }),
      runOf(['plain.example', 'api'], { tls }),
    ]);
    expect(deadlineMs(withOffers)).toBeGreaterThanOrEqual(deadlineMs(without) + 120_000);
  });

  it('is what it was where there is no configuration', () => {
    const request = { command: 'x', targets: [readTarget('a.example')], family: null, origin: {}, policy: DEFAULT_POLICY, host: false };
    expect(configuredRun(request, settle({}, null), NOTHING, identity)).toBe(request);
  });

  it('takes a name for the target as it is written, or for its host alone', async () => {
    const configuration = await parseConfiguration(FILE, 'site.yaml', { environment: { TOKEN: 'hunter2-token' }, trusted: true });
    const settings = settle({}, configuration);
    expect(argumentFor('api', settings, false)).toBe('https://u:p@api.example/x?t=1');
    expect(argumentFor('api', settings, true)).toBe('api.example');
    expect(argumentFor('constructor', settings, false)).toBe('constructor');
  });
});
