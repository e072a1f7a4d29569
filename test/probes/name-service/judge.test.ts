import { describe, expect, it } from 'vitest';
import { measured } from '../../../src/model/attempt.js';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { parseTarget } from '../../../src/model/target.js';
import type { KnownTarget } from '../../../src/probes/machine-probe.js';
import { judgeNameService } from '../../../src/probes/name-service/judge.js';
import { nameServiceNotTried } from '../../../src/probes/name-service/measure.js';
import { answerOf } from './recorded.js';

type Data = DataOf<'name-service'>;
type ResolvConf = NonNullable<Data['resolvConf']>;
type Lookup = Data['lookups'][number];
type Override = NonNullable<Data['hostsFile']>['overrides'][number];

const ENVELOPE = { startedAt: '2026-11-22T08:00:00.000Z', durationMs: 1, stalledMs: 0, method: 'system', attempt: measured(null) } as const;
const TARGET = 'app.example.net:443';

function resolvConf(servers: readonly string[], parts: Partial<ResolvConf> = {}): ResolvConf {
  const nameservers = servers.map((address, index) => {
    const label = address.startsWith('127.') ? 'local' : null;
    return { line: index + 1, address, valid: true, used: true, label, listening: label === null ? null : true };
  });
  return {
    ...{ path: '/etc/resolv.conf', state: 'present' as const, link: null, writer: null, nameservers },
    ...{ search: [], searchFrom: null, ndots: 1, timeoutMs: 5000, attempts: 2, options: [], faults: [] },
    ...parts,
  };
}

const silent = (address: string): Partial<ResolvConf> => ({
  nameservers: [{ line: 1, address, valid: true, used: true, label: 'local', listening: false }],
});

function lookup(parts: Partial<Lookup>): Lookup {
  const name = 'app.example.net';
  const none = { candidates: [name], found: name, wasted: [], wastedMs: null, ahead: [], diverted: null, dnsNotAsked: null };
  return { target: TARGET, name, ...none, ...parts };
}

function override(agreement: Override['agreement'], parts: Partial<Override> = {}): Data['hostsFile'] {
  const entry = { target: TARGET, name: 'app.example.net', addresses: ['192.0.2.9'], resolverAddresses: ['198.51.100.10'] };
  return {
    path: '/etc/hosts',
    entries: 3,
    faults: [],
    overrides: [{ ...entry, server: '192.0.2.53', agreement, because: null, ...parts }],
  };
}

function known(host: string, parts: Partial<KnownTarget> = {}): KnownTarget {
  const parsed = parseTarget(host);
  if (!parsed.ok) throw new Error(parsed.reason);
  return { target: parsed.target, addresses: ['198.51.100.10'], way: null, questions: [], ...parts };
}

/** A question of the run and what came of it; `null`: nothing. */
function question(server: string, rcode: string | null): Measurement {
  const data = { ...answerOf('example.com', 'A', [], 3, server), rcode };
  const attempt = rcode === null ? ({ kind: 'unanswered', step: 'response', waitedMs: 900 } as const) : measured(null);
  return { ...ENVELOPE, id: `q-${server}`, probe: 'dns', target: null, attempt, data };
}

function port(state: 'open' | 'closed' | 'filtered'): Measurement {
  const entry = { port: 443, protocol: 'tcp', state, service: null, latencyMs: null };
  return {
    ...ENVELOPE,
    id: 'm9',
    probe: 'ports',
    target: TARGET,
    data: { address: '192.0.2.9', ports: [entry] },
  } as unknown as Measurement;
}

interface Given {
  scope?: 'path' | 'all';
  measurements?: readonly Measurement[];
  targets?: readonly KnownTarget[];
}

function judge(data: Partial<Data>, { scope = 'all', measurements = [], targets = [] }: Given = {}) {
  const empty = nameServiceNotTried(measured(null)).data;
  const measurement: MeasurementOf<'name-service'> = {
    ...ENVELOPE,
    id: 'm1',
    probe: 'name-service',
    target: null,
    data: { ...empty, ...data },
  };
  const checks = judgeNameService(measurement, { policy: DEFAULT_POLICY, scope, measurements, targets, interfaces: new Set() });
  return checks.map(({ id, status, code, observed, because }) => ({ id, status, code, text: observed ?? because }));
}

const hop = (server: string, kind: Data['chain'][number]['kind'], upstreams: string[] = [], askedBy: string | null = null) => ({
  ...{ server, askedBy, software: 'dnsmasq', kind, upstreams, routedDomains: null, dnsOverTls: null, source: null },
});

