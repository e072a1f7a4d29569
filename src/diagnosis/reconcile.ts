import type { Code } from '../model/code.js';
import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { addressFamily } from '../model/target.js';
import { brokenFamily } from '../probes/addresses/judge.js';
import { blameMissingCertificate } from './client-certificate-evidence.js';
import { blameClock } from './clock-evidence.js';
import { withdrawEchoes } from './echo-evidence.js';
import { blameEncryptedDnsFilter } from './encrypted-dns-evidence.js';
import { withFailover } from './failover.js';
import { weighHandshakes } from './handshake-evidence.js';
import { blameTime } from './heard-evidence.js';
import { withdrawCrowding } from './held-connections.js';
import { blameInterceptor } from './interception-evidence.js';
import { placeLosses } from './loss-place.js';
import { blamePortal } from './portal-evidence.js';
import { withoutDirectWay } from './proxied-targets.js';

/**
 * Corrects checks in the light of what others measured: a silent address of a family of which all are silent while the other family
 * answers is that family's fault, echo is held against nobody whose service answers, see `echo-evidence.ts`, and a certificate is not held
 * to have expired by a clock that is wrong. Each correction sees what the ones before it have made of the checks.
 */
export function reconcile(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const corrections = [
    withdrawCrowding,
    placeLosses,
    weighHandshakes,
    blameInterceptor,
    blameMissingCertificate,
    blamePortal,
    blameEncryptedDnsFilter,
    blameClock,
    withoutDirectWay,
    blameTime,
    blameFamily,
    withdrawEchoes,
    withFailover,
  ];
  return corrections.reduce<Check[]>((corrected, correct) => correct(corrected, measurements), [...checks]);
}

function blameFamily(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const blamed = checks.map((check) => {
    const code = familyFault(check, measurements);
    return code === null ? check : { ...check, code };
  });
  const broken = ([4, 6] as const).filter(
    (family) => blamed.some(({ code }) => code === FAMILY_FAULT[family]) && !isHeard(family, measurements),
  );
  // A target that has an address of that family alone is silent for the same reason.
  return blamed.map((check) => {
    const family = silentFamily(check, measurements);
    return family === null || !broken.includes(family) ? check : { ...check, code: FAMILY_FAULT[family] };
  });
}

const FAMILY_FAULT = { 4: 'ipv4-broken', 6: 'ipv6-broken' } as const;

/** Whether any target answered over it. */
function isHeard(family: 4 | 6, measurements: readonly Measurement[]): boolean {
  return measurements.some(
    (made) =>
      (made.probe === 'latency' || made.probe === 'loss') &&
      made.target !== null &&
      made.data.address !== null &&
      addressFamily(made.data.address) === family &&
      made.data.received > 0,
  );
}

/** Family of the address of a target of which the check says only that it is silent; otherwise `null`. */
function silentFamily(check: Check, measurements: readonly Measurement[]): 4 | 6 | null {
  if (check.code !== 'host-unreachable' || check.status !== 'fail' || check.target === null) return null;
  const judged = measurements.find((measurement) => check.measurements.includes(measurement.id));
  if ((judged?.probe !== 'latency' && judged?.probe !== 'loss') || judged.data.address === null) return null;
  return addressFamily(judged.data.address);
}

/** `ipv4-broken` or `ipv6-broken` where a check says of its target only that it is silent; otherwise `null`. */
function familyFault(check: Check, measurements: readonly Measurement[]): Code | null {
  const family = silentFamily(check, measurements);
  if (family === null) return null;
  const tried = measurements.find(
    (measurement): measurement is MeasurementOf<'addresses'> => measurement.probe === 'addresses' && measurement.target === check.target,
  );
  const broken = tried === undefined ? null : brokenFamily(tried.data);
  return broken === family ? FAMILY_FAULT[family] : null;
}
