import type { Code } from '../model/code.js';
import type { Check, CheckStatus } from '../model/report.js';
import type { Inquiry } from './inquiry.js';

export interface PortFact {
  number: number;
  protocol: 'tcp' | 'udp';
  /** For people, for example `TCP 22 (ssh)`. */
  name: string;
}

/** The route that the kernel follows to an address. */
export interface RouteFact {
  address: string;
  /** As the kernel names it: `198.51.100.0/24`; `null`: it did not tell. */
  prefix: string | null;
  gateway: string | null;
  interface: string | null;
}

/** Whose tools set this machine up, as far as it is known. */
export interface MachineFacts {
  /** Family of the distribution, for the names of tools. */
  distribution: 'debian' | 'fedora' | 'suse' | 'arch' | 'alpine' | 'other' | null;
  systemd: boolean | null;
  /** Whether this user is root. */
  root: boolean | null;
  /** What manages the interface that the cause is about. */
  manager: 'NetworkManager' | 'systemd-networkd' | 'ifupdown' | 'dhcpcd' | 'connman' | 'wicked' | null;
  netplan: boolean;
  /** Program that answers at the address of the resolver on this machine, as it is named; `null`: none, or not told. */
  stub: string | null;
  /** What writes resolv.conf, as people call it. */
  resolvConfWriter: string | null;
  /** Whether this is a container with a network of its own. */
  container: boolean;
  wsl: boolean;
}

/** What a cause's texts may name: facts of this run, in words for people. Absent facts are `null`, and the text does without them. */
export interface CauseFacts {
  /** `id` of the target concerned, or `null` where the whole machine is. */
  target: string | null;
  /** A target that meets it, for commands that need one; absent or `null` where none does. */
  example?: string | null;
  /** What the check that names this cause observed, for example `31 of 100 lost`. */
  observed: string | null;
  /** What was expected, for example `under 1 %`. */
  expected: string | null;
  /** The ports that the cause is about, all of one protocol, where it is about ports. */
  ports?: readonly PortFact[];
  /** What each of the checks expected that this cause stands for, where they are about settings. */
  wanted?: readonly string[];
  /** What a look at each hop has said about a loss: where it begins, or only that it cannot be told; `null` where nobody looked. */
  lossByHop?: 'placed' | 'not-placed' | null;
  /** Interface through which the traffic leaves. */
  interface: string | null;
  gateway: string | null;
  /** The address that this run went to for the target, where that is a name; `null`: not known. */
  targetAddress?: string | null;
  /** The way of this machine that the cause was read from; absent or `null`: none. */
  route?: RouteFact | null;
  /** The DNS server that somebody named to be asked, as they wrote it, where the cause is about one; absent: those of this machine. */
  server?: string | null;
  /** The address of this machine that the cause is about, where it is about one. */
  address?: string;
  /** Largest IP packet that passes to the target, where it was measured; for commands that set a size. */
  pathMtuBytes?: number | null;
  /** In which direction larger packets vanish, where that was shown. */
  vanishingDirection?: 'to-target' | 'from-target' | 'both' | null;
  /** As Node names it: `linux`, `darwin`, `win32`. */
  platform: string;
  /** Absent: not looked at. */
  machine?: MachineFacts;
}

/** A kind of check (`l3.gateway`), all kinds that begin alike (`l4.kernel-*`, `l6.*`), or all of them (`*`). */
export type KindPattern = string;

/** A code, or all codes that begin alike (`cert-*`). */
export type CodePattern = string;

/**
 * What a cause would make other checks look like, were it the one: those are its symptoms, and no causes of their own. Symptoms are of the
 * same target and way as what shows the cause, or of any where it is the machine's; that is not said here. Nor that what shows the same
 * cause is a symptom.
 */
