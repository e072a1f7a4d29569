import type { Entries } from '../../language.js';

export const PROBES_CAPTIVE_PORTAL: Entries = {
  'redirected to the gateway of this network: {0}': 'redirecionado para o gateway desta rede: {0}',
  'redirected from the internet to an address of this network: {0}': 'redirecionado da internet para um endereço desta rede: {0}',
  'captive portal': 'portal cativo',
  'no answer to look at: {0}': 'nenhuma resposta para examinar: {0}',
  'the answer is neither the known one nor that of a portal (status {0})': 'a resposta não é a conhecida nem a de um portal (status {0})',
  ', although the network announces a portal: it is open': ', embora a rede anuncie um portal: ele está aberto',
  'none: {0} answers as known{1}': 'nenhum: {0} responde como se conhece{1}',
  ', from an inner address': ', a partir de um endereço interno',
  '{0} is redirected{1} (status {2}){3}': '{0} sofre redirecionamento{1} (status {2}){3}',
  'status 511, the network wants a login{0}': 'status 511, a rede exige login{0}',
  '{0} answers with another page{1} (status {2}){3}': '{0} responde com outra página{1} (status {2}){3}',
  'status {0} and nothing else': 'status {0} e nada mais',
  'status {0} and the known text': 'status {0} e o texto conhecido',
  '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>':
    '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>',
  'Microsoft Connect Test': 'Microsoft Connect Test',
  'NetworkManager is online': 'NetworkManager is online',
};
