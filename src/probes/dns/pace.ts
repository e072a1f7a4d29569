/** How many questions may be under way, and from what: see {@link nextPace}. */
export interface Pace {
  window: number;
  /** What a server takes for an answer, smoothed. */
  serverMs: number;
}

/** With fewer, one answer that does not come would hold up the others. */
const SMALLEST_WINDOW = 8;
/** A burst that resolvers take of one client: unbound lets one address have a hundred under way by TCP, and Linux keeps 212 KB for a socket. */
const LARGEST_WINDOW = 64;
/** Questions that one processor asks and reads in a millisecond, about. */
const QUESTIONS_A_MILLISECOND = 2;
/** Weight of the newest time: that of TCP's smoothed round trip (RFC 6298). */
const WEIGHT = 1 / 8;

export const FIRST_PACE: Pace = paceFor(8);

/**
 * How many questions may be under way, after another one took `durationMs`, of which this process was late by `stalledMs`. As many as this
 * machine can handle in the time that the server takes (Little's law): more would only wait for the machine, and make every time longer but no
 * answer earlier. A slow server has more of them under way, and our own lateness is no part of its time.
 */
export function nextPace({ serverMs }: Pace, durationMs: number, stalledMs: number | null): Pace {
  const latestMs = Math.max(0, durationMs - (stalledMs ?? 0));
  return paceFor(serverMs + (latestMs - serverMs) * WEIGHT);
}

function paceFor(serverMs: number): Pace {
  const window = Math.round(serverMs * QUESTIONS_A_MILLISECOND);
  return { serverMs, window: Math.min(LARGEST_WINDOW, Math.max(SMALLEST_WINDOW, window)) };
}
