import type { Entries } from '../../language.js';

export const CAUSES_ROUTING: Entries = {
  'No default route': 'Não há rota padrão',
  'The routing table says nothing about destinations outside the directly attached networks, so the kernel refuses them at once ("network is unreachable"). The local network may work well.':
    'A tabela de rotas nada diz sobre destinos fora das redes diretamente conectadas, por isso o kernel os recusa na hora ("network is unreachable"). A rede local pode funcionar bem.',
  'DHCP or router advertisements named no router, or the lease was lost.':
    'O DHCP ou os anúncios de roteador não indicaram roteador, ou a concessão se perdeu.',
  'A fixed configuration without a gateway, or with one outside the prefix.':
    'Uma configuração fixa sem gateway, ou com um fora do prefixo.',
  'A VPN client or script removed the route and did not put it back.': 'Um cliente VPN ou script removeu a rota e não a restaurou.',
  'The interface that carried the route went down, and the route with it.':
    'A interface que tinha a rota ficou inativa, e a rota se foi com ela.',
  'A network that is meant to have no way out.': 'Uma rede que, de propósito, não tem saída.',
  'a target answers that has no other way': 'responde um alvo que não tem outro caminho',
  '`ip route show default` and `ip -6 route show default` are both empty; `ip route show table all` shows whether another table holds the route.':
    '`ip route show default` e `ip -6 route show default` estão ambos vazios; `ip route show table all` mostra se outra tabela tem a rota.',
  '`ip rule show` says which tables are asked, and for whom.': '`ip rule show` diz quais tabelas são consultadas, e para quem.',
  'The log of the network service tells whether a lease came and what it contained.':
    'O registro (log) do serviço de rede mostra se chegou uma concessão e o que ela continha.',
  'Renew the lease, or enter the gateway in the configuration of the interface.':
    'Renove a concessão, ou informe o gateway na configuração da interface.',
  'Until then, by hand: `sudo ip route add default via GATEWAY dev INTERFACE` (macOS: `sudo route -n add default GATEWAY`; Windows, as administrator: `New-NetRoute -DestinationPrefix 0.0.0.0/0 -InterfaceAlias INTERFACE -NextHop GATEWAY`).':
    'Até lá, manualmente: `sudo ip route add default via GATEWAY dev INTERFACE` (macOS: `sudo route -n add default GATEWAY`; Windows, como administrador: `New-NetRoute -DestinationPrefix 0.0.0.0/0 -InterfaceAlias INTERFACE -NextHop GATEWAY`).',
  'Disconnect the VPN and connect again.': 'Desconecte a VPN e conecte de novo.',
  'There is no default route, so nothing beyond the local network can be reached{0}.':
    'Não há rota padrão, por isso nada além da rede local pode ser alcançado{0}.',
  'Renew the lease, or add the router of this network by hand: sudo ip route add default via GATEWAY dev {0}':
    'Renove a concessão, ou acrescente manualmente o roteador desta rede: sudo ip route add default via GATEWAY dev {0}',
  'Have the router of this network named again': 'Faça a rede indicar de novo o roteador',
  'Renew the lease, or add the router of this network by hand: sudo route -n add default GATEWAY':
    'Renove a concessão, ou acrescente manualmente o roteador desta rede: sudo route -n add default GATEWAY',
  'Renew the lease, or add the router as administrator: New-NetRoute -DestinationPrefix 0.0.0.0/0 -InterfaceAlias {0} -NextHop GATEWAY':
    'Renove a concessão, ou acrescente o roteador como administrador: New-NetRoute -DestinationPrefix 0.0.0.0/0 -InterfaceAlias {0} -NextHop GATEWAY',
  'The gateway does not answer': 'O gateway não responde',
  'The first router on the way out gives no answer, and nothing beyond it can be reached either. A gateway that merely ignores ping, while the traffic passes, is no fault and is not reported as one.':
    'O primeiro roteador no caminho de saída não dá resposta, e nada além dele pode ser alcançado. Um gateway que apenas ignora o ping, enquanto o tráfego passa, não é defeito e não é relatado como tal.',
  'The router is off, hangs or restarts.': 'O roteador está desligado, travado ou reiniciando.',
  'The link to it is bad: weak Wi-Fi, wrong VLAN, broken cable between switch and router.':
    'O enlace até ele é ruim: Wi-Fi fraco, VLAN errada, cabo com defeito entre switch e roteador.',
  'The gateway address is not, or no longer, that of the router.': 'O endereço do gateway não é, ou não é mais, o do roteador.',
  'The gateway refuses this machine (MAC filter, captive network, address conflict).':
    'O gateway recusa esta máquina (filtro de MAC, rede cativa, conflito de endereços).',
  'it answers itself': 'ele mesmo responde',
  'whether the gateway only filters echo: its lamps, or its own page': 'se o gateway apenas filtra o eco: as luzes dele, ou a página dele',
  '`ip neigh show to GATEWAY`: REACHABLE means it lives and ignores ping; FAILED means nobody answers on the link.':
    '`ip neigh show to GATEWAY`: REACHABLE significa que está ativo e ignora o ping; FAILED significa que ninguém responde no enlace.',
  'Another machine on the same network reaches it: the fault is on this machine or its link.':
    'Outra máquina na mesma rede o alcança: o defeito está nesta máquina ou no enlace dela.',
  'The router shows its own state on its lamps or status page.': 'O roteador mostra o próprio estado nas luzes ou na página de status.',
  'Check power and cable of the router, then restart it if it hangs.':
    'Verifique a energia e o cabo do roteador e reinicie-o se estiver travado.',
  'Renew the lease, so that the current gateway is learned.': 'Renove a concessão, para obter o gateway atual.',
  'On Wi-Fi, join again or try a cable.': 'No Wi-Fi, conecte-se de novo ou tente um cabo.',
  'The {0} does not answer{1}, and nothing beyond it does{2}.': 'O {0} não responde{1}, nem nada além dele{2}.',
  'Check the router and the link to it; FAILED means that it is absent from the link: ip neigh show to {0}':
    'Verifique o roteador e o enlace até ele; FAILED significa que ele está ausente do enlace: ip neigh show to {0}',
  'Check the router and the link to it; "incomplete" means that it is absent from the link: ndp -an':
    'Verifique o roteador e o enlace até ele; "incomplete" significa que ele está ausente do enlace: ndp -an',
  'Check the router and the link to it; "incomplete" means that it is absent from the link: arp -an':
    'Verifique o roteador e o enlace até ele; "incomplete" significa que ele está ausente do enlace: arp -an',
  'Check the router and the link to it; "Unreachable" means that it is absent from the link: Get-NetNeighbor -IPAddress {0}':
    'Verifique o roteador e o enlace até ele; "Unreachable" significa que ele está ausente do enlace: Get-NetNeighbor -IPAddress {0}',
  'The gateway answers, nothing beyond it does': 'O gateway responde, mas nada além dele',
  'The local network and its router work, but nothing behind the router answers. The fault lies in the router, its line, or the provider; this machine is not the cause.':
    'A rede local e seu roteador funcionam, mas nada atrás do roteador responde. O defeito está no roteador, na linha dele ou no provedor; esta máquina não é a causa.',
  'The line or the provider is down, or the modem has lost its session (PPPoE, DOCSIS, mobile).':
    'A linha ou o provedor está fora do ar, ou o modem perdeu a sessão (PPPoE, DOCSIS, rede móvel).',
  'The router has no default route or no address on its outer side.': 'O roteador não tem rota padrão ou não tem endereço no lado externo.',
  'Address translation on the router is missing or its table is full.':
    'A tradução de endereços no roteador falta, ou a tabela dela está cheia.',
  'A firewall on the router keeps this network from going out.': 'Um firewall no roteador impede esta rede de sair.',
  'The subscription or the data allowance has ended.': 'A assinatura ou a franquia de dados acabou.',
  'a target beyond the gateway answers': 'um alvo além do gateway responde',
  'something beyond the gateway answers': 'algo além do gateway responde',
  'whether what is asked by its address answers': 'se responde o que é consultado pelo endereço',
  'whether a page without encryption is answered by a login page': 'se uma página sem criptografia é respondida por uma página de login',
  'the path, hop by hop': 'o caminho, salto a salto',
  'The status page of the router: has the outer interface an address and a session?':
    'A página de status do roteador: a interface externa tem endereço e sessão?',
  'The last hop that answers in `netdiag route TARGET` says how far packets get.':
    'O último salto que responde em `netdiag route TARGET` mostra até onde os pacotes chegam.',
  'Several unrelated targets fail alike: the line. One only: that target.':
    'Vários alvos sem relação falham igual: a linha. Só um: esse alvo.',
  'A phone on mobile data reaches the targets: the internet is there, the line is not.':
    'Um celular com dados móveis alcança os alvos: a internet existe, a linha não.',
  'Look at the outer interface of the router, and have it dial again.': 'Examine a interface externa do roteador e faça-o discar de novo.',
  'Ask the provider about a fault, with the trace and the time it began.':
    'Pergunte ao provedor se há uma falha, com o trace e a hora em que começou.',
  'Switch to the backup line where there is one.': 'Mude para a linha de reserva, se houver uma.',
  'The {0} answers, but nothing beyond it does: the fault is in the router, its line or the provider{1}.':
    'O {0} responde, mas nada além dele: o defeito está no roteador, na linha dele ou no provedor{1}.',
  "Check the outer line on the router's status page, then show the provider where packets end: {0}":
    'Verifique a linha externa na página de status do roteador e mostre ao provedor onde os pacotes param: {0}',
  'The target cannot be reached': 'O alvo não pode ser alcançado',
  'This machine, its link and its gateway are well, but this target does not answer, or a router on the way says that it has no way to it (ICMP destination unreachable, RFC 792 and RFC 4443). Unanswered ping alone is not enough for this finding: hosts may ignore ping.':
    'Esta máquina, seu enlace e seu gateway estão bem, mas este alvo não responde, ou um roteador no caminho diz que não tem caminho até ele (ICMP destination unreachable, RFC 792 e RFC 4443). Só o ping sem resposta não basta para esta conclusão: máquinas podem ignorar ping.',
  'The target is off, or has another address by now.': 'O alvo está desligado, ou já tem outro endereço.',
  'A router on the way has no route, or cannot learn the link address of the target.':
    'Um roteador no caminho não tem rota, ou não consegue descobrir o endereço de enlace do alvo.',
  'A firewall in front of the target drops everything from here.': 'Um firewall à frente do alvo descarta tudo o que vem daqui.',
  'The target is in a private network that needs a VPN.': 'O alvo está em uma rede privada que exige VPN.',
  'The provider of the target has an outage.': 'O provedor do alvo está com uma interrupção.',
  'its service answers': 'o serviço dele responde',
  'whether anything else beyond the gateway answers': 'se algo mais além do gateway responde',
  'A trace: ended at the last router by "host unreachable" (!H) the target is off; by "network unreachable" (!N) a route is missing; silence points to a filter.':
    'Um trace: encerrado no último roteador por "host unreachable" (!H), o alvo está desligado; por "network unreachable" (!N), falta uma rota; silêncio indica um filtro.',
  'Reached from another network: the way from here, or a filter against this address.':
    'Alcançado a partir de outra rede: o caminho daqui, ou um filtro contra este endereço.',
  'Compare the address with what the owner says; a stale DNS entry looks the same.':
    'Compare o endereço com o que o dono informa; uma entrada de DNS desatualizada tem o mesmo efeito.',
  'Ask the owner whether the target is up and which addresses may reach it.':
    'Pergunte ao dono se o alvo está no ar e quais endereços podem alcançá-lo.',
  'Connect the VPN that leads there.': 'Conecte a VPN que leva até lá.',
  'Correct the name or address where it has changed.': 'Corrija o nome ou o endereço, se mudou.',
  'No target can be reached, while nothing nearer shows a fault{0}.':
    'Nenhum alvo pode ser alcançado, enquanto nada mais próximo mostra falha{0}.',
  '{0} cannot be reached, while nothing nearer shows a fault{1}.':
    '{0} não pode ser alcançado, enquanto nada mais próximo mostra falha{1}.',
  'Ask its owner whether it is up; how far packets get shows in: {0}':
    'Pergunte ao dono se está no ar; até onde os pacotes chegam aparece em: {0}',
  'A route or a filter forbids the way': 'Uma rota ou um filtro proíbe o caminho',
  'Somebody says no on purpose: this machine has a route of type unreachable, prohibit or blackhole for the destination, or a router answers that the traffic is administratively prohibited (ICMP codes 9, 10 and 13 by RFC 1812; ICMPv6 code 1 by RFC 4443).':
    'Alguém diz não de propósito: esta máquina tem uma rota do tipo unreachable, prohibit ou blackhole para o destino, ou um roteador responde que o tráfego é proibido administrativamente (códigos ICMP 9, 10 e 13 pela RFC 1812; código ICMPv6 1 pela RFC 4443).',
  'A firewall on the way rejects this source, destination or port.':
    'Um firewall no caminho rejeita esta origem, este destino ou esta porta.',
  'A prohibit, unreachable or blackhole route on this machine: a VPN kill switch, a container or segment policy, a block list.':
    'Uma rota prohibit, unreachable ou blackhole nesta máquina: o kill switch de uma VPN, uma política de contêineres ou de segmento, uma lista de bloqueio.',
  'A policy routing rule (`ip rule`) that rejects this source, mark or user.':
    'Uma regra de roteamento por política (`ip rule`) que rejeita esta origem, marca ou usuário.',
  'A provider that filters the destination.': 'Um provedor que filtra o destino.',
  'the path leads to the target': 'o caminho leva até o alvo',
  'the path ends otherwise': 'o caminho termina de outro modo',
  '`ip route get ADDRESS` fails at once ("Permission denied", "Invalid argument", "No route to host"): the rule is on this machine. It answers: the refusal comes from outside.':
    '`ip route get ADDRESS` falha na hora ("Permission denied", "Invalid argument", "No route to host"): a regra está nesta máquina. Responde: a recusa vem de fora.',
  'The sender of the ICMP message, named in the report, is the device whose rule it is.':
    'O remetente da mensagem ICMP, indicado no relatório, é o dispositivo a que a regra pertence.',
  '`ip route show table all type prohibit`, and the same for unreachable and blackhole, lists such routes.':
    '`ip route show table all type prohibit`, e o mesmo para unreachable e blackhole, lista essas rotas.',
  'Where the block is meant, leave it and use the permitted way (VPN, proxy, other source).':
    'Se o bloqueio é intencional, mantenha-o e use o caminho permitido (VPN, proxy, outra origem).',
  'Ask the operator of the device that refuses to allow this traffic.':
    'Peça ao responsável pelo dispositivo que recusa que permita este tráfego.',
  'Remove the local route or rule where it is a leftover, after finding out which service put it there.':
    'Remova a rota ou regra local se for um resto, depois de descobrir que serviço a pôs ali.',
  'Traffic{0} is forbidden by a route on this machine or by a filter that says so{1}.':
    'O tráfego{0} é proibido por uma rota nesta máquina ou por um filtro que avisa{1}.',
  'See whether this machine itself refuses (it then prints an error): ip route get {0}':
    'Veja se esta própria máquina recusa (nesse caso aparece um erro): ip route get {0}',
  'See whether this machine itself refuses (flags REJECT or BLACKHOLE): route -n get {0}':
    'Veja se esta própria máquina recusa (sinalizadores REJECT ou BLACKHOLE): route -n get {0}',
  'See which route this machine takes, then ask the operator of the device that refuses: Find-NetRoute -RemoteIPAddress {0}':
    'Veja que rota esta máquina usa e depois pergunte ao responsável pelo dispositivo que recusa: Find-NetRoute -RemoteIPAddress {0}',
  'Packets go in a circle': 'Os pacotes andam em círculo',
  'Two or more routers send packets for the target to each other until the time to live is used up. Nothing arrives. The fault is in the routers that repeat in the path, never in the target.':
    'Dois ou mais roteadores enviam uns aos outros os pacotes para o alvo até que o tempo de vida (TTL) se esgote. Nada chega. O defeito está nos roteadores que se repetem no caminho, nunca no alvo.',
  'A static default route on each side points at the other, and the more precise route is missing.':
    'Em cada lado, uma rota padrão estática aponta para o outro, e falta a rota mais específica.',
  'A prefix is announced while its link is down, so that the router falls back on its default route.':
    'Um prefixo é anunciado com seu enlace inativo, e o roteador recorre à rota padrão.',
  'Routing is changing at this moment: short loops are normal while it converges.':
    'O roteamento está mudando neste momento: loops curtos são normais enquanto ele converge.',
  'A VPN or tunnel whose outer packets are routed into itself.': 'Uma VPN ou túnel cujos pacotes externos são roteados para dentro de si.',
  'The same two or three addresses alternate in the trace up to the last hop.':
    'Os mesmos dois ou três endereços se alternam no trace até o último salto.',
  'Repeat the trace after two minutes: a loop that has gone was convergence.':
    'Repita o trace após dois minutos: um loop que sumiu era convergência.',
  'If the gateway of this network is in the circle, the fault is near; otherwise it is with the operators named by the addresses (`whois ADDRESS`).':
    'Se o gateway desta rede está no círculo, o defeito está perto; senão, está nos operadores indicados pelos endereços (`whois ADDRESS`).',
  'Report the alternating addresses to the operator of these routers.':
    'Informe os endereços que se alternam ao responsável por esses roteadores.',
  "On own routers: a blackhole route for one's own whole prefix, so that unused parts of it do not follow the default route.":
    'Nos próprios roteadores: uma rota blackhole para todo o próprio prefixo, para que as partes não usadas não sigam a rota padrão.',
  'For a tunnel: a host route to the tunnel end through the physical gateway.':
    'Para um túnel: uma rota de host até a ponta do túnel pelo gateway físico.',
  'Routers pass packets{0} in a circle, so that none arrives{1}.': 'Roteadores passam em círculo os pacotes{0}, e nenhum chega{1}.',
  'Note the addresses that repeat and report them to their operator: {0}':
    'Anote os endereços que se repetem e informe-os ao responsável por eles: {0}',
  'IPv6 is set up, but does not work': 'O IPv6 está configurado, mas não funciona',
  'This machine has an IPv6 address and route, or the target offers one, but traffic over IPv6 fails while IPv4 works. Programs that try both at once (RFC 8305) hide it as a small delay; the others wait for a time-out first.':
    'Esta máquina tem endereço e rota IPv6, ou o alvo oferece um endereço, mas o tráfego por IPv6 falha enquanto o IPv4 funciona. Programas que tentam os dois ao mesmo tempo (RFC 8305) escondem isso como um pequeno atraso; os outros esperam antes um tempo limite.',
  'The router still advertises a prefix (RFC 4861) although its provider no longer routes it.':
    'O roteador ainda anuncia um prefixo (RFC 4861), embora o provedor não o roteie mais.',
  'A firewall drops ICMPv6, on which neighbour discovery and path MTU discovery depend (RFC 4890).':
    'Um firewall descarta ICMPv6, do qual dependem a descoberta de vizinhos e a descoberta da MTU do caminho (RFC 4890).',
  'A VPN carries IPv4 only and cuts IPv6 off.': 'Uma VPN transporta só IPv4 e corta o IPv6.',
  'The target publishes an AAAA record for a service that listens on IPv4 alone.':
    'O alvo publica um registro AAAA para um serviço que só escuta em IPv4.',
  'An IPv6 tunnel with a smaller MTU and no messages about it.': 'Um túnel IPv6 com MTU menor e sem mensagens a respeito.',
  'both families get through': 'as duas famílias passam',
  'whether other hosts answer by IPv6': 'se outros hosts respondem por IPv6',
  'One target fails over IPv6, others work: the target. All fail: this network.':
    'Um alvo falha por IPv6, outros funcionam: o alvo. Todos falham: esta rede.',
  '`ip -6 route show default` shows the router; if `ping -6` to it fails as well, the fault is on this link.':
    '`ip -6 route show default` mostra o roteador; se `ping -6` até ele também falha, o defeito está neste enlace.',
  'Small packets pass and large ones do not: see mtu-blackhole.': 'Pacotes pequenos passam e grandes não: veja mtu-blackhole.',
  'Have the router get its prefix anew, or stop advertising what is not routed.':
    'Faça o roteador obter de novo o prefixo, ou deixar de anunciar o que não é roteado.',
  'Allow ICMPv6 as RFC 4890 says.': 'Permita ICMPv6 conforme a RFC 4890.',
  'Ask the owner of the target to serve IPv6 or to withdraw the AAAA record.':
    'Peça ao dono do alvo que atenda por IPv6 ou retire o registro AAAA.',
  'Until it is mended, use IPv4 by the option -4 of the program, where it has one; leave IPv6 switched on in the system.':
    'Até que seja consertado, use IPv4 com a opção -4 do programa, onde existir; deixe o IPv6 ligado no sistema.',
  'IPv6{0} does not work although it is configured, while IPv4 does{1}.':
    'O IPv6{0} não funciona, embora esteja configurado, enquanto o IPv4 funciona{1}.',
  'Check the IPv6 router and its prefix; until then use -4 where programs have it: ip -6 route show default':
    'Verifique o roteador IPv6 e o prefixo dele; até lá use -4 nos programas que têm essa opção: ip -6 route show default',
  'Check the IPv6 router and its prefix; until then use -4 where programs have it: netstat -rn -f inet6':
    'Verifique o roteador IPv6 e o prefixo dele; até lá use -4 nos programas que têm essa opção: netstat -rn -f inet6',
  'Check the IPv6 router and its prefix; until then use -4 where programs have it: Get-NetRoute -DestinationPrefix ::/0':
    'Verifique o roteador IPv6 e o prefixo dele; até lá use -4 nos programas que têm essa opção: Get-NetRoute -DestinationPrefix ::/0',
  'IPv4 does not work, IPv6 does': 'O IPv4 não funciona, o IPv6 sim',
  'Traffic over IPv4 fails while IPv6 works. On a network that is IPv6-only by design this is normal: names are reached through NAT64 and DNS64 (RFC 6146, RFC 6147), and only literal IPv4 addresses fail unless the machine translates them itself (464XLAT, RFC 6877).':
    'O tráfego por IPv4 falha enquanto o IPv6 funciona. Em uma rede que é só IPv6 por projeto isso é normal: os nomes são alcançados por NAT64 e DNS64 (RFC 6146, RFC 6147), e só endereços IPv4 literais falham, a menos que a própria máquina os traduza (464XLAT, RFC 6877).',
  'DHCP gave no IPv4 address or gateway, while router advertisements set IPv6 up.':
    'O DHCP não deu endereço IPv4 ou gateway, enquanto anúncios de roteador configuraram o IPv6.',
  'An IPv6-only network (many mobile networks), and a program that insists on IPv4 addresses.':
    'Uma rede só IPv6 (muitas redes móveis) e um programa que insiste em endereços IPv4.',
  'The carrier-grade address translation of the provider is down.': 'A tradução de endereços do provedor (CGNAT) está fora do ar.',
  'A fixed IPv4 address or gateway of another network.': 'Um endereço IPv4 ou gateway fixo de outra rede.',
  'whether other hosts answer by IPv4': 'se outros hosts respondem por IPv4',
  '`ip -4 address` and `ip -4 route show default`: no address or route is a local or DHCP matter.':
    '`ip -4 address` e `ip -4 route show default`: sem endereço ou rota, é questão local ou de DHCP.',
  'A name that has only IPv4 addresses resolves to 64:ff9b::/96 or a similar prefix: the network is IPv6-only by design (RFC 7050).':
    'Um nome que só tem endereços IPv4 é resolvido para 64:ff9b::/96 ou um prefixo parecido: a rede é só IPv6 por projeto (RFC 7050).',
  "Address and gateway are there and the gateway answers: the provider's IPv4.":
    'Endereço e gateway existem e o gateway responde: o IPv4 do provedor.',
  'Renew the IPv4 lease.': 'Renove a concessão IPv4.',
  'On an IPv6-only network use names instead of IPv4 addresses.': 'Em uma rede só IPv6, use nomes em vez de endereços IPv4.',
  'Report it to the provider, with the note that IPv6 works.': 'Informe o provedor, com a observação de que o IPv6 funciona.',
  'IPv4{0} does not work, while IPv6 does{1}.': 'O IPv4{0} não funciona, enquanto o IPv6 funciona{1}.',
  'Check for an IPv4 address and route, and renew the lease where they are missing: ip -4 route show default':
    'Verifique se há endereço e rota IPv4 e renove a concessão onde faltam: ip -4 route show default',
  'Check for an IPv4 address and route (ip -4 route show default), and renew the lease where they are missing':
    'Verifique se há endereço e rota IPv4 (ip -4 route show default) e renove a concessão onde faltam',
  'Check for an IPv4 address and route, and renew the lease where they are missing: netstat -rn -f inet':
    'Verifique se há endereço e rota IPv4 e renove a concessão onde faltam: netstat -rn -f inet',
  'Check for an IPv4 address and route, and renew the lease where they are missing: Get-NetRoute -DestinationPrefix 0.0.0.0/0':
    'Verifique se há endereço e rota IPv4 e renove a concessão onde faltam: Get-NetRoute -DestinationPrefix 0.0.0.0/0',
  'A route sends the traffic the wrong way': 'Uma rota envia o tráfego pelo caminho errado',
  'There is a route, and the kernel follows it, but it leads where the traffic cannot get through: into a tunnel, a bridge or a network that does not hold the target. The most precise prefix wins, whatever the metric.':
    'Há uma rota, e o kernel a segue, mas ela leva aonde o tráfego não pode passar: a um túnel, uma bridge ou uma rede que não contém o alvo. O prefixo mais específico vence, seja qual for a métrica.',
  'A network of containers or virtual machines (for example 172.17.0.0/16) overlaps with the real network of the target.':
    'Uma rede de contêineres ou máquinas virtuais (por exemplo 172.17.0.0/16) se sobrepõe à rede real do alvo.',
  'A VPN pushes routes that cover the target, or is down and its routes remain.':
    'Uma VPN instala rotas que cobrem o alvo, ou está fora do ar e as rotas dela permanecem.',
  'A static route to a gateway that has moved.': 'Uma rota estática para um gateway que mudou de lugar.',
  'A static route to a machine of the own link that forwards nothing.':
    'Uma rota estática para uma máquina do próprio enlace que não encaminha nada.',
  'A static route without a gateway, for a network that is not on the link.':
    'Uma rota estática sem gateway, para uma rede que não está no enlace.',
  'Two interfaces on the same subnet, or two default routes, and the wrong one has the lower metric.':
    'Duas interfaces na mesma sub-rede, ou duas rotas padrão, e a errada tem a métrica menor.',
  'A policy rule picks another table for this source or mark.': 'Uma regra de política escolhe outra tabela para esta origem ou marca.',
  'its service answers by this route': 'o serviço dele responde por esta rota',
  'whether the next hop passes packets on to anybody else': 'se o próximo salto repassa pacotes a mais alguém',
  '`ip route get ADDRESS` names the interface, gateway and source that the kernel chooses.':
    '`ip route get ADDRESS` mostra a interface, o gateway e a origem que o kernel escolhe.',
  '`ip route show table all` and `ip rule show` show which entry brings it there.':
    '`ip route show table all` e `ip rule show` mostram que entrada leva até ali.',
  'Bound to another interface (`netdiag latency TARGET --interface INTERFACE`) it works: the route is the fault.':
    'Vinculado a outra interface (`netdiag latency TARGET --interface INTERFACE`), funciona: o defeito é a rota.',
  'Move the overlapping container network to a prefix that nobody else uses.':
    'Mude a rede de contêineres que se sobrepõe para um prefixo que ninguém mais usa.',
  'Disconnect the VPN and connect again, or have its administrator narrow the routes.':
    'Desconecte a VPN e conecte de novo, ou peça ao administrador dela que restrinja as rotas.',
  'Give the wanted default route the lower metric in the configuration of the network service.':
    'Dê a métrica menor à rota padrão desejada, na configuração do serviço de rede.',
  'The routing table sends traffic{0} the wrong way{1}.': 'A tabela de rotas envia o tráfego{0} pelo caminho errado{1}.',
  'The routing table sends traffic{0} the wrong way, through {1}.': 'A tabela de rotas envia o tráfego{0} pelo caminho errado, por {1}.',
  ', through {0}': ', por {0}',
  'See which way the kernel chooses, then correct that route: ip route get {0}':
    'Veja que caminho o kernel escolhe e corrija essa rota: ip route get {0}',
  'See which way the kernel chooses, then correct that route: route -n get {0}':
    'Veja que caminho o kernel escolhe e corrija essa rota: route -n get {0}',
  'See which way the system chooses, then correct that route: Find-NetRoute -RemoteIPAddress {0}':
    'Veja que caminho o sistema escolhe e corrija essa rota: Find-NetRoute -RemoteIPAddress {0}',
  'Correct the route {0}, or take it away where nobody needs it; which way the kernel chooses, shows: ip route get {1}':
    'Corrija a rota {0}, ou retire-a onde ninguém precisa dela; que caminho o kernel escolhe, mostra: ip route get {1}',
  'Correct the route {0}, or take it away where nobody needs it; which way the kernel chooses, shows: route -n get {1}':
    'Corrija a rota {0}, ou retire-a onde ninguém precisa dela; que caminho o kernel escolhe, mostra: route -n get {1}',
  'Correct the route {0}, or take it away where nobody needs it; which way the system chooses, shows: Find-NetRoute -RemoteIPAddress {1}':
    'Corrija a rota {0}, ou retire-a onde ninguém precisa dela; que caminho o sistema escolhe, mostra: Find-NetRoute -RemoteIPAddress {1}',
  'It works at times': 'Funciona só às vezes',
  'In the same run, some attempts succeeded and others failed in whole stretches, not packet by packet. Something goes away and comes back: a link, a route, one of several paths, or the target itself.':
    'Na mesma execução, algumas tentativas deram certo e outras falharam em trechos inteiros, não pacote a pacote. Algo some e volta: um enlace, uma rota, um de vários caminhos ou o próprio alvo.',
  'A Wi-Fi connection that roams or fades, or a cable with a loose contact.':
    'Uma conexão Wi-Fi que troca de ponto de acesso ou enfraquece, ou um cabo com mau contato.',
  'One of several parallel paths or servers (ECMP, load balancer) is broken, and connections are spread over all of them.':
    'Um de vários caminhos ou servidores paralelos (ECMP, balanceador de carga) está com defeito, e as conexões são distribuídas entre todos eles.',
  'Two machines with one address (see duplicate-address).': 'Duas máquinas com um mesmo endereço (veja duplicate-address).',
  'A state table that fills up (address translation, firewall), or a rate limit.':
    'Uma tabela de estados que enche (tradução de endereços, firewall), ou um limite de taxa.',
  'A line that drops and dials again.': 'Uma linha que cai e disca de novo.',
  '`netdiag loss TARGET --count 300` during the trouble: long bursts are link or path, every n-th connection is a broken member.':
    '`netdiag loss TARGET --count 300` durante o problema: rajadas longas são enlace ou caminho; uma conexão a cada n é um membro com defeito.',
  'The gateway fails at the same moments: the local link. It does not: further out.':
    'O gateway falha nos mesmos momentos: o enlace local. Não falha: mais adiante.',
  '`journalctl -k` with the words "link is" shows links that went down and up.':
    '`journalctl -k` com as palavras "link is" mostra enlaces que caíram e voltaram.',
  'Replace Wi-Fi by a cable for the test; then replace the cable.': 'Para o teste, use cabo no lugar do Wi-Fi; depois troque o cabo.',
  'Ask the owner of the target to test each server behind the load balancer by its own address.':
    'Peça ao dono do alvo que teste cada servidor atrás do balanceador de carga pelo próprio endereço.',
  'Keep a long measurement as evidence for the provider.': 'Guarde uma medição longa como prova para o provedor.',
  '{0} takes some requests and never answers them{1}.': '{0} aceita algumas requisições e nunca as responde{1}.',
  'The way{0} works at times and fails at times{1}.': 'O caminho{0} funciona às vezes e às vezes falha{1}.',
  'Measure for longer during the trouble and look at the bursts: netdiag loss {0} --count 300':
    'Meça por mais tempo durante o problema e examine as rajadas: netdiag loss {0} --count 300',
};
