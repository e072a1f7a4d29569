import { type Attempt, failed, measured, reasonOf, skipped } from '../../model/attempt.js';
import { PROXY_NOT_SPOKEN, PROXY_REFUSED, PROXY_SILENT } from '../../model/failure-code.js';
import type { DataOf } from '../../model/measurement.js';
import { type ProxyHop, proxyName } from '../../model/proxy.js';
import type { HttpExchange, ProxyReached } from '../../net/port.js';
import { offeredSchemes } from '../../wire/http/proxy-connect.js';
import type { MeasureContext, Observation } from '../probe.js';
import { isAmbiguous, isProxysOwn } from './denial.js';
import { authorityOf, isAskedForUrl, type ProxyPlan } from './plan.js';

type ProxyData = DataOf<'proxy'>;
type Way = NonNullable<ProxyData['comparison']>['direct'];

const PROXY_AUTHENTICATION_REQUIRED = 407;
/** Only the head of an answer is of interest. */
const BODY_LIMIT_BYTES = 64 * 1024;
const LONGEST_REASON = 120;
/** Faults of the head of an answer. */
const NOT_SPOKEN: ReadonlySet<string> = new Set(['not-http', 'bad-head', 'head-too-large']);

/** Connects to the proxy, has it open the way to the target, and (where asked) goes both ways to the same URL, one after the other. */
export async function measureProxy(plan: ProxyPlan, context: MeasureContext): Promise<Observation<'proxy'>> {
  const { proxies, clock } = context.network;
  const { hop, host, address, port, timeoutMs, origin, ca } = plan;
  const options = { ...origin, ca, timeoutMs, signal: context.signal };
  const startMs = clock.nowMs();
  const byUrl = isAskedForUrl(plan);
  const { outcome, reached } = byUrl ? await proxies.reach(hop, options) : await proxies.tunnel(hop, { host, address, port }, options);
  const tunnelMs = clock.nowMs() - startMs;
  const data: ProxyData = { ...dataOf(hop), ...reachedData(reached), accepted: byUrl ? null : acceptance(outcome, reached) };
  let attempt = outcome;
  let proxied: Way | null = null;
  let said: HttpExchange['outcome'] | null = null;
  if (outcome.kind === 'measured' && (byUrl || plan.compare) && speaksHttp(plan)) {
    const exchange = await ask(plan, hop, context);
    proxied = wayOf(exchange.exchange, exchange.elapsedMs);
    if (byUrl) said = exchange.exchange.outcome;
  } else if (outcome.kind === 'measured') {
    proxied = { reachable: true, status: null, totalMs: tunnelMs, failure: null };
  }
  const compare = plan.compare || (said?.kind === 'measured' && isAmbiguous(said.value));
  if (compare && !context.signal.aborted) {
    data.comparison = { proxied: proxied ?? notReached(outcome), direct: await goDirectly(plan, context) };
  }
  if (said !== null) {
    attempt = attemptByUrl(said, hop, data.comparison?.direct ?? null);
    data.accepted = attempt.kind === 'measured' ? true : attempt.kind === 'failed' && attempt.code === PROXY_REFUSED ? false : null;
    if (said.kind === 'measured') Object.assign(data, { status: said.value.status, handshakeMs: said.value.ttfbMs });
    if (said.kind === 'measured' && said.value.status === PROXY_AUTHENTICATION_REQUIRED) {
      data.authentication = offeredSchemes(said.value.fields.filter(([name]) => name === 'proxy-authenticate').map(([, value]) => value));
    }
  }
  return { attempt: context.signal.aborted ? skipped('interrupted') : attempt, method: hop.kind, data };
}

function speaksHttp({ scheme }: ProxyPlan): boolean {
  return scheme === 'http' || scheme === 'https';
}

/** What the answer to a request in absolute form says of the proxy. An error that is the server's own is not the proxy's. */
function attemptByUrl(outcome: HttpExchange['outcome'], hop: ProxyHop, direct: Way | null): Attempt<null> {
  const proxy = `the proxy ${proxyName(hop)}`;
  if (outcome.kind === 'measured') {
    const { status, fields } = outcome.value;
    if (status === PROXY_AUTHENTICATION_REQUIRED) return failed('connect', PROXY_REFUSED, `${proxy} refuses: status 407, it wants a login`);
    return isProxysOwn({ status, fields }, direct?.status ?? null)
      ? failed('connect', PROXY_REFUSED, `${proxy} refuses: status ${status}`)
      : measured(null);
  }
  if (outcome.kind === 'unanswered')
    return failed('connect', PROXY_SILENT, `${proxy} was connected to, and did not answer within ${Math.round(outcome.waitedMs)} ms`);
  if (outcome.kind !== 'failed' || outcome.step !== 'response') return outcome;
  const code = NOT_SPOKEN.has(outcome.code) ? PROXY_NOT_SPOKEN : PROXY_SILENT;
  return failed('connect', code, `${proxy}: ${outcome.message}`);
}

