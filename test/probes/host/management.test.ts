import { describe, expect, it } from 'vitest';
import { measured, unavailable } from '../../../src/model/attempt.js';
import { management } from '../../../src/model/data/management.js';
import type { DataOf } from '../../../src/model/measurement.js';
import type { LocalSystem } from '../../../src/net/port.js';
import { distributionOf, readManagement } from '../../../src/probes/host/management.js';
import { fakeNetwork } from '../../fakes/network.js';

type Link = DataOf<'host'>['interfaces'][number];

const link = (name: string, index: number): Link => ({ name, index, loopback: name === 'lo' }) as Link;

async function read(files: Record<string, string>, parts: Partial<LocalSystem> = {}) {
  const local: LocalSystem = {
    ...fakeNetwork().local,
    platform: 'linux',
    userId: 1000,
    file: async (path) => (path in files ? measured(files[path] ?? '') : unavailable('file', `${path} does not exist`)),
    entries: async (folder) => {
      const names = Object.keys(files).flatMap((path) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : []));
      return names.length === 0 ? unavailable('file', `${folder} does not exist`) : measured(names);
    },
    exists: async (path) => Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`)),
    ...parts,
  };
  return management.parse(await readManagement([link('lo', 1), link('eth0', 2)], local));
}

describe('the distribution', () => {
  it.each([
    ['ID=debian\n', 'debian'],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'debian'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'fedora'],
    ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', 'suse'],
    ["ID='opensuse-tumbleweed'\n", 'suse'],
    ['ID=manjaro\nID_LIKE=arch\n', 'arch'],
    ['ID=alpine\n', 'alpine'],
    ['ID=nixos\n', 'other'],
    ['', 'other'],
  ])('of %j is %s', (release, family) => {
    expect(distributionOf(release)).toBe(family);
  });
});

describe('who manages a link', () => {
  it.each([
    [{ '/run/NetworkManager/devices/2': '[device]\nmanaged=true\n' }, 'NetworkManager'],
    [{ '/run/systemd/netif/links/2': 'ADMIN_STATE=configured\nOPER_STATE=routable\n' }, 'systemd-networkd'],
    [
      {
        '/run/NetworkManager/devices/2': '[device]\nmanaged=false\n',
        '/run/systemd/netif/links/2': 'ADMIN_STATE=unmanaged\n',
        '/run/network/ifstate': 'lo=lo\neth0=eth0\n',
      },
      'ifupdown',
    ],
    [{ '/run/dhcpcd/eth0.pid': '12' }, 'dhcpcd'],
    [{ '/run/dhcpcd/pid': '12' }, 'dhcpcd'],
    [{ '/run/connman/resolv.conf': '' }, 'connman'],
    [{ '/run/wicked/wickedd.pid': '' }, 'wicked'],
  ])('by %j is %s', async (files, manager) => {
    const { links } = await read(files as Record<string, string>);
    expect(links).toMatchObject([{ interface: 'eth0', manager }]);
  });

  it('is not told without a mark', async () => {
    expect(await read({})).toEqual({ distribution: null, systemd: false, root: false, netplan: false, links: [] });
  });

  it('and whether netplan writes for it, systemd runs, and the user is root', async () => {
    const files = { '/etc/os-release': 'ID=ubuntu\n', '/etc/netplan/50-cloud-init.yaml': '', '/run/systemd/system/x': '' };
    expect(await read(files, { userId: 0 })).toEqual({ distribution: 'debian', systemd: true, root: true, netplan: true, links: [] });
  });

  it('is not read elsewhere', async () => {
    expect(await read({}, { platform: 'win32', userId: null })).toEqual({
      ...{ distribution: null, systemd: null, root: null, netplan: false, links: [] },
    });
  });
});
