import type { Probe } from '../probe.js';
import { judgeQuic } from './judge.js';
import { measureQuic, quicNotTried } from './measure.js';
import type { QuicPlan } from './plan.js';

/** Whether QUIC gets through to a service, where it is to be expected. */
export const quicProbe: Probe<'quic', QuicPlan> = {
  name: 'quic',
  measure: measureQuic,
  notTried: quicNotTried,
  judge: judgeQuic,
};
