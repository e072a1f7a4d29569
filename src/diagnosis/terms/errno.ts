import type { Explanation } from '../explanation.js';

export type ErrnoText = Pick<Explanation, 'layer' | 'title' | 'meaning' | 'causes' | 'tellApart' | 'remedies' | 'related'>;

/** Errors of socket calls by name (POSIX.1-2024 and Linux), as they show in `attempt.code` and in the messages of other programs. */
export const ERRNO_TEXTS: Readonly<Record<string, ErrnoText>> = {
  EACCES: {
    layer: null,
    title: 'Permission denied',
    meaning:
      'The system does not permit the call: a prohibit route or a firewall rule for the destination, or a right that the user lacks.',
    causes: [
      'A route of type prohibit, or a firewall rule that rejects the packet on this machine.',
      'A port below 1024 is to be listened on without the right to do so.',
      'A broadcast address as destination, without the option for it.',
    ],
    tellApart: ['`ip route get ADDRESS` fails with "Permission denied": a prohibit route.', 'As root it works: the right.'],
    remedies: [
      'Correct the route or rule, or use a permitted destination.',
      'Give the service the right to low ports alone (CAP_NET_BIND_SERVICE), not root.',
    ],
    related: ['route-prohibited'],
  },
  EADDRINUSE: {
    layer: 4,
    title: 'Address already in use',
    meaning: 'The local address and port are taken by another socket.',
    causes: [
      'Another service, or an old instance of the same, listens on the port.',
      'A connection from there is still in TIME-WAIT, and SO_REUSEADDR is not set.',
    ],
    tellApart: ['`sudo ss -ltnup` names the holder; none there means TIME-WAIT.'],
    remedies: ['Stop the other service, or choose another port.', 'Set SO_REUSEADDR in the program, or wait a minute.'],
    related: ['listener-conflict'],
  },
  EADDRNOTAVAIL: {
    layer: 4,
    title: 'No local address or port available',
    meaning: 'The source address does not belong to this machine, or no free local port is left for the destination.',
    causes: [
      'The program binds to an address that this machine does not, or no longer, have.',
      'All local ports towards this destination are in use.',
      'IPv6 is wanted on a machine without IPv6 address.',
    ],
    tellApart: ['`ip -br address` lacks the address: the first. `ss -s` counts tens of thousands of connections: the second.'],
    remedies: ['Correct the source address.', 'Reuse connections, or widen `net.ipv4.ip_local_port_range`.'],
    related: ['ephemeral-ports-exhausted', 'no-address', 'ipv6-broken'],
  },
  EAFNOSUPPORT: {
    layer: 3,
    title: 'Address family not supported',
    meaning: 'The system knows no addresses of that kind: as a rule, its kernel runs without IPv6.',
    causes: ['The kernel was started without IPv6 (`ipv6.disable=1`), or built without it.', 'A sandbox forbids sockets of that family.'],
    tellApart: ['`cat /proc/net/if_inet6` says that there is no such file: the kernel.'],
    remedies: ['Use IPv4 (`-4`), or start the kernel with IPv6.'],
    related: ['no-address', 'ipv6-broken'],
  },
  ECONNABORTED: {
    layer: 4,
    title: 'Connection aborted on this side',
    meaning: 'The connection was given up by the system of this machine or by the program itself, not by the other side.',
    causes: [
      'The program closed it before it was complete.',
      'The interface or its address went away under it.',
      'Security software on this machine cut it.',
    ],
    tellApart: ['`ip monitor link address` shows whether interface or address change at that moment.'],
    remedies: ['Try again; if it repeats, look at the link and at security software.'],
    related: ['connectivity-intermittent', 'tcp-reset'],
  },
  ECONNREFUSED: {
    layer: 4,
    title: 'Connection refused',
    meaning:
      'The host answered that nothing listens on the port: a reset to a SYN (RFC 9293), or ICMP port unreachable to a datagram. The way to it works.',
    causes: [
      'The service is not running, or listens on another port or address.',
      'The name leads to the wrong host.',
      'A firewall that refuses in place of dropping.',
    ],
    tellApart: [
      'On the target, `ss -ltn` shows what listens.',
      'A refusal that comes faster than the ping takes was sent by a device on the way.',
    ],
    remedies: ['Start the service, or correct port and host.'],
    related: ['port-closed', 'port-rejected'],
  },
  ECONNRESET: {
    layer: 4,
    title: 'Connection reset by the other side',
    meaning: 'An existing connection was cut by a reset (RFC 9293). It comes from the other side, or from a device on the way in its name.',
    causes: [
      'The service crashed, restarted, or closed with data unread.',
      'A load balancer has no healthy server behind it.',
      'A firewall forgot the idle connection, or cuts it for its content.',
    ],
    tellApart: [
      'Always after the same idle time: a time-out on the way.',
      'The log of the service knows nothing of it: a device on the way.',
    ],
    remedies: ['Read the log of the service.', 'Turn on keep-alive below the time-out of devices on the way.'],
    related: ['tcp-reset'],
  },
  EHOSTDOWN: {
    layer: 2,
    title: 'Host is down',
    meaning:
      'The kernel tried to learn the link address of a neighbour, and nobody answered. macOS and the BSDs say so where Linux says EHOSTUNREACH.',
    causes: ['The host is off, or has another address.', 'It is in another VLAN, or client isolation separates the two.'],
    tellApart: ['`arp -an` shows the entry as incomplete.'],
    remedies: ['Check that the host is on, and on the same network.'],
    related: ['neighbor-unresolved', 'host-unreachable'],
  },
  EHOSTUNREACH: {
    layer: 3,
    title: 'No route to host',
    meaning:
      'A router answered that it cannot reach the host (ICMP host unreachable, RFC 792 and RFC 4443), a firewall rejects with that message, or the link address of the next hop was not learned.',
    causes: [
      'The host is off, or its address has changed.',
      'The gateway or neighbour does not answer on the link.',
      'A firewall that rejects with "host prohibited", as firewalld does.',
    ],
    tellApart: [
      '`ip neigh show` with FAILED: the link. No such entry: the message came from a router or firewall.',
      'Ping works and only this port fails: a firewall.',
    ],
    remedies: ['Check that the host is on; check the gateway.', 'Have the firewall of the host allow the port.'],
    related: ['host-unreachable', 'neighbor-unresolved', 'port-rejected'],
  },
  EINVAL: {
    layer: 3,
    title: 'Invalid argument',
    meaning:
      'The kernel does not take the destination as it is. On Linux a blackhole route gives this error; otherwise address and socket do not fit each other.',
    causes: [
      'A blackhole route covers the destination.',
      'A link-local IPv6 address without its zone (`%eth0`).',
      'A loopback source for an outside destination.',
    ],
    tellApart: ['`ip route show table all type blackhole` lists such routes.'],
    remedies: ['Remove the blackhole route where it is a leftover, or name the zone.'],
    related: ['route-prohibited'],
  },
  EMFILE: {
    layer: null,
    title: 'Too many open files in this process',
    meaning: 'The process has used up its file descriptors, and each socket needs one. The network is not at fault.',
    causes: ['Connections or files are opened and never closed.', 'More connections at once than the limit allows (often 1024).'],
    tellApart: ['`ls /proc/PID/fd | wc -l` that only grows is a leak; `ulimit -n` shows the limit.'],
    remedies: ['Close what is no longer used; ask for less at once.', 'Raise the limit of the service (LimitNOFILE in systemd).'],
    related: ['ephemeral-ports-exhausted'],
  },
  EMSGSIZE: {
    layer: 3,
    title: 'Message too long',
    meaning: 'The packet is larger than the interface, or the path as far as it is known, takes, and it may not be fragmented.',
    causes: [
      'A datagram larger than the MTU was sent with fragmentation forbidden.',
      'A router announced a smaller path MTU, and the kernel remembers it.',
      'The datagram exceeds 65535 bytes.',
    ],
    tellApart: ['`ip link show` gives the MTU of the interface; `ip route get ADDRESS` the remembered one of the path.'],
    remedies: ['Send smaller datagrams; this error is how path MTU discovery works.'],
    related: ['mtu-reduced', 'mtu-mismatch', 'mtu-blackhole'],
  },
  ENETDOWN: {
    layer: 2,
    title: 'Network is down',
    meaning: 'The interface through which the packet should leave is down.',
    causes: ['It was switched off, or lost its carrier.', 'It is being set up anew at this moment.'],
    tellApart: ['`ip link show` shows its state.'],
    remedies: ['Bring it up: `sudo ip link set dev INTERFACE up`.'],
    related: ['interface-down', 'no-carrier'],
  },
  ENETUNREACH: {
    layer: 3,
    title: 'Network is unreachable',
    meaning:
      'There is no route to the destination: usually the routing table of this machine has none, seldom a router says so (ICMP network unreachable).',
    causes: ['No default route.', 'No IPv6 on this machine, and an IPv6 destination.', 'An unreachable route, as VPN programs set them.'],
    tellApart: ['`ip route get ADDRESS` fails at once: this machine. It answers: a router said so.'],
    remedies: ['Renew the lease, or add the route.', 'Use IPv4 where the machine has no IPv6.'],
    related: ['no-default-route', 'ipv6-broken', 'route-prohibited'],
  },
  ENFILE: {
    layer: null,
    title: 'Too many open files in the system',
    meaning: 'All processes together have used up the file descriptors of the system. The network is not at fault.',
    causes: ['A process leaks descriptors.', 'The limit is too small for the load.'],
    tellApart: ['`cat /proc/sys/fs/file-nr` shows used and allowed.'],
    remedies: ['Find and restart the process that leaks.', 'Raise it: `sudo sysctl -w fs.file-max=1000000`.'],
    related: [],
  },
  ENOBUFS: {
    layer: 2,
    title: 'No buffer space available',
    meaning: 'The queue of the interface, or the memory for network buffers, is full: packets are made faster than they leave.',
    causes: [
      'More is sent than the link carries.',
      'The interface is stuck, or a VPN interface takes nothing.',
      'A table of the kernel is full, as that of the neighbours.',
    ],
    tellApart: [
      '`ip -s link show` with growing drops on the sending side: the queue.',
      'The kernel log says "neighbour table overflow": that table.',
    ],
    remedies: ['Send more slowly.', 'For a full neighbour table: `sudo sysctl -w net.ipv4.neigh.default.gc_thresh3=8192`.'],
    related: ['interface-errors'],
  },
  ENODEV: {
    layer: 2,
    title: 'No such device',
    meaning: 'There is no interface by this name.',
    causes: ['A spelling mistake.', 'The interface was unplugged or renamed, or its driver is missing.'],
    tellApart: ['`ip -br link` lists the interfaces that exist.'],
    remedies: ['Use a name from that list.'],
    related: ['interface-down'],
  },
  ENOPROTOOPT: {
    layer: null,
    title: 'Protocol option not available',
    meaning: 'The kernel does not know an option that the program sets on a socket; from a connection, ICMP said "protocol unreachable".',
    causes: [
      'A kernel that is older than the option, or one that only stands in for Linux (WSL 1, some sandboxes).',
      'The other host does not speak the protocol at all.',
    ],
    tellApart: ['It comes at once, to every destination: the kernel of this machine.'],
    remedies: ['Run it on a newer or a real Linux kernel; netdiag goes on by its next best method.'],
    related: ['host-unreachable'],
  },
  EPERM: {
    layer: null,
    title: 'Operation not permitted',
    meaning: 'The system forbids the call to this user or, for sending on Linux, a firewall rule of this machine drops the packet.',
    causes: [
      'An outbound firewall rule on this machine, or a full connection table.',
      'A raw socket without root or CAP_NET_RAW.',
      'A container or sandbox that forbids the call.',
    ],
    tellApart: [
      'It comes when sending: the firewall. It comes when opening the socket: the right.',
      '`sudo nft list ruleset` shows outbound rules.',
    ],
    remedies: [
      'Allow the traffic in the local firewall.',
      'For ping without root: `sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"`.',
    ],
    related: ['port-filtered', 'conntrack-full'],
  },
  EPIPE: {
    layer: 4,
    title: 'Broken pipe',
    meaning: 'The program wrote to a connection that the other side, or it itself, had already closed.',
    causes: ['The other side closed early: an error, a time-out, or it had enough.', 'A device on the way cut the connection before.'],
    tellApart: ['The log of the other side names its reason for closing.'],
    remedies: ['Read before writing on, and treat the end of the connection as an answer.'],
    related: ['tcp-reset'],
  },
  ETIMEDOUT: {
    layer: null,
    title: 'Timed out',
    meaning: 'No answer came until the system, or the program, gave up. Silence does not tell whether the question or the answer was lost.',
    causes: [
      'A firewall drops the packets.',
      'The host is off, or the way is broken.',
      'Heavy loss, or a path that swallows large packets.',
    ],
    tellApart: [
      'Other ports of the host answer: a firewall. Nothing of it answers: host or way.',
      'It opens, and hangs later: see mtu-blackhole.',
    ],
    remedies: ['Find the layer: `netdiag full-report TARGET`.'],
    related: ['port-filtered', 'host-unreachable', 'mtu-blackhole'],
  },
};
