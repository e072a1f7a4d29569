import type { Entries } from '../../language.js';

export const TERMS_ERRNO: Entries = {
  'The system does not permit the call: a prohibit route or a firewall rule for the destination, or a right that the user lacks.':
    'O sistema não permite a chamada: uma rota prohibit ou uma regra de firewall para o destino, ou uma permissão que falta ao usuário.',
  'A route of type prohibit, or a firewall rule that rejects the packet on this machine.':
    'Uma rota do tipo prohibit, ou uma regra de firewall que rejeita o pacote nesta máquina.',
  'A port below 1024 is to be listened on without the right to do so.':
    'Quer-se escutar em uma porta abaixo de 1024 sem permissão para isso.',
  'A broadcast address as destination, without the option for it.': 'Um endereço de broadcast como destino, sem a opção para isso.',
  '`ip route get ADDRESS` fails with "Permission denied": a prohibit route.':
    '`ip route get ADDRESS` falha com "Permission denied": uma rota prohibit.',
  'As root it works: the right.': 'Como root funciona: a permissão.',
  'Correct the route or rule, or use a permitted destination.': 'Corrija a rota ou regra, ou use um destino permitido.',
  'Give the service the right to low ports alone (CAP_NET_BIND_SERVICE), not root.':
    'Dê ao serviço só a permissão para portas baixas (CAP_NET_BIND_SERVICE), não root.',
  'The local address and port are taken by another socket.': 'O endereço e a porta locais estão ocupados por outro soquete.',
  'Another service, or an old instance of the same, listens on the port.':
    'Outro serviço, ou uma instância antiga do mesmo, escuta na porta.',
  'A connection from there is still in TIME-WAIT, and SO_REUSEADDR is not set.':
    'Uma conexão de lá ainda está em TIME-WAIT, e SO_REUSEADDR não está definido.',
  '`sudo ss -ltnup` names the holder; none there means TIME-WAIT.':
    '`sudo ss -ltnup` cita quem a ocupa; se não houver ninguém, é TIME-WAIT.',
  'Stop the other service, or choose another port.': 'Pare o outro serviço, ou escolha outra porta.',
  'Set SO_REUSEADDR in the program, or wait a minute.': 'Defina SO_REUSEADDR no programa, ou espere um minuto.',
  'No local address or port available': 'Nenhum endereço ou porta local disponível',
  'The source address does not belong to this machine, or no free local port is left for the destination.':
    'O endereço de origem não pertence a esta máquina, ou não resta porta local livre para o destino.',
  'The program binds to an address that this machine does not, or no longer, have.':
    'O programa se vincula a um endereço que esta máquina não tem, ou não tem mais.',
  'All local ports towards this destination are in use.': 'Todas as portas locais para este destino estão em uso.',
  'IPv6 is wanted on a machine without IPv6 address.': 'Quer-se IPv6 em uma máquina sem endereço IPv6.',
  '`ip -br address` lacks the address: the first. `ss -s` counts tens of thousands of connections: the second.':
    'Falta o endereço em `ip -br address`: o primeiro. `ss -s` conta dezenas de milhares de conexões: o segundo.',
  'Correct the source address.': 'Corrija o endereço de origem.',
  'Reuse connections, or widen `net.ipv4.ip_local_port_range`.': 'Reutilize conexões, ou amplie `net.ipv4.ip_local_port_range`.',
  'Address family not supported': 'Família de endereços não suportada',
  'The system knows no addresses of that kind: as a rule, its kernel runs without IPv6.':
    'O sistema não conhece endereços desse tipo: em geral, seu kernel roda sem IPv6.',
  'The kernel was started without IPv6 (`ipv6.disable=1`), or built without it.':
    'O kernel foi iniciado sem IPv6 (`ipv6.disable=1`), ou compilado sem ele.',
  'A sandbox forbids sockets of that family.': 'Uma sandbox proíbe soquetes dessa família.',
  '`cat /proc/net/if_inet6` says that there is no such file: the kernel.':
    '`cat /proc/net/if_inet6` diz que o arquivo não existe: o kernel.',
  'Use IPv4 (`-4`), or start the kernel with IPv6.': 'Use IPv4 (`-4`), ou inicie o kernel com IPv6.',
  'Connection aborted on this side': 'Conexão abortada deste lado',
  'The connection was given up by the system of this machine or by the program itself, not by the other side.':
    'A conexão foi abandonada pelo sistema desta máquina ou pelo próprio programa, não pelo outro lado.',
  'The program closed it before it was complete.': 'O programa a fechou antes de estar completa.',
  'The interface or its address went away under it.': 'A interface ou seu endereço sumiu durante a conexão.',
  'Security software on this machine cut it.': 'Um software de segurança desta máquina a cortou.',
  '`ip monitor link address` shows whether interface or address change at that moment.':
    '`ip monitor link address` mostra se a interface ou o endereço muda naquele momento.',
  'Try again; if it repeats, look at the link and at security software.':
    'Tente de novo; se repetir, examine o enlace e o software de segurança.',
  'The host answered that nothing listens on the port: a reset to a SYN (RFC 9293), or ICMP port unreachable to a datagram. The way to it works.':
    'O host respondeu que nada escuta na porta: um RST a um SYN (RFC 9293), ou ICMP port unreachable a um datagrama. O caminho até ele funciona.',
  'The service is not running, or listens on another port or address.':
    'O serviço não está em execução, ou escuta em outra porta ou endereço.',
  'The name leads to the wrong host.': 'O nome leva ao host errado.',
  'A firewall that refuses in place of dropping.': 'Um firewall que recusa em vez de descartar.',
  'On the target, `ss -ltn` shows what listens.': 'No alvo, `ss -ltn` mostra o que escuta.',
  'A refusal that comes faster than the ping takes was sent by a device on the way.':
    'Uma recusa que chega mais rápido do que o ping leva foi enviada por um dispositivo no caminho.',
  'Start the service, or correct port and host.': 'Inicie o serviço, ou corrija porta e host.',
  'Connection reset by the other side': 'Conexão redefinida pelo outro lado',
  'An existing connection was cut by a reset (RFC 9293). It comes from the other side, or from a device on the way in its name.':
    'Uma conexão existente foi cortada por um RST (RFC 9293). Ele vem do outro lado, ou de um dispositivo no caminho em nome dele.',
  'The service crashed, restarted, or closed with data unread.': 'O serviço caiu, reiniciou ou fechou com dados não lidos.',
  'A load balancer has no healthy server behind it.': 'Um balanceador de carga não tem servidor em bom estado atrás dele.',
  'A firewall forgot the idle connection, or cuts it for its content.':
    'Um firewall esqueceu a conexão ociosa, ou a corta por causa do conteúdo.',
  'Always after the same idle time: a time-out on the way.': 'Sempre após o mesmo tempo ocioso: um tempo limite no caminho.',
  'The log of the service knows nothing of it: a device on the way.':
    'O registro (log) do serviço nada sabe disso: um dispositivo no caminho.',
  'Read the log of the service.': 'Leia o registro (log) do serviço.',
  'Turn on keep-alive below the time-out of devices on the way.':
    'Ative o keep-alive com intervalo menor que o tempo limite dos dispositivos no caminho.',
  'The kernel tried to learn the link address of a neighbour, and nobody answered. macOS and the BSDs say so where Linux says EHOSTUNREACH.':
    'O kernel tentou descobrir o endereço de enlace de um vizinho, e ninguém respondeu. macOS e os BSDs dizem isso onde o Linux diz EHOSTUNREACH.',
  'The host is off, or has another address.': 'O host está desligado, ou tem outro endereço.',
  'It is in another VLAN, or client isolation separates the two.': 'Está em outra VLAN, ou o isolamento de clientes separa os dois.',
  '`arp -an` shows the entry as incomplete.': '`arp -an` mostra a entrada como incompleta.',
  'Check that the host is on, and on the same network.': 'Verifique se o host está ligado e na mesma rede.',
  'A router answered that it cannot reach the host (ICMP host unreachable, RFC 792 and RFC 4443), a firewall rejects with that message, or the link address of the next hop was not learned.':
    'Um roteador respondeu que não alcança o host (ICMP host unreachable, RFC 792 e RFC 4443), um firewall rejeita com essa mensagem, ou o endereço de enlace do próximo salto não foi descoberto.',
  'The host is off, or its address has changed.': 'O host está desligado, ou seu endereço mudou.',
  'The gateway or neighbour does not answer on the link.': 'O gateway ou vizinho não responde no enlace.',
  'A firewall that rejects with "host prohibited", as firewalld does.':
    'Um firewall que rejeita com "host prohibited", como faz o firewalld.',
  '`ip neigh show` with FAILED: the link. No such entry: the message came from a router or firewall.':
    '`ip neigh show` com FAILED: o enlace. Sem essa entrada: a mensagem veio de um roteador ou firewall.',
  'Ping works and only this port fails: a firewall.': 'O ping funciona e só esta porta falha: um firewall.',
  'Check that the host is on; check the gateway.': 'Verifique se o host está ligado; verifique o gateway.',
  'Have the firewall of the host allow the port.': 'Faça o firewall do host permitir a porta.',
  'The kernel does not take the destination as it is. On Linux a blackhole route gives this error; otherwise address and socket do not fit each other.':
    'O kernel não aceita o destino como está. No Linux, uma rota blackhole dá este erro; fora isso, endereço e soquete não combinam.',
  'A blackhole route covers the destination.': 'Uma rota blackhole cobre o destino.',
  'A link-local IPv6 address without its zone (`%eth0`).': 'Um endereço IPv6 link-local sem sua zona (`%eth0`).',
  'A loopback source for an outside destination.': 'Uma origem de loopback para um destino externo.',
  '`ip route show table all type blackhole` lists such routes.': '`ip route show table all type blackhole` lista tais rotas.',
  'Remove the blackhole route where it is a leftover, or name the zone.': 'Remova a rota blackhole se for um resto, ou informe a zona.',
  'Too many open files in this process': 'Muitos arquivos abertos neste processo',
  'The process has used up its file descriptors, and each socket needs one. The network is not at fault.':
    'O processo esgotou seus descritores de arquivo, e cada soquete precisa de um. A culpa não é da rede.',
  'Connections or files are opened and never closed.': 'Conexões ou arquivos são abertos e nunca fechados.',
  'More connections at once than the limit allows (often 1024).': 'Mais conexões simultâneas do que o limite permite (muitas vezes 1024).',
  '`ls /proc/PID/fd | wc -l` that only grows is a leak; `ulimit -n` shows the limit.':
    '`ls /proc/PID/fd | wc -l` que só cresce é um vazamento; `ulimit -n` mostra o limite.',
  'Close what is no longer used; ask for less at once.': 'Feche o que não se usa mais; peça menos de uma só vez.',
  'Raise the limit of the service (LimitNOFILE in systemd).': 'Aumente o limite do serviço (LimitNOFILE no systemd).',
  'The packet is larger than the interface, or the path as far as it is known, takes, and it may not be fragmented.':
    'O pacote é maior do que a interface, ou o caminho até onde é conhecido, aceita, e não pode ser fragmentado.',
  'A datagram larger than the MTU was sent with fragmentation forbidden.':
    'Um datagrama maior que o MTU foi enviado com a fragmentação proibida.',
  'A router announced a smaller path MTU, and the kernel remembers it.':
    'Um roteador anunciou um MTU do caminho menor, e o kernel se lembra dele.',
  'The datagram exceeds 65535 bytes.': 'O datagrama excede 65535 bytes.',
  '`ip link show` gives the MTU of the interface; `ip route get ADDRESS` the remembered one of the path.':
    '`ip link show` dá o MTU da interface; `ip route get ADDRESS`, o MTU do caminho que está guardado.',
  'Send smaller datagrams; this error is how path MTU discovery works.':
    'Envie datagramas menores; este erro é a forma como a descoberta do MTU do caminho funciona.',
  'The interface through which the packet should leave is down.': 'A interface pela qual o pacote deveria sair está inativa.',
  'It was switched off, or lost its carrier.': 'Foi desligada, ou perdeu a portadora.',
  'It is being set up anew at this moment.': 'Está sendo configurada de novo neste momento.',
  '`ip link show` shows its state.': '`ip link show` mostra seu estado.',
  'Bring it up: `sudo ip link set dev INTERFACE up`.': 'Ative-a: `sudo ip link set dev INTERFACE up`.',
  'There is no route to the destination: usually the routing table of this machine has none, seldom a router says so (ICMP network unreachable).':
    'Não há rota até o destino: em geral, a tabela de roteamento desta máquina não tem nenhuma; raramente um roteador informa isso (ICMP network unreachable).',
  'No default route.': 'Nenhuma rota padrão.',
  'No IPv6 on this machine, and an IPv6 destination.': 'Nenhum IPv6 nesta máquina, e um destino IPv6.',
  'An unreachable route, as VPN programs set them.': 'Uma rota unreachable, como as que programas de VPN definem.',
  '`ip route get ADDRESS` fails at once: this machine. It answers: a router said so.':
    '`ip route get ADDRESS` falha de imediato: esta máquina. Responde: um roteador informou isso.',
  'Renew the lease, or add the route.': 'Renove a concessão, ou adicione a rota.',
  'Use IPv4 where the machine has no IPv6.': 'Use IPv4 onde a máquina não tem IPv6.',
  'Too many open files in the system': 'Muitos arquivos abertos em todo o sistema',
  'All processes together have used up the file descriptors of the system. The network is not at fault.':
    'Todos os processos juntos esgotaram os descritores de arquivo do sistema. A culpa não é da rede.',
  'A process leaks descriptors.': 'Um processo vaza descritores.',
  'The limit is too small for the load.': 'O limite é pequeno demais para a carga.',
  '`cat /proc/sys/fs/file-nr` shows used and allowed.': '`cat /proc/sys/fs/file-nr` mostra os usados e os permitidos.',
  'Find and restart the process that leaks.': 'Encontre e reinicie o processo que vaza.',
  'Raise it: `sudo sysctl -w fs.file-max=1000000`.': 'Aumente-o: `sudo sysctl -w fs.file-max=1000000`.',
  'The queue of the interface, or the memory for network buffers, is full: packets are made faster than they leave.':
    'A fila da interface, ou a memória para buffers de rede, está cheia: pacotes são criados mais rápido do que saem.',
  'The interface is stuck, or a VPN interface takes nothing.': 'A interface está travada, ou uma interface de VPN não aceita nada.',
  'A table of the kernel is full, as that of the neighbours.': 'Uma tabela do kernel está cheia, como a dos vizinhos.',
  '`ip -s link show` with growing drops on the sending side: the queue.':
    '`ip -s link show` com descartes crescentes no lado do envio: a fila.',
  'The kernel log says "neighbour table overflow": that table.': 'O registro (log) do kernel diz "neighbour table overflow": essa tabela.',
  'Send more slowly.': 'Envie mais devagar.',
  'For a full neighbour table: `sudo sysctl -w net.ipv4.neigh.default.gc_thresh3=8192`.':
    'Para uma tabela de vizinhos cheia: `sudo sysctl -w net.ipv4.neigh.default.gc_thresh3=8192`.',
  'There is no interface by this name.': 'Não há interface com este nome.',
  'A spelling mistake.': 'Um erro de digitação.',
  'The interface was unplugged or renamed, or its driver is missing.': 'A interface foi desconectada ou renomeada, ou falta seu driver.',
  '`ip -br link` lists the interfaces that exist.': '`ip -br link` lista as interfaces que existem.',
  'Use a name from that list.': 'Use um nome dessa lista.',
  'Protocol option not available': 'Opção de protocolo não disponível',
  'The kernel does not know an option that the program sets on a socket; from a connection, ICMP said "protocol unreachable".':
    'O kernel não conhece uma opção que o programa define em um soquete; em uma conexão, o ICMP informou "protocol unreachable".',
  'A kernel that is older than the option, or one that only stands in for Linux (WSL 1, some sandboxes).':
    'Um kernel mais antigo que a opção, ou um que só faz as vezes do Linux (WSL 1, algumas sandboxes).',
  'The other host does not speak the protocol at all.': 'O outro host não fala este protocolo.',
  'It comes at once, to every destination: the kernel of this machine.': 'Ocorre de imediato, para todo destino: o kernel desta máquina.',
  'The system forbids the call to this user or, for sending on Linux, a firewall rule of this machine drops the packet.':
    'O sistema proíbe a chamada a este usuário ou, ao enviar no Linux, uma regra de firewall desta máquina descarta o pacote.',
  'An outbound firewall rule on this machine, or a full connection table.':
    'Uma regra de saída do firewall desta máquina, ou uma tabela de conexões cheia.',
  'A raw socket without root or CAP_NET_RAW.': 'Um soquete bruto sem root nem CAP_NET_RAW.',
  'A container or sandbox that forbids the call.': 'Um contêiner ou sandbox que proíbe a chamada.',
  'It comes when sending: the firewall. It comes when opening the socket: the right.':
    'Ocorre ao enviar: o firewall. Ocorre ao abrir o soquete: a permissão.',
  '`sudo nft list ruleset` shows outbound rules.': '`sudo nft list ruleset` mostra as regras de saída.',
  'Allow the traffic in the local firewall.': 'Permita o tráfego no firewall local.',
  'For ping without root: `sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"`.':
    'Para ping sem root: `sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"`.',
  'The program wrote to a connection that the other side, or it itself, had already closed.':
    'O programa escreveu em uma conexão que o outro lado, ou ele mesmo, já tinha fechado.',
  'The other side closed early: an error, a time-out, or it had enough.':
    'O outro lado fechou cedo: um erro, um tempo limite, ou já tinha o bastante.',
  'A device on the way cut the connection before.': 'Um dispositivo no caminho cortou a conexão antes.',
  'The log of the other side names its reason for closing.': 'O registro (log) do outro lado cita o motivo para fechar.',
  'Read before writing on, and treat the end of the connection as an answer.':
    'Leia antes de continuar a escrever e trate o fim da conexão como uma resposta.',
  'Timed out': 'Tempo esgotado',
  'No answer came until the system, or the program, gave up. Silence does not tell whether the question or the answer was lost.':
    'Nenhuma resposta chegou até que o sistema, ou o programa, desistisse. O silêncio não diz se foi a pergunta ou a resposta que se perdeu.',
  'A firewall drops the packets.': 'Um firewall descarta os pacotes.',
  'The host is off, or the way is broken.': 'O host está desligado, ou o caminho está com defeito.',
  'Heavy loss, or a path that swallows large packets.': 'Muita perda, ou um caminho que engole pacotes grandes.',
  'Other ports of the host answer: a firewall. Nothing of it answers: host or way.':
    'Outras portas do host respondem: um firewall. Nada dele responde: host ou caminho.',
  'It opens, and hangs later: see mtu-blackhole.': 'Abre e trava depois: veja mtu-blackhole.',
};
