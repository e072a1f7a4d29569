import type { MachineProbe } from '../machine-probe.js';
import { judgeKernel } from './judge.js';
import { measureKernel } from './measure.js';
import { kernelNotTried } from './not-tried.js';

/** Settings, tables and limits of the kernel. */
export const kernelProbe: MachineProbe<'kernel'> = {
  name: 'kernel',
  label: 'kernel settings',
  isAsked: () => true,
  measure: measureKernel,
  notTried: kernelNotTried,
  judge: judgeKernel,
};
