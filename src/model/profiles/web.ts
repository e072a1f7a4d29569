import type { Policy } from '../limits.js';
import { DEFAULT_POLICY } from './default.js';

/** Round trips of the lines that Lighthouse simulates (core/config/constants.js): dense 4G on a desktop, slow 4G, regular 3G. */
const LINES = { objective: 40, acceptable: 150, critical: 300 };
const LIGHTHOUSE = 'Lighthouse simulates a desktop line with 40 ms, slow 4G with 150 ms and regular 3G with 300 ms a round trip';

/** Pages in a browser. */
export const WEB_POLICY: Policy = {
  ...DEFAULT_POLICY,
  name: 'web',
  summary: 'pages and web applications in a browser',
  rttMs: { ...LINES, because: LIGHTHOUSE },
  tcpConnectMs: { ...LINES, because: `a connection costs one round trip; ${LIGHTHOUSE}` },
  tlsHandshakeMs: {
    objective: 40,
    acceptable: 300,
    critical: 600,
    because: `one round trip in TLS 1.3 (RFC 8446), two in TLS 1.2 (RFC 5246); ${LIGHTHOUSE}`,
  },
  dnsQueryMs: {
    objective: 20,
    acceptable: 120,
    critical: 1000,
    because:
      "Yahoo's Best Practices for Speeding Up Your Web Site: a look-up typically takes 20 to 120 ms; above 1 s clients begin to ask again",
  },
  firstByteMs: {
    objective: 200,
    acceptable: 800,
    critical: 1800,
    because:
      'web.dev time to first byte: good up to 0.8 s, poor above 1.8 s. There it counts from the click on; here from the request, as DNS, TCP and TLS have limits of their own. The objective of 200 ms is commonly used',
  },
  webSocketRttMs: {
    objective: 100,
    acceptable: 200,
    critical: 500,
    because:
      'what a click brings about: at once up to 100 ms (web.dev RAIL); Interaction to Next Paint is good up to 200 ms, poor above 500 ms',
  },
};
