/**
 * How fast ports are asked, how long each is waited for, and when silence is believed. Pure: every time is given.
 *
 * Ports are asked in passes; those that stayed silent are asked again in the next one. In the first pass the rate is that of a congestion
 * window (RFC 5681, as nmap has one): it grows with the answers. The later ones are calm: evenly spaced, each wait longer than the last. No
 * port is called filtered before the last pass is over, so that what is learned of the path late still counts for those asked early.
 */

/** What the pace may not exceed, by protocol. Rates are packets per millisecond. */
export interface PaceLimits {
  /** Longest wait for one answer. */
  timeoutMs: number;
  /** Connections or sockets at once. */
  capacity: number;
  /** Of the first pass, while nothing has been answered: so many packets within {@link UNKNOWN_ROUND_MS}. */
  initialWindow: number;
  maximumWindow: number;
  /** Of the first pass; the window can ask for less. */
  firstRate: number;
  calmRate: number;
  /** Where the target answers by ICMP errors that it limits: the rate that it keeps up with. `null`: the answers are no ICMP. */
  limitedRate: number | null;
  /** Passes at the least where many answers came and none was lost; one more where that is not known. */
  fewestPasses: number;
  /**
   * So many packets at the most go to ports that have answered already, where the ports themselves gave too few answers to tell whether the
   * path loses packets.
   */
  mostReferences: number;
}

export interface Pass {
  sent: number;
  /** Answers of the ports themselves: acceptances, refusals, datagrams. */
  answered: number;
  startedMs: number;
  /** When the last packet left. */
  lastSentMs: number;
}

export interface Pace {
  limits: PaceLimits;
  capacity: number;
  window: number;
  threshold: number;
  /** RFC 6298; `null` before the first answer. */
  rtt: { smoothedMs: number; variationMs: number } | null;
  slowestMs: number;
  /** Packets that may leave at once, as of `creditAtMs`. */
  credit: number;
  creditAtMs: number;
  /** Of the calm passes. */
  calmRate: number;
  reducedAtMs: number;
  /** Oldest first; the last one is under way. */
  passes: readonly Pass[];
  /** Whether ports that had been silent answered later: packets get lost, or the target answers only so many at a time. */
  lossy: boolean;
  /** Of packets to ports that had answered before: how many were sent, and what came of them. */
  references: { sent: number; answered: number; lost: number };
}

export type PaceEvent =
  | { kind: 'sent'; atMs: number; count: number }
  /**
   * So many answers. `lost`: the kernel had to repeat its packet. `own`: from the port; otherwise an ICMP error from elsewhere, which is no
   * sign of how much gets through.
   */
  | { kind: 'answered'; atMs: number; count: number; rttMs: number; lost: boolean; own: boolean }
  /** What came of a packet to a port that had answered before. */
  | { kind: 'reference'; atMs: number; answered: boolean }
  /** No descriptor or local port is left with so many under way. */
  | { kind: 'no-room'; atMs: number; underWay: number }
  /** Every port of the pass was asked, and every wait is over. */
  | { kind: 'pass-over'; atMs: number };

export const TCP_LIMITS = {
  initialWindow: 64,
  maximumWindow: 512,
  firstRate: Number.POSITIVE_INFINITY,
  calmRate: 1,
  limitedRate: null,
  fewestPasses: 3,
  mostReferences: 8,
} as const;
/** A closed UDP port answers by ICMP alone, of which Linux sends a host six at once, then one a second (net.ipv4.icmp_ratelimit). */
export const UDP_LIMITS = {
  initialWindow: 64,
  maximumWindow: 64,
  firstRate: 0.1,
  calmRate: 0.1,
  limitedRate: 0.0009,
  fewestPasses: 2,
  // Each would use up one of the few answers that the host gives.
  mostReferences: 0,
} as const;

/** Over which the first window is spread while no round trip is known: of most paths within a continent. */
const UNKNOWN_ROUND_MS = 100;
/** Where the first wait ends while no round trip is known, and least wait of all (RFC 6298 has 1 s for both; a retry costs little here). */
const UNKNOWN_WAIT_MS = 1000;
const LEAST_WAIT_MS = 250;
/** From where the window grows by one a round, not by one an answer. */
const INITIAL_THRESHOLD = 256;
/** Answers without a loss that make a path look whole: with 30 % lost, so many come through once in 17. */
const MANY_ANSWERS = 8;
/** A share of what a limited target was seen to answer, so that its allowance is not met at the edge. */
const LIMITED_SHARE = 0.7;
/** Slower than one in 200 ms nobody asks: the time is bounded elsewhere. */
const LEAST_RATE = 0.005;
/** The chance that is left to a port whose packets were lost every time. */
const RESIDUAL = 0.0005;
const MOST_EMPTY_PASSES = 8;
export const MOST_PASSES = 14;

