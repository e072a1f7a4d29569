/** Numbers of the Linux user-space API, named as in its headers. Valid on x86-64 and arm64. Source: include/uapi in the kernel tree. */

export const EAGAIN = 11;
export const EISCONN = 106;
export const ECONNREFUSED = 111;
export const EALREADY = 114;
export const EINPROGRESS = 115;

export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;

export const NETLINK_ROUTE = 0;
export const NETLINK_GENERIC = 16;

export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_NONBLOCK = 0o4000;
export const SOCK_CLOEXEC = 0o2000000;

export const IPPROTO_IP = 0;
export const IPPROTO_ICMP = 1;
export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const IPPROTO_IPV6 = 41;
export const IPPROTO_ICMPV6 = 58;

export const SOL_SOCKET = 1;
export const SOL_RAW = 255;

export const SO_ERROR = 4;
export const SO_SNDBUF = 7;
export const SO_RCVBUF = 8;
export const SO_BINDTODEVICE = 25;
export const SO_RCVBUFFORCE = 33;
export const SO_TIMESTAMPING = 37;
export const SO_RXQ_OVFL = 40;
export const SO_MEMINFO = 55;

export const IP_TTL = 2;
export const IP_MTU_DISCOVER = 10;
export const IP_RECVERR = 11;
export const IP_RECVTTL = 12;
export const IP_MTU = 14;
export const IP_BIND_ADDRESS_NO_PORT = 24;
export const IP_RECVERR_RFC4884 = 26;

export const IPV6_UNICAST_HOPS = 16;
export const IPV6_MTU_DISCOVER = 23;
export const IPV6_MTU = 24;
export const IPV6_RECVERR = 25;
export const IPV6_RECVERR_RFC4884 = 31;
export const IPV6_RECVHOPLIMIT = 51;
export const IPV6_HOPLIMIT = 52;

/** Set the don't-fragment bit up to the path MTU that the kernel knows, and fragment what is larger: the system's default. */
export const PMTUDISC_WANT = 1;
/** Set the don't-fragment bit, and ignore the path MTU that the kernel has cached: the probe finds it out itself. */
export const PMTUDISC_PROBE = 3;

export const ICMP_FILTER = 1;
export const ICMPV6_FILTER = 1;

export const TCP_NODELAY = 1;
export const TCP_MAXSEG = 2;
export const TCP_INFO = 11;

export const MSG_DONTWAIT = 0x40;
export const MSG_ERRQUEUE = 0x2000;
export const MSG_TRUNC = 0x20;

export const POLLIN = 0x001;
export const POLLOUT = 0x004;
export const POLLERR = 0x008;
export const POLLHUP = 0x010;

export const EPOLL_CTL_ADD = 1;
export const EPOLL_CTL_DEL = 2;

export const SOF_TIMESTAMPING_TX_SOFTWARE = 1 << 1;
export const SOF_TIMESTAMPING_RX_SOFTWARE = 1 << 3;
export const SOF_TIMESTAMPING_SOFTWARE = 1 << 4;
export const SOF_TIMESTAMPING_OPT_ID = 1 << 7;
export const SOF_TIMESTAMPING_OPT_TSONLY = 1 << 11;

/** `ee_origin` of `struct sock_extended_err` (linux/errqueue.h). */
export const SO_EE_ORIGIN_LOCAL = 1;
export const SO_EE_ORIGIN_ICMP = 2;
export const SO_EE_ORIGIN_ICMP6 = 3;
export const SO_EE_ORIGIN_TIMESTAMPING = 4;

/** `flags` of `struct sock_ee_data_rfc4884`: the kernel found the extension structure malformed. */
export const SO_EE_RFC4884_FLAG_INVALID = 1;

export const SIOCGIFFLAGS = 0x8913;
export const SIOCGIFMTU = 0x8921;
export const SIOCGIFHWADDR = 0x8927;
export const SIOCGIFINDEX = 0x8933;
export const IFF_UP = 0x1;
export const IFF_LOOPBACK = 0x8;
export const IFF_POINTOPOINT = 0x10;
export const IFF_RUNNING = 0x40;
export const IFF_NOARP = 0x80;

/** `ARPHRD_ETHER`: the family of a hardware address of 6 bytes, be it of a cable, a radio, a bridge or a veth. */
export const ARPHRD_ETHER = 1;
/** EtherTypes of linux/if_ether.h. */
export const ETH_P_ARP = 0x0806;
export const ETH_P_IPV6 = 0x86dd;
