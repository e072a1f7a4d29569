import { describe, it } from 'vitest';
import { behind, type Case, expectWhole, line, made, silent } from './check-lines.js';

const WHEN = [{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T00:00:01.000Z' }];

const CASES: readonly Case[] = [
  {
    what: 'a slow target whose port is closed: what stops it goes first',
    checks: ['fail l3.latency@a latency-high', 'fail l3.jitter@a jitter-high', 'fail l4.port@a port-closed'],
    told: [
      'port-closed a | by l4.port@a',
      'latency-high a | by l3.latency@a | or bufferbloat | unseen whether it comes and goes',
      'jitter-high a | by l3.jitter@a',
    ],
    asks: ['watch a: latency-high or bufferbloat'],
  },
  {
    what: 'a far target, and answers that wait for it',
    checks: ['fail l3.latency@a latency-high', 'warn l6.handshake@a tls-handshake-slow', 'warn l7.http@a http-slow'],
    told: ['latency-high a | by l3.latency@a, l6.handshake@a, l7.http@a | or bufferbloat | unseen whether it comes and goes'],
    asks: ['watch a: latency-high or bufferbloat'],
  },
  {
    what: 'a queue in front of a busy line',
    checks: ['warn l3.queueing bufferbloat', 'warn l3.latency@a latency-high', 'warn l3.jitter@a jitter-high', 'warn l7.http@a http-slow'],
    told: ['bufferbloat | by l3.queueing, l3.latency@a, l3.jitter@a, l7.http@a'],
  },
  {
    what: 'a way that comes and goes',
    checks: [
      line('fail l3.continuity connectivity-intermittent', { when: WHEN }),
      'fail l3.loss@a loss-upstream',
      'warn l7.name@a dns-slow',
      'warn l3.jitter@a jitter-high',
      'fail l6.validity@b cert-expired',
    ],
    told: ['connectivity-intermittent | by l3.continuity, l7.name@a, l3.jitter@a, l3.loss@a', 'cert-expired b | by l6.validity@b'],
  },
  {
    what: 'a way that was gone for a moment does not explain a port that is closed',
    checks: ['warn l3.continuity connectivity-intermittent', 'fail l4.port@a port-closed'],
    told: ['port-closed a | by l4.port@a', 'connectivity-intermittent | by l3.continuity | unseen whether it comes and goes'],
    asks: ['watch: connectivity-intermittent'],
  },
  {
    what: 'large packets that vanish, and the handshake that waits for them',
    checks: ['pass l4.port@a', 'fail l3.mtu@a mtu-blackhole', 'fail l6.handshake@a service-silent', 'warn l4.port@b tcp-retransmissions'],
    told: [
      'mtu-blackhole a | by l3.mtu@a, l6.handshake@a | or icmp-errors-blocked, mtu-mismatch | unseen which TCP segments get through',
      'tcp-retransmissions b | by l4.port@b',
    ],
    asks: ['segments a: mtu-blackhole or icmp-errors-blocked or mtu-mismatch'],
  },
  {
    what: 'large echoes that vanish, while large answers of the service get through',
    checks: ['pass l4.port@a', 'warn l3.mtu@a mtu-blackhole', 'pass l6.handshake@a', 'pass l7.http@a'],
    told: [
      'mtu-blackhole a | by l3.mtu@a | against l6.handshake@a, l7.http@a | or icmp-errors-blocked, mtu-mismatch | unseen which TCP segments get through',
    ],
    asks: ['segments a: mtu-blackhole or icmp-errors-blocked or mtu-mismatch'],
  },
  {
    what: 'large packets that vanish since the own rules keep the messages out',
    checks: ['fail l3.icmp-errors icmp-errors-blocked', 'fail l3.mtu@a mtu-blackhole'],
    told: ['icmp-errors-blocked | by l3.icmp-errors, l3.mtu@a'],
  },
  {
    what: 'a name that somebody else answers for: what is met there',
    checks: [
      'fail l7.name@a dns-hijacked',
      'fail l6.hostname@a cert-hostname-mismatch',
      'fail l4.port@a port-closed',
      'fail l6.validity@b cert-expired',
    ],
    told: ['dns-hijacked a | by l7.name@a, l4.port@a, l6.hostname@a', 'cert-expired b | by l6.validity@b'],
  },
  {
    what: 'signatures that do not hold: resolvers say SERVFAIL',
    checks: ['fail l7.name@a dns-servfail', 'fail l7.dnssec@a dnssec-bogus', 'skip l4.port@a its name was not resolved'],
    told: ['dnssec-bogus a | by l7.dnssec@a, l7.name@a'],
  },
  {
    what: 'plain questions that do not arrive: names, and what resolvers say',
    checks: ['fail l7.transport dns-plain-blocked', 'fail l7.resolver dns-unreachable', 'fail l7.name@a dns-unreachable'],
    told: ['dns-plain-blocked | by l7.transport, l7.resolver, l7.name@a'],
  },
  {
    what: 'a resolver that is not there, and a service by its address that is well',
    checks: ['fail l7.resolver dns-unreachable', 'fail l7.name@a dns-unreachable', 'pass l4.port@b', 'pass l6.handshake@b'],
    told: [
      'dns-unreachable | by l7.resolver, l7.name@a | or dns-plain-blocked | unseen what the resolvers say when they are asked again, what other resolvers say',
    ],
    asks: ['resolvers-again: dns-unreachable or dns-plain-blocked', 'second-opinion: dns-unreachable or dns-plain-blocked'],
  },
  {
    what: 'an interceptor',
    checks: ['fail l6.certificate@a tls-intercepted', 'fail l6.hostname@a cert-hostname-mismatch', 'fail l6.pin@a cert-pin-mismatch'],
    told: ['tls-intercepted a | by l6.certificate@a, l6.hostname@a, l6.pin@a'],
  },
  {
    what: 'a certificate that has expired, on a host that does not answer echo',
    checks: [
      'skip l3.latency@a echo is not answered, while the service is',
      'pass l4.port@a',
      'pass l6.handshake@a',
      'fail l6.validity@a cert-expired',
      'fail l6.hostname@b cert-hostname-mismatch',
    ],
    told: ['cert-hostname-mismatch b | by l6.hostname@b', 'cert-expired a | by l6.validity@a | not l4.port@a, l6.handshake@a'],
  },
  {
    what: 'no family but one at each target',
    checks: ['fail l3.addresses@a ipv6-broken', 'fail l3.addresses@b ipv6-broken', 'pass l4.port@a', 'pass l4.port@b'],
    told: ['ipv6-broken | by l3.addresses@a, l3.addresses@b'],
  },
  {
    what: 'a login page, known by its answer',
    checks: [
      'pass l3.gateway@192.0.2.1',
      'fail l7.captive-portal captive-portal',
      'fail l3.upstream upstream-unreachable',
      'fail l6.certificate@a cert-untrusted',
      'fail l7.http@b http-status',
    ],
    told: ['captive-portal | by l7.captive-portal, l3.upstream, l6.certificate@a, l7.http@b | not l3.gateway@192.0.2.1'],
  },
  {
    what: 'the own firewall, and a target that is silent for it',
    checks: [
      'fail l3.firewall@a firewall-blocks',
      silent('l3.latency@a host-unreachable'),
      'fail l4.port@a port-filtered',
      'pass l4.port@b',
    ],
    told: ['firewall-blocks a | by l3.firewall@a, l3.latency@a, l4.port@a'],
  },
  {
    what: 'advice comes last, even where it fails',
    checks: ['fail l4.exposure listener-exposed', 'warn l3.latency@a latency-high'],
    told: ['latency-high a | by l3.latency@a | or bufferbloat | unseen whether it comes and goes', 'listener-exposed | by l4.exposure'],
    asks: ['watch a: latency-high or bufferbloat'],
  },
  {
    what: 'an interruption: what was measured by then',
    checks: ['fail l3.upstream upstream-unreachable', 'skip l3.latency@a interrupted', 'skip l7.captive-portal interrupted'],
    told: [
      'upstream-unreachable | by l3.upstream | or captive-portal, routing-loop, route-prohibited | unseen the path, hop by hop, whether a login page of the network answers, l3.latency of a: interrupted, l7.captive-portal: interrupted',
    ],
    asks: [
      'trace: upstream-unreachable or captive-portal or routing-loop or route-prohibited',
      'portal: upstream-unreachable or captive-portal or routing-loop or route-prohibited',
    ],
  },
  {
    what: 'heavy loss to the only target: resolvers beyond the gateway lose as well',
    checks: [
      line('fail l3.loss@a loss-upstream', { basis: 'measured', observed: '40 of 100 lost' }),
      'fail l7.resolver@192.0.2.53 dns-intermittent',
      'warn l4.quic quic-blocked',
    ],
    told: ['loss-upstream a | by l3.loss@a, l7.resolver@192.0.2.53, l4.quic'],
  },
  {
    what: 'heavy loss at one target of two: not what resolvers do',
    checks: [
      line('fail l3.loss@a loss-upstream', { basis: 'measured', observed: '40 of 100 lost' }),
      'pass l3.loss@b',
      'fail l7.resolver@192.0.2.53 dns-intermittent',
    ],
    told: ['dns-intermittent | by l7.resolver@192.0.2.53', 'loss-upstream a | by l3.loss@a | against l3.loss@b'],
  },
  {
    what: 'an own firewall that lets nothing out by its policy: the gateway, and the names',
    checks: [
      'fail l3.gateway@192.0.2.1 gateway-unreachable',
      line('fail l3.firewall-resolvers firewall-blocks', { observed: 'UDP 53 to 192.0.2.1 is dropped by policy of inet host out' }),
      'fail l7.resolver dns-unreachable',
      'fail l7.name@a dns-unreachable',
    ],
    told: ['firewall-blocks | by l3.firewall-resolvers, l3.gateway@192.0.2.1, l7.resolver, l7.name@a'],
  },
  {
    what: 'an own rule against resolvers, and a gateway that is dead',
    checks: [
      'fail l3.gateway@192.0.2.1 gateway-unreachable',
      line('fail l3.firewall-resolvers firewall-blocks', { observed: 'UDP 53 to 192.0.2.1 is dropped by rule 3 of inet host out' }),
      'fail l7.resolver dns-unreachable',
    ],
    told: [
      'gateway-unreachable | by l3.gateway@192.0.2.1, l7.resolver | or upstream-unreachable, duplicate-address',
      'firewall-blocks | by l3.firewall-resolvers',
    ],
  },
  {
    what: 'two gateways on two links, one of them dead: what is behind the other is well',
    checks: [
      'fail l3.gateway@192.0.2.1 neighbor-unresolved',
      'pass l3.gateway@198.51.100.1',
      'pass l4.port@a',
      'fail l4.port@b port-closed',
      'fail l4.port@c port-filtered',
    ],
    ways: { a: behind('198.51.100.1', 'eth1'), b: behind('198.51.100.1', 'eth1'), c: behind('192.0.2.1') },
    told: [
      'neighbor-unresolved | by l3.gateway@192.0.2.1, l4.port@c | or route-wrong, duplicate-address | not l3.gateway@198.51.100.1',
      'port-closed b | by l4.port@b | not l3.gateway@198.51.100.1',
    ],
  },
  {
    what: 'nothing but what was skipped',
    checks: ['skip l3.gateway@192.0.2.1 not asked', 'skip l3.latency@a interrupted', 'skip l7.name@a interrupted'],
    told: [],
  },
  {
    what: 'a path that ends in a refusal of a router: the line is not dead',
    checks: [
      'pass l3.gateway@192.0.2.1',
      'fail l3.upstream upstream-unreachable',
      silent('l3.latency@a host-unreachable'),
      line('fail l3.hops@a route-prohibited', { basis: 'stated' }),
    ],
    inquired: [made('trace', null)],
    told: ['route-prohibited a | by l3.hops@a, l3.upstream, l3.latency@a | not l3.gateway@192.0.2.1'],
  },
  {
    what: 'silent resolvers are all that speaks of a dead line',
    checks: [
      'pass l3.gateway@192.0.2.1',
      'fail l3.upstream upstream-unreachable',
      'fail l7.resolver dns-unreachable',
      'fail l7.name@a dns-unreachable',
    ],
    told: [
      'upstream-unreachable | by l3.upstream, l7.resolver, l7.name@a | or dns-unreachable, captive-portal, routing-loop, route-prohibited | not l3.gateway@192.0.2.1 | unseen whether anything else beyond the gateway answers, the path, hop by hop, whether a login page of the network answers',
    ],
    asks: [
      'other-destinations: upstream-unreachable or dns-unreachable or captive-portal or routing-loop or route-prohibited',
      'trace: upstream-unreachable or dns-unreachable or captive-portal or routing-loop or route-prohibited',
      'portal: upstream-unreachable or dns-unreachable or captive-portal or routing-loop or route-prohibited',
    ],
  },
];

describe('from checks to the whole diagnosis: services, and several faults beside each other', () => {
  it.each(CASES)('$what', expectWhole);
});
