import { describe, expect, test } from 'vitest';
import type { CauseFacts, MachineFacts } from '../../src/diagnosis/cause.js';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { remedyOf } from '../../src/diagnosis/remedy.js';
import { CODES, type Code } from '../../src/model/code.js';

const MACHINE: MachineFacts = {
  distribution: 'debian',
  systemd: true,
  root: false,
  manager: null,
  netplan: false,
  stub: null,
  resolvConfWriter: null,
  container: false,
  wsl: false,
};
const FACTS: CauseFacts = {
  target: 'app.example.net:443',
  observed: null,
  expected: null,
  interface: 'eth7',
  gateway: '192.0.2.1',
  pathMtuBytes: 1400,
  platform: 'linux',
};

function remedy(code: Code, machine: Partial<MachineFacts>, facts: Partial<CauseFacts> = {}): string {
  return remedyOf(CAUSES[code], { ...FACTS, ...facts, machine: { ...MACHINE, ...machine } });
}

/** Everything that a machine can be, in every combination that differs. */
const MACHINES: Partial<MachineFacts>[] = (['debian', 'fedora', 'suse', 'arch', 'alpine', 'other', null] as const).flatMap((distribution) =>
  ([null, 'NetworkManager', 'systemd-networkd', 'ifupdown', 'dhcpcd', 'connman', 'wicked'] as const).flatMap((manager) =>
    [
      {},
      { root: true },
      { netplan: true },
      { container: true },
      { wsl: true },
      { systemd: false },
      { stub: 'systemd-resolved', resolvConfWriter: 'systemd-resolved (stub)' },
      { stub: 'dnsmasq', resolvConfWriter: 'NetworkManager' },
    ].map((more) => ({ distribution, manager, ...more })),
  ),
);

describe('remedies for this machine', () => {
  test.each<[Code, Partial<MachineFacts>, string]>([
    ['no-address', { manager: 'NetworkManager' }, 'Ask DHCP again: nmcli device connect eth7'],
    ['no-address', { manager: 'systemd-networkd' }, 'Ask DHCP again: sudo networkctl renew eth7'],
    ['no-address', { manager: 'systemd-networkd', root: true }, 'Ask DHCP again: networkctl renew eth7'],
    ['no-address', { manager: 'ifupdown' }, 'Ask DHCP again: sudo ifup --force eth7'],
    ['no-address', { manager: 'dhcpcd' }, 'Ask DHCP again: sudo dhcpcd -n eth7'],
    ['no-address', { manager: 'wicked' }, 'Ask DHCP again: sudo wicked ifup eth7'],
    ['no-address', { distribution: 'alpine' }, 'Ask DHCP again: sudo udhcpc -n -q -i eth7'],
    ['no-address', { distribution: 'debian', netplan: true }, 'Ask DHCP again: sudo networkctl renew eth7'],
    ['no-address', { distribution: 'debian' }, 'Ask DHCP again: sudo ifup --force eth7'],
    ['no-default-route', { manager: 'NetworkManager' }, 'Have the router of this network named again: nmcli device connect eth7'],
    [
      'dns-stub-down',
      { stub: 'systemd-resolved' },
      'Start the resolver of this machine, or name another in its place: sudo systemctl restart systemd-resolved',
    ],
    [
      'dns-stub-down',
      { stub: 'unbound', systemd: false, distribution: 'alpine', root: true },
      'Start the resolver of this machine, or name another in its place: rc-service unbound restart',
    ],
    ['clock-unsynchronized', { wsl: true }, 'WSL has the clock of Windows, and loses it while Windows sleeps: sudo hwclock --hctosys'],
    [
      'clock-skew',
      { container: true },
      'Turn the synchronisation of the clock on, on the host of this container, whose clock it has: sudo timedatectl set-ntp true',
    ],
    ['hosts-override', { root: true }, 'Take the entry out, or correct it: vi /etc/hosts'],
  ])('%s on %o: %s', (code, machine, text) => {
    expect(remedy(code, machine)).toBe(text);
  });

  test('say where the MTU is set for good', () => {
    expect(remedy('mtu-blackhole', { manager: 'NetworkManager' })).toMatch(
      /nmcli connection show lists\): sudo ip link set dev eth7 mtu 1400$/,
    );
    expect(remedy('mtu-blackhole', { netplan: true, root: true })).toMatch(
      /\/etc\/netplan, then netplan apply\): ip link set dev eth7 mtu 1400$/,
    );
  });

  test('of a container lead to its host where they change the machine', () => {
    expect(remedy('mtu-blackhole', { container: true })).toMatch(/^On the host of this container, not in it\. /);
    expect(remedy('host-unreachable', { container: true })).not.toContain('container');
  });

  const texts = CODES.flatMap((code) => [
    ...new Set(MACHINES.map((machine) => `${machine.root === true ? 'root' : 'user'} ${code} ${remedy(code, machine)}`)),
  ]);

  test('are one line on every machine, without sudo by root, without a placeholder for what is known', () => {
    expect(texts.length).toBeGreaterThan(CODES.length);
    expect(texts.filter((text) => !/^[\x20-\x7e]+$/.test(text))).toEqual([]);
    expect(texts.filter((text) => /\b(?:INTERFACE|undefined)\b|(?<!\/dev\/)\bnull\b/.test(text))).toEqual([]);
    // The router that is missing is not known; where there is one, it is.
    expect(texts.filter((text) => /\bGATEWAY\b/.test(text) && !text.includes(' no-default-route '))).toEqual([]);
    expect(texts.filter((text) => text.startsWith('root') && /\bsudo/.test(text))).toEqual([]);
  });

  test('change nothing in an unsafe way', () => {
    const unsafe =
      /\b(?:rm|dd|mkfs|reboot|shutdown|halt|killall|pkill)\b|kill -|flush|iptables -[FX]|ufw disable|setenforce|route del|link del|--insecure/;
    expect(texts.filter((text) => unsafe.test(text))).toEqual([]);
  });
});
