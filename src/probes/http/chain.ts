import { type Attempt, measured, unanswered } from '../../model/attempt.js';
import type { HttpRedirect } from '../../model/measurement.js';
import { proxyName } from '../../model/proxy.js';
import { proxyFor } from '../../model/proxy-environment.js';
import { addressFamily } from '../../model/target.js';
import type { HttpAnswer, HttpExchange, HttpSession } from '../../net/port.js';
import { redactUrl } from '../../wire/http/redaction.js';
import type { MeasureContext } from '../probe.js';
import { authorityOf, type HttpPlace, isSameOrigin, serverNameOf, urlOf } from './place.js';
import { exchangeBudgetMs, type HttpPlan } from './plan.js';
import { begin, type HttpRequest, next, type RedirectFault } from './redirect.js';
import { type Hide, hiderOf } from './secrets.js';

/** More of a body is not read; and not kept for matching. */
export const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
export const KEPT_BYTES = 1024 * 1024;

const LONGEST_URL = 512;

/** One request of a chain, and what came of it. */
export interface Hop {
  place: HttpPlace;
  address: string | null;
  via: string | null;
  dnsMs: number | null;
  exchange: HttpExchange;
  totalMs: number;
  /** By the wall clock: when the exchange was over, in milliseconds since 1970. */
  endedAtMs: number;
}

/** A request with the redirects behind it. */
export interface Chain {
  attempt: Attempt<null>;
  /** Answers that led on. */
  redirects: HttpRedirect[];
  fault: { kind: RedirectFault; location: string } | null;
  downgraded: boolean;
  /** The last request: `null` where its name was not resolved. */
  last: Hop | null;
  answer: HttpAnswer | null;
  totalMs: number;
}

/**
 * Sends a request and follows its redirects. A redirect may lead anywhere that a target may be, this machine and its networks included:
 * whoever runs netdiag sees what comes of it, and nobody else.
 *
 * @param dns what looking the name of the target up took before, and the address that it gave
 */
export async function follow(
  plan: HttpPlan,
  session: HttpSession,
  dns: { address: string | null; dnsMs: number | null },
  context: MeasureContext,
): Promise<Chain> {
  const { clock } = context.network;
  const hide = hiderOf(plan.request, plan.proxies);
  const budgetMs = exchangeBudgetMs(plan);
  const endsMs = clock.nowMs() + budgetMs;
  let state = begin(plan.request, plan.maximumRedirects);
  const chain: Chain = { attempt: measured(null), redirects: [], fault: null, downgraded: false, last: null, answer: null, totalMs: 0 };
  for (let index = 0; ; index++) {
    const limited = withinBudget(plan, endsMs - clock.nowMs());
    const hop = await requestOnce(limited, session, state.current, index === 0 ? dns : null, context);
    if ('kind' in hop) return { ...chain, attempt: hop };
    chain.totalMs += hop.totalMs;
    chain.last = hop;
    const { outcome } = hop.exchange;
    if (outcome.kind !== 'measured') {
      // A wait that was cut short says nothing of this request; that the chain did not end in its time does.
      const cut = outcome.kind === 'unanswered' && limited.timeoutMs < plan.timeoutMs;
      return { ...chain, attempt: cut ? unanswered('response', budgetMs) : outcome };
    }
    const answer = outcome.value;
    chain.answer = answer;
    const location = answer.fields.find(([name]) => name === 'location')?.[1] ?? null;
    const step = next(state, { status: answer.status, location });
    if (step.kind === 'final') return chain;
    const shown = shownAddress(location ?? '', hide);
    if (step.kind === 'stop') return { ...chain, fault: { kind: step.fault, location: shown } };
    chain.redirects.push(redirectOf(hop, answer, shown, hide));
    chain.downgraded ||= step.downgraded;
    state = step.state;
  }
}

/** A chain of late answers has no more time than its budget. */
function withinBudget(plan: HttpPlan, leftMs: number): HttpPlan {
  const left = Math.max(1, leftMs);
  return { ...plan, timeoutMs: Math.min(plan.timeoutMs, left), bodyTimeoutMs: Math.min(plan.bodyTimeoutMs, left) };
}

