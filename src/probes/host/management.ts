import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem } from '../../net/port.js';
import type { Interface } from './reading.js';

type Management = NonNullable<DataOf<'host'>['management']>;
type Distribution = NonNullable<Management['distribution']>;
type Manager = Management['links'][number]['manager'];

/** Machines with more links are switches or hosts of containers: who manages the rest is not asked. */
const LINK_LIMIT = 16;
const FILE_BYTES = 16_384;

/** Words of `ID` and `ID_LIKE` (os-release(5)) by the family whose tools are there. */
const FAMILIES: Readonly<Record<string, Distribution>> = {
  debian: 'debian',
  ubuntu: 'debian',
  fedora: 'fedora',
  rhel: 'fedora',
  centos: 'fedora',
  suse: 'suse',
  opensuse: 'suse',
  sles: 'suse',
  arch: 'arch',
  alpine: 'alpine',
};

/** Marks that a manager leaves for the links of the whole machine. */
const WHOLE_MACHINE: readonly (readonly [path: string, manager: Manager])[] = [
  ['/run/dhcpcd/pid', 'dhcpcd'],
  ['/run/dhcpcd.pid', 'dhcpcd'],
  ['/run/connman', 'connman'],
  ['/run/wicked', 'wicked'],
];

/**
 * Whose tools set this machine up, by the marks that they leave in /run. These are of the namespace in which they were written: where netdiag
 * runs in another one, a link of the same number can be another.
 */
export async function readManagement(interfaces: readonly Interface[], local: LocalSystem): Promise<Management> {
  const root = local.userId === null ? null : local.userId === 0;
  if (local.platform !== 'linux') return { distribution: null, systemd: null, root, netplan: false, links: [] };
  const asked = interfaces.filter(({ loopback }) => !loopback).slice(0, LINK_LIMIT);
  const [release, systemd, plans, ifstate, whole] = await Promise.all([
    text(local, '/etc/os-release'),
    local.exists('/run/systemd/system'),
    local.entries('/etc/netplan'),
    text(local, '/run/network/ifstate'),
    managerOfAll(local),
  ]);
  const links = await Promise.all(asked.map((link) => managerOf(link, ifstate, local)));
  return {
    distribution: release === null ? null : distributionOf(release),
    systemd,
    root,
    netplan: plans.kind === 'measured' && plans.value.some((name) => name.endsWith('.yaml')),
    links: links.flatMap((found, index) => {
      const name = asked[index]?.name;
      const manager = found ?? whole;
      return manager === null || name === undefined ? [] : [{ interface: name, ...manager }];
    }),
  };
}

/** Pure. */
export function distributionOf(release: string): Distribution {
  const words = [...release.matchAll(/^(?:ID|ID_LIKE)=(?:"([^"\n]*)"|'([^'\n]*)'|([^\n]*))$/gm)]
    .flatMap(([, double, single, bare]) => (double ?? single ?? bare ?? '').split(/\s+/))
    .map((word) => word.toLowerCase().replace(/-(?:leap|tumbleweed|microos)$/, ''));
  return words.map((word) => FAMILIES[word]).find((family) => family !== undefined) ?? 'other';
}

type Found = Pick<Management['links'][number], 'manager' | 'source'>;

async function managerOf(link: Interface, ifstate: string | null, local: LocalSystem): Promise<Found | null> {
  const { index, name } = link;
  const devices = `/run/NetworkManager/devices/${index}`;
  const networkd = `/run/systemd/netif/links/${index}`;
  const [device, state, dhcpcd] = await Promise.all([
    index === null ? null : text(local, devices),
    index === null ? null : text(local, networkd),
    local.exists(`/run/dhcpcd/${name}.pid`),
  ]);
  if (device !== null && !/^managed=(?:false|0)$/m.test(device)) return { manager: 'NetworkManager', source: devices };
  const administered = /^ADMIN_STATE=(\w+)$/m.exec(state ?? '')?.[1];
  if (administered !== undefined && administered !== 'unmanaged') return { manager: 'systemd-networkd', source: networkd };
  if (ifstate?.split('\n').some((line) => line.split('=', 1)[0] === name) === true)
    return { manager: 'ifupdown', source: '/run/network/ifstate' };
  return dhcpcd ? { manager: 'dhcpcd', source: `/run/dhcpcd/${name}.pid` } : null;
}

async function managerOfAll(local: LocalSystem): Promise<Found | null> {
  const there = await Promise.all(WHOLE_MACHINE.map(([path]) => local.exists(path)));
  const [path, manager] = WHOLE_MACHINE[there.indexOf(true)] ?? [];
  return path === undefined || manager === undefined ? null : { manager, source: path };
}

async function text(local: LocalSystem, path: string): Promise<string | null> {
  const read = await local.file(path, FILE_BYTES);
  return read.kind === 'measured' ? read.value : null;
}
