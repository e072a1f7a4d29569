import type { MeasurementOf, RouteHop } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { judgeUnreachable } from '../latency/judge.js';
import type { JudgeContext } from '../probe.js';

/** Places of a loop that are named. */
const LISTED_PLACES = 4;

type Line = Pick<Parameters<typeof check>[0], 'kind' | 'layer' | 'title' | 'measurement'>;

/** `l3.hops`: does the path lead to the target, and where does it end. What is lost on it, and how slow it is, other probes judge. */
export function judgeRoute(measurement: MeasurementOf<'route'>, _context: JudgeContext): Check[] {
  const line = { kind: 'l3.hops', layer: 3, title: 'path', measurement } as const;
  const { attempt, data } = measurement;
  const expected = 'the target answers';
  if (attempt.kind === 'skipped') return [skippedCheck(line, attempt.because)];
  if (attempt.kind === 'unavailable') return [skippedCheck(line, attempt.reason)];
  if (attempt.kind === 'failed') return [judgeUnreachable(line, attempt, [], 0, expected)];
  if (data.reached === true) {
    const hops = data.hops.length;
    const observed = `${hops === 1 ? '1 hop' : `${hops} hops`}${byMethod(measurement)}${unanswered(data.hops.at(-1))}`;
    return [check({ ...line, status: 'pass', observed, expected })];
  }
  return [judgeEnd(line, measurement, expected)];
}

function judgeEnd(line: Line, { data }: MeasurementOf<'route'>, expected: string): Check {
  const common = { ...line, expected };
  const last = [...data.hops].reverse().find(({ addresses }) => addresses.length > 0);
  switch (data.end?.reason) {
    case 'unreachable': {
      const { from, meaning } = data.end;
      const code = meaning === 'prohibited' ? 'route-prohibited' : 'host-unreachable';
      // A firewall passes packets on as a router before it refuses them: it answers for its own hop, and for the next one.
      const ttl = data.hops.find(({ addresses }) => from !== null && addresses.includes(from))?.ttl ?? data.hops.length;
      const observed = `${meaning ?? 'unreachable'} at hop ${ttl} (ICMP from ${from ?? 'an unknown router'})`;
      return check({ ...common, status: 'fail', code, observed, basis: 'stated' });
    }
    case 'loop': {
      const { address = 'a router', ttls = [] } = data.loopAt ?? {};
      const places = ttls.slice(0, LISTED_PLACES).join(', ') + (ttls.length > LISTED_PLACES ? ', …' : '');
      const observed = `${address} comes again and again: at hops ${places}`;
      return check({ ...common, status: 'fail', code: 'routing-loop', observed });
    }
    case 'maximum':
      return check({
        ...common,
        status: 'warn',
        code: 'host-unreachable',
        observed: `not within ${data.hops.length} hops`,
        basis: 'silence',
      });
    default:
      return check({
        ...common,
        // Silence to one method can be a filter of that method; silence to all of them is what every user of the target meets.
        status:
          new Set(data.tried.map(({ method }) => method)).size > 1 && data.tried.some(({ method }) => method === 'tcp') ? 'fail' : 'warn',
        code: 'host-unreachable',
        observed: `no answer by ${methodsOf(data.tried)}${last === undefined ? ', nor from any router' : ` beyond hop ${placeOf(last)}`}`,
        basis: 'silence',
      });
  }
}

function placeOf(hop: RouteHop): string {
  return `${hop.ttl} (${hop.addresses[0]})`;
}

/** What was lost between here and the target and back. It is said and not judged: a few packets, whose answers hosts may limit. */
function unanswered(target: RouteHop | undefined): string {
  if (target === undefined || target.sent === null || target.received >= target.sent) return '';
  return `; ${target.sent - target.received} of ${target.sent} to the target unanswered`;
}

/** What of the target answered, where that was not the first thing that was asked. */
function byMethod({ method, data }: MeasurementOf<'route'>): string {
  const silent = data.tried.filter(({ reached }) => reached === false);
  if (method === null || silent.length === 0) return '';
  return `, by ${method.toUpperCase()}; ${methodsOf(silent)} not answered by the target`;
}

function methodsOf(tried: MeasurementOf<'route'>['data']['tried']): string {
  const names = tried.map(({ method, port }) =>
    method === 'tcp' && port !== null ? `TCP ${port}` : method === 'system' ? 'the system tool' : method.toUpperCase(),
  );
  return [...new Set(names)].join(', ');
}
