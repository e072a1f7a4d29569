import type { Code } from '../model/code.js';
import type { Measurement } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { addressFamily, parseHostOrUrl } from '../model/target.js';
import { kindOf } from './kinds.js';

/** How a port looks that something on the way keeps shut. */
const KEPT_SHUT: ReadonlySet<Code | null> = new Set<Code>(['port-filtered', 'port-rejected']);

const HTTPS = /^TCP 443\b/;

/**
 * Port 443 of a server of names whose port for DNS over TLS (RFC 7858) is shut as well, while it answers plain DNS, is its DNS over HTTPS
 * (RFC 8484): it is encrypted DNS that is kept from getting through.
 */
export function blameEncryptedDnsFilter(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const filter = checks.find(({ id, code }) => id === 'l7.transport@tls' && code === 'dns-encrypted-blocked');
  if (filter === undefined) return [...checks];
  const shut = new Set(
    measurements.flatMap((made) => {
      if (made.probe !== 'ports' || made.data.address === null || !filter.measurements.includes(made.id)) return [];
      return made.data.ports.every(({ state }) => state === 'filtered' || state === 'rejected') ? [made.data.address] : [];
    }),
  );
  return checks.map((check) => {
    if (kindOf(check) !== 'l4.port' || !KEPT_SHUT.has(check.code) || !HTTPS.test(check.title) || check.target === null) return check;
    const named = parseHostOrUrl(check.target);
    if (!named.ok || addressFamily(named.target.host) === null || !shut.has(named.target.host)) return check;
    return {
      ...check,
      code: 'dns-encrypted-blocked',
      observed: `${check.observed ?? 'shut'}; so is its port 853, while it answers plain DNS`,
    };
  });
}
