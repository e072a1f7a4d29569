import type { CauseFacts } from '../cause.js';
import { commandWords, onPlatform } from '../command-words.js';
import { renewLease } from '../machine-commands.js';
import { shellWord } from '../shell-word.js';
import { BLOCKS, NO_WAY_OUT, SERVFAIL_BEHIND } from './effects.js';
import { defineCauses, found, gateway, networkInterface, onInterface } from './phrases.js';

/** Of so many damaged frames on, what is lost above is lost by them. */
const MANY_DAMAGED_RATIO = 0.05;

/** `39 frame errors of 126 in 2.83 s`; drops for want of room are no damage. */
function damagesMany(observed: string | null): boolean {
  const [, damaged, all] = /\b(\d{1,12}) [\w ]{1,60}errors(?: \(\d+ missed\))? of (\d{1,12})\b/.exec(observed ?? '') ?? [];
  return damaged !== undefined && all !== undefined && Number(damaged) >= MANY_DAMAGED_RATIO * Number(all);
}

/** The line about an interface says so where there is none at all. */
function isThere({ observed }: CauseFacts): boolean {
  return observed === null || !/^there is no network interface/.test(observed);
}

/** Layers 1 and 2: the interface, its cable or radio, its address, and the neighbours on the same link. */
export const LINK_CAUSES = defineCauses({
  'interface-down': {
    title: 'The network interface is switched off',
    meaning:
      'The interface exists, but the system holds it administratively down: it sends and receives nothing, whatever the cable or radio does. Somebody or something on this machine has to bring it up. Where there is no interface besides the loopback, the system found no adapter, or gave this container or namespace none.',
    causes: [
      'It was taken down by hand or by a script, or never brought up after the start of the system.',
      'The network service (NetworkManager, systemd-networkd, ifupdown) does not manage it, or failed to start.',
      'Flight mode, rfkill or a hardware switch turned the radio off.',
      'The adapter is disabled in the system settings or in the hypervisor.',
      'There is none: no driver for the adapter, or a container that was started without a network.',
    ],
    explains: NO_WAY_OUT,
    against: [{ kinds: ['l3.latency', 'l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], says: 'a target beyond it answers' }],
    tellApart: [
      '`ip link show` lists the flags between angle brackets: without UP it is administratively down.',
      '`rfkill list` shows whether a radio is blocked by software or by a switch.',
      '`networkctl` or `nmcli device status` says whether a service manages the interface.',
    ],
    remedies: [
      'Bring it up: `sudo ip link set dev INTERFACE up` (macOS: `sudo ifconfig INTERFACE up`; Windows, as administrator: `Enable-NetAdapter -Name INTERFACE`).',
      'Have the network service manage it, so that it comes up by itself after the next start.',
      'Release a blocked radio: `rfkill unblock wifi`.',
    ],
    summary: (facts) =>
      isThere(facts)
        ? `The ${networkInterface(facts)} is administratively down, so nothing leaves through it${found(facts)}.`
        : `This machine has no network interface besides the loopback, so nothing leaves it${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      if (!isThere(facts)) {
        return onPlatform(facts, {
          linux: 'See whether the system knows of an adapter, and why it has no driver for it: lspci -k; ip link show',
          darwin: 'See which adapters the system knows of: networksetup -listallhardwareports',
          win32: 'See which adapters the system knows of: Get-NetAdapter -IncludeHidden',
        });
      }
      return onPlatform(facts, {
        linux: `Bring it up: sudo ip link set dev ${words.interface} up`,
        darwin: `Bring it up: sudo ifconfig ${words.interface} up`,
        win32: `Enable it, in PowerShell as administrator: Enable-NetAdapter -Name ${words.interface}`,
      });
    },
  },

  'no-carrier': {
    title: 'No cable, or no Wi-Fi association',
    meaning:
      'The interface is up, but the physical layer reports no partner at the other end: no electrical or optical signal on a cable, or no association with an access point. No setting above this layer can help until the carrier is there.',
    causes: [
      'The cable is unplugged, broken or in the wrong socket.',
      'The switch port or the device at the other end is off or disabled.',
      'Wi-Fi is out of range, or the password or the certificate for it is wrong.',
      'Speed and duplex are fixed by hand on one side only, or the optical module does not match.',
      'The network adapter of a virtual machine is disconnected in the hypervisor.',
    ],
    explains: [
      ...NO_WAY_OUT,
      // What cannot go out is dropped, and counted.
      { kinds: ['l2.counters'], codes: ['interface-errors'], shownBy: 'either', answersToo: true },
    ],
    against: [{ kinds: ['l3.latency', 'l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], says: 'a target beyond it answers' }],
    tellApart: [
      '`ip link show` prints NO-CARRIER; `ethtool INTERFACE` prints "Link detected: no" and what the partner offers.',
      'The lamps at the socket: dark at both ends is cable or power; dark here only is this adapter.',
      '`iw dev INTERFACE link` says "Not connected" where a Wi-Fi association is missing.',
      'Another cable, then another switch port: whichever brings the link up names the culprit.',
    ],
    remedies: [
      'Reseat or replace the cable; try another port of the switch.',
      'Enable the port on the switch, and set both sides to negotiate speed and duplex.',
      'Join the Wi-Fi network again, nearer to the access point.',
      'In a virtual machine, connect the adapter in the settings of the hypervisor.',
    ],
    summary: (facts) =>
      `The ${networkInterface(facts)} is up but has no carrier: no cable, no partner, or no Wi-Fi association${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Check the cable, the switch port or the Wi-Fi; the state of the link shows in: ip link show dev ${words.interface}`,
        darwin: `Check the cable, the switch port or the Wi-Fi; "status: active" must show in: ifconfig ${words.interface}`,
        win32: `Check the cable, the switch port or the Wi-Fi; the state of the link shows in: Get-NetAdapter -Name ${words.interface}`,
      });
    },
  },

  'interface-errors': {
    title: 'The interface counts errors',
    meaning:
      'The adapter or its driver discards frames: damaged on arrival, too many for its queues, or not sent. The counters run since the interface exists, so old errors stay in them; it is their growth that hurts, as loss and retransmissions above.',
    causes: [
      'A bad cable, connector or optical module: frames fail their checksum (CRC).',
      'A duplex mismatch: one side negotiates, the other is fixed, and late collisions and CRC errors grow with the load.',
      'The receive ring or the CPU cannot keep up: drops and overruns without CRC errors.',
      'A driver, firmware or offload fault.',
    ],
    explains: [
      { kinds: ['*'], codes: ['loss-local', 'tcp-retransmissions'], statuses: ['warn'], shownBy: 'either' },
      // What the adapter throws away by the share nobody else has lost.
      {
        kinds: ['*'],
        codes: ['loss-*', 'tcp-retransmissions'],
        shownByKinds: ['l2.counters'],
        shownBy: 'either',
        shownIf: damagesMany,
      },
    ],
    against: [{ kinds: ['l2.counters'], says: 'its counters of errors stand still' }],
    tellApart: [
      '`ip -s -s link show dev INTERFACE`, twice, ten seconds apart: only counters that grow matter.',
      'CRC or frame errors mean the cable or the duplex setting; missed, overrun or dropped means this machine is too slow.',
      '`ethtool INTERFACE` shows speed and duplex; the switch must show the same.',
      '`ethtool -S INTERFACE` names the counters of the adapter one by one.',
    ],
    remedies: [
      'Replace the cable and use another switch port; clean or replace the optical module.',
      'Let both sides negotiate speed and duplex.',
      'For drops without CRC errors, enlarge the receive ring: `sudo ethtool -G INTERFACE rx 4096`, at most what `ethtool -g INTERFACE` allows.',
      'Update the driver or firmware of the adapter.',
    ],
    summary: (facts) => `The ${networkInterface(facts)} counts errors or drops of its own${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Run it twice, ten seconds apart, and replace the cable if CRC errors grow: ip -s -s link show dev ${words.interface}`,
        darwin: `Run it twice, ten seconds apart, and replace the cable if the errors grow: netstat -I ${words.interface}`,
        win32: `Run it twice, ten seconds apart, and replace the cable if the errors grow: Get-NetAdapterStatistics -Name ${words.interface} | Format-List *`,
      });
    },
  },

  'no-address': {
    title: 'The interface has no usable address',
    meaning:
      'The link works, but the interface has no IP address with which it could speak beyond it: none at all, or only a link-local one (169.254.0.0/16 by RFC 3927, fe80::/10 by RFC 4291), which systems give themselves when nobody assigns any.',
    causes: [
      'No DHCP server answered: it is off, out of free addresses, or in another VLAN.',
      'A Wi-Fi network that wants a login or key, or 802.1X that was not passed: the link is there, the network is not.',
      'A fixed address is missing from, or misspelt in, the configuration.',
      'The DHCP client is not running for this interface.',
      'For IPv6: no router advertisements (RFC 4861), or they are dropped by a firewall.',
    ],
    explains: NO_WAY_OUT,
    against: [{ kinds: ['l3.latency', 'l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], says: 'a target beyond it answers' }],
    tellApart: [
      '`ip -br address` lists what each interface has; 169.254.x.y means that DHCP was tried in vain.',
      '`sudo tcpdump -ni INTERFACE port 67 or port 68` while the lease is renewed: requests without offers accuse the server or the VLAN, no request accuses the client.',
      'Another device at the same socket gets an address: the fault is here; gets none: it is in the network.',
    ],
    remedies: [
      'Ask DHCP again: `sudo networkctl renew INTERFACE` or `nmcli device connect INTERFACE` (macOS: `sudo ipconfig set INTERFACE DHCP`; Windows: `ipconfig /renew`).',
      'Check the VLAN of the switch port, and the free addresses of the DHCP server.',
      'Where addresses are fixed, enter address, prefix length and gateway in the configuration of the interface.',
    ],
    summary: (facts) => `The ${networkInterface(facts)} has no IP address with which it can speak beyond its own link${found(facts)}.`,
    remedy: (facts) => {
      return renewLease(facts, 'Ask DHCP again');
    },
  },

  'neighbor-unresolved': {
    title: 'The MAC address of the gateway cannot be learned',
    meaning:
      'Before a packet can go to the gateway, its link address must be learned by ARP (RFC 826) or neighbour discovery (RFC 4861). Nobody answers that question, so no packet leaves the link, whatever its destination.',
    causes: [
      'The gateway is off, or its interface on this network is down.',
      'This machine is in the wrong VLAN or on the wrong Wi-Fi network.',
      'The address, the prefix length or the gateway is wrong, so that a gateway is sought where there is none.',
      'Client isolation, port security or a firewall drops ARP or ICMPv6.',
      'On a cloud or virtual network: the security settings bind the port to another address.',
    ],
    explains: NO_WAY_OUT,
    against: [{ kinds: ['l3.latency', 'l4.port', 'l6.handshake', 'l7.http', 'l7.websocket'], says: 'a target behind it answers' }],
    cannotBeToldFrom: [
      { code: 'route-wrong', toldBy: 'whether a machine that works here has the same gateway' },
      { code: 'duplicate-address', toldBy: 'whether another machine answers for the address of this one' },
    ],
    tellApart: [
      '`ip neigh show` gives the state: FAILED or INCOMPLETE means unanswered, REACHABLE means the trouble is elsewhere.',
      'Other neighbours resolve, the gateway does not: the gateway, or its address, is at fault. None resolves: the VLAN or this link.',
      '`sudo tcpdump -eni INTERFACE arp or icmp6` shows whether the questions leave and whether anything else is heard.',
    ],
    remedies: [
      'Compare address, prefix length and gateway with those of a machine that works on the same network.',
      'Check the VLAN of the switch port, and that the gateway is on.',
      'Allow ARP and ICMPv6 types 133 to 137 (RFC 4890) where they are filtered.',
    ],
    summary: (facts) =>
      `Nobody answers for the link address of the ${gateway(facts)}${onInterface(facts)}, so no packet goes out by it${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Check VLAN, prefix length and the gateway's address; FAILED or INCOMPLETE confirms it: ip neigh show dev ${words.interface}`,
        darwin: `Check VLAN, prefix length and the gateway's address; "incomplete" confirms it: ${words.gateway.includes(':') ? 'ndp -an' : 'arp -an'}`,
        win32: `Check VLAN, prefix length and the gateway's address; "Unreachable" confirms it: Get-NetNeighbor -IPAddress ${words.gateway}`,
      });
    },
  },

  'duplicate-address': {
    title: 'Another machine uses the same IP address',
    meaning:
      'Two machines on the link answer for one IP address (RFC 5227 for IPv4, duplicate address detection by RFC 4862 for IPv6). Neighbours send now to one, now to the other: connections hang, are reset, or work only at times, on both machines.',
    causes: [
      'A fixed address lies inside the range that DHCP hands out.',
      'Two machines were given the same fixed address, or one is a clone of the other.',
      'Two DHCP servers hand out the same range.',
      'A failover pair (VRRP, keepalived) in which both sides believe that they are active.',
      'A device that answers ARP for others (proxy ARP).',
    ],
    explains: [
      { ...BLOCKS, shownByKinds: ['l2.address'] },
      { ...SERVFAIL_BEHIND, shownByKinds: ['l2.address'] },
      { kinds: ['l2.duplicate'], codes: ['duplicate-address'], shownByKinds: ['l2.address'], shownBy: 'either', answersToo: true },
      // Answers that go to the other holder are lost here, all or some, and what it makes of them is a reset.
      {
        kinds: ['*'],
        codes: [
          'neighbor-unresolved',
          'gateway-unreachable',
          'upstream-unreachable',
          'host-unreachable',
          'port-filtered',
          'dns-unreachable',
          'dns-intermittent',
          'proxy-unreachable',
          'connectivity-intermittent',
          'loss-*',
          'tcp-retransmissions',
          'tcp-reset',
        ],
      },
    ],
    against: [{ kinds: ['l2.duplicate'], of: 'same', says: 'nobody else answers for the address' }],
    tellApart: [
      "`sudo arping -D -c 3 -I INTERFACE ADDRESS`, with this machine's own address: a reply is the other holder, with its MAC address.",
      'For IPv6, `ip -6 address` marks the address with dadfailed.',
      'The first three bytes of the foreign MAC address name its maker; the switch names its port.',
    ],
    remedies: [
      'Take this machine to a free address, or let DHCP choose one.',
      'Find the other holder by its MAC address in the switch, and correct it.',
      'Keep fixed addresses out of the DHCP range, or make them reservations.',
    ],
    summary: (facts) => `Another machine on the same link uses the IP address of this one${onInterface(facts)}${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      const own = shellWord(facts.address ?? null) ?? 'ADDRESS';
      return onPlatform(facts, {
        linux: own.includes(':')
          ? `Take a free address, or find the other holder; what is in conflict shows in: ip -6 address show dev ${words.interface} dadfailed`
          : `Find the other holder${own === 'ADDRESS' ? "; ADDRESS is this machine's own" : ''}: sudo arping -D -c 3 -I ${words.interface} ${own}`,
        darwin: 'Take a free address or let DHCP choose one; the other holder shows in the ARP table of a neighbour: arp -an',
        win32: 'Take a free address or let DHCP choose one; what is in conflict shows in: Get-NetIPAddress -AddressState Duplicate',
      });
    },
  },
});
