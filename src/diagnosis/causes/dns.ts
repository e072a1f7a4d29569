import type { CauseFacts } from '../cause.js';
import { commandWords, onPlatform } from '../command-words.js';
import { resolverSettings } from '../machine-commands.js';
import { shellWord } from '../shell-word.js';
import { BLOCKS, NAMES_OF_RESOLVER } from './effects.js';
import { defineCauses, forTarget, found, target } from './phrases.js';

/** The resolvers that this machine is configured with. */
export function showResolvers(facts: CauseFacts): string {
  return onPlatform(facts, {
    linux: resolverSettings(facts) ?? 'cat /etc/resolv.conf',
    darwin: 'scutil --dns',
    win32: 'Get-DnsClientServerAddress',
  });
}

/** The question again, to the server that it was put to. */
export function askName(facts: CauseFacts): string {
  const server = namedServer(facts);
  return `${askOwnResolvers(facts)}${server === null ? '' : ` --server ${server}`}`;
}

function askOwnResolvers(facts: CauseFacts): string {
  return `netdiag dns ${commandWords(facts).name}`;
}

/** The server that the cause is about, where it is none of this machine's and can be typed. */
export function namedServer({ server }: CauseFacts): string | null {
  return shellWord(server ?? null);
}

/** What there is none of: for a question that names its code it can be a record of any type, for a target it is an address. */
function recordOf({ observed }: CauseFacts): string {
  return observed?.startsWith('NXDOMAIN') ? 'record' : 'address';
}

