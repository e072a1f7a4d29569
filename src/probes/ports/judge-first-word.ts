import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { FirstWord } from './first-word.js';

/** From this share of connections on, a service is more gone than there. */
const FAILING_SHARE = 0.5;

/** `l4.service`: what a plain service does with a connection that it has accepted. */
export function judgeFirstWord(measurement: MeasurementOf<'ports'>): Check[] {
  const word = measurement.data.firstWord ?? null;
  if (word === null) return [];
  const line = { kind: 'l4.service', layer: 4, title: 'service', measurement } as const;
  const { expected: protocol, connections, reset, closed, silent, unconnected, spoke } = word;
  const expected = protocol === null ? 'connections stay open' : `${protocol} is spoken`;
  const share = (count: number) => (count / connections >= FAILING_SHARE ? 'fail' : 'warn');
  if (reset > 0) {
    const observed = `open, then reset without a word${ofAll(reset, connections)}`;
    return [check({ ...line, status: share(reset), code: 'tcp-reset', observed, expected })];
  }
  if (unconnected > 0 && unconnected < connections) {
    const observed = `${unconnected} of ${connections} connections at once did not come about`;
    return [check({ ...line, status: share(unconnected), code: 'connectivity-intermittent', observed, expected })];
  }
  if (unconnected === connections) {
    return [check({ ...line, status: 'fail', code: 'connectivity-intermittent', observed: 'open at first, and then no more', expected })];
  }
  if (protocol === null) {
    const observed = word.line === null ? null : `"${word.line}"`;
    // What is due at this port is not known, so silence is none.
    return observed === null
      ? [skippedCheck(line, 'it waits for its client to speak')]
      : [check({ ...line, status: 'pass', observed, expected })];
  }
  if (word.asExpected === false) {
    const observed = `${protocol} is expected at port ${word.port}, and what answers is something else${word.line === null ? '' : `: "${word.line}"`}`;
    return [check({ ...line, status: 'fail', code: 'service-unexpected', observed, expected })];
  }
  if (spoke < connections) return [check({ ...line, ...silence(word), expected })];
  return [check({ ...line, status: 'pass', observed: word.line === null ? `${protocol} is spoken` : `"${word.line}"`, expected })];

  function silence({ waitMs, unhurried }: FirstWord) {
    const mute = silent + closed;
    const how = closed >= silent ? 'closed without a word' : `nothing is said within ${formatMs(waitMs)}`;
    // A greeting that is late on purpose is no fault.
    const status = unhurried && silent > 0 ? 'warn' : share(mute);
    return { status, code: 'service-silent', observed: `open, and ${how}${ofAll(mute, connections)}` } as const;
  }
}

function ofAll(count: number, all: number): string {
  return count === all ? '' : ` on ${count} of ${all} connections`;
}
