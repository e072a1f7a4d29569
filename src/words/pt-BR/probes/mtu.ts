import type { Entries } from '../../language.js';

export const PROBES_MTU: Entries = {
  'not measured: {0}': 'não medido: {0}',
  'echo over {0} bytes is not answered: more often a filter of large echoes than the path':
    'eco acima de {0} bytes fica sem resposta: é mais provável um filtro de ecos grandes do que o caminho',
  'the link to it carries {0}, this interface sends {1}': 'o enlace até ele transporta {0}, esta interface envia {1}',
  'the first link carries {0} and refuses more, this interface sends {1}':
    'o primeiro enlace leva {0} e recusa mais, esta interface envia {1}',
  'no size was found to pass': 'nenhum tamanho que passe foi encontrado',
  ', announced by {0}': ', anunciado por {0}',
  'at least, by TCP: larger segments were not used': 'no mínimo, por TCP: segmentos maiores não foram usados',
  ', or a little more: too much was lost to be sure': ', ou um pouco mais: houve perda demais para ter certeza',
  'by TCP; large echoes are filtered': 'por TCP; ecos grandes são filtrados',
  '{0} or more': '{0} ou mais',
  '{0}, or announced': '{0}, ou anunciado',
  'one MTU at both ends': 'a mesma MTU nas duas pontas',
  'the network carries {0} and announces nothing, this interface sends {1}':
    'a rede transporta {0} e não anuncia nada, esta interface envia {1}',
  '; TCP uses segments of {0} bytes': '; TCP usa segmentos de {0} bytes',
  'neither large nor small packets are answered, so that there is nothing to compare{0}':
    'nem pacotes grandes nem pequenos têm resposta, e por isso não há o que comparar{0}',
  'large packets vanish{0}, unannounced': 'pacotes grandes somem{0}, sem aviso',
  '{0} and no more{1}, unannounced': '{0} e não mais{1}, sem aviso',
  'there is no method left': 'não resta nenhum método',
};
