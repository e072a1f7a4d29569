import type { Policy } from '../limits.js';
import { DEFAULT_POLICY } from './default.js';

/** Calls, with and without pictures. */
export const VOIP_POLICY: Policy = {
  ...DEFAULT_POLICY,
  name: 'voip',
  summary: 'telephone and video calls',
  rttMs: {
    objective: 200,
    acceptable: 300,
    critical: 800,
    because:
      'limits of one way, taken twice for a round trip, since one direction cannot be timed alone from here: ITU-T Y.1541 allows the network 100 ms in class 0; G.114 and G.1010 find 150 ms good and 400 ms the limit. These two are from mouth to ear, and the telephones take 50 to 80 ms of them (Y.1541, appendices III and X)',
  },
  jitterMs: {
    objective: 20,
    acceptable: 30,
    critical: 50,
    because:
      'under one packet of 20 ms (RFC 3551) no buffer need grow; 30 ms is commonly used; ITU-T Y.1541 allows the classes 0 and 1 50 ms. Both ways of a round trip are in what is measured',
  },
  lossRatio: {
    objective: 0.001,
    acceptable: 0.01,
    critical: 0.03,
    because:
      'ITU-T Y.1541 allows 0.1 %, G.1010 less than 3 %. Each per cent costs G.711 with concealment about 4 points of R in the E-model (G.107, G.113 appendix I), much more without. A stretch with 6.25 % and more is a burst (RFC 3611, Gmin 16). A loss on either way is in what is measured',
  },
};
