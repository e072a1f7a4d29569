import { formatMs } from '../../model/format.js';
import type { Measurement } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { percentile } from '../../model/statistics.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import type { Dns } from './questions.js';

/** What a resolver may take beside the way, in milliseconds, and as a share of it: its own work, and a way that is uneven. */
const OWN_MS = 20;
const OWN_SHARE = 0.3;

/** A resolver, or what is looked up there. */
const OF_RESOLVERS = /^l7\.(resolver|name)@/;

/**
 * A resolver that answers as soon as the way to it lets it is not slow: what a connection to its port takes, a question takes as well. Of a way
 * whose round trip is within budget nothing is said, neither here nor where latency is judged. What is worse than a warning stays.
 *
 * @param longestWayMs longest round trip that is within budget
 */
export function withoutTheWay(checks: readonly Check[], measurements: readonly Measurement[], longestWayMs: number): Check[] {
  return checks.map((made) => {
    if (made.status !== 'warn' || made.code !== 'dns-slow' || !OF_RESOLVERS.test(made.id)) return made;
    const own = measurements.filter((one): one is Dns => one.probe === 'dns' && made.measurements.includes(one.id));
    const ways = own.map((dns) => ({ dns, wayMs: wayTo(dns.data.server, measurements) }));
    if (ways.length === 0 || !ways.every(({ dns, wayMs }) => wayMs !== null && wayMs <= longestWayMs && isQuickFor(dns, wayMs)))
      return made;
    const longestMs = Math.max(...ways.map(({ wayMs }) => wayMs ?? 0));
    return { ...made, status: 'pass', code: null, observed: `${made.observed}; ${formatMs(longestMs)} of it is the way there and back` };
  });
}

/** Round trip to the port of a server, as one connection took it, opened or reset; `null` where none was made. */
function wayTo(text: string | null, measurements: readonly Measurement[]): number | null {
  const server = text === null ? null : parseDnsServer(text);
  if (server === null) return null;
  const times = measurements.flatMap((made) =>
    made.probe === 'ports' && made.target === null && made.data.address === server.address
      ? made.data.ports
          .filter(({ protocol, port }) => protocol === 'tcp' && port === server.port)
          .flatMap(({ latencyMs }) => latencyMs ?? [])
      : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

function isQuickFor({ attempt, data }: Dns, wayMs: number): boolean {
  const times = [...(attempt.kind === 'measured' ? [data.queryMs] : [null]), ...(data.series ?? []).map(({ queryMs }) => queryMs)];
  const answered = times.filter((ms) => ms !== null).sort((a, b) => a - b);
  return answered.length > 0 && answered.length === times.length && percentile(answered, 50) <= wayMs * (1 + OWN_SHARE) + OWN_MS;
}
