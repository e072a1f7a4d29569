import type { DataOf, Measurement, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { addressFamily } from '../../model/target.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import { check } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { isStopped, placeText, stoppedText } from './rule-text.js';

type Firewall = MeasurementOf<'firewall'>;
type Outgoing = DataOf<'firewall'>['outgoing'][number];

const EXPECTED = 'our packets go out, and the answers come in';

/**
 * What the rules here do to packets to the targets and to the answers. Where a measurement shows an answer all the same, the rules were not
 * understood, and nothing is said.
 */
export function judgeOutgoing(measurement: Firewall, { scope, measurements, targets: known }: MachineJudgeContext): Check[] {
  const { outgoing } = measurement.data;
  const stopped = outgoing.filter((one) => isStopped(one.verdict) && !isAnswered(one, measurements));
  const targets = [...new Set(outgoing.flatMap(({ target }) => (target === null ? [] : [target])))];
  const byTarget = targets.map((target) => {
    const ways = outgoing.filter((one) => one.target === target);
    const shut = stopped.filter((one) => one.target === target);
    const port = shut.find(({ protocol }) => protocol === 'tcp');
    const echo = shut.find(({ protocol }) => protocol === 'icmp');
    const hasPort = ways.some(({ protocol }) => protocol === 'tcp');
    const whole = hasPort ? (port !== undefined && echo !== undefined ? port : undefined) : echo;
    return { target, ways, whole, port };
  });
  const resolvers = outgoing.filter(({ target }) => target === null);
  const checks: Check[] = [];
  const [first] = byTarget;
  const everywhere = byTarget.length > 0 && byTarget.every(({ whole }) => whole !== undefined);
  if (everywhere && first?.whole !== undefined) {
    const of = byTarget.length === 1 ? '' : ', to every target';
    checks.push(failed(measurement, 'l3.firewall', 3, null, `${describe(first.whole)}${of}`));
  }
  for (const { target, ways, whole, port } of byTarget) {
    if (everywhere) continue;
    const worst = whole ?? port;
    if (worst !== undefined)
      checks.push(
        failed(measurement, whole === undefined ? 'l4.firewall-out' : 'l3.firewall', whole === undefined ? 4 : 3, target, describe(worst)),
      );
    else if (scope === 'all') {
      const open = ways.filter(({ verdict }) => verdict === 'depends');
      const line = { kind: 'l4.firewall-out', layer: 4, title: 'own firewall', measurement: { id: measurement.id, target } } as const;
      const because = [...new Set(open.flatMap((one) => one.because))].slice(0, 3).join(', ');
      checks.push(
        open.length === 0
          ? check({ ...line, status: 'pass', observed: 'lets our packets out and the answers in', expected: EXPECTED })
          : check({ ...line, status: 'skip', because: `what it does with our packets depends on ${because}` }),
      );
    }
  }
  // Targets that are addresses need no resolver, nor do names that the hosts file lists.
  const needsResolver = ({ target, questions = [] }: MachineJudgeContext['targets'][number]) =>
    addressFamily(target.host) === null && !questions.some(({ transport }) => transport === 'file');
  if (scope === 'path' && !known.some(needsResolver)) return checks;
  const shutResolvers = stopped.filter(({ target }) => target === null);
  const [resolver] = shutResolvers;
  if (resolver !== undefined && shutResolvers.length === resolvers.length) {
    checks.push(failed(measurement, 'l3.firewall-resolvers', 3, null, describe(resolver)));
  }
  return checks;
}

function failed(measurement: Firewall, kind: string, layer: 3 | 4, target: string | null, observed: string): Check {
  return check({
    kind,
    layer,
    title: kind === 'l3.firewall-resolvers' ? 'firewall to resolvers' : 'own firewall',
    measurement: { id: measurement.id, target },
    status: 'fail',
    code: 'firewall-blocks',
    observed,
    expected: EXPECTED,
  });
}

function describe({ protocol, port, address, direction, verdict, place }: Outgoing): string {
  const what = protocol === 'icmp' ? 'echo' : `${protocol.toUpperCase()} ${port ?? ''}`.trim();
  const how = isStopped(verdict) ? stoppedText(verdict) : verdict;
  if (direction === 'neighbors')
    return `neighbour discovery (ICMPv6), without which nothing gets to ${address}, is ${how} by ${placeText(place)}`;
  return `${direction === 'back' ? `answers of ${what} from` : `${what} to`} ${address} ${direction === 'back' ? 'are' : 'is'} ${how} by ${placeText(place)}`;
}

/** Whether something came back that by the rules could not have. */
function isAnswered({ target, protocol, port, address }: Outgoing, measurements: readonly Measurement[]): boolean {
  return measurements.some((made) => {
    if (target === null) {
      if (made.probe !== 'dns' || made.attempt.kind !== 'measured' || made.data.server === null) return false;
      return parseDnsServer(made.data.server)?.address === address;
    }
    if (made.target !== target) return false;
    if (made.probe === 'ports') {
      return made.data.ports.some((one) => protocol === 'tcp' && one.port === port && one.protocol === 'tcp' && one.reason === 'accepted');
    }
    if (made.probe === 'latency' || made.probe === 'loss') return protocol === 'icmp' && made.data.received > 0;
    return made.probe === 'phases' && protocol === 'tcp' && made.data.tcpMs !== null;
  });
}

/**
 * `l3.icmp-errors`: whether messages about packet sizes come in. Where they do not, larger packets can vanish without a word; where a target
 * shows just that, this is why.
 */
export function judgeTooLarge(measurement: Firewall, { scope, measurements }: MachineJudgeContext): Check[] {
  const { tooLarge } = measurement.data;
  if (tooLarge.length === 0) return [];
  const line = { kind: 'l3.icmp-errors', layer: 3, title: 'packet size messages', measurement } as const;
  const stopped = tooLarge.filter(({ verdict }) => isStopped(verdict));
  const [first] = stopped;
  if (first !== undefined) {
    const families = stopped.map(({ family }) => family);
    const hurt = measurements.some(
      (made) =>
        made.probe === 'mtu' && made.data.blackhole === true && families.includes(made.data.address?.includes(':') === true ? 6 : 4),
    );
    const names = families.map((family) => (family === 4 ? '"fragmentation needed"' : '"packet too big"')).join(' and ');
    const observed = `${names} ${stopped.length === 1 ? 'is' : 'are'} ${isStopped(first.verdict) ? stoppedText(first.verdict) : ''} by ${placeText(first.place)}`;
    return [check({ ...line, status: hurt ? 'fail' : 'warn', code: 'icmp-errors-blocked', observed, expected: 'they come in (RFC 4890)' })];
  }
  if (scope !== 'all') return [];
  const open = tooLarge.filter(({ verdict }) => verdict === 'depends').flatMap(({ because }) => because);
  return [
    open.length > 0
      ? check({ ...line, status: 'skip', because: `whether they come in depends on ${[...new Set(open)].slice(0, 3).join(', ')}` })
      : check({ ...line, status: 'pass', observed: 'they come in', expected: 'they come in (RFC 4890)' }),
  ];
}
