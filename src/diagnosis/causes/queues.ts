import { onPlatform } from '../command-words.js';
import { defineCauses, found } from './phrases.js';

/** Queues of this machine that overflow: those of its processors, its listeners and its sockets. */
export const QUEUE_CAUSES = defineCauses({
  'receive-backlog-overflow': {
    title: 'Packets come in faster than the processors take them',
    meaning:
      'Every processor has a queue for packets that the adapter has handed over (`net.core.netdev_max_backlog`). It was full, and what came then was thrown away before any program or firewall saw it. The count is of the whole machine, its containers included.',
    causes: [
      'One processor serves all packets of an adapter, while the others idle.',
      'Bursts that are larger than the queue, as on fast links or between many containers.',
      'A machine that is too small for its traffic, or a virtual one whose processors are taken away (steal time).',
      'Firewall rules or packet capture that cost much time for each packet.',
    ],
    explains: [
      { kinds: ['*'], codes: ['loss-local', 'tcp-retransmissions'], statuses: ['warn'], shownBy: 'either' },
      // The link counts them too.
      { kinds: ['l2.counters'], says: /^\d+ drops on receive of \d+ in [^,]*$/, shownBy: 'either', answersToo: true },
    ],
    against: [{ kinds: ['l2.backlog'], says: 'the queue of the processors has room' }],
    tellApart: [
      '`cat /proc/net/softnet_stat`: a line for each processor; the second column counts drops. One line that grows alone: the traffic is not spread.',
      '`mpstat -P ALL 1` shows whether one processor is all soft interrupts (%soft), and whether time is stolen (%steal).',
      '`grep eth /proc/interrupts` shows which processors serve the adapter.',
    ],
    remedies: [
      'Spread the work: irqbalance, more queues (`ethtool -L INTERFACE combined N`), or receive packet steering.',
      'Enlarge the queue for bursts: `sudo sysctl -w net.core.netdev_max_backlog=5000`.',
      'Give the machine more processors.',
    ],
    summary: (facts) => `This machine throws packets away on arrival, since its processors do not take them fast enough${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'See in the second column which processor drops, twice, ten seconds apart: cat /proc/net/softnet_stat',
        darwin: 'See which queue drops: netstat -m',
        win32: 'See what the adapters discard: Get-NetAdapterStatistics | Format-List *',
      }),
  },

  'listen-queue-overflow': {
    title: 'A service accepts its connections too slowly',
    meaning:
      'Connections that the kernel has opened wait in the queue of their listener until the service accepts them. The queue was full, so that further ones were dropped: clients try again after one, three and seven seconds, or give up. To them the service looks slow or filtered, although it runs.',
    causes: [
      'The service is stuck or overloaded: it does not call accept(2).',
      'More clients connect at once than the queue holds: its length is the smaller one of the backlog that the service asks for and `net.core.somaxconn`.',
      'A flood of connections, wanted or not.',
    ],
    tellApart: [
      '`ss -ltn`: of a listener, Recv-Q is what waits and Send-Q is how much may. Recv-Q stays above Send-Q: the service is stuck; it comes and goes: the queue is short for the bursts.',
      '`nstat -az TcpExtListenOverflows TcpExtListenDrops`, twice: only growth matters.',
      '`top` shows whether the service is busy, and `ss -tn state syn-recv` whether it is flooded.',
    ],
    remedies: [
      'Find out why the service does not accept: its log, its threads, what it waits for.',
      'Let it ask for a longer queue (`listen` backlog in its configuration), and raise `net.core.somaxconn` to that.',
      'Serve with more processes or machines.',
    ],
    summary: (facts) => `A listener of this machine has no room for connections that come in${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Find the listener of which Recv-Q is above Send-Q, and why its service does not accept: sudo ss -ltnp',
        darwin: 'Find the listener whose queue is full, and why its service does not accept: netstat -Lan',
        win32: 'Find the service that does not accept: Get-NetTCPConnection -State Listen | Select-Object LocalPort,OwningProcess',
      }),
  },

  'socket-buffer-overflow': {
    title: 'Data is lost for lack of room in socket buffers',
    meaning:
      'The network brought the data, and this machine had no room to keep it until the program reads it: the buffer of a socket, or the memory that all sockets share, was full. For UDP it is lost for good; TCP asks for it again and becomes slow.',
    causes: [
      'A program reads its socket too slowly, or not at all.',
      'Bursts that are larger than the buffer (`net.core.rmem_max`, `net.core.rmem_default`).',
      'All sockets together reach the limit of `net.ipv4.tcp_mem` or `udp_mem`.',
      'The control group of a container is at its limit of memory.',
    ],
    tellApart: [
      '`ss -uanpm`: Recv-Q shows who does not read, and d in skmem how many were dropped for that socket.',
      '`cat /proc/net/sockstat` beside `sysctl net.ipv4.tcp_mem net.ipv4.udp_mem` (both in pages) shows how near the limit of all is.',
    ],
    remedies: [
      'Let the program read more often, or in a thread of its own.',
      'Give it larger buffers (SO_RCVBUF), and raise `net.core.rmem_max` to that.',
      'Where the memory of all sockets is used up, find the connections that hold it: `ss -tanm`.',
    ],
    summary: (facts) => `This machine throws received data away, since a socket has no room for it${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Find the socket that is not read (Recv-Q, d in skmem): sudo ss -uanpm',
        darwin: 'Find the socket that is not read (Recv-Q): netstat -an -p udp',
        win32: 'See what is discarded: netstat -s -p udp',
      }),
  },
});
