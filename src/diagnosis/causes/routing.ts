import { commandWords, onPlatform, routeWords, traceCommand } from '../command-words.js';
import { renewLease } from '../machine-commands.js';
import { BLOCKS, NO_WAY_OUT, NOTHING_BEYOND, SERVFAIL_BEHIND } from './effects.js';
import { BEHIND_OUTAGE, BEHIND_REFUSALS, BEHIND_UNEVEN_ANSWERS } from './effects-of-time.js';
import { defineCauses, found, gateway, onInterface, targetFirst, throughInterface, toTarget } from './phrases.js';
import { isOfSomeRequests, testEachServer } from './some-requests.js';

/** Layer 3: whether there is a way, and where it ends. */
export const ROUTING_CAUSES = defineCauses({
  'no-default-route': {
    title: 'No default route',
    meaning:
      'The routing table says nothing about destinations outside the directly attached networks, so the kernel refuses them at once ("network is unreachable"). The local network may work well.',
    causes: [
      'DHCP or router advertisements named no router, or the lease was lost.',
      'A fixed configuration without a gateway, or with one outside the prefix.',
      'A VPN client or script removed the route and did not put it back.',
      'The interface that carried the route went down, and the route with it.',
      'A network that is meant to have no way out.',
    ],
    explains: NO_WAY_OUT,
    against: [
      { kinds: ['l3.latency', 'l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], says: 'a target answers that has no other way' },
    ],
    tellApart: [
      '`ip route show default` and `ip -6 route show default` are both empty; `ip route show table all` shows whether another table holds the route.',
      '`ip rule show` says which tables are asked, and for whom.',
      'The log of the network service tells whether a lease came and what it contained.',
    ],
    remedies: [
      'Renew the lease, or enter the gateway in the configuration of the interface.',
      'Until then, by hand: `sudo ip route add default via GATEWAY dev INTERFACE` (macOS: `sudo route -n add default GATEWAY`; Windows, as administrator: `New-NetRoute -DestinationPrefix 0.0.0.0/0 -InterfaceAlias INTERFACE -NextHop GATEWAY`).',
      'Disconnect the VPN and connect again.',
    ],
    summary: (facts) => `There is no default route, so nothing beyond the local network can be reached${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux:
          facts.machine?.manager == null
            ? `Renew the lease, or add the router of this network by hand: sudo ip route add default via GATEWAY dev ${words.interface}`
            : renewLease(facts, 'Have the router of this network named again'),
        darwin: 'Renew the lease, or add the router of this network by hand: sudo route -n add default GATEWAY',
        win32: `Renew the lease, or add the router as administrator: New-NetRoute -DestinationPrefix 0.0.0.0/0 -InterfaceAlias ${words.interface} -NextHop GATEWAY`,
      });
    },
  },

  'gateway-unreachable': {
    title: 'The gateway does not answer',
    meaning:
      'The first router on the way out gives no answer, and nothing beyond it can be reached either. A gateway that merely ignores ping, while the traffic passes, is no fault and is not reported as one.',
    causes: [
      'The router is off, hangs or restarts.',
      'The link to it is bad: weak Wi-Fi, wrong VLAN, broken cable between switch and router.',
      'The gateway address is not, or no longer, that of the router.',
      'The gateway refuses this machine (MAC filter, captive network, address conflict).',
    ],
    explains: NO_WAY_OUT,
    against: [
      { kinds: ['l3.latency', 'l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], says: 'a target behind it answers' },
      { kinds: ['l3.gateway'], of: 'same', says: 'it answers itself' },
    ],
    cannotBeToldFrom: [
      { code: 'upstream-unreachable', toldBy: 'whether the gateway only filters echo: its lamps, or its own page' },
      { code: 'duplicate-address', toldBy: 'whether another machine answers for the address of this one' },
    ],
    tellApart: [
      '`ip neigh show to GATEWAY`: REACHABLE means it lives and ignores ping; FAILED means nobody answers on the link.',
      'Another machine on the same network reaches it: the fault is on this machine or its link.',
      'The router shows its own state on its lamps or status page.',
    ],
    remedies: [
      'Check power and cable of the router, then restart it if it hangs.',
      'Renew the lease, so that the current gateway is learned.',
      'On Wi-Fi, join again or try a cable.',
    ],
    summary: (facts) => `The ${gateway(facts)} does not answer${onInterface(facts)}, and nothing beyond it does${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Check the router and the link to it; FAILED means that it is absent from the link: ip neigh show to ${words.gateway}`,
        darwin: `Check the router and the link to it; "incomplete" means that it is absent from the link: ${words.gateway.includes(':') ? 'ndp -an' : 'arp -an'}`,
        win32: `Check the router and the link to it; "Unreachable" means that it is absent from the link: Get-NetNeighbor -IPAddress ${words.gateway}`,
      });
    },
  },

  'upstream-unreachable': {
    title: 'The gateway answers, nothing beyond it does',
    meaning:
      'The local network and its router work, but nothing behind the router answers. The fault lies in the router, its line, or the provider; this machine is not the cause.',
    causes: [
      'The line or the provider is down, or the modem has lost its session (PPPoE, DOCSIS, mobile).',
      'The router has no default route or no address on its outer side.',
      'Address translation on the router is missing or its table is full.',
      'A firewall on the router keeps this network from going out.',
      'The subscription or the data allowance has ended.',
    ],
    // What a router beyond says came back from there.
    explains: [{ ...BLOCKS, exceptCodes: ['routing-loop', 'route-prohibited'] }, SERVFAIL_BEHIND],
    against: [
      { kinds: ['l3.latency', 'l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], says: 'a target beyond the gateway answers' },
      { kinds: ['l3.upstream'], says: 'something beyond the gateway answers' },
    ],
    cannotBeToldFrom: [
      {
        code: 'dns-unreachable',
        toldBy: 'whether what is asked by its address answers',
        inquiry: 'other-destinations',
        ifAmongEvidence: ['l7.resolver'],
      },
      { code: 'captive-portal', toldBy: 'whether a page without encryption is answered by a login page', inquiry: 'portal' },
      { code: 'routing-loop', toldBy: 'the path, hop by hop', inquiry: 'trace' },
      { code: 'route-prohibited', toldBy: 'the path, hop by hop', inquiry: 'trace' },
    ],
    toldBy: ['other-destinations', 'trace', 'portal'],
    tellApart: [
      'The status page of the router: has the outer interface an address and a session?',
      'The last hop that answers in `netdiag route TARGET` says how far packets get.',
      'Several unrelated targets fail alike: the line. One only: that target.',
      'A phone on mobile data reaches the targets: the internet is there, the line is not.',
    ],
    remedies: [
      'Look at the outer interface of the router, and have it dial again.',
      'Ask the provider about a fault, with the trace and the time it began.',
      'Switch to the backup line where there is one.',
    ],
    summary: (facts) =>
      `The ${gateway(facts)} answers, but nothing beyond it does: the fault is in the router, its line or the provider${found(facts)}.`,
    remedy: (facts) => `Check the outer line on the router's status page, then show the provider where packets end: ${traceCommand(facts)}`,
  },

  'host-unreachable': {
    title: 'The target cannot be reached',
    meaning:
      'This machine, its link and its gateway are well, but this target does not answer, or a router on the way says that it has no way to it (ICMP destination unreachable, RFC 792 and RFC 4443). Unanswered ping alone is not enough for this finding: hosts may ignore ping.',
    causes: [
      'The target is off, or has another address by now.',
      'A router on the way has no route, or cannot learn the link address of the target.',
      'A firewall in front of the target drops everything from here.',
      'The target is in a private network that needs a VPN.',
      'The provider of the target has an outage.',
    ],
    explains: [BLOCKS],
    against: [{ kinds: ['l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], of: 'same', says: 'its service answers' }],
    cannotBeToldFrom: [
      { code: 'upstream-unreachable', toldBy: 'whether anything else beyond the gateway answers', inquiry: 'other-destinations' },
      { code: 'routing-loop', toldBy: 'the path, hop by hop', inquiry: 'trace' },
      { code: 'route-prohibited', toldBy: 'the path, hop by hop', inquiry: 'trace' },
    ],
    toldBy: ['trace', 'other-destinations'],
    tellApart: [
      'A trace: ended at the last router by "host unreachable" (!H) the target is off; by "network unreachable" (!N) a route is missing; silence points to a filter.',
      'Reached from another network: the way from here, or a filter against this address.',
      'Compare the address with what the owner says; a stale DNS entry looks the same.',
    ],
    remedies: [
      'Ask the owner whether the target is up and which addresses may reach it.',
      'Connect the VPN that leads there.',
      'Correct the name or address where it has changed.',
    ],
    summary: (facts) =>
      facts.target === null
        ? `No target can be reached, while nothing nearer shows a fault${found(facts)}.`
        : `${facts.target} cannot be reached, while nothing nearer shows a fault${found(facts)}.`,
    remedy: (facts) => `Ask its owner whether it is up; how far packets get shows in: ${traceCommand(facts)}`,
  },

  'route-prohibited': {
    title: 'A route or a filter forbids the way',
    meaning:
      'Somebody says no on purpose: this machine has a route of type unreachable, prohibit or blackhole for the destination, or a router answers that the traffic is administratively prohibited (ICMP codes 9, 10 and 13 by RFC 1812; ICMPv6 code 1 by RFC 4443).',
    causes: [
      'A firewall on the way rejects this source, destination or port.',
      'A prohibit, unreachable or blackhole route on this machine: a VPN kill switch, a container or segment policy, a block list.',
      'A policy routing rule (`ip rule`) that rejects this source, mark or user.',
      'A provider that filters the destination.',
    ],
    explains: [BLOCKS, ...NOTHING_BEYOND],
    against: [
      { kinds: ['l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], of: 'same', says: 'its service answers' },
      { kinds: ['l3.hops'], of: 'same', says: 'the path leads to the target' },
      {
        kinds: ['l3.hops'],
        statuses: ['fail', 'warn'],
        codes: ['host-unreachable', 'routing-loop'],
        of: 'same',
        says: 'the path ends otherwise',
      },
    ],
    tellApart: [
      '`ip route get ADDRESS` fails at once ("Permission denied", "Invalid argument", "No route to host"): the rule is on this machine. It answers: the refusal comes from outside.',
      'The sender of the ICMP message, named in the report, is the device whose rule it is.',
      '`ip route show table all type prohibit`, and the same for unreachable and blackhole, lists such routes.',
    ],
    remedies: [
      'Where the block is meant, leave it and use the permitted way (VPN, proxy, other source).',
      'Ask the operator of the device that refuses to allow this traffic.',
      'Remove the local route or rule where it is a leftover, after finding out which service put it there.',
    ],
    summary: (facts) => `Traffic${toTarget(facts)} is forbidden by a route on this machine or by a filter that says so${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `See whether this machine itself refuses (it then prints an error): ip route get ${words.address}`,
        darwin: `See whether this machine itself refuses (flags REJECT or BLACKHOLE): route -n get ${words.host}`,
        win32: `See which route this machine takes, then ask the operator of the device that refuses: Find-NetRoute -RemoteIPAddress ${words.address}`,
      });
    },
  },

  'routing-loop': {
    title: 'Packets go in a circle',
    meaning:
      'Two or more routers send packets for the target to each other until the time to live is used up. Nothing arrives. The fault is in the routers that repeat in the path, never in the target.',
    causes: [
      'A static default route on each side points at the other, and the more precise route is missing.',
      'A prefix is announced while its link is down, so that the router falls back on its default route.',
      'Routing is changing at this moment: short loops are normal while it converges.',
      'A VPN or tunnel whose outer packets are routed into itself.',
    ],
    explains: [BLOCKS, ...NOTHING_BEYOND],
    against: [
      { kinds: ['l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], of: 'same', says: 'its service answers' },
      { kinds: ['l3.hops'], of: 'same', says: 'the path leads to the target' },
      {
        kinds: ['l3.hops'],
        statuses: ['fail', 'warn'],
        codes: ['host-unreachable', 'route-prohibited'],
        of: 'same',
        says: 'the path ends otherwise',
      },
    ],
    toldBy: ['trace'],
    tellApart: [
      'The same two or three addresses alternate in the trace up to the last hop.',
      'Repeat the trace after two minutes: a loop that has gone was convergence.',
      'If the gateway of this network is in the circle, the fault is near; otherwise it is with the operators named by the addresses (`whois ADDRESS`).',
    ],
    remedies: [
      'Report the alternating addresses to the operator of these routers.',
      "On own routers: a blackhole route for one's own whole prefix, so that unused parts of it do not follow the default route.",
      'For a tunnel: a host route to the tunnel end through the physical gateway.',
    ],
    summary: (facts) => `Routers pass packets${toTarget(facts)} in a circle, so that none arrives${found(facts)}.`,
    remedy: (facts) => `Note the addresses that repeat and report them to their operator: ${traceCommand(facts)}`,
  },

  'ipv6-broken': {
    title: 'IPv6 is set up, but does not work',
    meaning:
      'This machine has an IPv6 address and route, or the target offers one, but traffic over IPv6 fails while IPv4 works. Programs that try both at once (RFC 8305) hide it as a small delay; the others wait for a time-out first.',
    causes: [
      'The router still advertises a prefix (RFC 4861) although its provider no longer routes it.',
      'A firewall drops ICMPv6, on which neighbour discovery and path MTU discovery depend (RFC 4890).',
      'A VPN carries IPv4 only and cuts IPv6 off.',
      'The target publishes an AAAA record for a service that listens on IPv4 alone.',
      'An IPv6 tunnel with a smaller MTU and no messages about it.',
    ],
    explains: [BLOCKS],
    against: [{ kinds: ['l3.family'], says: 'both families get through' }],
    cannotBeToldFrom: [{ code: 'host-unreachable', toldBy: 'whether other hosts answer by IPv6', ofOneTarget: true }],
    tellApart: [
      'One target fails over IPv6, others work: the target. All fail: this network.',
      '`ip -6 route show default` shows the router; if `ping -6` to it fails as well, the fault is on this link.',
      'Small packets pass and large ones do not: see mtu-blackhole.',
    ],
    remedies: [
      'Have the router get its prefix anew, or stop advertising what is not routed.',
      'Allow ICMPv6 as RFC 4890 says.',
      'Ask the owner of the target to serve IPv6 or to withdraw the AAAA record.',
      'Until it is mended, use IPv4 by the option -4 of the program, where it has one; leave IPv6 switched on in the system.',
    ],
    summary: (facts) => `IPv6${toTarget(facts)} does not work although it is configured, while IPv4 does${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Check the IPv6 router and its prefix; until then use -4 where programs have it: ip -6 route show default',
        darwin: 'Check the IPv6 router and its prefix; until then use -4 where programs have it: netstat -rn -f inet6',
        win32: 'Check the IPv6 router and its prefix; until then use -4 where programs have it: Get-NetRoute -DestinationPrefix ::/0',
      }),
  },

  'ipv4-broken': {
    title: 'IPv4 does not work, IPv6 does',
    meaning:
      'Traffic over IPv4 fails while IPv6 works. On a network that is IPv6-only by design this is normal: names are reached through NAT64 and DNS64 (RFC 6146, RFC 6147), and only literal IPv4 addresses fail unless the machine translates them itself (464XLAT, RFC 6877).',
    causes: [
      'DHCP gave no IPv4 address or gateway, while router advertisements set IPv6 up.',
      'An IPv6-only network (many mobile networks), and a program that insists on IPv4 addresses.',
      'The carrier-grade address translation of the provider is down.',
      'A fixed IPv4 address or gateway of another network.',
    ],
    explains: [BLOCKS],
    against: [{ kinds: ['l3.family'], says: 'both families get through' }],
    cannotBeToldFrom: [{ code: 'host-unreachable', toldBy: 'whether other hosts answer by IPv4', ofOneTarget: true }],
    tellApart: [
      '`ip -4 address` and `ip -4 route show default`: no address or route is a local or DHCP matter.',
      'A name that has only IPv4 addresses resolves to 64:ff9b::/96 or a similar prefix: the network is IPv6-only by design (RFC 7050).',
      "Address and gateway are there and the gateway answers: the provider's IPv4.",
    ],
    remedies: [
      'Renew the IPv4 lease.',
      'On an IPv6-only network use names instead of IPv4 addresses.',
      'Report it to the provider, with the note that IPv6 works.',
    ],
    summary: (facts) => `IPv4${toTarget(facts)} does not work, while IPv6 does${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux:
          facts.machine?.manager == null
            ? 'Check for an IPv4 address and route, and renew the lease where they are missing: ip -4 route show default'
            : renewLease(
                facts,
                'Check for an IPv4 address and route (ip -4 route show default), and renew the lease where they are missing',
              ),
        darwin: 'Check for an IPv4 address and route, and renew the lease where they are missing: netstat -rn -f inet',
        win32: 'Check for an IPv4 address and route, and renew the lease where they are missing: Get-NetRoute -DestinationPrefix 0.0.0.0/0',
      }),
  },

  'route-wrong': {
    title: 'A route sends the traffic the wrong way',
    meaning:
      'There is a route, and the kernel follows it, but it leads where the traffic cannot get through: into a tunnel, a bridge or a network that does not hold the target. The most precise prefix wins, whatever the metric.',
    causes: [
      'A network of containers or virtual machines (for example 172.17.0.0/16) overlaps with the real network of the target.',
      'A VPN pushes routes that cover the target, or is down and its routes remain.',
      'A static route to a gateway that has moved.',
      'A static route to a machine of the own link that forwards nothing.',
      'A static route without a gateway, for a network that is not on the link.',
      'Two interfaces on the same subnet, or two default routes, and the wrong one has the lower metric.',
      'A policy rule picks another table for this source or mark.',
    ],
    explains: [BLOCKS],
    against: [{ kinds: ['l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], of: 'same', says: 'its service answers by this route' }],
    cannotBeToldFrom: [
      {
        code: 'host-unreachable',
        toldBy: 'whether the next hop passes packets on to anybody else',
        ofBasis: ['silence'],
        ofOneTarget: true,
      },
    ],
    toldBy: ['other-destinations'],
    tellApart: [
      '`ip route get ADDRESS` names the interface, gateway and source that the kernel chooses.',
      '`ip route show table all` and `ip rule show` show which entry brings it there.',
      'Bound to another interface (`netdiag latency TARGET --interface INTERFACE`) it works: the route is the fault.',
    ],
    remedies: [
      'Move the overlapping container network to a prefix that nobody else uses.',
      'Disconnect the VPN and connect again, or have its administrator narrow the routes.',
      'Give the wanted default route the lower metric in the configuration of the network service.',
    ],
    summary: (facts) =>
      `The routing table sends traffic${toTarget(facts)} the wrong way${facts.interface === null || facts.target === null ? '' : `, through ${facts.interface}`}${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      const route = routeWords(facts);
      const host = words.host === 'TARGET' && words.address !== 'ADDRESS' ? words.address : words.host;
      if (route === null)
        return onPlatform(facts, {
          linux: `See which way the kernel chooses, then correct that route: ip route get ${words.address}`,
          darwin: `See which way the kernel chooses, then correct that route: route -n get ${host}`,
          win32: `See which way the system chooses, then correct that route: Find-NetRoute -RemoteIPAddress ${words.address}`,
        });
      return onPlatform(facts, {
        linux: `Correct the route ${route}, or take it away where nobody needs it; which way the kernel chooses, shows: ip route get ${words.address}`,
        darwin: `Correct the route ${route}, or take it away where nobody needs it; which way the kernel chooses, shows: route -n get ${host}`,
        win32: `Correct the route ${route}, or take it away where nobody needs it; which way the system chooses, shows: Find-NetRoute -RemoteIPAddress ${words.address}`,
      });
    },
  },

  'connectivity-intermittent': {
    title: 'It works at times',
    meaning:
      'In the same run, some attempts succeeded and others failed in whole stretches, not packet by packet. Something goes away and comes back: a link, a route, one of several paths, or the target itself.',
    causes: [
      'A Wi-Fi connection that roams or fades, or a cable with a loose contact.',
      'One of several parallel paths or servers (ECMP, load balancer) is broken, and connections are spread over all of them.',
      'Two machines with one address (see duplicate-address).',
      'A state table that fills up (address translation, firewall), or a rate limit.',
      'A line that drops and dials again.',
    ],
    explains: [
      BEHIND_OUTAGE,
      BEHIND_REFUSALS,
      BEHIND_UNEVEN_ANSWERS,
      // While it is gone, everything beyond is; while it comes back, some is lost and sent again.
      {
        kinds: ['*'],
        codes: [
          'loss-*',
          'latency-high',
          'jitter-high',
          'tcp-retransmissions',
          'tcp-reset',
          'dns-intermittent',
          'dns-slow',
          'dns-unreachable',
          'neighbor-unresolved',
          'gateway-unreachable',
          'upstream-unreachable',
          'host-unreachable',
          'ipv4-broken',
          'ipv6-broken',
          'port-filtered',
          'service-silent',
          'tls-handshake-failed',
          'tls-handshake-slow',
          'http-slow',
          'http-body-incomplete',
          'websocket-slow',
          'websocket-silent',
          'proxy-unreachable',
          'proxy-silent',
          'quic-blocked',
          'mtu-blackhole',
        ],
        shownBy: 'as-grave',
        belowToo: true,
      },
    ],
    toldBy: ['watch'],
    tellApart: [
      '`netdiag loss TARGET --count 300` during the trouble: long bursts are link or path, every n-th connection is a broken member.',
      'The gateway fails at the same moments: the local link. It does not: further out.',
      '`journalctl -k` with the words "link is" shows links that went down and up.',
    ],
    remedies: [
      'Replace Wi-Fi by a cable for the test; then replace the cable.',
      'Ask the owner of the target to test each server behind the load balancer by its own address.',
      'Keep a long measurement as evidence for the provider.',
    ],
    summary: (facts) =>
      isOfSomeRequests(facts)
        ? `${targetFirst(facts)} takes some requests and never answers them${found(facts)}.`
        : `The way${toTarget(facts)}${throughInterface(facts)} works at times and fails at times${found(facts)}.`,
    remedy: (facts) =>
      isOfSomeRequests(facts)
        ? testEachServer(facts)
        : `Measure for longer during the trouble and look at the bursts: netdiag loss ${commandWords(facts).endpoint} --count 300`,
  },
});
