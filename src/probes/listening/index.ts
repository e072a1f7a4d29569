import type { ListeningOptions } from '../../model/probe-options.js';
import type { Probe } from '../probe.js';
import { judgeListening } from './judge.js';
import { listeningNotTried, measureListening } from './measure.js';

/** What listens on this machine, by whom and for whom, beside what should. Its plan is what was asked for, as it is. */
export const listeningProbe: Probe<'listening', ListeningOptions> = {
  name: 'listening',
  measure: measureListening,
  notTried: (_address, attempt) => listeningNotTried({ asked: null, expected: null }, attempt),
  judge: judgeListening,
};
