import { namedServer, showResolvers } from './dns.js';
import { BLOCKS, NAMES_OF_RESOLVER, SEEN_AT_PORT } from './effects.js';
import { defineCauses, forTarget, found } from './phrases.js';
import { localFirewall } from './transport.js';

/** Layer 7: whether questions get through by each transport. */
export const DNS_TRANSPORT_CAUSES = defineCauses({
  'dns-tcp-blocked': {
    title: 'DNS over TCP is blocked',
    meaning:
      'Questions over UDP are answered, over TCP they are not. TCP is a duty of every server (RFC 7766) and needed for answers too large for a datagram: most names work, and some with long answers (DNSSEC, mail, many addresses) do not.',
    causes: [
      'A firewall allows port 53 for UDP only.',
      'A forwarder in a router that does not know TCP.',
      'The server does not listen on TCP.',
    ],
    explains: [NAMES_OF_RESOLVER],
    tellApart: [
      '`dig +tcp NAME` is refused at once: the server does not listen. It hangs: a filter.',
      'Another server works over TCP: it is this one.',
    ],
    remedies: ['Allow TCP port 53 wherever UDP port 53 is allowed.', 'Use another resolver, where the router cannot do it.'],
    summary: (facts) => `DNS${forTarget(facts)} works over UDP, but not over TCP${found(facts)}.`,
    remedy: (facts) =>
      `Allow TCP port 53 ${namedServer(facts) === null ? 'wherever UDP port 53 is' : `to ${namedServer(facts)} as well`}; this machine's own rules show in: ${localFirewall(facts)}`,
  },

  'dns-plain-blocked': {
    title: 'Plain DNS is blocked',
    meaning:
      'Questions on port 53 to outside resolvers get no answer, while an encrypted transport, or the resolver of the network, does answer. Many networks do so on purpose, to have all names asked through their own resolver.',
    causes: [
      'The firewall of the network allows port 53 only to its own resolver.',
      'A VPN or security program on this machine catches port 53.',
      'The provider filters it.',
    ],
    explains: [
      // The resolvers are there; what is sent to them plainly does not arrive.
      { kinds: ['l7.*'], codes: ['dns-unreachable', 'dns-intermittent', 'dns-slow', 'dns-tcp-blocked'], belowToo: true },
      { kinds: ['l7.name'] },
      // A stub on this machine asks resolvers elsewhere in vain, and says so.
      { kinds: ['l7.name', 'l7.resolver'], codes: ['dns-servfail', 'dns-refused'], answersToo: true, belowToo: true },
      // Where the same resolvers answer what is encrypted, something does answer beyond the gateway.
      { kinds: ['l3.upstream'], codes: ['upstream-unreachable'], belowToo: true },
    ],
    toldBy: ['second-opinion'],
    answered: 'but-for-itself',
    tellApart: ['The resolver handed out by DHCP answers: policy of the network.', 'Without VPN or security program it works: those.'],
    remedies: [
      'Use the resolver that the network hands out.',
      'Where another is needed, ask the operator, or use DNS over TLS or HTTPS if that is permitted.',
    ],
    summary: (facts) => `Plain DNS on port 53 to outside resolvers${forTarget(facts)} is blocked in this network${found(facts)}.`,
    remedy: (facts) => `Use the resolver that the network hands out; what is configured shows in: ${showResolvers(facts)}`,
  },

  'dns-encrypted-blocked': {
    title: 'Encrypted DNS is blocked',
    meaning:
      'DNS over TLS (port 853, RFC 7858) or over HTTPS (RFC 8484) gets no answer, while plain DNS works. Programs that insist on it resolve nothing; those that may fall back do so and become readable to the network.',
    causes: [
      'The network blocks port 853, or known resolvers, so that its own is used.',
      'A TLS inspection proxy (see tls-intercepted), whose certificate the client refuses.',
      'The chosen resolver does not offer this transport.',
    ],
    // Of a target that is such a resolver: nothing works behind its port.
    explains: [{ ...BLOCKS, shownByKinds: ['l4.port'] }, SEEN_AT_PORT],
    toldBy: ['second-opinion'],
    tellApart: [
      'A connection to port 853 hangs: a filter. It is refused: not offered. Certificate errors: inspection.',
      'Another resolver works over the same transport: the first is at fault, or named in a block list.',
    ],
    remedies: [
      'On a managed network use its resolver, and let programs follow the system.',
      'Try DNS over HTTPS in place of TLS: it uses port 443.',
    ],
    summary: (facts) => `Encrypted DNS${forTarget(facts)} does not get through, while plain DNS does${found(facts)}.`,
    remedy: () =>
      'If this network permits it, use DNS over HTTPS (port 443) in place of DNS over TLS (port 853); otherwise its own resolver.',
  },
});
