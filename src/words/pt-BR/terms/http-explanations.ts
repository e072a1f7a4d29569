import type { Entries } from '../../language.js';

export const TERMS_HTTP_EXPLANATIONS: Entries = {
  'The normal course of a request: the final answer follows.': 'O curso normal de uma requisição: a resposta final vem em seguida.',
  'Another status follows on the same connection.': 'Outro status vem em seguida na mesma conexão.',
  'The normal case: the service understood the request and did it.': 'O caso normal: o serviço entendeu a requisição e a executou.',
  'The content type and the body show whether it is what was asked for.': 'O tipo de conteúdo e o corpo mostram se é o que foi pedido.',
  'The service leads to another address, or to what the client has already.':
    'O serviço leva a outro endereço, ou ao que o cliente já tem.',
  '`netdiag http URL` shows where it leads.': '`netdiag http URL` mostra aonde leva.',
  'Follow it.': 'Siga-o.',
  'The request, as the service sees it, is at fault.': 'A culpa, na visão do serviço, é da requisição.',
  'A proxy or web firewall in front answers in place of the service.': 'Um proxy ou firewall web na frente responde no lugar do serviço.',
  'The body and the `server` and `via` fields say who answers, and often why: `netdiag http URL`.':
    'O corpo e os campos `server` e `via` dizem quem responde, e muitas vezes por quê: `netdiag http URL`.',
  'The server, or what stands in front of it, is at fault.': 'A culpa é do servidor, ou do que está na frente dele.',
  'It is overloaded, or was set up wrongly.': 'Está sobrecarregado, ou foi mal configurado.',
  'http {0}': 'http {0}',
};
