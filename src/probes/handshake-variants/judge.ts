import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { SHAPES } from './shapes.js';

/**
 * `l6.variants`: passes where a hello in any shape is answered in kind, so that TLS is spoken behind whatever else is wrong. It never fails:
 * what is wrong is said of the handshake itself.
 */
export function judgeHandshakeVariants(measurement: MeasurementOf<'handshake-variants'>): Check[] {
  const line = { kind: 'l6.variants', layer: 6, title: 'handshake in other shapes', measurement } as const;
  const { attempt, data } = measurement;
  const answered = data.variants.filter(({ outcome }) => outcome === 'hello' || outcome === 'alert');
  if (answered.length > 0) {
    const shapes = answered.map(({ name, detail }) => `${SHAPES[name]}${detail === null ? '' : ` (${detail})`}`);
    return [check({ ...line, status: 'pass', observed: `answered in TLS: ${shapes.join(', ')}` })];
  }
  return [skippedCheck(line, attempt.kind === 'measured' ? 'none is answered in TLS' : reasonOf(attempt))];
}