export function startPace(limits: PaceLimits, atMs: number): Pace {
  return {
    limits,
    capacity: limits.capacity,
    window: limits.initialWindow,
    threshold: INITIAL_THRESHOLD,
    rtt: null,
    slowestMs: 0,
    credit: 1,
    creditAtMs: atMs,
    calmRate: limits.calmRate,
    reducedAtMs: Number.NEGATIVE_INFINITY,
    passes: [newPass(atMs)],
    lossy: false,
    references: { sent: 0, answered: 0, lost: 0 },
  };
}

export function next(pace: Pace, event: PaceEvent): Pace {
  const { atMs } = event;
  switch (event.kind) {
    case 'sent': {
      const pass = current(pace);
      return {
        ...pace,
        credit: creditAt(pace, atMs) - event.count,
        creditAtMs: atMs,
        passes: replaceLast(pace, { ...pass, sent: pass.sent + event.count, lastSentMs: atMs }),
      };
    }
    case 'answered':
      return afterAnswer(pace, event);
    case 'reference': {
      const { sent, answered, lost } = pace.references;
      const references = { sent, answered: answered + Number(event.answered), lost: lost + Number(!event.answered) };
      return { ...pace, references, lossy: pace.lossy || !event.answered };
    }
    case 'no-room':
      return { ...pace, capacity: Math.max(1, Math.floor(Math.min(pace.capacity, event.underWay) * 0.75)) };
    case 'pass-over':
      return afterPass(pace, atMs);
  }
}

/** How many packets may leave now. */
export function allowance(pace: Pace, underWay: number, atMs: number): number {
  return Math.max(0, Math.min(pace.capacity - underWay, Math.floor(creditAt(pace, atMs))));
}

/**
 * How many ports that have answered are to be asked again in the pass that begins: so many that their answers tell whether packets get lost.
 */
export function referencesWanted(pace: Pace): number {
  const { passes, limits, references, lossy } = pace;
  const answered = passes[0]?.answered ?? 0;
  if (lossy || answered === 0 || passes.length < 2) return 0;
  return Math.max(0, Math.min(limits.mostReferences, MANY_ANSWERS - answered) - references.sent);
}

/** Packets to ports that had answered are on their way. */
export function withReferences(pace: Pace, count: number): Pace {
  return { ...pace, references: { ...pace.references, sent: pace.references.sent + count } };
}

/** When the next packet may leave, as far as the rate is concerned. */
export function nextDepartureMs(pace: Pace): number {
  return pace.creditAtMs + Math.max(0, 1 - pace.credit) / rateOf(pace);
}

/** How long a port may stay silent in this pass. */
export function waitMs(pace: Pace): number {
  const { rtt, slowestMs, limits, passes } = pace;
  if (passes.length >= limits.fewestPasses) return limits.timeoutMs;
  const first = rtt === null ? UNKNOWN_WAIT_MS : Math.max(LEAST_WAIT_MS, 2 * (rtt.smoothedMs + 4 * rtt.variationMs));
  return Math.min(limits.timeoutMs, Math.max(first, 2 * slowestMs) * 2 ** (passes.length - 1));
}

/** Whether the silence of what is left may be believed: asked between two passes, before `pass-over`. */
export function isSettled(pace: Pace): boolean {
  const { passes, limits } = pace;
  if (passes.length >= MOST_PASSES) return true;
  const answers = passes.map((pass) => pass.answered);
  const known = (answers[0] ?? 0) + pace.references.answered >= MANY_ANSWERS;
  const needed = limits.fewestPasses + (known ? 0 : 1);
  const empty = answers.length - 1 - lastIndexAbove0(answers);
  if (!pace.lossy && !answers.slice(1).some((count) => count > 0)) return passes.length >= needed;
  return passes.length > needed && empty >= emptyPassesFor(Math.max(lossRatio(answers), referenceLossRatio(pace)));
}

/**
 * Share of the packets to answering ports that gets lost, from the number of answers in one pass and in the next: each pass asks those that
 * the one before has lost.
 */
export function lossRatio(answers: readonly number[]): number {
  const again = answers.slice(1).reduce((sum, count) => sum + count, 0);
  const before = answers.slice(0, -1).reduce((sum, count) => sum + count, 0);
  return again === 0 ? 0 : Math.min(1, again / Math.max(1, before));
}

function referenceLossRatio({ references: { answered, lost } }: Pace): number {
  return lost === 0 ? 0 : lost / (answered + lost);
}

function emptyPassesFor(loss: number): number {
  return Math.min(MOST_EMPTY_PASSES, Math.max(2, Math.ceil(Math.log(RESIDUAL) / Math.log(Math.min(0.8, Math.max(0.02, loss))))));
}

