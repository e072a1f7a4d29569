import { commandWords, onPlatform } from '../command-words.js';
import { defineCauses, found, gateway, networkInterface, onInterface } from './phrases.js';

/** What this machine shares its first hop with: the air, and whoever else answers on it. */
export const SEGMENT_CAUSES = defineCauses({
  'wifi-weak': {
    title: 'The Wi-Fi signal is weak',
    meaning:
      'So little of the signal of the access point arrives that the radio must send slowly and repeat much. Round trips become long and uneven, and packets are lost, most of all while others use the same channel.',
    causes: [
      'The access point is far away, or behind walls, metal or people.',
      'The machine holds on to a distant access point although a nearer one is there.',
      'The antenna is covered, loose or missing.',
      'The 5 or 6 GHz band is used at a distance that only 2.4 GHz covers.',
    ],
    explains: [
      { kinds: ['*'], codes: ['loss-local', 'tcp-retransmissions', 'latency-high', 'jitter-high'], statuses: ['warn'], shownBy: 'either' },
    ],
    against: [{ kinds: ['l1.wireless'], says: 'the signal is strong enough' }],
    tellApart: [
      '`iw dev INTERFACE link`, here and beside the access point: the signal there must be better than -60 dBm.',
      '`iw dev INTERFACE station dump` counts what was sent again (tx retries) and what failed.',
      'With a cable everything is well: it is the air.',
    ],
    remedies: [
      'Move the machine or the access point, or put another access point in between.',
      'Reconnect, so that the nearest access point is chosen.',
      'Take the 2.4 GHz band where distance matters, or a cable where it can be had.',
    ],
    summary: (facts) => `The radio of the ${networkInterface(facts)} hears its access point only weakly${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Go nearer to the access point, or take a cable; the signal shows in: iw dev ${words.interface} link`,
        darwin: 'Go nearer to the access point, or take a cable; the signal shows in: system_profiler SPAirPortDataType',
        win32: 'Go nearer to the access point, or take a cable; the signal shows in: netsh wlan show interfaces',
      });
    },
  },

  'gateway-duplicate': {
    formOf: 'duplicate-address',
    title: 'Two machines answer for the address of the gateway',
    meaning:
      'Asked who has the address of the gateway, more than one machine on the link said that it does, each with its own link address. What this machine sends goes now to one, now to the other. One of them may be wrong, or somebody wants to read the traffic (ARP spoofing).',
    causes: [
      'A second router was given the same address, or a device kept the factory address that the gateway has too.',
      'A machine took the address of the gateway as its own.',
      'A failover pair in which both sides believe that they are active.',
      'Somebody on the link answers for the gateway to have the traffic come by (ARP or neighbour spoofing).',
      'Two switches or routers that work as one, each with a link address of its own: then it is meant.',
    ],
    // The wrong one passes nothing on, knows no names and takes no connections: what goes to it is lost, or refused.
    explains: [
      {
        kinds: ['*'],
        codes: [
          'gateway-unreachable',
          'upstream-unreachable',
          'host-unreachable',
          'port-filtered',
          'dns-unreachable',
          'dns-intermittent',
          'connectivity-intermittent',
          'loss-*',
          'tcp-retransmissions',
          'tcp-reset',
        ],
        shownByKinds: ['l2.gateway-claims'],
        shownBy: 'either',
      },
    ],
    against: [{ kinds: ['l2.gateway-claims'], says: 'one machine alone answers for it' }],
    cannotBeToldFrom: [{ code: 'duplicate-address', toldBy: 'which of the link addresses is that of the router' }],
    tellApart: [
      '`sudo arping -c 3 -I INTERFACE GATEWAY` lists every machine that answers, with its link address.',
      'The first three bytes of a link address name the maker of the device; the switch names its port.',
      'The one that is meant is on the label of the router, or in its settings.',
    ],
    remedies: [
      'Find the other one by its link address in the table of the switch, and take its address or its cable away.',
      'Where nobody is meant to answer for the gateway, turn on ARP inspection (DHCP snooping) in the switch.',
      'Use a network that you trust, or a VPN, until it is found.',
    ],
    summary: (facts) => `More than one machine answers for the ${gateway(facts)}${onInterface(facts)}${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: words.gateway.includes(':')
          ? `Compare the link address of the gateway with the label of the router: ip -6 neigh show dev ${words.interface}`
          : `List all that answer, and find the wrong one by its link address: sudo arping -c 3 -I ${words.interface} ${words.gateway}`,
        darwin: 'Compare the link address of the gateway with the label of the router: arp -an',
        win32: `Compare the link address of the gateway with the label of the router: Get-NetNeighbor -IPAddress ${words.gateway}`,
      });
    },
  },
});
