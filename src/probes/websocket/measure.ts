import type { Attempt } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { proxyName } from '../../model/proxy.js';
import type { WebSocketOpening } from '../../net/port.js';
import type { MeasureContext, Observation } from '../probe.js';
import { converse } from './conversation.js';
import type { WebSocketPlan } from './plan.js';

const NO_ROUND_TRIPS = { sent: 0, answered: 0, lost: 0, late: 0, rttMs: null } as const;

/** Opens the WebSocket, sends pings (and messages), listens, and closes it in good order. */
export async function measureWebSocket(plan: WebSocketPlan, { network, signal }: MeasureContext): Promise<Observation<'websocket'>> {
  const { address, host, port, secure, servername, ca, cert, key, via, authority, path, headers, confidential, subprotocols, timeoutMs } =
    plan;
  const where = { ...plan.origin, address, host, port, secure, servername, ca, cert, key, via, timeoutMs, signal };
  const opening = await network.webSockets.open({ ...where, authority, path, headers, confidential, subprotocols });
  const data = { ...emptyData(plan), ...openingData(opening) };
  data.authenticated = confidential && opening.answer !== null;
  data.reason = data.reason === null ? null : withoutSecrets(data.reason, plan);
  const { outcome } = opening;
  if (outcome.kind !== 'measured') {
    const attempt = outcome.kind === 'failed' ? { ...outcome, message: withoutSecrets(outcome.message, plan) } : outcome;
    return { attempt, method: methodOf(plan), data };
  }
  const { attempt, ...observed } = await converse(plan, outcome.value, network.clock, signal);
  const close = observed.close === null ? null : { ...observed.close, reason: withoutSecrets(observed.close.reason, plan) };
  return { attempt, method: methodOf(plan), data: { ...data, ...observed, close } };
}

/** A server can say back what it was told. Shorter values than these are found in any text. */
const SHORTEST_SECRET = 6;

function withoutSecrets(text: string, { confidential, headers }: WebSocketPlan): string {
  if (!confidential) return text;
  // `Basic abc`, `Bearer abc`: what stands behind the scheme alone, too.
  const secrets = headers
    .flatMap(([, value]) => [value, ...value.split(' ')])
    .filter((value) => value.length >= SHORTEST_SECRET && value !== 'Bearer');
  return secrets.reduce((kept, secret) => kept.replaceAll(secret, '***'), text);
}

export function webSocketNotTried(plan: WebSocketPlan | null, address: string | null, attempt: Attempt<null>): Observation<'websocket'> {
  return { attempt, method: null, data: { ...emptyData(plan), address } };
}

function methodOf({ secure }: WebSocketPlan): string {
  return secure ? 'wss' : 'ws';
}

function emptyData(plan: WebSocketPlan | null): DataOf<'websocket'> {
  const listens = plan !== null && plan.listenMs !== null;
  return {
    url: plan?.url ?? '',
    address: plan?.via == null ? (plan?.address ?? null) : null,
    via: plan?.via == null ? null : proxyName(plan.via),
    status: null,
    reason: null,
    refusal: null,
    authentication: null,
    dnsMs: plan?.dnsMs ?? null,
    tcpMs: null,
    proxyMs: null,
    tlsMs: null,
    upgradeMs: null,
    tls: null,
    subprotocol: null,
    subprotocolsOffered: [...(plan?.subprotocols ?? [])],
    extensions: [],
    kind: listens ? 'stream' : plan?.message == null ? 'ping' : 'echo',
    rttMs: null,
    rttBy: null,
    pings: { ...NO_ROUND_TRIPS },
    echoes: null,
    messages: { received: 0, receivedBytes: 0, firstMs: null, interarrivalMs: null },
    serverPings: 0,
    listenedMs: null,
    close: null,
    violation: null,
    authenticated: false,
  };
}

function openingData({ reached, upgradeMs, answer, refusal, security }: WebSocketOpening): Partial<DataOf<'websocket'>> {
  return {
    tcpMs: reached.tcpMs,
    proxyMs: reached.proxyMs,
    tlsMs: reached.tlsMs,
    upgradeMs,
    refusal,
    ...(answer === null
      ? {}
      : {
          status: answer.status,
          reason: answer.reason === '' ? null : answer.reason.slice(0, LONGEST_TEXT),
          subprotocol: answer.subprotocol?.slice(0, LONGEST_TEXT) ?? null,
          extensions: answer.extensions.slice(0, LONGEST_LIST).map((name) => name.slice(0, LONGEST_TEXT)),
          authentication: answer.authentication,
        }),
    tls:
      security === null
        ? null
        : {
            protocol: security.protocol,
            cipher: security.cipher,
            trusted: security.trustError === null,
            trustError: security.trustError,
            hostnameMatches: security.hostnameMatches,
          },
  };
}

/** What the server's own texts and lists are cut to. */
const LONGEST_TEXT = 200;
const LONGEST_LIST = 16;
