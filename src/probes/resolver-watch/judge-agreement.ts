import type { Code } from '../../model/code.js';
import type { Measurement } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { speaksTls, type Target } from '../../model/target.js';
import { check } from '../check.js';
import { contradictInside, deniesRecords, hasRecords } from '../dns-comparison/content.js';
import { listed, saysOf } from '../dns-comparison/findings.js';
import { leadsNowhere } from './leads-nowhere.js';
import type { Opinion, Opinions } from './opinions.js';
import { ENCRYPTED_PORT } from './plan.js';
import { type Service, serviceAt } from './service.js';

/** What an answer that leads elsewhere is judged by. */
export interface Agreement {
  target: Target;
  opinions: Opinions;
  measurements: readonly Measurement[];
  /** Addresses that no service of the internet has from here: those of resolvers and gateways. */
  devices: ReadonlySet<string>;
}

type Verdict = Pick<Check, 'status' | 'code' | 'observed' | 'basis'>;

/**
 * `l7.agreement@TARGET`: does what the resolvers of this machine say of the name hold against what others say. `null` where there is nothing to hold
 * it against. That well-known resolvers name other addresses is everyday where a name is served by place, and inside networks that have a
 * view of their own; so what stands at the addresses decides as well, and a contradiction of those alone that agree exactly counts.
 */
export function judgeAgreement(agreement: Agreement): Check | null {
  const { target, opinions } = agreement;
  const all = [...opinions.own, ...opinions.plain, ...opinions.encrypted];
  const deadAt = (address: string) => ['dead', 'wrong'].includes(serviceAt(address, target, agreement.measurements));
  const nowhere = leadsNowhere(target, opinions, deadAt);
  const told = [...(nowhere === null ? [] : [nowhere]), ...['A', 'AAAA'].flatMap((type) => judgeType(type, agreement) ?? [])];
  const doubt = doubtOf(agreement);
  const [first] = doubt === null || told.some(({ status }) => status === 'fail') ? told : [doubt];
  if (first === undefined) return null;
  const severity = { fail: 0, warn: 1, pass: 2, skip: 3 };
  const worst = [first, ...told].sort((a, b) => severity[a.status] - severity[b.status])[0] ?? first;
  const { basis, ...parts } = worst;
  const made = check({
    kind: 'l7.agreement',
    layer: 7,
    title: `what others say of ${target.host}`,
    measurement: { id: all[0]?.measurementId ?? '', target: target.id },
    expected: 'one answer',
    ...parts,
  });
  return { ...made, ...(basis === undefined ? {} : { basis }), measurements: [...new Set(all.map(({ measurementId }) => measurementId))] };
}

/**
 * What answers, or does not, where all say that the target is, is not the target; and all were asked where somebody on the way can answer for
 * them. As long as nobody was asked where that cannot be, it is a suspicion.
 */
function doubtOf({ target, opinions, measurements }: Agreement): Verdict | null {
  const used = opinions.own.find(({ content }) => hasRecords(content));
  if (used === undefined || opinions.plain.length === 0 || !couldBeAskedEncrypted(measurements)) return null;
  const service = worstAt(used, target, measurements);
  if (service !== 'wrong' && service !== 'dead') return null;
  const observed = `${says(used)}, where the target does not answer as such; nobody was asked yet where the answer cannot be changed on the way`;
  return { status: 'warn', code: 'dns-hijacked', observed, basis: 'silence' };
}

function couldBeAskedEncrypted(measurements: readonly Measurement[]): boolean {
  if (measurements.some(({ probe }) => probe === 'dns-comparison')) return false;
  return measurements.some(
    (made) =>
      made.probe === 'ports' &&
      made.target === null &&
      made.data.ports.some(({ port, state }) => port === ENCRYPTED_PORT && state === 'open'),
  );
}

