import type { Entries } from '../../language.js';

export const PROBES_ADDRESSES: Entries = {
  addresses: 'endereços',
  'none of its {0} answers, so that there is nothing to compare': 'de {0}, nenhum responde, e por isso não há o que comparar',
  'every address answers': 'todos os endereços respondem',
  'no answer by IPv{0} from {1}, IPv{2} answers{3}': 'sem resposta por IPv{0} de {1}, IPv{2} responde{3}',
  '{0} of {1} silent: {2}': '{0} de {1} sem resposta: {2}',
  'the one that was tried answers{0}': 'o único testado responde{0}',
  'all {0} answer{1}': 'todos os {0} respondem{1}',
  'the one that was tried answers': 'o único testado responde',
  'all {0} answer': 'todos os {0} respondem',
  'port {0} everywhere': 'porta {0} em todos os endereços',
  'open at {0}; refused at once at {1}, and clients go on to the next':
    'aberta em {0}; recusada de imediato em {1}, e os clientes passam ao seguinte',
  'open at one address of this machine': 'aberta em um endereço desta máquina',
  '{0} at {1}, open at {2}': '{0} em {1}, aberta em {2}',
  'open at every address': 'aberta em todos os endereços',
  '{0} address': '{0} endereço',
  '{0} addresses': '{0} endereços',
  '{0} and {1} more': '{0} e mais {1}',
  'and {0} more': 'e mais {0}',
  '; a client would take {0}, after {1}': '; um cliente usaria {0}, após {1}',
  '; a client is connected to {0} after {1}': '; um cliente se conecta a {0} após {1}',
  ', {0} not tried ({1})': ', {0} sem teste ({1})',
  'no address of it could be tried from this machine': 'nenhum endereço dele pôde ser testado desta máquina',
};
