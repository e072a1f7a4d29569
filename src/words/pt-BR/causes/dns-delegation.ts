import type { Entries } from '../../language.js';

export const CAUSES_DNS_DELEGATION: Entries = {
  'A name server does not serve its zone': 'Um servidor de nomes não atende sua zona',
  'The zone above (or the zone itself) names a server that answers without authority, with REFUSED or SERVFAIL, refers back upwards, does not answer, or does not exist: a lame delegation (RFC 8499). Resolvers try the next server, which costs time; where all are lame, no name of the zone can be resolved.':
    'A zona acima (ou a própria zona) indica um servidor que responde sem autoridade, com REFUSED ou SERVFAIL, remete de volta para cima, não responde ou não existe: uma delegação falha (lame delegation, RFC 8499). Os resolvedores tentam o servidor seguinte, o que custa tempo; se todos são assim, nenhum nome da zona pode ser resolvido.',
  'The zone was removed from the server, or moved to another provider, and the registrar still names the old one.':
    'A zona foi removida do servidor, ou mudou de provedor, e o registrador ainda indica o antigo.',
  'A secondary server lost its copy: it could not fetch the zone until it ran out (SOA expire).':
    'Um servidor secundário perdeu sua cópia: não conseguiu buscar a zona até ela vencer (SOA expire).',
  'The server is down, or a firewall blocks port 53 to it.': 'O servidor está fora do ar, ou um firewall bloqueia a porta 53 até ele.',
  'The zone does not load since it has a mistake.': 'A zona não carrega porque tem um erro.',
  'A misspelt name of a server in the delegation or in the zone.': 'Um nome de servidor com erro de digitação na delegação ou na zona.',
  'REFUSED or an answer without authority: the server is well, and does not know the zone.':
    'REFUSED ou uma resposta sem autoridade: o servidor está bem e não conhece a zona.',
  'SERVFAIL: it knows the zone and cannot load or refresh it; its log says why.':
    'SERVFAIL: ele conhece a zona e não consegue carregá-la ou atualizá-la; o registro (log) dele diz por quê.',
  'Silence from here and from elsewhere: the server; only from here: the way to it.':
    'Silêncio daqui e de outros lugares: o servidor; só daqui: o caminho até ele.',
  'Take the server out of the delegation at the registrar and out of the NS records of the zone.':
    'Retire o servidor da delegação no registrador e dos registros NS da zona.',
  'Or set the zone up on it again, and see that transfers from the primary work.':
    'Ou configure de novo a zona nele e confirme que as transferências a partir do primário funcionam.',
  'A name server that was named for a zone does not serve it{0}.': 'Um servidor de nomes indicado para uma zona não a atende{0}.',
  'Have the owner of the zone take the server out of delegation and zone, or set the zone up on it again; then: {0}':
    'Peça ao dono da zona que retire o servidor da delegação e da zona, ou que configure de novo a zona nele; depois: {0}',
  'The address of a name server cannot be found': 'O endereço de um servidor de nomes não pode ser encontrado',
  'A name server lies inside the zone that it serves, and the zone above does not give its address (glue); or the names of servers lie in zones that only lead to each other. A resolver that has not seen the zone before cannot get to this server, and where it is so with all of them, the zone is unreachable.':
    'Um servidor de nomes fica dentro da zona que ele atende, e a zona acima não dá o endereço dele (glue); ou os nomes dos servidores ficam em zonas que só levam umas às outras. Um resolvedor que ainda não viu a zona não consegue chegar a esse servidor e, se for assim com todos, a zona é inalcançável.',
  'The host record (glue) was not made at the registrar, or was deleted.':
    'O registro de host (glue) não foi criado no registrador, ou foi apagado.',
  'Two domains each have their servers in the other one.': 'Dois domínios têm, cada um, seus servidores no outro.',
  'The glue is there for the other address family only, or was left out of an answer that became too long.':
    'O glue existe só para a outra família de endereços, ou foi omitido de uma resposta que ficou longa demais.',
  'The server named lies inside the zone: glue is missing. It lies in another domain: a circle.':
    'O servidor indicado fica dentro da zona: falta o glue. Fica em outro domínio: um círculo.',
  'Another server of the zone has an address: it goes on working by that one, until it fails.':
    'Outro servidor da zona tem endereço: ela continua funcionando por ele, até que ele falhe.',
  'Have the registrar enter the address of the server beside the delegation (host record).':
    'Faça o registrador incluir o endereço do servidor junto à delegação (registro de host).',
  'Have at least one server outside the circle, in a domain that does not depend on this one.':
    'Tenha pelo menos um servidor fora do círculo, em um domínio que não dependa deste.',
  'The address of a name server cannot be found from the zone above{0}.':
    'O endereço de um servidor de nomes não pode ser encontrado a partir da zona acima{0}.',
  'Have the registrar enter the address of each name server inside the zone (glue); then: {0}':
    'Faça o registrador incluir o endereço de cada servidor de nomes dentro da zona (glue); depois: {0}',
  'The glue of a name server is out of date': 'O glue de um servidor de nomes está desatualizado',
  'The addresses beside the delegation (glue) are not those of the authoritative records. Resolvers begin with the glue: they ask a machine that is the name server no longer, wait for it, or get old answers from it.':
    'Os endereços junto à delegação (glue) não são os dos registros autoritativos. Os resolvedores começam pelo glue: consultam uma máquina que já não é o servidor de nomes, esperam por ela ou recebem dela respostas antigas.',
  'The server was renumbered, and the host record at the registrar was forgotten.':
    'O servidor mudou de endereço, e o registro de host no registrador foi esquecido.',
  'Only the zone was changed, or only the registrar.': 'Só a zona foi alterada, ou só o registrador.',
  'A change that is not a day old: the zone above is published in turns.':
    'Uma mudança com menos de um dia: a zona acima é publicada a intervalos.',
  'The address beside the delegation does not answer or is lame: it is the old one.':
    'O endereço junto à delegação não responde ou não atende a zona: é o antigo.',
  'Both answer with authority: the move is under way, or an address was added.':
    'Os dois respondem com autoridade: a mudança está em andamento, ou um endereço foi acrescentado.',
  'Have the registrar change the host record to the address that the server has now.':
    'Faça o registrador mudar o registro de host para o endereço que o servidor tem agora.',
  'Or correct the address record in the zone.': 'Ou corrija o registro de endereço na zona.',
  'The zone above gives a name server an address that it does not have{0}.':
    'A zona acima dá a um servidor de nomes um endereço que ele não tem{0}.',
  'Have the registrar change the address of the name server (glue), or correct its record in the zone; then: {0}':
    'Faça o registrador mudar o endereço do servidor de nomes (glue), ou corrija o registro dele na zona; depois: {0}',
  'Delegation and zone name different servers': 'A delegação e a zona indicam servidores diferentes',
  'The NS records of the delegation and those in the zone are to be the same (RFC 1034 section 4.2.2). Where they differ, resolvers ask some of the servers only before, or only after they have seen the zone: a server can be without questions for years, or a forgotten one go on answering.':
    'Os registros NS da delegação e os da zona devem ser iguais (RFC 1034 seção 4.2.2). Onde diferem, os resolvedores consultam alguns dos servidores só antes, ou só depois, de ter visto a zona: um servidor pode passar anos sem consultas, ou um esquecido continuar respondendo.',
  'A change of servers that was made at the registrar or in the zone, and not in both.':
    'Uma mudança de servidores feita no registrador ou na zona, e não nos dois.',
  'A provider that adds servers of its own to the zone.': 'Um provedor que acrescenta à zona servidores próprios.',
  'The servers of the zone have different versions of it (see dns-serial-mismatch).':
    'Os servidores da zona têm versões diferentes dela (veja dns-serial-mismatch).',
  'The server that only the zone above names is lame: it was given up. It answers: it is missing in the zone.':
    'O servidor que só a zona acima indica não a atende: foi abandonado. Ele responde: falta na zona.',
  'The servers of the zone list different names: they are not in step.':
    'Os servidores da zona listam nomes diferentes: não estão sincronizados.',
  'Enter the same names in the zone and at the registrar.': 'Inclua os mesmos nomes na zona e no registrador.',
  'Take servers that were given up out of both.': 'Retire dos dois os servidores que foram abandonados.',
  'The zone above and the zone itself name different servers{0}.': 'A zona acima e a própria zona indicam servidores diferentes{0}.',
  'Enter the same name servers at the registrar and in the zone; then: {0}':
    'Inclua os mesmos servidores de nomes no registrador e na zona; depois: {0}',
  'The servers of a zone have different versions of it': 'Os servidores de uma zona têm versões diferentes dela',
  'The serial numbers in the SOA records differ. For some seconds after a change that is normal; where it stays, a server is no longer supplied, gives old answers, and will give none at all when its copy runs out (SOA expire).':
    'Os números de série nos registros SOA diferem. Por alguns segundos após uma mudança isso é normal; se persiste, um servidor deixou de ser atualizado, dá respostas antigas e não dará nenhuma quando a cópia vencer (SOA expire).',
  'A change some seconds ago, which has not reached every server yet.':
    'Uma mudança de alguns segundos atrás, que ainda não chegou a todos os servidores.',
  'Transfers fail: a firewall between the servers, an access list, a key (TSIG) that was changed.':
    'As transferências falham: um firewall entre os servidores, uma lista de acesso, uma chave (TSIG) que foi trocada.',
  'The serial was not raised, or went down (RFC 1982), so that secondaries take nothing.':
    'O número de série não foi aumentado, ou diminuiu (RFC 1982), e os secundários não aceitam nada.',
  'Providers that number their servers independently of each other.':
    'Provedores que numeram seus servidores de forma independente uns dos outros.',
  'Asked again after a minute it is one number: a change was under way.':
    'Consultados de novo após um minuto, dão um só número: uma mudança estava em andamento.',
  'The server behind is always the same: the transfers to it.': 'O servidor atrasado é sempre o mesmo: as transferências para ele.',
  'Numbers in different styles (dates and seconds): two independent providers.':
    'Números em estilos diferentes (datas e segundos): dois provedores independentes.',
  'Look into the log of the server that is behind, and of its primary, for transfers that were refused.':
    'Procure transferências recusadas no registro (log) do servidor atrasado e no do primário dele.',
  'Raise the serial above that of every server, and reload.': 'Aumente o número de série acima do de todos os servidores e recarregue.',
  'The servers of a zone have different versions of it{0}.': 'Os servidores de uma zona têm versões diferentes dela{0}.',
  'Ask again in a minute; where it stays, see why the server that is behind cannot fetch the zone: {0}':
    'Consulte de novo em um minuto; se persistir, veja por que o servidor atrasado não consegue buscar a zona: {0}',
  'A name server drops questions with EDNS': 'Um servidor de nomes descarta consultas com EDNS',
  'The server, or a firewall in front of it, does not answer questions that carry EDNS (RFC 6891), and answers those without. Resolvers no longer work around that: to most of them the server is dead.':
    'O servidor, ou um firewall à frente dele, não responde a consultas com EDNS (RFC 6891) e responde às que não o têm. Os resolvedores já não contornam isso: para a maioria deles, o servidor está morto.',
  'A firewall that takes EDNS, or DNS messages of over 512 bytes, for an attack.':
    'Um firewall que toma EDNS, ou mensagens DNS acima de 512 bytes, por um ataque.',
  'Name server software from before 1999.': 'Software de servidor de nomes anterior a 1999.',
  'A load balancer in front of the server, with a parser of its own.':
    'Um balanceador de carga à frente do servidor, com um analisador próprio.',
  '`dig +noedns` is answered and `dig +edns=0` is not, from any network: the server or its firewall.':
    '`dig +noedns` tem resposta e `dig +edns=0` não, a partir de qualquer rede: o servidor ou o firewall dele.',
  'Only from here: a device on the way.': 'Só daqui: um equipamento no caminho.',
  'Let DNS messages with EDNS, and of more than 512 bytes, through the firewall.':
    'Permita no firewall mensagens DNS com EDNS e com mais de 512 bytes.',
  'Update the server or the load balancer.': 'Atualize o servidor ou o balanceador de carga.',
  'A name server is silent to questions with EDNS{0}.': 'Um servidor de nomes não responde a consultas com EDNS{0}.',
  'Have the operator of the server let EDNS through its firewall, or update it; then: {0}':
    'Peça ao responsável pelo servidor que permita EDNS no firewall, ou que o atualize; depois: {0}',
};
