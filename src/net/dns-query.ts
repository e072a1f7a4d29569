import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { failed, measured, type NotMeasured } from '../model/attempt.js';
import { checkQuestion, claimsToAnswer, type DnsMessage, type DnsRecord, encodeQuery, isAnswerTo, parseMessage } from '../wire/dns.js';
import { formatDnsServer, isIpAddress } from '../wire/dns-server.js';
import { dnsTypeName, dnsTypeNumber } from '../wire/dns-type.js';
import { exchangeDnsOverTcp } from './dns-tcp.js';
import type { Clock, DnsAnswer, DnsObservation, DnsQuestion, Udp } from './port.js';

/** Largest answer asked for over UDP: it passes an IPv6 path of 1280 bytes in one piece (DNS flag day 2020, RFC 9715). */
const UDP_PAYLOAD_BYTES = 1232;

export interface DnsQueryOptions {
  /** Whether to announce EDNS (RFC 6891). Stub resolvers do not; a server that does not know it is asked again without. */
  edns: boolean;
}

/**
 * Asks one server one question. Over UDP each datagram has a new id and a new local port, and each is listened for until the end of the last;
 * answers with another id or to another question are ignored, and the wait goes on. A truncated answer is asked for again over TCP; where that fails, the failure is the outcome, and the
 * observation is that of the truncated answer, with `tc`.
 *
 * Failure codes: an errno; `malformed` and `mismatched` (step `response`) where only such answers came; `truncated` for a TCP connection
 * closed too early; `invalid-name`, `invalid-address` (step `configure`).
 *
 * `queryMs` counts from the sending of the datagram that was answered to the last byte of the answer, TCP included. `attempts` counts datagrams.
 */
export async function queryDns(
  clock: Clock,
  udp: Udp,
  question: DnsQuestion,
  signal: AbortSignal,
  options: DnsQueryOptions = { edns: true },
): Promise<DnsAnswer> {
  const observation = notAnswered(question);
  const valid = checkQuestion(question.name, question.type);
  if (!valid.ok) return { outcome: failed('configure', 'invalid-name', valid.refusal), observation };
  if (!isIpAddress(question.server))
    return { outcome: failed('configure', 'invalid-address', 'the server is not an IP address'), observation };
  return question.transport === 'tcp'
    ? askOverTcp(clock, question, signal, options.edns)
    : askOverUdp(clock, udp, question, signal, options.edns);
}

/** The observation of a question that got no answer, or was not asked. `server` is the one that was meant. */
export function notAnswered(question: DnsQuestion): DnsObservation {
  const type = dnsTypeNumber(question.type);
  return {
    server: formatDnsServer({ address: question.server, port: question.port }),
    transport: question.transport,
    name: question.name,
    type: type === null ? question.type : dnsTypeName(type),
    rcode: null,
    queryMs: null,
    flags: null,
    answers: [],
    dnssec: null,
    attempts: null,
  };
}

function answered(question: DnsQuestion, message: DnsMessage, queryMs: number): DnsObservation {
  return { ...notAnswered(question), rcode: message.rcode, queryMs, flags: message.flags, answers: message.answers.map(recordOf) };
}

/** As the report has it. */
function recordOf({ name, type, ttl, data }: DnsRecord): DnsRecord {
  return { name, type, ttl, data };
}

function newQuery(question: DnsQuestion, edns: boolean): { id: number; payload: Uint8Array } {
  const id = randomInt(0x10000);
  const payload = encodeQuery({
    id,
    name: question.name,
    type: question.type,
    recursionDesired: true,
    authenticData: edns,
    edns: edns ? { udpPayloadSize: UDP_PAYLOAD_BYTES, dnssecOk: false } : null,
  });
  return { id, payload };
}

/** A server older than EDNS says so in one of these ways (RFC 6891 section 7). */
function rejectsEdns(message: DnsMessage): boolean {
  return message.edns === null && (message.rcode === 'FORMERR' || message.rcode === 'NOTIMP');
}

/** What came to the sockets of one question: the answer, and what was seen that could not be used. */
interface Arrivals {
  answer: DnsMessage | null;
  unusable: NotMeasured | null;
}

/** Takes the answer to the query with that id, and a broken message that claims to be it: nothing better will come. */
function acceptAnswer(question: DnsQuestion, id: number, arrivals: Arrivals): (reply: Uint8Array) => boolean {
  return (reply) => {
    // The answer to another of the datagrams was first.
    if (arrivals.answer !== null) return false;
    const message = parseMessage(reply);
    if (!message.ok) {
      arrivals.unusable = malformed(message.refusal);
      return claimsToAnswer(id, reply);
    }
    if (!isAnswerTo({ ...question, id }, message.value)) {
      arrivals.unusable ??= mismatched();
      return false;
    }
    arrivals.answer = message.value;
    return true;
  };
}

function malformed(refusal: string): NotMeasured {
  return failed('response', 'malformed', `the answer is not a valid DNS message: ${refusal}`);
}

function mismatched(): NotMeasured {
  return failed('response', 'mismatched', 'what came back answers another question');
}

