import type { Measurement } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import type { Dns } from './questions.js';

/**
 * A name that took long the first time, at a resolver that is quick from then on, was not in its cache: the time is that of servers in the
 * world, and no fault of this network. A lookup of which a part was not answered, or that was slow for one type alone, stays as it was judged.
 */
export function settleNames(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const watched = new Set(
    measurements.flatMap((made) => (made.probe === 'dns' && made.data.series !== undefined ? (made.data.server ?? []) : [])),
  );
  return checks.map((made) => {
    if (!made.id.startsWith('l7.name@') || made.status !== 'warn' || made.code !== 'dns-slow') return made;
    const asked = measurements.filter((one): one is Dns => one.probe === 'dns' && made.measurements.includes(one.id));
    const resolvers = checks.filter((one) => asked.some(({ data }) => one.id === `l7.resolver@${data.server}`));
    const quick = resolvers.length > 0 && resolvers.every(({ status }) => status === 'pass');
    const answered = asked.length > 0 && asked.every(({ attempt, data }) => attempt.kind === 'measured' && watched.has(data.server ?? ''));
    const times = asked.map(({ data }) => data.queryMs ?? 0);
    const alike = Math.min(...times) * ALIKE_FACTOR >= Math.max(...times);
    return quick && answered && alike
      ? { ...made, status: 'pass', code: null, observed: `${made.observed}, and quick once it is known` }
      : made;
  });
}

/** Types of one name that were both looked for in the world take about as long. */
const ALIKE_FACTOR = 3;
