import type { MachineProbe } from '../machine-probe.js';
import { judgeFirewall } from './judge.js';
import { measureFirewall } from './measure.js';
import { firewallNotTried } from './not-tried.js';

/** The packet filters of this machine. */
export const firewallProbe: MachineProbe<'firewall'> = {
  name: 'firewall',
  label: 'firewall',
  isAsked: () => true,
  measure: measureFirewall,
  notTried: firewallNotTried,
  judge: judgeFirewall,
};
