import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import { gradeAtLeast } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { JudgeContext } from '../probe.js';
import { usableMtuBytes } from './conclusion.js';

/** Every IPv6 path carries this much (RFC 8200 section 5); tunnels and resolvers are built for it. A narrower path troubles somebody. */
const IPV6_MINIMUM_MTU_BYTES = 1280;

/** Of Ethernet without jumbo frames (IEEE 802.3): what nearly every link carries, and what a router in front of one announces. */
const ETHERNET_MTU_BYTES = 1500;

/** `l3.mtu`: a black hole fails; a narrow path that is announced works, and only a very narrow one is held against it. */
export function judgeMtu(measurement: MeasurementOf<'mtu'>, { policy }: JudgeContext): Check[] {
  const line = { kind: 'l3.mtu', layer: 3, title: 'path MTU', measurement } as const;
  const { attempt, data } = measurement;
  if (attempt.kind === 'skipped') return [skippedCheck(line, attempt.because)];
  if (attempt.kind !== 'measured') return [skippedCheck(line, `not measured: ${whyNot(measurement)}`)];

  const grades = policy.expectedMtuBytes;
  const expected = `${grades.objective}`;
  if (data.blackhole === true) {
    const shownByTcp = data.direction !== null;
    // Echo alone can be met by a filter that takes large packets for an attack; no path that IPv6 could use is that narrow.
    if (!shownByTcp && data.pathMtuBytes !== null && data.pathMtuBytes < IPV6_MINIMUM_MTU_BYTES) {
      const observed = `echo over ${data.pathMtuBytes} bytes is not answered: more often a filter of large echoes than the path`;
      return [check({ ...line, status: 'warn', code: 'mtu-blackhole', observed, expected })];
    }
    if (isOfOneLink(data)) {
      const observed = `the link to it carries ${data.pathMtuBytes}, this interface sends ${data.localMtuBytes}`;
      return [check({ ...line, status: 'fail', code: 'mtu-mismatch', observed, expected: ONE_MTU })];
    }
    if ((data.linkRefused ?? 0) > 0) {
      const observed = `the first link carries ${data.pathMtuBytes} and refuses more, this interface sends ${data.localMtuBytes}`;
      return [check({ ...line, status: 'fail', code: 'mtu-mismatch', observed, expected: ONE_MTU })];
    }
    if (isJumboAlone(data))
      return [check({ ...line, status: 'fail', code: 'mtu-mismatch', observed: describeJumbo(data), expected: ONE_MTU })];
    return [check({ ...line, status: 'fail', code: 'mtu-blackhole', observed: describeBlackHole(data), expected })];
  }
  if (data.pathMtuBytes === null) return [skippedCheck(line, 'no size was found to pass')];
  const limit = data.limitedBy === null || data.limitedBy === 'local' ? '' : `, announced by ${data.limitedBy}`;
  const surety =
    data.exact !== false
      ? ''
      : measurement.method === 'tcp'
        ? ' at least, by TCP: larger segments were not used'
        : ', or a little more: too much was lost to be sure';
  const filtered = data.largeEchoFiltered === true ? ' by TCP; large echoes are filtered' : '';
  // A size that is not exact is a bound from below.
  const exact = data.exact !== false;
  const status = exact ? gradeAtLeast(data.pathMtuBytes, grades) : 'pass';
  return [
    check({
      ...line,
      status,
      code: status === 'pass' ? null : 'mtu-reduced',
      observed: `${data.pathMtuBytes}${filtered}${limit}${surety}`,
      expected:
        status !== 'pass' ? `${grades.acceptable} or more` : data.pathMtuBytes < grades.objective ? `${expected}, or announced` : expected,
      budget: exact ? budgetOf('expectedMtuBytes', data.pathMtuBytes, grades) : undefined,
    }),
  ];
}

/** Without a router between, nobody could have sent a message: the two ends of one link take different sizes. */
function isOfOneLink({ onLink, pathMtuBytes, localMtuBytes, direction }: DataOf<'mtu'>): boolean {
  return onLink === true && pathMtuBytes !== null && localMtuBytes !== null && direction !== 'from-target';
}

/** Whether the other end of the own link takes less than this machine sends, and throws away what is larger: this end counts it as its drops. */
export function refusedByNeighbour(data: DataOf<'mtu'>): boolean {
  return data.blackhole === true && (isOfOneLink(data) || (data.linkRefused ?? 0) > 0 || isJumboAlone(data));
}

const ONE_MTU = 'one MTU at both ends';

/**
 * Whether this interface sends jumbo frames and the way carries the size of ordinary ones, without a word of a router: it is on a link that
 * takes none.
 */
function isJumboAlone({ localMtuBytes, pathMtuBytes, limitedBy, direction }: DataOf<'mtu'>): boolean {
  const jumbo = localMtuBytes !== null && localMtuBytes > ETHERNET_MTU_BYTES;
  return jumbo && pathMtuBytes === ETHERNET_MTU_BYTES && limitedBy === null && direction !== 'from-target';
}

function describeJumbo({ pathMtuBytes, localMtuBytes }: DataOf<'mtu'>): string {
  return `the network carries ${pathMtuBytes} and announces nothing, this interface sends ${localMtuBytes}`;
}

function whyNot({ attempt, data }: MeasurementOf<'mtu'>): string {
  const kernel = data.tcpMssBytes === null ? '' : `; TCP uses segments of ${data.tcpMssBytes} bytes`;
  if (attempt.kind === 'unavailable') return `${attempt.reason}${kernel}`;
  return `neither large nor small packets are answered, so that there is nothing to compare${kernel}`;
}

const WAYS = { 'to-target': ' on the way there', 'from-target': ' on the way back', both: ' in both directions' } as const;

function describeBlackHole(data: DataOf<'mtu'>): string {
  const passed = usableMtuBytes(data);
  const way = data.direction === null ? '' : WAYS[data.direction];
  return passed === null ? `large packets vanish${way}, unannounced` : `${passed} and no more${way}, unannounced`;
}