function afterAnswer(pace: Pace, { atMs, count, rttMs, lost, own }: Extract<PaceEvent, { kind: 'answered' }>): Pace {
  const credit = creditAt(pace, atMs);
  const pass = current(pace);
  const counted = own ? replaceLast(pace, { ...pass, answered: pass.answered + count }) : pace.passes;
  const base = { ...pace, credit, creditAtMs: atMs, passes: counted };
  if (lost) {
    // One packet lost is one signal a round, however many of them come (RFC 5681 section 3.1).
    if (atMs - pace.reducedAtMs < roundMs(pace)) return { ...base, lossy: true };
    const window = Math.max(4, pace.window / 2);
    return { ...base, lossy: true, window, threshold: window, reducedAtMs: atMs };
  }
  const grown = pace.window + (pace.window < pace.threshold ? count : count / pace.window);
  return {
    ...base,
    window: Math.min(pace.limits.maximumWindow, grown),
    // A rejection by this machine or by a router in between says nothing of how long the target takes.
    rtt: own ? estimate(pace.rtt, rttMs) : pace.rtt,
    slowestMs: own ? Math.max(pace.slowestMs, rttMs) : pace.slowestMs,
  };
}

function afterPass(pace: Pace, atMs: number): Pace {
  const pass = current(pace);
  const before = pace.passes.at(-2);
  const again = before !== undefined && pass.answered > 0;
  return {
    ...pace,
    calmRate: calmRateAfter(pace, pass, before),
    lossy: pace.lossy || again,
    credit: 1,
    creditAtMs: atMs,
    passes: [...pace.passes, newPass(atMs)],
  };
}

function calmRateAfter(pace: Pace, pass: Pass, before: Pass | undefined): number {
  if (pass.answered > 0 && pace.limits.limitedRate !== null) return pace.limits.limitedRate;
  return pass.answered > 0 && before !== undefined ? slower(pace, pass, before) : pace.calmRate;
}

/** Where as many answer again as before, it is the target that lets so many through: asked at that rate, it answers all. */
function slower(pace: Pace, pass: Pass, before: Pass): number {
  const lost = Math.min(1, pass.answered / Math.max(1, before.answered));
  const answeredRate = pass.answered / Math.max(1, pass.lastSentMs - pass.startedMs);
  const rate = lost < 0.5 ? pace.calmRate * (1 - lost) : Math.min(pace.calmRate, LIMITED_SHARE * answeredRate);
  return Math.max(LEAST_RATE, rate);
}

function estimate(rtt: Pace['rtt'], sampleMs: number): NonNullable<Pace['rtt']> {
  if (rtt === null) return { smoothedMs: sampleMs, variationMs: sampleMs / 2 };
  return {
    variationMs: 0.75 * rtt.variationMs + 0.25 * Math.abs(rtt.smoothedMs - sampleMs),
    smoothedMs: 0.875 * rtt.smoothedMs + 0.125 * sampleMs,
  };
}

function roundMs({ rtt }: Pace): number {
  return rtt === null ? UNKNOWN_ROUND_MS : Math.min(2 * UNKNOWN_ROUND_MS, Math.max(1, rtt.smoothedMs + 4 * rtt.variationMs));
}

function rateOf(pace: Pace): number {
  const byWindow = pace.window / roundMs(pace);
  // Few answers keep the window small, be the path ever so wide. Without a loss it does not slow down what is calm anyway.
  if (!pace.lossy) return pace.passes.length === 1 ? Math.min(pace.limits.firstRate, Math.max(byWindow, pace.calmRate)) : pace.calmRate;
  return Math.min(byWindow, pace.passes.length === 1 ? pace.limits.firstRate : pace.calmRate);
}

/** What the rate has saved up since: timers are late by a millisecond or more, and no more than 8 ms are made up for. */
function creditAt(pace: Pace, atMs: number): number {
  const rate = rateOf(pace);
  return Math.min(pace.credit + Math.max(0, atMs - pace.creditAtMs) * rate, Math.max(2, 8 * rate));
}

function current(pace: Pace): Pass {
  return pace.passes[pace.passes.length - 1] ?? newPass(pace.creditAtMs);
}

function replaceLast(pace: Pace, pass: Pass): readonly Pass[] {
  return [...pace.passes.slice(0, -1), pass];
}

function newPass(atMs: number): Pass {
  return { sent: 0, answered: 0, startedMs: atMs, lastSentMs: atMs };
}

function lastIndexAbove0(answers: readonly number[]): number {
  for (let index = answers.length - 1; index >= 0; index--) if ((answers[index] ?? 0) > 0) return index;
  return -1;
}