/** `Attempt` where nothing could be sent, since the name was not resolved. */
async function requestOnce(
  plan: HttpPlan,
  session: HttpSession,
  request: HttpRequest,
  known: { address: string | null; dnsMs: number | null } | null,
  context: MeasureContext,
): Promise<Hop | Exclude<Attempt<null>, { kind: 'measured' }>> {
  const { clock, names } = context.network;
  const { place } = request;
  const named = isSameOrigin(place, plan.request.place);
  const { hop: via } = proxyFor(place, plan.proxies);
  let address: string | null = addressFamily(place.host) === null ? null : place.host;
  let dnsMs: number | null = null;
  if (known !== null) ({ address, dnsMs } = known);
  else if (address === null && place.host === plan.request.place.host) address = plan.address;
  else if (address === null && (via === null || via.kind === 'socks5')) {
    const lookup = { family: plan.family, timeoutMs: plan.lookupTimeoutMs, signal: context.signal };
    const { outcome } = await names.resolve(place.host, lookup);
    if (outcome.kind !== 'measured') return outcome;
    address = outcome.value.addresses[0] ?? null;
    dnsMs = outcome.value.elapsedMs;
  }
  if (via !== null && via.kind !== 'socks5') dnsMs = null;
  const exchange = await session.exchange({
    ...plan.origin,
    address,
    host: place.host,
    port: place.port,
    secure: place.scheme === 'https',
    servername: (named ? plan.servername : null) ?? serverNameOf(place),
    ca: plan.ca,
    // A client certificate says who we are: to the one that was named alone.
    cert: named ? plan.cert : null,
    key: named ? plan.key : null,
    via,
    versions: plan.versions,
    method: request.method,
    authority: authorityOf(place),
    path: place.path,
    headers: request.headers.map(({ name, value }) => [name, value] as const),
    confidential: request.headers.some(({ secret }) => secret),
    body: request.body,
    timeoutMs: plan.timeoutMs,
    bodyTimeoutMs: plan.bodyTimeoutMs,
    bodyLimitBytes: BODY_LIMIT_BYTES,
    keptBytes: KEPT_BYTES,
    signal: context.signal,
  });
  const endedAtMs = clock.wallTime().getTime();
  return {
    place,
    address: via === null ? address : null,
    via: via === null ? null : proxyName(via),
    dnsMs,
    exchange,
    totalMs: totalOf(dnsMs, exchange),
    endedAtMs,
  };
}

/** The sum of its parts: what this machine needs in between, to read its trust anchors for example, is none of them. */
function totalOf(dnsMs: number | null, { reached, outcome }: HttpExchange): number {
  const answer = outcome.kind === 'measured' ? outcome.value : null;
  const parts = [dnsMs, reached.tcpMs, reached.proxyMs, reached.tlsMs, answer?.ttfbMs, answer?.body.bodyMs];
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

function redirectOf(hop: Hop, answer: HttpAnswer, location: string, hide: Hide): HttpRedirect {
  return {
    url: shownAddress(urlOf(hop.place), hide),
    address: hop.address,
    status: answer.status,
    location,
    httpVersion: answer.httpVersion,
    ...phasesOf(hop, answer),
    totalMs: hop.totalMs,
  };
}

/** The parts of one request that were reached. */
export function phasesOf({ dnsMs, exchange }: Hop, answer: HttpAnswer | null) {
  const { tcpMs, proxyMs, tlsMs } = exchange.reached;
  return { dnsMs, tcpMs, proxyMs, tlsMs, ttfbMs: answer?.ttfbMs ?? null, bodyMs: answer?.body.bodyMs ?? null };
}

/** An address as a report may show it. */
export function shownAddress(address: string, hide: Hide): string {
  const url = redactUrl(hide(address));
  return url.length <= LONGEST_URL ? url : `${url.slice(0, LONGEST_URL)}…`;
}
