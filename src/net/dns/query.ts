import { failed, measured } from '../../model/attempt.js';
import { checkQuestion } from '../../wire/dns/dns.js';
import { isClientSubnet } from '../../wire/dns/edns.js';
import { isIpAddress } from '../../wire/dns/server.js';
import type { Clock, DnsAnswer, DnsObservation, DnsQuestion, Udp } from '../port.js';
import { systemTrust } from '../tls/trust-store.js';
import { CLOSED_EARLY } from './connection.js';
import { DnsConnections } from './connections.js';
import { answered, type DnsFields, fieldsOf, notAnswered, rejectsEdns, withoutEdns } from './observation.js';
import { askOverUdp } from './over-udp.js';

export { notAnswered } from './observation.js';

/** With these a connection that had stood for a while turns out to be gone: the server closes those that are idle. */
const GONE: ReadonlySet<string> = new Set([CLOSED_EARLY, 'ECONNRESET', 'EPIPE']);

/**
 * Asks one server one question. Over UDP each datagram has a new id and a new local port, and each is listened for until the end of the last;
 * answers with another id or to another question are counted and ignored, and the wait goes on. A truncated answer is asked for again over
 * TCP; where that fails, the failure is the outcome, and the observation is that of the truncated answer, with `tc`.
 *
 * Failure codes: an errno; `malformed` and `mismatched` (step `response`) where only such answers came; `truncated` for a connection closed too
 * early; those of a TLS handshake, a certificate and of HTTP (`dns-opening.ts`, `dns-https.ts`); `invalid-name`, `invalid-address`,
 * `invalid-subnet` (step `configure`).
 *
 * `queryMs` counts to the last byte of the answer: from the sending of the datagram that was answered, a detour over TCP included; of the
 * other transports the connection, where it was made for this question, and the exchange over it. `attempts` counts datagrams.
 *
 * @param connections those to use and to leave open; absent: one of its own, which is closed
 */
export async function queryDns(
  clock: Clock,
  udp: Udp,
  question: DnsQuestion,
  signal: AbortSignal,
  connections?: DnsConnections,
): Promise<DnsAnswer> {
  const refusal = refusalOf(question);
  if (refusal !== null) return { outcome: refusal, observation: notAnswered(question), message: null };
  const used = connections ?? new DnsConnections(clock, systemTrust);
  try {
    if (question.transport === 'udp') return await askByDatagrams(clock, udp, used, question, signal);
    return await askOverConnection(clock, used, question, fieldsOf(question), signal);
  } finally {
    if (connections === undefined) used.close();
  }
}

function refusalOf(question: DnsQuestion) {
  const valid = checkQuestion(question.name, question.type);
  if (!valid.ok) return failed('configure', 'invalid-name', valid.refusal);
  if (!isIpAddress(question.server)) return failed('configure', 'invalid-address', 'the server is not an IP address');
  const subnet = question.edns?.clientSubnet ?? null;
  return subnet === null || isClientSubnet(subnet) ? null : failed('configure', 'invalid-subnet', 'the client subnet is no network');
}

async function askByDatagrams(
  clock: Clock,
  udp: Udp,
  connections: DnsConnections,
  question: DnsQuestion,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  const { answer, failure, sent, startedMs, ignored, further, plain } = await askOverUdp(clock, udp, question, signal);
  const seen = { attempts: sent, ignored };
  const continued = question.lingerMs === undefined ? {} : { further };
  if (answer === null) {
    const outcome = failure ?? failed('response', 'mismatched', 'no answer came');
    return { outcome, observation: { ...notAnswered(question), ...seen }, message: null, ...continued };
  }
  const { message, bytes, elapsedMs } = answer;
  const observation: DnsObservation = { ...answered(question, message, bytes, elapsedMs), ...seen, truncated: message.flags.tc };
  if (!message.flags.tc) return { outcome: measured(null), observation, message, ...continued };

  const fields = plain ? withoutEdns(fieldsOf(question)) : fieldsOf(question);
  const overTcp = await askOverConnection(clock, connections, { ...question, transport: 'tcp' }, fields, signal);
  if (overTcp.outcome.kind !== 'measured') return { outcome: overTcp.outcome, observation, message, ...continued };
  const whole = { ...overTcp.observation, ...seen, truncated: true, queryMs: clock.nowMs() - startedMs };
  return { ...overTcp, observation: whole, ...continued };
}

async function askOverConnection(
  clock: Clock,
  connections: DnsConnections,
  question: DnsQuestion,
  fields: DnsFields,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  const startedMs = clock.nowMs();
  const limits = () => ({ timeoutMs: Math.max(0, question.timeoutMs - (clock.nowMs() - startedMs)), signal });
  let setUp: DnsObservation['connection'] = null;
  let asked = fields;
  let reconnected = false;
  // What this machine did for itself, such as reading its trust anchors, is no time of the server.
  let spentMs = 0;
  for (;;) {
    const obtained = await connections.obtain(question, limits());
    if (obtained.fresh) setUp = obtained.setUp;
    const observation = { ...notAnswered(question), connection: setUp };
    if (obtained.outcome.kind !== 'measured') return { outcome: obtained.outcome, observation, message: null };
    if (obtained.fresh) spentMs = (obtained.setUp?.tcpMs ?? 0) + (obtained.setUp?.tlsMs ?? 0);
    const askedMs = clock.nowMs();
    const reply = await obtained.outcome.value.ask(asked, limits(), question.path);
    if (reply.kind === 'measured') {
      const { message, bytes } = reply.value;
      if (rejectsEdns(asked, message)) {
        asked = withoutEdns(asked);
        spentMs += clock.nowMs() - askedMs;
        continue;
      }
      const queryMs = spentMs + clock.nowMs() - askedMs;
      return { outcome: measured(null), observation: { ...answered(question, message, bytes, queryMs), connection: setUp }, message };
    }
    const gone = reply.kind === 'failed' && reply.step === 'response' && GONE.has(reply.code);
    if (gone && !obtained.fresh && !reconnected) {
      reconnected = true;
      continue;
    }
    const outcome = reply.kind === 'unanswered' ? { ...reply, waitedMs: question.timeoutMs } : reply;
    return { outcome, observation, message: null };
  }
}
