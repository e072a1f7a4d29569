import { onPlatform } from '../command-words.js';
import { defineCauses, found } from './phrases.js';

/** Networks for containers and virtual machines on this machine: their subnets and their names. */
export const CONTAINER_NETWORK_CAUSES = defineCauses({
  'subnet-overlap': {
    formOf: 'route-wrong',
    title: 'A container network overlaps with another network',
    meaning:
      'A bridge for containers or virtual machines on this machine has a subnet that a VPN, a gateway or the network itself leads to as well. The kernel follows one of the two routes, the one with the longest prefix and of those the lowest metric: machines behind the other one cannot be reached from here, or the containers cannot.',
    causes: [
      'Docker takes 172.17.0.0/16 and on, then parts of 192.168.0.0/16, wherever it is installed; many companies use the same ranges.',
      'A VPN routes a whole private range, such as 172.16.0.0/12 or 10.0.0.0/8.',
      'libvirt (192.168.122.0/24), LXD or Podman took a subnet that the network around the machine has too.',
      'A compose file names a subnet of its own.',
    ],
    answered: true,
    against: [{ kinds: ['l3.subnets'], says: 'no two networks share addresses' }],
    tellApart: [
      '`ip route show table all` lists both routes; `ip route get ADDRESS` shows which one is followed for an address that both claim.',
      '`docker network inspect NETWORK` names the subnet of a network of Docker; the name of its bridge is `br-` and the beginning of its id.',
      'With the VPN disconnected the overlap is gone: it is its routes.',
    ],
    remedies: [
      'Give Docker other ranges in /etc/docker/daemon.json, `"bip": "10.200.0.1/24"` and `"default-address-pools": [{"base": "10.201.0.0/16", "size": 24}]`, restart it, and make its networks anew.',
      'Give a network of a compose file a `subnet` that nobody else uses.',
      'Have the VPN route only the subnets that are needed.',
    ],
    summary: (facts) => `A container network of this machine has addresses that another network has too${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux:
          'Move one of the two; for Docker set bip and default-address-pools in /etc/docker/daemon.json. Both routes show in: ip route show table all',
        darwin: 'Move one of the two; for Docker set bip and default-address-pools in its settings. Both routes show in: netstat -rn',
        win32: 'Move one of the two; for Docker set bip and default-address-pools in its settings. Both routes show in: route print',
      }),
  },

  'service-names-unavailable': {
    title: 'This container network knows no names of services',
    meaning:
      "The container is in Docker's default network, which has no resolver of its own: names of other containers or services are asked of the machine's resolvers, which do not know them. Networks that were made for containers have a resolver at 127.0.0.11 that does.",
    causes: [
      'The container was started without `--network`, so that it is in the network `bridge`.',
      'It was started by hand, beside the services of a compose file, which have a network of their own.',
      "A resolver given by `--dns` or by a file mounted over /etc/resolv.conf takes the place of Docker's.",
    ],
    explains: [
      // That the name is not known is what it says.
      { kinds: ['l7.name'], shownBy: 'either', answersToo: true },
    ],
    tellApart: [
      '/etc/resolv.conf in the container: `nameserver 127.0.0.11` is a network with names.',
      '`docker inspect CONTAINER` lists the networks that it is in.',
    ],
    remedies: [
      'Make a network and start both containers in it: `docker network create NETWORK`, then `--network NETWORK`.',
      'Join a running container to the network of the services: `docker network connect NETWORK CONTAINER`.',
      'In a compose file, list both services under the same network.',
    ],
    summary: (facts) =>
      `The name${facts.target === null ? '' : ` ${facts.target}`} is that of a service, and this container network has no resolver for such names${found(facts)}.`,
    remedy: () =>
      'Join the container to the network of the services, on the machine that runs it: docker network connect NETWORK CONTAINER',
  },
});
