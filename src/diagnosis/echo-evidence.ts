import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { patternOfLoss } from '../probes/timeline/limits.js';
import { isBesideTheWay, kindOf } from './kinds.js';
import { withoutZone } from './part.js';

type Echoes = MeasurementOf<'latency' | 'loss'>;

/** What hosts answer as a favour, and limit: echo, be it of the system's ping, and "port unreachable". */
const ECHO_METHODS: ReadonlySet<string> = new Set(['icmp', 'system', 'udp']);

/** How likely it may be, at most, that TCP lost nothing by chance while the packets of others were lost. */
const COINCIDENCE = 0.05;
/** The same where the losses lie as those of a lossy way do. */
const COINCIDENCE_OF_RANDOM = 0.005;

/** The first retransmission of a segment comes no sooner than this after it (Linux; RFC 6298 says 1 s), that of a SYN after 1 s. */
const RETRANSMISSION_MS = 200;
const SYN_RETRANSMISSION_MS = 900;

/**
 * Withdraws what echo said of a target, or of a gateway, where TCP says otherwise: routers and hosts limit and filter echo, and that is no
 * fault. The check becomes a `skip` with the reason; what was measured stays in the report.
 */
export function withdrawEchoes(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  return checks.map((check) => {
    const because =
      // What answers to the service is the address that it was asked at.
      isBesideTheWay(check) || check.status === 'skip' || check.status === 'pass' ? null : refutation(check, checks, measurements);
    return because === null ? check : { ...check, status: 'skip', code: null, because };
  });
}

function refutation(check: Check, checks: readonly Check[], measurements: readonly Measurement[]): string | null {
  const judged = measurements.find((measurement) => check.measurements.includes(measurement.id));
  if ((judged?.probe !== 'latency' && judged?.probe !== 'loss') || !ECHO_METHODS.has(judged.method ?? '')) return null;
  const { target } = check;
  const kind = kindOf(check);
  if (target === null) return kind === 'l3.gateway' && check.code === 'loss-local' ? limitation(judged, behind(check, measurements)) : null;
  if (check.code === 'host-unreachable' && !serviceAnswers(target, checks)) return answerOf(judged, measurements);
  const made = measurements.filter((other) => other.target === target);
  // Datagrams to an unused port are answered about once a second: connections speak against them even where they are refused.
  if (judged.method === 'udp' && (kind === 'l3.loss' || kind === 'l3.answers'))
    return limitation(judged, made) ?? beatenBySeries(judged, made);
  if (!serviceAnswers(target, checks)) return null;
  if (check.code === 'host-unreachable')
    return `${judged.method === 'udp' ? 'UDP to an unused port' : 'echo'} is not answered, while the service is: it is filtered or limited`;
  return kind === 'l3.loss' || kind === 'l3.answers' ? limitation(judged, made) : null;
}

/** That it is answers which are few, and not packets that are lost: where `others` show so many round trips of TCP that none was lost of. */
function limitation(judged: MeasurementOf<'latency' | 'loss'>, others: readonly Measurement[]): string | null {
  const { method, data } = judged;
  const roundTrips = smoothRoundTrips(others);
  const pattern = patternOf(judged, others);
  // A host that limits its answers gives them evenly; what is lost at random is lost on the way, however lucky the connections were.
  if (roundTrips === null) return null;
  const allowed = pattern === 'random' ? COINCIDENCE_OF_RANDOM : COINCIDENCE;
  if (pattern !== 'even' && (1 - (data.lossRatio ?? 0)) ** roundTrips >= allowed) return null;
  const [packets, what] = method === 'udp' ? ['datagrams', 'answers to them are'] : ['echoes', 'echo is'];
  return `${data.sent - data.received} of ${data.sent} ${packets} were not answered, while TCP lost nothing: ${what} limited`;
}

/** The same by series of connections, be they accepted or refused, where none of their segments was lost. */
function beatenBySeries({ data }: MeasurementOf<'latency' | 'loss'>, others: readonly Measurement[]): string | null {
  const series = others.filter(
    (made): made is Echoes =>
      (made.probe === 'latency' || made.probe === 'loss') && made.method === 'tcp' && made.data.address === data.address,
  );
  const answered = series.reduce((sum, made) => sum + made.data.received, 0);
  if (series.some((made) => made.data.received < made.data.sent) || (1 - (data.lossRatio ?? 0)) ** answered >= COINCIDENCE) return null;
  return `${data.sent - data.received} of ${data.sent} datagrams were not answered, while ${answered} connections were: answers to them are limited`;
}

