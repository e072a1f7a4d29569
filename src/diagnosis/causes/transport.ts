import type { CauseFacts } from '../cause.js';
import { commandWords, onPlatform } from '../command-words.js';
import { BLOCKS, SEEN_AT_PORT } from './effects.js';
import { defineCauses, found, portNames, target, targetFirst, toTarget } from './phrases.js';
import { ANY_BASIS, TLS_UNSPOKEN } from './rivals.js';

/** Who listens: on this machine where it is the target, otherwise to be run over there, where Linux is the likeliest. */
function whoListens(facts: CauseFacts): string {
  const words = commandWords(facts);
  // A listener that is missed on this machine belongs to no target.
  if (words.host === 'TARGET') return 'Start the service on the machine that should have it; what listens there shows in: ss -ltnp';
  const udp = facts.ports?.[0]?.protocol === 'udp';
  const sockets = udp ? 'ss -lun' : 'ss -ltn';
  const filter = (facts.ports?.length ?? 0) > 1 ? '' : ` sport = :${words.port}`;
  if (!words.local) return `On the target, see whether the service runs and on which address it listens: ${sockets}${filter}`;
  return onPlatform(facts, {
    linux: `Start the service; what listens on the port shows in: ${sockets}p${filter}`,
    darwin: `Start the service; what listens on the port shows in: lsof -nP ${udp ? `-iUDP:${words.port}` : `-iTCP:${words.port} -sTCP:LISTEN`}`,
    win32: `Start the service; what listens on the port shows in: ${udp ? 'Get-NetUDPEndpoint' : 'Get-NetTCPConnection -State Listen'} -LocalPort ${words.port}`,
  });
}

/** The rules of this machine's own firewall, read only. */
export function localFirewall(facts: CauseFacts): string {
  return onPlatform(facts, {
    linux: 'sudo nft list ruleset',
    darwin: 'sudo pfctl -s rules',
    win32: 'Get-NetFirewallRule -Direction Outbound -Action Block -Enabled True',
  });
}

