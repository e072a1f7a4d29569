import type { Measurement, MeasurementOf, PortResult } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { formatDnsServer, parseDnsServer } from '../../wire/dns/server.js';
import { check } from '../check.js';
import { WATCHED_RESOLVERS } from './plan.js';
import { type Dns, isWellKnown } from './questions.js';
import { type Trial, trialsOf } from './trials.js';

/** So many datagrams that were answered, and none that was not, leave no room for a loss that takes both segments (SYN) of a connection. */
const FEWEST_ANSWERED = 5;
/** In their place: so many packets of another series, all of them answered. */
const FEWEST_BESIDE = 20;

/** Of a refused connection: a reset cannot be told from that of a server that does not listen; what ICMP says, a filter says (RFC 9293, 3.10.7.1). */
const SHUT: ReadonlySet<PortResult['state']> = new Set(['filtered', 'rejected']);

/**
 * `l7.resolver-tcp@SERVER`: whether something keeps connections from the resolver that programs ask, the first that answers, while its datagrams
 * pass. TCP is no second choice (RFC 7766): without it long answers are not to be had. `null` where it opens, where the server itself does not
 * listen, as small ones do, and where anything else was lost, so that silence can be chance. Pure.
 *
 * @param resolvers those of this machine, as `data.server` spells them, in the order in which programs ask them
 */
export function judgeTcp(resolvers: readonly string[], measurements: readonly Measurement[]): Check | null {
  const own = measurements.filter((made): made is Dns => made.probe === 'dns' && !isWellKnown(made));
  for (const text of resolvers.slice(0, WATCHED_RESOLVERS)) {
    const server = parseDnsServer(text);
    if (server === null) continue;
    const name = formatDnsServer(server);
    const trials = trialsOf(name, own);
    if (!trials.some(isAnswered)) continue;
    const knock = measurements.find(
      (made): made is MeasurementOf<'ports'> => made.probe === 'ports' && made.target === null && made.data.address === server.address,
    );
    const port = knock?.data.ports.find((one) => one.protocol === 'tcp' && one.port === server.port);
    if (knock === undefined || port === undefined || !SHUT.has(port.state)) return null;
    const asked = own.filter(({ data }) => data.server === name);
    if (asked.some(tellsOfTcp) || !isSteady(trials, port, measurements)) return null;
    const answered = trials.length === 1 ? '1 question over UDP is answered' : `all ${trials.length} questions over UDP are answered`;
    const made = check({
      kind: 'l7.resolver-tcp',
      layer: 7,
      title: `resolver ${name} over TCP`,
      measurement: knock,
      status: 'warn',
      code: 'dns-tcp-blocked',
      observed: `${name}: ${howShut(port)}; ${answered}`,
      expected: 'an answer',
      basis: port.state === 'filtered' ? 'measured' : 'stated',
    });
    return { ...made, id: `l7.resolver-tcp@${name}`, measurements: [knock.id, ...asked.map(({ id }) => id)] };
  }
  return null;
}

function isAnswered({ rcode }: Trial): boolean {
  return rcode !== null;
}

/** A connection that was made says that none is kept from it; where an answer was cut off (TC), what came of it is told with that answer. */
function tellsOfTcp({ attempt, data }: Dns): boolean {
  if (data.flags?.tc === true || data.truncated === true) return true;
  if (data.transport !== 'tcp') return false;
  return attempt.kind === 'measured' || ((attempt.kind === 'unanswered' || attempt.kind === 'failed') && attempt.step === 'response');
}

/** Whether so much came through that what did not was kept. */
function isSteady(trials: readonly Trial[], { state }: PortResult, measurements: readonly Measurement[]): boolean {
  if (!trials.every(isAnswered)) return false;
  if (state === 'rejected' || trials.length >= FEWEST_ANSWERED) return true;
  const series = measurements.flatMap((made) => (made.probe === 'latency' || made.probe === 'loss' ? [made.data] : []));
  return series.every(({ sent, received }) => received === sent) && series.some(({ received }) => received >= FEWEST_BESIDE);
}

function howShut({ port, state, reason, rejectedBy }: PortResult): string {
  if (state === 'filtered') return `no answer on TCP port ${port}`;
  return rejectedBy === null
    ? `TCP port ${port} is rejected on the way (${reason})`
    : `TCP port ${port} is rejected by ${rejectedBy} (${reason})`;
}
