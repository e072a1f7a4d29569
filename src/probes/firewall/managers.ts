import type { DataOf } from '../../model/measurement.js';
import type { FilterTable } from '../../model/packet-filter.js';
import type { LocalSystem } from '../../net/port.js';

/** Who writes the rules of this machine, by the marks that each leaves. */

type Manager = DataOf<'firewall'>['managers'][number];

/** Names of tables and beginnings of names of chains that only one program gives. */
const MARKS: readonly { name: string; table?: RegExp; chain?: RegExp }[] = [
  { name: 'ufw', chain: /^ufw6?-(user|before|after)-/ },
  { name: 'firewalld', table: /^firewalld/, chain: /^(INPUT_ZONES|filter_INPUT_ZONES)/ },
  { name: 'Docker', table: /^docker-bridges/, chain: /^DOCKER(-|$)/ },
  { name: 'Podman', table: /^netavark/, chain: /^NETAVARK[_-]/ },
  { name: 'container network plug-ins (CNI)', chain: /^CNI-/ },
  { name: 'kube-proxy', table: /^kube-proxy$/, chain: /^KUBE-(SERVICES|NODEPORTS|SVC-|FIREWALL)/ },
  { name: 'Calico', table: /^calico/, chain: /^cali-/ },
  { name: 'Cilium', chain: /^(OLD_)?CILIUM_/ },
  { name: 'flannel', table: /^flannel/, chain: /^FLANNEL-/ },
  { name: 'Istio', chain: /^ISTIO_/ },
  { name: 'libvirt', table: /^libvirt/, chain: /^LIBVIRT_/ },
  { name: 'LXD', table: /^lxd$/ },
  { name: 'Incus', table: /^incus$/ },
  { name: 'fail2ban', table: /^f2b/, chain: /^f2b-/ },
  { name: 'CrowdSec', table: /^crowdsec/, chain: /^CROWDSEC/ },
  { name: 'sshguard', table: /^sshguard/, chain: /^sshguard$/ },
  { name: 'Tailscale', chain: /^ts-(input|forward)$/ },
  { name: 'WireGuard (wg-quick)', table: /^wg-quick-/ },
  { name: 'Mullvad', table: /^mullvad/ },
  { name: 'NixOS firewall', chain: /^nixos-fw/ },
  { name: 'OpenWrt firewall', table: /^fw4$/, chain: /^zone_(lan|wan)_/ },
  { name: 'Shorewall', chain: /^(shorewall|~log0|sfilter|dynamic)$/ },
];

/** Those that stand in the rules themselves. */
function inForce(tables: readonly FilterTable[]): Manager[] {
  return MARKS.flatMap(({ name, table: byTable, chain: byChain }) => {
    for (const table of tables) {
      const source = `${table.engine}: ${table.family} ${table.name}`;
      if (byTable?.test(table.name) === true) return [{ name, state: 'in-force', detail: null, source }];
      if (byChain === undefined) continue;
      for (const chain of table.chains.keys())
        if (byChain.test(chain)) return [{ name, state: 'in-force', detail: null, source: `${source}, chain ${chain}`.slice(0, 200) }];
    }
    return [];
  });
}

/** Links that start a service with the system, by the folder of its target or run level. */
const SERVICES: readonly { name: string; unit: string; openRc: string }[] = [
  { name: 'ufw', unit: 'ufw.service', openRc: 'ufw' },
  { name: 'firewalld', unit: 'firewalld.service', openRc: 'firewalld' },
  { name: 'nftables service', unit: 'nftables.service', openRc: 'nftables' },
  { name: 'iptables service', unit: 'iptables.service', openRc: 'iptables' },
  { name: 'netfilter-persistent', unit: 'netfilter-persistent.service', openRc: 'netfilter-persistent' },
  { name: 'Shorewall', unit: 'shorewall.service', openRc: 'shorewall' },
];

const WANTS = ['multi-user.target.wants', 'sysinit.target.wants', 'network-pre.target.wants', 'basic.target.wants'];

