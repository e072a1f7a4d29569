import { reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { PROXY_NOT_SPOKEN, PROXY_SILENT, PROXY_UNREACHABLE, PROXY_UNTRUSTED } from '../../model/failure-code.js';
import { formatMs } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';

type ProxySettings = MeasurementOf<'proxy-settings'>;
type ProxyState = DataOf<'proxy-settings'>['proxies'][number];

const CODES: Readonly<Record<string, Code>> = {
  [PROXY_UNREACHABLE]: 'proxy-unreachable',
  [PROXY_SILENT]: 'proxy-silent',
  [PROXY_NOT_SPOKEN]: 'proxy-not-spoken',
  [PROXY_UNTRUSTED]: 'proxy-untrusted',
};

/**
 * `l7.proxy-settings`: whether what is set makes sense, and `l7.proxy-settings@PROXY` for each proxy. Those that the probe of a target tried
 * are judged there.
 */
export function judgeProxySettings(measurement: ProxySettings, { scope, measurements, targets }: MachineJudgeContext): Check[] {
  const { attempt, data } = measurement;
  const line = { kind: 'l7.proxy-settings', layer: 7, title: 'proxy settings', measurement } as const;
  if (attempt.kind !== 'measured') return scope === 'path' ? [] : [skippedCheck(line, reasonOf(attempt))];
  if (scope === 'path') {
    const concerned = targets.some(({ target }) => ['http', 'https', 'ws', 'wss'].includes(target.scheme ?? ''));
    // What was named for this run goes before the environment.
    if (!concerned || data.given !== null || data.contradictions.length === 0) return [];
    return [judgeSettings(measurement)];
  }
  const tried = new Set(
    measurements.flatMap((made) => (made.probe === 'proxy' && made.attempt.kind !== 'skipped' ? (made.data.proxy ?? []) : [])),
  );
  return [
    judgeSettings(measurement),
    ...data.proxies.filter(({ proxy }) => !tried.has(proxy)).map((state) => judgeOne(state, measurement)),
  ];
}

const FAULTS_SHOWN = 3;

function judgeSettings(measurement: ProxySettings): Check {
  const { data } = measurement;
  const line = { kind: 'l7.proxy-settings', layer: 7, title: 'proxy settings', measurement, expected: 'settings that agree' } as const;
  const faults = [
    ...data.contradictions.map(({ names, problem }) => `${names.join(' and ')}: ${problem}`),
    ...data.variables.flatMap(({ name, problem, proxy }) => (problem === null || proxy !== null ? [] : [`${name}: ${problem}`])),
    ...data.exceptions.flatMap(({ name, faults: entries }) =>
      entries.flatMap(({ entry, kind, problem }) => (kind === 'ignored' ? [`entry ${entry} of ${name}: ${problem}`] : [])),
    ),
    ...data.elsewhere.flatMap(({ by, problem }) => (problem === null ? [] : [`${by}: ${problem}`])),
  ];
  if (faults.length > 0) {
    const more = faults.length > FAULTS_SHOWN ? `; ${faults.length - FAULTS_SHOWN} more` : '';
    const observed = `${faults.slice(0, FAULTS_SHOWN).join('; ')}${more}`;
    return check({ ...line, status: 'warn', code: 'proxies-misconfigured', observed });
  }
  const { proxies, automatic, absent } = data;
  const none = absent.length === 0 ? 'no proxy is set' : 'no proxy is set in what could be read';
  const set = proxies.length === 0 ? none : proxies.length === 1 ? '1 proxy is set' : `${proxies.length} proxies are set`;
  const found = automatic.length === 0 ? '' : `; automatic configuration (${automatic.map(({ by }) => by).join(', ')}), not followed`;
  return check({ ...line, status: 'pass', observed: `${set}${found}` });
}

function judgeOne(state: ProxyState, measurement: ProxySettings): Check {
  const { proxy, namedBy, reachable, failure, tcpMs, because } = state;
  const line = { kind: 'l7.proxy-settings', layer: 7, title: 'proxy', measurement, expected: 'a connection' } as const;
  const withProxy = (made: Check): Check => ({ ...made, id: `l7.proxy-settings@${proxy}` });
  const by = `${proxy} (named by ${namedBy.join(', ')})`;
  if (reachable === null) return withProxy(skippedCheck(line, `${by}: ${because ?? 'not tried'}`));
  if (reachable)
    return withProxy(
      check({ ...line, status: 'pass', observed: `${by}: ${tcpMs === null ? 'connected' : `connected in ${formatMs(tcpMs)}`}` }),
    );
  const code = CODES[failure?.code ?? ''];
  if (code === undefined) return withProxy(skippedCheck(line, `${by}: ${failure?.message ?? 'not tried'}`));
  const observed = `${failure?.message ?? by} (named by ${namedBy.join(', ')})`;
  // The setting of one program keeps that program alone from the network, and all_proxy nobody where the others are set.
  const used = new Set(measurement.data.variables.flatMap(({ name, schemes }) => (schemes.length > 0 ? [name] : [])));
  const inForce = namedBy.some((name) => name.startsWith('--') || used.has(name));
  return withProxy(check({ ...line, status: inForce ? 'fail' : 'warn', code, observed }));
}