export interface Effect {
  kinds: readonly KindPattern[];
  exceptKinds?: readonly KindPattern[];
  /** Absent: whatever the check names. */
  codes?: readonly CodePattern[];
  exceptCodes?: readonly CodePattern[];
  /** Absent: `fail` and `warn`. */
  statuses?: readonly Extract<CheckStatus, 'fail' | 'warn'>[];
  /** What a check must have observed to be a symptom; absent: whatever it did. */
  says?: RegExp;
  /** Status that the check must have which shows this cause, for it to have this effect; `as-grave`: no better than the symptom's. Absent: `fail`. */
  shownBy?: 'fail' | 'warn' | 'either' | 'as-grave';
  /** Kinds of the check that shows this cause, for it to have this effect; absent: whichever shows it, but for those that stand for a part. */
  shownByKinds?: readonly KindPattern[];
  /** What the check that shows this cause must have observed; absent: whatever it did. */
  shownIf?(observed: string | null): boolean;
  /** Whether also what an answer from the other side shows is explained, which came through whatever is broken below it. Absent: no. */
  answersToo?: true;
  /** Whether also what stands deeper in the order of need can be a symptom. Absent: no. */
  belowToo?: true;
}

/** Something seen that a cause would not let happen: the more of it, the less likely the cause. */
export interface Counter {
  kinds: readonly KindPattern[];
  /** Absent: a `pass`. */
  statuses?: readonly CheckStatus[];
  codes?: readonly CodePattern[];
  /** `same`: of the same target or part of the machine; `other`: of another target; absent: whichever. */
  of?: 'same' | 'other';
  /** Not where the check that shows the cause says this: then both can be. */
  unlessShown?: RegExp;
  /** For people: what it says against the cause. A clause, as in "the same gateway passes packets to others". */
  says: string;
}

/** Another cause that can look the same from here. */
export interface Rival {
  code: Code;
  /** For people: what would tell the two apart. */
  toldBy: string;
  /** What this run can look at to tell; absent: nothing. */
  inquiry?: Inquiry;
  /** Kinds of which one must be among the evidence for the two to look the same; absent: none. */
  ifAmongEvidence?: readonly KindPattern[];
  /** Whether it is of a single target: then it is out of the question where several hosts share the fault. */
  ofOneTarget?: true;
  /** How the cause must be known for the two to look the same. Absent: however, unless it is stated. */
  ofBasis?: readonly NonNullable<Check['basis']>[];
}

/** What a cause is a form of, where that depends on what it does here. */
export interface ShownForm {
  /** The first of these that a check of the evidence shows, be it by its kind alone; where none does, the cause is named by its own code. */
  codes: readonly { code: Code; kinds?: readonly KindPattern[] }[];
  /** Before all of them, where a check of these kinds, of the evidence, failed: then it does more than any of them. */
  whereFailed?: readonly { code: Code; kinds: readonly KindPattern[] }[];
}

/**
 * A cause of trouble as data: what it is called, what it means, what it explains, what speaks against it, what to do. It knows no command of
 * netdiag's and no format.
 */
export interface Cause {
  code: Code;
  /** A few words, for a heading. */
  title: string;
  /** What it means for the one who meets it: two or three sentences. */
  meaning: string;
  /** What usually brings it about, the likeliest first. */
  causes: readonly string[];
  /** The broader fault of which it is a particular form, and by whose code it is named then. Absent: of none. */
  formOf?: Code | ShownForm;
  /** Its symptoms. Absent: only what names the same code. */
  explains?: readonly Effect[];
  /**
   * Whether an answer from the other side shows it, or this machine's own tables do: no broken path below can be the reason.
   * `where-it-warns`: only as a warning. `but-for-itself`: another check that shows the same can stand for it.
   */
  answered?: true | 'where-it-warns' | 'but-for-itself';
  /** What speaks against it. Absent: nothing that is looked at does. */
  against?: readonly Counter[];
  /** What looks the same. Absent: nothing does. */
  cannotBeToldFrom?: readonly Rival[];
  /** What to look at, where it is suspected and not sure, the cheapest first. Absent: there is nothing more to look at. */
  toldBy?: readonly Inquiry[];
  /** Whether it makes things slow or uneven, and stops none: what stops something is told first. */
  slows?: true;
  /** How to tell those apart: something to look at or to run, and what it shows. */
  tellApart: readonly string[];
  /** What to do, the best first. Never destructive, never with more rights than needed; printed, not run. */
  remedies: readonly string[];
  /** One sentence that a support desk can paste. */
  summary(facts: CauseFacts): string;
  /** The first thing to do on this machine, a command where there is one. One line. */
  remedy(facts: CauseFacts): string;
}
