import type { Grades } from '../grades.js';
import type { Policy } from '../limits.js';
import { DEFAULT_POLICY } from './default.js';

const REQUIREMENTS = 'network requirements of a platform';

/** Their tables name the 99th percentile. */
const REST = {
  objective: 100,
  acceptable: 200,
  critical: 500,
  percentile: 'p99',
  because: `${REQUIREMENTS}: REST interfaces at p99`,
} satisfies Grades;

/** Services in containers, with interfaces to exchanges and databases. */
export const PLATFORM_POLICY: Policy = {
  ...DEFAULT_POLICY,
  name: 'platform',
  summary: 'a platform of services: interfaces to exchanges, REST, WebSocket and databases',
  rttMs: {
    objective: 50,
    acceptable: 100,
    critical: 200,
    percentile: 'p99',
    because: `${REQUIREMENTS}: the interface of an exchange, and service to service, at p99`,
  },
  jitterMs: {
    objective: 5,
    acceptable: 10,
    critical: 100,
    because: `${REQUIREMENTS}: under 10 ms; objective and critical as in the profile default`,
  },
  lossRatio: {
    objective: 0,
    acceptable: 0.001,
    critical: 0.05,
    because: `${REQUIREMENTS}: under 0.1 %; objective and critical as in the profile default`,
  },
  utilisationRatio: {
    objective: 0.5,
    acceptable: 0.7,
    critical: 0.9,
    because: `${REQUIREMENTS}: utilisation warns at 70 %, critical at 90 %; at half of it a line that fails can be made up for by another`,
  },
  tcpConnectMs: {
    objective: 50,
    acceptable: 100,
    critical: 200,
    because: `${REQUIREMENTS}: service to service; a connection costs one round trip, and is held to the same`,
  },
  databaseConnectMs: {
    objective: 10,
    acceptable: 50,
    critical: 100,
    because: `${REQUIREMENTS}: databases; of a query this is what the network and the accept take`,
  },
  firstByteMs: REST,
  responseMs: REST,
  webSocketRttMs: { objective: 50, acceptable: 100, critical: 500, percentile: 'p99', because: `${REQUIREMENTS}: WebSocket at p99` },
  certificateRemainingDays: {
    objective: 30,
    acceptable: 14,
    critical: 0,
    ofLifetimeRatio: 1 / 3,
    because: `${REQUIREMENTS}: renewed every 90 days; renewal commonly begins with a third of that left, and with two weeks left it has failed`,
  },
  minimumTlsVersion: { version: 'TLSv1.2', because: `${REQUIREMENTS}: TLS 1.2 at least, 1.3 preferred; RFC 8996 forbids what is older` },
};