async function goDirectly(plan: ProxyPlan, context: MeasureContext): Promise<Way> {
  const { address, port, timeoutMs, origin } = plan;
  const { clock, tcp } = context.network;
  if (address === null) return { reachable: null, status: null, totalMs: null, failure: 'its name is not resolved here' };
  if (speaksHttp(plan)) {
    const { exchange, elapsedMs } = await ask(plan, null, context);
    return wayOf(exchange, elapsedMs);
  }
  const startMs = clock.nowMs();
  const outcome = await tcp.connect({ ...origin, address, port, timeoutMs, signal: context.signal });
  if (outcome.kind !== 'measured') return notReached(outcome);
  return { reachable: true, status: null, totalMs: clock.nowMs() - startMs, failure: null };
}

/** One GET of the URL, without credentials. */
async function ask(
  plan: ProxyPlan,
  via: ProxyHop | null,
  { network, signal }: MeasureContext,
): Promise<{ exchange: HttpExchange; elapsedMs: number }> {
  const { host, address, port, servername, ca, cert, key, path, timeoutMs, origin } = plan;
  const session = network.http.session(false);
  const startMs = network.clock.nowMs();
  try {
    const exchange = await session.exchange({
      ...origin,
      ...{ host, address, port, servername, ca, cert, key, path, via, timeoutMs, signal },
      secure: plan.scheme === 'https',
      versions: ['1.1'],
      method: 'GET',
      authority: authorityOf(plan),
      headers: [],
      confidential: false,
      body: null,
      bodyTimeoutMs: timeoutMs,
      bodyLimitBytes: BODY_LIMIT_BYTES,
      keptBytes: 0,
    });
    const body = exchange.outcome.kind === 'measured' ? exchange.outcome.value.body.bodyMs : 0;
    return { exchange, elapsedMs: Math.max(0, network.clock.nowMs() - startMs - body) };
  } finally {
    session.close();
  }
}

function wayOf({ outcome }: HttpExchange, totalMs: number): Way {
  return outcome.kind === 'measured' ? { reachable: true, status: outcome.value.status, totalMs, failure: null } : notReached(outcome);
}

function notReached(outcome: Attempt<unknown>): Way {
  if (outcome.kind === 'measured') return { reachable: true, status: null, totalMs: null, failure: null };
  const tried = outcome.kind !== 'skipped' && outcome.kind !== 'unavailable';
  return { reachable: tried ? false : null, status: null, totalMs: null, failure: reasonOf(outcome) };
}

function acceptance(outcome: Attempt<null>, { answer }: ProxyReached): boolean | null {
  if (outcome.kind === 'measured') return true;
  return answer === null ? null : false;
}

function reachedData({ address, dnsMs, tcpMs, tlsMs, proxyMs, answer, authentication }: ProxyReached): Partial<ProxyData> {
  return {
    address,
    dnsMs,
    tcpMs,
    tlsMs,
    reachable: address === null && dnsMs === null ? false : tcpMs !== null,
    handshakeMs: proxyMs,
    status: answer?.code ?? null,
    reason: answer === null || answer.text === '' ? null : answer.text.slice(0, LONGEST_REASON),
    authentication,
  };
}

function dataOf(hop: ProxyHop | null): ProxyData {
  return {
    from: hop?.from ?? null,
    proxy: hop === null ? null : proxyName(hop),
    kind: hop?.kind ?? null,
    address: null,
    dnsMs: null,
    tcpMs: null,
    tlsMs: null,
    reachable: null,
    handshakeMs: null,
    status: null,
    reason: null,
    accepted: null,
    authentication: null,
    authenticated: hop !== null && hop.credentials !== null,
    comparison: null,
  };
}

export function proxyNotTried(attempt: Attempt<null>): Observation<'proxy'> {
  return { attempt, method: null, data: dataOf(null) };
}
