/** The line `hosts:` of nsswitch.conf(5). */
export interface HostsSwitch {
  /** Services in the order in which they are asked, without their actions. */
  services: string[];
  /** Actions by the place of the service that they stand behind, in the words of the file: `!UNAVAIL=return`. */
  actions: { after: string; action: string }[];
  /** Number of the line, from 1 on. */
  line: number;
}

const MAXIMUM_LINES = 2000;
const MAXIMUM_WORDS = 32;
const LONGEST_WORD = 40;

/** Reads the line `hosts:`; `null` where there is none that names a service. The last one counts, as for the GNU C library. */
export function parseHostsSwitch(text: string): HostsSwitch | null {
  let found: HostsSwitch | null = null;
  for (const [index, line] of text.split(/\r\n|\n|\r/, MAXIMUM_LINES).entries()) {
    const [, rest] = /^[ \t]*hosts[ \t]*:([^#\n]{0,1000})/i.exec(line) ?? [];
    if (rest === undefined) continue;
    const services: string[] = [];
    const actions: HostsSwitch['actions'] = [];
    for (const [word, action] of [...rest.matchAll(/\[([^\]]{0,200})\]|[^\s[\]]+/g)].slice(0, MAXIMUM_WORDS)) {
      const after = services.at(-1);
      if (action === undefined) {
        if (/^[\w.-]+$/.test(word) && word.length <= LONGEST_WORD) services.push(word);
      } else if (after !== undefined) {
        for (const one of action.trim().split(/\s+/)) if (/^!?\w+=\w+$/.test(one)) actions.push({ after, action: one });
      }
    }
    if (services.length > 0) found = { services, actions, line: index + 1 };
  }
  return found;
}

/** Services by which a program gets to the name servers. `resolve` is systemd-resolved, asked without resolv.conf. */
const DNS_SERVICES: ReadonlySet<string> = new Set(['dns', 'resolve', 'dnsmasq', 'sss', 'winbind', 'ldap', 'nis']);

/** Services that know names of this machine alone, and are always there to say that they do not know another. */
const LOCAL_SERVICES: ReadonlySet<string> = new Set(['files', 'myhostname']);
/** `NOTFOUND` is what such a service says of any other name. */
const ENDS_UNKNOWN = /^(?:NOTFOUND|!SUCCESS|!UNAVAIL|!TRYAGAIN)=return$/i;

/**
 * Why programs that ask the C library do not get to DNS for a name; `null` where they do. A service in front that is told to end the search
 * where it does not know a name keeps every name from it, multicast DNS those below `local` (RFC 6762).
 */
export function reasonDnsIsNotAsked({ services, actions }: HostsSwitch, name: string): string | null {
  const dns = services.findIndex((service) => DNS_SERVICES.has(service));
  if (dns < 0) return `the line hosts: asks ${services.join(', ')}, and no name server`;
  const ahead = services.slice(0, dns);
  const local = /(?:^|\.)local\.?$/i.test(name);
  const minimal = ahead.find((service) => /^mdns[46]?_minimal$/.test(service));
  const ends = actions.some(({ after, action }) => after === minimal && /^NOTFOUND=return$/i.test(action));
  if (local && minimal !== undefined && ends)
    return `${minimal} [NOTFOUND=return] stands before ${services[dns]}, and keeps names below local`;
  const end = actions.find(({ after, action }) => ahead.includes(after) && LOCAL_SERVICES.has(after) && ENDS_UNKNOWN.test(action));
  if (end !== undefined)
    return `${end.after} [${end.action}] stands before ${services[dns]}, and ends the search for names it does not know`;
  return null;
}
