import type { Code } from '../model/code.js';

export interface PortFact {
  number: number;
  protocol: 'tcp' | 'udp';
  /** For people, for example `TCP 22 (ssh)`. */
  name: string;
}

/** What a cause's texts may name: facts of this run, in words for people. Absent facts are `null`, and the text does without them. */
export interface CauseFacts {
  /** `id` of the target concerned, or `null` where the whole machine is. */
  target: string | null;
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
  /** The address of this machine that the cause is about, where it is about one. */
  address?: string;
  /** Largest IP packet that passes to the target, where it was measured; for commands that set a size. */
  pathMtuBytes?: number | null;
  /** In which direction larger packets vanish, where that was shown. */
  vanishingDirection?: 'to-target' | 'from-target' | 'both' | null;
  /** As Node names it: `linux`, `darwin`, `win32`. */
  platform: string;
}

/** A cause of trouble as data: what it is called, what it means, what to do. It knows no command and no format. */
export interface Cause {
  code: Code;
  /** A few words, for a heading. */
  title: string;
  /** What it means for the one who meets it: two or three sentences. */
  meaning: string;
  /** What usually brings it about, the likeliest first. */
  causes: readonly string[];
  /** How to tell those apart: something to look at or to run, and what it shows. */
  tellApart: readonly string[];
  /** What to do, the best first. Never destructive, never with more rights than needed; printed, not run. */
  remedies: readonly string[];
  /** One sentence that a support desk can paste. */
  summary(facts: CauseFacts): string;
  /** The first thing to do on this machine, a command where there is one. One line. */
  remedy(facts: CauseFacts): string;
}
