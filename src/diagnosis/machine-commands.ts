import type { CauseFacts } from './cause.js';
import { commandWords, onPlatform } from './command-words.js';
import { shellWord } from './shell-word.js';

/** What asks for a lease or configuration anew, by who manages the interface. */
const RENEWALS: Readonly<Record<NonNullable<NonNullable<CauseFacts['machine']>['manager']>, (name: string) => string>> = {
  NetworkManager: (name) => `nmcli device connect ${name}`,
  'systemd-networkd': (name) => `sudo networkctl renew ${name}`,
  ifupdown: (name) => `sudo ifup --force ${name}`,
  dhcpcd: (name) => `sudo dhcpcd -n ${name}`,
  connman: () => 'connmanctl services',
  wicked: (name) => `sudo wicked ifup ${name}`,
};

/**
 * One line that has DHCP asked again, with the tool that manages the interface here; where that is not known, with that of the distribution.
 *
 * @param why what it is for, with a capital: `Ask DHCP again`
 */
export function renewLease(facts: CauseFacts, why: string): string {
  const { interface: name } = commandWords(facts);
  const { machine } = facts;
  if (machine?.container === true)
    return 'A container has its address and routes from its host: look there at its network, for example with: docker network inspect bridge';
  if (machine?.wsl === true)
    return 'WSL has its address and routes from Windows: end WSL there and start it again; what Windows has shows in PowerShell: Get-NetIPConfiguration';
  const manager = machine?.manager ?? null;
  const linux = manager === null ? renewalOfDistribution(facts, name, why) : `${why}: ${RENEWALS[manager](name)}`;
  return onPlatform(facts, {
    linux:
      manager === 'connman'
        ? `${why}: connmanctl disconnect and connect, with the name of the service from: ${RENEWALS.connman(name)}`
        : linux,
    darwin: `${why}: sudo ipconfig set ${name} DHCP`,
    win32: `${why}: ipconfig /renew`,
  });
}

function renewalOfDistribution({ machine }: CauseFacts, name: string, why: string): string {
  switch (machine?.distribution) {
    case 'alpine':
      return `${why}: sudo udhcpc -n -q -i ${name}`;
    case 'fedora':
      return `${why}: nmcli device connect ${name}`;
    case 'suse':
      return `${why}: sudo wicked ifup ${name}`;
    case 'debian':
      // Without a manager that left a mark, the server edition has networkd, the installer ifupdown.
      return machine.systemd === true && machine.netplan ? `${why}: sudo networkctl renew ${name}` : `${why}: sudo ifup --force ${name}`;
    default:
      return `${why} (where NetworkManager runs, by nmcli device connect ${name}): sudo networkctl renew ${name}`;
  }
}

/** ` (for good: in the profile of NetworkManager)`, with its leading space: where a setting of the link is to be written to last. */
export function lastingPlace({ machine }: CauseFacts): string {
  if (machine?.netplan === true) return ' (for good: in /etc/netplan, then sudo netplan apply)';
  switch (machine?.manager) {
    case 'NetworkManager':
      return ' (for good: in the profile that nmcli connection show lists)';
    case 'systemd-networkd':
      return ' (for good: in its .network file in /etc/systemd/network)';
    case 'ifupdown':
      return ' (for good: in /etc/network/interfaces)';
    case 'dhcpcd':
      return ' (for good: in /etc/dhcpcd.conf)';
    case 'wicked':
      return ' (for good: in /etc/sysconfig/network)';
    default:
      return '';
  }
}

/** Programs that answer on this machine, by the name of their service where it is another. */
const STUB_SERVICES: Readonly<Record<string, string>> = {
  'systemd-resolved': 'systemd-resolved',
  dnsmasq: 'dnsmasq',
  unbound: 'unbound',
  named: 'named',
  bind: 'named',
  BIND: 'named',
  dnscrypt: 'dnscrypt-proxy',
  'dnscrypt-proxy': 'dnscrypt-proxy',
  stubby: 'stubby',
  coredns: 'coredns',
};

/** The command that starts the resolver of this machine anew; `null` where it is not known which one that is. */
export function restartStub({ machine }: CauseFacts): string | null {
  const service = shellWord(STUB_SERVICES[machine?.stub ?? ''] ?? null);
  if (service === null || machine === undefined) return null;
  if (machine.systemd === true) return `sudo systemctl restart ${service}`;
  return machine.distribution === 'alpine' ? `sudo rc-service ${service} restart` : null;
}

/** Where the resolvers of this machine are set, by who writes the file. */
export function resolverSettings({ machine, interface: name }: CauseFacts): string | null {
  const writer = machine?.resolvConfWriter ?? '';
  const link = shellWord(name) ?? 'INTERFACE';
  if (writer.startsWith('systemd-resolved')) return 'resolvectl status';
  if (writer === 'NetworkManager') return `nmcli device show ${link}`;
  if (writer === 'WSL') return 'cat /etc/wsl.conf';
  return null;
}

/** One line that has the clock of this machine kept right. A container and WSL have that of their host. */
export function keepTime({ machine }: CauseFacts, why: string): string {
  if (machine?.container === true) return `${why}, on the host of this container, whose clock it has: sudo timedatectl set-ntp true`;
  if (machine?.wsl === true) return 'WSL has the clock of Windows, and loses it while Windows sleeps: sudo hwclock --hctosys';
  if (machine?.distribution === 'alpine') return `${why}: sudo rc-service chronyd start`;
  if (machine?.systemd === false) return `${why}: sudo service chrony start`;
  return `${why}: sudo timedatectl set-ntp true`;
}
