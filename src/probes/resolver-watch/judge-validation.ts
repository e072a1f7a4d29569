import type { Measurement } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import type { Target } from '../../model/target.js';
import { nameKey } from '../../wire/dns/name.js';
import { check } from '../check.js';
import type { Opinion, Opinions } from './opinions.js';
import type { Dns } from './questions.js';

/** RFC 8914: what a validating resolver says of signatures that do not hold. */
const BOGUS_ERRORS: ReadonlySet<number> = new Set([6, 7, 8, 9, 10, 12]);

/**
 * `l7.dnssec@TARGET`: whether a resolver keeps an answer back since its signatures do not hold: it gives it where it is asked not to validate (CD,
 * RFC 4035 section 3.2.2), or says so itself. `null` where it keeps nothing back, or was not asked the same question both ways.
 */
export function judgeValidation(target: Target, { own, plain, encrypted }: Opinions, measurements: readonly Measurement[]): Check | null {
  // Each set of records has a signature of its own: that there are none of one type can be shown where those of another do not hold.
  const failing = own.filter(({ server, type, rcode }) => rcode === 'SERVFAIL' && !isAnswered(target.host, server, type, measurements));
  const unchecked = measurements.find(
    (made): made is Dns =>
      made.probe === 'dns' &&
      made.data.checkingDisabled === true &&
      nameKey(made.data.name) === nameKey(target.host) &&
      made.attempt.kind !== 'skipped' &&
      failing.some(({ server, type }) => made.data.server === server && made.data.type === type),
  );
  const compared = failing.find(({ server, type }) => unchecked?.data.server === server && unchecked.data.type === type);
  const judged = compared ?? failing.find(saysBogus) ?? failing[0];
  if (judged === undefined) return null;
  const line = {
    kind: 'l7.dnssec',
    layer: 7,
    title: `DNSSEC ${target.host}`,
    measurement: { id: unchecked?.id ?? judged.measurementId, target: target.id },
    expected: 'an answer that is valid, or not signed',
  } as const;
  const said = saysBogus(judged);
  const answers = unchecked?.data.rcode === 'NOERROR' && unchecked.data.answers.length > 0;
  if (said === undefined && !answers) {
    if (unchecked === undefined) return null;
    const root = measurements.find(
      (made): made is Dns => made.probe === 'dns' && made.data.name === '.' && made.data.server === judged.server,
    );
    const all =
      root === undefined ? '' : root.data.rcode === 'NOERROR' ? '; it knows the root' : '; of the root it finds out nothing either';
    const observed = `${judged.server}: ${unchecked.data.rcode ?? 'no answer'} without validation too${all}`;
    return check({ ...line, status: 'pass', observed });
  }
  const others = [...plain, ...encrypted].filter(({ content }) => content.kind !== 'error');
  const elsewhere = others[0] === undefined ? '' : `; ${others[0].server} answers, so look at the clock and the keys of ${judged.server}`;
  const why = said === undefined ? '' : ` (${said.name})`;
  const without = answers ? ', NOERROR where it is asked not to validate' : '';
  const observed = `${judged.server}: SERVFAIL${why}${without}${elsewhere}`;
  return { ...check({ ...line, status: 'fail', code: 'dnssec-bogus', observed }), basis: 'stated' };
}

function saysBogus({ extendedErrors }: Opinion): Opinion['extendedErrors'][number] | undefined {
  return extendedErrors.find(({ code }) => BOGUS_ERRORS.has(code));
}

/** What a resolver says of a name, be it that there is none. */
const SAYS_SOMETHING: ReadonlySet<string | null> = new Set(['NOERROR', 'NXDOMAIN']);

/**
 * Whether the resolver answered the same question, to be validated, at any time of this run, over whatever transport. Signatures that do not hold
 * do not hold a second later either: what comes and goes is the resolver, or its way.
 */
function isAnswered(host: string, server: string, type: string, measurements: readonly Measurement[]): boolean {
  return measurements.some(
    (made) =>
      made.probe === 'dns' &&
      made.data.server === server &&
      made.data.type === type &&
      made.data.checkingDisabled !== true &&
      nameKey(made.data.name) === nameKey(host) &&
      (SAYS_SOMETHING.has(made.data.rcode) || (made.data.series ?? []).some(({ rcode }) => SAYS_SOMETHING.has(rcode))),
  );
}
