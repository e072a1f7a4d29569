import type { Entries } from '../../language.js';

export const PROBES_DUPLICATE_ADDRESS: Entries = {
  'addresses claimed by others': 'endereços reivindicados por outros',
  '{0} on {1} says it is theirs': '{0} em {1} diz que o endereço é seu',
  'the kernel found another holder on {0}, and does not use it': 'o kernel encontrou outro detentor em {0} e não o usa',
  'own addresses': 'endereços próprios',
  'none was asked for': 'nenhum foi consultado',
  '{0}: only one that answers for everything (proxy ARP)': '{0}: só um que responde por tudo (proxy ARP)',
  '{0}: nobody else answers': '{0}: ninguém mais responde',
  'only one that answers for everything (proxy ARP)': 'só um que responde por tudo (proxy ARP)',
  'nobody else answers': 'ninguém mais responde',
  'nobody else has them': 'ninguém mais os tem',
  'nobody else has it': 'ninguém mais o tem',
  'gateway {0}': 'gateway {0}',
  '{0} machines say that it is theirs: {1}': '{0} máquinas dizem que é seu: {1}',
  one: 'uma só',
  '{0}; the kernel itself knows of no duplicate': '{0}; o próprio kernel não conhece nenhuma duplicata',
  'not asked, since nothing is to be sent': 'não consultado, pois nada deve ser enviado',
  'there is no address to ask for': 'não há endereço a consultar',
  'who else has {0} ({1})': 'quem mais tem {0} ({1})',
  'who else has the other addresses': 'quem mais tem os outros endereços',
  '{0} more were not asked for': 'mais {0} não foram consultados',
};
