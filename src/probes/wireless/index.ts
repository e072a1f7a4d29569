import type { MachineProbe } from '../machine-probe.js';
import { judgeWireless } from './judge.js';
import { measureWireless } from './measure.js';
import { wirelessNotTried } from './not-tried.js';

/** Signal of the radios. */
export const wirelessProbe: MachineProbe<'wireless'> = {
  name: 'wireless',
  label: 'Wi-Fi signal',
  isAsked: () => true,
  measure: measureWireless,
  notTried: wirelessNotTried,
  judge: judgeWireless,
};
