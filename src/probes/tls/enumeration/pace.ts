/** How many connections may be under way, and when the next may begin. A server that falls behind is asked less at once. */
export class Pace {
  private allowed: number;
  private readonly most: number;
  private readonly gapMs: number;
  private nextMs = Number.NEGATIVE_INFINITY;
  private successes = 0;

  constructor({ concurrency, perSecond }: { concurrency: number; perSecond: number }) {
    this.most = Math.max(1, concurrency);
    this.allowed = this.most;
    this.gapMs = 1000 / Math.max(1, perSecond);
  }

  get atOnce(): number {
    return this.allowed;
  }

  /** Takes the place of a connection: milliseconds from `nowMs` until it may begin. */
  book(nowMs: number): number {
    const startMs = Math.max(nowMs, this.nextMs);
    this.nextMs = startMs + this.gapMs;
    return startMs - nowMs;
  }

  /** `fault`: no answer, a reset, no connection. Half as many from then on, and one more again after as many answers as are at once. */
  ended(fault: boolean): void {
    if (fault) {
      this.allowed = Math.max(1, Math.floor(this.allowed / 2));
      this.successes = 0;
    } else if (this.allowed < this.most && ++this.successes >= this.allowed * 2) {
      this.allowed++;
      this.successes = 0;
    }
  }
}
