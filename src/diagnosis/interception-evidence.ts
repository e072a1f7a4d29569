import type { Code } from '../model/code.js';
import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { addressFamily, parseTarget } from '../model/target.js';

/** What an inserted certificate looks like where nobody has told this machine of its authority. */
const UNKNOWN_ISSUER: ReadonlySet<Code | null> = new Set<Code>(['cert-untrusted', 'cert-chain-incomplete']);

/** `co.uk`: a last but one label this short is mostly no name that somebody registered. */
const SHORT_LABEL = 3;

/**
 * One unknown authority behind the certificates of services that belong to different domains, and a known one behind none: somebody breaks
 * in on all of them. A private authority vouches for the names of one domain; behind those of one domain alone it says nothing.
 */
export function blameInterceptor(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const shown = measurements.filter(
    (made): made is MeasurementOf<'tls'> => made.probe === 'tls' && made.target !== null && made.data.chain.length > 0,
  );
  const issuers = new Set(shown.map(({ data }) => data.chain.at(-1)?.issuer));
  const domains = new Set(shown.flatMap(({ target }) => domainOf(target) ?? []));
  const [issuer] = issuers;
  if (issuers.size !== 1 || issuer === undefined || domains.size < 2 || shown.some(({ data }) => data.trusted !== false))
    return [...checks];
  const ids = new Set(shown.map(({ id }) => id));
  return checks.map((check) =>
    check.status === 'fail' && UNKNOWN_ISSUER.has(check.code) && check.measurements.some((id) => ids.has(id))
      ? {
          ...check,
          code: 'tls-intercepted',
          basis: 'measured',
          observed: `${check.observed ?? 'not trusted'}; one authority for ${domains.size} domains`,
        }
      : check,
  );
}

/** `example.net` of `app.example.net:443`; `null` for addresses, and for names of one label, which are of this network. */
function domainOf(target: string | null): string | null {
  const parsed = target === null ? null : parseTarget(target);
  if (parsed?.ok !== true || addressFamily(parsed.target.host) !== null) return null;
  const labels = parsed.target.host.toLowerCase().replace(/\.$/, '').split('.');
  if (labels.length < 2) return null;
  const known = (labels.at(-2)?.length ?? 0) <= SHORT_LABEL && labels.length > 2 ? 3 : 2;
  return labels.slice(-known).join('.');
}
