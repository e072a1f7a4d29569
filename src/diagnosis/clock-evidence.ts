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
 * services that confirm this machine's clock: then its certificate is as expired as it seems. Nor is it anything where it says that this
 * clock is ahead, which is what a server with an expired certificate would write.
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
      const evidence = measurements.filter(({ id }) => check.measurements.includes(id));
      const offsets = evidence.flatMap((made) => offsetsOf(made, check));
      const ahead = offsets.some(({ offsetMs }) => offsetMs < 0);
      if (offsets.length === 0 || (ahead && isWordOfOne(evidence, check, measurements) && !isShownByKernel(measurements, offsets)))
        return [];
      return [{ check, offsets }];
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

/** Whether nobody but one server says so, by however many names: at one address, or with one certificate. */
function isWordOfOne(evidence: readonly Measurement[], check: Check, measurements: readonly Measurement[]): boolean {
  if (check.id === 'l7.clock') return false;
  const dated = evidence.filter((made): made is MeasurementOf<'phases'> => made.probe === 'phases' && made.data.clock != null);
  const pages = evidence.flatMap((made) => (made.probe === 'clock' ? made.data.pages.filter(({ clock }) => clock !== null) : []));
  const addresses = new Set([...dated.map(({ data, id }) => data.address ?? id), ...pages.map(({ url, address }) => address ?? url)]);
  const certificates = dated.map(({ target }) => leafOf(target, measurements));
  return addresses.size < 2 || (pages.length === 0 && !certificates.includes(null) && new Set(certificates).size < 2);
}

/** By its hash; `null`: it showed none. */
function leafOf(target: string | null, measurements: readonly Measurement[]): string | null {
  const hashes = measurements.flatMap((made) => (made.probe === 'tls' && made.target === target ? (made.data.chain[0]?.sha256 ?? []) : []));
  return hashes[0] ?? null;
}

/** How far the two clocks are apart that a process sees of one machine. */
const KERNEL_DOUBT_MS = 1000;

/** Whether the kernel has the time that they say, and this process is shown another. */
function isShownByKernel(measurements: readonly Measurement[], offsets: readonly Opinion[]): boolean {
  const clock = measurements.find((made): made is MeasurementOf<'clock'> => made.probe === 'clock');
  const aheadMs = clock?.data.kernel?.aheadOfProcessMs ?? null;
  return (
    aheadMs !== null && offsets.every(({ offsetMs, uncertaintyMs }) => Math.abs(offsetMs - aheadMs) <= uncertaintyMs + KERNEL_DOUBT_MS)
  );
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
