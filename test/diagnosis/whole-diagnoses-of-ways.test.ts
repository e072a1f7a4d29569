import { describe, it } from 'vitest';
import { behind, type Case, expectWhole, line, made, silent } from './check-lines.js';

const CASES: readonly Case[] = [
  {
    what: 'nothing wrong',
    checks: ['pass l2.interface', 'pass l3.gateway@192.0.2.1', 'pass l4.port@a', 'skip l3.mtu@a not looked at'],
    told: [],
  },
  {
    what: 'one family that gets nowhere: what is wrong with a target of the other has a cause of its own',
    checks: [
      'pass l3.upstream',
      line('fail l3.family ipv6-broken', { id: 'l3.family@ipv6', target: null }),
      'fail l4.port@a port-filtered',
      'fail l3.latency@b host-unreachable',
    ],
    ways: { a: behind('192.0.2.1'), b: { ...behind('fe80::1'), source: '2001:db8::5' } },
    told: [
      'ipv6-broken | by l3.family@ipv6, l3.latency@b | or host-unreachable | not l3.upstream',
      'port-filtered a | by l4.port@a | not l3.upstream',
    ],
  },
  {
    what: 'nothing at all',
    checks: [],
    told: [],
  },
  {
    what: 'no carrier: all that is above it, whatever it looks like',
    checks: [
      'pass l2.interface',
      'fail l1.carrier no-carrier',
      'fail l2.address no-address',
      'fail l3.route no-default-route',
      'fail l7.name@a dns-unreachable',
      'fail l3.path@b no-default-route',
      'skip l4.port@a its name was not resolved',
    ],
    told: ['no-carrier | by l1.carrier, l2.address, l3.route, l7.name@a, l3.path@b | not l2.interface'],
  },
  {
    what: 'a gateway that is off: stated by the kernel, and nothing more is asked',
    checks: [
      'pass l2.interface',
      'pass l3.route',
      'fail l3.gateway@192.0.2.1 neighbor-unresolved',
      'fail l7.resolver dns-unreachable',
      'fail l7.name@a dns-unreachable',
      'skip l3.upstream the gateway itself did not answer',
    ],
    told: [
      'neighbor-unresolved | by l3.gateway@192.0.2.1, l7.resolver, l7.name@a | or route-wrong, duplicate-address | not l2.interface, l3.route',
    ],
  },
  {
    what: 'a gateway that is silent, though known: it could also be what is beyond it',
    checks: [
      'pass l3.route',
      'fail l3.gateway@192.0.2.1 gateway-unreachable',
      'fail l3.latency@a host-unreachable',
      'fail l4.port@b port-filtered',
    ],
    ways: { a: behind('192.0.2.1'), b: behind('192.0.2.1') },
    told: [
      'gateway-unreachable | by l3.gateway@192.0.2.1, l3.latency@a, l4.port@b | or upstream-unreachable, duplicate-address | not l3.route',
    ],
  },
  {
    what: 'a gateway that is silent, and a target behind it that answers: something speaks against it',
    checks: ['warn l3.gateway@192.0.2.1 gateway-unreachable', 'pass l4.port@a'],
    ways: { a: behind('192.0.2.1') },
    told: ['gateway-unreachable | by l3.gateway@192.0.2.1 | against l4.port@a | or duplicate-address'],
  },
  {
    what: 'a gateway that is silent, and a target that answers by another one',
    checks: ['warn l3.gateway@192.0.2.1 gateway-unreachable', 'pass l4.port@a'],
    ways: { a: behind('192.0.2.9') },
    told: ['gateway-unreachable | by l3.gateway@192.0.2.1 | or upstream-unreachable, duplicate-address'],
  },
  {
    what: 'a dead line: the path would tell',
    checks: [
      'pass l3.gateway@192.0.2.1',
      'fail l3.upstream upstream-unreachable',
      'fail l3.latency@a host-unreachable',
      'fail l7.resolver dns-unreachable',
      'fail l7.name@b dns-servfail',
    ],
    told: [
      'upstream-unreachable | by l3.upstream, l7.resolver, l7.name@b, l3.latency@a | or captive-portal, routing-loop, route-prohibited | not l3.gateway@192.0.2.1 | unseen the path, hop by hop, whether a login page of the network answers',
    ],
    asks: [
      'trace: upstream-unreachable or captive-portal or routing-loop or route-prohibited',
      'portal: upstream-unreachable or captive-portal or routing-loop or route-prohibited',
    ],
  },
  {
    what: 'a dead line of which the path was looked at, and no portal is there',
    checks: [
      'pass l3.gateway@192.0.2.1',
      'fail l3.upstream upstream-unreachable',
      'fail l3.latency@a host-unreachable',
      'fail l3.hops@a host-unreachable',
      'pass l7.captive-portal',
    ],
    inquired: [made('trace', 'a'), made('portal', null)],
    told: ['upstream-unreachable | by l3.upstream, l3.hops@a, l3.latency@a | not l3.gateway@192.0.2.1, l7.captive-portal'],
  },
  {
    what: 'a dead line, and a path that goes in a circle',
    checks: [
      'pass l3.gateway@192.0.2.1',
      'fail l3.latency@a host-unreachable',
      'fail l3.hops@a routing-loop',
      'fail l4.port@a port-filtered',
    ],
    inquired: [made('trace', 'a')],
    told: ['routing-loop a | by l3.hops@a, l3.latency@a, l4.port@a | not l3.gateway@192.0.2.1'],
  },
  {
    what: 'a silent host alone: nobody knows whether it is the host or the way',
    checks: [
      'pass l3.gateway@192.0.2.1',
      silent('l3.latency@a host-unreachable'),
      'fail l4.port@a port-filtered',
      'skip l3.upstream only one destination was tried',
    ],
    told: [
      'host-unreachable a | by l3.latency@a, l4.port@a | or upstream-unreachable, routing-loop, route-prohibited | not l3.gateway@192.0.2.1 | unseen the path, hop by hop, whether anything else beyond the gateway answers, l3.upstream: only one destination was tried',
    ],
    asks: [
      'trace a: host-unreachable or upstream-unreachable or routing-loop or route-prohibited',
      'other-destinations a: host-unreachable or upstream-unreachable or routing-loop or route-prohibited',
    ],
  },
  {
    what: 'a silent host, while something else beyond the gateway answers',
    checks: [
      'pass l3.gateway@192.0.2.1',
      'pass l3.upstream',
      silent('l3.latency@a host-unreachable'),
      'fail l4.port@a port-filtered',
      'fail l6.handshake@a port-filtered',
      'fail l7.http@a port-filtered',
    ],
    told: [
      'host-unreachable a | by l3.latency@a, l4.port@a, l6.handshake@a, l7.http@a | or routing-loop, route-prohibited | not l3.gateway@192.0.2.1, l3.upstream | unseen the path, hop by hop',
    ],
    asks: ['trace a: host-unreachable or routing-loop or route-prohibited'],
  },
  {
    what: 'a silent host that a router speaks of',
    checks: ['pass l3.upstream', line('fail l3.latency@a host-unreachable', { basis: 'stated' })],
    told: ['host-unreachable a | by l3.latency@a | not l3.upstream'],
  },
  {
    what: 'a silent host of which the path could not be looked at',
    checks: [silent('l3.latency@a host-unreachable'), 'skip l3.upstream the gateway was not asked'],
    inquired: [made('trace', 'a', 'it needs a socket that this user may not open'), made('other-destinations', 'a')],
    told: [
      'host-unreachable a | by l3.latency@a | or upstream-unreachable, routing-loop, route-prohibited | unseen the path, hop by hop: it needs a socket that this user may not open, l3.upstream: the gateway was not asked',
    ],
  },
  {
    what: 'a silent host whose service answers',
    checks: ['warn l3.latency@a host-unreachable', 'pass l4.port@a', 'pass l6.handshake@a'],
    told: ['host-unreachable a | by l3.latency@a | against l4.port@a, l6.handshake@a'],
  },
  {
    what: 'two targets, one of them silent',
    checks: [silent('l3.latency@a host-unreachable'), 'pass l3.latency@b', 'pass l4.port@b'],
    told: ['host-unreachable a | by l3.latency@a | or routing-loop, route-prohibited | unseen the path, hop by hop'],
    asks: ['trace a: host-unreachable or routing-loop or route-prohibited'],
  },
  {
    what: 'two closed ports of two hosts: each its own',
    checks: ['fail l4.port@a port-closed', 'fail l4.port@b port-closed'],
    told: ['port-closed a | by l4.port@a', 'port-closed b | by l4.port@b'],
  },
  {
    what: 'the same port filtered towards every host: somebody in between',
    checks: [
      'fail l4.port@a.example:443 port-filtered',
      'fail l4.port@b.example:443 port-filtered',
      'pass l3.latency@a.example:443',
      'pass l3.latency@b.example:443',
    ],
    told: ['port-filtered | by l4.port@a.example:443, l4.port@b.example:443'],
  },
  {
    what: 'two filtered ports of one host: its own firewall',
    checks: ['fail l4.port@a.example:443 port-filtered', 'fail l4.port@a.example:8443 port-filtered', 'pass l3.latency@a.example:443'],
    told: [
      'port-filtered a.example:443 | by l4.port@a.example:443 | not l3.latency@a.example:443',
      'port-filtered a.example:8443 | by l4.port@a.example:8443',
    ],
  },
  {
    what: 'resets at every host',
    checks: [
      'fail l6.handshake@a.example:443 tcp-reset',
      'fail l6.handshake@b.example:443 tcp-reset',
      'fail l7.http@a.example:443 tcp-reset',
      'pass l4.port@a.example:443',
      'pass l4.port@b.example:443',
    ],
    told: [
      'tcp-reset | by l6.handshake@a.example:443, l7.http@a.example:443, l6.handshake@b.example:443 | or tls-not-spoken | unseen the handshake in other shapes',
    ],
    asks: ['handshake-variants a.example:443: tcp-reset or tls-not-spoken'],
  },
  {
    what: 'loss to every target, and what the kernel sent again for it',
    checks: [
      silent('l3.loss@a loss-upstream'),
      silent('l3.loss@b loss-upstream'),
      'warn l4.retransmissions tcp-retransmissions',
      'pass l3.gateway@192.0.2.1',
    ],
    told: ['loss-upstream | by l3.loss@a, l4.retransmissions, l3.loss@b | not l3.gateway@192.0.2.1'],
  },
  {
    what: 'loss to one of two targets',
    checks: [silent('l3.loss@a loss-upstream'), 'pass l3.loss@b', 'pass l3.gateway@192.0.2.1'],
    told: [
      'loss-upstream a | by l3.loss@a | against l3.loss@b | or loss-target | not l3.gateway@192.0.2.1 | unseen at which hop the loss begins',
    ],
    asks: ['loss-by-hop a: loss-upstream or loss-target'],
  },
  {
    what: 'loss that was placed',
    checks: [line('fail l3.loss@a loss-target', { basis: 'measured' }), 'pass l3.gateway@192.0.2.1'],
    inquired: [made('loss-by-hop', 'a')],
    told: ['loss-target a | by l3.loss@a | not l3.gateway@192.0.2.1'],
  },
  {
    what: 'loss that could not be placed',
    checks: [silent('l3.loss@a loss-upstream'), 'pass l3.gateway@192.0.2.1'],
    inquired: [made('loss-by-hop', 'a', 'no router answers')],
    told: [
      'loss-upstream a | by l3.loss@a | or loss-target | not l3.gateway@192.0.2.1 | unseen at which hop the loss begins: no router answers',
    ],
  },
  {
    what: 'heavy loss, in which a connection got lost as well',
    checks: [
      line('fail l3.loss@a loss-upstream', { basis: 'silence', observed: '31 of 100 lost' }),
      'fail l4.port@a port-filtered',
      'warn l3.jitter@a jitter-high',
      'fail l3.mtu@a mtu-blackhole',
    ],
    told: [
      'loss-upstream a | by l3.loss@a, l3.mtu@a, l4.port@a | or loss-target, loss-local | unseen at which hop the loss begins',
      'jitter-high a | by l3.jitter@a',
    ],
    asks: ['loss-by-hop a: loss-upstream or loss-target or loss-local'],
  },
  {
    what: 'some loss, and a port that is filtered: two faults',
    checks: ['fail l3.loss@a loss-upstream', 'fail l4.port@a port-filtered'],
    told: [
      'loss-upstream a | by l3.loss@a | or loss-target, loss-local | unseen at which hop the loss begins',
      'port-filtered a | by l4.port@a',
    ],
    asks: ['loss-by-hop a: loss-upstream or loss-target or loss-local'],
  },
  {
    what: 'loss from the gateway on, of which the target has as much',
    checks: [
      'fail l3.gateway@192.0.2.1 loss-local',
      'fail l3.loss@a loss-upstream',
      'warn l4.retransmissions tcp-retransmissions',
      'pass l1.wireless@wlan0',
      'pass l2.counters@eth0',
    ],
    told: [
      'loss-local | by l3.gateway@192.0.2.1, l3.loss@a, l4.retransmissions | or duplicate-address | not l1.wireless@wlan0, l2.counters@eth0 | unseen at which hop the loss begins',
    ],
  },
];

describe('from checks to the whole diagnosis: links, gateways, ways, and what is lost on them', () => {
  it.each(CASES)('$what', expectWhole);
});
