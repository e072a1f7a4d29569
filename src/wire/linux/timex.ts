import { type Parsed, parsed, refused } from '../parsed.js';

/** `struct timex` of 64-bit Linux, the same on x86-64 and arm64 (adjtimex(2), include/uapi/linux/timex.h). */
export const TIMEX_BYTES = 208;

const STA_INS = 0x10;
const STA_DEL = 0x20;
const STA_UNSYNC = 0x40;
const STA_PPSSIGNAL = 0x100;
const STA_CLOCKERR = 0x1000;
const STA_NANO = 0x2000;
/** What adjtimex(2) returns besides -1 where the clock is not synchronised. */
const TIME_ERROR = 5;
/** `NTP_PHASE_LIMIT`, in microseconds: what the kernel says where nobody told it of an error. */
const UNKNOWN_ERROR_US = 16_000_000;

/** What the kernel knows of its clock. */
export interface KernelClock {
  /** Somebody disciplines the clock and has told the kernel so. */
  synchronized: boolean;
  /** As that somebody told; `null`: nobody did. */
  estimatedErrorMs: number | null;
  maximumErrorMs: number | null;
  /** What is left of the last correction. */
  remainingOffsetMs: number;
  /** How much faster (or, negative, slower) the kernel makes its clock run, in millionths. */
  frequencyPpm: number;
  leap: 'none' | 'insert' | 'delete';
  pulsePerSecond: boolean;
  hardwareFault: boolean;
  /** TAI less UTC in seconds; `null`: nobody told. */
  taiOffsetSeconds: number | null;
  /** Time of the kernel when it was asked, in milliseconds since 1970. */
  timeMs: number;
}

/** @param state what adjtimex(2) returned */
export function parseTimex(bytes: Uint8Array, state: number): Parsed<KernelClock> {
  if (bytes.length < TIMEX_BYTES) return refused(`struct timex has ${bytes.length} bytes in place of ${TIMEX_BYTES}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const status = view.getInt32(40, true);
  const nanoseconds = (status & STA_NANO) !== 0;
  const perMs = nanoseconds ? 1e6 : 1e3;
  const microseconds = (at: number) => {
    const value = Number(view.getBigInt64(at, true));
    return value < 0 || value >= UNKNOWN_ERROR_US ? null : value / 1000;
  };
  const seconds = Number(view.getBigInt64(72, true));
  const fraction = Number(view.getBigInt64(80, true));
  if (seconds < 0 || fraction < 0 || fraction >= perMs * 1000) return refused('struct timex holds no time');
  const tai = view.getInt32(160, true);
  return parsed({
    synchronized: (status & STA_UNSYNC) === 0 && state !== TIME_ERROR,
    maximumErrorMs: microseconds(24),
    estimatedErrorMs: microseconds(32),
    remainingOffsetMs: Number(view.getBigInt64(8, true)) / perMs,
    // 16 bits of it are a fraction.
    frequencyPpm: Number(view.getBigInt64(16, true)) / 65_536,
    leap: (status & STA_INS) !== 0 ? 'insert' : (status & STA_DEL) !== 0 ? 'delete' : 'none',
    pulsePerSecond: (status & STA_PPSSIGNAL) !== 0,
    hardwareFault: (status & STA_CLOCKERR) !== 0,
    taiOffsetSeconds: tai === 0 ? null : tai,
    timeMs: seconds * 1000 + fraction / perMs,
  });
}