/** Programs whose process says that they are at work, by the name that the kernel shows. */
const PROCESSES: Readonly<Record<string, string>> = {
  firewalld: 'firewalld',
  dockerd: 'Docker',
  'fail2ban-server': 'fail2ban',
  crowdsec: 'CrowdSec',
  'kube-proxy': 'kube-proxy',
  libvirtd: 'libvirt',
  tailscaled: 'Tailscale',
  opensnitchd: 'OpenSnitch',
};

/** Reads settings and links that anybody may read, the processes where these were listed, and the marks in the rules where they were seen. */
export async function findManagers(
  local: LocalSystem,
  tables: readonly FilterTable[] | null,
  processes: ReadonlyMap<string, string[]> | null,
): Promise<Manager[]> {
  const found = tables === null ? [] : inForce(tables);
  const add = (manager: Manager) => {
    const known = found.find(({ name }) => name === manager.name);
    if (known === undefined) found.push(manager);
    else {
      // What is meant adds to what is there: which zone or default it has. What is there stands, whatever is meant.
      known.detail ??= manager.detail;
      if (manager.state === 'in-force' && known.state !== 'in-force')
        Object.assign(known, { state: manager.state, source: manager.source });
    }
  };
  for (const manager of await Promise.all([ufw(local), firewalld(local)])) if (manager !== null) add(manager);
  for (const [process, name] of Object.entries(PROCESSES)) {
    const [pid] = processes?.get(process) ?? [];
    if (pid !== undefined)
      add({ name, state: 'in-force', detail: 'its process runs; the rules are not seen', source: `/proc/${pid}/comm` });
  }
  const units = await Promise.all(
    SERVICES.map(async ({ name, unit, openRc }) => {
      const paths = [...WANTS.map((wants) => `/etc/systemd/system/${wants}/${unit}`), `/etc/runlevels/default/${openRc}`];
      const there = await Promise.all(paths.map((path) => isLinked(local, path)));
      return { name, source: paths[there.indexOf(true)] };
    }),
  );
  for (const { name, source } of units) {
    // ufw's unit starts with the system on every Ubuntu; whether it does anything stands in its own settings.
    if (source !== undefined && name !== 'ufw') add({ name, state: 'configured', detail: 'starts with the system', source });
  }
  return found;
}

async function isLinked(local: LocalSystem, path: string): Promise<boolean> {
  return (await local.link(path)).kind === 'measured';
}

const UFW_SETTINGS = '/etc/ufw/ufw.conf';

async function ufw(local: LocalSystem): Promise<Manager | null> {
  const [settings, defaults] = await Promise.all([local.file(UFW_SETTINGS, 65_536), local.file('/etc/default/ufw', 65_536)]);
  if (settings.kind !== 'measured') return null;
  const enabled = settingOf(settings.value, 'ENABLED');
  if (enabled === null) return null;
  const of = (name: string) => (defaults.kind === 'measured' ? settingOf(defaults.value, name) : null);
  const policy = of('DEFAULT_INPUT_POLICY');
  const parts = [
    policy === null ? '' : `default input ${policy.toLowerCase()}`,
    of('IPV6')?.toLowerCase() === 'no' ? 'IPv6 left alone' : '',
  ];
  const detail = parts.filter((part) => part !== '').join(', ');
  return {
    name: 'ufw',
    state: enabled.toLowerCase() === 'yes' ? 'configured' : 'off',
    detail: detail === '' ? null : detail,
    source: UFW_SETTINGS,
  };
}

async function firewalld(local: LocalSystem): Promise<Manager | null> {
  const path = '/etc/firewalld/firewalld.conf';
  const settings = await local.file(path, 65_536);
  if (settings.kind !== 'measured') return null;
  const started = await Promise.all(WANTS.map((wants) => isLinked(local, `/etc/systemd/system/${wants}/firewalld.service`)));
  const zone = settingOf(settings.value, 'DefaultZone');
  return {
    name: 'firewalld',
    state: started.includes(true) ? 'configured' : 'off',
    detail: zone === null ? null : `default zone ${zone}`,
    source: path,
  };
}

/** `NAME=value` or `NAME="value"` of a file that shells read; short words only. */
function settingOf(text: string, name: string): string | null {
  return new RegExp(`^\\s*${name}\\s*=\\s*"?([\\w.-]{1,64})"?\\s*$`, 'm').exec(text)?.[1] ?? null;
}
