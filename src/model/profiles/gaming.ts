import type { Policy } from '../limits.js';
import { DEFAULT_POLICY } from './default.js';

/** Games in which it counts who acts first. */
export const GAMING_POLICY: Policy = {
  ...DEFAULT_POLICY,
  name: 'gaming',
  summary: 'games in which it counts who acts first',
  rttMs: {
    objective: 50,
    acceptable: 100,
    critical: 180,
    because:
      'some of the quickest games suffer from about 50 ms on (Raaen, Latency Thresholds for Usability in Games: A Survey); the threshold of games seen in the first person is 100 ms (Claypool and Claypool, Latency and Player Actions in Online Games, 2006); players prefer servers within 150 to 180 ms (Armitage 2003). All of them are held to be round trips, as games show them',
  },
  jitterMs: {
    objective: 5,
    acceptable: 15,
    critical: 50,
    because:
      'servers usually send 20 to 30 packets a second (Valve, Source Multiplayer Networking): half of the 33 ms between two of them is evened out by interpolation, and what is 50 ms late comes behind its successor. The objective is commonly used',
  },
  lossRatio: {
    objective: 0,
    acceptable: 0.03,
    critical: 0.05,
    because:
      'ITU-T G.1010 asks for none; the loss found on servers, 3 % at most, had no effect on players (Beigbeder et al., The Effects of Loss and Latency on User Performance in Unreal Tournament 2003, 2004). The limit of 5 % is commonly used',
  },
};
