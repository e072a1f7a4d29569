import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { type NotMeasured, unanswered } from '../../model/attempt.js';
import { claimsToAnswer, type DnsMessage, encodeQuery, isAnswerTo, parseMessage } from '../../wire/dns/dns.js';
import type { Clock, DnsObservation, DnsQuestion, Udp } from '../port.js';
import { type DnsFields, fieldsOf, malformed, mismatched, rejectsEdns, saysTheSame, withoutEdns } from './observation.js';

/** Further answers that are kept; more are counted. */
const MAXIMUM_FURTHER = 16;

/** What came of the datagrams of one question. */
export interface UdpExchange {
  /** `null` where none came: `failure` says why. */
  answer: { message: DnsMessage; bytes: number; elapsedMs: number } | null;
  failure: NotMeasured | null;
  /** Datagrams sent. */
  sent: number;
  /** When the datagram was sent whose answer this is, on the clock. */
  startedMs: number;
  ignored: NonNullable<DnsObservation['ignored']>;
  further: DnsMessage[];
  /** Whether EDNS was left out, since the server does not know it. */
  plain: boolean;
}

/** What came to the sockets of one question. */
interface Arrivals {
  answer: (NonNullable<UdpExchange['answer']> & { id: number }) | null;
  /** The most telling of what could not be used. */
  unusable: NotMeasured | null;
  ignored: UdpExchange['ignored'];
  further: DnsMessage[];
}

/**
 * Asks by datagrams. Each has a new id and leaves from a new local port; each is listened for until the end of the last. What has another id
 * or another question is counted and ignored, and the wait goes on. The sockets are connected: what comes from another address or port the
 * kernel drops unseen, so that `wrongSource` is never known.
 */
export async function askOverUdp(clock: Clock, udp: Udp, question: DnsQuestion, signal: AbortSignal): Promise<UdpExchange> {
  const arrivals: Arrivals = {
    answer: null,
    unusable: null,
    ignored: { wrongId: 0, wrongQuestion: 0, wrongSource: null, malformed: 0, contradicting: question.lingerMs === undefined ? null : 0 },
    further: [],
  };
  const fields = fieldsOf(question);
  let exchange = await askRepeatedly(clock, udp, question, fields, signal, arrivals);
  let { sent } = exchange;
  let plain = false;
  if (arrivals.answer !== null && rejectsEdns(fields, arrivals.answer.message)) {
    // Not a retry of the same question: the server asked for another form of it.
    plain = true;
    arrivals.answer = null;
    const attempts = Math.max(1, question.attempts - (sent - 1));
    exchange = await askRepeatedly(clock, udp, { ...question, attempts }, withoutEdns(fields), signal, arrivals);
    sent += exchange.sent;
  }
  const { outcome, startedMs } = exchange;
  const common = { sent, startedMs, ignored: arrivals.ignored, further: arrivals.further, plain };
  if (arrivals.answer !== null) return { ...common, answer: arrivals.answer, failure: null };
  const failure =
    outcome.kind === 'unanswered'
      ? (arrivals.unusable ?? outcome)
      : outcome.kind === 'measured'
        ? (arrivals.unusable ?? mismatched())
        : outcome;
  return { ...common, answer: null, failure };
}

/** Takes the answer to the query with that id, and a broken message that claims to be it: nothing better will come. */
function acceptReply(fields: DnsFields, id: number, lingers: boolean, arrivals: Arrivals, onAnswer: () => void) {
  return (reply: Uint8Array, elapsedMs: number): boolean => {
    const message = parseMessage(reply);
    const first = arrivals.answer;
    if (!message.ok) {
      arrivals.ignored.malformed++;
      if (first !== null) return false;
      arrivals.unusable = malformed(message.refusal);
      return claimsToAnswer(id, reply);
    }
    if (!isAnswerTo({ ...fields, id }, message.value)) {
      if (message.value.response && message.value.id === id) arrivals.ignored.wrongQuestion++;
      else arrivals.ignored.wrongId++;
      arrivals.unusable ??= mismatched();
      return false;
    }
    if (first !== null) {
      // To another of the datagrams: it was answered as well, which contradicts nothing.
      if (first.id === id) noteFurther(first.message, message.value, arrivals);
      return false;
    }
    arrivals.answer = { message: message.value, bytes: reply.length, elapsedMs, id };
    onAnswer();
    return !lingers;
  };
}

function noteFurther(first: DnsMessage, further: DnsMessage, { ignored, further: kept }: Arrivals): void {
  if (ignored.contradicting === null) return;
  if (!saysTheSame(first, further)) ignored.contradicting++;
  if (kept.length < MAXIMUM_FURTHER) kept.push(further);
}

interface Repeated {
  outcome: Awaited<ReturnType<Udp['exchange']>>;
  sent: number;
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
  fields: DnsFields,
  signal: AbortSignal,
  arrivals: Arrivals,
): Promise<Repeated> {
  // `ended`: no further datagram leaves. `stop`: nobody listens any more. Between the two lies the time to linger.
  const [ended, stop] = [new AbortController(), new AbortController()];
  // Each datagram and each wait listens: more than ten are no leak here.
  setMaxListeners(0, ended.signal, stop.signal);
  const abort = () => {
    ended.abort();
    stop.abort();
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });

  const { server: address, port, timeoutMs, lingerMs } = question;
  const attempts = Math.max(1, question.attempts);
  const lingers = lingerMs !== undefined;
  // The sockets stay open for as long as may be lingered behind the last moment for an answer; without one they do not.
  if (lingers) void clock.sleep(timeoutMs * attempts, stop.signal).then(() => arrivals.answer === null && stop.abort());
  let answeredAtMs: number | null = null;
  let decisive: Omit<Repeated, 'sent'> | null = null;
  let sent = 0;
  const ask = async (left: number): Promise<Omit<Repeated, 'sent'>> => {
    const id = randomInt(0x10000);
    const payload = encodeQuery({ ...fields, id });
    const startedMs = clock.nowMs();
    const onAnswer = () => {
      answeredAtMs = startedMs;
      ended.abort();
      if (lingers) void clock.sleep(lingerMs, stop.signal).then(() => stop.abort());
    };
    const accept = acceptReply(fields, id, lingers, arrivals, onAnswer);
    const listenMs = timeoutMs * left + (lingerMs ?? 0);
    const made = await udp.exchange({ address, port, payload, timeoutMs: listenMs, signal: stop.signal, accept });
    const silent = made.kind === 'unanswered' || (lingers && made.kind === 'skipped' && !signal.aborted && arrivals.answer === null);
    const outcome = silent ? unanswered('response', timeoutMs * left) : made;
    // Stopped by us as another datagram was answered, or interrupted behind its own answer: it was sent all the same.
    if (
      outcome.kind === 'skipped' ? !signal.aborted || arrivals.answer?.id === id : outcome.kind !== 'failed' || outcome.step === 'response'
    )
      sent++;
    if (outcome.kind !== 'unanswered' && decisive === null && (answeredAtMs === null || outcome.kind === 'measured')) {
      decisive = { outcome, startedMs };
      abort();
    }
    return { outcome, startedMs };
  };

  const first = ask(attempts);
  const exchanges = [first];
  try {
    for (let left = attempts - 1; left > 0; left--) {
      await clock.sleep(timeoutMs, ended.signal);
      if (ended.signal.aborted) break;
      exchanges.push(ask(left));
    }
    await Promise.all(exchanges);
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort();
  }
  const made = decisive ?? (await first);
  return { ...made, startedMs: answeredAtMs ?? made.startedMs, sent };
}
