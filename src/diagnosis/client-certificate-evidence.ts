import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { kindOf } from './kinds.js';

/**
 * What servers answer over a handshake that they let pass without the certificate they asked for: nginx 400, 495 and 496, where it must be
 * there; nothing else is wrong with the request that got one of them.
 */
const TURNED_DOWN: ReadonlySet<number> = new Set([400, 495, 496]);

/** What is answered for want of a right to the page; also by those that ask for a certificate and leave what follows to the application. */
const FORBIDDEN = 403;

/**
 * Many servers complete the handshake without the client certificate that they asked for, and say no in HTTP. Where the server asked for one,
 * none was given, and the answer is such a no, it is the certificate that is missing.
 */
export function blameMissingCertificate(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const asking = new Map(
    measurements.flatMap((made) =>
      made.probe === 'tls' && made.data.clientCertificateRequested === true && made.data.clientCertificateGiven === false
        ? [[made.target, made.id] as const]
        : [],
    ),
  );
  if (asking.size === 0) return [...checks];
  return checks.map((check) => {
    const handshake = asking.get(check.target);
    if (kindOf(check) !== 'l7.http' || check.target === null || handshake === undefined || check.status === 'skip') return check;
    const answers = measurements.filter(
      (made): made is MeasurementOf<'phases'> => made.probe === 'phases' && check.measurements.includes(made.id),
    );
    const isTurnedDown = answers.some(({ data: { httpStatus } }) => {
      if (httpStatus === null) return false;
      return TURNED_DOWN.has(httpStatus) || (httpStatus === FORBIDDEN && check.status !== 'pass');
    });
    if (!isTurnedDown) return check;
    const observed = `${check.observed ?? 'turned down'}; the server asked for a client certificate, and none was given`;
    const { basis: _, ...rest } = check;
    return {
      ...rest,
      status: 'fail',
      code: 'tls-client-certificate-required',
      observed,
      measurements: [...check.measurements, handshake],
    };
  });
}
