import { onPlatform } from '../command-words.js';
import { NO_WAY_OUT } from './effects.js';
import { defineCauses, found, toTarget } from './phrases.js';

/** The packet filters of this machine: what they stop, and what passes by them. */
export const FIREWALL_CAUSES = defineCauses({
  'firewall-blocks': {
    // Without the right to read the rules the same is seen, and named so: whose firewall it is changes who can open it, not what is shut.
    formOf: {
      codes: [
        { code: 'dns-encrypted-blocked' },
        { code: 'port-rejected' },
        { code: 'port-filtered' },
        { code: 'quic-blocked' },
        { code: 'dns-plain-blocked' },
        { code: 'dns-tcp-blocked' },
        { code: 'dns-unreachable', kinds: ['l7.resolver'] },
        { code: 'route-prohibited' },
        { code: 'host-unreachable', kinds: ['l3.latency'] },
        { code: 'port-closed' },
      ],
      // What shuts all of it is known by what stands nearest.
      whereFailed: [
        { code: 'gateway-unreachable', kinds: ['l3.gateway'] },
        { code: 'upstream-unreachable', kinds: ['l3.upstream'] },
      ],
    },
    title: "This machine's own firewall stops the traffic",
    meaning:
      'A rule in the packet filter of this machine drops or rejects the packets before they leave it, or the answers when they come in. Neither the network nor the target has any part in it: from another machine the target may be well.',
    causes: [
      'An outbound rule of a company, of a hardening guide or of a VPN that allows nothing beside its tunnel (kill switch).',
      'A rule for a user (`meta skuid`, `-m owner`): the same command works as another user.',
      'A default policy of drop for output, with a list of what is allowed that lacks this port.',
      'Input is dropped by default and no rule lets in answers (`ct state established,related accept` is missing).',
      'IPv6: neighbour discovery (ICMPv6 types 133 to 136, RFC 4890) is dropped with the rest, so that no link address is ever learned.',
      'Rules of an older setup that were never removed, perhaps of the other engine (`iptables-legacy`).',
    ],
    explains: [
      ...NO_WAY_OUT,
      // What keeps everything in keeps each part of it in too.
      {
        kinds: ['*'],
        codes: ['firewall-blocks'],
        shownByKinds: ['l3.firewall', 'l3.gateway', 'l3.latency'],
        shownBy: 'either',
        answersToo: true,
      },
      { kinds: ['*'], codes: ['dns-unreachable'], shownByKinds: ['l3.firewall-resolvers'] },
      // What a chain does with all that no rule names, it does with what goes to the gateway too.
      {
        kinds: ['l3.gateway', 'l3.upstream'],
        codes: ['gateway-unreachable', 'upstream-unreachable'],
        shownByKinds: ['l3.firewall-resolvers'],
        shownIf: (observed) => /\bby policy of\b/.test(observed ?? ''),
        belowToo: true,
      },
      {
        kinds: ['l7.resolver', 'l7.name', 'l7.dns', 'l7.server', 'l7.transport'],
        shownByKinds: ['l3.firewall-resolvers'],
        answersToo: true,
      },
      // A rule about one port: whatever needs the port fails; other faults stay.
      {
        kinds: ['*'],
        codes: ['port-filtered', 'port-rejected', 'host-unreachable', 'route-prohibited', 'dns-encrypted-blocked'],
        statuses: ['fail'],
        shownByKinds: ['l4.firewall-out'],
      },
      {
        kinds: ['l6.*', 'l7.*'],
        codes: [
          'upstream-unreachable',
          'ipv4-broken',
          'ipv6-broken',
          'dns-unreachable',
          'tls-not-spoken',
          'tls-handshake-failed',
          'service-silent',
        ],
        statuses: ['fail'],
        shownByKinds: ['l4.firewall-out'],
      },
      // It can answer for the target: with a reset, as a port does at which nobody listens.
      {
        kinds: ['l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'],
        codes: ['port-closed'],
        shownByKinds: ['l3.firewall', 'l4.firewall-out'],
        shownIf: (observed) => /\brejected\b/.test(observed ?? ''),
        answersToo: true,
      },
    ],
    answered: true,
    against: [{ kinds: ['l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], of: 'same', says: 'what it is said to stop is answered' }],
    tellApart: [
      'The rule is named in the check; `sudo nft list ruleset` or `sudo iptables-save` shows it in its place, with its counter.',
      'The counter of the rule grows with each try: it is this one.',
      'A rejecting rule fails at once ("Operation not permitted", "Connection refused"), a dropping one only by time-out.',
    ],
    remedies: [
      'Allow the port or the target in the tool that wrote the rule (ufw, firewalld, the VPN client): changes by hand are lost at its next start.',
      'Where answers are dropped: let in `ct state established,related` as the first rule of the input chain.',
      'Where the rule is policy: use the proxy or the way that is allowed.',
    ],
    summary: (facts) =>
      `The firewall of this machine itself stops ${facts.target === null ? 'what it sends or waits for' : `packets to or from ${facts.target}`}${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Allow it in the tool that wrote the rule; all rules with their counters show in: sudo nft list ruleset',
        darwin: 'Allow it in the tool that wrote the rule; all rules show in: sudo pfctl -sr -v',
        win32: 'Allow it in the rules for outbound connections: Get-NetFirewallRule -Direction Outbound -Action Block -Enabled True',
      }),
  },

  'icmp-errors-blocked': {
    formOf: { codes: [{ code: 'mtu-blackhole' }] },
    title: 'The own firewall drops messages on packet sizes',
    meaning:
      'Routers say by ICMP when a packet is too large for the next link ("fragmentation needed", RFC 1191; "packet too big", RFC 8201). The filter of this machine drops those messages, so that it goes on sending packets that nobody can pass on: connections open, and hang with the first large answer.',
    causes: [
      'A rule that drops all of ICMP, in the belief that it is only ping.',
      'Input is dropped by default, and neither related packets nor these types are let in.',
      'For IPv6: an ICMPv6 list with the neighbour messages and without `packet-too-big` (RFC 4890 section 4.3.1 says that it must not be dropped).',
    ],
    explains: [{ kinds: ['*'], codes: ['mtu-blackhole'], shownBy: 'either' }],
    answered: true,
    against: [
      { kinds: ['l3.icmp-errors'], says: 'messages about packet sizes come in' },
      { kinds: ['l3.mtu'], says: 'packets of full size get through' },
    ],
    tellApart: [
      'The rule is named in the check. `netdiag mtu TARGET` shows whether a path is narrow enough to need the messages.',
      'Over VPN and PPPoE it matters at once, on plain Ethernet with full packets everywhere it does not.',
    ],
    remedies: [
      'Let in related packets: `ct state established,related accept`; with iptables `-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`.',
      'Or the messages themselves: `icmp type destination-unreachable accept` and `icmpv6 type packet-too-big accept`.',
    ],
    summary: (facts) => `The firewall of this machine drops the ICMP messages that path MTU discovery needs${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Let in related packets ahead of the rule that drops them; all rules show in: sudo nft list ruleset',
        darwin: 'Let in icmp type unreach code needfrag; all rules show in: sudo pfctl -sr',
        win32: 'Allow the inbound rules of Core Networking for ICMP: Get-NetFirewallRule -Group "@FirewallAPI.dll,-25000"',
      }),
  },

  'ipv6-unfiltered': {
    formOf: 'firewall-inactive',
    title: 'The firewall covers IPv4 and leaves IPv6 open',
    meaning:
      'New connections from elsewhere are stopped over IPv4, and let in over IPv6. Every listener that takes IPv6 is open to whoever can route to this machine, without any address translation in front. Traffic works: this is about exposure.',
    causes: [
      'Rules were written with `iptables` alone; `ip6tables` has none.',
      'ufw is set to leave IPv6 alone (`IPV6=no` in /etc/default/ufw).',
      'A table of the family `ip` where one of `inet` was meant.',
    ],
    answered: true,
    tellApart: [
      '`sudo ip6tables-save` beside `sudo iptables-save`; in `sudo nft list ruleset` the family stands behind `table`.',
      'A port scan of the IPv6 address from outside shows what is really open.',
    ],
    remedies: [
      'Write the same rules for both families: one table of the family `inet`, or `IPV6=yes` for ufw, then `sudo ufw reload`.',
      'Let in ICMPv6 as RFC 4890 says: without neighbour discovery IPv6 does not work at all.',
    ],
    summary: (facts) => `The firewall of this machine filters IPv4 only: IPv6 is open to everybody${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Give IPv6 the same rules, with ICMPv6 let in; what it has now shows in: sudo nft list ruleset',
        darwin: 'Give IPv6 the same rules; what it has now shows in: sudo pfctl -sr',
        win32: 'Give IPv6 the same rules; what it has now shows in: Get-NetFirewallRule -Direction Inbound -Enabled True',
      }),
  },

  'firewall-bypassed': {
    title: 'Published ports pass by the firewall',
    meaning:
      'A port of this machine is handed on to a container or another host by address translation, ahead of the rules for connections to the machine itself. What ufw, firewalld or an input chain forbids does not hold for it: it is open to everybody, although the firewall is on.',
    causes: [
      'Docker writes its own rules for `-p PORT:PORT`; they come before those of ufw and firewalld (its documentation says so).',
      'A rule for port forwarding that was made by hand, by libvirt or by a VPN.',
      'A node port of Kubernetes.',
    ],
    answered: true,
    tellApart: [
      'The port and where it leads are named in the check; `docker ps` shows the same pair.',
      'A connection from another machine says whether something further out covers it.',
    ],
    remedies: [
      'Publish on the loopback or an inner address: `-p 127.0.0.1:5432:5432`, and let a reverse proxy face the outside.',
      'Put rules for published ports into the chain DOCKER-USER (`-m conntrack --ctorigdstport`), which Docker asks first.',
      'For ufw: `ufw route` rules and the additions of ufw-docker; for firewalld: policies of the zone `docker`.',
    ],
    summary: (facts) => `Ports that this machine hands on are open to everybody although its firewall is on${found(facts)}.`,
    remedy: () =>
      'Publish such ports on 127.0.0.1 (-p 127.0.0.1:PORT:PORT), or filter them in the chain DOCKER-USER; the rules show in: sudo nft list ruleset',
  },

  'firewall-conflict': {
    title: 'Two packet filters have rules at the same time',
    meaning:
      'The kernel holds rules of iptables in its old form (iptables-legacy) and of nftables (or iptables over it) side by side. A packet must pass both; neither tool shows what the other has, so that a port opened in one stays closed by the other.',
    causes: [
      'The system was upgraded to iptables over nftables, and a program still uses the old tool.',
      'A container or VPN client brings its own iptables of the other kind.',
      '`update-alternatives --set iptables` was changed while rules were loaded.',
    ],
    answered: true,
    tellApart: [
      '`sudo iptables-legacy-save` and `sudo nft list ruleset` show the rules of each.',
      '`sudo iptables-save` warns of "iptables-legacy tables present" where both have some.',
    ],
    remedies: [
      'Decide for one (`sudo update-alternatives --config iptables`), load all rules with it, and restart what wrote the others.',
      'After a restart of the machine look whether the old ones come back: then a program writes them.',
    ],
    summary: (facts) => `Two packet filters have rules on this machine, and a packet must pass both${found(facts)}.`,
    remedy: () =>
      'Use one engine for all rules; iptables-legacy-save shows those of the old one, those of the new one show in: sudo nft list ruleset',
  },

  'listener-blocked': {
    title: 'The own firewall keeps others from a service',
    meaning:
      'A service that should be reached from elsewhere listens as it should, and the packet filter of this machine stops new connections to it. From the machine itself all looks well; everybody else sees a port that is silent or refuses.',
    causes: [
      'The port was never opened in the firewall after the service was set up.',
      'It was opened for one zone, interface or family only.',
      'A rule further up, or one of the other engine (`iptables-legacy`), stops it first.',
    ],
    answered: true,
    tellApart: [
      'The rule or policy that decides is named in the check.',
      '`sudo ufw status verbose`, `sudo firewall-cmd --list-all`: what is open in the words of the tool.',
    ],
    remedies: [
      'Open the port where the rules are made: `sudo ufw allow PORT/tcp`, or `sudo firewall-cmd --permanent --add-port=PORT/tcp` and `--reload`.',
      'Or bind the service to the loopback, and take it out of the list of what should be reached.',
    ],
    summary: (facts) =>
      `The firewall of this machine keeps others out of a service that should be reached${toTarget(facts)}${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Open the port in the tool that makes the rules (ufw, firewalld); all rules show in: sudo nft list ruleset',
        darwin: 'Open the port in the tool that makes the rules; all rules show in: sudo pfctl -sr -v',
        win32: 'Allow the port inbound; what is allowed shows in: Get-NetFirewallRule -Direction Inbound -Action Allow -Enabled True',
      }),
  },
});
