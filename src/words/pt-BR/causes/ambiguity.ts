import type { Entries } from '../../language.js';

export const CAUSES_AMBIGUITY: Entries = {
  'An address is about to run out': 'Um endereço está prestes a vencer',
  'The address was lent for a time, by DHCP (RFC 2131) or by a router advertisement (RFC 4862), and that time is nearly over without anybody having renewed it. When it ends the address is gone, and every connection from it with it.':
    'O endereço foi cedido por um tempo, por DHCP (RFC 2131) ou por um anúncio de roteador (RFC 4862), e esse tempo está quase no fim sem que ninguém o tenha renovado. Quando ele acabar, o endereço some, e com ele todas as conexões que o usam.',
  'The DHCP client has ended or hangs, so that nobody asks for more time.': 'O cliente DHCP encerrou ou travou, e ninguém pede mais tempo.',
  'The DHCP server, or the relay in front of it, is down or no longer reachable.':
    'O servidor DHCP, ou o relay à frente dele, está fora do ar ou deixou de ser alcançável.',
  'A firewall drops the answers, or the requests that are broadcast in the last eighth of the lease.':
    'Um firewall descarta as respostas, ou as solicitações enviadas em broadcast no último oitavo da concessão.',
  'The router has stopped advertising the prefix, for example since its provider gave it another one.':
    'O roteador parou de anunciar o prefixo, por exemplo porque o provedor lhe deu outro.',
  '`ip address show dev INTERFACE` counts down behind valid_lft: twice, some seconds apart, shows whether it is renewed.':
    '`ip address show dev INTERFACE` mostra a contagem regressiva em valid_lft: duas execuções, com alguns segundos de intervalo, mostram se ele é renovado.',
  '`networkctl status INTERFACE`, `nmcli device show INTERFACE` or `ps -C dhclient,dhcpcd` says whether a client is there.':
    '`networkctl status INTERFACE`, `nmcli device show INTERFACE` ou `ps -C dhclient,dhcpcd` diz se há um cliente.',
  '`sudo tcpdump -ni INTERFACE port 67 or port 68`: requests without answers accuse the server, no request the client.':
    '`sudo tcpdump -ni INTERFACE port 67 or port 68`: solicitações sem resposta apontam para o servidor; nenhuma solicitação, para o cliente.',
  'Ask for a renewal: `sudo networkctl renew INTERFACE` or `nmcli device reapply INTERFACE` (Windows: `ipconfig /renew`).':
    'Peça a renovação: `sudo networkctl renew INTERFACE` ou `nmcli device reapply INTERFACE` (Windows: `ipconfig /renew`).',
  'Start the DHCP client again, and see in its log why it ended.': 'Reinicie o cliente DHCP e veja no registro (log) por que ele encerrou.',
  'Check the DHCP server and its free addresses.': 'Verifique o servidor DHCP e os endereços livres que ele tem.',
  'An address of the {0} runs out, and nobody has renewed it{1}.': 'Um endereço da {0} está vencendo, e ninguém o renovou{1}.',
  'Have it renewed (where NetworkManager runs, by nmcli device reapply {0}): sudo networkctl renew {1}':
    'Renove-o (onde roda o NetworkManager, com nmcli device reapply {0}): sudo networkctl renew {1}',
  'Have it renewed: sudo ipconfig set {0} DHCP': 'Renove-o: sudo ipconfig set {0} DHCP',
  'Have it renewed: ipconfig /renew': 'Renove-o: ipconfig /renew',
  'Nothing decides between two routes': 'Nada decide entre duas rotas',
  'Two routes for the same destinations lead to different links and are equally good, or one subnet is on two links. Which of them is taken then depends on the order in which they came up, so that traffic changes its way after a restart, replies leave by another link than requests came in by, and firewalls or routers drop them.':
    'Duas rotas para os mesmos destinos levam a enlaces diferentes e são equivalentes, ou uma sub-rede está em dois enlaces. Qual delas é usada depende então da ordem em que subiram: o tráfego muda de caminho após uma reinicialização, as respostas saem por um enlace diferente daquele por onde chegaram as solicitações, e firewalls ou roteadores as descartam.',
  'A cable and Wi-Fi to the same network, without a metric that puts one first.':
    'Cabo e Wi-Fi na mesma rede, sem uma métrica que dê prioridade a um deles.',
  'Two interfaces of a server in one subnet, each with its own address.':
    'Duas interfaces de um servidor em uma só sub-rede, cada uma com seu endereço.',
  'Two DHCP leases or router advertisements, each with a default route of the same metric.':
    'Duas concessões DHCP ou dois anúncios de roteador, cada qual com uma rota padrão de mesma métrica.',
  'A second network interface that a provider or hypervisor added, configured like the first.':
    'Uma segunda interface de rede, acrescentada por um provedor ou hipervisor e configurada como a primeira.',
  '`ip route show` and `ip -6 route show` list the routes with their metrics; none means 0 for IPv4.':
    '`ip route show` e `ip -6 route show` listam as rotas com suas métricas; sem métrica significa 0 no IPv4.',
  '`ip route get ADDRESS` names the one that is taken now.': '`ip route get ADDRESS` mostra qual é usada agora.',
  '`sudo arping -I INTERFACE ADDRESS` from a neighbour shows which link address answers for which of them.':
    '`sudo arping -I INTERFACE ADDRESS` a partir de um vizinho mostra qual endereço de enlace responde por cada um deles.',
  'Give the wanted link the lower metric in the configuration of the network service (`RouteMetric=` of systemd-networkd, `ipv4.route-metric` of NetworkManager).':
    'Dê ao enlace desejado a menor métrica na configuração do serviço de rede (`RouteMetric=` do systemd-networkd, `ipv4.route-metric` do NetworkManager).',
  'Put the second link into a subnet of its own, or join both to a bond.':
    'Coloque o segundo enlace em uma sub-rede própria, ou junte os dois em um bond.',
  'Where both are meant to answer, a policy rule for each source address: `ip rule add from ADDRESS table NUMBER`.':
    'Se os dois devem responder, crie uma regra de política para cada endereço de origem: `ip rule add from ADDRESS table NUMBER`.',
  'This machine has two ways that are equally good, and nothing decides which one its traffic takes{0}.':
    'Esta máquina tem dois caminhos equivalentes, e nada decide qual deles o tráfego usa{0}.',
  'Give the wanted link the lower metric; what the routes have now shows in: ip route show':
    'Dê ao enlace desejado a menor métrica; veja as métricas atuais das rotas com: ip route show',
  'Put the wanted service first in the order of services; what is there shows in: networksetup -listnetworkserviceorder':
    'Coloque o serviço desejado em primeiro lugar na ordem dos serviços; veja os existentes com: networksetup -listnetworkserviceorder',
  'Give the wanted link the lower metric; what they have now shows in: Get-NetIPInterface | Sort-Object InterfaceMetric':
    'Dê ao enlace desejado a menor métrica; veja as métricas atuais com: Get-NetIPInterface | Sort-Object InterfaceMetric',
};
