import { commandsFor } from '../../model/kernel-settings.js';
import type { CauseFacts } from '../cause.js';
import { onPlatform } from '../command-words.js';
import { defineCauses, forTarget, found, twice } from './phrases.js';

/** Settings and limits of the kernel of this machine. */
export const KERNEL_CAUSES = defineCauses({
  'kernel-tuning': {
    title: 'Kernel network settings differ from the profile',
    meaning:
      'Settings of the kernel (buffers, congestion control, queueing discipline and the like) are not what the chosen profile asks for. The profile `default` names only what harms any machine, such as TCP without timestamps or selective acknowledgements, and otherwise leaves the defaults of the distribution alone, which serve most machines well. The profile `trading` asks for what a machine with few, urgent bytes gains from: room for bursts, BBR, no slow start after a pause. It is advice for a purpose and no fault.',
    causes: [
      'The machine has the defaults of its distribution, and the profile asks for more.',
      'An old guide to "TCP tuning" switched off timestamps, selective acknowledgements or window scaling.',
      'Settings were made by hand with `sysctl -w` and lost at the next start.',
      'A later file in /etc/sysctl.d or /usr/lib/sysctl.d, or a service such as tuned, writes another value.',
      'In a container the settings belong to the host, or were never given at the start of the container.',
      'BBR or fq are modules that are not loaded, or this kernel was built without them.',
    ],
    tellApart: [
      '`netdiag host --passive --json` lists each setting with value, recommended value, reason, the line that sets it, and who can set it (`settable`).',
      '`sysctl NAME` shows the value in force; `grep -rs NAME /etc/sysctl.conf /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d` who writes it. The last file by name wins.',
      '`cat /proc/sys/net/ipv4/tcp_available_congestion_control`: what is loaded; `modinfo tcp_bbr`: whether there is a module.',
      '`tc qdisc show`: what each interface really sends by. default_qdisc is for interfaces that come later.',
      'A setting that cannot be written although you are root is that of the host ("Read-only file system", or no such file).',
    ],
    remedies: [
      'Try one setting at a time with `sudo sysctl -w NAME=VALUE`, which lasts until the next start, and measure before and after: `netdiag latency TARGET --count 200`.',
      'What helps goes as `NAME = VALUE` into a file such as /etc/sysctl.d/60-network.conf, then `sudo sysctl --system`.',
      'For BBR: `sudo modprobe tcp_bbr`, and `tcp_bbr` in a file in /etc/modules-load.d so that it is there before the settings are made.',
      'An interface that is up keeps its queueing discipline: `sudo tc qdisc replace dev INTERFACE root fq`, or a new start.',
      'Docker: `docker run --sysctl NAME=VALUE` for what a namespace has of its own; the rest on the host. Kubernetes: `securityContext.sysctls` of the pod. WSL2: one kernel for all distributions; `kernelCommandLine` in .wslconfig takes `sysctl.NAME=VALUE`.',
      'Buffers need no more than the bandwidth-delay product (rate times round trip); they are limits, and take memory only while they are used.',
    ],
    summary: (facts) => `Kernel network settings differ from what the profile wants${forTarget(facts)}${found(withoutLines(facts))}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: settingLine(facts),
        darwin: 'Change one at a time and measure; the values in force show in: sysctl net.inet.tcp',
        win32: 'Change one at a time and measure; the values in force show in: netsh interface tcp show global',
      }),
  },

  'socket-memory-pressure': {
    title: 'The kernel is short of memory for sockets',
    meaning:
      'All sockets together may use so much memory (tcp_mem, udp_mem, in pages), and that is used up or nearly so; or there are more connections without a process (orphans), or in TIME-WAIT, than the kernel keeps. Under pressure it shrinks receive windows, so everything becomes slow; at the limit it drops what arrives and resets connections ("TCP: out of memory", "too many orphaned sockets" in the log).',
    causes: [
      'A program does not read what arrives, on very many connections: it stays in the receive buffers.',
      'Slow or dead clients of a busy server: what was sent stays in the send buffers until it is confirmed.',
      'Far more connections than the memory of the machine was meant for, or large buffers set by hand.',
      'A flood of connections that are opened and left.',
    ],
    explains: [{ kinds: ['*'], codes: ['socket-buffer-overflow', 'tcp-retransmissions', 'tcp-reset'], answersToo: true }],
    tellApart: [
      '`cat /proc/net/sockstat` shows `mem` of TCP and UDP in pages, `orphan` and `tw`; `sysctl net.ipv4.tcp_mem net.ipv4.udp_mem net.ipv4.tcp_max_orphans` the limits.',
      '`ss -tm` shows the memory of each connection; a large Recv-Q is a program that does not read, a large Send-Q a peer that does not.',
      '`nstat -az TcpExtTCPMemoryPressures TcpExtTCPAbortOnMemory`: whether it already cost connections.',
    ],
    remedies: [
      'Find the program whose connections hold the memory, and restart or mend it.',
      'Enlarge the limits where the machine has memory to spare: tcp_mem and udp_mem are in pages, as a rule of 4096 bytes.',
      'Smaller buffers for each connection, by the third number of tcp_rmem and tcp_wmem.',
    ],
    summary: (facts) => `The sockets of this machine have used up, or nearly so, what the kernel gives them${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Find the connections that hold the memory (large Recv-Q or Send-Q), and their program: ss -tmp',
        darwin: 'Find the connections that hold the memory (large Recv-Q or Send-Q): netstat -an -p tcp',
        win32: 'Find the program with so many connections: netstat -ano -p TCP',
      }),
  },

  'neighbor-table-full': {
    title: 'The table of neighbours is full',
    meaning:
      'The kernel keeps the link address of each neighbour on its networks (ARP, NDP) in one table for the whole machine, containers included, with room for gc_thresh3 of them. It is full or nearly so: new neighbours cannot be learned, packets to them fail ("neighbour table overflow", ENOBUFS), and which ones changes all the time.',
    causes: [
      'A flat network with more active hosts than the default of 1024 entries.',
      'Many containers or virtual machines on one host: each bridge has its own entries in the same table.',
      'A scan of the local network from this machine, or of its IPv6 network from outside.',
    ],
    explains: [
      {
        kinds: ['*'],
        codes: ['neighbor-unresolved', 'gateway-unreachable', 'host-unreachable', 'port-filtered', 'loss-local', 'dns-unreachable'],
        answersToo: true,
      },
    ],
    against: [{ kinds: ['l2.neighbors'], says: 'the table has room' }],
    tellApart: [
      '`ip neigh | wc -l` counts; `sysctl net.ipv4.neigh.default.gc_thresh3 net.ipv6.neigh.default.gc_thresh3` shows the limits.',
      '`journalctl -k` contains "neighbor table overflow" where it was met.',
      '`ip neigh` with many INCOMPLETE or FAILED: somebody scans. Many REACHABLE or STALE: the network is that large.',
    ],
    remedies: [
      'Enlarge it to twice what it has, the second with the third: `sudo sysctl -w net.ipv4.neigh.default.gc_thresh2=4096 net.ipv4.neigh.default.gc_thresh3=8192`, and the same for ipv6.',
      'Split the network, or route between its parts.',
      'Stop what scans.',
    ],
    summary: (facts) => `The table of neighbours (ARP, NDP) of this machine is full or nearly full${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: `Enlarge the table: sudo sysctl -w ${largerNeighborTables(facts)}`,
        darwin: 'See which neighbours fill it: arp -an',
        win32: 'See which neighbours fill it: netsh interface ipv4 show neighbors',
      }),
  },

  'route-cache-full': {
    title: 'The cache of IPv6 routes is full',
    meaning:
      'Up to kernel 6.2 Linux keeps at most net.ipv6.route.max_size IPv6 routes that it learned for single destinations. At the limit packets to further IPv6 destinations fail at once (ENETUNREACH), while IPv4 is well.',
    causes: [
      'A router, resolver or crawler that speaks to very many IPv6 destinations.',
      'A limit that was made for a host, on a machine that became a router or a host of containers.',
      'Entries that are not freed: some kernels before 5.x leaked them.',
    ],
    tellApart: [
      'The sixth number of /proc/net/rt6_stats (hexadecimal) against `sysctl net.ipv6.route.max_size`.',
      '`journalctl -k` contains "Route cache is full: consider increasing sysctl net.ipv6.route.max_size".',
    ],
    remedies: [
      'Enlarge it to twice what it has: `sudo sysctl -w net.ipv6.route.max_size=NUMBER`.',
      'A newer kernel, which has no such limit.',
    ],
    summary: (facts) => `The cache of IPv6 routes of this machine is full or nearly full${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: `Enlarge it: sudo sysctl -w net.ipv6.route.max_size=${twice(facts, 65_536)}`,
        darwin: 'See the IPv6 routes: netstat -rn -f inet6',
        win32: 'See the IPv6 routes: netsh interface ipv6 show destinationcache',
      }),
  },

  'file-descriptors-exhausted': {
    title: 'Hardly any open file is left',
    meaning:
      'Each socket is an open file. The machine (fs.file-max), or the session that netdiag runs in (`ulimit -n`), has as many open as it may have, or nearly so. New connections then fail with EMFILE or ENFILE, and services stop to accept any, although the network is well.',
    causes: [
      'A program opens files or sockets and does not close them.',
      'A service with more clients than its limit, often 1024, was made for.',
      'A limit that was set too low for the whole machine.',
    ],
    tellApart: [
      '`cat /proc/sys/fs/file-nr`: open, unused, limit of the machine.',
      '`sudo sh -c \'for p in /proc/[0-9]*; do echo "$(ls $p/fd | wc -l) $p"; done\' | sort -n | tail`: the processes with most.',
      '`grep "open files" /proc/PID/limits`: the limit of a service, which has nothing to do with that of your session.',
    ],
    remedies: [
      'Restart the program that leaks, and report it.',
      'Raise the limit of the service: `LimitNOFILE=65536` in its unit; of a session: `ulimit -n 4096`.',
      'Raise that of the machine to twice what it has: `sudo sysctl -w fs.file-max=NUMBER`.',
    ],
    summary: (facts) => `Nearly all the files that may be open at once are open${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Find the program whose sockets they are, as a rule: sudo ss -tanp',
        darwin: 'Find the process with so many open files: lsof -n | cut -d" " -f1 | sort | uniq -c | sort -n | tail',
        win32: 'Find the process with so many handles: Get-Process | Sort-Object HandleCount | Select-Object -Last 10',
      }),
  },
});

/** Twice the room for the families of which `IPv4 1000 of 1024, IPv6 3 of 1024` says that they are full or nearly so. */
function largerNeighborTables({ observed }: CauseFacts): string {
  const tables = [...(observed ?? '').matchAll(/IPv([46]) (\d{1,9}) of (\d{1,9})\b/g)]
    .map(([, family, used, limit]) => ({ family, used: Number(used), limit: Number(limit) }))
    .filter(({ used, limit }) => used >= limit / 2);
  const larger = tables.length > 0 ? tables : [4, 6].map((family) => ({ family, limit: 4096 }));
  return larger
    .flatMap(({ family, limit }) => {
      const of = `net.ipv${family}.neigh.default.gc_thresh`;
      return [`${of}2=${limit}`, `${of}3=${2 * limit}`];
    })
    .join(' ');
}

/** What is expected are the lines of the remedy: once is enough. */
function withoutLines(facts: CauseFacts): CauseFacts {
  return facts.expected === null || commandsFor([facts.expected]).length === 0 ? facts : { ...facts, expected: null };
}

/** The lines that set what was found to differ, or where to look where nothing can be set. */
function settingLine({ wanted, expected }: CauseFacts): string {
  const commands = commandsFor(wanted ?? (expected === null ? [] : [expected]));
  if (commands.length === 0) {
    return 'Change one at a time and measure; the values in force show in: sysctl net.core.rmem_max net.core.wmem_max net.ipv4.tcp_congestion_control net.core.default_qdisc';
  }
  return `Until the next start: ${commands.join(' && ')} (to keep a setting: NAME = VALUE in /etc/sysctl.d/60-network.conf)`;
}
