import type { Entries } from '../language.js';

export const RUN: Entries = {
  'the name of the server, {0}, has no address that can be found': 'não foi encontrado endereço para o nome do servidor, {0}',
  '{0} {1} from the root': '{0} {1} a partir da raiz',
  'this machine': 'esta máquina',
  'there was no time left for it': 'não restou tempo para isso',
  'this version cannot look at it': 'esta versão não consegue examiná-lo',
  'closer look{0}, {1}': 'exame mais detalhado{0}, {1}',
  'closer look{0}, {1}: {2}?': 'exame mais detalhado{0}, {1}: {2}?',
  'the time of the whole run was over': 'o tempo de toda a execução acabou',
  'the time for a closer look was over': 'o tempo para um exame mais detalhado acabou',
  '{0} {1} at {2}': '{0} {1} em {2}',
  'encrypted DNS of {0}': 'DNS criptografado de {0}',
  'nothing at all answers there: not waited for any longer': 'nada responde lá: a espera foi encerrada',
  'listening sockets': 'soquetes em escuta',
  'its name was not resolved': 'seu nome não foi resolvido',
  'nothing was sent: {0}': 'nada foi enviado: {0}',
  'it is an IPv{0} address, and only IPv{1} was asked for': 'é um endereço IPv{0}, e só IPv{1} foi pedido',
  'there is no address': 'não há endereço',
};
