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
}

/**
 * The stamps are of the system's clock, which may be stepped between two of them. A round trip of theirs that is longer than the process
 * saw, by more than this, is not believed.
 */
const STAMP_TOLERANCE_MS = 1;

/** The kernel's round trip where both stamps are there and agree with the process clock, else that of the process. */
export function roundTrip({ sentMs, sentNs }: Departure, { receivedMs, receivedNs }: Arrival): { rttMs: number; clock: ClockSource } {
  const processMs = receivedMs - sentMs;
  if (sentNs !== null && receivedNs !== null) {
    const kernelMs = Number(receivedNs - sentNs) / 1e6;
    if (kernelMs >= 0 && kernelMs <= processMs + STAMP_TOLERANCE_MS) return { rttMs: kernelMs, clock: 'kernel' };
  }
  return { rttMs: Math.max(0, processMs), clock: 'user' };
}
