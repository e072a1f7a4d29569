import type { Entries } from '../../language.js';

export const NET_TOOLS: Entries = {
  'the ping of Windows cannot forbid fragmentation over IPv6': 'o ping do Windows não consegue proibir a fragmentação em IPv6',
  'the kernel has no error queue, so that the system ping hears of no router':
    'o kernel não tem fila de erros, por isso o ping do sistema não recebe aviso de nenhum roteador',
  'the output of the system ping is not understood': 'a saída do ping do sistema não foi entendida',
  'the system ping cannot forbid fragmentation': 'o ping do sistema não consegue proibir a fragmentação',
  'the system ping allows no such pace': 'o ping do sistema não permite tal ritmo',
  'there is no ping program': 'não há programa ping',
  'the system does not let this user start its ping (EPERM)': 'o sistema não deixa este usuário iniciar seu ping (EPERM)',
  'the system ping cannot send from there': 'o ping do sistema não consegue enviar de lá',
  'the system lets this user send no echo, not by its own ping either':
    'o sistema não deixa este usuário enviar eco, nem pelo ping do próprio sistema',
  'there is no traceroute program that can do this': 'não há programa traceroute capaz disso',
};
