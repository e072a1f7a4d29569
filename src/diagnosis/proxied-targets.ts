import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { kindOf } from './kinds.js';

/** What only the direct way needs: a name that is known here, a route, an answer from the target itself. */
const OF_DIRECT_WAY =
  /^(l3\.(path|latency|answers|jitter|loss|order|duplicates|sending|mtu|hops|addresses|ways)|l4\.(port|ports|addresses|quic|firewall-out)|l7\.name)$/;

/** What is asked directly besides, and answered by the target where the direct way is open: its answer counts, its silence does not. */
const ASKED_DIRECTLY = /^l(6|7)\./;
const BY_PROXY = /^l7\.(proxy|http|http-.*|websocket.*|redirects|body|json|security-headers|rate-limit|burst|clock|name)$/;

/** Codes that say that nothing came, or that somebody on the direct way said no. */
const NO_ANSWER =
  /^(host-unreachable|upstream-unreachable|route-prohibited|routing-loop|ipv[46]-broken|port-(closed|filtered|rejected)|service-silent|tcp-reset|tls-handshake-failed|tls-not-spoken|no-default-route|dns-.*)$/;

/** Faults that every client of the target meets, by whichever way: a broken proxy is one of them. */
const OF_PROXY = /^proxy-/;

/**
 * A target that is reached through a proxy needs no address, no route and no answer to packets of its own here: what is missing of them is no
 * fault of its, whether the proxy works (nothing is wrong then) or not (then that is). What a machine-wide line says of everything that goes
 * directly stands back as well, where every target goes by a proxy that lets it through.
 */
export function withoutDirectWay(checks: readonly Check[], measurements: readonly Measurement[]): Check[] {
  const proxied = new Map<string, string>();
  for (const made of measurements) {
    const proxy = proxyOf(made);
    if (made.target !== null && proxy !== null && !proxied.has(made.target)) proxied.set(made.target, proxy);
  }
  if (proxied.size === 0) return [...checks];
  const failing = new Set(checks.flatMap(({ code, target }) => (target !== null && code !== null && OF_PROXY.test(code) ? [target] : [])));
  const targets = new Set(checks.flatMap(({ target }) => target ?? []));
  const allByProxy = [...targets].every((target) => proxied.has(target) && !failing.has(target));
  return checks.map((check) => {
    if (check.status === 'pass' || check.status === 'skip') return check;
    if (check.target === null) {
      const [proxy] = proxied.values();
      return allByProxy && kindOf(check) === 'l3.upstream'
        ? needless(check, `not needed: the targets are reached through ${proxy}`)
        : check;
    }
    const proxy = proxied.get(check.target);
    if (proxy === undefined || !isDirect(check)) return check;
    const way = failing.has(check.target) ? 'is to be reached' : 'answers';
    return needless(check, `not needed: the target ${way} through ${proxy}`);
  });
}

function isDirect(check: Check): boolean {
  const kind = kindOf(check);
  if (OF_DIRECT_WAY.test(kind)) return true;
  return ASKED_DIRECTLY.test(kind) && !BY_PROXY.test(kind) && check.code !== null && NO_ANSWER.test(check.code);
}

function needless(check: Check, because: string): Check {
  return { ...check, status: 'skip', code: null, because };
}

/** The proxy by which a target was reached, or was to be and the proxy said no; `null` where none was on the way, or nobody knows. */
function proxyOf(made: Measurement): string | null {
  if (made.probe === 'http' || made.probe === 'websocket') return made.attempt.kind === 'measured' ? made.data.via : null;
  if (made.probe !== 'proxy' || made.data.proxy === null) return null;
  return isTold(made) ? made.data.proxy : null;
}

function isTold({ attempt, data }: MeasurementOf<'proxy'>): boolean {
  return attempt.kind === 'measured'
    ? data.status === null || data.status < 500
    : attempt.kind === 'failed' || attempt.kind === 'unanswered';
}
