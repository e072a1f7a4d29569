import type { MachineProbe } from '../machine-probe.js';
import { judgeDuplicateAddress } from './judge.js';
import { duplicateAddressNotTried, measureDuplicateAddress } from './measure.js';

/** Addresses of this machine that another one claims. */
export const duplicateAddressProbe: MachineProbe<'duplicate-address'> = {
  name: 'duplicate-address',
  label: 'addresses claimed by others',
  isAsked: () => true,
  measure: measureDuplicateAddress,
  notTried: duplicateAddressNotTried,
  judge: judgeDuplicateAddress,
};
