import type { DataOf } from '../../model/measurement.js';

/** A machine has one or two; a laboratory has more. */
export const RADIO_LIMIT = 8;

/** Bands of IEEE 802.11; `null` for what is in none of them. */
export function bandOf(frequencyMhz: number): DataOf<'wireless'>['radios'][number]['band'] {
  if (frequencyMhz >= 2400 && frequencyMhz < 2500) return '2.4 GHz';
  if (frequencyMhz >= 5000 && frequencyMhz < 5925) return '5 GHz';
  if (frequencyMhz >= 5925 && frequencyMhz <= 7125) return '6 GHz';
  return frequencyMhz >= 57_000 && frequencyMhz <= 71_000 ? '60 GHz' : null;
}
