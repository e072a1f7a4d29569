import type { CauseFacts } from '../cause.js';
import { onPlatform } from '../command-words.js';
import { restartStub } from '../machine-commands.js';
import { showResolvers } from './dns.js';
import { BEHIND_STUB } from './effects.js';
import { defineCauses, forTarget, found, targetFirst } from './phrases.js';

function showSearchList(facts: CauseFacts): string {
  return onPlatform(facts, {
    linux: 'grep -E "search|ndots" /etc/resolv.conf',
    darwin: 'scutil --dns',
    win32: 'Get-DnsClientGlobalSetting; Get-DnsClient',
  });
}

function startStub(facts: CauseFacts): string {
  const command = restartStub(facts);
  return command === null
    ? 'Start the resolver that resolv.conf names, or name another; what listens on its port shows in: sudo ss -lunp sport = :53'
    : `Start the resolver of this machine, or name another in its place: ${command}`;
}

/** Layer 7: how this machine itself turns names into addresses, and finds its proxies. */
export const NAME_SERVICE_CAUSES = defineCauses({
  'dns-stub-down': {
    formOf: 'dns-unreachable',
    title: 'The stub resolver of this machine is not running',
    meaning:
      'Programs are told to ask a name server on this machine itself, and nothing listens there. Each name fails at once, or after the time-out of the next server, while addresses work.',
    causes: [
      'The service (systemd-resolved, dnsmasq, unbound) is stopped, failed or was removed, and resolv.conf still names it.',
      'It listens on another address or port, since port 53 was taken.',
      'resolv.conf was copied from a host into a container, where 127.0.0.53 is nobody.',
      'A VPN client put its own stub there, and ended without putting the file back.',
    ],
    explains: BEHIND_STUB,
    answered: true,
    tellApart: [
      '`sudo ss -lunp sport = :53` shows what listens; nothing at the address of resolv.conf: the service.',
      '`systemctl status systemd-resolved` (or dnsmasq, unbound) shows whether it runs and why not.',
      'In a container: `cat /etc/resolv.conf` shows 127.0.0.53 or 127.0.0.1, which belong to the host.',
    ],
    remedies: [
      'Start the service: `sudo systemctl start systemd-resolved`, or the one that is meant.',
      'Have resolv.conf name the servers of the network: with systemd-resolved, a link to /run/systemd/resolve/resolv.conf.',
      'In a container, give it a resolver (`--dns ADDRESS`), or the uplink file of the host.',
    ],
    summary: (facts) => `Names are asked for at this machine itself, and no resolver runs there${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: startStub(facts),
        darwin: 'Start the resolver that is configured, or name another; what listens on its port shows in: sudo lsof -nP -iUDP:53',
        win32:
          'Start the resolver that is configured, or name another; what listens on its port shows in: Get-NetUDPEndpoint -LocalPort 53',
      }),
  },

  'dns-stub-no-upstream': {
    title: 'The stub resolver here has nobody to ask',
    meaning:
      'A name server runs on this machine and hands questions on, but it knows no server to hand them to, or only itself. Names that it does not know by itself fail with SERVFAIL or REFUSED.',
    causes: [
      'It takes its servers from /etc/resolv.conf, which names that very stub: a loop.',
      'Two stubs name each other.',
      'The network gave no name server (DHCP), so that its list is empty.',
      'Its list was written for another network or a VPN that is gone.',
    ],
    explains: BEHIND_STUB,
    tellApart: [
      '`resolvectl status` shows whom systemd-resolved asks for each link.',
      '`grep -E "^(server|resolv-file|no-resolv)" /etc/dnsmasq.conf /etc/dnsmasq.d/*` shows the same for dnsmasq; its log says "ignoring nameserver 127.0.0.1".',
      'The lease (`nmcli device show`) contains a resolver: it was lost on the way to the stub.',
    ],
    remedies: [
      'Give the stub the resolver of this network: `sudo resolvectl dns INTERFACE ADDRESS`, or `server=ADDRESS` for dnsmasq.',
      'Have dnsmasq take its servers from a file that does not name itself (`resolv-file=`).',
      'Renew the lease, where the network names none.',
    ],
    summary: (facts) => `The resolver on this machine has no name server behind it${found(facts)}.`,
    remedy: (facts) => `Give the stub resolver a name server other than itself; what is configured shows in: ${showResolvers(facts)}`,
  },

  'dns-not-asked': {
    title: 'Programs on this machine do not ask DNS',
    meaning:
      'The line hosts: of nsswitch.conf decides where programs look for names, and DNS is not among it, or something in front ends the search. Tools that ask name servers themselves (dig, netdiag) find the name, other programs do not.',
    causes: [
      'The line was shortened by hand or by a hardening script, and `dns` was lost.',
      'Names below .local are kept for multicast DNS: `mdns4_minimal [NOTFOUND=return]` stands before `dns`, and the network uses .local in its own DNS.',
      'A directory service (LDAP, NIS) was entered in place of DNS, and has no such names.',
    ],
    answered: true,
    tellApart: [
      '`getent ahosts NAME` goes by nsswitch.conf, `dig NAME` does not: only the second finds it.',
      '`grep ^hosts: /etc/nsswitch.conf` shows the order.',
    ],
    remedies: [
      'Add `dns` to the line hosts: of /etc/nsswitch.conf, behind `files`.',
      'For .local in unicast DNS: take out `[NOTFOUND=return]`, or better, use another domain (RFC 6762 keeps .local for multicast).',
    ],
    summary: (facts) => `Programs that go by nsswitch.conf do not get to DNS${found(facts)}.`,
    remedy: () => 'Add dns to the line hosts: of /etc/nsswitch.conf; what programs get shows in: getent ahosts NAME',
  },

  'dns-search-slow': {
    formOf: 'dns-slow',
    title: 'The search list asks in vain ahead of the name',
    meaning:
      'With `ndots` above the number of dots of a name, each domain of the search list is tried ahead of the name as it stands, and every lookup pays for those questions. Kubernetes sets ndots:5, so that nearly every outside name is asked for three to five times.',
    causes: [
      'ndots is large (Kubernetes: 5) and the search list is long.',
      'A domain of the list has slow or dead name servers: the list is gone through one after the other.',
      'A search domain of a VPN or a former employer is still in the list.',
    ],
    explains: [{ kinds: ['l7.name'], codes: ['dns-slow'], shownByKinds: ['l7.name-service-search'], shownBy: 'either' }],
    slows: true,
    tellApart: [
      '`netdiag dns NAME` with a dot at the end of the name asks for it alone: what it saves is the cost.',
      'The questions in vain show which domain of the list is slow.',
    ],
    remedies: [
      'Write outside names with a dot at the end, where the program permits it.',
      'In Kubernetes, set `dnsConfig.options` with ndots of 1 or 2 for pods that ask for outside names, or run NodeLocal DNSCache.',
      'Take domains out of the search list that nobody uses.',
    ],
    summary: (facts) => `Lookups${forTarget(facts)} lose time to the search list${found(facts)}.`,
    remedy: (facts) => `Lower ndots or shorten the search list, or write the name with a dot at its end; see: ${showSearchList(facts)}`,
  },

  'dns-search-diverted': {
    title: 'The search list turns a name into another one',
    meaning:
      'A domain of the search list answered ahead of the name itself: programs get the address of NAME.DOMAIN, which whoever has that domain decides. With a wildcard record in it, every outside name goes there.',
    causes: [
      'A domain of the search list has a wildcard (`*`) record.',
      'ndots is above 1, so that the list goes before the name.',
      'The search list came by DHCP from a network that is not to be trusted.',
    ],
    answered: true,
    tellApart: [
      'The name with a dot at the end gets other addresses than without.',
      'A name that cannot exist, below the same domain, gets an address too: a wildcard.',
    ],
    remedies: [
      'Take the domain out of the search list, or its wildcard out of the zone.',
      'Lower ndots to 1, so that names with a dot are asked for as they stand first.',
      'Write the name with a dot at the end.',
    ],
    summary: (facts) => `${targetFirst(facts)} is not what is reached: the search list makes another name of it${found(facts)}.`,
    remedy: (facts) => `Take the domain that answered out of the search list, or lower ndots; see: ${showSearchList(facts)}`,
  },

  'resolv-conf-faulty': {
    title: 'Lines of resolv.conf are of no use',
    meaning:
      'resolv.conf has lines that programs pass over: misspelt keywords, name servers that are no addresses, or more of them than the three that are asked. Names resolve by what is left; what the author meant is not in force.',
    causes: [
      'It was edited by hand.',
      'More than three name servers came together, from several networks or DHCP and a VPN.',
      'A host name stands behind nameserver, where an address belongs.',
    ],
    answered: true,
    tellApart: [
      'The finding names the lines: `cat -A -n /etc/resolv.conf` also shows spaces and odd characters.',
      '`ls -l /etc/resolv.conf` and the remarks at its head say which service wrote it; without either it was a person.',
    ],
    remedies: [
      'Correct the file where it is made (the service that its head names), since it is overwritten otherwise.',
      'Name at most three servers; with systemd-resolved or dnsmasq as the stub, any number behind it.',
    ],
    summary: (facts) => `Some of resolv.conf is passed over by programs${found(facts)}.`,
    remedy: () => 'Correct the lines named, in what writes the file: cat -n /etc/resolv.conf',
  },

  'hosts-override': {
    formOf: 'dns-inconsistent',
    title: 'The hosts file gives another address than DNS',
    meaning:
      'The hosts file of this machine has an entry for the name, so DNS is not asked, and the address in it is not what the resolver says. Only this machine goes there; everybody else goes elsewhere.',
    causes: [
      'An entry from a test, a move or a deployment that was never taken out; the service has moved since.',
      'A deliberate entry: a staging system, a blocked site (0.0.0.0), an inner address in place of an outer one.',
      'Docker (`--add-host`) or Kubernetes (`hostAliases`) wrote it into the container.',
      'Malware that leads a name elsewhere.',
    ],
    explains: [
      // Whatever else goes wrong there goes wrong at an address that nobody else gives. What the rules here do stands in them.
      { kinds: ['*'], exceptCodes: ['firewall-blocks'], answersToo: true },
    ],
    answered: 'where-it-warns',
    tellApart: [
      '`grep NAME /etc/hosts` shows the entry, `netdiag dns NAME` what the resolver says.',
      '127.0.0.1 or 0.0.0.0 is a block; an inner address a shortcut; another outer one is mostly out of date.',
    ],
    remedies: ['Take the entry out of the hosts file, or correct its address.', 'Where it is wanted, leave it, and note why beside it.'],
    summary: (facts) => `${targetFirst(facts)} goes where the hosts file says, and not where DNS does${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Take the entry out, or correct it: sudoedit /etc/hosts',
        darwin: 'Take the entry out, or correct it: sudo nano /etc/hosts',
        win32: 'Take the entry out, or correct it, as administrator: notepad C:\\Windows\\System32\\drivers\\etc\\hosts',
      }),
  },

  'proxies-misconfigured': {
    title: 'The proxy settings contradict each other',
    meaning:
      'Programs read different variables and files for their proxy: small or capital letters, no_proxy in one notation or another. Where these say different things, one program goes through the proxy and the next one does not, with the same address.',
    causes: [
      'Small and capital variables were set at different times (http_proxy, HTTP_PROXY).',
      'no_proxy has entries that no program reads: URLs, parts of addresses, a * in the middle.',
      'A value that is no URL of a proxy, for example with a password that is not percent-encoded.',
    ],
    answered: true,
    tellApart: [
      'curl reads http_proxy in small letters only; Go, Python and Node read both, the small ones first or last.',
      '`env | grep -i _proxy` shows what is set for this user; services have an environment of their own.',
    ],
    remedies: [
      'Set each pair of variables to the same value, or leave the capital ones out.',
      'Write no_proxy as names with a dot in front, whole addresses, and networks only where the programs read them.',
      'Percent-encode special characters in user and password.',
    ],
    summary: (facts) => `What is set about proxies on this machine is not clear${found(facts)}.`,
    remedy: (facts) =>
      onPlatform(facts, {
        linux: 'Set small and capital variables alike, and correct what cannot be read: env | grep -i _proxy',
        darwin: 'Set small and capital variables alike, and correct what cannot be read: env | grep -i _proxy',
        win32: 'Set small and capital variables alike, and correct what cannot be read: Get-ChildItem Env:*_proxy',
      }),
  },
});
