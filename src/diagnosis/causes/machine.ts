import { commandWords, onPlatform } from '../command-words.js';
import { BLOCKS } from './effects.js';
import { defineCauses, found, toTarget, twice } from './phrases.js';

/** Layer 4: this machine's own listeners, firewall and kernel tables. */
export const MACHINE_CAUSES = defineCauses({
  'listener-conflict': {
    title: 'Two services want the same port',
    meaning:
      'A port that one service is meant to have is taken by another, or two share it by SO_REUSEPORT without knowing of each other. The second one fails to start ("address already in use"), or each gets a part of the connections.',
    causes: [
      'An old instance of the same service is still running.',
      'Two services have the same port in their configuration.',
      'A system service holds it (for example a local resolver on port 53, a web server on port 80).',
      'A container publishes the port as well.',
    ],
    answered: true,
    tellApart: [
      '`sudo ss -ltnup` names process and PID of each listener; a docker-proxy or rootlessport is a container.',
      'The same program twice: an old instance. Two programs: the configuration.',
    ],
    remedies: [
      'Stop the one that is not wanted by its service manager (`systemctl stop SERVICE`).',
      'Give one of them another port.',
      'Bind each to its own address, where both are needed on the same port.',
    ],
    summary: (facts) => `Two services on this machine want the same port${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      const port = words.port === 'PORT' ? '' : ` sport = :${words.port}`;
      return onPlatform(facts, {
        linux: `See who holds the port, then move one of the two: sudo ss -ltnup${port}`,
        darwin: 'See who holds the port, then move one of the two: sudo lsof -nP -iTCP -sTCP:LISTEN',
        win32:
          'See who holds the port, then move one of the two: Get-NetTCPConnection -State Listen | Select-Object LocalAddress,LocalPort,OwningProcess',
      });
    },
  },

  'listener-exposed': {
    title: 'An internal service listens for everybody',
    meaning:
      'A service that is meant for this machine or an inner network listens on all addresses (0.0.0.0 or ::), so whoever reaches the machine reaches the service, unless a firewall stands in front. Databases, caches and admin pages without password are found within hours.',
    causes: [
      'The default of the software is to listen on all addresses.',
      'A container port was published without an address (`-p 6379:6379`); Docker writes its own rules, which pass by ufw and firewalld.',
      'A development server was started with a host option of 0.0.0.0.',
    ],
    answered: true,
    tellApart: [
      '`ss -ltn`: a local address of 0.0.0.0, * or [::] is all; 127.0.0.1 or [::1] is this machine only.',
      'A connection from another machine says whether a firewall covers it.',
    ],
    remedies: [
      'Bind it to 127.0.0.1 and ::1, or to the address of the inner network, in its own configuration.',
      'Publish container ports with an address: `-p 127.0.0.1:6379:6379`.',
      'Set a password or client certificate, and a firewall rule besides.',
    ],
    summary: (facts) => `A service that should be internal listens on all addresses of this machine${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Bind it to 127.0.0.1 in its configuration; what listens where shows in: sudo ss -ltnup',
        darwin: 'Bind it to 127.0.0.1 in its configuration; what listens where shows in: sudo lsof -nP -iTCP -sTCP:LISTEN',
        win32: 'Bind it to 127.0.0.1 in its configuration; what listens where shows in: Get-NetTCPConnection -State Listen',
      }),
  },

  'firewall-inactive': {
    title: 'No firewall rules are in force on this machine',
    meaning:
      'The host firewall is off, or accepts everything inbound. Every listener on this machine is open to whoever can route to it; a router with address translation in front hides that for IPv4, often not for IPv6. Traffic works: this is about exposure.',
    causes: [
      'No firewall was ever set up, as on many images of providers and on WSL2.',
      'It was switched off for a test and stayed off.',
      'The service that loads the rules failed at start.',
      'The firewall is outside on purpose (security group, router).',
    ],
    answered: true,
    tellApart: [
      '`sudo nft list ruleset` is empty, or its input chain has policy accept and no rules.',
      '`systemctl status nftables ufw firewalld` shows a service that is off or failed.',
      'A port scan from outside shows what is really open.',
    ],
    remedies: [
      'First allow what you yourself come in by (SSH), then turn it on: `sudo ufw allow OpenSSH`, then `sudo ufw enable`.',
      'Default: drop inbound; allow established connections, loopback, ICMP and ICMPv6 as RFC 4890 says, and the wanted ports.',
      'Where a firewall outside does it, note that in the policy and leave it.',
    ],
    summary: (facts) => `No firewall on this machine restricts who may connect to it${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Before you turn one on, allow the way you come in by (SSH); the rules in force show in: sudo nft list ruleset',
        darwin:
          'Turn it on in System Settings, Network, Firewall; its state shows in: /usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate',
        win32: 'Before you turn it on, allow the way you come in by (Remote Desktop, SSH); its state shows in: Get-NetFirewallProfile',
      }),
  },

  'ephemeral-ports-exhausted': {
    title: 'No local port is left for new connections',
    meaning:
      'Each connection to one destination needs its own local port (RFC 6056), and the range is used up: new connections fail at once with EADDRNOTAVAIL, while the network is well. Closed connections keep their port for a while (TIME-WAIT, RFC 9293; 60 seconds on Linux).',
    causes: [
      'A program opens a new connection for each request instead of keeping them.',
      'Connections are never closed (many in ESTABLISHED or CLOSE-WAIT).',
      'A load test or crawler that runs faster than TIME-WAIT frees ports.',
      'A narrow port range in the kernel settings.',
      'One translated address for many machines: then the router, not this machine, has run out.',
    ],
    explains: [BLOCKS],
    tellApart: [
      '`ss -s` counts by state: many in timewait means too many short connections; many established, or CLOSE-WAIT, is a leak.',
      '`ss -tn state time-wait` grouped by peer shows the destination concerned.',
      '`sysctl net.ipv4.ip_local_port_range` shows the range.',
    ],
    remedies: [
      'Keep connections open and reuse them (keep-alive, a pool) in the program.',
      'Widen the range: `sudo sysctl -w net.ipv4.ip_local_port_range="15000 65535"`, beyond the ports of own services.',
      'Use several source or destination addresses.',
    ],
    summary: (facts) => `This machine has no local port left for new connections${toTarget(facts)}${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Find the program that opens so many connections, and let it reuse them: ss -tanp',
        darwin: 'Find the program that opens so many connections, and let it reuse them: netstat -an -p tcp',
        win32: 'Find the program that opens so many connections, and let it reuse them: netstat -ano -p TCP',
      }),
  },

  'conntrack-full': {
    title: 'The connection table of the firewall is full',
    meaning:
      'A stateful firewall or address translation remembers every connection. Its table is full, or nearly so; then packets of new connections are dropped ("nf_conntrack: table full, dropping packet"), while old ones go on: it looks like random loss.',
    causes: [
      'More connections than the table was sized for: many clients, containers, or DNS queries.',
      'Long time-outs: an established but dead connection stays for five days by default on Linux.',
      'A scan, flood or runaway program.',
      'A limit that follows from a small memory of the machine or container host.',
    ],
    explains: [
      // Packets of what is new are lost, which looks like loss or silence anywhere.
      {
        kinds: ['*'],
        codes: [
          'loss-*',
          'connectivity-intermittent',
          'host-unreachable',
          'port-filtered',
          'tcp-retransmissions',
          'dns-unreachable',
          'dns-intermittent',
          'dns-slow',
        ],
        answersToo: true,
      },
    ],
    against: [{ kinds: ['l4.conntrack'], says: 'the table has room' }],
    tellApart: [
      '`sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max`: how full it is.',
      '`sudo conntrack -L` grouped by source or destination shows who fills it.',
      '`journalctl -k` contains "table full" if packets were dropped.',
    ],
    remedies: [
      'Enlarge it to twice what it has: `sudo sysctl -w net.netfilter.nf_conntrack_max=NUMBER` (about 300 bytes of memory for each entry).',
      'Shorten the time-out of established connections: `sudo sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=86400`.',
      'Exempt heavy, harmless traffic from tracking (notrack), such as that of a DNS server.',
    ],
    summary: (facts) => `The connection table of the firewall on this machine is full or nearly full${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: `Enlarge the table, after finding out what fills it: sudo sysctl -w net.netfilter.nf_conntrack_max=${twice(facts, 262_144)}`,
        darwin: 'Look at the state table against its limit: sudo pfctl -s info',
        win32: 'Look at the sessions of the address translation on this machine: Get-NetNatSession',
      }),
  },
});
