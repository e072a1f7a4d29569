import type { Code } from '../model/code.js';
import type { DataOf, Measurement, MeasurementOf } from '../model/measurement.js';
import { DEFAULT_POLICY } from '../model/policy.js';
import type { Check } from '../model/report.js';
import type { Opinion } from '../probes/clock/agreement.js';
import { dateOpinions } from '../probes/clock/opinions.js';

/** Faults of a certificate, or of what its authority says of it, that only hold if the clock of this machine is right. */
const DATE_CODES: ReadonlySet<Code> = new Set<Code>([
  'cert-expired',
  'cert-not-yet-valid',
  'cert-intermediate-expired',
  'cert-staple-invalid',
]);

/** A check that says that the clock is wrong, and by how much: all of these, where several answers stand behind it. */
interface Skew {
  check: Check;
  offsets: readonly Opinion[];
}

/**
 * Gives certificates that only seem out of their dates to the clock: their checks say `clock-skew`, and the check that shows the clock to be
 * wrong fails, since it breaks something. That takes a shift that brings the whole of the doubt into the dates of every certificate that
 * seemed out of them. A server can write any Date, so its word alone is nothing beside time servers, a kernel that is synchronised, or other
 * services that confirm this machine's clock: then its certificate is as expired as it seems.
 */
export function blameClock(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const suspects = checks.filter(({ status, code }) => (status === 'fail' || status === 'warn') && code !== null && DATE_CODES.has(code));
  if (suspects.length === 0) return [...checks];
  const skews = skewsOf(checks, measurements);
  const blamed = new Map<Check, Check>();
  for (const suspect of suspects) {
    const tls = measurements.find((made): made is MeasurementOf<'tls'> => made.probe === 'tls' && suspect.measurements.includes(made.id));
    const skew =
      tls === undefined ? undefined : skews.find((one) => isFor(one.check, suspect) && one.offsets.every((by) => brings(by, suspect, tls)));
    if (skew !== undefined) blamed.set(suspect, skew.check);
  }
  const guilty = new Set(blamed.values());
  return checks.map((check): Check => {
    if (blamed.has(check)) return { ...check, code: 'clock-skew' };
    return guilty.has(check) ? { ...check, status: 'fail' } : check;
  });
}

/** The surest first: what time servers say, then what several services say, then one alone. */
function skewsOf(checks: readonly Check[], measurements: readonly Measurement[]): Skew[] {
  const { trusted, agreement } = dateOpinions(measurements, DEFAULT_POLICY.clockSkewMs.acceptable);
  if (trusted) return [];
  return checks
    .filter(({ status, code }) => code === 'clock-skew' && (status === 'fail' || status === 'warn'))
    .flatMap((check): Skew[] => {
      // Where others confirm this machine, what a single one says is its own fault.
      if (check.target !== null && agreement !== null) return [];
      const offsets = measurements.filter(({ id }) => check.measurements.includes(id)).flatMap((made) => offsetsOf(made, check));
      return offsets.length === 0 ? [] : [{ check, offsets }];
    })
    .sort((a, b) => Number(a.check.target !== null) - Number(b.check.target !== null));
}

function offsetsOf(made: Measurement, check: Check): Opinion[] {
  if (made.probe === 'phases') return made.data.clock == null ? [] : [made.data.clock];
  if (made.probe !== 'clock') return [];
  const page = made.data.pages.find(({ url }) => check.id === `l7.clock-page@${url}`);
  if (page !== undefined) return page.clock === null ? [] : [page.clock];
  return check.id === 'l7.clock' && made.data.ntp !== null ? [made.data.ntp] : [];
}

function isFor(skew: Check, suspect: Check): boolean {
  return skew.target === null || skew.target === suspect.target;
}

/** From when to when something holds, in milliseconds since 1970. */
interface Span {
  fromMs: number;
  toMs: number;
}

/** What `suspect` held against the time: a stapled answer, or the certificates, of which the leaf must hold in any case. */
function spansOf(suspect: Check, { chain, ocspStaple }: DataOf<'tls'>): { leaf: Span; all: Span[] } | null {
  if (suspect.code === 'cert-staple-invalid') {
    if (ocspStaple?.thisUpdate == null || ocspStaple.nextUpdate === null) return null;
    const span = { fromMs: Date.parse(ocspStaple.thisUpdate), toMs: Date.parse(ocspStaple.nextUpdate) };
    return { leaf: span, all: [span] };
  }
  const all = chain.map(({ notBefore, notAfter }) => ({ fromMs: Date.parse(notBefore), toMs: Date.parse(notAfter) }));
  const [leaf] = all;
  return leaf === undefined ? null : { leaf, all };
}

/** Whether all that seems out of its dates is within them at the time that `by` says it is, with all of its doubt. */
function brings({ offsetMs, uncertaintyMs }: Opinion, suspect: Check, { data, startedAt }: MeasurementOf<'tls'>): boolean {
  const nowMs = Date.parse(startedAt);
  const spans = spansOf(suspect, data);
  if (spans === null) return false;
  const seeming = spans.all.filter(({ fromMs, toMs }) => nowMs < fromMs || nowMs > toMs);
  const holds = ({ fromMs, toMs }: Span) => nowMs + offsetMs - uncertaintyMs >= fromMs && nowMs + offsetMs + uncertaintyMs <= toMs;
  return seeming.length > 0 && [spans.leaf, ...seeming].every(holds);
}
