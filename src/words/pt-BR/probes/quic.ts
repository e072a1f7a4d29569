import type { Entries } from '../../language.js';

export const PROBES_QUIC: Entries = {
  'where QUIC is to be expected, an answer': 'onde se espera QUIC, uma resposta',
  ', although the service offers HTTP/3': ', embora o serviço ofereça HTTP/3',
  'the host refuses UDP {0} ({1}){2}': 'o host recusa UDP {0} ({1}){2}',
  'UDP {0} is refused on the way{1} ({2}), while TCP connects{3}': 'UDP {0} é recusado no caminho{1} ({2}), enquanto TCP conecta{3}',
  'this machine lets no UDP to port {0} out ({1}), while TCP connects{2}':
    'esta máquina não deixa sair UDP para a porta {0} ({1}), enquanto TCP conecta{2}',
  ', and the host answers at UDP {0}': ', e o host responde em UDP {0}',
  'no answer on UDP {0} to {1} packets, while TCP connects{2}': 'sem resposta em UDP {0} a {1} pacotes, enquanto TCP conecta{2}',
  'no QUIC is spoken': 'não se fala QUIC',
  'nothing says that it should be answered': 'nada diz que deveria haver resposta',
  'answered{0}': 'respondido{0}',
  'answered in {0}': 'respondido em {0}',
  'the host has no QUIC: it refuses the port': 'o host não tem QUIC: recusa a porta',
  'no UDP is let through, and nothing says that QUIC is spoken there': 'nenhum UDP passa, e nada indica que QUIC seja falado ali',
  'this machine lets no UDP out, and nothing says that QUIC is spoken there':
    'esta máquina não deixa sair nenhum UDP, e nada indica que QUIC seja falado ali',
  'no answer, and nothing says that QUIC is spoken there': 'sem resposta, e nada diz que lá se fala QUIC',
  'what answers on the port is no QUIC: {0}': 'o que responde na porta não é QUIC: {0}',
};
