import { type Attempt, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import type { ClockSource, IcmpErrorCount } from '../../model/measurement.js';

/** Of packets that did not leave, so many are remembered with their time. */
const MOST_TIMES = 1000;

/** What a series of round trips is measured by. */
export type SeriesMethod = 'icmp' | 'udp' | 'tcp' | 'system';

/** What became of one probe of a series. */
export interface Sample {
  seq: number;
  /** `null`: no answer came within the time-out, or one came whose time is not known. */
  rttMs: number | null;
  /** What timed it; `null` without an answer, and where the tool that timed it does not say. */
  clock: ClockSource | null;
  /** Answered, but at a time that is not told (`time<1ms`); absent otherwise. */
  untimed?: true;
  /** When it was sent, on the clock of the process; absent: the tool that sent it does not tell. */
  sentMs?: number;
  /** An answer that came after the time-out, so that it counts as lost, and how long it took; absent otherwise. */
  lateMs?: number;
  /** How long this machine kept it before it left; absent: not long, or not told. */
  heldMs?: number;
}

/** Whether an answer came to it, timed or not. */
export function isAnswered(sample: Sample): boolean {
  return sample.rttMs !== null || sample.untimed === true;
}

/** A series of probes to one address by one method. */
export interface RoundTripSeries {
  method: SeriesMethod;
  /** `measured` as soon as one probe was answered. */
  attempt: Attempt<null>;
  /** Probes that left. In the order sent; one that was still on its way when the series was interrupted is left out. */
  samples: Sample[];
  /** `null` where the method cannot see it: TCP hides duplicates and order. */
  duplicated: number | null;
  /** Answers that came after that of a later probe. */
  reordered: number | null;
  icmpErrors: IcmpErrorCount[];
  /** Packets that did not leave this machine, by errno; `atMs`: when, on the clock of the process, where that is told. */
  notSent: { code: string; count: number; atMs?: number[] }[];
  /** Answers that came after the time-out, and the quickest of them; `null` where the method does not tell. */
  late: { count: number; fastestMs: number | null } | null;
  /** Messages that this machine itself dropped, answers perhaps among them; `null` where the method does not tell. */
  droppedHere: number | null;
  /** Whether ICMP echo was answered; `null` where it was not tried. */
  echoAnswered: boolean | null;
  /** When connects were sent that the host refused, on the clock of the process; absent: none was. */
  refusedAtMs?: number[];
}

/**
 * `kernel` where every round trip has both of the kernel's stamps, `user` as soon as the process clock timed one; `null` without a round
 * trip, and where it is not told what timed one of them.
 */
export function clockOf(samples: readonly Sample[]): ClockSource | null {
  const clocks = new Set(samples.filter(({ rttMs }) => rttMs !== null).map(({ clock }) => clock));
  if (clocks.size === 0 || clocks.has(null)) return null;
  return clocks.has('user') ? 'user' : 'kernel';
}

/** Collects what comes of the probes of a series, in whatever order. */
export class Collector {
  readonly samples: Sample[] = [];
  duplicated = 0;
  reordered = 0;
  answered = 0;
  refusal: NotMeasured | null = null;
  droppedHere: number | null = null;
  late: RoundTripSeries['late'] = null;
  /** When connects were sent that the host refused, on the clock of the process. */
  readonly refusedAtMs: number[] = [];
  #highestAnswered = -1;
  readonly #errors = new Map<string, IcmpErrorCount>();
  readonly #notSent = new Map<string, { count: number; atMs: number[] }>();

  /** `sentMs` is on the clock of the process; absent where it is not told. */
  sent(seq: number, sentMs?: number): void {
    this.samples[seq] = { seq, rttMs: null, clock: null, ...(sentMs === undefined ? {} : { sentMs }) };
  }

  /** `rttMs` is `null` for an answer whose time is not told. */
  reply(seq: number, rttMs: number | null, clock: ClockSource | null, heldMs?: number): void {
    const sample = this.samples[seq];
    if (sample === undefined) return;
    if (isAnswered(sample)) {
      this.duplicated++;
      return;
    }
    if (rttMs === null) sample.untimed = true;
    sample.rttMs = rttMs;
    sample.clock = clock;
    if (heldMs !== undefined) sample.heldMs = heldMs;
    this.answered++;
    if (seq < this.#highestAnswered) this.reordered++;
    this.#highestAnswered = Math.max(this.#highestAnswered, seq);
  }

  /** Counts a packet that did not leave this machine, be it a sample or not. `atMs` is on the clock of the process. */
  neverLeft(code: string, atMs?: number): void {
    const known = this.#notSent.get(code) ?? { count: 0, atMs: [] };
    known.count++;
    if (atMs !== undefined && known.atMs.length < MOST_TIMES) known.atMs.push(atMs);
    this.#notSent.set(code, known);
  }

  /** An answer after the time-out: a loss to whoever waits no longer, and yet the target answers. */
  lateReply(seq: number, rttMs: number): void {
    const sample = this.samples[seq];
    if (sample !== undefined && !isAnswered(sample)) sample.lateMs ??= rttMs;
    const { count, fastestMs } = this.late ?? { count: 0, fastestMs: null };
    this.late = { count: count + 1, fastestMs: Math.min(fastestMs ?? rttMs, rttMs) };
  }

  /** It never left, so it is no sample; that it did not is a finding of its own. */
  refused(seq: number, code: string): void {
    const atMs = this.samples[seq]?.sentMs;
    delete this.samples[seq];
    this.neverLeft(code, atMs);
    this.refusal ??= { kind: 'failed', step: 'send', code, message: sendFailure(code) };
  }

  /**
   * An interrupt at `atMs` cut short the wait for those of the `unanswered` whose time-out was not over: they are neither answered nor lost.
   * Of the packets sent as late as those only the quick ones are known, so all of them are left out, or a series would lose the less the
   * more is on its way; they stay where nothing else is left.
   *
   * @returns whether answered ones were left out
   */
  cutOff(unanswered: readonly number[], atMs: number, timeoutMs: number): boolean {
    const hadTime = (sample: Sample | undefined) =>
      sample !== undefined && (sample.sentMs === undefined || sample.sentMs + timeoutMs <= atMs);
    const unsettled = unanswered.filter((seq) => !hadTime(this.samples[seq]));
    for (const seq of unsettled) delete this.samples[seq];
    if (unsettled.length === 0 || !this.samples.some(hadTime)) return false;
    for (const seq of this.samples.keys()) if (!hadTime(this.samples[seq])) delete this.samples[seq];
    return true;
  }

  icmpError({ from, type, code, meaning }: Omit<IcmpErrorCount, 'count'>, count = 1): void {
    const key = `${from} ${type} ${code}`;
    const known = this.#errors.get(key);
    if (known !== undefined) known.count += count;
    else this.#errors.set(key, { from, type, code, meaning, count });
  }

  series(method: SeriesMethod, waitedMs: number, interrupted: boolean): RoundTripSeries {
    const samples = this.samples.filter((sample) => sample !== undefined);
    const attempt: Attempt<null> =
      this.answered > 0
        ? measured(null)
        : (this.refusal ?? (interrupted ? skipped('interrupted') : unanswered(method === 'tcp' ? 'connect' : 'response', waitedMs)));
    const seesOrder = method !== 'tcp' && samples.length > 0;
    // The system's ping sends echoes too.
    const isEcho = method === 'icmp' || method === 'system';
    const tried = this.refusal?.kind !== 'unavailable' && !(interrupted && this.answered === 0);
    return {
      method,
      attempt,
      samples,
      duplicated: seesOrder ? this.duplicated : null,
      reordered: seesOrder ? this.reordered : null,
      icmpErrors: [...this.#errors.values()],
      notSent: [...this.#notSent].map(([code, { count, atMs }]) => ({ code, count, ...(atMs.length === 0 ? {} : { atMs }) })),
      late: this.late,
      droppedHere: this.droppedHere,
      echoAnswered: isEcho && tried ? this.answered > 0 : null,
      ...(this.refusedAtMs.length === 0 ? {} : { refusedAtMs: this.refusedAtMs }),
    };
  }
}

function sendFailure(code: string): string {
  return code === 'ENETUNREACH' ? 'the network is unreachable: there is no route' : `the packet could not be sent (${code})`;
}
