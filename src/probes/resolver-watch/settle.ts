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
    if (!made.id.startsWith('l7.name@') || (made.status !== 'warn' && made.status !== 'fail') || made.code !== 'dns-slow') return made;
    const asked = measurements.filter((one): one is Dns => one.probe === 'dns' && made.measurements.includes(one.id));
    const resolvers = checks.filter((one) => asked.some(({ data }) => one.id === `l7.resolver@${data.server}`));
    const quick = resolvers.length > 0 && resolvers.every(({ status }) => status === 'pass');
    const waits = asked.map((one) => waitFor(one, asked));
    const answered = asked.length > 0 && waits.every((ms) => ms !== null) && asked.every(({ data }) => watched.has(data.server ?? ''));
    const times = waits.map((ms) => ms ?? 0);
    const alike = Math.min(...times) * ALIKE_FACTOR >= Math.max(...times);
    return quick && answered && alike && wasLookedFor(asked, Math.max(...times), measurements)
      ? { ...made, status: 'pass', code: null, observed: `${made.observed}, and quick once it is known` }
      : made;
  });
}

/** Types of one name that were both looked for in the world take about as long. */
const ALIKE_FACTOR = 3;

/** Whether an answer about the name was as late itself: it was looked for meanwhile. Where each was quick, questions before it were lost. */
function wasLookedFor(asked: readonly Dns[], longestMs: number, measurements: readonly Measurement[]): boolean {
  return measurements.some(
    (made) =>
      made.probe === 'dns' &&
      asked.some(({ data }) => data.server === made.data.server && data.name === made.data.name) &&
      (made.data.queryMs ?? 0) * ALIKE_FACTOR >= longestMs,
  );
}

/**
 * How long the answer to what it asks for took, from the first time that this server was asked for it in the lookup: a resolver that is still
 * looking is asked once more, and then what comes first ends the lookup. `null` where none came.
 */
function waitFor({ data: { server, type } }: Dns, asked: readonly Dns[]): number | null {
  const alike = asked.filter(({ data }) => data.server === server && data.type === type);
  const startMs = Math.min(...alike.map(({ startedAt }) => Date.parse(startedAt)));
  const ends = alike.flatMap(({ startedAt, attempt, data }) =>
    attempt.kind === 'measured' ? [Date.parse(startedAt) - startMs + (data.queryMs ?? 0)] : [],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}
