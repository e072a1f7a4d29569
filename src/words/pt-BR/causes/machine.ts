import type { Entries } from '../../language.js';

export const CAUSES_MACHINE: Entries = {
  'Two services want the same port': 'Dois serviços querem a mesma porta',
  'A port that one service is meant to have is taken by another, or two share it by SO_REUSEPORT without knowing of each other. The second one fails to start ("address already in use"), or each gets a part of the connections.':
    'Uma porta destinada a um serviço está ocupada por outro, ou dois a compartilham por SO_REUSEPORT sem saber um do outro. O segundo não consegue iniciar ("address already in use"), ou cada um recebe uma parte das conexões.',
  'An old instance of the same service is still running.': 'Uma instância antiga do mesmo serviço ainda está em execução.',
  'Two services have the same port in their configuration.': 'Dois serviços têm a mesma porta na configuração.',
  'A system service holds it (for example a local resolver on port 53, a web server on port 80).':
    'Um serviço do sistema a ocupa (por exemplo, um resolvedor local na porta 53 ou um servidor web na porta 80).',
  'A container publishes the port as well.': 'Um contêiner também publica a porta.',
  '`sudo ss -ltnup` names process and PID of each listener; a docker-proxy or rootlessport is a container.':
    '`sudo ss -ltnup` mostra o processo e o PID de cada serviço em escuta; docker-proxy ou rootlessport é um contêiner.',
  'The same program twice: an old instance. Two programs: the configuration.':
    'O mesmo programa duas vezes: uma instância antiga. Dois programas: a configuração.',
  'Stop the one that is not wanted by its service manager (`systemctl stop SERVICE`).':
    'Pare o que não é desejado pelo gerenciador de serviços (`systemctl stop SERVICE`).',
  'Give one of them another port.': 'Dê outra porta a um deles.',
  'Bind each to its own address, where both are needed on the same port.':
    'Vincule cada um ao próprio endereço, onde ambos são necessários na mesma porta.',
  'Two services on this machine want the same port{0}.': 'Dois serviços nesta máquina querem a mesma porta{0}.',
  'sport = :{0}': 'sport = :{0}',
  'See who holds the port, then move one of the two: sudo ss -ltnup{0}': 'Veja quem ocupa a porta e mude um dos dois: sudo ss -ltnup{0}',
  'See who holds the port, then move one of the two: sudo lsof -nP -iTCP -sTCP:LISTEN':
    'Veja quem ocupa a porta e mude um dos dois: sudo lsof -nP -iTCP -sTCP:LISTEN',
  'See who holds the port, then move one of the two: Get-NetTCPConnection -State Listen | Select-Object LocalAddress,LocalPort,OwningProcess':
    'Veja quem ocupa a porta e mude um dos dois: Get-NetTCPConnection -State Listen | Select-Object LocalAddress,LocalPort,OwningProcess',
  'An internal service listens for everybody': 'Um serviço interno escuta para todos',
  'A service that is meant for this machine or an inner network listens on all addresses (0.0.0.0 or ::), so whoever reaches the machine reaches the service, unless a firewall stands in front. Databases, caches and admin pages without password are found within hours.':
    'Um serviço destinado a esta máquina ou a uma rede interna escuta em todos os endereços (0.0.0.0 ou ::), por isso quem alcança a máquina alcança o serviço, a menos que haja um firewall na frente. Bancos de dados, caches e páginas de administração sem senha são encontrados em poucas horas.',
  'The default of the software is to listen on all addresses.': 'O padrão do software é escutar em todos os endereços.',
  'A container port was published without an address (`-p 6379:6379`); Docker writes its own rules, which pass by ufw and firewalld.':
    'Uma porta de contêiner foi publicada sem endereço (`-p 6379:6379`); o Docker grava as próprias regras, que passam ao largo do ufw e do firewalld.',
  'A development server was started with a host option of 0.0.0.0.':
    'Um servidor de desenvolvimento foi iniciado com a opção de host 0.0.0.0.',
  '`ss -ltn`: a local address of 0.0.0.0, * or [::] is all; 127.0.0.1 or [::1] is this machine only.':
    '`ss -ltn`: um endereço local 0.0.0.0, * ou [::] é todos; 127.0.0.1 ou [::1] é só esta máquina.',
  'A connection from another machine says whether a firewall covers it.':
    'Uma conexão a partir de outra máquina mostra se um firewall o cobre.',
  'Bind it to 127.0.0.1 and ::1, or to the address of the inner network, in its own configuration.':
    'Vincule-o a 127.0.0.1 e ::1, ou ao endereço da rede interna, na configuração dele.',
  'Publish container ports with an address: `-p 127.0.0.1:6379:6379`.':
    'Publique portas de contêiner com endereço: `-p 127.0.0.1:6379:6379`.',
  'Set a password or client certificate, and a firewall rule besides.':
    'Defina uma senha ou um certificado de cliente e, além disso, uma regra de firewall.',
  'A service that should be internal listens on all addresses of this machine{0}.':
    'Um serviço que deveria ser interno escuta em todos os endereços desta máquina{0}.',
  'Bind it to 127.0.0.1 in its configuration; what listens where shows in: sudo ss -ltnup':
    'Vincule-o a 127.0.0.1 na configuração dele; o que escuta e onde aparece em: sudo ss -ltnup',
  'Bind it to 127.0.0.1 in its configuration; what listens where shows in: sudo lsof -nP -iTCP -sTCP:LISTEN':
    'Vincule-o a 127.0.0.1 na configuração dele; o que escuta e onde aparece em: sudo lsof -nP -iTCP -sTCP:LISTEN',
  'Bind it to 127.0.0.1 in its configuration; what listens where shows in: Get-NetTCPConnection -State Listen':
    'Vincule-o a 127.0.0.1 na configuração dele; o que escuta e onde aparece em: Get-NetTCPConnection -State Listen',
  'No firewall rules are in force on this machine': 'Nenhuma regra de firewall está em vigor nesta máquina',
  'The host firewall is off, or accepts everything inbound. Every listener on this machine is open to whoever can route to it; a router with address translation in front hides that for IPv4, often not for IPv6. Traffic works: this is about exposure.':
    'O firewall do host está desligado ou aceita tudo na entrada. Cada serviço em escuta nesta máquina está aberto a quem tiver uma rota até ela; um roteador com tradução de endereços na frente esconde isso no IPv4, mas muitas vezes não no IPv6. O tráfego funciona: aqui se trata de exposição.',
  'No firewall was ever set up, as on many images of providers and on WSL2.':
    'Nenhum firewall foi configurado, como em muitas imagens de provedores e no WSL2.',
  'It was switched off for a test and stayed off.': 'Foi desligado para um teste e continuou desligado.',
  'The service that loads the rules failed at start.': 'O serviço que carrega as regras falhou ao iniciar.',
  'The firewall is outside on purpose (security group, router).':
    'O firewall fica fora da máquina de propósito (grupo de segurança, roteador).',
  '`sudo nft list ruleset` is empty, or its input chain has policy accept and no rules.':
    '`sudo nft list ruleset` está vazio, ou a cadeia input tem policy accept e nenhuma regra.',
  '`systemctl status nftables ufw firewalld` shows a service that is off or failed.':
    '`systemctl status nftables ufw firewalld` mostra um serviço desligado ou com falha.',
  'A port scan from outside shows what is really open.': 'Uma varredura de portas a partir de fora mostra o que está realmente aberto.',
  'First allow what you yourself come in by (SSH), then turn it on: `sudo ufw allow OpenSSH`, then `sudo ufw enable`.':
    'Primeiro permita o acesso pelo qual você mesmo entra (SSH), depois ligue-o: `sudo ufw allow OpenSSH`, depois `sudo ufw enable`.',
  'Default: drop inbound; allow established connections, loopback, ICMP and ICMPv6 as RFC 4890 says, and the wanted ports.':
    'Padrão: descartar a entrada; permitir conexões estabelecidas, loopback, ICMP e ICMPv6 conforme a RFC 4890, e as portas desejadas.',
  'Where a firewall outside does it, note that in the policy and leave it.':
    'Onde um firewall externo cuida disso, anote na política e deixe como está.',
  'No firewall on this machine restricts who may connect to it{0}.':
    'Nenhum firewall nesta máquina restringe quem pode se conectar a ela{0}.',
  'Before you turn one on, allow the way you come in by (SSH); the rules in force show in: sudo nft list ruleset':
    'Antes de ligar um, permita o acesso pelo qual você entra (SSH); as regras em vigor aparecem em: sudo nft list ruleset',
  'Turn it on in System Settings, Network, Firewall; its state shows in: /usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate':
    'Ligue-o em Ajustes do Sistema, Rede, Firewall; o estado aparece em: /usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate',
  'Before you turn it on, allow the way you come in by (Remote Desktop, SSH); its state shows in: Get-NetFirewallProfile':
    'Antes de ligá-lo, permita o acesso pelo qual você entra (Área de Trabalho Remota, SSH); o estado aparece em: Get-NetFirewallProfile',
  'No local port is left for new connections': 'Não resta porta local para novas conexões',
  'Each connection to one destination needs its own local port (RFC 6056), and the range is used up: new connections fail at once with EADDRNOTAVAIL, while the network is well. Closed connections keep their port for a while (TIME-WAIT, RFC 9293; 60 seconds on Linux).':
    'Cada conexão a um mesmo destino precisa de uma porta local própria (RFC 6056), e a faixa se esgotou: novas conexões falham na hora com EADDRNOTAVAIL, enquanto a rede está bem. Conexões fechadas ainda ocupam a porta por algum tempo (TIME-WAIT, RFC 9293; 60 segundos no Linux).',
  'A program opens a new connection for each request instead of keeping them.':
    'Um programa abre uma conexão nova a cada requisição em vez de mantê-las.',
  'Connections are never closed (many in ESTABLISHED or CLOSE-WAIT).': 'Conexões nunca são fechadas (muitas em ESTABLISHED ou CLOSE-WAIT).',
  'A load test or crawler that runs faster than TIME-WAIT frees ports.':
    'Um teste de carga ou crawler mais rápido do que o TIME-WAIT libera portas.',
  'A narrow port range in the kernel settings.': 'Uma faixa de portas estreita nas configurações do kernel.',
  'One translated address for many machines: then the router, not this machine, has run out.':
    'Um só endereço traduzido para muitas máquinas: nesse caso quem ficou sem portas foi o roteador, não esta máquina.',
  '`ss -s` counts by state: many in timewait means too many short connections; many established, or CLOSE-WAIT, is a leak.':
    '`ss -s` conta por estado: muitas em timewait são excesso de conexões curtas; muitas em established, ou em CLOSE-WAIT, são um vazamento.',
  '`ss -tn state time-wait` grouped by peer shows the destination concerned.':
    '`ss -tn state time-wait` agrupado por destino remoto mostra o destino em questão.',
  '`sysctl net.ipv4.ip_local_port_range` shows the range.': '`sysctl net.ipv4.ip_local_port_range` mostra a faixa.',
  'Keep connections open and reuse them (keep-alive, a pool) in the program.':
    'No programa, mantenha as conexões abertas e reutilize-as (keep-alive, um pool).',
  'Widen the range: `sudo sysctl -w net.ipv4.ip_local_port_range="15000 65535"`, beyond the ports of own services.':
    'Amplie a faixa: `sudo sysctl -w net.ipv4.ip_local_port_range="15000 65535"`, acima das portas dos próprios serviços.',
  'Use several source or destination addresses.': 'Use vários endereços de origem ou de destino.',
  'This machine has no local port left for new connections{0}.': 'Não resta nesta máquina porta local para novas conexões{0}.',
  'Find the program that opens so many connections, and let it reuse them: ss -tanp':
    'Encontre o programa que abre tantas conexões e faça-o reutilizá-las: ss -tanp',
  'Find the program that opens so many connections, and let it reuse them: netstat -an -p tcp':
    'Encontre o programa que abre tantas conexões e faça-o reutilizá-las: netstat -an -p tcp',
  'Find the program that opens so many connections, and let it reuse them: netstat -ano -p TCP':
    'Encontre o programa que abre tantas conexões e faça-o reutilizá-las: netstat -ano -p TCP',
  'The connection table of the firewall is full': 'A tabela de conexões do firewall está cheia',
  'A stateful firewall or address translation remembers every connection. Its table is full, or nearly so; then packets of new connections are dropped ("nf_conntrack: table full, dropping packet"), while old ones go on: it looks like random loss.':
    'Um firewall com estado ou a tradução de endereços lembra cada conexão. A tabela está cheia, ou quase; então os pacotes de novas conexões são descartados ("nf_conntrack: table full, dropping packet"), enquanto as antigas continuam: parece perda aleatória.',
  'More connections than the table was sized for: many clients, containers, or DNS queries.':
    'Mais conexões do que a tabela comporta: muitos clientes, contêineres ou consultas DNS.',
  'Long time-outs: an established but dead connection stays for five days by default on Linux.':
    'Tempos limite longos: no Linux, por padrão, uma conexão estabelecida mas morta permanece por cinco dias.',
  'A scan, flood or runaway program.': 'Uma varredura, uma inundação ou um programa descontrolado.',
  'A limit that follows from a small memory of the machine or container host.':
    'Um limite que decorre da pouca memória da máquina ou do host de contêineres.',
  '`sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max`: how full it is.':
    '`sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max`: quanto está ocupado.',
  '`sudo conntrack -L` grouped by source or destination shows who fills it.':
    '`sudo conntrack -L` agrupado por origem ou destino mostra quem a enche.',
  '`journalctl -k` contains "table full" if packets were dropped.': '`journalctl -k` contém "table full" se pacotes foram descartados.',
  'Enlarge it to twice what it has: `sudo sysctl -w net.netfilter.nf_conntrack_max=NUMBER` (about 300 bytes of memory for each entry).':
    'Aumente-a para o dobro do atual: `sudo sysctl -w net.netfilter.nf_conntrack_max=NUMBER` (cerca de 300 bytes de memória por entrada).',
  'Shorten the time-out of established connections: `sudo sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=86400`.':
    'Reduza o tempo limite das conexões estabelecidas: `sudo sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=86400`.',
  'Exempt heavy, harmless traffic from tracking (notrack), such as that of a DNS server.':
    'Isente do rastreamento (notrack) o tráfego pesado e inofensivo, como o de um servidor DNS.',
  'The connection table of the firewall on this machine is full or nearly full{0}.':
    'A tabela de conexões do firewall desta máquina está cheia ou quase cheia{0}.',
  'Enlarge the table, after finding out what fills it: sudo sysctl -w net.netfilter.nf_conntrack_max={0}':
    'Aumente a tabela, depois de descobrir o que a enche: sudo sysctl -w net.netfilter.nf_conntrack_max={0}',
  'Look at the state table against its limit: sudo pfctl -s info': 'Compare a tabela de estados com o limite dela: sudo pfctl -s info',
  'Look at the sessions of the address translation on this machine: Get-NetNatSession':
    'Examine as sessões da tradução de endereços nesta máquina: Get-NetNatSession',
};
