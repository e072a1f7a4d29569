import type { Entries } from '../../language.js';

export const WIRE_QUIC: Entries = {
  '{0} bytes are no QUIC packet': '{0} bytes não são um pacote QUIC',
  'no long header': 'nenhum cabeçalho longo',
  'no Version Negotiation packet': 'nenhum pacote Version Negotiation',
  'it does not echo our connection identifiers': 'não repete nossos identificadores de conexão',
  '{0} bytes are no list of versions': '{0} bytes não são uma lista de versões',
};
