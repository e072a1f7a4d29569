import { TIMEX_BYTES } from '../../src/wire/linux/timex.js';

/** `struct timex`, as adjtimex(2) fills it in on x86-64 and arm64. */
export function timex(
  fields: Partial<Record<'offset' | 'frequency' | 'maximum' | 'estimated' | 'status' | 'seconds' | 'fraction' | 'tai', number>>,
): Uint8Array {
  const bytes = new Uint8Array(TIMEX_BYTES);
  const view = new DataView(bytes.buffer);
  const long = (at: number, value = 0) => view.setBigInt64(at, BigInt(value), true);
  long(8, fields.offset);
  long(16, fields.frequency);
  long(24, fields.maximum);
  long(32, fields.estimated);
  view.setInt32(40, fields.status ?? 0, true);
  long(72, fields.seconds ?? 1_795_332_021);
  long(80, fields.fraction);
  view.setInt32(160, fields.tai ?? 0, true);
  return bytes;
}
