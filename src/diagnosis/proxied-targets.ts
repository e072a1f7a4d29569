import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { addressFamily } from '../model/target.js';
import { contains, prefixOf } from '../wire/prefix.js';
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

/** What is said of the way to everything that is not next door. */
const OF_EVERY_DIRECT_WAY = /^l3\.(upstream|route)$/;

/** Faults that every client of the target meets, by whichever way: a broken proxy is one of them. */
const OF_PROXY = /^proxy-/;

/**
 * A target that is reached through a proxy needs no address, no route and no answer to packets of its own here: what is missing of them is no
 * fault of its, whether the proxy works (nothing is wrong then) or not (then that is). What a machine-wide line says of everything that goes
 * directly stands back as well, where every target goes by a proxy that lets it through, or is out of order by itself: one that answers, or stands
 * next door, has not failed for want of a way to it.
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
  const byThemselves = new Set(
    measurements.flatMap((made) => (made.target !== null && failsByItself(made, measurements) ? [made.target] : [])),
  );
  const allByProxy = [...targets].every((target) => proxied.has(target) && (!failing.has(target) || byThemselves.has(target)));
  return checks.map((check) => {
    if (check.status === 'pass' || check.status === 'skip') return check;
    if (check.target === null) {
      const [proxy] = proxied.values();
      if (!allByProxy || !OF_EVERY_DIRECT_WAY.test(kindOf(check))) return check;
      const works = failing.size === 0;
      return needless(
        check,
        works ? `not needed: the targets are reached through ${proxy}` : `not needed: the targets are to be reached through ${proxy}`,
      );
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

/** RFC 1928 section 6: the proxy itself got no way to the target. Of HTTP that is what a status of 500 and more says. */
const SOCKS_NO_WAY: ReadonlySet<number> = new Set([1, 3, 4, 6]);

/** Whether the proxy of a target was heard, or is on a link of this machine, so that no router, line or provider can be why it fails. */
function failsByItself(made: Measurement, measurements: readonly Measurement[]): boolean {
  if (made.probe !== 'proxy' || made.attempt.kind === 'measured') return false;
  const { tcpMs, address, kind, status } = made.data;
  if (status !== null && (kind?.startsWith('socks5') === true ? SOCKS_NO_WAY.has(status) : status >= 500)) return false;
  if (tcpMs !== null) return true;
  const family = address === null ? null : addressFamily(address);
  const proxy = address === null || family === null ? null : prefixOf(address, family === 4 ? 32 : 128);
  if (proxy === null) return false;
  return measurements.some(
    (machine) =>
      machine.probe === 'host' &&
      machine.data.interfaces.some(({ addresses }) =>
        addresses.some((own) => {
          const link = prefixOf(own.address, own.prefixLength);
          return link !== null && contains(link, proxy);
        }),
      ),
  );
}

function isTold({ attempt, data }: MeasurementOf<'proxy'>): boolean {
  return attempt.kind === 'measured'
    ? data.status === null || data.status < 500
    : attempt.kind === 'failed' || attempt.kind === 'unanswered';
}
