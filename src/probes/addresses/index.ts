import type { Probe } from '../probe.js';
import { judgeAddresses } from './judge.js';
import { addressesNotTried, measureAddresses } from './measure.js';
import type { AddressesPlan } from './plan.js';

/** Each address of a name by itself, IPv4 and IPv6 apart, and which of them a client would take. */
export const addressesProbe: Probe<'addresses', AddressesPlan> = {
  name: 'addresses',
  measure: measureAddresses,
  notTried: addressesNotTried,
  judge: judgeAddresses,
};
