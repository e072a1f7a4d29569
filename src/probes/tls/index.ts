import type { Probe } from '../probe.js';
import { judgeTls } from './judge.js';
import { measureTls, tlsNotTried } from './measure.js';
import type { TlsPlan } from './plan.js';

/** One TLS handshake: what was negotiated, and whether the certificate holds. */
export const tlsProbe: Probe<'tls', TlsPlan> = { name: 'tls', measure: measureTls, notTried: tlsNotTried, judge: judgeTls };
