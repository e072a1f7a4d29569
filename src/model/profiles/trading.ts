import type { Grades } from '../grades.js';
import { TRADING_KERNEL_POLICY } from '../kernel-settings.js';
import type { Policy } from '../limits.js';
import { DEFAULT_POLICY } from './default.js';

const BROKER = 'what those who trade hold a way to their broker against';

/** Request to response, whatever carries it. */
const EXECUTION = {
  objective: 5,
  acceptable: 50,
  critical: 200,
  because: `${BROKER}: from an order sent to its confirmation under 5 and 50 ms, above 200 ms is critical`,
} satisfies Grades;

/** A machine that trades: few bytes, and each of them at once. */
export const TRADING_POLICY: Policy = {
  ...DEFAULT_POLICY,
  name: 'trading',
  summary: 'a machine that trades: few bytes, and each of them at once',
  rttMs: {
    objective: 2,
    acceptable: 20,
    critical: 100,
    because: `${BROKER}: under 1, 10 and 50 ms one way; a round trip is twice that, since one direction cannot be timed alone from here`,
  },
  jitterMs: { objective: 0.5, acceptable: 5, critical: 20, because: BROKER },
  queueingMs: {
    objective: 0,
    acceptable: 20,
    critical: 100,
    because: 'a queue alone must not use up what the whole round trip may take',
  },
  lossRatio: { objective: 0, acceptable: 0.001, critical: 0.01, because: `${BROKER}: an order that is sent again comes late` },
  tcpConnectMs: {
    objective: 2,
    acceptable: 20,
    critical: 100,
    because: `${BROKER}: a connection costs one round trip, and is held to the same`,
  },
  uptimeRatio: {
    objective: 0.9999,
    acceptable: 0.999,
    critical: 0.99,
    because: `${BROKER}: a connection that is up 99.99 % or 99.9 % of the time, below 99 % is critical; here the share of new ones that open`,
  },
  tlsHandshakeMs: { objective: 10, acceptable: 100, critical: 250, because: BROKER },
  dnsQueryMs: { objective: 1, acceptable: 10, critical: 50, because: `${BROKER}: a name that is in a cache` },
  firstByteMs: EXECUTION,
  responseMs: EXECUTION,
  webSocketRttMs: EXECUTION,
  messagesPerSecond: {
    objective: 1000,
    acceptable: 100,
    critical: 10,
    because: `${BROKER}: above 1000 and 100 messages a second, below 10 is critical; a market at rest has fewer`,
  },
  kernel: TRADING_KERNEL_POLICY,
};
