import type { Entries } from '../../language.js';

export const NET_TCP: Entries = {
  'the kernel does not tell of its segments': 'o kernel não informa sobre seus segmentos',
  'only an IP address can be connected to': 'só é possível conectar a um endereço IP',
  'the source address or the port cannot be used': 'o endereço de origem ou a porta não pode ser usado',
  'no TCP socket: {0} ({1})': 'sem soquete TCP: {0} ({1})',
};
