import { commandWords, onPlatform } from '../command-words.js';
import { defineCauses, found, networkInterface } from './phrases.js';

/** What works at the moment, and may not a moment later: addresses that run out, routes between which nothing decides. */
export const AMBIGUITY_CAUSES = defineCauses({
  'lease-expiring': {
    title: 'An address is about to run out',
    meaning:
      'The address was lent for a time, by DHCP (RFC 2131) or by a router advertisement (RFC 4862), and that time is nearly over without anybody having renewed it. When it ends the address is gone, and every connection from it with it.',
    causes: [
      'The DHCP client has ended or hangs, so that nobody asks for more time.',
      'The DHCP server, or the relay in front of it, is down or no longer reachable.',
      'A firewall drops the answers, or the requests that are broadcast in the last eighth of the lease.',
      'The router has stopped advertising the prefix, for example since its provider gave it another one.',
    ],
    answered: true,
    tellApart: [
      '`ip address show dev INTERFACE` counts down behind valid_lft: twice, some seconds apart, shows whether it is renewed.',
      '`networkctl status INTERFACE`, `nmcli device show INTERFACE` or `ps -C dhclient,dhcpcd` says whether a client is there.',
      '`sudo tcpdump -ni INTERFACE port 67 or port 68`: requests without answers accuse the server, no request the client.',
    ],
    remedies: [
      'Ask for a renewal: `sudo networkctl renew INTERFACE` or `nmcli device reapply INTERFACE` (Windows: `ipconfig /renew`).',
      'Start the DHCP client again, and see in its log why it ended.',
      'Check the DHCP server and its free addresses.',
    ],
    summary: (facts) => `An address of the ${networkInterface(facts)} runs out, and nobody has renewed it${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Have it renewed (where NetworkManager runs, by nmcli device reapply ${words.interface}): sudo networkctl renew ${words.interface}`,
        darwin: `Have it renewed: sudo ipconfig set ${words.interface} DHCP`,
        win32: 'Have it renewed: ipconfig /renew',
      });
    },
  },

  'route-ambiguous': {
    title: 'Nothing decides between two routes',
    meaning:
      'Two routes for the same destinations lead to different links and are equally good, or one subnet is on two links. Which of them is taken then depends on the order in which they came up, so that traffic changes its way after a restart, replies leave by another link than requests came in by, and firewalls or routers drop them.',
    causes: [
      'A cable and Wi-Fi to the same network, without a metric that puts one first.',
      'Two interfaces of a server in one subnet, each with its own address.',
      'Two DHCP leases or router advertisements, each with a default route of the same metric.',
      'A second network interface that a provider or hypervisor added, configured like the first.',
    ],
    answered: true,
    tellApart: [
      '`ip route show` and `ip -6 route show` list the routes with their metrics; none means 0 for IPv4.',
      '`ip route get ADDRESS` names the one that is taken now.',
      '`sudo arping -I INTERFACE ADDRESS` from a neighbour shows which link address answers for which of them.',
    ],
    remedies: [
      'Give the wanted link the lower metric in the configuration of the network service (`RouteMetric=` of systemd-networkd, `ipv4.route-metric` of NetworkManager).',
      'Put the second link into a subnet of its own, or join both to a bond.',
      'Where both are meant to answer, a policy rule for each source address: `ip rule add from ADDRESS table NUMBER`.',
    ],
    summary: (facts) => `This machine has two ways that are equally good, and nothing decides which one its traffic takes${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Give the wanted link the lower metric; what the routes have now shows in: ip route show',
        darwin: 'Put the wanted service first in the order of services; what is there shows in: networksetup -listnetworkserviceorder',
        win32: 'Give the wanted link the lower metric; what they have now shows in: Get-NetIPInterface | Sort-Object InterfaceMetric',
      }),
  },
});
