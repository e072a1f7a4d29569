import { formatMs } from '../model/format.js';
import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { codeInLight, concludeVariants, type HandshakeFinding, OPEN_ENDS } from '../probes/handshake-variants/conclude.js';
import { kindOf } from './kinds.js';

/**
 * Says of a handshake that failed what the same one in other shapes did. A service that answers other names, versions or sizes is not silent:
 * what fails then is this handshake.
 */
export function weighHandshakes(judged: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const checks = judged.map((check) => lateNotSilent(check, measurements));
  const made = measurements.filter((one): one is MeasurementOf<'handshake-variants'> => one.probe === 'handshake-variants');
  if (made.length === 0) return [...checks];
  return checks.map((check) => {
    if (kindOf(check) !== 'l6.handshake' || check.status !== 'fail' || check.code === null || !OPEN_ENDS.has(check.code)) return check;
    const variants = made.find(({ target }) => target === check.target);
    const finding = variants === undefined ? null : concludeVariants(variants.data);
    if (variants === undefined || finding === null) return check;
    const observed = `${check.observed ?? 'it failed'}; ${inWords(finding, variants.data.servername)}`;
    return { ...check, code: codeInLight(check.code, finding), observed, measurements: [...check.measurements, variants.id] };
  });
}

/** What was waited for longer elsewhere, and came: a handshake is slow that is over only after the other one was given up. */
function lateNotSilent(check: Check, measurements: readonly Measurement[]): Check {
  if (kindOf(check) !== 'l6.handshake' || check.code !== 'service-silent') return check;
  const silent = measurements.find((one) => one.probe === 'tls' && check.measurements.includes(one.id));
  const { attempt } = silent ?? {};
  if (attempt?.kind !== 'unanswered') return check;
  const late = measurements.find(
    (one) => one.probe === 'phases' && one.target === check.target && one.data.tlsMs !== null && one.data.tlsMs >= attempt.waitedMs,
  );
  if (late?.probe !== 'phases' || late.data.tlsMs === null) return check;
  const observed = `${formatMs(late.data.tlsMs)}, of which nothing is heard for ${formatMs(attempt.waitedMs)}`;
  return { ...check, code: 'tls-handshake-slow', observed, measurements: [...check.measurements, late.id] };
}

function inWords(finding: HandshakeFinding, servername: string | null): string {
  switch (finding.kind) {
    case 'name':
      return `a hello without the name ${servername ?? 'of the target'} is answered: something filters by the name${byWhom(finding.how)}`;
    case 'size':
      return 'a small hello is answered, and one that is longer than a packet is not: large packets are lost, or a device on the way does not put hellos together';
    case 'version':
      return 'a hello for TLS 1.2 alone is answered: something does not take TLS 1.3';
    case 'server':
      return 'the server turns down every shape of it';
    case 'plain':
      return 'a request of plain HTTP is answered';
    case 'none':
      return 'no shape of it is answered, with this name or another';
    case 'all':
      return 'its first step passes by now, in every shape';
  }
}

/** A server speaks TLS when it says no; without a word it can be anybody. */
function byWhom(how: string): string {
  return how === 'reset'
    ? ', most likely a device on the way, by a reset'
    : how === 'silent'
      ? ', most likely a device on the way, by dropping'
      : '';
}
