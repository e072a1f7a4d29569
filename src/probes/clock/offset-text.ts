import { formatMs, formatSpan } from '../../model/format.js';
import type { Measurement, MeasurementOf } from '../../model/measurement.js';
import type { Opinion } from './agreement.js';

/** `this machine is 2 h behind (± 12 ms)`, `as here, within 12 ms`. From the server's side (`here`): `is 2 h ahead (± 12 ms)`. */
export function apart({ offsetMs, uncertaintyMs }: Opinion, from: 'machine' | 'here' = 'machine'): string {
  const doubt = formatMs(rounded(uncertaintyMs));
  if (Math.abs(offsetMs) <= uncertaintyMs) return `as here, within ${doubt}`;
  const size = Math.abs(offsetMs) < 1000 ? formatMs(rounded(Math.abs(offsetMs))) : formatSpan(Math.abs(offsetMs) / 1000);
  if (from === 'here') return `is ${size} ${offsetMs > 0 ? 'ahead' : 'behind'} (± ${doubt})`;
  return `this machine is ${size} ${offsetMs > 0 ? 'behind' : 'ahead'} (± ${doubt})`;
}

/** Three digits are enough. */
function rounded(ms: number): number {
  return ms >= 100 ? Math.round(ms) : Number(ms.toPrecision(3));
}

/** From how far off on what is refused: the strictest of each kind that many services have. Milliseconds. */
const LIMITS: readonly { overMs: number; what: string }[] = [
  // A window of 5 s is the default of several exchanges; 15 min that of AWS Signature Version 4.
  { overMs: 5000, what: 'strictly signed requests (5 s)' },
  // RFC 6238 section 5.2: the step.
  { overMs: 30_000, what: 'one-time codes (30 s)' },
  // RFC 4120, and so Active Directory.
  { overMs: 300_000, what: 'Kerberos (5 min)' },
  { overMs: 900_000, what: 'signed requests of clouds (15 min)' },
];

/** `; too far for one-time codes (30 s); the certificate of app.example.net is judged wrongly`: what an offset breaks; nothing where it is small. */
export function consequences(
  offset: Opinion,
  { startedAt }: Pick<MeasurementOf<'clock'>, 'startedAt'>,
  { measurements }: { measurements: readonly Measurement[] },
): string {
  const sureMs = Math.max(0, Math.abs(offset.offsetMs) - offset.uncertaintyMs);
  const limits = LIMITS.filter(({ overMs }) => sureMs > overMs).map(({ what }) => what);
  const nowMs = Date.parse(startedAt);
  const misjudged = measurements.flatMap((made) => {
    const leaf = made.probe === 'tls' ? made.data.chain[0] : undefined;
    if (leaf === undefined || made.target === null) return [];
    const valid = (atMs: number) => atMs >= Date.parse(leaf.notBefore) && atMs <= Date.parse(leaf.notAfter);
    const [here, there] = [valid(nowMs), valid(nowMs + offset.offsetMs)];
    return here === there ? [] : [`the certificate of ${made.target} ${here ? 'only seems valid' : 'only seems out of its dates'}`];
  });
  const broken = limits.length === 0 ? [] : [`too far for ${limits.join(', ')}`];
  return [...broken, ...misjudged.slice(0, 3)].map((text) => `; ${text}`).join('');
}
