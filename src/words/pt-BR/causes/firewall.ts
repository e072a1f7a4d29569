import type { Entries } from '../../language.js';

export const CAUSES_FIREWALL: Entries = {
  "This machine's own firewall stops the traffic": 'O firewall desta própria máquina barra o tráfego',
  'A rule in the packet filter of this machine drops or rejects the packets before they leave it, or the answers when they come in. Neither the network nor the target has any part in it: from another machine the target may be well.':
    'Uma regra no filtro de pacotes desta máquina descarta ou rejeita os pacotes antes que saiam dela, ou as respostas quando chegam. Nem a rede nem o alvo têm parte nisso: a partir de outra máquina, o alvo pode estar bem.',
  'An outbound rule of a company, of a hardening guide or of a VPN that allows nothing beside its tunnel (kill switch).':
    'Uma regra de saída de uma empresa, de um guia de hardening ou de uma VPN que não permite nada fora do seu túnel (kill switch).',
  'A rule for a user (`meta skuid`, `-m owner`): the same command works as another user.':
    'Uma regra para um usuário (`meta skuid`, `-m owner`): o mesmo comando funciona com outro usuário.',
  'A default policy of drop for output, with a list of what is allowed that lacks this port.':
    'Uma política padrão de descarte na saída, com uma lista do que é permitido em que falta esta porta.',
  'Input is dropped by default and no rule lets in answers (`ct state established,related accept` is missing).':
    'A entrada é descartada por padrão e nenhuma regra deixa entrar as respostas (falta `ct state established,related accept`).',
  'IPv6: neighbour discovery (ICMPv6 types 133 to 136, RFC 4890) is dropped with the rest, so that no link address is ever learned.':
    'IPv6: a descoberta de vizinhos (ICMPv6 tipos 133 a 136, RFC 4890) é descartada com o resto, e nenhum endereço de enlace chega a ser aprendido.',
  'Rules of an older setup that were never removed, perhaps of the other engine (`iptables-legacy`).':
    'Regras de uma configuração antiga que nunca foram removidas, talvez do outro mecanismo (`iptables-legacy`).',
  'what it is said to stop is answered': 'o que ele supostamente barra tem resposta',
  'The rule is named in the check; `sudo nft list ruleset` or `sudo iptables-save` shows it in its place, with its counter.':
    'A regra é indicada na verificação; `sudo nft list ruleset` ou `sudo iptables-save` a mostra no lugar dela, com o contador.',
  'The counter of the rule grows with each try: it is this one.': 'O contador da regra cresce a cada tentativa: é esta.',
  'A rejecting rule fails at once ("Operation not permitted", "Connection refused"), a dropping one only by time-out.':
    'Uma regra que rejeita falha na hora ("Operation not permitted", "Connection refused"); uma que descarta, só por timeout.',
  'Allow the port or the target in the tool that wrote the rule (ufw, firewalld, the VPN client): changes by hand are lost at its next start.':
    'Libere a porta ou o alvo na ferramenta que escreveu a regra (ufw, firewalld, o cliente VPN): mudanças feitas à mão se perdem no próximo início dela.',
  'Where answers are dropped: let in `ct state established,related` as the first rule of the input chain.':
    'Se as respostas são descartadas: permita `ct state established,related` como primeira regra da cadeia de entrada.',
  'Where the rule is policy: use the proxy or the way that is allowed.': 'Se a regra é política: use o proxy ou o caminho permitido.',
  'The firewall of this machine itself stops what it sends or waits for{0}.':
    'O firewall desta própria máquina barra o que ela envia ou espera receber{0}.',
  'The firewall of this machine itself stops packets to or from {0}.': 'O firewall desta própria máquina barra pacotes de ou para {0}.',
  'what it sends or waits for': 'o que ela envia ou espera receber',
  'packets to or from {0}': 'pacotes de ou para {0}',
  'Allow it in the tool that wrote the rule; all rules with their counters show in: sudo nft list ruleset':
    'Permita o tráfego na ferramenta que escreveu a regra; veja todas as regras e seus contadores com: sudo nft list ruleset',
  'Allow it in the tool that wrote the rule; all rules show in: sudo pfctl -sr -v':
    'Permita o tráfego na ferramenta que escreveu a regra; veja todas as regras com: sudo pfctl -sr -v',
  'Allow it in the rules for outbound connections: Get-NetFirewallRule -Direction Outbound -Action Block -Enabled True':
    'Permita o tráfego nas regras para conexões de saída: Get-NetFirewallRule -Direction Outbound -Action Block -Enabled True',
  'The own firewall drops messages on packet sizes': 'O próprio firewall descarta mensagens sobre tamanhos de pacote',
  'Routers say by ICMP when a packet is too large for the next link ("fragmentation needed", RFC 1191; "packet too big", RFC 8201). The filter of this machine drops those messages, so that it goes on sending packets that nobody can pass on: connections open, and hang with the first large answer.':
    'Os roteadores avisam por ICMP quando um pacote é grande demais para o próximo enlace ("fragmentation needed", RFC 1191; "packet too big", RFC 8201). O filtro desta máquina descarta essas mensagens, e ela continua enviando pacotes que ninguém pode encaminhar: as conexões abrem e travam na primeira resposta grande.',
  'A rule that drops all of ICMP, in the belief that it is only ping.':
    'Uma regra que descarta todo o ICMP, por se acreditar que ele é só ping.',
  'Input is dropped by default, and neither related packets nor these types are let in.':
    'A entrada é descartada por padrão, e não se permitem nem os pacotes relacionados nem esses tipos.',
  'For IPv6: an ICMPv6 list with the neighbour messages and without `packet-too-big` (RFC 4890 section 4.3.1 says that it must not be dropped).':
    'No IPv6: uma lista de ICMPv6 com as mensagens de vizinhos e sem `packet-too-big` (o RFC 4890 seção 4.3.1 diz que ela não deve ser descartada).',
  'messages about packet sizes come in': 'chegam mensagens sobre tamanhos de pacote',
  'packets of full size get through': 'pacotes de tamanho máximo passam',
  'The rule is named in the check. `netdiag mtu TARGET` shows whether a path is narrow enough to need the messages.':
    'A regra é indicada na verificação. `netdiag mtu TARGET` mostra se um caminho é estreito a ponto de precisar das mensagens.',
  'Over VPN and PPPoE it matters at once, on plain Ethernet with full packets everywhere it does not.':
    'Em VPN e PPPoE isso pesa na hora; em Ethernet comum, com pacotes de tamanho máximo em toda parte, não.',
  'Let in related packets: `ct state established,related accept`; with iptables `-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`.':
    'Permita os pacotes relacionados: `ct state established,related accept`; com iptables, `-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`.',
  'Or the messages themselves: `icmp type destination-unreachable accept` and `icmpv6 type packet-too-big accept`.':
    'Ou as próprias mensagens: `icmp type destination-unreachable accept` e `icmpv6 type packet-too-big accept`.',
  'The firewall of this machine drops the ICMP messages that path MTU discovery needs{0}.':
    'O firewall desta máquina descarta as mensagens ICMP de que a descoberta do MTU do caminho precisa{0}.',
  'Let in related packets ahead of the rule that drops them; all rules show in: sudo nft list ruleset':
    'Permita os pacotes relacionados antes da regra que os descarta; veja todas as regras com: sudo nft list ruleset',
  'Let in icmp type unreach code needfrag; all rules show in: sudo pfctl -sr':
    'Permita icmp type unreach code needfrag; veja todas as regras com: sudo pfctl -sr',
  'Allow the inbound rules of Core Networking for ICMP: Get-NetFirewallRule -Group "@FirewallAPI.dll,-25000"':
    'Permita as regras de entrada de Core Networking para ICMP: Get-NetFirewallRule -Group "@FirewallAPI.dll,-25000"',
  'The firewall covers IPv4 and leaves IPv6 open': 'O firewall cobre o IPv4 e deixa o IPv6 aberto',
  'New connections from elsewhere are stopped over IPv4, and let in over IPv6. Every listener that takes IPv6 is open to whoever can route to this machine, without any address translation in front. Traffic works: this is about exposure.':
    'Conexões novas vindas de fora são barradas por IPv4 e permitidas por IPv6. Todo serviço em escuta que aceita IPv6 está aberto a quem puder rotear até esta máquina, sem nenhuma tradução de endereços à frente. O tráfego funciona: trata-se de exposição.',
  'Rules were written with `iptables` alone; `ip6tables` has none.':
    'As regras foram escritas só com `iptables`; `ip6tables` não tem nenhuma.',
  'ufw is set to leave IPv6 alone (`IPV6=no` in /etc/default/ufw).':
    'O ufw está configurado para não tratar IPv6 (`IPV6=no` em /etc/default/ufw).',
  'A table of the family `ip` where one of `inet` was meant.': 'Uma tabela da família `ip` onde deveria haver uma `inet`.',
  '`sudo ip6tables-save` beside `sudo iptables-save`; in `sudo nft list ruleset` the family stands behind `table`.':
    '`sudo ip6tables-save` ao lado de `sudo iptables-save`; em `sudo nft list ruleset` a família aparece depois de `table`.',
  'A port scan of the IPv6 address from outside shows what is really open.':
    'Uma varredura de portas do endereço IPv6 a partir de fora mostra o que está realmente aberto.',
  'Write the same rules for both families: one table of the family `inet`, or `IPV6=yes` for ufw, then `sudo ufw reload`.':
    'Escreva as mesmas regras para as duas famílias: uma só tabela da família `inet`, ou `IPV6=yes` no ufw, depois `sudo ufw reload`.',
  'Let in ICMPv6 as RFC 4890 says: without neighbour discovery IPv6 does not work at all.':
    'Permita ICMPv6 como diz o RFC 4890: sem descoberta de vizinhos o IPv6 não funciona.',
  'The firewall of this machine filters IPv4 only: IPv6 is open to everybody{0}.':
    'O firewall desta máquina só filtra IPv4: o IPv6 está aberto a todos{0}.',
  'Give IPv6 the same rules, with ICMPv6 let in; what it has now shows in: sudo nft list ruleset':
    'Dê ao IPv6 as mesmas regras, com ICMPv6 permitido; veja as que ele tem agora com: sudo nft list ruleset',
  'Give IPv6 the same rules; what it has now shows in: sudo pfctl -sr':
    'Dê ao IPv6 as mesmas regras; veja as que ele tem agora com: sudo pfctl -sr',
  'Give IPv6 the same rules; what it has now shows in: Get-NetFirewallRule -Direction Inbound -Enabled True':
    'Dê ao IPv6 as mesmas regras; veja as que ele tem agora com: Get-NetFirewallRule -Direction Inbound -Enabled True',
  'Published ports pass by the firewall': 'Portas publicadas passam ao largo do firewall',
  'A port of this machine is handed on to a container or another host by address translation, ahead of the rules for connections to the machine itself. What ufw, firewalld or an input chain forbids does not hold for it: it is open to everybody, although the firewall is on.':
    'Uma porta desta máquina é repassada a um contêiner ou a outro host por tradução de endereços, antes das regras para conexões à própria máquina. O que o ufw, o firewalld ou uma cadeia de entrada proíbe não vale para ela: está aberta a todos, embora o firewall esteja ativo.',
  'Docker writes its own rules for `-p PORT:PORT`; they come before those of ufw and firewalld (its documentation says so).':
    'O Docker escreve regras próprias para `-p PORT:PORT`; elas vêm antes das do ufw e do firewalld (a documentação dele diz isso).',
  'A rule for port forwarding that was made by hand, by libvirt or by a VPN.':
    'Uma regra de redirecionamento de portas feita à mão, pelo libvirt ou por uma VPN.',
  'A node port of Kubernetes.': 'Um node port do Kubernetes.',
  'The port and where it leads are named in the check; `docker ps` shows the same pair.':
    'A porta e aonde ela leva são indicadas na verificação; `docker ps` mostra o mesmo par.',
  'A connection from another machine says whether something further out covers it.':
    'Uma conexão a partir de outra máquina diz se algo mais adiante a protege.',
  'Publish on the loopback or an inner address: `-p 127.0.0.1:5432:5432`, and let a reverse proxy face the outside.':
    'Publique no loopback ou em um endereço interno: `-p 127.0.0.1:5432:5432`, e deixe um proxy reverso voltado para fora.',
  'Put rules for published ports into the chain DOCKER-USER (`-m conntrack --ctorigdstport`), which Docker asks first.':
    'Coloque regras para portas publicadas na cadeia DOCKER-USER (`-m conntrack --ctorigdstport`), que o Docker consulta primeiro.',
  'For ufw: `ufw route` rules and the additions of ufw-docker; for firewalld: policies of the zone `docker`.':
    'No ufw: regras `ufw route` e as adições do ufw-docker; no firewalld: políticas da zona `docker`.',
  'Ports that this machine hands on are open to everybody although its firewall is on{0}.':
    'Portas que esta máquina repassa estão abertas a todos, embora o firewall esteja ativo{0}.',
  'Publish such ports on 127.0.0.1 (-p 127.0.0.1:PORT:PORT), or filter them in the chain DOCKER-USER; the rules show in: sudo nft list ruleset':
    'Publique essas portas em 127.0.0.1 (-p 127.0.0.1:PORT:PORT), ou filtre-as na cadeia DOCKER-USER; veja as regras com: sudo nft list ruleset',
  'Two packet filters have rules at the same time': 'Dois filtros de pacotes têm regras ao mesmo tempo',
  'The kernel holds rules of iptables in its old form (iptables-legacy) and of nftables (or iptables over it) side by side. A packet must pass both; neither tool shows what the other has, so that a port opened in one stays closed by the other.':
    'O kernel tem, lado a lado, regras de iptables na forma antiga (iptables-legacy) e de nftables (ou de iptables sobre ele). Um pacote precisa passar pelos dois; nenhuma das ferramentas mostra o que a outra tem, e uma porta liberada em um continua fechada pelo outro.',
  'The system was upgraded to iptables over nftables, and a program still uses the old tool.':
    'O sistema foi atualizado para iptables sobre nftables, e um programa ainda usa a ferramenta antiga.',
  'A container or VPN client brings its own iptables of the other kind.':
    'Um contêiner ou cliente VPN traz o próprio iptables, do outro tipo.',
  '`update-alternatives --set iptables` was changed while rules were loaded.':
    '`update-alternatives --set iptables` foi alterado com regras carregadas.',
  '`sudo iptables-legacy-save` and `sudo nft list ruleset` show the rules of each.':
    '`sudo iptables-legacy-save` e `sudo nft list ruleset` mostram as regras de cada um.',
  '`sudo iptables-save` warns of "iptables-legacy tables present" where both have some.':
    '`sudo iptables-save` avisa "iptables-legacy tables present" quando os dois têm regras.',
  'Decide for one (`sudo update-alternatives --config iptables`), load all rules with it, and restart what wrote the others.':
    'Escolha um (`sudo update-alternatives --config iptables`), carregue nele todas as regras e reinicie o que escreveu as outras.',
  'After a restart of the machine look whether the old ones come back: then a program writes them.':
    'Após reiniciar a máquina, veja se as antigas voltam: então um programa as escreve.',
  'Two packet filters have rules on this machine, and a packet must pass both{0}.':
    'Dois filtros de pacotes têm regras nesta máquina, e um pacote precisa passar pelos dois{0}.',
  'Use one engine for all rules; iptables-legacy-save shows those of the old one, those of the new one show in: sudo nft list ruleset':
    'Use um só mecanismo para todas as regras; iptables-legacy-save mostra as do antigo; veja as do novo com: sudo nft list ruleset',
  'The own firewall keeps others from a service': 'O próprio firewall impede o acesso a um serviço',
  'A service that should be reached from elsewhere listens as it should, and the packet filter of this machine stops new connections to it. From the machine itself all looks well; everybody else sees a port that is silent or refuses.':
    'Um serviço que deveria ser alcançado de fora escuta como deve, e o filtro de pacotes desta máquina barra as conexões novas a ele. Da própria máquina tudo parece bem; todos os outros veem uma porta que não responde ou que recusa.',
  'The port was never opened in the firewall after the service was set up.':
    'A porta nunca foi liberada no firewall depois que o serviço foi configurado.',
  'It was opened for one zone, interface or family only.': 'Ela foi liberada só para uma zona, interface ou família.',
  'A rule further up, or one of the other engine (`iptables-legacy`), stops it first.':
    'Uma regra mais acima, ou uma do outro mecanismo (`iptables-legacy`), a barra antes.',
  'The rule or policy that decides is named in the check.': 'A regra ou política que decide é indicada na verificação.',
  '`sudo ufw status verbose`, `sudo firewall-cmd --list-all`: what is open in the words of the tool.':
    '`sudo ufw status verbose`, `sudo firewall-cmd --list-all`: o que está aberto, nos termos da ferramenta.',
  'Open the port where the rules are made: `sudo ufw allow PORT/tcp`, or `sudo firewall-cmd --permanent --add-port=PORT/tcp` and `--reload`.':
    'Libere a porta onde as regras são feitas: `sudo ufw allow PORT/tcp`, ou `sudo firewall-cmd --permanent --add-port=PORT/tcp` e `--reload`.',
  'Or bind the service to the loopback, and take it out of the list of what should be reached.':
    'Ou vincule o serviço ao loopback e retire-o da lista do que deve ser alcançado.',
  'The firewall of this machine keeps others out of a service that should be reached{0}.':
    'O firewall desta máquina impede os outros de chegar a um serviço que deveria ser alcançado{0}.',
  'Open the port in the tool that makes the rules (ufw, firewalld); all rules show in: sudo nft list ruleset':
    'Libere a porta na ferramenta que faz as regras (ufw, firewalld); veja todas as regras com: sudo nft list ruleset',
  'Open the port in the tool that makes the rules; all rules show in: sudo pfctl -sr -v':
    'Libere a porta na ferramenta que faz as regras; veja todas as regras com: sudo pfctl -sr -v',
  'Allow the port inbound; what is allowed shows in: Get-NetFirewallRule -Direction Inbound -Action Allow -Enabled True':
    'Permita a porta para entrada; veja o que é permitido com: Get-NetFirewallRule -Direction Inbound -Action Allow -Enabled True',
};
