import type { Policy } from '../model/policy.js';
import type {
  CaptivePortalOptions,
  DnsProbeOptions,
  HostOptions,
  ListeningOptions,
  Origin,
  ResolverWatchOptions,
  TargetProbeOptions,
} from '../model/probe-options.js';
import type { Target } from '../model/target.js';
import type { IpFamily, Network } from '../net/port.js';
import type { FirstAnswer } from '../probes/dns-comparison/measure.js';

/** What a command asks for: which probes, on which targets, how. Plain data made from flags; the rest of the program knows no flag. */
export interface RunRequest extends TargetProbeOptions {
  /** Name of the command, for the report. */
  command: string;
  targets: readonly Target[];
  /** Nobody named them: they are asked to see what the network does. Absent: they are what matters. */
  targetsAreInstruments?: boolean;
  /** Ask only for addresses of this family. */
  family: IpFamily | null;
  origin: Origin;
  policy: Policy;
  /** In place of it, for targets that have one of their own: by the id of the target, or the name of a question. */
  policies?: ReadonlyMap<string, Policy>;
  /** In place of the options of the same name, for targets that are asked for more than others: by the id of the target. */
  optionsByTarget?: ReadonlyMap<string, TargetProbeOptions>;
  /** Whole run, in milliseconds; what is not finished by then is reported as unanswered. */
  deadlineMs: number;
  /** Look at links, addresses, routes, gateway and system resolvers too. */
  host: boolean;
  /** How closely; absent: only as far as `host` says. */
  machine?: HostOptions;
  /** Questions that are no targets of their own: `netdiag dns`. */
  dns?: DnsProbeOptions;
  /** What listens on this machine: `netdiag ports --listening`. */
  listening?: ListeningOptions;
  /** Whether a login page of the network answers in place of the internet. */
  captivePortal?: CaptivePortalOptions;
  /** Watch the resolvers while the rest is measured, and hear what others say of the targets' names. */
  resolverWatch?: ResolverWatchOptions;
  /** Look more closely at what the first step leaves open; absent: what was measured then is all there is. */
  inquire?: InquireOptions;
}

/** The run as it is for one of its targets: with the policy and the options that are its own. */
export function requestFor<R extends Pick<RunRequest, 'policy' | 'policies' | 'optionsByTarget'>>(request: R, target: string): R {
  const [policy, options] = [request.policies?.get(target), request.optionsByTarget?.get(target)];
  return policy === undefined && options === undefined ? request : { ...request, ...options, policy: policy ?? request.policy };
}

/** How causes that look the same are told apart, once everything was asked for the first time. */
export interface InquireOptions {
  /** For all of it together, in milliseconds, beside what the first step takes. */
  budgetMs: number;
  /** Nor longer than until so many milliseconds after the start of the run: a person waits for it. Absent: that is of no matter. */
  untilMs?: number;
  /**
   * Addresses on the internet that a run may ask whether anything answers at all beyond the gateway, where nothing else is known there; empty:
   * none is asked.
   */
  references: readonly string[];
}

/** What a run needs from outside. */
export interface RunEnvironment {
  network: Network;
  /** Aborts on an interrupt. The report is then partial. */
  signal: AbortSignal;
  version: string;
  /** Aborted when it is known that no target answers anything: what was waited for once is not tried again. Absent: try on. */
  givenUp?: AbortSignal;
  /** Called as the run goes on; what it says is for stderr. */
  progress(state: Progress): void;
  /** Called with what one server said to a question put to many, as soon as it did. */
  answered?(answer: FirstAnswer): void;
}

export interface Progress {
  /** What is being waited for, for example `loss app.example.net:443`. */
  label: string;
  done: number;
  total: number;
}