describe('resolv.conf', () => {
  const ID = 'l7.name-service';
  const empty = resolvConf([], { state: 'empty' });
  it.each<[string, Partial<Data>, Given, object]>([
    ['is well', { resolvConf: resolvConf(['192.0.2.53']) }, {}, { id: ID, status: 'pass', code: null, text: '192.0.2.53' }],
    [
      'has lines of no use',
      { resolvConf: resolvConf(['192.0.2.53'], { faults: [{ line: 2, problem: 'it begins with no keyword of the format' }] }) },
      {},
      { id: ID, status: 'warn', code: 'resolv-conf-faulty', text: 'line 2: it begins with no keyword of the format' },
    ],
    [
      'has more servers than are asked',
      {
        resolvConf: resolvConf([], {
          nameservers: [1, 2, 3, 4].map((line) => ({
            ...{ line, address: `192.0.2.${line}`, valid: true, used: line < 4, label: null, listening: null },
          })),
        }),
      },
      {},
      { id: ID, status: 'pass', code: null, text: '192.0.2.1, 192.0.2.2, 192.0.2.3 (1 more is not asked)' },
    ],
    ['names nobody, and nobody asked', { resolvConf: empty }, {}, { id: ID, status: 'warn', code: 'dns-no-resolver', text: 'it is empty' }],
    [
      'names nobody, and a target has a name',
      { resolvConf: { ...empty, state: 'missing' } },
      { targets: [known(TARGET, { addresses: [] })] },
      { id: ID, status: 'fail', code: 'dns-no-resolver', text: 'there is no such file' },
    ],
    [
      'names nobody, where the server of this machine is asked then',
      { resolvConf: empty, chain: [hop('127.0.0.1', 'recursive')] },
      {},
      { id: ID, status: 'pass', code: null, text: 'no name server; that of this machine is asked, 127.0.0.1' },
    ],
    [
      'names nobody, where the name switch asks systemd-resolved',
      {
        resolvConf: empty,
        nameSwitch: { path: '', line: 1, services: ['files', 'resolve'], actions: [] },
        caches: [{ name: 'systemd-resolved', keeps: true, source: null }],
      },
      {},
      { id: ID, status: 'pass', code: null, text: 'no name server; programs ask systemd-resolved without it' },
    ],
    [
      'is not shown',
      { resolvConf: { ...empty, state: 'unreadable' }, absent: [{ fact: '/etc/resolv.conf', because: 'only root may read it' }] },
      {},
      { id: ID, status: 'skip', code: null, text: 'only root may read it' },
    ],
  ])('%s', (_what, data, given, expected) => {
    expect(judge(data, given)[0]).toEqual(expected);
    // For the path to a target it says nothing: a name that is not found has its own line.
    expect(judge(data, { ...given, scope: 'path' })).toEqual([]);
  });
});

describe('the stub', () => {
  const ID = 'l7.name-service-stub@127.0.0.1';
  const down = { resolvConf: resolvConf([], silent('127.0.0.1')) };
  const two = {
    resolvConf: resolvConf([], { nameservers: [...(silent('127.0.0.1').nameservers ?? []), ...resolvConf(['192.0.2.53']).nameservers] }),
  };
  const lost = { resolvConf: resolvConf(['127.0.0.1']), chain: [hop('127.0.0.1', 'no-upstream')] };
  const loop = {
    resolvConf: resolvConf(['127.0.0.1']),
    chain: [hop('127.0.0.1', 'forwards', ['127.0.0.1']), hop('127.0.0.1', 'loop', [], '127.0.0.1')],
  };
  const spared = {
    resolvConf: resolvConf(['127.0.0.1']),
    chain: [
      hop('127.0.0.1', 'forwards', ['127.0.0.1', '192.0.2.53']),
      hop('127.0.0.1', 'loop', [], '127.0.0.1'),
      hop('192.0.2.53', 'elsewhere', [], '127.0.0.1'),
    ],
  };
  it.each<[string, Partial<Data>, readonly Measurement[], string | null, string | null]>([
    ['is not there and silent', down, [question('127.0.0.1', null)], 'fail', 'dns-stub-down'],
    ['is not there, and answers: packets are led elsewhere', down, [question('127.0.0.1', 'NOERROR')], null, null],
    ['is not there, and another answers', two, [question('127.0.0.1', null), question('192.0.2.53', 'NXDOMAIN')], 'warn', 'dns-stub-down'],
    ['is not there, and nobody asked it', down, [], 'warn in all', 'dns-stub-down'],
    ['has nobody to ask, and says so', lost, [question('127.0.0.1', 'REFUSED')], 'fail', 'dns-stub-no-upstream'],
    ['has nobody to ask, and yet knows', lost, [question('127.0.0.1', 'NOERROR')], null, null],
    ['has nobody to ask, and nobody asked it', lost, [], 'warn in all', 'dns-stub-no-upstream'],
    ['asks itself', loop, [question('127.0.0.1', 'SERVFAIL')], 'fail', 'dns-stub-no-upstream'],
    ['asks itself and another', spared, [question('127.0.0.1', 'SERVFAIL')], null, null],
  ])('%s', (_what, data, measurements, status, code) => {
    const all = judge(data, { measurements }).find(({ id }) => id === ID);
    expect(all).toMatchObject({ status: status?.replace(' in all', '') ?? 'pass', code });
    const path = judge(data, { measurements, scope: 'path' });
    expect(path.map(({ id, status: found }) => `${id} ${found}`)).toEqual(
      status === 'fail' || status === 'warn' ? [`${ID} ${status}`] : [],
    );
  });
});

