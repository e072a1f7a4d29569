import type { MachineProbe } from '../machine-probe.js';
import { judgeNameService } from './judge.js';
import { measureNameService, nameServiceNotTried } from './measure.js';

/** How names become addresses on this machine. */
export const nameServiceProbe: MachineProbe<'name-service'> = {
  name: 'name-service',
  label: 'name service',
  isAsked: () => true,
  measure: measureNameService,
  notTried: nameServiceNotTried,
  judge: judgeNameService,
};
