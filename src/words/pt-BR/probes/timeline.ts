import type { Entries } from '../../language.js';

export const PROBES_TIMELINE: Entries = {
  connections: 'conexões',
  '{0} of {1} connections were refused, {2} were accepted': '{0} de {1} conexões foram recusadas, {2} foram aceitas',
  'all of them are accepted': 'todas são aceitas',
  '{0} of {1} connections lost their first segment, and none of {2} echoes was lost':
    '{0} de {1} conexões perderam o primeiro segmento, e nenhum de {2} ecos se perdeu',
  'the first segment is answered': 'o primeiro segmento é respondido',
  'the gateway': 'o gateway',
  'the resolver {0}': 'o resolvedor {0}',
  way: 'caminho',
  '{0} to {1}, and {2} takes as long ({3})': '{0} até {1}, e {2} leva o mesmo tempo ({3})',
  queueing: 'enfileiramento',
  'packets wait {0} in front of {1}, of this machine itself ({2} at the end)':
    'pacotes esperam {0} antes de {1}, desta própria máquina ({2} no fim)',
  'no queue that adds more than {0}': 'nenhuma fila que acrescente mais de {0}',
  '; the gateway is as slow ({0}): the local link': '; o gateway é igualmente lento ({0}): o enlace local',
  '; the gateway answers within {0}: the queue is beyond it': '; o gateway responde em até {0}: a fila está além dele',
  '{0} to {1}, rising and falling slowly{2}': 'de {0} a {1}, subindo e caindo devagar{2}',
  '{0} from one 50 ms to the next; to the gateway {1}: the local link':
    '{0} de um intervalo de 50 ms para o seguinte; até o gateway {1}: o enlace local',
  '{0} from one 50 ms to the next': '{0} de um intervalo de 50 ms para o seguinte',
  '; to the gateway {0}: the local link': '; até o gateway {0}: o enlace local',
  requests: 'requisições',
  'all are answered alike': 'todas são respondidas da mesma forma',
  '{0} for {1} of {2} requests, {3} for the others': '{0} para {1} de {2} requisições, {3} para as outras',
  '{0} of {1} requests without an answer: {2}; {3} for the others': '{0} de {1} requisições sem resposta: {2}; {3} para as outras',
  '{0} of {1} requests without an answer: {2}; {3} for {4}, {5} for the others':
    '{0} de {1} requisições sem resposta: {2}; {3} para {4}, {5} para as outras',
  '{0} for {1} of {2} requests, no answer for {3}, {4} for the others':
    '{0} para {1} de {2} requisições, nenhuma resposta para {3}, {4} para as outras',
  'nothing came': 'nada chegou',
  'the connection was reset': 'a conexão foi redefinida',
  'the connection was closed': 'a conexão foi fechada',
  'no HTTP came': 'não veio HTTP',
  '{0}; packets waited in this machine until the next hop could be found':
    '{0}; pacotes esperaram nesta máquina até que o próximo salto fosse encontrado',
  '; packets waited in this machine until the next hop could be found':
    '; pacotes esperaram nesta máquina até que o próximo salto fosse encontrado',
  'answers all the time': 'responde o tempo todo',
  'latency over time': 'latência ao longo do tempo',
  '{0} for {1}, {2} at other times{3}': '{0} durante {1}, {2} no restante do tempo{3}',
  'under {0} all the time': 'menos de {0} o tempo todo',
  '; the gateway too: the local link, or the gateway': '; o gateway também: o enlace local, ou o gateway',
  '; all targets at once, while the gateway answered: beyond it':
    '; todos os alvos ao mesmo tempo, enquanto o gateway respondia: além dele',
  '; the gateway answered meanwhile': '; o gateway respondeu nesse meio-tempo',
  '{0} times,': '{0} vezes,',
  'silent {0}for {1}': 'sem resposta {0}por {1}',
  'from {0} on, to the end': 'a partir de {0}, até o fim',
  '{0} s from {1} UTC on': '{0} s a partir de {1} UTC',
};
