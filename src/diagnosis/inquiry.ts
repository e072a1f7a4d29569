import type { Code } from '../model/code.js';

/**
 * What a run can look at more closely, once its first sweep has left a question open. Each is one file in `src/run/inquiries/`, and costs
 * time and packets that a healthy network does not.
 */
export const INQUIRIES = [
  /** The path to the target, hop by hop: where it ends, goes in a circle, or is refused. */
  'trace',
  /** At which hop loss begins. */
  'loss-by-hop',
  /** Whether anything else beyond the gateway answers. */
  'other-destinations',
  /** The same questions to the same resolvers again: over TCP, without validation, several times. */
  'resolvers-again',
  /** What well-known resolvers say of the name, plain and encrypted. */
  'second-opinion',
  /** Gateway, target and resolver side by side for some seconds: does it come and go. */
  'watch',
  /** Which segments TCP gets through. */
  'segments',
  /** The same handshake in other shapes: small, without a name, another version. */
  'handshake-variants',
  /** Whether a login page of the network answers in place of what was asked. */
  'portal',
] as const;

export type Inquiry = (typeof INQUIRIES)[number];

/** An inquiry that would tell remaining causes apart. */
export interface Question {
  inquiry: Inquiry;
  /** `id` of the target, or `null` where it is about the machine or its network. */
  target: string | null;
  /** The causes between which it decides. */
  about: readonly Code[];
}

/** What became of an inquiry in this run. */
export interface Inquired {
  inquiry: Inquiry;
  target: string | null;
  /** For people: why it was not made, or found nothing out; `null` where it was made. */
  notMade: string | null;
}

/** What each looks at, for people. */
export const LOOKS_AT: Readonly<Record<Inquiry, string>> = {
  trace: 'the path, hop by hop',
  'loss-by-hop': 'at which hop the loss begins',
  'other-destinations': 'whether anything else beyond the gateway answers',
  'resolvers-again': 'what the resolvers say when they are asked again',
  'second-opinion': 'what other resolvers say',
  watch: 'whether it comes and goes',
  segments: 'which TCP segments get through',
  'handshake-variants': 'the handshake in other shapes',
  portal: 'whether a login page of the network answers',
};