/** How the losses lie in the longest series to the same place. */
function patternOf(judged: MeasurementOf<'latency' | 'loss'>, others: readonly Measurement[]): ReturnType<typeof patternOfLoss> {
  const loss = [judged, ...others].find(
    (made): made is MeasurementOf<'loss'> => made.probe === 'loss' && made.target === judged.target && made.data.samples !== undefined,
  );
  const samples = loss?.data.samples ?? judged.data.samples ?? [];
  return patternOfLoss(samples.map(({ rttMs }) => rttMs === null));
}

/** A port that opened or a service that spoke: an answer from the host itself, or from what answers in its name. */
function serviceAnswers(target: string, checks: readonly Check[]): boolean {
  return checks.some(
    (check) => check.target === target && check.status === 'pass' && ['l4.port', 'l6.handshake', 'l7.http'].includes(kindOf(check)),
  );
}

/**
 * Any other answer of the host itself: it is there, though it may offer nothing. A refused connection counts against the silence of echo. A
 * datagram that was answered counts against that of other datagrams only: hosts say "port unreachable" about once a second, while echo that is
 * answered now and then is an outage.
 */
function answerOf({ id, target, method, data: { address } }: Echoes, measurements: readonly Measurement[]): string | null {
  const others = measurements.filter((made) => made.id !== id && made.target === target);
  const refuses = others.some(
    (made) =>
      made.probe === 'ports' &&
      made.data.address === address &&
      made.data.ports.some(({ state, protocol }) => state === 'closed' && protocol === 'tcp'),
  );
  if (refuses) return 'the host answers otherwise (it refuses a connection): what was sent is filtered or limited there';
  const answers = others.some(
    (made) =>
      (made.probe === 'route' && made.data.address === address && made.data.reached) ||
      ((made.probe === 'loss' || made.probe === 'latency') && made.data.address === address && made.data.received > 0),
  );
  return method === 'udp' && answers ? 'other packets to the host are answered: its answers to datagrams are limited' : null;
}

/** What was measured of the targets that lie behind the gateway which `check` is about. */
function behind({ id }: Check, measurements: readonly Measurement[]): Measurement[] {
  const gateway = withoutZone(id.slice('l3.gateway@'.length));
  const targets = new Set(
    measurements.flatMap((made) =>
      made.probe === 'route-lookup' && made.data.gateway !== null && withoutZone(made.data.gateway) === gateway ? [made.target] : [],
    ),
  );
  return measurements.filter((made) => made.target !== null && targets.has(made.target));
}

/**
 * How many times a segment of TCP went there and was answered, without one that had to be sent again; `null` where one had, where a pause
 * was long enough for it, or where no whole exchange was timed.
 */
function smoothRoundTrips(measurements: readonly Measurement[]): number | null {
  const exchanges = measurements.filter((made): made is MeasurementOf<'phases'> => made.probe === 'phases');
  if (exchanges.length === 0) return null;
  const counts = measurements.map(smooth);
  return counts.includes(null) ? null : counts.reduce((sum: number, count) => sum + (count ?? 0), 0);
}

/** The same of one measurement; 0 where it says nothing of TCP. */
function smooth(made: Measurement): number | null {
  switch (made.probe) {
    case 'phases':
      return smoothExchange(made);
    case 'ports':
      return made.data.ports.reduce((sum: number | null, port) => {
        if (sum === null || port.protocol !== 'tcp' || port.state !== 'open') return sum;
        return (port.retransmissions ?? 0) > 0 || (port.latencyMs ?? 0) >= SYN_RETRANSMISSION_MS ? null : sum + 1;
      }, 0);
    case 'addresses':
      return made.data.addresses.some(
        ({ address, method, rttMs }) => address === made.data.chosen && method === 'tcp' && rttMs !== null && rttMs < SYN_RETRANSMISSION_MS,
      )
        ? 1
        : 0;
    default:
      return 0;
  }
}

/** One round trip for each of the connection, the handshake of TLS and the answer to the request. */
function smoothExchange({ attempt, data, stalledMs }: MeasurementOf<'phases'>): number | null {
  if (attempt.kind !== 'measured') return null;
  const connectedMs = data.tcpMs ?? 0;
  const quickMs = RETRANSMISSION_MS + 3 * connectedMs + (stalledMs ?? 0);
  if (connectedMs >= SYN_RETRANSMISSION_MS || (data.tlsMs !== null && data.tlsMs >= quickMs)) return null;
  // Servers may think about an answer for as long: it is counted where it was quick, and says nothing where it was not.
  const answered = data.ttfbMs !== null && data.ttfbMs < quickMs;
  return 1 + (data.tlsMs === null ? 0 : 1) + (answered ? 1 : 0);
}
