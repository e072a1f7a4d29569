import type { MachineProbe } from '../machine-probe.js';
import { judgeSurroundings } from './judge.js';
import { measureSurroundings, surroundingsNotTried } from './measure.js';

/** Where this machine stands. */
export const surroundingsProbe: MachineProbe<'surroundings'> = {
  name: 'surroundings',
  label: 'surroundings',
  isAsked: () => true,
  measure: measureSurroundings,
  notTried: surroundingsNotTried,
  judge: judgeSurroundings,
};
