import type { Entries } from '../../language.js';

export const CAUSES_NAME_SERVICE: Entries = {
  'grep -E "search|ndots" /etc/resolv.conf': 'grep -E "search|ndots" /etc/resolv.conf',
  'Start the resolver that resolv.conf names, or name another; what listens on its port shows in: sudo ss -lunp sport = :53':
    'Inicie o resolvedor que o resolv.conf indica, ou indique outro; o que escuta na porta dele aparece em: sudo ss -lunp sport = :53',
  'Start the resolver of this machine, or name another in its place: {0}':
    'Inicie o resolvedor desta máquina, ou indique outro no lugar dele: {0}',
  'The stub resolver of this machine is not running': 'O resolvedor stub desta máquina não está em execução',
  'Programs are told to ask a name server on this machine itself, and nothing listens there. Each name fails at once, or after the time-out of the next server, while addresses work.':
    'Os programas são instruídos a consultar um servidor de nomes nesta própria máquina, e nada escuta ali. Cada nome falha na hora, ou após o tempo limite do servidor seguinte, enquanto os endereços funcionam.',
  'The service (systemd-resolved, dnsmasq, unbound) is stopped, failed or was removed, and resolv.conf still names it.':
    'O serviço (systemd-resolved, dnsmasq, unbound) está parado, falhou ou foi removido, e o resolv.conf ainda o indica.',
  'It listens on another address or port, since port 53 was taken.':
    'Ele escuta em outro endereço ou em outra porta, porque a porta 53 estava ocupada.',
  'resolv.conf was copied from a host into a container, where 127.0.0.53 is nobody.':
    'O resolv.conf foi copiado de um host para um contêiner, onde 127.0.0.53 não é ninguém.',
  'A VPN client put its own stub there, and ended without putting the file back.':
    'Um cliente VPN pôs ali o próprio stub e terminou sem restaurar o arquivo.',
  '`sudo ss -lunp sport = :53` shows what listens; nothing at the address of resolv.conf: the service.':
    '`sudo ss -lunp sport = :53` mostra o que escuta; nada no endereço do resolv.conf: o serviço.',
  '`systemctl status systemd-resolved` (or dnsmasq, unbound) shows whether it runs and why not.':
    '`systemctl status systemd-resolved` (ou dnsmasq, unbound) mostra se está em execução e, se não, por quê.',
  'In a container: `cat /etc/resolv.conf` shows 127.0.0.53 or 127.0.0.1, which belong to the host.':
    'Em um contêiner: `cat /etc/resolv.conf` mostra 127.0.0.53 ou 127.0.0.1, que pertencem ao host.',
  'Start the service: `sudo systemctl start systemd-resolved`, or the one that is meant.':
    'Inicie o serviço: `sudo systemctl start systemd-resolved`, ou o que for o caso.',
  'Have resolv.conf name the servers of the network: with systemd-resolved, a link to /run/systemd/resolve/resolv.conf.':
    'Faça o resolv.conf indicar os servidores da rede: com systemd-resolved, um link para /run/systemd/resolve/resolv.conf.',
  'In a container, give it a resolver (`--dns ADDRESS`), or the uplink file of the host.':
    'Em um contêiner, dê a ele um resolvedor (`--dns ADDRESS`) ou o arquivo de uplink do host.',
  'Names are asked for at this machine itself, and no resolver runs there{0}.':
    'Os nomes são consultados nesta própria máquina, e nenhum resolvedor está em execução nela{0}.',
  'Start the resolver that is configured, or name another; what listens on its port shows in: sudo lsof -nP -iUDP:53':
    'Inicie o resolvedor configurado, ou indique outro; o que escuta na porta dele aparece em: sudo lsof -nP -iUDP:53',
  'Start the resolver that is configured, or name another; what listens on its port shows in: Get-NetUDPEndpoint -LocalPort 53':
    'Inicie o resolvedor configurado, ou indique outro; o que escuta na porta dele aparece em: Get-NetUDPEndpoint -LocalPort 53',
  'The stub resolver here has nobody to ask': 'O resolvedor stub daqui não tem a quem perguntar',
  'A name server runs on this machine and hands questions on, but it knows no server to hand them to, or only itself. Names that it does not know by itself fail with SERVFAIL or REFUSED.':
    'Um servidor de nomes roda nesta máquina e encaminha consultas, mas não conhece servidor para onde encaminhá-las, ou só a si mesmo. Os nomes que ele próprio não conhece falham com SERVFAIL ou REFUSED.',
  'It takes its servers from /etc/resolv.conf, which names that very stub: a loop.':
    'Ele lê seus servidores de /etc/resolv.conf, que indica esse mesmo stub: um loop.',
  'Two stubs name each other.': 'Dois stubs indicam um ao outro.',
  'The network gave no name server (DHCP), so that its list is empty.':
    'A rede não forneceu servidor de nomes (DHCP), e a lista dele está vazia.',
  'Its list was written for another network or a VPN that is gone.':
    'A lista dele foi feita para outra rede ou para uma VPN que não existe mais.',
  '`resolvectl status` shows whom systemd-resolved asks for each link.':
    '`resolvectl status` mostra a quem o systemd-resolved pergunta em cada enlace.',
  '`grep -E "^(server|resolv-file|no-resolv)" /etc/dnsmasq.conf /etc/dnsmasq.d/*` shows the same for dnsmasq; its log says "ignoring nameserver 127.0.0.1".':
    '`grep -E "^(server|resolv-file|no-resolv)" /etc/dnsmasq.conf /etc/dnsmasq.d/*` mostra o mesmo para o dnsmasq; o registro (log) dele diz "ignoring nameserver 127.0.0.1".',
  'The lease (`nmcli device show`) contains a resolver: it was lost on the way to the stub.':
    'A concessão (`nmcli device show`) contém um resolvedor: ele se perdeu no caminho até o stub.',
  'Give the stub the resolver of this network: `sudo resolvectl dns INTERFACE ADDRESS`, or `server=ADDRESS` for dnsmasq.':
    'Dê ao stub o resolvedor desta rede: `sudo resolvectl dns INTERFACE ADDRESS`, ou `server=ADDRESS` para o dnsmasq.',
  'Have dnsmasq take its servers from a file that does not name itself (`resolv-file=`).':
    'Faça o dnsmasq ler seus servidores de um arquivo que não indique ele próprio (`resolv-file=`).',
  'Renew the lease, where the network names none.': 'Renove a concessão, se a rede não indica nenhum.',
  'The resolver on this machine has no name server behind it{0}.': 'O resolvedor desta máquina não tem servidor de nomes atrás de si{0}.',
  'Give the stub resolver a name server other than itself; what is configured shows in: {0}':
    'Dê ao resolvedor stub um servidor de nomes que não seja ele próprio; o que está configurado aparece em: {0}',
  'Programs on this machine do not ask DNS': 'Os programas desta máquina não consultam o DNS',
  'The line hosts: of nsswitch.conf decides where programs look for names, and DNS is not among it, or something in front ends the search. Tools that ask name servers themselves (dig, netdiag) find the name, other programs do not.':
    'A linha hosts: do nsswitch.conf decide onde os programas procuram nomes, e o DNS não está nela, ou algo antes dele encerra a busca. Ferramentas que consultam elas mesmas os servidores de nomes (dig, netdiag) encontram o nome; outros programas, não.',
  'The line was shortened by hand or by a hardening script, and `dns` was lost.':
    'A linha foi encurtada à mão ou por um script de hardening, e `dns` se perdeu.',
  'Names below .local are kept for multicast DNS: `mdns4_minimal [NOTFOUND=return]` stands before `dns`, and the network uses .local in its own DNS.':
    'Nomes sob .local são reservados ao DNS multicast: `mdns4_minimal [NOTFOUND=return]` vem antes de `dns`, e a rede usa .local no próprio DNS.',
  'A directory service (LDAP, NIS) was entered in place of DNS, and has no such names.':
    'Um serviço de diretório (LDAP, NIS) foi posto no lugar do DNS e não tem esses nomes.',
  '`getent ahosts NAME` goes by nsswitch.conf, `dig NAME` does not: only the second finds it.':
    '`getent ahosts NAME` segue o nsswitch.conf, `dig NAME` não: só o segundo encontra o nome.',
  '`grep ^hosts: /etc/nsswitch.conf` shows the order.': '`grep ^hosts: /etc/nsswitch.conf` mostra a ordem.',
  'Add `dns` to the line hosts: of /etc/nsswitch.conf, behind `files`.':
    'Acrescente `dns` à linha hosts: de /etc/nsswitch.conf, depois de `files`.',
  'For .local in unicast DNS: take out `[NOTFOUND=return]`, or better, use another domain (RFC 6762 keeps .local for multicast).':
    'Para .local em DNS unicast: retire `[NOTFOUND=return]` ou, melhor, use outro domínio (a RFC 6762 reserva .local ao multicast).',
  'Programs that go by nsswitch.conf do not get to DNS{0}.': 'Os programas que seguem o nsswitch.conf não chegam ao DNS{0}.',
  'Add dns to the line hosts: of /etc/nsswitch.conf; what programs get shows in: getent ahosts NAME':
    'Acrescente dns à linha hosts: de /etc/nsswitch.conf; o que os programas recebem aparece em: getent ahosts NAME',
  'The search list asks in vain ahead of the name': 'A lista de busca consulta em vão antes do nome',
  'With `ndots` above the number of dots of a name, each domain of the search list is tried ahead of the name as it stands, and every lookup pays for those questions. Kubernetes sets ndots:5, so that nearly every outside name is asked for three to five times.':
    'Com `ndots` acima do número de pontos de um nome, cada domínio da lista de busca é tentado antes do nome tal como está, e toda resolução paga por essas consultas. O Kubernetes define ndots:5, e assim quase todo nome externo é consultado de três a cinco vezes.',
  'ndots is large (Kubernetes: 5) and the search list is long.': 'ndots é grande (Kubernetes: 5) e a lista de busca é longa.',
  'A domain of the list has slow or dead name servers: the list is gone through one after the other.':
    'Um domínio da lista tem servidores de nomes lentos ou mortos: a lista é percorrida um domínio após o outro.',
  'A search domain of a VPN or a former employer is still in the list.':
    'Um domínio de busca de uma VPN ou de um antigo empregador ainda está na lista.',
  '`netdiag dns NAME` with a dot at the end of the name asks for it alone: what it saves is the cost.':
    '`netdiag dns NAME` com um ponto no fim do nome consulta só o nome: o que se economiza é o custo.',
  'The questions in vain show which domain of the list is slow.': 'As consultas em vão mostram qual domínio da lista é lento.',
  'Write outside names with a dot at the end, where the program permits it.':
    'Escreva os nomes externos com um ponto no fim, onde o programa permitir.',
  'In Kubernetes, set `dnsConfig.options` with ndots of 1 or 2 for pods that ask for outside names, or run NodeLocal DNSCache.':
    'No Kubernetes, defina `dnsConfig.options` com ndots 1 ou 2 para pods que consultam nomes externos, ou use o NodeLocal DNSCache.',
  'Take domains out of the search list that nobody uses.': 'Retire da lista de busca os domínios que ninguém usa.',
  'Lookups{0} lose time to the search list{1}.': 'As resoluções de nomes{0} perdem tempo com a lista de busca{1}.',
  'Lower ndots or shorten the search list, or write the name with a dot at its end; see: {0}':
    'Reduza ndots ou encurte a lista de busca, ou escreva o nome com um ponto no fim; veja: {0}',
  'The search list turns a name into another one': 'A lista de busca transforma um nome em outro',
  'A domain of the search list answered ahead of the name itself: programs get the address of NAME.DOMAIN, which whoever has that domain decides. With a wildcard record in it, every outside name goes there.':
    'Um domínio da lista de busca respondeu antes do próprio nome: os programas recebem o endereço de NAME.DOMAIN, que é decidido por quem tem esse domínio. Se houver nele um registro curinga, todo nome externo vai para lá.',
  'A domain of the search list has a wildcard (`*`) record.': 'Um domínio da lista de busca tem um registro curinga (`*`).',
  'ndots is above 1, so that the list goes before the name.': 'ndots está acima de 1, e a lista vem antes do nome.',
  'The search list came by DHCP from a network that is not to be trusted.':
    'A lista de busca veio por DHCP de uma rede que não é confiável.',
  'The name with a dot at the end gets other addresses than without.':
    'O nome com ponto no fim recebe endereços diferentes do nome sem ponto.',
  'A name that cannot exist, below the same domain, gets an address too: a wildcard.':
    'Um nome que não pode existir, sob o mesmo domínio, também recebe um endereço: um curinga.',
  'Take the domain out of the search list, or its wildcard out of the zone.': 'Retire o domínio da lista de busca, ou o curinga da zona.',
  'Lower ndots to 1, so that names with a dot are asked for as they stand first.':
    'Reduza ndots a 1, para que nomes com ponto sejam consultados primeiro tal como estão.',
  'Write the name with a dot at the end.': 'Escreva o nome com um ponto no fim.',
  '{0} is not what is reached: the search list makes another name of it{1}.':
    '{0} não é o que se alcança: a lista de busca faz dele outro nome{1}.',
  'Take the domain that answered out of the search list, or lower ndots; see: {0}':
    'Retire da lista de busca o domínio que respondeu, ou reduza ndots; veja: {0}',
  'Lines of resolv.conf are of no use': 'Há linhas sem efeito no resolv.conf',
  'resolv.conf has lines that programs pass over: misspelt keywords, name servers that are no addresses, or more of them than the three that are asked. Names resolve by what is left; what the author meant is not in force.':
    'O resolv.conf tem linhas que os programas ignoram: palavras-chave escritas errado, servidores de nomes que não são endereços, ou mais deles do que os três que são consultados. Os nomes se resolvem pelo que resta; o que o autor pretendia não está em vigor.',
  'It was edited by hand.': 'Foi editado à mão.',
  'More than three name servers came together, from several networks or DHCP and a VPN.':
    'Juntaram-se mais de três servidores de nomes, de várias redes ou do DHCP e de uma VPN.',
  'A host name stands behind nameserver, where an address belongs.':
    'Depois de nameserver há um nome de host, onde deveria haver um endereço.',
  'The finding names the lines: `cat -A -n /etc/resolv.conf` also shows spaces and odd characters.':
    'O achado mostra as linhas: `cat -A -n /etc/resolv.conf` mostra também espaços e caracteres estranhos.',
  '`ls -l /etc/resolv.conf` and the remarks at its head say which service wrote it; without either it was a person.':
    '`ls -l /etc/resolv.conf` e os comentários no início do arquivo dizem que serviço o gravou; sem nenhum dos dois, foi uma pessoa.',
  'Correct the file where it is made (the service that its head names), since it is overwritten otherwise.':
    'Corrija o arquivo onde ele é gerado (o serviço que o início dele indica), pois do contrário será sobrescrito.',
  'Name at most three servers; with systemd-resolved or dnsmasq as the stub, any number behind it.':
    'Indique no máximo três servidores; com systemd-resolved ou dnsmasq como stub, quantos quiser atrás dele.',
  'Some of resolv.conf is passed over by programs{0}.': 'Parte do resolv.conf é ignorada pelos programas{0}.',
  'Correct the lines named, in what writes the file: cat -n /etc/resolv.conf':
    'Corrija as linhas indicadas, naquilo que gera o arquivo: cat -n /etc/resolv.conf',
  'The hosts file gives another address than DNS': 'O arquivo hosts dá um endereço diferente do DNS',
  'The hosts file of this machine has an entry for the name, so DNS is not asked, and the address in it is not what the resolver says. Only this machine goes there; everybody else goes elsewhere.':
    'O arquivo hosts desta máquina tem uma entrada para o nome, por isso o DNS não é consultado, e o endereço dela não é o que o resolvedor informa. Só esta máquina vai para lá; todos os demais vão para outro lugar.',
  'An entry from a test, a move or a deployment that was never taken out; the service has moved since.':
    'Uma entrada de um teste, de uma mudança ou de uma implantação que nunca foi retirada; desde então o serviço mudou de lugar.',
  'A deliberate entry: a staging system, a blocked site (0.0.0.0), an inner address in place of an outer one.':
    'Uma entrada proposital: um sistema de homologação, um site bloqueado (0.0.0.0), um endereço interno no lugar de um externo.',
  'Docker (`--add-host`) or Kubernetes (`hostAliases`) wrote it into the container.':
    'O Docker (`--add-host`) ou o Kubernetes (`hostAliases`) a gravou no contêiner.',
  'Malware that leads a name elsewhere.': 'Um malware que leva o nome a outro lugar.',
  '`grep NAME /etc/hosts` shows the entry, `netdiag dns NAME` what the resolver says.':
    '`grep NAME /etc/hosts` mostra a entrada, `netdiag dns NAME` o que o resolvedor informa.',
  '127.0.0.1 or 0.0.0.0 is a block; an inner address a shortcut; another outer one is mostly out of date.':
    '127.0.0.1 ou 0.0.0.0 é um bloqueio; um endereço interno, um atalho; outro externo costuma estar desatualizado.',
  'Take the entry out of the hosts file, or correct its address.': 'Retire a entrada do arquivo hosts, ou corrija o endereço dela.',
  'Where it is wanted, leave it, and note why beside it.': 'Se for desejada, deixe-a e anote o motivo ao lado.',
  '{0} goes where the hosts file says, and not where DNS does{1}.': '{0} vai para onde diz o arquivo hosts, e não para onde diz o DNS{1}.',
  'Take the entry out, or correct it: sudoedit /etc/hosts': 'Retire a entrada, ou corrija-a: sudoedit /etc/hosts',
  'Take the entry out, or correct it: sudo nano /etc/hosts': 'Retire a entrada, ou corrija-a: sudo nano /etc/hosts',
  'Take the entry out, or correct it, as administrator: notepad C:\\Windows\\System32\\drivers\\etc\\hosts':
    'Remova ou corrija a entrada, como administrador: notepad C:\\Windows\\System32\\drivers\\etc\\hosts',
  'The proxy settings contradict each other': 'As configurações de proxy se contradizem',
  'Programs read different variables and files for their proxy: small or capital letters, no_proxy in one notation or another. Where these say different things, one program goes through the proxy and the next one does not, with the same address.':
    'Os programas leem variáveis e arquivos diferentes para o proxy: letras minúsculas ou maiúsculas, no_proxy em uma notação ou em outra. Onde dizem coisas diferentes, um programa passa pelo proxy e o outro não, com o mesmo endereço.',
  'Small and capital variables were set at different times (http_proxy, HTTP_PROXY).':
    'As variáveis em minúsculas e em maiúsculas foram definidas em momentos diferentes (http_proxy, HTTP_PROXY).',
  'no_proxy has entries that no program reads: URLs, parts of addresses, a * in the middle.':
    'no_proxy tem entradas que nenhum programa lê: URLs, partes de endereços, um * no meio.',
  'A value that is no URL of a proxy, for example with a password that is not percent-encoded.':
    'Um valor que não é URL de proxy, por exemplo com uma senha sem codificação percentual.',
  'curl reads http_proxy in small letters only; Go, Python and Node read both, the small ones first or last.':
    'O curl lê http_proxy só em minúsculas; Go, Python e Node leem ambas, as minúsculas primeiro ou por último.',
  '`env | grep -i _proxy` shows what is set for this user; services have an environment of their own.':
    '`env | grep -i _proxy` mostra o que está definido para este usuário; os serviços têm um ambiente próprio.',
  'Set each pair of variables to the same value, or leave the capital ones out.':
    'Defina o mesmo valor para cada par de variáveis, ou deixe de fora as maiúsculas.',
  'Write no_proxy as names with a dot in front, whole addresses, and networks only where the programs read them.':
    'Escreva em no_proxy nomes com um ponto na frente, endereços completos, e redes só onde os programas as leem.',
  'Percent-encode special characters in user and password.': 'Use codificação percentual para caracteres especiais no usuário e na senha.',
  'What is set about proxies on this machine is not clear{0}.': 'O que está definido sobre proxies nesta máquina não é claro{0}.',
  'Set small and capital variables alike, and correct what cannot be read: env | grep -i _proxy':
    'Defina igual as variáveis em minúsculas e em maiúsculas e corrija o que não pode ser lido: env | grep -i _proxy',
  'Set small and capital variables alike, and correct what cannot be read: Get-ChildItem Env:*_proxy':
    'Defina igual as variáveis em minúsculas e em maiúsculas e corrija o que não pode ser lido: Get-ChildItem Env:*_proxy',
};
