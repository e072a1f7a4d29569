import type { Code } from '../model/code.js';
import type { Layer } from '../model/layer.js';

export type ExplanationKind =
  /** A code of netdiag's own, as in `diagnosis[].code`. */
  | 'code'
  /** The name of an error of the operating system (errno). */
  | 'errno'
  /** The response code of a DNS server. */
  | 'rcode'
  /** The name of a TLS alert. */
  | 'alert';

/** What `netdiag explain` says about one term. Commands in the texts stand between backticks. */
export interface Explanation {
  term: string;
  kind: ExplanationKind;
  /** Layer in which the fault lies; `null` where it can be several. */
  layer: Layer | null;
  title: string;
  meaning: string;
  /** The likeliest first. */
  causes: readonly string[];
  tellApart: readonly string[];
  /** The best first. */
  remedies: readonly string[];
  /** Codes to read on with. */
  related: readonly Code[];
}
