import type { Measurement, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import { check } from '../check.js';
import type { ComparedServer } from '../dns-comparison/content.js';
import { listed } from '../dns-comparison/findings.js';
import type { Comparison } from '../dns-comparison/server-view.js';
import { ENCRYPTED_PORT } from './plan.js';
import { type Dns, isWellKnown } from './questions.js';

/** How far a transport of a reference got. `reached`: somebody there answered, though with no answer to the question. */
type State = 'answers' | 'reached' | 'refused' | 'silent';

/** One well-known resolver by all that it was asked over. */
interface Reference {
  address: string;
  plain: State | null;
  tls: State | null;
  https: State | null;
  measurements: string[];
}

/**
 * `l7.transport@udp` and `@tls`: whether plain or encrypted DNS is kept from getting through. Nothing is said where no reference answers anything:
 * many networks have no way to them. A refusal by the reference itself is no filter.
 */
export function judgeTransports(resolversTell: boolean, measurements: readonly Measurement[]): Check[] {
  const references = referencesOf(measurements);
  const compared = measurements.some((made) => made.probe === 'dns-comparison');
  return [judgePlain(references, resolversTell, compared), judgeEncrypted(references, compared)].flatMap((made) => made ?? []);
}

/** Whether anything came back from a well-known resolver, over whatever it was asked. */
export function referencesAreHeard(measurements: readonly Measurement[]): boolean {
  return referencesOf(measurements).some(({ plain, tls, https }) =>
    [plain, tls, https].some((state) => state !== null && state !== 'silent'),
  );
}

function judgePlain(references: readonly Reference[], resolversTell: boolean, compared: boolean): Check | null {
  const asked = references.filter(({ plain }) => plain !== null);
  if (asked.length === 0) return null;
  const line = lineOf('DNS over UDP to the world', asked);
  const answering = asked.filter(({ plain }) => plain === 'answers');
  const made = (parts: Pick<Check, 'status' | 'observed'> & Partial<Check>) => ofTransport('udp', line, asked, parts);
  if (answering.length > 0) return made({ status: 'pass', observed: `${answering.length} of ${asked.length} answer` });
  // Networks that have names asked through their own resolver alone are in order as long as that one does.
  if (resolversTell || !asked.every(({ plain }) => plain === 'silent')) return null;
  const encrypted = asked.filter(({ tls, https }) => isThere(tls) || isThere(https));
  if (encrypted.length === 0) return null;
  const spoken = encrypted.some(({ tls, https }) => tls === 'answers' || https === 'answers');
  const how = spoken ? 'encrypted they answer' : `their port ${ENCRYPTED_PORT} opens`;
  return made({
    status: 'fail',
    code: 'dns-plain-blocked',
    observed: `nobody answers on port 53, ${listed(asked.map(({ address }) => address))} neither, while ${how}`,
    basis: spoken ? 'stated' : compared ? 'measured' : 'silence',
  });
}

function isThere(state: State | null): boolean {
  return state === 'answers' || state === 'reached';
}

/** An operator whose plain service answers, and both of whose encrypted ones are silent, is filtered; so is port 853 where it is silent at all. */
function judgeEncrypted(references: readonly Reference[], compared: boolean): Check | null {
  const asked = references.filter(({ plain, tls }) => plain === 'answers' && tls !== null);
  if (asked.length === 0) return null;
  const line = lineOf('encrypted DNS to the world', asked);
  const made = (parts: Pick<Check, 'status' | 'observed'> & Partial<Check>) => ofTransport('tls', line, asked, parts);
  const silent = asked.filter(({ tls }) => tls === 'silent');
  const blocked = silent.filter(({ https }) => https === 'silent');
  const everywhere = silent.length === asked.length;
  // As long as HTTPS was not tried, a filter of TLS at one of several is a suspicion.
  const suspected = silent.length > 0 && !compared;
  const told = blocked.length > 0 ? blocked : silent;
  const names = listed(told.map(({ address }) => address));
  if (blocked.length > 0 || everywhere || suspected) {
    const ways = blocked.length > 0 ? 'over TLS and HTTPS' : `on port ${ENCRYPTED_PORT}`;
    return made({
      status: 'warn',
      code: 'dns-encrypted-blocked',
      observed: `no answer ${ways} from ${names}, which ${told.length === 1 ? 'answers' : 'answer'} plain DNS`,
      basis: compared ? 'measured' : 'silence',
    });
  }
  const open = asked.filter(({ tls }) => isThere(tls));
  if (open.length === 0) return null;
  return made({ status: 'pass', observed: `${open.length} of ${asked.length} can be reached on port ${ENCRYPTED_PORT}` });
}

function lineOf(title: string, [first]: readonly Reference[]) {
  return {
    kind: 'l7.transport',
    layer: 7 as const,
    title,
    measurement: { id: first?.measurements[0] ?? '', target: null },
    expected: 'an answer',
  };
}

function ofTransport(
  transport: 'udp' | 'tls',
  line: ReturnType<typeof lineOf>,
  asked: readonly Reference[],
  { basis, ...parts }: Pick<Check, 'status' | 'observed'> & Partial<Check>,
): Check {
  const { status, observed, code = null } = parts;
  return {
    ...check({ ...line, status, observed, code }),
    id: `l7.transport@${transport}`,
    ...(basis === undefined ? {} : { basis }),
    measurements: [...new Set(asked.flatMap((reference) => reference.measurements))],
  };
}

function referencesOf(measurements: readonly Measurement[]): Reference[] {
  const found = new Map<string, Reference>();
  const of = (address: string): Reference => {
    const known = found.get(address) ?? { address, plain: null, tls: null, https: null, measurements: [] };
    found.set(address, known);
    return known;
  };
  const note = (address: string, way: 'plain' | 'tls' | 'https', state: State | null, id: string) => {
    const reference = of(address);
    reference.measurements.push(id);
    if (state !== null && rankOf(state) > rankOf(reference[way])) reference[way] = state;
  };
  for (const made of measurements) {
    if (made.probe === 'dns' && isWellKnown(made)) note(addressOf(made.data.server ?? ''), 'plain', stateOf(made), made.id);
    if (made.probe === 'dns-comparison')
      for (const row of knownRows(made)) note(addressOf(row.server), wayOf(row), stateOfRow(row), made.id);
  }
  for (const made of measurements) {
    if (made.probe !== 'ports' || made.target !== null || made.data.address === null || !found.has(made.data.address)) continue;
    const port = made.data.ports.find((one) => one.port === ENCRYPTED_PORT);
    if (port !== undefined) note(made.data.address, 'tls', stateOfPort(port), made.id);
  }
  return [...found.values()];
}

/** Of several tries the one that got furthest: what got through once is not blocked. */
function rankOf(state: State | null): number {
  return state === null ? -1 : ['silent', 'refused', 'reached', 'answers'].indexOf(state);
}

function stateOf({ attempt, data }: Dns): State | null {
  if (data.rcode !== null) return data.rcode === 'REFUSED' ? 'reached' : 'answers';
  if (attempt.kind === 'unanswered') return 'silent';
  if (attempt.kind !== 'failed' || attempt.step === 'configure') return null;
  return attempt.code === 'ECONNREFUSED' ? 'refused' : 'silent';
}

function stateOfPort({ state }: MeasurementOf<'ports'>['data']['ports'][number]): State {
  // A router that says no on the way is as good a filter as one that says nothing.
  return state === 'open' ? 'reached' : state === 'closed' ? 'refused' : 'silent';
}

function knownRows({ data }: Comparison): ComparedServer[] {
  return data.servers.filter((row) => row.from === 'well-known' && row.transport !== 'tcp');
}

function wayOf({ transport }: ComparedServer): 'plain' | 'tls' | 'https' {
  return transport === 'tls' || transport === 'https' ? transport : 'plain';
}

const REJECTIONS: ReadonlySet<string> = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'EPERM', 'ETIMEDOUT']);

function stateOfRow({ rcode, failure, connectionMs }: ComparedServer): State | null {
  if (rcode !== null) return rcode === 'REFUSED' ? 'reached' : 'answers';
  if (failure === null || failure.kind === 'not-asked') return null;
  if (connectionMs !== null) return 'reached';
  if (failure.kind === 'unanswered') return 'silent';
  if (failure.code === 'ECONNREFUSED') return 'refused';
  return REJECTIONS.has(failure.code ?? '') ? 'silent' : 'reached';
}

/** `1.1.1.1` for `tls://1.1.1.1`, `https://[2606:4700:4700::1111]/dns-query` and `1.1.1.1`. */
function addressOf(server: string): string {
  const host = /^[a-z]+:\/\/(?:\[([^\]]+)\]|([^/:]+))/.exec(server);
  return host?.[1] ?? host?.[2] ?? parseDnsServer(server)?.address ?? server;
}
