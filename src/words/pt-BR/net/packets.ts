import type { Entries } from '../../language.js';

export const NET_PACKETS: Entries = {
  'no UDP socket: {0}': 'sem soquete UDP: {0}',
  'no poll': 'sem poll',
  'no ICMP socket: {0}': 'sem soquete ICMP: {0}',
  'no ICMP socket: datagram {0} (net.ipv4.ping_group_range), raw {1} (no CAP_NET_RAW)':
    'sem soquete ICMP: de datagrama {0} (net.ipv4.ping_group_range), bruto {1} (sem CAP_NET_RAW)',
  'the source address is IPv{0}, the destination IPv{1}': 'o endereço de origem é IPv{0}, o destino é IPv{1}',
  'the system does not tell the addresses of its interfaces': 'o sistema não informa os endereços de suas interfaces',
  'there is no such interface, or it has no address': 'não existe tal interface, ou ela não tem endereço',
  'the interface has no IPv{0} address': 'a interface não tem endereço IPv{0}',
  'no error queue': 'sem fila de erros',
  'cannot send through interface {0}': 'não é possível enviar pela interface {0}',
  'cannot send from {0}': 'não é possível enviar de {0}',
  'the destination is not an IP address': 'o destino não é um endereço IP',
};