function judgeType(type: string, agreement: Agreement): Verdict | null {
  const { opinions } = agreement;
  const of = (list: readonly Opinion[]) => list.filter((opinion) => opinion.type === type && opinion.content.kind !== 'error');
  const own = of(opinions.own);
  const encrypted = of(opinions.encrypted);
  const plain = of(opinions.plain);
  const references = encrypted.length > 0 ? encrypted : plain;
  const [mine] = own;
  if (mine === undefined) return null;
  const disagreement = judgeOwn(own, references, agreement);
  if (disagreement !== null && disagreement.status !== 'pass') return disagreement;
  const [other] = references;
  if (other === undefined) return disagreement;
  const agree = references.every(({ content }) => content.key === other.content.key);
  if (!agree) return { status: 'pass', code: null, observed: `${says(mine)}; others differ among themselves` };
  return hold(mine, references, other, { ...agreement, intercepted: encrypted.length > 0 && plain.some((one) => isContrary(one, other)) });
}

function isContrary(one: Opinion, other: Opinion): boolean {
  if (hasRecords(one.content) !== hasRecords(other.content)) return true;
  return hasRecords(one.content) && !overlap(one, other);
}

/** The first answer of this machine's resolvers against references that agree exactly with each other. */
function hold(mine: Opinion, references: readonly Opinion[], other: Opinion, agreement: Agreement & { intercepted: boolean }): Verdict {
  const others = `${listed(references.map(({ server }) => server))}: ${saysOf({ rcode: other.rcode, answers: [...other.addresses] })}`;
  const observed = `${says(mine)}; ${others}`;
  const pass: Verdict = { status: 'pass', code: null, observed };
  if (deniesRecords(mine.content) && hasRecords(other.content)) {
    // What the name has of the other family alone is judged there.
    const exists = agreement.opinions.own.some((one) => hasRecords(one.content));
    if (exists) return pass;
    const filter = mine.extendedErrors[0];
    const why = filter === undefined ? '' : ` (${filter.name})`;
    return { status: 'fail', code: 'dns-nxdomain', observed: `${observed}: a filter or a resolver in between says no${why}` };
  }
  if (deniesRecords(mine.content) || !hasRecords(other.content) || overlap(mine, other)) return pass;
  return elsewhere(mine, other, observed, references.length > 1 || agreement.intercepted, agreement);
}

/** They name addresses that have nothing in common. */
function elsewhere(
  mine: Opinion,
  other: Opinion,
  observed: string,
  several: boolean,
  agreement: Agreement & { intercepted: boolean },
): Verdict {
  const { target, measurements, devices, intercepted } = agreement;
  const here = worstAt(mine, target, measurements);
  const there = bestAt(other, target, measurements);
  const pass: Verdict = { status: 'pass', code: null, observed: `${observed} (by place, or a view of this network)` };
  const hijacked = (status: 'fail' | 'warn', because: string): Verdict => ({
    status,
    code: 'dns-hijacked',
    observed: `${observed}; ${because}`,
    basis: there === 'open' || there === 'verified' || intercepted ? 'stated' : 'measured',
  });
  if (here === 'verified') return pass;
  const worksThere = there === 'open' || there === 'verified';
  if (!several) {
    // One voice against another: what stands at the two addresses decides, as far as somebody has looked.
    if (here === 'wrong' ? there === 'verified' : here === 'dead' && worksThere)
      return hijacked('fail', 'the target answers at the other address, and not at this one');
    const untried = (here === 'wrong' || here === 'dead') && there === 'unknown' && target.port !== null;
    if (!untried || measurements.some(({ probe }) => probe === 'dns-comparison')) return pass;
    const because = 'the target does not answer there as such, and nobody has tried the other address yet';
    return { status: 'warn', code: 'dns-hijacked', observed: `${observed}; ${because}`, basis: 'silence' };
  }
  if (here === 'wrong')
    return there === 'dead' || there === 'wrong' ? pass : hijacked('fail', 'what answers there has no certificate for it');
  if (here === 'dead')
    return there === 'dead' || there === 'wrong'
      ? pass
      : hijacked('fail', `nothing answers there${worksThere ? ', while the other does' : ''}`);
  const inside = mine.content.kind === 'inner' && other.content.kind !== 'inner';
  const device = mine.addresses.some((address) => devices.has(address));
  if (inside && !device) return pass;
  // It answers, and nothing shows who it is. Services over TLS would have shown it at the address that was used.
  if (here === 'unknown' && !device && speaksTls(target)) return pass;
  if (here === 'open' && speaksTls(target)) return pass;
  return hijacked('warn', 'nothing shows who answers there');
}

