import type { Code } from '../model/code.js';
import type { Layer } from '../model/layer.js';
import type { CommandElsewhere } from './terms/elsewhere.js';

export type ExplanationKind =
  /** A code of netdiag's own, as in `diagnosis[].code`. */
  | 'code'
  /** The name of an error of the operating system (errno). */
  | 'errno'
  /** The response code of a DNS server. */
  | 'rcode'
  /** An extended DNS error (RFC 8914). */
  | 'extended-error'
  /** The name of a TLS alert. */
  | 'alert'
  /** A status of HTTP. */
  | 'http'
  /** A message of ICMP, by type or by type and code. */
  | 'icmp'
  | 'icmpv6'
  /** An error code of the programs that a profile is made for. */
  | 'profile';

export interface TermNumber {
  number: number;
  /** `Linux`, `macOS`, …, where numbers differ by system; `null`: everywhere. */
  where: string | null;
}

/** Another code that can look the same, and what would tell. */
export interface AlikeCause {
  code: Code;
  toldBy: string;
}

/** What `netdiag explain` says about one term. Commands in the texts stand between backticks. */
export interface Explanation {
  term: string;
  kind: ExplanationKind;
  /** The profile that brings it; absent: it is known everywhere. */
  profile?: string;
  /** Numbers by which it is known; empty where it has none. */
  numbers: readonly TermNumber[];
  /** Other names by which it is found. */
  alsoCalled: readonly string[];
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
  /** Of a code: the broader ones by which a diagnosis names it. Absent: none. */
  formOf?: readonly Code[];
  /** Of a code: the particular forms that have a code of their own. Absent: none. */
  forms?: readonly Code[];
  /** What commands of Linux in `tellApart` and `remedies` are called on macOS and Windows; absent: there are none. */
  elsewhere?: readonly CommandElsewhere[];
  /** Of a code: what the reasoning knows of it. */
  reasoning?: Reasoning;
}

/** What the reasoning of a full report knows of a code. */
export interface Reasoning {
  /** Codes (`cert-*`: all that begin so) and kinds of checks (`l6.*`) that can be its symptoms; empty: only the same code elsewhere. */
  explains: readonly string[];
  /** What speaks against it, each a clause. */
  against: readonly string[];
  /** What looks the same from here. */
  alike: readonly AlikeCause[];
  /** What a full report looks at where it is suspected and not sure, each a clause. */
  toldBy: readonly string[];
}
