import type { Entries } from '../language.js';

export const NET: Entries = {
  'the system has no addresses of this family': 'o sistema não tem endereços desta família',
  'the system does not permit it (a prohibit route, a firewall rule or a missing right)':
    'o sistema não permite (uma rota prohibit, uma regra de firewall ou falta de permissão)',
  'no local address or no free local port to send from': 'não há endereço local ou porta local livre de onde enviar',
  'the local address is in use': 'o endereço local está em uso',
  'the connection was aborted here': 'a conexão foi abortada deste lado',
  'the connection was reset by the other side': 'a conexão foi redefinida pelo outro lado',
  'the host is down': 'o host está fora do ar',
  'no route to the host: it or a router in front of it said so, or its link address was not learned':
    'não há rota até o host: ele ou um roteador antes dele informou isso, ou seu endereço de enlace não foi descoberto',
  'the kernel refuses this destination (a blackhole route, or an address of another kind)':
    'o kernel recusa este destino (uma rota blackhole ou um endereço de outro tipo)',
  'no file descriptor is left for this process': 'não resta descritor de arquivo para este processo',
  'no file descriptor is left in the system': 'não resta descritor de arquivo no sistema',
  'the packet is larger than the link takes': 'o pacote é maior do que o enlace aceita',
  'the network interface is down': 'a interface de rede está inativa',
  'the network is unreachable: there is no route': 'a rede está inacessível: não há rota',
  'the queue of the network interface is full': 'a fila da interface de rede está cheia',
  'there is no such interface': 'não existe tal interface',
  'the kernel does not know an option of the socket that is needed for it':
    'o kernel não conhece uma opção do soquete que é necessária para isso',
  'not permitted (a local firewall rule drops it, or a sandbox forbids it)':
    'não permitido (uma regra do firewall local o descarta, ou uma sandbox o proíbe)',
  'the connection was closed by the other side': 'a conexão foi fechada pelo outro lado',
  'no answer: the system gave up': 'sem resposta: o sistema desistiu',
  'errno {0}': 'errno {0}',
};
