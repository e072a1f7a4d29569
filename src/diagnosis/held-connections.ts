import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { kindOf } from './kinds.js';

/** What connections that did not come about are held to show. */
const BLAMED: ReadonlySet<string> = new Set(['l3.loss', 'l3.answers', 'l3.continuity', 'l4.connections', 'l4.service']);
const CODES: ReadonlySet<string> = new Set([
  'connectivity-intermittent',
  'tcp-retransmissions',
  'loss-local',
  'loss-upstream',
  'loss-target',
]);
/** So many connections at other times, all of them answered, show that the service is there. */
const FEWEST_BESIDE = 2;
/** Beside the end of the wait: until the server has taken note of it. */
const EDGE_MS = 100;

/**
 * Withdraws what is said of connections that failed only while others of ours were held open, to hear the first word of the service: one that
 * serves a single client at a time has a short queue (listen(2)), and lets all others wait or drops them. That is how it was made, and
 * no fault of the way. Not where echo was lost meanwhile, or a connection failed at another time.
 */
export function withdrawCrowding(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const crowded = new Map<string, string>();
  for (const made of measurements) {
    if (made.probe === 'ports' && made.target !== null && isCrowding(made, measurements))
      crowded.set(made.target, 'it serves few connections at a time: those that failed were begun while others of ours were open');
  }
  return checks.map((check) => {
    const because = check.target === null ? undefined : crowded.get(check.target);
    if (because === undefined || check.code === null || !BLAMED.has(kindOf(check)) || !CODES.has(check.code)) return check;
    return { ...check, status: 'skip', code: null, because };
  });
}

/** Whether all connections that failed, and some did, were begun while those were open that waited for a first word in vain. */
function isCrowding(ports: MeasurementOf<'ports'>, measurements: readonly Measurement[]): boolean {
  const word = ports.data.firstWord ?? null;
  const address = ports.data.address;
  // Held are those that nobody closed; one that was opened with others and was not taken is of the crowd too.
  if (word === null || address === null || word.silent + word.unconnected === 0 || word.reset + word.closed > 0) return false;
  const fromMs = Date.parse(ports.startedAt);
  const toMs = fromMs + ports.durationMs + EDGE_MS;
  const isWithin = ({ atMs }: Try) => atMs >= fromMs && atMs <= toMs;
  const series = measurements.filter(
    (made): made is MeasurementOf<'latency' | 'loss'> =>
      (made.probe === 'latency' || made.probe === 'loss') && made.target === ports.target && made.data.address === address,
  );
  const connections = series.filter(({ method }) => method === 'tcp').flatMap(triesOf);
  const echoes = series.filter(({ method }) => method === 'icmp').flatMap(triesOf);
  const beside = connections.filter((one) => !isWithin(one));
  return (
    beside.length >= FEWEST_BESIDE &&
    beside.every(({ answered }) => answered) &&
    echoes.filter(isWithin).every(({ answered }) => answered) &&
    (word.unconnected > 0 || connections.some(({ answered }) => !answered))
  );
}

interface Try {
  /** Milliseconds since 1970. */
  atMs: number;
  answered: boolean;
}

function triesOf({ startedAt, data }: MeasurementOf<'latency' | 'loss'>): Try[] {
  const startedMs = Date.parse(startedAt);
  return (data.samples ?? []).flatMap(({ rttMs, sentMs }) =>
    sentMs === undefined ? [] : [{ atMs: startedMs + sentMs, answered: rttMs !== null }],
  );
}