async function askOverUdp(clock: Clock, udp: Udp, question: DnsQuestion, signal: AbortSignal, withEdns: boolean): Promise<DnsAnswer> {
  const arrivals: Arrivals = { answer: null, unusable: null };
  let exchange = await askRepeatedly(clock, udp, question, signal, withEdns, arrivals);
  let edns = withEdns;
  let { sent } = exchange;
  if (edns && arrivals.answer !== null && rejectsEdns(arrivals.answer)) {
    // Not a retry of the same question: the server asked for another form of it.
    edns = false;
    arrivals.answer = null;
    const attempts = Math.max(1, question.attempts - (sent - 1));
    exchange = await askRepeatedly(clock, udp, { ...question, attempts }, signal, edns, arrivals);
    sent += exchange.sent;
  }
  const { outcome } = exchange;
  const asked = { ...notAnswered(question), attempts: sent };
  if (outcome.kind === 'unanswered') return { outcome: arrivals.unusable ?? outcome, observation: asked };
  if (outcome.kind !== 'measured') return { outcome, observation: asked };
  if (arrivals.answer === null) return { outcome: arrivals.unusable ?? mismatched(), observation: asked };
  const observation = { ...answered(question, arrivals.answer, outcome.value.elapsedMs), attempts: sent };
  if (arrivals.answer.flags.tc) return askAgainOverTcp(clock, question, signal, edns, observation, exchange.startedMs);
  return { outcome: measured(null), observation };
}

interface Exchange {
  outcome: Awaited<ReturnType<Udp['exchange']>>;
  /** Datagrams sent. */
  sent: number;
  /** When the datagram was sent whose outcome this is, on the clock. */
  startedMs: number;
}

/**
 * Sends a datagram after each `timeoutMs` of silence, `attempts` in all, and listens for the answers to all of them until the end: a slow
 * server is slow, not dead. The first outcome but silence is that of the question. When it returns, every socket is closed.
 */
async function askRepeatedly(
  clock: Clock,
  udp: Udp,
  question: DnsQuestion,
  signal: AbortSignal,
  edns: boolean,
  arrivals: Arrivals,
): Promise<Exchange> {
  const stop = new AbortController();
  // Each datagram and each wait listens: more than ten are no leak here.
  setMaxListeners(0, stop.signal);
  const abort = () => stop.abort();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });

  const { server: address, port, timeoutMs } = question;
  const attempts = Math.max(1, question.attempts);
  let decisive: Omit<Exchange, 'sent'> | null = null;
  let sent = 0;
  const ask = async (left: number): Promise<Omit<Exchange, 'sent'>> => {
    const { id, payload } = newQuery(question, edns);
    const startedMs = clock.nowMs();
    const accept = acceptAnswer(question, id, arrivals);
    const outcome = await udp.exchange({ address, port, payload, timeoutMs: timeoutMs * left, signal: stop.signal, accept });
    // Stopped by us as another datagram was answered: it was sent all the same.
    if (outcome.kind === 'skipped' ? !signal.aborted : outcome.kind !== 'failed' || outcome.step === 'response') sent++;
    if (outcome.kind !== 'unanswered' && decisive === null) {
      decisive = { outcome, startedMs };
      stop.abort();
    }
    return { outcome, startedMs };
  };

  const first = ask(attempts);
  const exchanges = [first];
  try {
    for (let left = attempts - 1; left > 0; left--) {
      await clock.sleep(timeoutMs, stop.signal);
      if (stop.signal.aborted) break;
      exchanges.push(ask(left));
    }
    await Promise.all(exchanges);
  } finally {
    signal.removeEventListener('abort', abort);
  }
  return { ...(decisive ?? (await first)), sent };
}

async function askAgainOverTcp(
  clock: Clock,
  question: DnsQuestion,
  signal: AbortSignal,
  edns: boolean,
  truncated: DnsObservation,
  startedMs: number,
): Promise<DnsAnswer> {
  const { outcome, observation } = await askOverTcp(clock, question, signal, edns);
  if (outcome.kind === 'measured') {
    return { outcome, observation: { ...observation, queryMs: clock.nowMs() - startedMs, attempts: truncated.attempts } };
  }
  return { outcome, observation: truncated };
}

async function askOverTcp(clock: Clock, question: DnsQuestion, signal: AbortSignal, edns: boolean): Promise<DnsAnswer> {
  const overTcp: DnsQuestion = { ...question, transport: 'tcp' };
  const observation = notAnswered(overTcp);
  const { id, payload } = newQuery(question, edns);
  const { server: address, port, timeoutMs } = question;
  const exchange = await exchangeDnsOverTcp(clock, { address, port, query: payload, timeoutMs, signal });
  if (exchange.kind !== 'measured') return { outcome: exchange, observation };
  const message = parseMessage(exchange.value.reply);
  if (!message.ok) return { outcome: malformed(message.refusal), observation };
  if (!isAnswerTo({ ...question, id }, message.value)) return { outcome: mismatched(), observation };
  if (edns && rejectsEdns(message.value)) {
    return askOverTcp(clock, { ...question, timeoutMs: Math.max(0, timeoutMs - exchange.value.elapsedMs) }, signal, false);
  }
  return { outcome: measured(null), observation: answered(overTcp, message.value, exchange.value.elapsedMs) };
}