function overlap(one: Opinion, other: Opinion): boolean {
  return one.addresses.some((address) => other.addresses.includes(address));
}

/** What a program that takes the first address meets. */
function worstAt({ addresses }: Opinion, target: Target, measurements: readonly Measurement[]): Service {
  const found = addresses.map((address) => serviceAt(address, target, measurements));
  for (const service of ['verified', 'wrong', 'open', 'dead'] as const) if (found.includes(service)) return service;
  return 'unknown';
}

function bestAt({ addresses }: Opinion, target: Target, measurements: readonly Measurement[]): Service {
  return worstAt({ addresses } as Opinion, target, measurements);
}

function givesInTurn({ addresses, everNamed }: Opinion): boolean {
  return addresses.length > 0 && everNamed.some((address) => !addresses.includes(address));
}

/** Resolvers of this machine against each other: programs ask any of them. */
function judgeOwn(own: readonly Opinion[], references: readonly Opinion[], agreement: Agreement): Verdict | null {
  const [first, ...rest] = own;
  const other = rest.find((one) => first !== undefined && one.server !== first.server && isContrary(one, first));
  if (first === undefined || other === undefined) return null;
  // Whoever names others each time contradicts himself as much as anybody else: it is a service of many addresses.
  if (givesInTurn(first) || givesInTurn(other)) return null;
  const { target, measurements } = agreement;
  const observed = `${says(first)}; ${says(other)}`;
  const inconsistent = (status: 'fail' | 'warn', because: string, basis: Check['basis']): Verdict => ({
    status,
    code: 'dns-inconsistent' satisfies Code,
    observed: because === '' ? observed : `${observed}; ${because}`,
    ...(basis === undefined ? {} : { basis }),
  });
  if (hasRecords(first.content) !== hasRecords(other.content)) {
    // A type that the name does not have is no contradiction of one that it has.
    if (first.content.kind === 'empty' || other.content.kind === 'empty') return null;
    return inconsistent(hasRecords(first.content) ? 'warn' : 'fail', '', 'stated');
  }
  const [here, there] = [worstAt(first, target, measurements), worstAt(other, target, measurements)];
  const works = (service: Service) => service === 'verified' || service === 'open';
  // One reference that holds with one of them makes two against one.
  const agreeing = references.every(({ content }) => content.key === references[0]?.content.key) ? references[0] : undefined;
  if (contradictInside(first.content, other.content) && !works(there)) return inconsistent(works(here) ? 'warn' : 'fail', '', 'measured');
  if ((here === 'dead' || here === 'wrong') && works(there))
    return inconsistent('fail', `at ${other.addresses[0]} it works, and at ${first.addresses[0]} it does not`, 'stated');
  if (works(here) && (there === 'dead' || there === 'wrong'))
    return inconsistent('warn', `at ${first.addresses[0]} it works, and at ${other.addresses[0]} it does not`, 'stated');
  if (works(here) && works(there)) return { status: 'pass', code: null, observed: `${observed} (it works at both)` };
  if (agreeing === undefined) {
    // Nobody has looked at the other address yet, and where one does not answer that is what tells: programs go there next.
    const untried = (here === 'unknown') !== (there === 'unknown') && target.port !== null;
    const [known, service] = here === 'unknown' ? [other, there] : [first, here];
    const tried = works(service) ? `at ${known.addresses[0]} it works` : `at ${known.addresses[0]} it does not work`;
    return untried ? inconsistent('warn', `${tried}, and the other was not tried yet`, 'silence') : null;
  }
  const mine = overlap(first, agreeing);
  const theirs = overlap(other, agreeing);
  if (mine === theirs) return null;
  const holds = `${listed(references.map(({ server }) => server))} hold with ${mine ? first.server : other.server}`;
  return inconsistent(mine ? 'warn' : 'fail', holds, 'measured');
}

/** `192.0.2.1: NXDOMAIN`. */
function says({ server, rcode, addresses }: Opinion): string {
  return `${server}: ${saysOf({ rcode, answers: [...addresses] })}`;
}
