import { reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import { formatMs } from '../../model/format.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { isLoopback } from '../../model/target.js';
import type { IpFamily } from '../../net/port.js';
import { check, skippedCheck } from '../check.js';

type Data = DataOf<'addresses'>;
type Entry = Data['addresses'][number];

/** How many addresses a line names; the measurement has them all. */
const NAMED = 2;

/** `l3.addresses`: does each address of the name answer. `l4.addresses`: is the port open at each, where it is not the same everywhere. */
export function judgeAddresses(measurement: MeasurementOf<'addresses'>): Check[] {
  const line = { kind: 'l3.addresses', layer: 3, title: 'addresses', measurement } as const;
  const { attempt, data } = measurement;
  if (attempt.kind !== 'measured') return [skippedCheck(line, reasonOf(attempt))];
  const tried = data.addresses.filter(({ answers }) => answers !== null);
  const dead = tried.filter(({ answers }) => answers === false);
  // What is the same for all of them is no matter of one address: latency, ports and the way out are judged by themselves.
  if (dead.length === tried.length)
    return [skippedCheck(line, `none of its ${counted(tried)} answers, so that there is nothing to compare`)];
  const expected = 'every address answers';
  const broken = brokenFamily(data);
  if (broken !== null) {
    const observed = `no answer by IPv${broken} from ${listed(dead.filter(({ family }) => family === broken))}, IPv${other(broken)} answers${winnerText(data)}`;
    const code: Code = broken === 4 ? 'ipv4-broken' : 'ipv6-broken';
    return [check({ ...line, status: isMet(broken, data) ? 'fail' : 'warn', code, observed, expected }), ...judgePort(measurement)];
  }
  if (dead.length > 0) {
    const observed = `${dead.length} of ${counted(tried)} silent: ${listed(dead)}${winnerText(data)}`;
    return [check({ ...line, status: 'warn', code: 'connectivity-intermittent', observed, expected }), ...judgePort(measurement)];
  }
  const observed = `${tried.length === 1 ? 'the one that was tried answers' : `all ${counted(tried)} answer`}${untriedText(data)}${winnerText(data)}`;
  return [check({ ...line, status: 'pass', observed, expected }), ...judgePort(measurement)];
}

/**
 * The family of which no address answers while one of the other family does; `null` where there is none. A family without a route was not
 * tried, and is not broken: many a machine has only the other.
 */
export function brokenFamily({ addresses }: Pick<Data, 'addresses'>): IpFamily | null {
  const answers = (family: IpFamily) => addresses.some((entry) => entry.family === family && entry.answers === true);
  const dead = (family: IpFamily) => !answers(family) && addresses.some((entry) => entry.family === family && entry.answers === false);
  if (dead(6) && answers(4)) return 6;
  return dead(4) && answers(6) ? 4 : null;
}

/** Whether a client meets the dead family: it is tried first, or the other probes of this target went there. */
function isMet(family: IpFamily, { addresses, chosen }: Data): boolean {
  const first = addresses.find(({ answers }) => answers !== null);
  return first?.family === family || addresses.some((entry) => entry.address === chosen && entry.family === family);
}

/** A port that is open at one address and not at another, as far as these answer at all. */
function judgePort(measurement: MeasurementOf<'addresses'>): Check[] {
  const { addresses, port } = measurement.data;
  const known = addresses.filter(({ answers, state }) => answers === true && state !== null);
  const open = known.filter(({ state }) => state === 'open');
  const shut = known.filter(({ state }) => state !== 'open');
  const worst = shut[0];
  if (open.length === 0 || worst === undefined) return [];
  const line = { kind: 'l4.addresses', layer: 4, title: `port ${port} everywhere`, measurement } as const;
  // A server of this machine listens on one of its own addresses as a rule, and clients are refused at the other within no time.
  if (known.every(({ address }) => isLoopback(address)) && shut.every(({ state }) => state === 'closed')) {
    const observed = `open at ${listed(open)}; refused at once at ${listed(shut)}, and clients go on to the next`;
    return [check({ ...line, status: 'pass', observed, expected: 'open at one address of this machine' })];
  }
  return [
    check({
      ...line,
      status: 'warn',
      code: worst.state === 'closed' ? 'port-closed' : worst.state === 'rejected' ? 'port-rejected' : 'port-filtered',
      observed: `${worst.state} at ${listed(shut)}, open at ${listed(open)}`,
      expected: 'open at every address',
    }),
  ];
}

function other(family: IpFamily): IpFamily {
  return family === 4 ? 6 : 4;
}

function counted(entries: readonly Entry[]): string {
  return `${entries.length} ${entries.length === 1 ? 'address' : 'addresses'}`;
}

function listed(entries: readonly Entry[]): string {
  const names = entries.slice(0, NAMED).map(({ address }) => address);
  return names.join(', ') + (entries.length > NAMED ? ` and ${entries.length - NAMED} more` : '');
}

/** Of a bare host nothing connected: its answers to the echo stand for that. */
function winnerText({ port, winner, winnerAfterMs }: Data): string {
  if (winner === null || winnerAfterMs === null) return '';
  return port === null
    ? `; a client would take ${winner}, after ${formatMs(winnerAfterMs)}`
    : `; a client is connected to ${winner} after ${formatMs(winnerAfterMs)}`;
}

function untriedText({ addresses }: Data): string {
  const untried = addresses.filter(({ answers }) => answers === null);
  return untried.length === 0 ? '' : `, ${untried.length} not tried (${untried[0]?.failure ?? 'interrupted'})`;
}
