import { reasonOf } from '../../model/attempt.js';
import { formatMs } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { judgeHostsFile } from './judge-hosts-file.js';
import { judgeSearch } from './judge-search.js';
import { judgeStubs } from './judge-stubs.js';

type NameService = MeasurementOf<'name-service'>;
type Data = DataOf<'name-service'>;

/**
 * The name service of this machine: `l7.name-service` (resolv.conf), `l7.name-service-order`, `l7.name-service-stub@SERVER`,
 * `l7.name-service-cache`, `l7.name-service-search@TARGET`, `l7.hosts-file@TARGET`. With scope `path` only what keeps a target's name from
 * being found as it should, and only where it went wrong.
 */
export function judgeNameService(measurement: NameService, context: MachineJudgeContext): Check[] {
  const { attempt } = measurement;
  if (attempt.kind !== 'measured') {
    if (context.scope === 'path') return [];
    return [skippedCheck({ kind: 'l7.name-service', layer: 7, title: 'name service', measurement }, reasonOf(attempt))];
  }
  const checks = [
    ...judgeResolvConf(measurement, context),
    ...judgeOrder(measurement),
    ...judgeStubs(measurement, context),
    ...judgeSearch(measurement, context),
    ...judgeCache(measurement),
    ...judgeHostsFile(measurement, context),
  ];
  if (context.scope === 'all') return checks;
  return checks.filter(({ status, id }) => (status === 'warn' || status === 'fail') && id !== 'l7.name-service');
}

const FAULTS_SHOWN = 3;

function judgeResolvConf(measurement: NameService, { targets, measurements }: MachineJudgeContext): Check[] {
  const { resolvConf, absent, chain, caches, nameSwitch } = measurement.data;
  const line = { kind: 'l7.name-service', layer: 7, title: 'resolv.conf', measurement } as const;
  if (resolvConf === null || resolvConf.state === 'unreadable') {
    const because = absent.find(({ fact }) => fact.includes('resolv.conf'))?.because ?? 'it was not read';
    return [skippedCheck(line, because)];
  }
  const used = resolvConf.nameservers.filter((entry) => entry.used);
  const by = resolvConf.writer === null ? '' : `, written by ${resolvConf.writer.name}`;
  const expected = 'a name server, and lines that make sense';
  if (used.length === 0) {
    if (chain.length > 0)
      return [check({ ...line, status: 'pass', observed: `no name server; that of this machine is asked, ${chain[0]?.server}`, expected })];
    const resolves = nameSwitch?.services.includes('resolve') === true && caches.some(({ name }) => name === 'systemd-resolved');
    if (resolves)
      return [check({ ...line, status: 'pass', observed: 'no name server; programs ask systemd-resolved without it', expected })];
    const dangling = resolvConf.state === 'missing' && resolvConf.link !== null;
    const observed = dangling ? `a link to ${resolvConf.link}, which is not there` : `${NO_SERVER[resolvConf.state]}${by}`;
    // A machine that needs no names is not broken by it; a target whose name was wanted is.
    const wanted = targets.some(({ questions, addresses }) => questions !== undefined && addresses.length === 0);
    const answered = measurements.some((one) => one.probe === 'dns' && one.data.rcode !== null);
    return [check({ ...line, status: wanted && !answered ? 'fail' : 'warn', code: 'dns-no-resolver', observed, expected })];
  }
  // Services write all that they were given into it, with a remark that those behind the third are not asked.
  const unused = resolvConf.nameservers.filter((entry) => entry.valid && !entry.used).length;
  const more = unused === 0 ? '' : ` (${unused} more ${unused === 1 ? 'is' : 'are'} not asked)`;
  const servers = `${used.map(({ address }) => address).join(', ')}${more}${by}`;
  if (resolvConf.faults.length === 0) return [check({ ...line, status: 'pass', observed: servers, expected })];
  const faults = resolvConf.faults.map(({ line: number, problem }) => (number === null ? problem : `line ${number}: ${problem}`));
  const others = faults.length > FAULTS_SHOWN ? `; ${faults.length - FAULTS_SHOWN} more` : '';
  const observed = `${faults.slice(0, FAULTS_SHOWN).join('; ')}${others}`;
  return [check({ ...line, status: 'warn', code: 'resolv-conf-faulty', observed, expected })];
}

const NO_SERVER: Readonly<Record<'present' | 'empty' | 'missing', string>> = {
  present: 'no line of it names a name server',
  empty: 'it is empty',
  missing: 'there is no such file',
};

function judgeOrder(measurement: NameService): Check[] {
  const { nameSwitch, lookups } = measurement.data;
  if (nameSwitch === null) return [];
  const line = { kind: 'l7.name-service-order', layer: 7, title: 'name switch', measurement, expected: 'DNS is asked' } as const;
  // A name that DNS does not know either loses nothing.
  const kept = lookups.find(({ dnsNotAsked, target, found }) => dnsNotAsked !== null && (target === null || found !== null));
  if (kept?.dnsNotAsked == null) return [check({ ...line, status: 'pass', observed: nameSwitch.services.join(', ') })];
  const observed = `${kept.target === null ? '' : `${kept.name}: `}${kept.dnsNotAsked}`;
  return [check({ ...line, status: 'warn', code: 'dns-not-asked', observed })];
}

/** It says what there is, and judges nothing: without a cache of its own a machine is well too. */
function judgeCache(measurement: NameService): Check[] {
  const { caches, cacheTrial, resolvConf } = measurement.data;
  const line = { kind: 'l7.name-service-cache', layer: 7, title: 'name cache', measurement } as const;
  if (resolvConf === null && cacheTrial === null) return [];
  const keeping = caches.filter(({ keeps }) => keeps === true).map(({ name }) => name);
  const unknown = caches.filter(({ keeps }) => keeps === null).map(({ name }) => name);
  const here =
    keeping.length > 0
      ? `${keeping.join(', ')} on this machine`
      : unknown.length > 0
        ? `${unknown.join(', ')} on this machine, perhaps`
        : resolvConf === null
          ? 'not told whether there is one on this machine'
          : 'none known on this machine';
  return [check({ ...line, status: 'pass', observed: `${here}${cacheTrial === null ? '' : `; ${trialText(cacheTrial)}`}` })];
}

/** `first 21 ms, again 0.4 ms: saves 21 ms, kept at 192.0.2.53`. */
export function trialText({ server, local, firstMs, secondMs, savedMs, finding }: NonNullable<Data['cacheTrial']>): string {
  if (firstMs === null || secondMs === null || savedMs === null) return `${server} gave no two answers to compare`;
  const times = `first ${formatMs(firstMs)}, again ${formatMs(secondMs)}`;
  switch (finding) {
    case 'saves':
      return `${times}: saves ${formatMs(savedMs)}${local ? '' : `, kept at ${server} and not here`}`;
    case 'same':
      return local ? `${times}: nothing saved` : `${times}: most of it is the way to ${server}`;
    case 'quick':
      return `${times}: too quick to tell`;
    case 'not-told':
      return times;
  }
}
