import { reasonOf } from '../../model/attempt.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { judgeExpectedBehind, judgeListenersBehind, judgePublished } from './judge-listeners.js';
import { judgeOutgoing, judgeTooLarge } from './judge-outgoing.js';
import { ways } from './places.js';
import { isStopped, listed, placeText } from './rule-text.js';

type Firewall = MeasurementOf<'firewall'>;
type Default = DataOf<'firewall'>['defaults'][number];

/**
 * `l4.firewall`: does anything stop new connections from elsewhere; `l4.firewall-engines`; `l4.firewall-listeners`, `l4.published` and
 * `l4.firewall-expected`: who gets in; `l3.firewall`, `l4.firewall-out`, `l3.icmp-errors`: what is stopped on the way to the targets.
 */
export function judgeFirewall(measurement: Firewall, context: MachineJudgeContext): Check[] {
  const { attempt } = measurement;
  const line = { kind: 'l4.firewall', layer: 4, title: 'firewall', measurement } as const;
  const all = context.scope === 'all';
  if (attempt.kind !== 'measured') return all ? [skippedCheck(line, reasonOf(attempt))] : [];
  const onWay = [...judgeOutgoing(measurement, context), ...judgeTooLarge(measurement, context)];
  if (!all) return onWay;
  return [
    judgeFilter(measurement, context),
    ...judgeEngines(measurement),
    ...judgeListenersBehind(measurement, context),
    ...judgePublished(measurement),
    ...judgeExpectedBehind(measurement, context),
    ...onWay,
  ];
}

const EXPECTED = 'new connections from elsewhere are stopped unless allowed';

function judgeFilter(measurement: Firewall, { measurements }: MachineJudgeContext): Check {
  const { data } = measurement;
  const line = { kind: 'l4.firewall', layer: 4, title: 'firewall', measurement } as const;
  const contained = isContained(measurements);
  if (data.rules === null) return skippedCheck(line, whyUnseen(data, contained));
  const host = measurements.find((made): made is MeasurementOf<'host'> => made.probe === 'host')?.data;
  const inputs = data.defaults.filter(({ hook }) => hook === 'input');
  const reached = inputs.filter(({ family }) => host === undefined || ways(host.interfaces, family).length > 0);
  if (reached.length === 0) {
    return check({ ...line, status: 'pass', observed: 'this machine has no address that others could reach', expected: EXPECTED });
  }
  const open = reached.filter(({ verdict }) => verdict === 'accept');
  const closed = reached.filter(({ verdict }) => isStopped(verdict));
  if (open.length > 0 && contained) {
    return skippedCheck(line, `no rule stops new connections over ${families(open)}; in a container that is the business of its host`);
  }
  if (open.length > 0 && closed.some(({ family }) => family === 4)) {
    const observed = `IPv4: ${defaultText(closed)}; IPv6: what no rule names is let in`;
    return check({ ...line, status: 'warn', code: 'ipv6-unfiltered', observed, expected: EXPECTED });
  }
  if (open.length > 0) {
    const observed = `${families(open)}: ${data.rules.rules === 0 ? 'everything is let in, there are no rules' : 'what no rule names is let in'}`;
    return check({ ...line, status: 'warn', code: 'firewall-inactive', observed, expected: EXPECTED });
  }
  if (closed.length < reached.length) {
    const because = reached.flatMap((one) => (one.verdict === 'depends' ? one.because : []));
    return skippedCheck(line, `what is let in depends on ${listed(because, 3)}`);
  }
  const by = data.managers.filter(({ state }) => state === 'in-force').map(({ name }) => name);
  const who = by.length === 0 ? '' : ` (${listed(by, 4)})`;
  return check({ ...line, status: 'pass', observed: `${families(closed)}: ${defaultText(closed)}${who}`, expected: EXPECTED });
}

/** A container with a network of its own: the rules that decide are those of its host as well, and cannot be seen from inside. */
function isContained(measurements: MachineJudgeContext['measurements']): boolean {
  const place = measurements.find((made): made is MeasurementOf<'surroundings'> => made.probe === 'surroundings')?.data.container;
  return place?.kind === 'container' && place.network !== 'host';
}

function families(defaults: readonly Default[]): string {
  return defaults.map(({ family }) => `IPv${family}`).join(' and ');
}

function defaultText(defaults: readonly Default[]): string {
  return listed(
    defaults.map(({ place }) => `stopped by ${placeText(place)}`),
    2,
  );
}

/** Why the rules are not known, and what is known all the same. */
function whyUnseen(data: DataOf<'firewall'>, contained: boolean): string {
  const because = data.absent[0]?.because ?? 'the rules could not be seen';
  if (contained) return `${because}; in a container its host decides as well`;
  const states = { 'in-force': 'is at work', configured: 'is configured to be on', off: 'is off' } as const;
  const known = data.managers.map(({ name, state }) => `${name} ${states[state]}`);
  return known.length === 0 ? `${because}; no sign of one was found` : `${because}; ${listed(known, 4)}`;
}

/** Rules of the old engine beside those of the new one. Their empty tables harm nobody. */
function judgeEngines(measurement: Firewall): Check[] {
  const filled = measurement.data.engines.filter(({ rules }) => rules > 0);
  if (!filled.some(({ name }) => name === 'iptables-legacy') || filled.length < 2) return [];
  return [
    check({
      kind: 'l4.firewall-engines',
      layer: 4,
      title: 'filter engines',
      measurement,
      status: 'warn',
      code: 'firewall-conflict',
      observed: filled.map(({ name, rules }) => `${name}: ${rules} ${rules === 1 ? 'rule' : 'rules'}`).join(', '),
      expected: 'one engine',
    }),
  ];
}
