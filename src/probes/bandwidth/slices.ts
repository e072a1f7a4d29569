import type { LoadReading } from '../../net/port.js';

/** Where a load and the interface stood at one moment. */
export interface Reading extends LoadReading {
  /** Since the load began. */
  atMs: number;
  /** Of the direction that is loaded; `null`: not told. */
  interfaceBytes: number | null;
  /** When that was read, on the same clock. */
  interfaceAtMs: number;
}

export interface Slice {
  /** Its end. */
  atMs: number;
  spanMs: number;
  mbps: number;
  interfaceMbps: number | null;
}

const BITS = 8;

/** Megabits a second: 10^6 bits, as lines are sold. */
export function rateMbps(bytes: number, spanMs: number): number {
  return spanMs <= 0 ? 0 : (Math.max(0, bytes) * BITS) / spanMs / 1000;
}

/** What moved between one reading and the next. What a server refused afterwards is taken off a total, and makes no rate below 0. Pure. */
export function slicesOf(readings: readonly Reading[]): Slice[] {
  return readings.flatMap((reading, index) => {
    const before = readings[index - 1];
    if (before === undefined || reading.atMs <= before.atMs) return [];
    const spanMs = reading.atMs - before.atMs;
    return [{ atMs: reading.atMs, spanMs, mbps: rateMbps(reading.bytes - before.bytes, spanMs), interfaceMbps: crossed(before, reading) }];
  });
}

/** What crossed the interface between two readings; `null` where that was not told, or the counter was reset. */
export function crossed(first: Reading, last: Reading): number | null {
  const bytes = crossedBytes(first, last);
  const spanMs = last.interfaceAtMs - first.interfaceAtMs;
  return bytes === null || spanMs <= 0 ? null : rateMbps(bytes, spanMs);
}

export function crossedBytes(first: Reading, last: Reading): number | null {
  if (first.interfaceBytes === null || last.interfaceBytes === null || last.interfaceBytes < first.interfaceBytes) return null;
  return last.interfaceBytes - first.interfaceBytes;
}
