import type { Effect } from '../cause.js';

/** Whatever needs the same way fails with it: nothing works behind it. */
export const BLOCKS: Effect = { kinds: ['*'] };

/**
 * A resolver of this machine or its network says SERVFAIL when it gets no answer from beyond either; a forwarder that has nobody to pass the
 * question on to, because its line gave it no servers or has no route to them, refuses it.
 */
export const SERVFAIL_BEHIND: Effect = {
  kinds: ['*'],
  codes: ['dns-servfail', 'dns-refused'],
  shownByKinds: ['l1.carrier', 'l2.interface', 'l2.address', 'l3.route', 'l3.gateway', 'l3.upstream', 'l3.firewall'],
  answersToo: true,
};

/** Behind these nothing beyond the own network is reached, whoever asks. */
export const NO_WAY_OUT: readonly Effect[] = [BLOCKS, SERVFAIL_BEHIND];

/** What a handshake meets at a port has been seen there already. */
export const SEEN_AT_PORT: Effect = { kinds: ['l6.handshake'], shownByKinds: ['l4.port'], answersToo: true };

/** Names that do not count are not found: the same fault, of which the name that was asked for is the symptom. */
export const NAME_NOT_FOUND: readonly Effect[] = [
  {
    kinds: ['l6.hostname'],
    codes: ['cert-hostname-mismatch'],
    shownByKinds: ['l6.names', 'l6.use'],
    shownIf: (observed) => !/ is of another name$/.test(observed ?? ''),
    answersToo: true,
    belowToo: true,
  },
];

/** A resolver that fails: the names that it is asked for. */
export const NAMES_OF_RESOLVER: Effect = { kinds: ['l7.name'], shownByKinds: ['l7.resolver'] };

/** What is found out through the proxy of a target, when there is one. */
export const BEHIND_PROXY: Effect = {
  kinds: [
    'l7.http-*',
    'l7.websocket*',
    'l7.redirects*',
    'l7.body*',
    'l7.json*',
    'l7.security-headers*',
    'l7.rate-limit*',
    'l7.burst*',
    'l7.clock*',
  ],
  shownByKinds: ['l7.proxy'],
  answersToo: true,
};

/** A broken stub answers nobody: what is said of it as a resolver, and the names where there is no other. */
export const BEHIND_STUB: readonly Effect[] = [
  { kinds: ['l7.resolver', 'l7.name'], shownByKinds: ['l7.name-service*'], answersToo: true },
  { kinds: ['l7.resolver'], statuses: ['warn'], shownByKinds: ['l7.name-service*'], shownBy: 'warn', answersToo: true },
];

/** What is lost is sent again, which takes its time. */
export const LOSS_FELT: Effect = {
  kinds: ['*'],
  codes: ['tcp-retransmissions', 'jitter-high', 'dns-intermittent', 'dns-slow', 'tls-handshake-slow', 'http-slow', 'websocket-slow'],
  shownBy: 'as-grave',
};

/** Of this much loss on, the few packets that open a connection can all be lost. */
const HEAVY_LOSS_RATIO = 0.2;

/** `31 of 100 lost`, `4 of 10 not answered`. */
function losesHeavily(observed: string | null): boolean {
  const [, lost, sent] = /\b(\d{1,9}) of (\d{1,9}) (?:lost|not answered)/.exec(observed ?? '') ?? [];
  return lost !== undefined && sent !== undefined && Number(lost) >= HEAVY_LOSS_RATIO * Number(sent);
}

/** Where much is lost, some attempts get no answer at all. */
export const HEAVY_LOSS: readonly Effect[] = [
  {
    kinds: ['*'],
    codes: [
      'port-filtered',
      'service-silent',
      'tls-handshake-failed',
      'connectivity-intermittent',
      'mtu-blackhole',
      'quic-blocked',
      'dns-unreachable',
      'proxy-unreachable',
      'proxy-silent',
      'websocket-silent',
      'http-body-incomplete',
    ],
    shownBy: 'as-grave',
    shownIf: losesHeavily,
  },
  { kinds: ['l7.resolver'], codes: ['dns-intermittent', 'dns-unreachable'], shownBy: 'as-grave', shownIf: losesHeavily, belowToo: true },
  {
    kinds: ['l3.latency', 'l3.addresses', 'l3.hops', 'l3.family'],
    codes: ['host-unreachable', 'ipv4-broken', 'ipv6-broken'],
    shownBy: 'as-grave',
    shownIf: losesHeavily,
    belowToo: true,
  },
];

/** Packets that go in a circle or are refused on the way come to nothing: what is beyond keeps silent. */
export const NOTHING_BEYOND: readonly Effect[] = [
  {
    kinds: ['*'],
    codes: ['host-unreachable', 'upstream-unreachable', 'port-filtered', 'service-silent', 'ipv4-broken', 'ipv6-broken', 'loss-*'],
    belowToo: true,
  },
  { kinds: ['l3.addresses'], codes: ['host-unreachable', 'ipv4-broken', 'ipv6-broken'], belowToo: true },
];

/** Every answer waits for it. */
export const SLOW_ANSWERS: Effect = {
  kinds: ['*'],
  codes: ['tls-handshake-slow', 'http-slow', 'websocket-slow', 'dns-slow'],
  shownBy: 'as-grave',
};
