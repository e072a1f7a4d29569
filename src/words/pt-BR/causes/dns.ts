import type { Entries } from '../../language.js';

export const CAUSES_DNS: Entries = {
  'No DNS resolver is configured': 'Nenhum resolvedor DNS está configurado',
  'This machine does not know whom to ask for names. Connections to IP addresses may work; every name fails at once.':
    'Esta máquina não sabe a quem perguntar pelos nomes. Conexões a endereços IP podem funcionar; todo nome falha na hora.',
  'DHCP or router advertisements named no resolver, or the lease was lost.':
    'O DHCP ou os anúncios de roteador não indicaram resolvedor, ou a concessão se perdeu.',
  'A VPN client or script emptied the configuration and did not put it back.':
    'Um cliente VPN ou um script esvaziou a configuração e não a restaurou.',
  '/etc/resolv.conf is empty, or a link to a file that does not exist since its service is off.':
    '/etc/resolv.conf está vazio, ou é um link para um arquivo que não existe porque o serviço está desligado.',
  'In a container: the file of the host was not usable, and no other was given.':
    'Em um contêiner: o arquivo do host não servia, e nenhum outro foi dado.',
  '`ls -l /etc/resolv.conf`: a link to /run/systemd/resolve needs the service systemd-resolved.':
    '`ls -l /etc/resolv.conf`: um link para /run/systemd/resolve precisa do serviço systemd-resolved.',
  '`resolvectl status` shows the resolvers of each interface.': '`resolvectl status` mostra os resolvedores de cada interface.',
  'The lease (`nmcli device show`) contains a resolver: it was lost on this machine. It does not: the DHCP server.':
    'A concessão (`nmcli device show`) contém um resolvedor: ele se perdeu nesta máquina. Não contém: o servidor DHCP.',
  'Renew the lease, or start the resolver service: `sudo systemctl start systemd-resolved`.':
    'Renove a concessão, ou inicie o serviço do resolvedor: `sudo systemctl start systemd-resolved`.',
  'For one interface by hand: `sudo resolvectl dns INTERFACE ADDRESS`, with the address of the resolver of this network.':
    'Para uma interface, à mão: `sudo resolvectl dns INTERFACE ADDRESS`, com o endereço do resolvedor desta rede.',
  'Correct the DHCP server, where it names no resolver.': 'Corrija o servidor DHCP, se ele não indica resolvedor.',
  'No DNS resolver is configured on this machine, so no name can be resolved{0}.':
    'Nenhum resolvedor DNS está configurado nesta máquina, e por isso nenhum nome pode ser resolvido{0}.',
  'Renew the lease, or enter the resolver of this network; what is configured shows in: {0}':
    'Renove a concessão, ou configure o resolvedor desta rede; veja o que está configurado com: {0}',
  'The DNS resolver does not answer': 'O resolvedor DNS não responde',
  'Questions to the configured resolver get no answer, or a refusal from the network. Names cannot be resolved, while connections to addresses may work.':
    'Consultas ao resolvedor configurado ficam sem resposta, ou recebem uma recusa da rede. Nomes não podem ser resolvidos, enquanto conexões a endereços podem funcionar.',
  'The resolver is off or overloaded; on a home network it is often the router.':
    'O resolvedor está desligado ou sobrecarregado; em uma rede doméstica, costuma ser o roteador.',
  'The address configured belongs to another network (after a change of network, or of a VPN).':
    'O endereço configurado é de outra rede (após uma troca de rede ou de VPN).',
  'A firewall blocks port 53 to this resolver.': 'Um firewall bloqueia a porta 53 para este resolvedor.',
  'A local stub resolver (127.0.0.53, 127.0.0.1) is configured, and its service is not running.':
    'Um resolvedor stub local (127.0.0.53, 127.0.0.1) está configurado, e o serviço dele não está rodando.',
  'what is asked by its address keeps silent too': 'o que é consultado pelo endereço também não responde',
  'whether resolvers elsewhere answer on port 53, and whether they do where it is encrypted':
    'se resolvedores de outros lugares respondem na porta 53, e se respondem por transporte criptografado',
  'whether the gateway passes anything on': 'se o gateway encaminha alguma coisa',
  'whether anything beyond the gateway answers': 'se algo além do gateway responde',
  'The resolver answers ping but no questions: the service on it, or a filter for port 53.':
    'O resolvedor responde ao ping, mas não às consultas: o serviço nele, ou um filtro na porta 53.',
  'Another resolver answers: this one. None answers: the network or a filter.':
    'Outro resolvedor responde: este. Nenhum responde: a rede ou um filtro.',
  'A loopback address that refuses at once: the local service is off.':
    'Um endereço de loopback que recusa na hora: o serviço local está desligado.',
  'Renew the lease, so that the resolver of this network is learned.':
    'Renove a concessão, para que a máquina receba o resolvedor desta rede.',
  'Start the local resolver service: `sudo systemctl start systemd-resolved`.':
    'Inicie o serviço do resolvedor local: `sudo systemctl start systemd-resolved`.',
  'Enter a second resolver, so that one failure does not stop everything.':
    'Configure um segundo resolvedor, para que uma só falha não pare tudo.',
  'A DNS resolver does not answer questions{0}.': 'Um resolvedor DNS não responde às consultas{0}.',
  'Check that the configured resolver belongs to this network; renew the lease if it does not: {0}':
    'Verifique se o resolvedor configurado é desta rede; se não for, renove a concessão: {0}',
  'Check the address of this server, and that it runs; whether the resolvers of this machine answer: {0}':
    'Verifique o endereço deste servidor e se ele está rodando; para ver se os resolvedores desta máquina respondem: {0}',
  'The resolver refuses to answer': 'O resolvedor se recusa a responder',
  'The server answers with the code REFUSED (RFC 1035): it is well, but does not want to serve this question to this client. That is a matter of policy, not of reachability.':
    'O servidor responde com o código REFUSED (RFC 1035): está bem, mas não quer atender esta consulta deste cliente. É questão de política, não de alcance.',
  'The server answers only for its own zones or its own clients, and is no resolver for this machine.':
    'O servidor só responde por suas próprias zonas ou a seus próprios clientes, e não é resolvedor para esta máquina.',
  'This machine has left the network whose resolver it still asks (VPN, move).':
    'Esta máquina saiu da rede cujo resolvedor ela ainda consulta (VPN, mudança).',
  'An access list or rate limit on the server.': 'Uma lista de acesso ou um limite de taxa no servidor.',
  'A filter of names that answers with REFUSED.': 'Um filtro de nomes que responde com REFUSED.',
  'All names are refused: this client is not served. Only some: a filter, or a zone that the server gave up.':
    'Todos os nomes são recusados: este cliente não é atendido. Só alguns: um filtro, ou uma zona que o servidor deixou de atender.',
  'Another resolver answers the same question: it is this one.': 'Outro resolvedor responde à mesma consulta: é este.',
  'Ask the resolver that belongs to this network.': 'Consulte o resolvedor que pertence a esta rede.',
  'Have the operator add this network to the allowed clients.': 'Peça ao responsável que inclua esta rede entre os clientes permitidos.',
  'The DNS server refuses to answer questions{0}.': 'O servidor DNS se recusa a responder às consultas{0}.',
  'Use the resolver that belongs to this network; what is configured shows in: {0}':
    'Use o resolvedor que pertence a esta rede; veja o que está configurado com: {0}',
  'Have its operator allow this machine, or ask the resolvers of this machine: {0}':
    'Peça ao responsável que permita esta máquina, ou consulte os resolvedores desta máquina: {0}',
  'The resolver cannot find out': 'O resolvedor não consegue descobrir',
  'The resolver answers SERVFAIL (RFC 1035): it tried and failed; or its answer is a chain of aliases (CNAME) without an end. The name may exist; its own servers do not answer, contradict themselves, or the signatures do not hold.':
    'O resolvedor responde SERVFAIL (RFC 1035): tentou e falhou; ou a resposta dele é uma cadeia de aliases (CNAME) sem fim. O nome pode existir; os servidores dele não respondem, se contradizem, ou as assinaturas não conferem.',
  'The name servers of the domain are down or unreachable from the resolver.':
    'Os servidores de nomes do domínio estão fora do ar ou inalcançáveis para o resolvedor.',
  'DNSSEC validation fails (see dnssec-bogus).': 'A validação DNSSEC falha (veja dnssec-bogus).',
  'The delegation is broken: the parent names servers that know nothing of the zone.':
    'A delegação está com defeito: a zona acima indica servidores que nada sabem da zona.',
  'The resolver itself cannot reach the internet, or is overloaded.':
    'O próprio resolvedor não alcança a internet, ou está sobrecarregado.',
  'The aliases of the name lead back to each other.': 'Os aliases do nome levam de volta uns aos outros.',
  'whether the resolver answers where it is asked not to validate': 'se o resolvedor responde quando se pede que não valide',
  'All names fail: the resolver. One domain only: that domain.': 'Todos os nomes falham: o resolvedor. Só um domínio: esse domínio.',
  '`dig +cd NAME` answers while `dig NAME` fails: DNSSEC.': '`dig +cd NAME` responde, mas `dig NAME` falha: DNSSEC.',
  '`dig +trace NAME` shows the server at which the delegation ends.': '`dig +trace NAME` mostra em qual servidor a delegação termina.',
  'An extended error (RFC 8914) in the answer of dig names the reason.': 'Um erro estendido (RFC 8914) na resposta do dig indica o motivo.',
  'Report it to the owner of the domain, where only it is concerned.': 'Avise o titular do domínio, se só ele é afetado.',
  'Ask another resolver for comparison, and report the difference to the operator of the first.':
    'Consulte outro resolvedor para comparar e informe a diferença ao responsável pelo primeiro.',
  'For an own resolver: its log, its way out on port 53 over UDP and TCP, its clock.':
    'Se o resolvedor é seu: o registro (log) dele, a saída dele na porta 53 por UDP e TCP, o relógio dele.',
  'The DNS resolver could not find an answer{0}.': 'O resolvedor DNS não conseguiu encontrar uma resposta{0}.',
  'If it answers without validation, DNSSEC of the domain is broken, otherwise its servers: {0} --no-check':
    'Se ele responde sem validação, o DNSSEC do domínio está com defeito; caso contrário, os servidores do domínio: {0} --no-check',
  'Tell the owner of the domain to correct its aliases (CNAME); see: {0}':
    'Peça ao titular do domínio que corrija os aliases (CNAME); veja: {0}',
  'If it answers without validation, DNSSEC of the domain is broken, otherwise its servers: dig +cd {0}':
    'Se ele responde sem validação, o DNSSEC do domínio está com defeito; caso contrário, os servidores do domínio: dig +cd {0}',
  'If it fails for this domain only, tell its owner; otherwise the resolver is at fault: {0}':
    'Se só este domínio falha, avise o titular; caso contrário, o problema é do resolvedor: {0}',
  'The name does not exist, or has no address': 'O nome não existe, ou não tem endereço',
  'The DNS answers that there is no such name, nor anything below it (NXDOMAIN; RFC 2308, RFC 8020), or that the name exists but has no address (NODATA). This is an answer, not a failure: the way to the resolver works. Resolvers remember it for the time that the zone sets.':
    'O DNS responde que não existe tal nome, nem nada abaixo dele (NXDOMAIN; RFC 2308, RFC 8020), ou que o nome existe mas não tem endereço (NODATA). Isso é uma resposta, não uma falha: o caminho até o resolvedor funciona. Os resolvedores a guardam pelo tempo que a zona define.',
  'A spelling mistake, or a missing part of the domain.': 'Um erro de digitação, ou falta uma parte do domínio.',
  'The name is known only inside another network (company, VPN, container network).':
    'O nome só é conhecido dentro de outra rede (empresa, VPN, rede de contêineres).',
  'The entry was deleted, not yet made, or the domain has run out.': 'A entrada foi apagada, ainda não foi criada, ou o domínio expirou.',
  'The "no" of an earlier question is still remembered.': 'O "não" de uma consulta anterior ainda está em cache.',
  'A filter of names that answers with NXDOMAIN.': 'Um filtro de nomes que responde com NXDOMAIN.',
  'The name is there for another purpose, such as mail, and has no address.':
    'O nome existe para outro fim, como e-mail, e não tem endereço.',
  'The domain above exists, the name does not: entry or spelling. The domain is gone as well: run out, or misspelt.':
    'O domínio acima existe, o nome não: a entrada ou a grafia. O domínio também não existe: expirou ou foi digitado errado.',
  'With the VPN, or by the inner resolver, it exists: ask that one.': 'Com a VPN, ou pelo resolvedor interno, ele existe: consulte esse.',
  'The servers of the zone know it, the resolver does not: remembered, wait for the negative time to live of the SOA record.':
    'Os servidores da zona o conhecem, o resolvedor não: está em cache; espere o tempo de vida negativo do registro SOA.',
  'Correct the name.': 'Corrija o nome.',
  'Connect the VPN, or use the resolver of the network to which the name belongs.':
    'Conecte a VPN, ou use o resolvedor da rede à qual o nome pertence.',
  'Have the owner of the domain make the entry.': 'Peça ao titular do domínio que crie a entrada.',
  'There is no {0} for {1} in the DNS{2}.': 'Não há {0} para {1} no DNS{2}.',
  'Check the spelling, and whether the name belongs to a VPN or inner network: {0}':
    'Verifique a grafia e se o nome pertence a uma VPN ou rede interna: {0}',
  'DNS answers take long': 'As respostas DNS demoram',
  'Names are resolved, but each new one costs more time than the policy allows, and every new connection waits for it. A remembered answer costs one round trip to the resolver; an unknown one several to servers in the world.':
    'Os nomes são resolvidos, mas cada nome novo custa mais tempo do que a política permite, e toda conexão nova espera por isso. Uma resposta em cache custa uma ida e volta até o resolvedor; uma desconhecida, várias até servidores pelo mundo.',
  'The resolver is far away, or its way is slow (VPN, mobile).': 'O resolvedor está longe, ou o caminho até ele é lento (VPN, rede móvel).',
  'The resolver had to ask further: only the first question is slow.':
    'O resolvedor teve de consultar outros: só a primeira consulta é lenta.',
  'The first configured resolver does not answer, and each question waits for its time-out.':
    'O primeiro resolvedor configurado não responde, e cada consulta espera o timeout dele.',
  'The search list multiplies questions (in containers, `ndots:5`).':
    'A lista de busca multiplica as consultas (em contêineres, `ndots:5`).',
  'Loss on the way: a lost question costs a whole retry time.':
    'Perda no caminho: uma consulta perdida custa um intervalo inteiro de nova tentativa.',
  'The second question for the same name is quick: it was only not remembered. Both are slow: distance or load.':
    'A segunda consulta pelo mesmo nome é rápida: ele só não estava em cache. As duas são lentas: distância ou carga.',
  'A time close to a whole number of seconds: a time-out and a retry.':
    'Um tempo próximo de um número inteiro de segundos: um timeout e uma nova tentativa.',
  'Beside each other (`netdiag dns NAME --compare`), one resolver stands out.':
    'Lado a lado (`netdiag dns NAME --compare`), um dos resolvedores destoa.',
  'Use a resolver nearby, and take dead ones out of the list.': 'Use um resolvedor próximo e retire da lista os que não respondem.',
  'Run a local cache (systemd-resolved, dnsmasq, unbound).': 'Rode um cache local (systemd-resolved, dnsmasq, unbound).',
  'Write full names with a final dot where the search list is long.':
    'Escreva os nomes completos com um ponto final, se a lista de busca é longa.',
  'DNS answers{0} take too long{1}.': 'As respostas DNS{0} demoram demais{1}.',
  'Ask twice: slow only the first time is an empty cache, slow both times is the resolver or the way to it: {0}':
    'Consulte duas vezes: lento só na primeira é cache vazio; lento nas duas é o resolvedor ou o caminho até ele: {0}',
  'Somebody falsifies DNS answers': 'Alguém falsifica respostas DNS',
  'An answer comes that the real servers did not give: for a name that cannot exist, from a server that was not asked, or contrary to what is signed or seen elsewhere. Traffic may then go to whoever falsifies.':
    'Chega uma resposta que os servidores verdadeiros não deram: para um nome que não pode existir, de um servidor que não foi consultado, ou contrária ao que está assinado ou ao que se vê em outros lugares. O tráfego pode então ir para quem falsifica.',
  'The provider or router answers unknown names with its own page.':
    'O provedor ou o roteador responde a nomes desconhecidos com uma página própria.',
  'A captive portal before the login.': 'Um portal cativo antes do login.',
  'A firewall redirects all of port 53 to its own resolver.': 'Um firewall redireciona toda a porta 53 para o resolvedor dele.',
  'Malware on the router or on this machine changed the resolver.': 'Um malware no roteador ou nesta máquina trocou o resolvedor.',
  'Censorship, or an attack on the path.': 'Censura, ou um ataque no caminho.',
  'A name under .invalid (RFC 6761) gets an address: somebody makes up answers.':
    'Um nome sob .invalid (RFC 6761) recebe um endereço: alguém inventa respostas.',
  'The resolver configured is not the one that the network hands out: look for who changed it.':
    'O resolvedor configurado não é o que a rede entrega: descubra quem o trocou.',
  'Over an encrypted transport the answer differs (`netdiag dns NAME --compare`): the falsification is on the way.':
    'Por um transporte criptografado a resposta é outra (`netdiag dns NAME --compare`): a falsificação está no caminho.',
  'The addresses lead to a login or advertising page: portal or provider.':
    'Os endereços levam a uma página de login ou de publicidade: portal ou provedor.',
  'Log in at the portal, where there is one.': 'Faça login no portal, se houver um.',
  'Use a resolver over TLS or HTTPS (RFC 7858, RFC 8484).': 'Use um resolvedor sobre TLS ou HTTPS (RFC 7858, RFC 8484).',
  'Check the resolver settings of the router and change its password; update its firmware.':
    'Verifique a configuração de resolvedor do roteador e troque a senha dele; atualize o firmware.',
  'DNS answers{0} are falsified on the way or by the resolver{1}.':
    'As respostas DNS{0} são falsificadas no caminho ou pelo resolvedor{1}.',
  'If a filter blocks the name on purpose, have it let through there; otherwise ask another resolver. What others say: {0} --compare':
    'Se um filtro bloqueia o nome de propósito, peça que o deixe passar ali; senão, pergunte a outro resolvedor. O que dizem outros: {0} --compare',
  'Trust no name here for now; check who the configured resolver is: {0}':
    'Por enquanto, não confie em nenhum nome aqui; verifique quem é o resolvedor configurado: {0}',
  'Trust no answer of it for now; what others say: {0} --compare':
    'Por enquanto, não confie em nenhuma resposta dele; o que outros dizem: {0} --compare',
  'Resolvers disagree': 'Os resolvedores divergem',
  'Different resolvers give different answers to the same question. For names that are served by region or by load that is normal; it is a fault where one says that the name does not exist, or names an address that is no longer in use.':
    'Resolvedores diferentes dão respostas diferentes à mesma consulta. Para nomes atendidos por região ou por carga isso é normal; é defeito quando um deles diz que o nome não existe, ou indica um endereço que já não está em uso.',
  'The name is served by region or load (content networks): all answers are right.':
    'O nome é atendido por região ou carga (redes de conteúdo): todas as respostas estão certas.',
  'An inner and an outer view of the same name (split DNS), and a mixture of resolvers.':
    'Uma visão interna e uma externa do mesmo nome (split DNS), e uma mistura de resolvedores.',
  'A change not long ago: some resolvers still remember the old answer.':
    'Uma mudança recente: alguns resolvedores ainda guardam a resposta antiga.',
  'The servers of the zone are not in step (different serial numbers).':
    'Os servidores da zona não estão sincronizados (números de série diferentes).',
  'One resolver filters or falsifies.': 'Um dos resolvedores filtra ou falsifica.',
  'All addresses serve the right certificate: normal. One does not: it is the stale or false one.':
    'Todos os endereços servem o certificado certo: normal. Um não: é o antigo ou o falso.',
  'One gives a private address: split DNS.': 'Um deles dá um endereço privado: split DNS.',
  '`dig +nssearch DOMAIN` shows the serial number on each server of the zone.':
    '`dig +nssearch DOMAIN` mostra o número de série em cada servidor da zona.',
  'The time to live is shorter at each question: the resolver remembers the old answer.':
    'O tempo de vida diminui a cada consulta: o resolvedor ainda guarda a resposta antiga.',
  'Configure only resolvers of one view, not inner and outer ones side by side.':
    'Configure só resolvedores de uma mesma visão, não internos e externos lado a lado.',
  'Wait for the time to live after a change.': 'Após uma mudança, espere o tempo de vida passar.',
  'Have the owner bring the servers of the zone in step.': 'Peça ao dono que sincronize os servidores da zona.',
  'Resolvers give different answers{0}.': 'Os resolvedores dão respostas diferentes{0}.',
  'Compare the answers of each resolver; only an address without the right service behind it is a fault: {0}':
    'Compare as respostas de cada resolvedor; só é defeito um endereço que não tem o serviço certo por trás: {0}',
  'DNS answers only at times': 'O DNS só responde às vezes',
  'Of several equal questions some are answered and some are not, or differently. Programs notice it as lookups that now and then take seconds or fail.':
    'De várias consultas iguais, algumas têm resposta e outras não, ou as respostas diferem. Os programas percebem isso como consultas que de vez em quando levam segundos ou falham.',
  'One of several resolvers is dead, and questions are spread over them.':
    'Um dos vários resolvedores não responde, e as consultas são distribuídas entre eles.',
  'Packet loss on the way to the resolver.': 'Perda de pacotes no caminho até o resolvedor.',
  'A rate limit, or an overloaded forwarder in a router.': 'Um limite de taxa, ou um encaminhador sobrecarregado em um roteador.',
  'A full connection table in a firewall (see conntrack-full), often in container hosts.':
    'Uma tabela de conexões cheia em um firewall (veja conntrack-full), comum em hosts de contêineres.',
  'One server of the zone is broken.': 'Um servidor da zona está com defeito.',
  'Each resolver asked twenty times by itself: one fails always, or all fail at times.':
    'Cada resolvedor consultado vinte vezes em separado: um falha sempre, ou todos falham às vezes.',
  'The loss to the resolver is as high: the path.': 'A perda até o resolvedor é igualmente alta: o caminho.',
  'Over TCP it never fails: loss, or a limit for UDP.': 'Por TCP nunca falha: perda, ou um limite para UDP.',
  'Take the dead resolver out of the list.': 'Retire da lista o resolvedor que não responde.',
  'Run a local cache, which repeats and remembers.': 'Rode um cache local, que repete as consultas e guarda as respostas.',
  'Remove the loss on the way.': 'Elimine a perda no caminho.',
  'DNS answers{0} come only at times{1}.': 'As respostas DNS{0} só chegam às vezes{1}.',
  'Ask each configured resolver by itself several times, and drop the one that fails; they show in: {0}':
    'Consulte cada resolvedor configurado em separado, várias vezes, e retire o que falha; veja-os com: {0}',
  'Ask it again and again beside others; what it alone leaves unanswered is its own fault: {0} --compare':
    'Consulte-o repetidas vezes ao lado de outros; o que só ele deixa sem resposta é defeito dele: {0} --compare',
};
