import type { Entries } from '../../language.js';

export const CAUSES_DNS_TRANSPORT: Entries = {
  'DNS over TCP is blocked': 'DNS sobre TCP está bloqueado',
  'Questions over UDP are answered, over TCP they are not. TCP is a duty of every server (RFC 7766) and needed for answers too large for a datagram: most names work, and some with long answers (DNSSEC, mail, many addresses) do not.':
    'Consultas por UDP têm resposta, por TCP não. TCP é obrigação de todo servidor (RFC 7766) e é necessário para respostas grandes demais para um datagrama: a maioria dos nomes funciona, e alguns com respostas longas (DNSSEC, e-mail, muitos endereços) não.',
  'A firewall allows port 53 for UDP only.': 'Um firewall libera a porta 53 só para UDP.',
  'A forwarder in a router that does not know TCP.': 'Um encaminhador em um roteador que não conhece TCP.',
  'The server does not listen on TCP.': 'O servidor não escuta em TCP.',
  '`dig +tcp NAME` is refused at once: the server does not listen. It hangs: a filter.':
    '`dig +tcp NAME` é recusado na hora: o servidor não escuta. Fica parado: um filtro.',
  'Another server works over TCP: it is this one.': 'Outro servidor funciona por TCP: é este.',
  'Allow TCP port 53 wherever UDP port 53 is allowed.': 'Libere a porta TCP 53 onde quer que a porta UDP 53 esteja liberada.',
  'Use another resolver, where the router cannot do it.': 'Use outro resolvedor, se o roteador não é capaz disso.',
  'DNS{0} works over UDP, but not over TCP{1}.': 'O DNS{0} funciona por UDP, mas não por TCP{1}.',
  "Allow TCP port 53 wherever UDP port 53 is; this machine's own rules show in: {0}":
    'Libere a porta TCP 53 onde quer que a porta UDP 53 esteja liberada; veja as regras desta máquina com: {0}',
  "Allow TCP port 53 to {0} as well; this machine's own rules show in: {1}":
    'Libere a porta TCP 53 também para {0}; veja as regras desta máquina com: {1}',
  'wherever UDP port 53 is': 'onde quer que a porta UDP 53 esteja liberada',
  'to {0} as well': 'também para {0}',
  'Plain DNS is blocked': 'O DNS comum está bloqueado',
  'Questions on port 53 to outside resolvers get no answer, while an encrypted transport, or the resolver of the network, does answer. Many networks do so on purpose, to have all names asked through their own resolver.':
    'Consultas na porta 53 a resolvedores externos ficam sem resposta, enquanto um transporte criptografado, ou o resolvedor da rede, responde. Muitas redes fazem isso de propósito, para que todos os nomes sejam consultados pelo resolvedor delas.',
  'The firewall of the network allows port 53 only to its own resolver.': 'O firewall da rede libera a porta 53 só para o resolvedor dela.',
  'A VPN or security program on this machine catches port 53.': 'Uma VPN ou um programa de segurança nesta máquina captura a porta 53.',
  'The provider filters it.': 'O provedor a filtra.',
  'The resolver handed out by DHCP answers: policy of the network.': 'O resolvedor entregue por DHCP responde: política da rede.',
  'Without VPN or security program it works: those.': 'Sem a VPN ou o programa de segurança funciona: são eles.',
  'Use the resolver that the network hands out.': 'Use o resolvedor que a rede entrega.',
  'Where another is needed, ask the operator, or use DNS over TLS or HTTPS if that is permitted.':
    'Se for preciso outro, fale com o responsável, ou use DNS sobre TLS ou HTTPS, se isso for permitido.',
  'Plain DNS on port 53 to outside resolvers{0} is blocked in this network{1}.':
    'O DNS comum na porta 53 para resolvedores externos{0} está bloqueado nesta rede{1}.',
  'Use the resolver that the network hands out; what is configured shows in: {0}':
    'Use o resolvedor que a rede entrega; veja o que está configurado com: {0}',
  'Encrypted DNS is blocked': 'O DNS criptografado está bloqueado',
  'DNS over TLS (port 853, RFC 7858) or over HTTPS (RFC 8484) gets no answer, while plain DNS works. Programs that insist on it resolve nothing; those that may fall back do so and become readable to the network.':
    'DNS sobre TLS (porta 853, RFC 7858) ou sobre HTTPS (RFC 8484) fica sem resposta, enquanto o DNS comum funciona. Programas que insistem nele não resolvem nada; os que podem voltar ao comum fazem isso e ficam legíveis para a rede.',
  'The network blocks port 853, or known resolvers, so that its own is used.':
    'A rede bloqueia a porta 853, ou resolvedores conhecidos, para que o dela seja usado.',
  'A TLS inspection proxy (see tls-intercepted), whose certificate the client refuses.':
    'Um proxy de inspeção TLS (veja tls-intercepted), cujo certificado o cliente recusa.',
  'The chosen resolver does not offer this transport.': 'O resolvedor escolhido não oferece esse transporte.',
  'A connection to port 853 hangs: a filter. It is refused: not offered. Certificate errors: inspection.':
    'Uma conexão à porta 853 fica parada: um filtro. É recusada: não oferecido. Erros de certificado: inspeção.',
  'Another resolver works over the same transport: the first is at fault, or named in a block list.':
    'Outro resolvedor funciona pelo mesmo transporte: o problema é do primeiro, ou ele está em uma lista de bloqueio.',
  'On a managed network use its resolver, and let programs follow the system.':
    'Em uma rede gerenciada, use o resolvedor dela e faça os programas seguirem o sistema.',
  'Try DNS over HTTPS in place of TLS: it uses port 443.': 'Tente DNS sobre HTTPS em vez de TLS: ele usa a porta 443.',
  'Encrypted DNS{0} does not get through, while plain DNS does{1}.': 'O DNS criptografado{0} não passa, enquanto o comum passa{1}.',
  'If this network permits it, use DNS over HTTPS (port 443) in place of DNS over TLS (port 853); otherwise its own resolver.':
    'Se esta rede permitir, use DNS sobre HTTPS (porta 443) em vez de DNS sobre TLS (porta 853); caso contrário, o resolvedor dela.',
};