describe('the name switch', () => {
  const nameSwitch = { path: '/etc/nsswitch.conf', line: 1, services: ['files'], actions: [] };
  const kept = 'the line hosts: asks files, and no name server';
  it.each<[string, Lookup, string]>([
    ['asks DNS', lookup({}), 'pass'],
    ['does not ask DNS, which knows the name', lookup({ dnsNotAsked: kept }), 'warn'],
    ['does not ask DNS, which does not know it either', lookup({ dnsNotAsked: kept, found: null }), 'pass'],
    ['does not ask DNS for any name', lookup({ target: null, dnsNotAsked: kept, found: null }), 'warn'],
  ])('%s', (_what, one, status) => {
    const line = judge({ nameSwitch, lookups: [one] }).find(({ id }) => id === 'l7.name-service-order');
    expect(line).toMatchObject({ status, code: status === 'warn' ? 'dns-not-asked' : null });
  });

  it('has no line where it is not there, as on musl', () => {
    expect(judge({ lookups: [lookup({})] }).map(({ id }) => id)).not.toContain('l7.name-service-order');
  });
});

describe('the search list', () => {
  const ID = `l7.name-service-search@${TARGET}`;
  const vain = (queryMs: number | null, rcode: string | null = 'NXDOMAIN') => {
    const wasted = ['a', 'b', 'c'].map((domain) => ({ name: `app.example.net.${domain}`, rcode, queryMs }));
    return lookup({ ahead: wasted.map(({ name }) => name), wasted, wastedMs: queryMs === null ? null : 3 * queryMs });
  };
  it.each<[string, Lookup, string, string | null, string]>([
    ['costs nothing', lookup({}), 'pass', null, 'app.example.net is asked for as it is'.replace('it is', 'it stands')],
    ['costs little', vain(1.5), 'pass', null, '3 names in vain ahead of app.example.net, 4.50 ms'],
    ['costs as much as is still well', vain(100 / 3), 'pass', null, '3 names in vain ahead of app.example.net, 100 ms'],
    ['costs much', vain(50), 'warn', 'dns-search-slow', '3 names in vain ahead of app.example.net, 150 ms'],
    ['waits for nobody', vain(null, null), 'warn', 'dns-search-slow', '3 names in vain ahead of app.example.net, without an answer'],
    [
      'finds a short name',
      lookup({ name: 'app', candidates: ['app.example.net', 'app'], found: 'app.example.net' }),
      'pass',
      null,
      'app is found as app.example.net',
    ],
    [
      'takes a name from its owner',
      lookup({ found: 'app.example.net.trap.example', diverted: true }),
      'warn',
      'dns-search-diverted',
      'app.example.net was asked for, and app.example.net.trap.example answered',
    ],
    [
      'completes a name of a cluster that is nobody else’s',
      lookup({ name: 'db.data', found: 'db.data.svc.cluster.local', diverted: false }),
      'pass',
      null,
      'db.data is found as db.data.svc.cluster.local',
    ],
  ])('%s', (_what, one, status, code, text) => {
    expect(judge({ lookups: [one] }).find(({ id }) => id === ID)).toEqual({ id: ID, status, code, text });
    expect(judge({ lookups: [one] }, { scope: 'path' })).toHaveLength(status === 'warn' ? 1 : 0);
  });

  it('is not blamed for the time by which this process was late', () => {
    const empty = nameServiceNotTried(measured(null)).data;
    const measurement = { ...ENVELOPE, stalledMs: 60, id: 'm1', probe: 'name-service' as const, target: null };
    const context = { policy: DEFAULT_POLICY, scope: 'all' as const, measurements: [], targets: [], interfaces: new Set<string>() };
    const data = { ...empty, resolvConf: resolvConf(['192.0.2.53']), lookups: [vain(50)] };
    const checks = judgeNameService({ ...measurement, data }, context);
    expect(checks.find(({ id }) => id === ID)).toMatchObject({ status: 'pass', budget: { metric: 'dnsQueryMs', value: 90 } });
    // Where the lookup's own delay is known, that of the rest does not count.
    const punctual = [{ ...question('192.0.2.53', 'NXDOMAIN'), target: TARGET }] as Measurement[];
    const again = judgeNameService({ ...measurement, data }, { ...context, measurements: punctual });
    expect(again.find(({ id }) => id === ID)?.status).toBe('warn');
  });
});

