import type { Entries } from '../../language.js';

export const CAUSES_QUEUES: Entries = {
  'Packets come in faster than the processors take them': 'Os pacotes chegam mais rápido do que os processadores os atendem',
  'Every processor has a queue for packets that the adapter has handed over (`net.core.netdev_max_backlog`). It was full, and what came then was thrown away before any program or firewall saw it. The count is of the whole machine, its containers included.':
    'Cada processador tem uma fila para os pacotes que o adaptador entregou (`net.core.netdev_max_backlog`). Ela estava cheia, e o que chegou então foi descartado antes que qualquer programa ou firewall o visse. A contagem é da máquina inteira, inclusive seus contêineres.',
  'One processor serves all packets of an adapter, while the others idle.':
    'Um processador atende todos os pacotes de um adaptador, enquanto os outros ficam ociosos.',
  'Bursts that are larger than the queue, as on fast links or between many containers.':
    'Rajadas maiores que a fila, como em enlaces rápidos ou entre muitos contêineres.',
  'A machine that is too small for its traffic, or a virtual one whose processors are taken away (steal time).':
    'Uma máquina pequena demais para o tráfego, ou uma virtual cujos processadores lhe são tirados (steal time).',
  'Firewall rules or packet capture that cost much time for each packet.':
    'Regras de firewall ou captura de pacotes que custam muito tempo por pacote.',
  'the queue of the processors has room': 'a fila dos processadores tem espaço',
  '`cat /proc/net/softnet_stat`: a line for each processor; the second column counts drops. One line that grows alone: the traffic is not spread.':
    '`cat /proc/net/softnet_stat`: uma linha por processador; a segunda coluna conta os descartes. Só uma linha cresce: o tráfego não está distribuído.',
  '`mpstat -P ALL 1` shows whether one processor is all soft interrupts (%soft), and whether time is stolen (%steal).':
    '`mpstat -P ALL 1` mostra se um processador só atende interrupções de software (%soft) e se há tempo roubado (%steal).',
  '`grep eth /proc/interrupts` shows which processors serve the adapter.':
    '`grep eth /proc/interrupts` mostra quais processadores atendem o adaptador.',
  'Spread the work: irqbalance, more queues (`ethtool -L INTERFACE combined N`), or receive packet steering.':
    'Distribua o trabalho: irqbalance, mais filas (`ethtool -L INTERFACE combined N`) ou receive packet steering.',
  'Enlarge the queue for bursts: `sudo sysctl -w net.core.netdev_max_backlog=5000`.':
    'Aumente a fila para as rajadas: `sudo sysctl -w net.core.netdev_max_backlog=5000`.',
  'Give the machine more processors.': 'Dê mais processadores à máquina.',
  'This machine throws packets away on arrival, since its processors do not take them fast enough{0}.':
    'Esta máquina descarta pacotes na chegada, pois seus processadores não os atendem rápido o bastante{0}.',
  'See in the second column which processor drops, twice, ten seconds apart: cat /proc/net/softnet_stat':
    'Veja na segunda coluna que processador descarta, duas vezes, com dez segundos de intervalo: cat /proc/net/softnet_stat',
  'See which queue drops: netstat -m': 'Veja que fila descarta: netstat -m',
  'See what the adapters discard: Get-NetAdapterStatistics | Format-List *':
    'Veja o que os adaptadores descartam: Get-NetAdapterStatistics | Format-List *',
  'A service accepts its connections too slowly': 'Um serviço aceita suas conexões devagar demais',
  'Connections that the kernel has opened wait in the queue of their listener until the service accepts them. The queue was full, so that further ones were dropped: clients try again after one, three and seven seconds, or give up. To them the service looks slow or filtered, although it runs.':
    'As conexões que o kernel abriu esperam na fila do serviço em escuta até que ele as aceite. A fila estava cheia, e as seguintes foram descartadas: os clientes tentam de novo após um, três e sete segundos, ou desistem. Para eles, o serviço parece lento ou filtrado, embora esteja em execução.',
  'The service is stuck or overloaded: it does not call accept(2).': 'O serviço está travado ou sobrecarregado: não chama accept(2).',
  'More clients connect at once than the queue holds: its length is the smaller one of the backlog that the service asks for and `net.core.somaxconn`.':
    'Mais clientes se conectam ao mesmo tempo do que a fila comporta: o comprimento dela é o menor entre o backlog que o serviço pede e `net.core.somaxconn`.',
  'A flood of connections, wanted or not.': 'Uma inundação de conexões, desejada ou não.',
  '`ss -ltn`: of a listener, Recv-Q is what waits and Send-Q is how much may. Recv-Q stays above Send-Q: the service is stuck; it comes and goes: the queue is short for the bursts.':
    '`ss -ltn`: em um serviço em escuta, Recv-Q é o que espera e Send-Q é quanto pode esperar. Recv-Q fica acima de Send-Q: o serviço está travado; vai e volta: a fila é curta para as rajadas.',
  '`nstat -az TcpExtListenOverflows TcpExtListenDrops`, twice: only growth matters.':
    '`nstat -az TcpExtListenOverflows TcpExtListenDrops`, duas vezes: só o crescimento importa.',
  '`top` shows whether the service is busy, and `ss -tn state syn-recv` whether it is flooded.':
    '`top` mostra se o serviço está ocupado, e `ss -tn state syn-recv` se está sendo inundado.',
  'Find out why the service does not accept: its log, its threads, what it waits for.':
    'Descubra por que o serviço não aceita: o registro (log), as threads, o que ele espera.',
  'Let it ask for a longer queue (`listen` backlog in its configuration), and raise `net.core.somaxconn` to that.':
    'Faça-o pedir uma fila mais longa (backlog de `listen` na configuração) e eleve `net.core.somaxconn` até esse valor.',
  'Serve with more processes or machines.': 'Atenda com mais processos ou máquinas.',
  'A listener of this machine has no room for connections that come in{0}.':
    'Um serviço em escuta nesta máquina não tem espaço para as conexões que chegam{0}.',
  'Find the listener of which Recv-Q is above Send-Q, and why its service does not accept: sudo ss -ltnp':
    'Encontre o serviço em escuta cujo Recv-Q está acima do Send-Q e descubra por que ele não aceita: sudo ss -ltnp',
  'Find the listener whose queue is full, and why its service does not accept: netstat -Lan':
    'Encontre o serviço em escuta cuja fila está cheia e descubra por que ele não aceita: netstat -Lan',
  'Find the service that does not accept: Get-NetTCPConnection -State Listen | Select-Object LocalPort,OwningProcess':
    'Encontre o serviço que não aceita: Get-NetTCPConnection -State Listen | Select-Object LocalPort,OwningProcess',
  'Data is lost for lack of room in socket buffers': 'Dados são perdidos por falta de espaço nos buffers de socket',
  'The network brought the data, and this machine had no room to keep it until the program reads it: the buffer of a socket, or the memory that all sockets share, was full. For UDP it is lost for good; TCP asks for it again and becomes slow.':
    'A rede trouxe os dados, e esta máquina não tinha espaço para guardá-los até que o programa os lesse: o buffer de um socket, ou a memória que todos os sockets compartilham, estava cheio. No UDP eles se perdem de vez; o TCP os pede de novo e fica lento.',
  'A program reads its socket too slowly, or not at all.': 'Um programa lê seu socket devagar demais, ou não lê.',
  'Bursts that are larger than the buffer (`net.core.rmem_max`, `net.core.rmem_default`).':
    'Rajadas maiores que o buffer (`net.core.rmem_max`, `net.core.rmem_default`).',
  'All sockets together reach the limit of `net.ipv4.tcp_mem` or `udp_mem`.':
    'Todos os sockets juntos atingem o limite de `net.ipv4.tcp_mem` ou `udp_mem`.',
  'The control group of a container is at its limit of memory.': 'O grupo de controle (cgroup) de um contêiner está no limite de memória.',
  '`ss -uanpm`: Recv-Q shows who does not read, and d in skmem how many were dropped for that socket.':
    '`ss -uanpm`: Recv-Q mostra quem não lê, e d em skmem, quantos foram descartados para aquele socket.',
  '`cat /proc/net/sockstat` beside `sysctl net.ipv4.tcp_mem net.ipv4.udp_mem` (both in pages) shows how near the limit of all is.':
    '`cat /proc/net/sockstat` ao lado de `sysctl net.ipv4.tcp_mem net.ipv4.udp_mem` (ambos em páginas) mostra quão perto está o limite geral.',
  'Let the program read more often, or in a thread of its own.': 'Faça o programa ler com mais frequência, ou em uma thread própria.',
  'Give it larger buffers (SO_RCVBUF), and raise `net.core.rmem_max` to that.':
    'Dê a ele buffers maiores (SO_RCVBUF) e eleve `net.core.rmem_max` até esse valor.',
  'Where the memory of all sockets is used up, find the connections that hold it: `ss -tanm`.':
    'Onde a memória de todos os sockets se esgotou, encontre as conexões que a ocupam: `ss -tanm`.',
  'This machine throws received data away, since a socket has no room for it{0}.':
    'Esta máquina descarta dados recebidos, pois um socket não tem espaço para eles{0}.',
  'Find the socket that is not read (Recv-Q, d in skmem): sudo ss -uanpm':
    'Encontre o socket que não é lido (Recv-Q, d em skmem): sudo ss -uanpm',
  'Find the socket that is not read (Recv-Q): netstat -an -p udp': 'Encontre o socket que não é lido (Recv-Q): netstat -an -p udp',
  'See what is discarded: netstat -s -p udp': 'Veja o que é descartado: netstat -s -p udp',
};
