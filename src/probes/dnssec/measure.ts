import { reasonOf } from '../../model/attempt.js';
import type { DnsAnswer, DnsSession, Network } from '../../net/port.js';
import { nameKey } from '../../wire/dns/name.js';
import { type ParsedAnchors, parseTrustAnchors, ROOT_ANCHORS, type TrustAnchor } from '../../wire/dnssec/anchor.js';
import { measureAnswer } from '../dns/measure.js';
import type { DnsPlan } from '../dns/plan.js';
import type { Observation } from '../probe.js';
import { type Checked, type Inquiry, keyOf, type Reply } from './inquiry.js';
import { validate } from './validate.js';

/** As large as passes an IPv6 path in one piece; what is longer comes over TCP. */
const UDP_PAYLOAD_BYTES = 1232;

/**
 * Questions whose answers are validated here. What validation asks beside them (keys and DS records of the zones above) is asked of the same
 * server over the same transport, once for all of them.
 */
export class Validations {
  readonly #network: Network;
  readonly #signal: AbortSignal;
  readonly #anchors: readonly TrustAnchor[];
  readonly #session: DnsSession;
  readonly #replies = new Map<string, Promise<Reply>>();
  readonly #checked: Checked = new WeakMap();

  /** @param anchors in presentation format; empty: those of the root zone */
  constructor(network: Network, signal: AbortSignal, anchors: readonly string[]) {
    this.#network = network;
    this.#signal = signal;
    const read: ParsedAnchors = parseTrustAnchors((anchors.length > 0 ? anchors : ROOT_ANCHORS).join('\n'));
    this.#anchors = read.ok ? read.value.anchors : [];
    this.#session = network.names.session();
  }

  /** Asks the question, with DO, and validates the answer. A resolver that will not give it (SERVFAIL) is asked again with CD. */
  async measure(plan: DnsPlan): Promise<Observation<'dns'>> {
    const edns = { udpPayloadBytes: UDP_PAYLOAD_BYTES, ...plan.edns, dnssecOk: true };
    const { observation, answer } = await measureAnswer({ ...plan, edns }, { network: this.#network, signal: this.#signal });
    const inquiry: Inquiry = { name: nameKey(answer.observation.name), type: answer.observation.type };
    const message = answer.message ?? null;
    // Nothing was heard: there is nothing to validate, and no sense in asking on.
    if (message === null) return observation;
    const ask = (wanted: Inquiry) => this.#ask(plan, wanted);
    const reply: Reply = message.rcode === 'SERVFAIL' && !message.flags.cd ? await ask(inquiry) : { kind: 'answer', message };
    const nowSeconds = Math.floor(this.#network.clock.wallTime().getTime() / 1000);
    const validation = await validate({ question: inquiry, anchors: this.#anchors, nowSeconds, checked: this.#checked }, reply, ask);
    if (this.#signal.aborted) return observation;
    return { ...observation, data: { ...observation.data, dnssec: validation.verdict, validation } };
  }

  close(): void {
    this.#session.close();
  }

  #ask(plan: DnsPlan, inquiry: Inquiry): Promise<Reply> {
    const key = `${plan.transport} ${plan.server} ${plan.port} ${plan.path ?? ''} ${keyOf(inquiry)}`;
    const known = this.#replies.get(key);
    if (known !== undefined) return known;
    const { server, port, transport, timeoutMs, attempts, recursionDesired, security, path } = plan;
    const asked = this.#session.query(
      {
        ...{ server, port, transport, timeoutMs, attempts },
        ...(recursionDesired === undefined ? {} : { recursionDesired }),
        ...(security === undefined ? {} : { security }),
        ...(path === undefined ? {} : { path }),
        ...inquiry,
        checkingDisabled: true,
        edns: { udpPayloadBytes: UDP_PAYLOAD_BYTES, dnssecOk: true },
      },
      this.#signal,
    );
    const reply = asked.then(replyOf);
    this.#replies.set(key, reply);
    return reply;
  }
}

function replyOf({ outcome, message }: DnsAnswer): Reply {
  if (outcome.kind !== 'measured') return { kind: 'none', because: reasonOf(outcome) };
  return message == null ? { kind: 'none', because: 'no answer' } : { kind: 'answer', message };
}