describe('the hosts file', () => {
  const ID = `l7.hosts-file@${TARGET}`;
  it.each<[string, Data['hostsFile'], readonly Measurement[], string]>([
    ['agrees', override('agrees'), [], 'pass'],
    ['differs, and works', override('differs'), [port('open')], 'warn'],
    ['differs, and was not tried', override('differs'), [], 'warn'],
    ['differs, and does not work', override('differs'), [port('filtered')], 'fail'],
    ['agrees, and does not work', override('agrees'), [port('filtered')], 'pass'],
    ['is all that knows the name', override('unknown-to-dns', { resolverAddresses: [] }), [port('closed')], 'pass'],
    ['was not compared', override('not-asked', { because: 'nothing is sent' }), [port('closed')], 'skip'],
    ['could not be compared', override('no-answer', { because: 'nobody said' }), [port('closed')], 'skip'],
  ])('%s', (_what, hostsFile, measurements, status) => {
    const line = judge({ hostsFile }, { measurements }).find(({ id }) => id === ID);
    expect(line).toMatchObject({ status, code: status === 'warn' || status === 'fail' ? 'hosts-override' : null });
    expect(judge({ hostsFile }, { measurements, scope: 'path' })).toHaveLength(status === 'warn' || status === 'fail' ? 1 : 0);
  });

  it('without a target in it is counted', () => {
    const hostsFile = { path: '/etc/hosts', entries: 1, faults: [], overrides: [] };
    expect(judge({ hostsFile }).at(-1)).toMatchObject({ id: 'l7.hosts-file', status: 'pass', text: '1 entry' });
    expect(judge({ hostsFile: { ...hostsFile, entries: null } }).at(-1)).toMatchObject({ status: 'skip' });
  });
});

describe('the cache', () => {
  const trial = { server: '127.0.0.1', local: true, name: 'example.com', type: 'AAAA', firstMs: 40, secondMs: 0.5, savedMs: 39.5 };
  const far = { ...trial, server: '192.0.2.53', local: false };
  it.each<[string, Data['cacheTrial'], string]>([
    ['saves', { ...trial, finding: 'saves' }, 'none known on this machine; first 40 ms, again 0.500 ms: saves 39.5 ms'],
    [
      'is far away',
      { ...far, finding: 'saves' },
      'none known on this machine; first 40 ms, again 0.500 ms: saves 39.5 ms, kept at 192.0.2.53 and not here',
    ],
    [
      'is far away, and so is the answer',
      { ...far, secondMs: 39, savedMs: 1, finding: 'same' },
      'none known on this machine; first 40 ms, again 39 ms: most of it is the way to 192.0.2.53',
    ],
    [
      'saves nothing',
      { ...trial, secondMs: 39, savedMs: 1, finding: 'same' },
      'none known on this machine; first 40 ms, again 39 ms: nothing saved',
    ],
    [
      'cannot be told',
      { ...trial, firstMs: 1, savedMs: 0.5, finding: 'quick' },
      'none known on this machine; first 1 ms, again 0.500 ms: too quick to tell',
    ],
    ['was not tried', null, 'none known on this machine'],
  ])('%s', (_what, cacheTrial, text) => {
    const line = judge({ resolvConf: resolvConf(['192.0.2.53']), cacheTrial }).find(({ id }) => id === 'l7.name-service-cache');
    expect(line).toEqual({ id: 'l7.name-service-cache', status: 'pass', code: null, text });
  });
});

it('what was not measured has one line in all, and none for a path', () => {
  const measurement = {
    ...ENVELOPE,
    id: 'm1',
    probe: 'name-service' as const,
    target: null,
    ...nameServiceNotTried({ kind: 'skipped', because: 'interrupted' }),
  };
  const context = { policy: DEFAULT_POLICY, measurements: [], targets: [], interfaces: new Set<string>() };
  expect(judgeNameService(measurement, { ...context, scope: 'all' })).toMatchObject([
    { id: 'l7.name-service', status: 'skip', because: 'interrupted' },
  ]);
  expect(judgeNameService(measurement, { ...context, scope: 'path' })).toEqual([]);
});
