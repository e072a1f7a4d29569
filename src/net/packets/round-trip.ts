import type { ClockSource } from '../../model/measurement.js';

/** When a packet left. */
export interface Departure {
  /** Of the process clock, in milliseconds. */
  sentMs: number;
  /** The kernel's stamp, in nanoseconds of the system clock; `null` until the error queue brings it, and where there is none. */
  sentNs: bigint | null;
}

/** When an answer came, on the same two clocks. */
export interface Arrival {
  receivedMs: number;
  receivedNs: bigint | null;
  /** Of the system clock, in milliseconds since 1970, when {@link receivedMs} was read; absent: not told. */
  receivedWallMs?: number;
}

/**
 * The stamps are of the system's clock, which may be stepped between two of them. A round trip of theirs that is longer than the process
 * saw, by more than this, is not believed.
 */
const STAMP_TOLERANCE_MS = 1;

/** Between the call and the stamp of departure; less than this is the turn of the event loop and of the processor. */
const LEAST_HELD_MS = 20;

/**
 * The kernel's round trip where both stamps are there and agree with the process clock, else that of the process. `heldMs`: how long the
 * packet waited in this machine before it left (for a link address, or in a queue), where that was long.
 */
export function roundTrip(
  { sentMs, sentNs }: Departure,
  { receivedMs, receivedNs, receivedWallMs }: Arrival,
): { rttMs: number; clock: ClockSource; heldMs?: number } {
  const processMs = receivedMs - sentMs;
  if (sentNs !== null && receivedNs !== null) {
    const kernelMs = Number(receivedNs - sentNs) / 1e6;
    if (kernelMs >= 0 && kernelMs <= processMs + STAMP_TOLERANCE_MS) {
      const heldMs = receivedWallMs === undefined ? 0 : Number(sentNs / 1000n) / 1000 - (receivedWallMs - processMs);
      return { rttMs: kernelMs, clock: 'kernel', ...(heldMs >= LEAST_HELD_MS && heldMs <= processMs ? { heldMs } : {}) };
    }
  }
  return { rttMs: Math.max(0, processMs), clock: 'user' };
}