/** Layer 4: connections and datagrams to a port. */
export const TRANSPORT_CAUSES = defineCauses({
  'port-closed': {
    title: 'The port is closed',
    meaning:
      'A refusal comes back: a reset (RFC 9293) or, always for a UDP port, ICMP port unreachable; connect(2) reports both alike. As a rule the host itself sends it, since nothing listens on this port, but a firewall can refuse in its name. The network up to whoever refuses works.',
    causes: [
      'The service is not running, has crashed or is still starting.',
      'The service listens on another port, or only on loopback or on another address.',
      'The name leads to the wrong machine.',
      'A firewall that answers with a reset, or with ICMP port unreachable, in place of silence.',
      'A container whose port is not published.',
    ],
    explains: [BLOCKS, SEEN_AT_PORT],
    answered: true,
    tellApart: [
      'On the target, `ss -ltn` lists the listeners: absent is not running; 127.0.0.1 or ::1 is loopback only.',
      'A connection from the target to itself works: the binding or a firewall. It fails too: the service.',
      'A reset that comes much faster than the ping takes was sent by a firewall on the way.',
    ],
    remedies: [
      'Start the service, and look into its log for why it stopped.',
      'Let it listen on the address by which it is reached, where it is meant to be reached from outside.',
      'Correct the port or the name in the configuration of the client.',
    ],
    summary: (facts) =>
      facts.target === null
        ? `On this machine nothing listens where something should${found(facts)}.`
        : `${targetFirst(facts)} refuses${portNames(facts) || ' the connection'}: nothing listens there, or a firewall refuses in its name${found(facts)}.`,
    remedy: whoListens,
  },

  'port-filtered': {
    title: 'The port does not answer',
    meaning:
      'Neither an acceptance nor a refusal comes back: something drops the packets without a word. Usually that is a firewall, here, on the way or on the target. A UDP port that stays silent may also just have nothing to say.',
    causes: [
      'A firewall or security group on the side of the target does not allow this source or port.',
      'An outbound filter in this network (companies and hotels often allow 80 and 443 only).',
      'A firewall on this machine.',
      'The host behind the address is off; then other ports and ping are silent too.',
      'Answers take another way back, and a stateful firewall drops them.',
    ],
    explains: [BLOCKS, SEEN_AT_PORT],
    tellApart: [
      'Other ports of the host answer: a filter for this port. None does: the host, or a filter for this source.',
      'From another network it is open: the filter is near this machine or is about this source address.',
      "On the target, `sudo tcpdump -ni any port PORT`: nothing arrives means a filter before it; requests without answers means the target's own firewall.",
    ],
    remedies: [
      'Ask the operator of the target to allow this source address and port.',
      'Ask the operator of this network to allow the port outbound, or use the port or proxy that is allowed.',
      'Check the firewall of this machine.',
    ],
    summary: (facts) => {
      const port = portNames(facts);
      if (facts.ports?.[0]?.protocol === 'udp')
        return `Nothing comes back from${port} of ${target(facts)}: the service there is silent, or something drops the datagrams${found(facts)}.`;
      return `Something on the way drops connections to${port === '' ? '' : `${port} of`} ${target(facts)} without an answer${found(facts)}.`;
    },
    remedy: (facts) =>
      `Rule out this machine's own firewall, then ask the operator of the target to allow this source address: ${localFirewall(facts)}`,
  },

  'port-rejected': {
    title: 'A firewall rejects the port',
    meaning:
      'A firewall or router answers in place of the service and says no, by an ICMP message such as "administratively prohibited" (RFC 1812, RFC 4443). Unlike silence, this is quick and deliberate; its sender is known.',
    causes: [
      'A firewall on the target with a reject rule for this port or source.',
      'An outbound rule of this network or of this machine.',
      'An access list on a router in between.',
    ],
    explains: [BLOCKS, SEEN_AT_PORT],
    tellApart: [
      'The sender of the ICMP message is the device that has the rule: the target itself, a router, or this machine.',
      'A refusal within less than 0.1 ms comes from this machine.',
      'Other ports of the same host answer: the rule is about this port.',
    ],
    remedies: [
      'Ask the operator of the device that sent the message to allow this source and port.',
      'Use the permitted way: a proxy, a VPN, another port.',
    ],
    summary: (facts) => {
      const port = portNames(facts);
      return `A firewall or router rejects ${port === '' ? 'connections to' : `${port.trim()} of`} ${target(facts)} and says so${found(facts)}.`;
    },
    remedy: (facts) => `Rule out this machine's own firewall, then ask the operator of the device that answered: ${localFirewall(facts)}`,
  },

  'tcp-retransmissions': {
    title: 'TCP has to send segments again',
    meaning:
      'The kernel repeated segments because their acknowledgement did not come in time (RFC 6298, RFC 8985). A few are normal; each one costs at least one more round trip, and a lost first SYN a whole second.',
    causes: [
      'Packet loss on the way, see the loss findings.',
      'A black hole for large packets (see mtu-blackhole): then only the large segments are repeated, again and again.',
      "The target's queue of new connections is full, so that SYNs are dropped.",
      'A firewall or address translation that has lost the state of the connection.',
    ],
    slows: true,
    tellApart: [
      'Ping to the same host loses as well: the path. It does not: the target, or the size.',
      '`ss -tin dst ADDRESS` shows retrans, mss, pmtu and rtt of each connection.',
      'On the target, `nstat -az TcpExtListenOverflows TcpExtListenDrops` that grow mean a full queue of new connections.',
    ],
    remedies: [
      'Remove the loss first; retransmissions are its echo.',
      'On a target with a full queue, enlarge the backlog of the service and `net.core.somaxconn`.',
    ],
    summary: (facts) => `TCP has to repeat segments${toTarget(facts)}${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return onPlatform(facts, {
        linux: `Look for packet loss first; what the kernel counts for each connection shows in: ss -tin dst ${words.address}`,
        darwin: 'Look for packet loss first; what the kernel counts shows in: netstat -s -p tcp',
        win32: 'Look for packet loss first; what the system counts shows in: netstat -s -p tcp',
      });
    },
  },

  'tcp-reset': {
    title: 'The connection opens, then is reset',
    meaning:
      'The port accepts the connection, and at once or soon after it a reset ends it (RFC 9293). So somebody listens; either the service gives up on the connection, or a device on the way cuts it.',
    causes: [
      'The service crashes, restarts, or closes while data is still unread.',
      'A load balancer or container proxy accepts, and has no healthy server behind it.',
      'An access list in the service (allowed addresses, connection limit) that closes at once.',
      'The client speaks another protocol than the service: plain text to TLS, or TLS to plain text.',
      'An inspecting firewall forges resets for certain names or contents.',
    ],
    explains: [SEEN_AT_PORT, BLOCKS],
    against: [
      { kinds: ['l6.protocol'], of: 'same', says: 'a TLS handshake with the same port was finished' },
      { kinds: ['l7.http'], of: 'same', says: 'a request at the same port was answered' },
    ],
    cannotBeToldFrom: [TLS_UNSPOKEN],
    toldBy: ['handshake-variants'],
    tellApart: [
      'In a capture (`sudo tcpdump -nvi INTERFACE host ADDRESS`), a reset whose time to live differs from that of the SYN-ACK was not sent by the target.',
      'The reset follows only after the TLS hello with this server name: a filter by name.',
      'It always comes after the same idle time: the time-out of a firewall or load balancer.',
      'The log of the service at that moment names its own reason, if it was the service.',
    ],
    remedies: [
      'Read the log of the service, and check the health of the servers behind the load balancer.',
      'Ask whether the service allows this source address.',
      'For idle connections, turn on keep-alive below the time-out.',
    ],
    summary: (facts) => `${targetFirst(facts)} accepts the connection and then resets it${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return `Check in the service's log whether it cuts the connection itself, and whether it speaks TLS: netdiag tls ${words.endpoint}`;
    },
  },

  'service-silent': {
    title: 'The connection opens, and the service never speaks',
    meaning:
      'The connection is accepted, but no byte of an answer comes, although one is due: it stays open in silence, or is closed in good order without a word. The kernel, or a proxy, accepts connections also for a program that hangs; an open port alone proves little.',
    causes: [
      'The program behind the port hangs, or waits for something that does not answer (a database, a disk, a lock).',
      'All its workers are busy, and the connection waits in the queue.',
      'A load balancer, SYN proxy or firewall accepts in place of a service that is absent.',
      'The service waits for the client to speak first, or for another protocol.',
      'It closes without a word: an access list, a limit on connections, a crash, or a proxy without a healthy server behind it.',
      'Large packets vanish on the way back (see mtu-blackhole): the answer was sent and did not arrive.',
    ],
    explains: [BLOCKS],
    against: [
      { kinds: ['l6.protocol'], of: 'same', says: 'a TLS handshake with the same port was finished' },
      { kinds: ['l7.http'], of: 'same', says: 'a request at the same port was answered' },
    ],
    cannotBeToldFrom: [
      {
        code: 'mtu-blackhole',
        toldBy: 'whether segments of full size get through in both directions',
        inquiry: 'segments',
        ofBasis: ANY_BASIS,
      },
      {
        code: 'tls-handshake-failed',
        toldBy: 'whether the same handshake with another name, size or version is answered',
        inquiry: 'handshake-variants',
        ofBasis: ANY_BASIS,
      },
    ],
    toldBy: ['handshake-variants', 'segments'],
    tellApart: [
      'On the target, `ss -ltn`: a Recv-Q as large as Send-Q on the listener means a full queue.',
      'From the target itself it answers: the path, not the program.',
      'A short answer arrives and a long one does not: mtu-blackhole.',
    ],
    remedies: [
      'Read the log of the service and restart it, once what it waits for is known.',
      'Give it more workers, or a time-out on what it waits for.',
      'Check that client and service speak the same protocol on this port.',
    ],
    summary: (facts) => `${targetFirst(facts)} accepts the connection but never answers on it${found(facts)}.`,
    remedy: (facts) =>
      `Look at the service's log; on its machine, a Recv-Q that stays above 0 means that it takes no connections: ss -ltn sport = :${commandWords(facts).port}`,
  },

  'service-unexpected': {
    title: 'Another service answers at the port',
    meaning:
      'The port is open and what answers there speaks, but not the protocol that belongs to the port: its first words are those of something else. A client that expects the right one gives up, often without saying why.',
    causes: [
      'Another program was given the port, or a forward or a balancer leads to the wrong one.',
      'The port or the host in the configuration of the client is the wrong one.',
      'A proxy, a login page or a security device answers in place of the service.',
      'TLS stands in front of the service, and answers in its own words.',
    ],
    explains: [BLOCKS],
    answered: true,
    tellApart: [
      'The check quotes the first line that came: as a rule it names the program.',
      'On the target, `ss -ltnp` says which program listens at the port.',
      'From another network the right service answers: something on the way takes its place.',
    ],
    remedies: [
      'Correct the port or the host that the client uses.',
      'Give the port back to its service, or correct the forward that leads to it.',
    ],
    summary: (facts) => `At ${target(facts)} another service answers than the port is for${found(facts)}.`,
    remedy: (facts) => `On the target, see which program has the port: ss -ltnp sport = :${commandWords(facts).port}`,
  },

  'quic-blocked': {
    title: 'QUIC (UDP) is blocked',
    meaning:
      'QUIC and HTTP/3 run over UDP, usually port 443 (RFC 9000, RFC 9114). Here it is to be expected, nothing answers over UDP, and TCP to the same server works. Browsers fall back to TCP; it works, a little slower. A server that has no QUIC is in order, and is not held against the network.',
    causes: [
      'A firewall allows only TCP outbound; many companies block UDP 443 on purpose.',
      'The server offers HTTP/3, and its own firewall or balancer lets no UDP through.',
      'An address translation that forgets UDP within seconds.',
      'The path takes less than the 1200 bytes that QUIC needs (RFC 9000 section 14).',
    ],
    against: [{ kinds: ['l4.quic'], of: 'other', says: 'another server answers QUIC, so the network lets it out' }],
    tellApart: [
      'The answer over TCP has an `alt-svc` header with h3: the server offers it, so the block is on the way.',
      'Other QUIC servers are silent as well: this network. Only one: that server.',
    ],
    remedies: [
      'Allow UDP 443 outbound where QUIC is wanted.',
      'Where the block is meant, let the firewall reject rather than drop, so that clients fall back at once.',
    ],
    summary: (facts) => `QUIC over UDP${toTarget(facts)} does not get through, while TCP does${found(facts)}.`,
    remedy: (facts) => `If QUIC is wanted, allow UDP 443 outbound; this machine's own rules show in: ${localFirewall(facts)}`,
  },
});
