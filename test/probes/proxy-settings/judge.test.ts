import { describe, expect, it } from 'vitest';
import { measured } from '../../../src/model/attempt.js';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { parseTarget } from '../../../src/model/target.js';
import type { KnownTarget } from '../../../src/probes/machine-probe.js';
import { judgeProxySettings } from '../../../src/probes/proxy-settings/judge.js';
import { proxySettingsNotTried } from '../../../src/probes/proxy-settings/measure.js';

type Data = DataOf<'proxy-settings'>;

const ENVELOPE = { startedAt: '2026-11-22T08:00:00.000Z', durationMs: 1, stalledMs: 0, method: 'system', attempt: measured(null) } as const;
const PROXY = 'http://proxy.example.net:3128';

function state(parts: Partial<Data['proxies'][number]>): Data['proxies'][number] {
  const nothing = { address: null, dnsMs: null, tcpMs: null, tlsMs: null, failure: null, because: null };
  return { proxy: PROXY, namedBy: ['HTTPS_PROXY'], reachable: null, ...nothing, ...parts };
}

const VARIABLE = { name: 'HTTPS_PROXY', proxy: PROXY, authenticated: false, schemes: ['https'], problem: null };
const CONTRADICTION = { names: ['http_proxy', 'HTTP_PROXY'], problem: 'they name different proxies' };

function target(text: string): KnownTarget {
  const parsed = parseTarget(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return { target: parsed.target, addresses: [], way: null };
}

function judge(
  data: Partial<Data>,
  {
    scope = 'all',
    measurements = [],
    targets = [],
  }: { scope?: 'path' | 'all'; measurements?: Measurement[]; targets?: KnownTarget[] } = {},
) {
  const empty = proxySettingsNotTried(measured(null)).data;
  const measurement: MeasurementOf<'proxy-settings'> = {
    ...ENVELOPE,
    id: 'm1',
    probe: 'proxy-settings',
    target: null,
    data: { ...empty, ...data },
  };
  const checks = judgeProxySettings(measurement, { policy: DEFAULT_POLICY, scope, measurements, targets, interfaces: new Set() });
  return checks.map(({ id, status, code }) => [id, status, code]);
}

const unreachable = { code: 'proxy-unreachable', message: `the proxy ${PROXY} cannot be connected to: connection refused` };

describe('each proxy', () => {
  const ID = `l7.proxy-settings@${PROXY}`;
  it.each<[string, Partial<Data>, string, string | null]>([
    ['answers', { variables: [VARIABLE], proxies: [state({ reachable: true, tcpMs: 2 })] }, 'pass', null],
    [
      'of a variable is not there',
      { variables: [VARIABLE], proxies: [state({ reachable: false, failure: unreachable })] },
      'fail',
      'proxy-unreachable',
    ],
    [
      'named for this run is not there',
      { given: PROXY, proxies: [state({ namedBy: ['--proxy'], reachable: false, failure: unreachable })] },
      'fail',
      'proxy-unreachable',
    ],
    [
      'of one program is not there',
      { proxies: [state({ namedBy: ['apt'], reachable: false, failure: unreachable })] },
      'warn',
      'proxy-unreachable',
    ],
    [
      'of a variable that no scheme goes by is not there',
      {
        variables: [{ ...VARIABLE, name: 'all_proxy', schemes: [] }],
        proxies: [state({ namedBy: ['all_proxy'], reachable: false, failure: unreachable })],
      },
      'warn',
      'proxy-unreachable',
    ],
    [
      'has a certificate that does not hold',
      { variables: [VARIABLE], proxies: [state({ reachable: false, failure: { code: 'proxy-untrusted', message: 'x' } })] },
      'fail',
      'proxy-untrusted',
    ],
    [
      'could not be tried from here',
      { variables: [VARIABLE], proxies: [state({ reachable: false, failure: { code: 'EMFILE', message: 'x' } })] },
      'skip',
      null,
    ],
    ['was not tried', { variables: [VARIABLE], proxies: [state({ because: 'nothing is sent' })] }, 'skip', null],
  ])('%s', (_what, data, status, code) => {
    expect(judge(data)).toEqual([
      ['l7.proxy-settings', 'pass', null],
      [ID, status, code],
    ]);
    // On the way to a target, its own probe says so.
    expect(judge(data, { scope: 'path', targets: [target('https://app.example.net/')] })).toEqual([]);
  });

  it('is judged where a target went by it, and not here', () => {
    const tried = {
      ...ENVELOPE,
      id: 'm2',
      probe: 'proxy',
      target: 'https://app.example.net/',
      data: { proxy: PROXY },
    } as unknown as Measurement;
    const data = { variables: [VARIABLE], proxies: [state({ reachable: false, failure: unreachable })] };
    expect(judge(data, { measurements: [tried] })).toEqual([['l7.proxy-settings', 'pass', null]]);
  });
});

describe('the settings', () => {
  const WARN = [['l7.proxy-settings', 'warn', 'proxies-misconfigured']];
  it.each<[string, Partial<Data>, boolean]>([
    ['contradict each other', { contradictions: [CONTRADICTION] }, true],
    ['have one that cannot be read', { variables: [{ ...VARIABLE, proxy: null, problem: 'it is too long' }] }, true],
    ['have one that is left out', { variables: [{ ...VARIABLE, problem: 'it is left out' }] }, false],
    [
      'have exceptions that no program reads',
      { exceptions: [{ name: 'no_proxy', entries: 1, faults: [{ entry: 1, kind: 'ignored', problem: 'a URL' }] }] },
      true,
    ],
    [
      'have exceptions that programs read differently',
      { exceptions: [{ name: 'no_proxy', entries: 1, faults: [{ entry: 1, kind: 'differs', problem: 'a network' }] }] },
      false,
    ],
    ['of a program cannot be read', { elsewhere: [{ by: 'git', proxy: null, authenticated: null, problem: 'x', source: null }] }, true],
    ['are automatic', { automatic: [{ by: 'GNOME', host: null, source: null }] }, false],
    ['are none', {}, false],
  ])('%s', (_what, data, warns) => {
    expect(judge(data)).toEqual(warns ? WARN : [['l7.proxy-settings', 'pass', null]]);
  });

  it('matter on the way to targets that go by a proxy, and by the environment', () => {
    const data = { contradictions: [CONTRADICTION] };
    expect(judge(data, { scope: 'path', targets: [target('http://app.example.net/')] })).toEqual(WARN);
    expect(judge(data, { scope: 'path', targets: [target('app.example.net:22')] })).toEqual([]);
    expect(judge({ ...data, given: 'direct' }, { scope: 'path', targets: [target('http://app.example.net/')] })).toEqual([]);
  });
});
