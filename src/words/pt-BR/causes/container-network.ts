import type { Entries } from '../../language.js';

export const CAUSES_CONTAINER_NETWORK: Entries = {
  'A container network overlaps with another network': 'Uma rede de contêineres se sobrepõe a outra rede',
  'A bridge for containers or virtual machines on this machine has a subnet that a VPN, a gateway or the network itself leads to as well. The kernel follows one of the two routes, the one with the longest prefix and of those the lowest metric: machines behind the other one cannot be reached from here, or the containers cannot.':
    'Uma bridge para contêineres ou máquinas virtuais desta máquina tem uma sub-rede à qual também leva uma VPN, um gateway ou a própria rede. O kernel segue uma das duas rotas: a de prefixo mais longo e, entre essas, a de menor métrica. As máquinas atrás da outra não podem ser alcançadas daqui, ou então os contêineres não podem.',
  'Docker takes 172.17.0.0/16 and on, then parts of 192.168.0.0/16, wherever it is installed; many companies use the same ranges.':
    'O Docker usa 172.17.0.0/16 e seguintes, depois partes de 192.168.0.0/16, onde quer que seja instalado; muitas empresas usam as mesmas faixas.',
  'A VPN routes a whole private range, such as 172.16.0.0/12 or 10.0.0.0/8.':
    'Uma VPN roteia uma faixa privada inteira, como 172.16.0.0/12 ou 10.0.0.0/8.',
  'libvirt (192.168.122.0/24), LXD or Podman took a subnet that the network around the machine has too.':
    'libvirt (192.168.122.0/24), LXD ou Podman usou uma sub-rede que a rede em volta da máquina também tem.',
  'A compose file names a subnet of its own.': 'Um arquivo compose define uma sub-rede própria.',
  'no two networks share addresses': 'não há duas redes com os mesmos endereços',
  '`ip route show table all` lists both routes; `ip route get ADDRESS` shows which one is followed for an address that both claim.':
    '`ip route show table all` lista as duas rotas; `ip route get ADDRESS` mostra qual é seguida para um endereço que as duas reivindicam.',
  '`docker network inspect NETWORK` names the subnet of a network of Docker; the name of its bridge is `br-` and the beginning of its id.':
    '`docker network inspect NETWORK` mostra a sub-rede de uma rede do Docker; o nome da bridge é `br-` e o início do id da rede.',
  'With the VPN disconnected the overlap is gone: it is its routes.': 'Com a VPN desconectada, a sobreposição some: são as rotas dela.',
  'Give Docker other ranges in /etc/docker/daemon.json, `"bip": "10.200.0.1/24"` and `"default-address-pools": [{"base": "10.201.0.0/16", "size": 24}]`, restart it, and make its networks anew.':
    'Dê ao Docker outras faixas em /etc/docker/daemon.json, `"bip": "10.200.0.1/24"` e `"default-address-pools": [{"base": "10.201.0.0/16", "size": 24}]`, reinicie-o e recrie as redes dele.',
  'Give a network of a compose file a `subnet` that nobody else uses.':
    'Dê à rede de um arquivo compose uma `subnet` que ninguém mais use.',
  'Have the VPN route only the subnets that are needed.': 'Faça a VPN rotear só as sub-redes necessárias.',
  'A container network of this machine has addresses that another network has too{0}.':
    'Uma rede de contêineres desta máquina tem endereços que outra rede também tem{0}.',
  'Move one of the two; for Docker set bip and default-address-pools in /etc/docker/daemon.json. Both routes show in: ip route show table all':
    'Mude uma das duas; no Docker, defina bip e default-address-pools em /etc/docker/daemon.json. Veja as duas rotas com: ip route show table all',
  'Move one of the two; for Docker set bip and default-address-pools in its settings. Both routes show in: netstat -rn':
    'Mude uma das duas; no Docker, defina bip e default-address-pools nas configurações. Veja as duas rotas com: netstat -rn',
  'Move one of the two; for Docker set bip and default-address-pools in its settings. Both routes show in: route print':
    'Mude uma das duas; no Docker, defina bip e default-address-pools nas configurações. Veja as duas rotas com: route print',
  'This container network knows no names of services': 'Esta rede de contêineres não conhece nomes de serviços',
  "The container is in Docker's default network, which has no resolver of its own: names of other containers or services are asked of the machine's resolvers, which do not know them. Networks that were made for containers have a resolver at 127.0.0.11 that does.":
    'O contêiner está na rede padrão do Docker, que não tem resolvedor próprio: os nomes de outros contêineres ou serviços são consultados nos resolvedores da máquina, que não os conhecem. As redes criadas para contêineres têm em 127.0.0.11 um resolvedor que os conhece.',
  'The container was started without `--network`, so that it is in the network `bridge`.':
    'O contêiner foi iniciado sem `--network`, e por isso está na rede `bridge`.',
  'It was started by hand, beside the services of a compose file, which have a network of their own.':
    'Ele foi iniciado à mão, ao lado dos serviços de um arquivo compose, que têm uma rede própria.',
  "A resolver given by `--dns` or by a file mounted over /etc/resolv.conf takes the place of Docker's.":
    'Um resolvedor dado por `--dns`, ou por um arquivo montado sobre /etc/resolv.conf, toma o lugar do resolvedor do Docker.',
  '/etc/resolv.conf in the container: `nameserver 127.0.0.11` is a network with names.':
    '/etc/resolv.conf no contêiner: `nameserver 127.0.0.11` indica uma rede com nomes.',
  '`docker inspect CONTAINER` lists the networks that it is in.': '`docker inspect CONTAINER` lista as redes em que ele está.',
  'Make a network and start both containers in it: `docker network create NETWORK`, then `--network NETWORK`.':
    'Crie uma rede e inicie os dois contêineres nela: `docker network create NETWORK`, depois `--network NETWORK`.',
  'Join a running container to the network of the services: `docker network connect NETWORK CONTAINER`.':
    'Ligue um contêiner em execução à rede dos serviços: `docker network connect NETWORK CONTAINER`.',
  'In a compose file, list both services under the same network.': 'Em um arquivo compose, liste os dois serviços na mesma rede.',
  'The name is that of a service, and this container network has no resolver for such names{0}.':
    'O nome é o de um serviço, e esta rede de contêineres não tem resolvedor para esses nomes{0}.',
  'The name {0} is that of a service, and this container network has no resolver for such names{1}.':
    'O nome {0} é o de um serviço, e esta rede de contêineres não tem resolvedor para esses nomes{1}.',
  'Join the container to the network of the services, on the machine that runs it: docker network connect NETWORK CONTAINER':
    'Ligue o contêiner à rede dos serviços, na máquina que o executa: docker network connect NETWORK CONTAINER',
};
