import type { CodePattern, Effect } from '../cause.js';

/** What is seen of a way that is away for a while, slow for a while, lossy or uneven, by whatever was measured then. */

/** Whatever needs an answer within its time. */
const SLOW: readonly CodePattern[] = [
  'dns-slow',
  'dns-intermittent',
  'dns-search-slow',
  'tls-handshake-slow',
  'http-slow',
  'websocket-slow',
  'tcp-retransmissions',
];

/** Whatever was silent, refused by a router for want of a neighbour, or lost. */
const SILENT: readonly CodePattern[] = [
  'neighbor-unresolved',
  'gateway-unreachable',
  'upstream-unreachable',
  'host-unreachable',
  'ipv4-broken',
  'ipv6-broken',
  'no-carrier',
  'loss-*',
  'connectivity-intermittent',
  'mtu-blackhole',
  'mtu-reduced',
  'port-filtered',
  'port-rejected',
  'quic-blocked',
  'service-silent',
  'tcp-reset',
  'tls-handshake-failed',
  'dns-unreachable',
  'dns-tcp-blocked',
  'dns-plain-blocked',
  'dns-encrypted-blocked',
  'proxy-unreachable',
  'proxy-silent',
  'websocket-silent',
];

const UNEVEN: readonly CodePattern[] = ['latency-high', 'jitter-high', 'packets-reordered'];

/** What was asked while the way was away got no answer, or a late one; link and route may have been found away as well. */
export const BEHIND_OUTAGE: Effect = {
  kinds: ['*'],
  exceptKinds: ['l3.addresses', 'l4.addresses'],
  codes: [...SILENT, ...SLOW, ...UNEVEN, 'interface-errors'],
  shownByKinds: ['l3.continuity'],
  belowToo: true,
  answersToo: true,
};

/** Of a service that is there at times, each probe meets what there is at its moment. */
export const BEHIND_REFUSALS: Effect = {
  kinds: ['l4.port', 'l4.service', 'l4.exchanges', 'l6.*', 'l7.requests', 'l7.http', 'l7.websocket'],
  codes: ['port-closed', 'tcp-reset', 'service-silent', 'connectivity-intermittent', 'tls-handshake-failed', 'tcp-retransmissions'],
  shownByKinds: ['l4.connections'],
  shownBy: 'either',
  belowToo: true,
  answersToo: true,
};

/** Where some requests are answered well and some are not, a single one meets what there is at its moment. */
export const BEHIND_UNEVEN_ANSWERS: Effect = {
  kinds: ['l7.http', 'l7.http-status'],
  codes: [
    'tcp-reset',
    'service-silent',
    'tls-handshake-failed',
    'http-status',
    'http-slow',
    'http-not-spoken',
    'connectivity-intermittent',
  ],
  shownByKinds: ['l7.requests'],
  shownBy: 'either',
  answersToo: true,
};

/** Round trips that were long for a while are uneven over the whole, overtake each other, and come too late to some. */
export const BEHIND_SPIKE: Effect = {
  kinds: ['*'],
  codes: [...SLOW, ...UNEVEN, 'loss-*'],
  shownByKinds: ['l3.spikes'],
  shownBy: 'either',
  belowToo: true,
};

/** A queue makes round trips long and uneven, and loses what does not fit. */
export const BEHIND_QUEUE: Effect = {
  kinds: ['*'],
  codes: [...SLOW, ...UNEVEN, 'loss-*', 'interface-errors', 'bandwidth-low', 'mtu-reduced'],
  shownByKinds: ['l3.queueing'],
  shownBy: 'either',
  belowToo: true,
  answersToo: true,
};

/** Packets whose delays differ overtake each other; TCP takes that for loss, and those that come too late are lost. */
export const BEHIND_JITTER: Effect = {
  kinds: ['*'],
  codes: ['packets-reordered', 'tcp-retransmissions', 'dns-slow', 'tls-handshake-slow', 'http-slow', 'websocket-slow'],
  shownByKinds: ['l3.jitter'],
  shownBy: 'either',
  belowToo: true,
};

/** Each step of an exchange takes round trips. */
export const BEHIND_LATENCY: Effect = {
  kinds: ['*'],
  codes: ['tls-handshake-slow', 'http-slow', 'websocket-slow', 'dns-slow'],
  shownByKinds: ['l3.latency', 'l3.gateway'],
  shownBy: 'as-grave',
};

/** What is answered later than the kernel waits for (1 s at first, RFC 6298) is sent again, though nothing was lost. */
export const SENT_AGAIN_TOO_SOON: Effect = {
  kinds: ['l4.port', 'l4.connections', 'l4.retransmissions'],
  codes: ['tcp-retransmissions'],
  shownByKinds: ['l3.loss', 'l3.answers'],
  shownBy: 'either',
  shownIf: (observed) => /answered too late/.test(observed ?? ''),
};

/** A way that is slow for all that goes by it, whatever is asked at its end. */
export const BEHIND_SLOW_WAY: Effect = {
  kinds: ['*'],
  codes: [...SLOW, ...UNEVEN],
  shownByKinds: ['l3.way'],
  shownBy: 'either',
  belowToo: true,
  answersToo: true,
};

/** What is lost is sent again, after a time. */
export const BEHIND_LOSS: readonly Effect[] = [
  { kinds: ['*'], codes: SLOW, shownByKinds: ['l3.loss', 'l3.answers', 'l3.gateway'], shownBy: 'either', belowToo: true },
  { kinds: ['*'], codes: ['jitter-high', 'quic-blocked', 'mtu-reduced'], shownByKinds: ['l3.loss', 'l3.gateway'], shownBy: 'as-grave' },
];
