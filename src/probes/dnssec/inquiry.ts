import type { DataOf } from '../../model/measurement.js';
import type { DnsMessage, DnsResourceRecord } from '../../wire/dns/dns.js';
import type { TrustAnchor } from '../../wire/dnssec/anchor.js';
import { type HashBudget, newHashBudget } from '../../wire/dnssec/nsec3.js';

/** A question that validation asks: of class IN, with DO and CD set. */
export interface Inquiry {
  /** See `wire/dnssec-name.ts`. */
  name: string;
  type: string;
}

/** What came of it: an answer of any rcode, or in words why none. */
export type Reply = { kind: 'answer'; message: DnsMessage } | { kind: 'none'; because: string };

export type ChainLink = NonNullable<DataOf<'dns'>['validation']>['chain'][number];

/**
 * Bounds on the work for one answer, whatever its servers send (CVE-2023-50387 and CVE-2023-50868): far above what the longest honest chain
 * takes, and together less than a second.
 */
const MAXIMUM_SIGNATURES = 64;
const MAXIMUM_HASHES = 256;

/** Signatures that were checked, by the record of the signature and that of the key; records of one reply are always the same objects. */
export type Checked = WeakMap<DnsResourceRecord, Map<string, boolean>>;

export interface KnownState {
  question: Inquiry;
  anchors: readonly TrustAnchor[];
  /** Seconds since 1970. */
  nowSeconds: number;
  /** By {@link keyOf}. */
  replies: ReadonlyMap<string, Reply>;
  checked: Checked;
  /** NSEC3 hashes that were made, see `HashBudget`. */
  hashes: Map<string, string>;
}

export function keyOf({ name, type }: Inquiry): string {
  return `${name} ${type}`;
}

/** Thrown by {@link Evaluation.reply}, and caught in `next.ts`: the evaluation can go on once these are answered. */
export class Wanted extends Error {
  constructor(readonly inquiries: readonly Inquiry[]) {
    super('a reply is not there yet');
  }
}

/** One look at what is known: it is done anew whenever replies have come, and checks no signature and makes no hash twice. */
export class Evaluation {
  readonly chain: ChainLink[] = [];
  readonly hashes: HashBudget;
  signaturesLeft = MAXIMUM_SIGNATURES;

  constructor(readonly known: KnownState) {
    this.hashes = newHashBudget(MAXIMUM_HASHES, known.hashes);
  }

  get nowSeconds(): number {
    return this.known.nowSeconds;
  }

  peek(inquiry: Inquiry): Reply | undefined {
    return this.known.replies.get(keyOf(inquiry));
  }

  /**
   * @param ahead what will most likely be asked next: it goes out at the same time
   * @throws Wanted where the reply is not there yet
   */
  reply(inquiry: Inquiry, ahead: readonly Inquiry[] = []): Reply {
    const reply = this.peek(inquiry);
    if (reply !== undefined) return reply;
    const missing = [inquiry, ...ahead].filter((wanted) => this.peek(wanted) === undefined);
    throw new Wanted([...new Map(missing.map((wanted) => [keyOf(wanted), wanted])).values()]);
  }

  /** Whether any reply had a signature: where none had, the resolver does not hand them on. */
  get sawSignatures(): boolean {
    return [...this.known.replies.values()].some(
      (reply) =>
        reply.kind === 'answer' &&
        [reply.message.answers, reply.message.authorities].some((section) => section.some(({ type }) => type === 'RRSIG')),
    );
  }
}