/** Layer 7: answers of resolvers, in RFC 1035 and RFC 8499 terms. What keeps resolvers from being reached is in `dns-transport.ts`. */
export const DNS_CAUSES = defineCauses({
  'dns-no-resolver': {
    title: 'No DNS resolver is configured',
    meaning: 'This machine does not know whom to ask for names. Connections to IP addresses may work; every name fails at once.',
    causes: [
      'DHCP or router advertisements named no resolver, or the lease was lost.',
      'A VPN client or script emptied the configuration and did not put it back.',
      '/etc/resolv.conf is empty, or a link to a file that does not exist since its service is off.',
      'In a container: the file of the host was not usable, and no other was given.',
    ],
    explains: [BLOCKS, { kinds: ['l7.name'], codes: ['dns-no-resolver'], shownByKinds: ['l7.name-service*'] }],
    tellApart: [
      '`ls -l /etc/resolv.conf`: a link to /run/systemd/resolve needs the service systemd-resolved.',
      '`resolvectl status` shows the resolvers of each interface.',
      'The lease (`nmcli device show`) contains a resolver: it was lost on this machine. It does not: the DHCP server.',
    ],
    remedies: [
      'Renew the lease, or start the resolver service: `sudo systemctl start systemd-resolved`.',
      'For one interface by hand: `sudo resolvectl dns INTERFACE ADDRESS`, with the address of the resolver of this network.',
      'Correct the DHCP server, where it names no resolver.',
    ],
    summary: (facts) => `No DNS resolver is configured on this machine, so no name can be resolved${found(facts)}.`,
    remedy: (facts) => `Renew the lease, or enter the resolver of this network; what is configured shows in: ${showResolvers(facts)}`,
  },

  'dns-unreachable': {
    title: 'The DNS resolver does not answer',
    meaning:
      'Questions to the configured resolver get no answer, or a refusal from the network. Names cannot be resolved, while connections to addresses may work.',
    causes: [
      'The resolver is off or overloaded; on a home network it is often the router.',
      'The address configured belongs to another network (after a change of network, or of a VPN).',
      'A firewall blocks port 53 to this resolver.',
      'A local stub resolver (127.0.0.53, 127.0.0.1) is configured, and its service is not running.',
    ],
    explains: [
      BLOCKS,
      NAMES_OF_RESOLVER,
      // A dead resolver costs each name its time-out, although another one answers in the end.
      { kinds: ['l7.name'], codes: ['dns-slow'], shownByKinds: ['l7.resolver'], shownBy: 'either' },
    ],
    against: [
      {
        kinds: ['l3.latency', 'l3.loss'],
        statuses: ['fail'],
        codes: ['host-unreachable'],
        says: 'what is asked by its address keeps silent too',
      },
    ],
    cannotBeToldFrom: [
      { code: 'dns-plain-blocked', toldBy: 'whether resolvers elsewhere answer on port 53, and whether they do where it is encrypted' },
      { code: 'gateway-unreachable', toldBy: 'whether the gateway passes anything on', inquiry: 'other-destinations' },
      { code: 'upstream-unreachable', toldBy: 'whether anything beyond the gateway answers', inquiry: 'other-destinations' },
    ],
    toldBy: ['other-destinations', 'resolvers-again', 'second-opinion'],
    tellApart: [
      'The resolver answers ping but no questions: the service on it, or a filter for port 53.',
      'Another resolver answers: this one. None answers: the network or a filter.',
      'A loopback address that refuses at once: the local service is off.',
    ],
    remedies: [
      'Renew the lease, so that the resolver of this network is learned.',
      'Start the local resolver service: `sudo systemctl start systemd-resolved`.',
      'Enter a second resolver, so that one failure does not stop everything.',
    ],
    summary: (facts) => `A DNS resolver does not answer questions${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) =>
      namedServer(facts) === null
        ? `Check that the configured resolver belongs to this network; renew the lease if it does not: ${showResolvers(facts)}`
        : `Check the address of this server, and that it runs; whether the resolvers of this machine answer: ${askOwnResolvers(facts)}`,
  },

  'dns-refused': {
    title: 'The resolver refuses to answer',
    meaning:
      'The server answers with the code REFUSED (RFC 1035): it is well, but does not want to serve this question to this client. That is a matter of policy, not of reachability.',
    causes: [
      'The server answers only for its own zones or its own clients, and is no resolver for this machine.',
      'This machine has left the network whose resolver it still asks (VPN, move).',
      'An access list or rate limit on the server.',
      'A filter of names that answers with REFUSED.',
    ],
    explains: [
      BLOCKS,
      NAMES_OF_RESOLVER,
      { kinds: ['l7.name'], codes: ['dns-refused'], shownByKinds: ['l7.resolver'], shownBy: 'either', answersToo: true },
    ],
    answered: true,
    tellApart: [
      'All names are refused: this client is not served. Only some: a filter, or a zone that the server gave up.',
      'Another resolver answers the same question: it is this one.',
    ],
    remedies: ['Ask the resolver that belongs to this network.', 'Have the operator add this network to the allowed clients.'],
    summary: (facts) => `The DNS server refuses to answer questions${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) =>
      namedServer(facts) === null
        ? `Use the resolver that belongs to this network; what is configured shows in: ${showResolvers(facts)}`
        : `Have its operator allow this machine, or ask the resolvers of this machine: ${askOwnResolvers(facts)}`,
  },

  'dns-servfail': {
    title: 'The resolver cannot find out',
    meaning:
      'The resolver answers SERVFAIL (RFC 1035): it tried and failed; or its answer is a chain of aliases (CNAME) without an end. The name may exist; its own servers do not answer, contradict themselves, or the signatures do not hold.',
    causes: [
      'The name servers of the domain are down or unreachable from the resolver.',
      'DNSSEC validation fails (see dnssec-bogus).',
      'The delegation is broken: the parent names servers that know nothing of the zone.',
      'The resolver itself cannot reach the internet, or is overloaded.',
      'The aliases of the name lead back to each other.',
    ],
    explains: [BLOCKS, NAMES_OF_RESOLVER],
    answered: true,
    cannotBeToldFrom: [{ code: 'dnssec-bogus', toldBy: 'whether the resolver answers where it is asked not to validate' }],
    toldBy: ['resolvers-again'],
    tellApart: [
      'All names fail: the resolver. One domain only: that domain.',
      '`dig +cd NAME` answers while `dig NAME` fails: DNSSEC.',
      '`dig +trace NAME` shows the server at which the delegation ends.',
      'An extended error (RFC 8914) in the answer of dig names the reason.',
    ],
    remedies: [
      'Report it to the owner of the domain, where only it is concerned.',
      'Ask another resolver for comparison, and report the difference to the operator of the first.',
      'For an own resolver: its log, its way out on port 53 over UDP and TCP, its clock.',
    ],
    summary: (facts) => `The DNS resolver could not find an answer${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) => {
      const { name } = commandWords(facts);
      if (namedServer(facts) !== null && !facts.observed?.includes('form a loop'))
        return `If it answers without validation, DNSSEC of the domain is broken, otherwise its servers: ${askName(facts)} --no-check`;
      if (facts.observed?.includes('form a loop'))
        return `Tell the owner of the domain to correct its aliases (CNAME); see: ${askName(facts)}`;
      return onPlatform(facts, {
        linux: `If it answers without validation, DNSSEC of the domain is broken, otherwise its servers: dig +cd ${name}`,
        darwin: `If it answers without validation, DNSSEC of the domain is broken, otherwise its servers: dig +cd ${name}`,
        win32: `If it fails for this domain only, tell its owner; otherwise the resolver is at fault: ${askName(facts)}`,
      });
    },
  },

  'dns-nxdomain': {
    title: 'The name does not exist, or has no address',
    meaning:
      'The DNS answers that there is no such name, nor anything below it (NXDOMAIN; RFC 2308, RFC 8020), or that the name exists but has no address (NODATA). This is an answer, not a failure: the way to the resolver works. Resolvers remember it for the time that the zone sets.',
    causes: [
      'A spelling mistake, or a missing part of the domain.',
      'The name is known only inside another network (company, VPN, container network).',
      'The entry was deleted, not yet made, or the domain has run out.',
      'The "no" of an earlier question is still remembered.',
      'A filter of names that answers with NXDOMAIN.',
      'The name is there for another purpose, such as mail, and has no address.',
    ],
    explains: [BLOCKS],
    answered: true,
    tellApart: [
      'The domain above exists, the name does not: entry or spelling. The domain is gone as well: run out, or misspelt.',
      'With the VPN, or by the inner resolver, it exists: ask that one.',
      'The servers of the zone know it, the resolver does not: remembered, wait for the negative time to live of the SOA record.',
    ],
    remedies: [
      'Correct the name.',
      'Connect the VPN, or use the resolver of the network to which the name belongs.',
      'Have the owner of the domain make the entry.',
    ],
    summary: (facts) => `There is no ${recordOf(facts)} for ${target(facts)} in the DNS${found(facts)}.`,
    remedy: (facts) => `Check the spelling, and whether the name belongs to a VPN or inner network: ${askName(facts)}`,
  },

  'dns-slow': {
    title: 'DNS answers take long',
    meaning:
      'Names are resolved, but each new one costs more time than the policy allows, and every new connection waits for it. A remembered answer costs one round trip to the resolver; an unknown one several to servers in the world.',
    causes: [
      'The resolver is far away, or its way is slow (VPN, mobile).',
      'The resolver had to ask further: only the first question is slow.',
      'The first configured resolver does not answer, and each question waits for its time-out.',
      'The search list multiplies questions (in containers, `ndots:5`).',
      'Loss on the way: a lost question costs a whole retry time.',
    ],
    explains: [NAMES_OF_RESOLVER, { kinds: ['l7.name'], codes: ['dns-slow'], shownByKinds: ['l7.resolver'], shownBy: 'either' }],
    slows: true,
    tellApart: [
      'The second question for the same name is quick: it was only not remembered. Both are slow: distance or load.',
      'A time close to a whole number of seconds: a time-out and a retry.',
      'Beside each other (`netdiag dns NAME --compare`), one resolver stands out.',
    ],
    remedies: [
      'Use a resolver nearby, and take dead ones out of the list.',
      'Run a local cache (systemd-resolved, dnsmasq, unbound).',
      'Write full names with a final dot where the search list is long.',
    ],
    summary: (facts) => `DNS answers${forTarget(facts)} take too long${found(facts)}.`,
    remedy: (facts) =>
      `Ask twice: slow only the first time is an empty cache, slow both times is the resolver or the way to it: ${askName(facts)}`,
  },

  'dns-hijacked': {
    title: 'Somebody falsifies DNS answers',
    meaning:
      'An answer comes that the real servers did not give: for a name that cannot exist, from a server that was not asked, or contrary to what is signed or seen elsewhere. Traffic may then go to whoever falsifies.',
    causes: [
      'The provider or router answers unknown names with its own page.',
      'A captive portal before the login.',
      'A firewall redirects all of port 53 to its own resolver.',
      'Malware on the router or on this machine changed the resolver.',
      'Censorship, or an attack on the path.',
    ],
    explains: [
      NAMES_OF_RESOLVER,
      // At an address that somebody else gave, somebody else answers, or nobody.
      {
        kinds: ['l3.*', 'l4.*', 'l6.*', 'l7.http*', 'l7.websocket*', 'l7.redirects*', 'l7.body*'],
        shownByKinds: ['l7.name', 'l7.dns', 'l7.nxdomain', 'l7.agreement', 'l7.transport', 'l7.resolver'],
        answersToo: true,
      },
      {
        kinds: ['l7.*'],
        codes: ['dns-inconsistent', 'dns-nxdomain', 'dnssec-bogus'],
        shownByKinds: ['l7.name', 'l7.dns', 'l7.nxdomain', 'l7.agreement', 'l7.transport', 'l7.resolver'],
        answersToo: true,
        belowToo: true,
      },
    ],
    toldBy: ['second-opinion'],
    tellApart: [
      'A name under .invalid (RFC 6761) gets an address: somebody makes up answers.',
      'The resolver configured is not the one that the network hands out: look for who changed it.',
      'Over an encrypted transport the answer differs (`netdiag dns NAME --compare`): the falsification is on the way.',
      'The addresses lead to a login or advertising page: portal or provider.',
    ],
    remedies: [
      'Log in at the portal, where there is one.',
      'Use a resolver over TLS or HTTPS (RFC 7858, RFC 8484).',
      'Check the resolver settings of the router and change its password; update its firmware.',
    ],
    summary: (facts) => `DNS answers${forTarget(facts)} are falsified on the way or by the resolver${found(facts)}.`,
    remedy: (facts) =>
      // What leads nowhere misleads nobody: mostly somebody blocks the name on purpose.
      facts.observed?.includes('a filter of names')
        ? `If a filter blocks the name on purpose, have it let through there; otherwise ask another resolver. What others say: ${askName(facts)} --compare`
        : namedServer(facts) === null
          ? `Trust no name here for now; check who the configured resolver is: ${showResolvers(facts)}`
          : `Trust no answer of it for now; what others say: ${askName(facts)} --compare`,
  },

  'dns-inconsistent': {
    title: 'Resolvers disagree',
    meaning:
      'Different resolvers give different answers to the same question. For names that are served by region or by load that is normal; it is a fault where one says that the name does not exist, or names an address that is no longer in use.',
    causes: [
      'The name is served by region or load (content networks): all answers are right.',
      'An inner and an outer view of the same name (split DNS), and a mixture of resolvers.',
      'A change not long ago: some resolvers still remember the old answer.',
      'The servers of the zone are not in step (different serial numbers).',
      'One resolver filters or falsifies.',
    ],
    // Which of the answers a program gets decides where it goes.
    explains: [
      {
        kinds: ['l3.*', 'l4.*', 'l6.*', 'l7.name', 'l7.http*', 'l7.websocket*', 'l7.redirects*', 'l7.body*'],
        shownByKinds: ['l7.agreement'],
        answersToo: true,
      },
    ],
    toldBy: ['second-opinion'],
    tellApart: [
      'All addresses serve the right certificate: normal. One does not: it is the stale or false one.',
      'One gives a private address: split DNS.',
      '`dig +nssearch DOMAIN` shows the serial number on each server of the zone.',
      'The time to live is shorter at each question: the resolver remembers the old answer.',
    ],
    remedies: [
      'Configure only resolvers of one view, not inner and outer ones side by side.',
      'Wait for the time to live after a change.',
      'Have the owner bring the servers of the zone in step.',
    ],
    summary: (facts) => `Resolvers give different answers${forTarget(facts)}${found(facts)}.`,
    remedy: (facts) =>
      `Compare the answers of each resolver; only an address without the right service behind it is a fault: ${askName(facts)}`,
  },

  'dns-intermittent': {
    title: 'DNS answers only at times',
    meaning:
      'Of several equal questions some are answered and some are not, or differently. Programs notice it as lookups that now and then take seconds or fail.',
    causes: [
      'One of several resolvers is dead, and questions are spread over them.',
      'Packet loss on the way to the resolver.',
      'A rate limit, or an overloaded forwarder in a router.',
      'A full connection table in a firewall (see conntrack-full), often in container hosts.',
      'One server of the zone is broken.',
    ],
    explains: [
      NAMES_OF_RESOLVER,
      // Whether the name came through in the end is chance.
      {
        kinds: ['l7.name'],
        codes: ['dns-slow', 'dns-unreachable', 'dns-servfail', 'dns-refused'],
        shownByKinds: ['l7.resolver'],
        shownBy: 'either',
        answersToo: true,
      },
      { kinds: ['l7.*'], codes: ['dns-slow', 'dns-unreachable'], shownBy: 'as-grave', belowToo: true },
    ],
    toldBy: ['resolvers-again'],
    tellApart: [
      'Each resolver asked twenty times by itself: one fails always, or all fail at times.',
      'The loss to the resolver is as high: the path.',
      'Over TCP it never fails: loss, or a limit for UDP.',
    ],
    remedies: ['Take the dead resolver out of the list.', 'Run a local cache, which repeats and remembers.', 'Remove the loss on the way.'],
    summary: (facts) => `DNS answers${forTarget(facts)} come only at times${found(facts)}.`,
    remedy: (facts) =>
      namedServer(facts) === null
        ? `Ask each configured resolver by itself several times, and drop the one that fails; they show in: ${showResolvers(facts)}`
        : `Ask it again and again beside others; what it alone leaves unanswered is its own fault: ${askName(facts)} --compare`,
  },
});
