import { addressFamily } from '../../model/target.js';
import type { CauseFacts } from '../cause.js';
import { commandWords, onPlatform } from '../command-words.js';
import { lastingPlace } from '../machine-commands.js';
import { defineCauses, found, networkInterface, target, throughInterface, toTarget } from './phrases.js';

/** RFC 8200 section 5: IPv6 needs 1280 bytes. Linux switches IPv6 off on an interface with less. */
const IPV6_MINIMUM_MTU_BYTES = 1280;

/** How to make this machine send packets that fit through the path. */
function lowerMtu(facts: CauseFacts): string {
  const words = commandWords(facts);
  const mtu = facts.pathMtuBytes ?? null;
  if (mtu === null) return `Measure the size that passes, then lower the MTU to it: netdiag mtu ${words.endpoint}`;
  if (mtu < IPV6_MINIMUM_MTU_BYTES)
    return onPlatform(facts, {
      linux: 'Let TCP find the size by itself (a link MTU that small would switch IPv6 off): sudo sysctl -w net.ipv4.tcp_mtu_probing=1',
      darwin: `Have the tunnel or router that takes only ${mtu} bytes mended: a link MTU below 1280 would break IPv6 on this machine.`,
      win32: `Have the tunnel or router that takes only ${mtu} bytes mended: a link MTU below 1280 would break IPv6 on this machine.`,
    });
  return onPlatform(facts, {
    linux: `Until the path is mended, ${otherWays(facts, mtu)}or send no larger packets${lastingPlace(facts)}: sudo ip link set dev ${words.interface} mtu ${mtu}`,
    darwin: `Until the path is mended, send no larger packets: sudo ifconfig ${words.interface} mtu ${mtu}`,
    win32: `Until the path is mended, as administrator: netsh interface ipv4 set subinterface ${words.interface} mtu=${mtu} store=active`,
  });
}

/** IP and TCP headers without options. */
const TCP_HEADERS_BYTES = { 4: 40, 6: 60 } as const;

/** What can be done on a router of one's own, and by TCP on this machine. */
function otherWays(facts: CauseFacts, mtu: number): string {
  // A name can have addresses of both families: a segment that fits IPv6 fits IPv4 too.
  const family = addressFamily(commandWords(facts).host) ?? 6;
  const clamp = `clamp TCP on a router of your own in front of the narrow link (nftables: tcp flags syn tcp option maxseg size set ${mtu - TCP_HEADERS_BYTES[family]}), `;
  // What this machine probes for is the size of what it sends itself.
  const probing = facts.vanishingDirection === 'from-target' ? '' : 'let TCP here find the size (sysctl net.ipv4.tcp_mtu_probing=1), ';
  return `${clamp}${probing}`;
}

