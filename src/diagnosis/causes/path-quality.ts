import { commandWords, onPlatform } from '../command-words.js';
import { HEAVY_LOSS, LOSS_FELT, SLOW_ANSWERS } from './effects.js';
import {
  BEHIND_JITTER,
  BEHIND_LATENCY,
  BEHIND_LOSS,
  BEHIND_QUEUE,
  BEHIND_SLOW_WAY,
  BEHIND_SPIKE,
  SENT_AGAIN_TOO_SOON,
} from './effects-of-time.js';
import { defineCauses, found, gateway, onInterface, target, toTarget } from './phrases.js';

/** Layer 3: packets arrive, but not all of them, not in time or not in order. */
export const PATH_QUALITY_CAUSES = defineCauses({
  'loss-local': {
    title: 'Packets are lost from the first hop on',
    meaning:
      'The loss begins between this machine and its gateway, so everything further out suffers too. The target and the provider are not the cause. 1 % is enough to cut the throughput of a long TCP connection to a fraction.',
    causes: [
      'Wi-Fi: distance, interference, a crowded channel.',
      'A bad cable or a duplex mismatch.',
      'The router, or the queue in front of the line, is overloaded.',
      'This machine, its virtual machine or its network driver has no time to serve the adapter.',
      'A gateway that answers ping only so many times a second: then targets beyond show no loss.',
    ],
    explains: [
      { kinds: ['l3.loss', 'l3.answers', 'l3.jitter', 'l4.retransmissions'], shownBy: 'as-grave' },
      ...BEHIND_LOSS,
      LOSS_FELT,
      ...HEAVY_LOSS,
      // What is lost before the gateway is lost for all that lies behind it, and for the gateway where that is a target itself.
      { kinds: ['*'], codes: ['loss-*'], shownByKinds: ['l3.gateway'], shownBy: 'either' },
    ],
    against: [{ kinds: ['l3.gateway'], says: 'the gateway loses nothing' }],
    cannotBeToldFrom: [
      { code: 'wifi-weak', toldBy: 'the strength of the radio signal' },
      { code: 'interface-errors', toldBy: 'counters of the interface that grow' },
      { code: 'duplicate-address', toldBy: 'whether another machine answers for the address of this one' },
    ],
    toldBy: ['loss-by-hop'],
    tellApart: [
      'Targets beyond the gateway lose as much: real. They lose nothing: the gateway merely limits its own answers.',
      '`ip -s link show dev INTERFACE`: growing errors accuse cable or adapter.',
      '`iw dev INTERFACE link` (Windows: `netsh wlan show interfaces`): a signal below -70 dBm is weak.',
      'With a cable in place of Wi-Fi, or with the line idle, the loss is gone: that was it.',
    ],
    remedies: [
      'Use a cable, move nearer to the access point, or take the 5 GHz band.',
      'Replace the cable and the switch port.',
      'Turn on queue management at the router (see bufferbloat), so that one upload does not drown the rest.',
    ],
    summary: (facts) =>
      facts.target !== null && facts.observed?.includes('no router is between')
        ? `Packets are lost between this machine and ${facts.target}, on the link that both are on${found(facts)}.`
        : `Packets are lost between this machine and the ${gateway(facts)}${onInterface(facts)}${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Try a cable in place of Wi-Fi, or another cable; growing errors show in: ip -s link show dev ${words.interface}`,
        darwin: `Try a cable in place of Wi-Fi, or another cable; growing errors show in: netstat -I ${words.interface}`,
        win32: 'Try a cable in place of Wi-Fi, or another cable; the strength of the radio shows in: netsh wlan show interfaces',
      });
    },
  },

  'loss-upstream': {
    title: 'Packets are lost between the gateway and the target',
    meaning:
      'The first hop is clean, and somewhere behind it packets disappear. Loss at one router in the middle that does not go on to the hops behind it is no loss of traffic: that router only limits its own answers.',
    causes: [
      'The line to the provider is saturated or noisy.',
      'A congested link between providers, often at certain hours.',
      'A broken member of a bundle of parallel links: some connections lose, others do not.',
      'A rate limit or shaper of the provider.',
    ],
    explains: [...BEHIND_LOSS, LOSS_FELT, ...HEAVY_LOSS],
    against: [{ kinds: ['l3.loss'], of: 'other', says: 'packets to other targets are not lost' }],
    cannotBeToldFrom: [
      { code: 'loss-target', toldBy: 'at which hop the loss begins', inquiry: 'loss-by-hop', ofOneTarget: true, ofBasis: ['silence'] },
      { code: 'loss-local', toldBy: 'whether the gateway loses as well', ofBasis: ['silence'] },
    ],
    toldBy: ['loss-by-hop'],
    tellApart: [
      '`netdiag loss TARGET --path` probes every hop beside the target, and names the hop from which the loss stays.',
      'Loss to all targets begins at the second hop: the own line. To one target only: a link further out.',
      'Gone at night, back in the evening: congestion.',
      'With the line idle it is gone: the own traffic saturates it.',
    ],
    remedies: [
      'Stop or shape the own transfers, and measure again.',
      'Report it to the provider, with loss per hop, both addresses and the time.',
      'Use another line or another region of the target until it is mended.',
    ],
    summary: (facts) => `Packets${toTarget(facts)} are lost on the way there or back${found(facts)}.`,
    remedy: (facts) => {
      const { host } = commandWords(facts);
      if (facts.lossByHop === 'placed')
        return `Give the provider the loss of each hop, both addresses and the time, measured with the line otherwise idle: netdiag loss ${host} --path`;
      if (facts.lossByHop === 'not-placed')
        return `With the line otherwise idle, look once more, with more packets: netdiag loss ${host} --path --count 1000`;
      return `With the line otherwise idle, find the hop where it begins, for the provider: netdiag loss ${host} --path`;
    },
  },

  'loss-target': {
    title: 'Only the target loses packets',
    meaning:
      'The way there is clean; the loss appears at the target alone. It is overloaded, or it, or a device right in front of it, limits how many probes it answers.',
    causes: [
      'The target limits ICMP echo, which says nothing about its service.',
      'The target or its virtual machine is overloaded.',
      'Its firewall or load balancer limits new connections from one source.',
      'Its own network connection is bad.',
    ],
    explains: [...BEHIND_LOSS, LOSS_FELT, ...HEAVY_LOSS],
    against: [
      { kinds: ['l3.loss'], statuses: ['fail', 'warn'], codes: ['loss-*'], of: 'other', says: 'packets to other targets are lost as well' },
    ],
    cannotBeToldFrom: [{ code: 'loss-upstream', toldBy: 'at which hop the loss begins', inquiry: 'loss-by-hop', ofBasis: ['silence'] }],
    toldBy: ['loss-by-hop'],
    tellApart: [
      '`netdiag loss TARGET --method tcp`: no loss there means that ping is limited, which is no fault.',
      'A longer interval between the probes makes the loss go: a rate limit.',
      'Loss that grows with the time of day: load.',
    ],
    remedies: [
      'Measure what the service uses: TCP to its port.',
      'Report it to the owner of the target, with the time and the address measured from.',
    ],
    summary: (facts) => `Packets are lost at ${target(facts)}, while the way there is clean${found(facts)}.`,
    remedy: (facts) =>
      `See whether the service loses too, or only ping is limited: netdiag loss ${commandWords(facts).endpoint} --method tcp`,
  },

  'latency-high': {
    title: 'Round trips take long',
    meaning:
      'Packets arrive, but the round trip takes longer than the policy allows. Distance sets the floor: light in fibre needs about 1 ms of round trip for each 100 km; what is above that is detour, queueing or a slow device.',
    causes: [
      'The target is far away, or the traffic takes a detour (VPN, proxy, provider without a direct link).',
      'A queue in front of a busy line (see bufferbloat).',
      'Wi-Fi or mobile radio, satellite, or a virtual machine whose host is busy.',
      'An address translation layer, for example that of a virtual machine or WSL2.',
      'The target answers slowly because it is overloaded.',
    ],
    explains: [BEHIND_SPIKE, BEHIND_SLOW_WAY, BEHIND_LATENCY, SENT_AGAIN_TOO_SOON, SLOW_ANSWERS],
    cannotBeToldFrom: [{ code: 'bufferbloat', toldBy: 'whether the round trip falls as soon as the line is idle' }],
    toldBy: ['watch'],
    slows: true,
    tellApart: [
      'The minimum is high too: distance or detour. The minimum is low and the median high: queueing.',
      'The gateway is slow already: Wi-Fi, local load, or this machine.',
      'A trace shows the hop at which the time jumps and stays up; a single slow hop in the middle is only a slow answer.',
      'Without the VPN it is faster: the detour.',
    ],
    remedies: [
      'Choose a region, mirror or server nearer by.',
      'Use a cable, pause other transfers, and measure again.',
      'Let traffic that does not need the VPN go around it.',
      'Ask the provider about the route, with a trace of both directions where it can be had.',
    ],
    summary: (facts) => `Round trips${toTarget(facts)} take too long${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return `Pause other transfers and compare with the gateway, which tells near from far: netdiag latency ${words.gateway} ${words.endpoint}`;
    },
  },

  'jitter-high': {
    title: 'Round trips vary too much',
    meaning:
      'The time of the round trip changes strongly from packet to packet (interarrival jitter, RFC 3550). Downloads hardly notice; voice, video, games and order execution do, since they must wait for the slowest packet or do without it.',
    causes: [
      'Wi-Fi: contention, retransmissions, power saving.',
      'A queue that fills and drains in front of a busy line.',
      'A busy virtual machine or host that is scheduled late.',
      'Traffic spread over paths of different length.',
    ],
    explains: [BEHIND_JITTER],
    slows: true,
    tellApart: [
      'The gateway varies as much: Wi-Fi or this machine. It does not: the line or beyond.',
      'Idle line, same jitter: not queueing. Only under load: see bufferbloat.',
      'On a virtual machine, the steal column of `vmstat 1` above 0 accuses the host.',
    ],
    remedies: [
      'Use a cable in place of Wi-Fi; or switch its power saving off: `sudo iw dev INTERFACE set power_save off`.',
      'Turn on queue management at the router.',
      'Give the virtual machine dedicated processors.',
    ],
    summary: (facts) => `Round trips${toTarget(facts)} vary too much from packet to packet${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return `Use a cable and an idle line, and compare with the gateway: netdiag latency ${words.gateway} ${words.endpoint} --count 100`;
    },
  },

  'packets-reordered': {
    title: 'Packets arrive out of order',
    meaning:
      'Packets overtake each other on the way (RFC 4737). None is lost for it, and modern TCP tolerates some (RFC 8985); strong reordering still costs throughput, and disturbs voice and UDP protocols without their own ordering.',
    causes: [
      'Load is spread packet by packet over several links.',
      'A bond in mode balance-rr on this machine or the target.',
      'Retransmissions on a radio link that overtake what follows.',
      'A route that changed during the measurement.',
    ],
    slows: true,
    tellApart: [
      'To the gateway as well: this machine, its bond or its Wi-Fi. Only further out: the provider.',
      '`ip -d link show dev INTERFACE` names the mode of a bond.',
      'Only at a single moment: a change of route.',
    ],
    remedies: [
      'Set bonds to a mode that keeps connections together (802.3ad, active-backup).',
      'Report it to the provider where it lasts and hurts.',
    ],
    summary: (facts) => `Packets${toTarget(facts)} arrive out of order${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `If this machine uses a bond, its mode must not be balance-rr: ip -d link show dev ${words.interface}`,
        darwin: `See whether it begins before the gateway: netdiag loss ${words.gateway} --count 300`,
        win32: `See whether it begins before the gateway: netdiag loss ${words.gateway} --count 300`,
      });
    },
  },

  'packets-duplicated': {
    title: 'Packets arrive more than once',
    meaning:
      'One probe is answered twice or more. Something copies packets, or two machines answer for the same address. TCP discards copies; they cost capacity and point to a fault in layer 2.',
    causes: [
      'A loop in the switched network without spanning tree.',
      'Two machines with the same address (see duplicate-address).',
      'A radio link that repeats frames whose acknowledgement was lost.',
      'A mirror port, bridge or virtual switch that feeds copies back.',
      'The address is a broadcast or multicast one, and many answer.',
    ],
    slows: true,
    cannotBeToldFrom: [{ code: 'duplicate-address', toldBy: 'whether the copies carry one link address or two' }],
    tellApart: [
      'The gateway is affected: the local network. Only the target: its side.',
      '`sudo tcpdump -eni INTERFACE icmp` shows whether the copies carry one MAC address or two.',
      'The switch counts broadcasts in great number, and ports that see the same MAC address in turn: a loop.',
    ],
    remedies: ['Turn spanning tree on, and unplug the redundant cable.', 'Find the second holder of the address.'],
    summary: (facts) => `Packets${toTarget(facts)} are answered more than once${onInterface(facts)}${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `See whether the copies come from one MAC address (a loop) or two (two holders): sudo tcpdump -eni ${words.interface} icmp or icmp6`,
        darwin: `See whether the copies come from one MAC address (a loop) or two (two holders): sudo tcpdump -eni ${words.interface} icmp or icmp6`,
        win32: `See whether it begins before the gateway, which means a loop in this network: netdiag loss ${words.gateway} --count 100`,
      });
    },
  },

  bufferbloat: {
    title: 'Latency rises under load',
    meaning:
      'While the line is busy, the round trip grows by far more than it should: a device in front of the slowest link keeps a large queue and lets everything wait in it. Speed tests look good, and calls and shells still stutter.',
    causes: [
      'The router or modem queues without active queue management (RFC 7567).',
      'The upload direction is saturated by a backup or synchronisation.',
      'A Wi-Fi access point or driver with deep queues.',
      'A shaper of the provider with deep queues.',
    ],
    explains: [
      BEHIND_QUEUE,
      { ...SLOW_ANSWERS, belowToo: true },
      { kinds: ['*'], codes: ['latency-high', 'jitter-high', 'tcp-retransmissions'], shownBy: 'as-grave', belowToo: true },
    ],
    slows: true,
    tellApart: [
      'Idle, the round trip is good; during an upload alone it is bad: the queue towards the provider. During a download alone: the queue at the provider.',
      'The round trip to the gateway grows too: Wi-Fi is the bottleneck, not the line.',
    ],
    remedies: [
      'Turn on smart queue management on the router (fq_codel by RFC 8290, or CAKE), with its rate at about 90 % of the measured line rate.',
      'Limit the rate of backups and uploads.',
      'Where this machine itself is the bottleneck: `sudo tc qdisc replace dev INTERFACE root fq_codel`.',
    ],
    summary: (facts) => `The round trip${toTarget(facts)} grows too much while the line is busy${found(facts)}.`,
    remedy: () => 'On the router, turn on smart queue management (fq_codel or CAKE) with its rate at about 90 % of the measured line rate.',
  },
});
