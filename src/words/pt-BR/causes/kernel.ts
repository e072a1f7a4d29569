import type { Entries } from '../../language.js';

export const CAUSES_KERNEL: Entries = {
  'Kernel network settings differ from the profile': 'As configurações de rede do kernel diferem do perfil',
  'Settings of the kernel (buffers, congestion control, queueing discipline and the like) are not what the chosen profile asks for. The profile `default` names only what harms any machine, such as TCP without timestamps or selective acknowledgements, and otherwise leaves the defaults of the distribution alone, which serve most machines well. The profile `trading` asks for what a machine with few, urgent bytes gains from: room for bursts, BBR, no slow start after a pause. It is advice for a purpose and no fault.':
    'Configurações do kernel (buffers, controle de congestionamento, disciplina de fila e afins) não são as que o perfil escolhido pede. O perfil `default` só indica o que prejudica qualquer máquina, como TCP sem carimbos de tempo ou sem confirmações seletivas; no mais, mantém os padrões da distribuição, que servem bem à maioria das máquinas. O perfil `trading` pede o que beneficia uma máquina com poucos bytes urgentes: espaço para rajadas, BBR, sem slow start após uma pausa. É uma recomendação para um fim, e não um defeito.',
  'The machine has the defaults of its distribution, and the profile asks for more.':
    'A máquina tem os padrões da distribuição, e o perfil pede mais.',
  'An old guide to "TCP tuning" switched off timestamps, selective acknowledgements or window scaling.':
    'Um guia antigo de "ajuste de TCP" desativou carimbos de tempo, confirmações seletivas ou escala de janela.',
  'Settings were made by hand with `sysctl -w` and lost at the next start.':
    'As configurações foram feitas à mão com `sysctl -w` e perdidas na reinicialização seguinte.',
  'A later file in /etc/sysctl.d or /usr/lib/sysctl.d, or a service such as tuned, writes another value.':
    'Um arquivo posterior em /etc/sysctl.d ou /usr/lib/sysctl.d, ou um serviço como o tuned, grava outro valor.',
  'In a container the settings belong to the host, or were never given at the start of the container.':
    'Em um contêiner, as configurações são do host, ou nunca foram dadas ao iniciar o contêiner.',
  'BBR or fq are modules that are not loaded, or this kernel was built without them.':
    'BBR ou fq são módulos que não estão carregados, ou este kernel foi compilado sem eles.',
  '`netdiag host --passive --json` lists each setting with value, recommended value, reason, the line that sets it, and who can set it (`settable`).':
    '`netdiag host --passive --json` lista cada configuração com valor, valor recomendado, motivo, a linha que a define e quem pode defini-la (`settable`).',
  '`sysctl NAME` shows the value in force; `grep -rs NAME /etc/sysctl.conf /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d` who writes it. The last file by name wins.':
    '`sysctl NAME` mostra o valor em vigor; `grep -rs NAME /etc/sysctl.conf /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d`, quem o grava. Vence o último arquivo por ordem de nome.',
  '`cat /proc/sys/net/ipv4/tcp_available_congestion_control`: what is loaded; `modinfo tcp_bbr`: whether there is a module.':
    '`cat /proc/sys/net/ipv4/tcp_available_congestion_control`: o que está carregado; `modinfo tcp_bbr`: se existe um módulo.',
  '`tc qdisc show`: what each interface really sends by. default_qdisc is for interfaces that come later.':
    '`tc qdisc show`: o que cada interface realmente usa para enviar. default_qdisc vale para interfaces que surgirem depois.',
  'A setting that cannot be written although you are root is that of the host ("Read-only file system", or no such file).':
    'Uma configuração que não pode ser gravada, embora você seja root, é do host ("Read-only file system", ou o arquivo não existe).',
  'Try one setting at a time with `sudo sysctl -w NAME=VALUE`, which lasts until the next start, and measure before and after: `netdiag latency TARGET --count 200`.':
    'Teste uma configuração de cada vez com `sudo sysctl -w NAME=VALUE`, que vale até a próxima reinicialização, e meça antes e depois: `netdiag latency TARGET --count 200`.',
  'What helps goes as `NAME = VALUE` into a file such as /etc/sysctl.d/60-network.conf, then `sudo sysctl --system`.':
    'O que ajudar vai como `NAME = VALUE` para um arquivo como /etc/sysctl.d/60-network.conf, depois `sudo sysctl --system`.',
  'For BBR: `sudo modprobe tcp_bbr`, and `tcp_bbr` in a file in /etc/modules-load.d so that it is there before the settings are made.':
    'Para BBR: `sudo modprobe tcp_bbr`, e `tcp_bbr` em um arquivo em /etc/modules-load.d, para que ele esteja carregado antes de as configurações serem aplicadas.',
  'An interface that is up keeps its queueing discipline: `sudo tc qdisc replace dev INTERFACE root fq`, or a new start.':
    'Uma interface ativa mantém sua disciplina de fila: `sudo tc qdisc replace dev INTERFACE root fq`, ou uma reinicialização.',
  'Docker: `docker run --sysctl NAME=VALUE` for what a namespace has of its own; the rest on the host. Kubernetes: `securityContext.sysctls` of the pod. WSL2: one kernel for all distributions; `kernelCommandLine` in .wslconfig takes `sysctl.NAME=VALUE`.':
    'Docker: `docker run --sysctl NAME=VALUE` para o que um namespace tem de próprio; o resto, no host. Kubernetes: `securityContext.sysctls` do pod. WSL2: um só kernel para todas as distribuições; `kernelCommandLine` em .wslconfig aceita `sysctl.NAME=VALUE`.',
  'Buffers need no more than the bandwidth-delay product (rate times round trip); they are limits, and take memory only while they are used.':
    'Os buffers não precisam de mais que o produto largura de banda-atraso (taxa vezes ida e volta); são limites, e só ocupam memória enquanto são usados.',
  'Kernel network settings differ from what the profile wants{0}.': 'As configurações de rede do kernel diferem do que o perfil pede{0}.',
  'Change one at a time and measure; the values in force show in: sysctl net.inet.tcp':
    'Mude uma de cada vez e meça; veja os valores em vigor com: sysctl net.inet.tcp',
  'Change one at a time and measure; the values in force show in: netsh interface tcp show global':
    'Mude uma de cada vez e meça; veja os valores em vigor com: netsh interface tcp show global',
  'The kernel is short of memory for sockets': 'Falta ao kernel memória para sockets',
  'All sockets together may use so much memory (tcp_mem, udp_mem, in pages), and that is used up or nearly so; or there are more connections without a process (orphans), or in TIME-WAIT, than the kernel keeps. Under pressure it shrinks receive windows, so everything becomes slow; at the limit it drops what arrives and resets connections ("TCP: out of memory", "too many orphaned sockets" in the log).':
    'Todos os sockets juntos podem usar certa quantidade de memória (tcp_mem, udp_mem, em páginas), e ela está esgotada ou quase; ou há mais conexões sem processo (órfãs), ou em TIME-WAIT, do que o kernel mantém. Sob pressão ele reduz as janelas de recepção, e tudo fica mais lento; no limite, descarta o que chega e redefine conexões ("TCP: out of memory", "too many orphaned sockets" no log).',
  'A program does not read what arrives, on very many connections: it stays in the receive buffers.':
    'Um programa não lê o que chega, em um número muito grande de conexões: os dados ficam nos buffers de recepção.',
  'Slow or dead clients of a busy server: what was sent stays in the send buffers until it is confirmed.':
    'Clientes lentos ou mortos de um servidor ocupado: o que foi enviado fica nos buffers de envio até ser confirmado.',
  'Far more connections than the memory of the machine was meant for, or large buffers set by hand.':
    'Muito mais conexões do que a memória da máquina comporta, ou buffers grandes definidos à mão.',
  'A flood of connections that are opened and left.': 'Uma enxurrada de conexões que são abertas e abandonadas.',
  '`cat /proc/net/sockstat` shows `mem` of TCP and UDP in pages, `orphan` and `tw`; `sysctl net.ipv4.tcp_mem net.ipv4.udp_mem net.ipv4.tcp_max_orphans` the limits.':
    '`cat /proc/net/sockstat` mostra `mem` de TCP e UDP em páginas, `orphan` e `tw`; `sysctl net.ipv4.tcp_mem net.ipv4.udp_mem net.ipv4.tcp_max_orphans`, os limites.',
  '`ss -tm` shows the memory of each connection; a large Recv-Q is a program that does not read, a large Send-Q a peer that does not.':
    '`ss -tm` mostra a memória de cada conexão; um Recv-Q grande é um programa que não lê, um Send-Q grande é a outra ponta que não lê.',
  '`nstat -az TcpExtTCPMemoryPressures TcpExtTCPAbortOnMemory`: whether it already cost connections.':
    '`nstat -az TcpExtTCPMemoryPressures TcpExtTCPAbortOnMemory`: se isso já custou conexões.',
  'Find the program whose connections hold the memory, and restart or mend it.':
    'Encontre o programa cujas conexões retêm a memória e reinicie-o ou corrija-o.',
  'Enlarge the limits where the machine has memory to spare: tcp_mem and udp_mem are in pages, as a rule of 4096 bytes.':
    'Aumente os limites se a máquina tem memória de sobra: tcp_mem e udp_mem são em páginas, em geral de 4096 bytes.',
  'Smaller buffers for each connection, by the third number of tcp_rmem and tcp_wmem.':
    'Buffers menores para cada conexão, pelo terceiro número de tcp_rmem e tcp_wmem.',
  'The sockets of this machine have used up, or nearly so, what the kernel gives them{0}.':
    'Os sockets desta máquina esgotaram, ou quase, o que o kernel lhes dá{0}.',
  'Find the connections that hold the memory (large Recv-Q or Send-Q), and their program: ss -tmp':
    'Encontre as conexões que retêm a memória (Recv-Q ou Send-Q grande) e o programa delas: ss -tmp',
  'Find the connections that hold the memory (large Recv-Q or Send-Q): netstat -an -p tcp':
    'Encontre as conexões que retêm a memória (Recv-Q ou Send-Q grande): netstat -an -p tcp',
  'Find the program with so many connections: netstat -ano -p TCP': 'Encontre o programa com tantas conexões: netstat -ano -p TCP',
  'The table of neighbours is full': 'A tabela de vizinhos está cheia',
  'The kernel keeps the link address of each neighbour on its networks (ARP, NDP) in one table for the whole machine, containers included, with room for gc_thresh3 of them. It is full or nearly so: new neighbours cannot be learned, packets to them fail ("neighbour table overflow", ENOBUFS), and which ones changes all the time.':
    'O kernel guarda o endereço de enlace de cada vizinho nas suas redes (ARP, NDP) em uma só tabela para toda a máquina, contêineres incluídos, com espaço para gc_thresh3 deles. Ela está cheia ou quase: vizinhos novos não podem ser aprendidos, pacotes para eles falham ("neighbour table overflow", ENOBUFS), e quais são muda o tempo todo.',
  'A flat network with more active hosts than the default of 1024 entries.':
    'Uma rede plana com mais hosts ativos que o padrão de 1024 entradas.',
  'Many containers or virtual machines on one host: each bridge has its own entries in the same table.':
    'Muitos contêineres ou máquinas virtuais em um só host: cada bridge tem entradas próprias na mesma tabela.',
  'A scan of the local network from this machine, or of its IPv6 network from outside.':
    'Uma varredura da rede local a partir desta máquina, ou da rede IPv6 dela a partir de fora.',
  'the table has room': 'a tabela tem espaço',
  '`ip neigh | wc -l` counts; `sysctl net.ipv4.neigh.default.gc_thresh3 net.ipv6.neigh.default.gc_thresh3` shows the limits.':
    '`ip neigh | wc -l` conta; `sysctl net.ipv4.neigh.default.gc_thresh3 net.ipv6.neigh.default.gc_thresh3` mostra os limites.',
  '`journalctl -k` contains "neighbor table overflow" where it was met.':
    '`journalctl -k` contém "neighbor table overflow" se o limite foi atingido.',
  '`ip neigh` with many INCOMPLETE or FAILED: somebody scans. Many REACHABLE or STALE: the network is that large.':
    '`ip neigh` com muitos INCOMPLETE ou FAILED: alguém faz uma varredura. Muitos REACHABLE ou STALE: a rede é grande assim.',
  'Enlarge it to twice what it has, the second with the third: `sudo sysctl -w net.ipv4.neigh.default.gc_thresh2=4096 net.ipv4.neigh.default.gc_thresh3=8192`, and the same for ipv6.':
    'Aumente-a para o dobro, o segundo valor junto com o terceiro: `sudo sysctl -w net.ipv4.neigh.default.gc_thresh2=4096 net.ipv4.neigh.default.gc_thresh3=8192`, e o mesmo para ipv6.',
  'Split the network, or route between its parts.': 'Divida a rede, ou use roteamento entre as partes dela.',
  'Stop what scans.': 'Pare o que faz a varredura.',
  'The table of neighbours (ARP, NDP) of this machine is full or nearly full{0}.':
    'A tabela de vizinhos (ARP, NDP) desta máquina está cheia ou quase cheia{0}.',
  'Enlarge the table: sudo sysctl -w {0}': 'Aumente a tabela: sudo sysctl -w {0}',
  'See which neighbours fill it: arp -an': 'Veja quais vizinhos a enchem: arp -an',
  'See which neighbours fill it: netsh interface ipv4 show neighbors': 'Veja quais vizinhos a enchem: netsh interface ipv4 show neighbors',
  'The cache of IPv6 routes is full': 'O cache de rotas IPv6 está cheio',
  'Up to kernel 6.2 Linux keeps at most net.ipv6.route.max_size IPv6 routes that it learned for single destinations. At the limit packets to further IPv6 destinations fail at once (ENETUNREACH), while IPv4 is well.':
    'Até o kernel 6.2, o Linux mantém no máximo net.ipv6.route.max_size rotas IPv6 aprendidas para destinos individuais. No limite, pacotes para outros destinos IPv6 falham na hora (ENETUNREACH), enquanto o IPv4 está bem.',
  'A router, resolver or crawler that speaks to very many IPv6 destinations.':
    'Um roteador, resolvedor ou crawler que fala com um número muito grande de destinos IPv6.',
  'A limit that was made for a host, on a machine that became a router or a host of containers.':
    'Um limite feito para um host, em uma máquina que virou roteador ou host de contêineres.',
  'Entries that are not freed: some kernels before 5.x leaked them.':
    'Entradas que não são liberadas: alguns kernels anteriores ao 5.x as vazavam.',
  'The sixth number of /proc/net/rt6_stats (hexadecimal) against `sysctl net.ipv6.route.max_size`.':
    'O sexto número de /proc/net/rt6_stats (hexadecimal) comparado com `sysctl net.ipv6.route.max_size`.',
  '`journalctl -k` contains "Route cache is full: consider increasing sysctl net.ipv6.route.max_size".':
    '`journalctl -k` contém "Route cache is full: consider increasing sysctl net.ipv6.route.max_size".',
  'Enlarge it to twice what it has: `sudo sysctl -w net.ipv6.route.max_size=NUMBER`.':
    'Aumente-o para o dobro: `sudo sysctl -w net.ipv6.route.max_size=NUMBER`.',
  'A newer kernel, which has no such limit.': 'Um kernel mais novo, que não tem esse limite.',
  'The cache of IPv6 routes of this machine is full or nearly full{0}.':
    'O cache de rotas IPv6 desta máquina está cheio ou quase cheio{0}.',
  'Enlarge it: sudo sysctl -w net.ipv6.route.max_size={0}': 'Aumente-o: sudo sysctl -w net.ipv6.route.max_size={0}',
  'See the IPv6 routes: netstat -rn -f inet6': 'Veja as rotas IPv6: netstat -rn -f inet6',
  'See the IPv6 routes: netsh interface ipv6 show destinationcache': 'Veja as rotas IPv6: netsh interface ipv6 show destinationcache',
  'Hardly any open file is left': 'Quase não restam arquivos que possam ser abertos',
  'Each socket is an open file. The machine (fs.file-max), or the session that netdiag runs in (`ulimit -n`), has as many open as it may have, or nearly so. New connections then fail with EMFILE or ENFILE, and services stop to accept any, although the network is well.':
    'Cada socket é um arquivo aberto. A máquina (fs.file-max), ou a sessão em que o netdiag roda (`ulimit -n`), tem abertos tantos quantos pode ter, ou quase. Conexões novas falham então com EMFILE ou ENFILE, e os serviços deixam de aceitá-las, embora a rede esteja bem.',
  'A program opens files or sockets and does not close them.': 'Um programa abre arquivos ou sockets e não os fecha.',
  'A service with more clients than its limit, often 1024, was made for.':
    'Um serviço com mais clientes do que o limite dele, muitas vezes 1024, comporta.',
  'A limit that was set too low for the whole machine.': 'Um limite baixo demais para toda a máquina.',
  '`cat /proc/sys/fs/file-nr`: open, unused, limit of the machine.': '`cat /proc/sys/fs/file-nr`: abertos, sem uso, limite da máquina.',
  '`sudo sh -c \'for p in /proc/[0-9]*; do echo "$(ls $p/fd | wc -l) $p"; done\' | sort -n | tail`: the processes with most.':
    '`sudo sh -c \'for p in /proc/[0-9]*; do echo "$(ls $p/fd | wc -l) $p"; done\' | sort -n | tail`: os processos com mais arquivos.',
  '`grep "open files" /proc/PID/limits`: the limit of a service, which has nothing to do with that of your session.':
    '`grep "open files" /proc/PID/limits`: o limite de um serviço, que nada tem a ver com o da sua sessão.',
  'Restart the program that leaks, and report it.': 'Reinicie o programa que vaza e relate o defeito.',
  'Raise the limit of the service: `LimitNOFILE=65536` in its unit; of a session: `ulimit -n 4096`.':
    'Aumente o limite do serviço: `LimitNOFILE=65536` na unit dele; de uma sessão: `ulimit -n 4096`.',
  'Raise that of the machine to twice what it has: `sudo sysctl -w fs.file-max=NUMBER`.':
    'Aumente o da máquina para o dobro: `sudo sysctl -w fs.file-max=NUMBER`.',
  'Nearly all the files that may be open at once are open{0}.':
    'Quase todos os arquivos que podem ficar abertos ao mesmo tempo estão abertos{0}.',
  'Find the program whose sockets they are, as a rule: sudo ss -tanp':
    'Encontre o programa a que pertencem, em geral, os sockets: sudo ss -tanp',
  'Find the process with so many open files: lsof -n | cut -d" " -f1 | sort | uniq -c | sort -n | tail':
    'Encontre o processo com tantos arquivos abertos: lsof -n | cut -d" " -f1 | sort | uniq -c | sort -n | tail',
  'Find the process with so many handles: Get-Process | Sort-Object HandleCount | Select-Object -Last 10':
    'Encontre o processo com tantos handles: Get-Process | Sort-Object HandleCount | Select-Object -Last 10',
  'net.ipv{0}.neigh.default.gc_thresh': 'net.ipv{0}.neigh.default.gc_thresh',
  'Change one at a time and measure; the values in force show in: sysctl net.core.rmem_max net.core.wmem_max net.ipv4.tcp_congestion_control net.core.default_qdisc':
    'Mude uma de cada vez e meça; veja os valores em vigor com: sysctl net.core.rmem_max net.core.wmem_max net.ipv4.tcp_congestion_control net.core.default_qdisc',
  'Until the next start: {0} (to keep a setting: NAME = VALUE in /etc/sysctl.d/60-network.conf)':
    'Até a próxima reinicialização: {0} (para manter uma configuração: NAME = VALUE em /etc/sysctl.d/60-network.conf)',
};