/** Layer 3: the size of packets. */
export const MTU_CAUSES = defineCauses({
  'mtu-blackhole': {
    title: 'Large packets vanish without a word',
    meaning:
      'Small packets pass, larger ones disappear, and no router sends the "packet too big" message that would make the sender adapt (RFC 1191, RFC 8201). Connections open well and stall at the first large record: TLS hangs, pages load by half, file transfers stop.',
    causes: [
      'A firewall on the way, or on this machine, drops all ICMP, the messages about packet size included.',
      'A tunnel or VPN (PPPoE, GRE, WireGuard, IPsec) takes 8 to 80 bytes of each packet and clamps nothing.',
      'An overlay of containers or virtual machines whose MTU is larger than what its underlay leaves.',
      'A link of layer 2 with a smaller MTU than its two ends believe: it cannot send any message.',
    ],
    explains: [
      { kinds: ['l6.*', 'l7.*'], exceptKinds: ['l7.name'] },
      { kinds: ['l4.*'], codes: ['tcp-retransmissions', 'service-silent', 'quic-blocked'] },
    ],
    cannotBeToldFrom: [
      { code: 'icmp-errors-blocked', toldBy: 'whether the own rules let messages about packet sizes in' },
      { code: 'mtu-mismatch', toldBy: 'whether a tunnel of this machine is larger than what carries it' },
    ],
    against: [
      {
        kinds: ['l6.handshake', 'l7.http'],
        of: 'same',
        says: 'large answers of its service get through',
        // What is large there goes the other way.
        unlessShown: /on the way there/,
      },
    ],
    toldBy: ['segments'],
    tellApart: [
      '`netdiag mtu TARGET` names the largest size that passes and the smallest that fails; with a TLS or HTTP target also in which direction.',
      'Other targets on the same path pass 1500 bytes: the limit is near the target. None does: it is near this machine.',
      'With the VPN disconnected it passes: the tunnel.',
      '`sudo tcpdump -ni INTERFACE "icmp or icmp6"` on this machine: messages that arrive and are ignored mean a local firewall.',
    ],
    remedies: [
      'Where it starts: allow ICMP type 3 code 4 and ICMPv6 type 2 on every firewall (RFC 4890).',
      'Until then lower the MTU of this machine: `sudo ip link set dev INTERFACE mtu MTU` (macOS: `sudo ifconfig INTERFACE mtu MTU`; Windows, as administrator: `netsh interface ipv4 set subinterface INTERFACE mtu=MTU store=active`), not below 1280 where IPv6 is used.',
      'On the gateway, clamp the TCP segment size to the path: in nftables `tcp flags syn tcp option maxseg size set rt mtu` in a forward chain.',
      'Let TCP on Linux probe for itself (RFC 4821): `sudo sysctl -w net.ipv4.tcp_mtu_probing=1`.',
    ],
    summary: (facts) => {
      const size = facts.pathMtuBytes == null ? 'Large packets' : `Packets over ${facts.pathMtuBytes} bytes`;
      if (facts.vanishingDirection === 'from-target') {
        return `${size} that come back${facts.target === null ? '' : ` from ${target(facts)}`} vanish on the way, and no router says so${found(facts)}.`;
      }
      return `${size}${toTarget(facts)} vanish on the way, and no router says so${found(facts)}.`;
    },
    remedy: lowerMtu,
  },

  'mtu-reduced': {
    title: 'The path takes smaller packets than usual',
    meaning:
      'The path MTU is below the ordinary 1500 bytes, and a router or the interface says so, so that senders adapt. It works; each packet carries a little less. This is a remark, not a fault; only below 1280 bytes, which IPv6 requires (RFC 8200), does something suffer.',
    causes: [
      'A tunnel, VPN or PPPoE line, each of which takes some bytes of every packet.',
      'A mobile network or a cloud overlay with its own encapsulation.',
      'An interface that was set to a smaller MTU on purpose.',
    ],
    slows: true,
    tellApart: [
      '1492 bytes is PPPoE, 1480 an IPv6-in-IPv4 tunnel, 1476 GRE, 1420 WireGuard, 1450 VXLAN; 1280 is the least that IPv6 allows.',
      '`netdiag mtu TARGET` names the router that announces the limit, or says that it is the local interface.',
    ],
    remedies: [
      'Nothing needs to be done while everything works.',
      'If UDP applications fail with large datagrams, let them send no more than the path takes.',
      'Take care that no firewall drops the ICMP messages on which this depends.',
    ],
    summary: (facts) =>
      `The path${toTarget(facts)} takes smaller packets than plain Ethernet, and says so, so that connections adapt${found(facts)}.`,
    remedy: (facts) =>
      `From 1280 bytes on nothing needs to be done; who announces the limit shows in: netdiag mtu ${commandWords(facts).endpoint}`,
  },

  'mtu-mismatch': {
    title: 'Two ends of one link disagree about the MTU',
    meaning:
      'This interface sends packets of a size that its own link, or the neighbour on it, does not accept. Routers send no message about this, since it happens below them: small packets pass, large ones vanish at the first hop.',
    causes: [
      'Jumbo frames (9000 bytes) are set on this machine and not on the switch or the neighbour.',
      'A bridge, bond, VLAN or virtual adapter has another MTU than the adapter below it.',
      'A container or overlay network with 1500 bytes on an underlay that leaves less.',
    ],
    explains: [
      { kinds: ['*'], codes: ['mtu-blackhole'], shownByKinds: ['l3.bridge-mtu'] },
      { kinds: ['l6.*', 'l7.*'], exceptKinds: ['l7.name'] },
    ],
    against: [{ kinds: ['l3.mtu'], says: 'packets of full size get through' }],
    tellApart: [
      '`ip link show` lists the MTU of each interface: a bridge and its members must agree, a VLAN or overlay may not exceed what is below it.',
      'The largest ping that passes to the gateway with the do-not-fragment flag: `ping -M do -s 1472 GATEWAY` for 1500 bytes (macOS: `ping -D -s 1472`; Windows: `ping -f -l 1472`).',
    ],
    remedies: [
      'Set one MTU on all machines, switches and virtual adapters of the segment.',
      'For an overlay, take its overhead off: 50 bytes for VXLAN over IPv4, 60 or 80 for WireGuard over IPv4 or IPv6.',
      'For Docker on a narrower uplink: `"mtu": 1450` in /etc/docker/daemon.json for its default network, `com.docker.network.driver.mtu` under `driver_opts` for those of a compose file.',
    ],
    summary: (facts) =>
      facts.target === null
        ? `The MTU of the ${networkInterface(facts)} does not fit the link on which it is${found(facts)}.`
        : `The MTU used for ${target(facts)}${throughInterface(facts)} does not fit the link${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      // What is below it on this machine says how much fits.
      const fits = /^up to (\d{3,5})$/.exec(facts.expected ?? '')?.[1];
      const isOfDocker = /^(docker\d+|br-[0-9a-f]{12})$/.test(facts.interface ?? '');
      // Docker gives its containers the size that it was told; that of the bridge alone would change nothing for them.
      const lower = isOfDocker
        ? `Have Docker use ${fits} bytes: "mtu": ${fits} in /etc/docker/daemon.json for docker0, the option com.docker.network.driver.mtu for other networks; then make them anew`
        : `Lower it until the next start${lastingPlace(facts)}: sudo ip link set dev ${words.interface} mtu ${fits}`;
      const linux = `Compare the MTU with that of the switch and the neighbours, and set all alike: ip link show dev ${words.interface}`;
      return onPlatform(facts, {
        linux: fits !== undefined && facts.interface !== null ? lower : linux,
        darwin: `Compare the MTU with that of the switch and the neighbours, and set all alike: ifconfig ${words.interface}`,
        win32: 'Compare the MTU with that of the switch and the neighbours, and set all alike: netsh interface ipv4 show subinterfaces',
      });
    },
  },
});
