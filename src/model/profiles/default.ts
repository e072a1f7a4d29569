import { DEFAULT_KERNEL_POLICY } from '../kernel-settings.js';
import type { Policy } from '../limits.js';

/** What most uses of a network bear. Profiles take from here whatever they have no opinion about. */
export const DEFAULT_POLICY: Policy = {
  name: 'default',
  summary: 'what most uses of a network bear',
  gatewayRttMs: { objective: 2, acceptable: 10, critical: 100, because: 'a wired first hop answers within 1 ms, Wi-Fi within about 10 ms' },
  rttMs: {
    objective: 50,
    acceptable: 150,
    critical: 400,
    because:
      'ITU-T G.114: up to 150 ms one way is fine for most uses, above 400 ms is not acceptable for planning; a round trip is held to the same',
  },
  jitterMs: { objective: 5, acceptable: 30, critical: 100, because: 'voice receivers commonly buffer 30 to 50 ms' },
  queueingMs: {
    objective: 0,
    acceptable: 75,
    critical: 400,
    because:
      'from half of what ITU-T G.114 allows a conversation one way (150 ms) a queue is felt; above 400 ms it alone is not acceptable',
  },
  lossRatio: {
    objective: 0,
    acceptable: 0.01,
    critical: 0.05,
    because: 'TCP throughput halves near 1 % (Mathis et al. 1997); speech breaks up near 5 % (ITU-T G.113)',
  },
  downMbps: null,
  upMbps: null,
  utilisationRatio: null,
  tcpConnectMs: {
    objective: 50,
    acceptable: 300,
    critical: 1000,
    because: 'one round trip and the accept; above 1 s the first SYN was lost (RFC 6298 initial time-out)',
  },
  uptimeRatio: null,
  databaseConnectMs: null,
  tlsHandshakeMs: { objective: 100, acceptable: 500, critical: 2000, because: 'one or two round trips and the signatures of the server' },
  dnsQueryMs: {
    objective: 10,
    acceptable: 100,
    critical: 1000,
    because: 'a cached answer costs one round trip to the resolver; above 1 s clients begin to ask again',
  },
  firstByteMs: {
    objective: 200,
    acceptable: 800,
    critical: 1800,
    because: 'web.dev time to first byte: good below 0.8 s, poor above 1.8 s',
  },
  responseMs: null,
  clockSkewMs: {
    objective: 1000,
    acceptable: 5000,
    critical: 300_000,
    because: 'signed requests often live for 5 s; Kerberos (RFC 4120) and cloud interfaces refuse above 5 minutes',
  },
  webSocketRttMs: {
    objective: 50,
    acceptable: 200,
    critical: 500,
    because: 'a round trip of the network as above, and the turn of the event loop of the server; above half a second a display lags',
  },
  messagesPerSecond: null,
  expectedMtuBytes: {
    objective: 1500,
    acceptable: 1280,
    critical: 576,
    because: 'Ethernet (RFC 894) carries 1500; every IPv6 path must carry 1280 (RFC 8200), every IPv4 host take 576 (RFC 791)',
  },
  certificateRemainingDays: {
    objective: 30,
    acceptable: 14,
    critical: 0,
    ofLifetimeRatio: 1 / 3,
    because:
      'automatic renewal commonly begins 30 days before the end; with two weeks left it has failed, and there is time to do it by hand',
  },
  minimumTlsVersion: { version: 'TLSv1.2', because: 'RFC 8996 forbids TLS 1.0 and 1.1' },
  kernel: DEFAULT_KERNEL_POLICY,
};
