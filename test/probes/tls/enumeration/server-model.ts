import { type Answer, PROTOCOLS, type Protocol, type Question, VERSION_NUMBERS } from '../../../../src/probes/tls/enumeration/question.js';
import { cipherSuites } from '../../../../src/wire/tls/cipher-suites.js';
import type { ServerKeyExchange } from '../../../../src/wire/tls/server-flight.js';

/** A server in memory, as RFC 5246 and RFC 8446 have it, with the faults that real ones have. */
export interface ServerModel {
  /** Suites of each version that it speaks, in its own order. */
  suites: Partial<Record<Protocol, readonly number[]>>;
  groups: readonly number[];
  schemes: readonly number[];
  /** Whether its own order counts, for suites and groups. */
  decides: boolean;
  /** It reads no further in a list of suites. */
  readsSuites?: number;
  /** It refuses longer lists. */
  takesSuites?: number;
  /** It refuses a hello of TLS 1.3 without a key share for one of its groups. */
  wantsShare?: boolean;
  /** It ends the connection in place of an alert. */
  closes?: boolean;
  /** What it does on a version that it does not speak: goes down to a lower one, or sends protocol_version. */
  goesDown?: boolean;
  /** It chooses these, and refuses then: in TLS 1.2 a certificate can lack a signature scheme. */
  cannotUse?: readonly number[];
  /** Although it decides, it chooses ChaCha20 for a client that puts that in front. */
  prioritisesChacha?: boolean;
  /** Refuses TLS_FALLBACK_SCSV below its best version. */
  heedsFallback?: boolean;
}

const HANDSHAKE_FAILURE = 40;
const PROTOCOL_VERSION = 70;
const NO_RANDOM = new Uint8Array(32);

export function answerFrom(model: ServerModel, question: Question, shareGroups: readonly number[]): Answer {
  const refused = (alert: number): Answer => (model.closes === true ? { kind: 'closed' } : { kind: 'refused', alert });
  if (question.protocol === 'SSLv2') return refused(PROTOCOL_VERSION);
  const spoken = PROTOCOLS.filter((protocol) => model.suites[protocol] !== undefined);
  const version =
    question.protocol === 'TLSv1.3' || model.goesDown !== true
      ? spoken.find((protocol) => protocol === question.protocol)
      : spoken.filter((protocol) => protocol !== 'TLSv1.3' && PROTOCOLS.indexOf(protocol) <= PROTOCOLS.indexOf(question.protocol)).pop();
  if (version === undefined) return refused(PROTOCOL_VERSION);
  const best = spoken[spoken.length - 1];
  if (question.fallback && model.heedsFallback === true && version !== best) return refused(86);
  if (question.suites.length > (model.takesSuites ?? Number.POSITIVE_INFINITY)) return refused(HANDSHAKE_FAILURE);

  const offered = question.suites.slice(0, model.readsSuites ?? Number.POSITIVE_INFINITY);
  const own = model.suites[version] ?? [];
  const pick = (mine: readonly number[], theirs: readonly number[]) =>
    model.decides ? mine.find((one) => theirs.includes(one)) : theirs.find((one) => mine.includes(one));
  const group = pick(model.groups, question.groups);
  const usable = (suite: number) => {
    const { keyExchange, authentication = '', tls13 } = cipherSuites().get(suite) ?? {};
    if (tls13 === true) return group !== undefined;
    if (keyExchange === 'ECDHE' && group === undefined) return false;
    const signs = /^(ECDHE|DHE)$/.test(keyExchange ?? '') && /^(RSA|ECDSA|DSS)$/.test(authentication);
    return !signs || version !== 'TLSv1.2' || pick(model.schemes, question.schemes) !== undefined;
  };
  const isChacha = (one: number) => cipherSuites().get(one)?.encryption === 'CHACHA20-POLY1305';
  const [front] = offered;
  const chacha = model.prioritisesChacha === true && front !== undefined && isChacha(front) ? own.find((one) => isChacha(one)) : undefined;
  const suite = chacha ?? pick(own.filter(usable), offered);
  if (suite === undefined || (version === 'TLSv1.2' && model.cannotUse?.includes(suite) === true)) return refused(HANDSHAKE_FAILURE);
  const hello = { version: VERSION_NUMBERS[version], random: NO_RANDOM, cipher: suite, compression: 0, extensions: [] };
  const flight = { hello: null, certificateSent: true, keyExchange: null, certificateRequested: false, alert: null, complete: true };
  if (version === 'TLSv1.3') {
    const retry = !question.shares || group === undefined || !shareGroups.includes(group);
    if (retry && model.wantsShare === true) return refused(HANDSHAKE_FAILURE);
    if (!retry && pick(model.schemes, question.schemes) === undefined) return refused(HANDSHAKE_FAILURE);
    return { kind: 'hello', hello: { ...hello, retry, group: group ?? null }, flight };
  }
  const { keyExchange, authentication = '' } = cipherSuites().get(suite) ?? {};
  const exchange: ServerKeyExchange = { group: null, dhBits: null, dhNamed: false, scheme: null };
  if (keyExchange === 'ECDHE') exchange.group = group ?? null;
  if (keyExchange === 'DHE') exchange.dhBits = 2048;
  if (version === 'TLSv1.2' && /^(RSA|ECDSA|DSS)$/.test(authentication)) exchange.scheme = pick(model.schemes, question.schemes) ?? null;
  const signs = keyExchange === 'ECDHE' || keyExchange === 'DHE';
  return { kind: 'hello', hello: { ...hello, retry: false, group: null }, flight: { ...flight, keyExchange: signs ? exchange : null } };
}

/** Lets an enumeration run against a model. `meddle` can put another answer in place of the right one. */
export function conclude(
  inquiry: { done: boolean; next(idle: boolean): { id: number; question: Question } | null; answer(id: number, answer: Answer): void },
  answer: (question: Question, connection: number) => Answer,
  concurrency: number,
): { connections: number } {
  let connections = 0;
  const underWay: { id: number; question: Question }[] = [];
  while (!inquiry.done && connections < 20_000) {
    while (underWay.length < concurrency && underWay.every(({ question }) => !question.alone)) {
      const next = inquiry.next(underWay.length === 0);
      if (next === null) break;
      underWay.push(next);
      connections++;
    }
    // The answers come in another order than the questions went.
    const [done] = underWay.splice((connections * 7) % Math.max(1, underWay.length), 1);
    if (done === undefined) break;
    inquiry.answer(done.id, answer(done.question, connections));
  }
  return { connections };
}
