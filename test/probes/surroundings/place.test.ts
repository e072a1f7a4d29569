import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { containerName, virtualizationName } from '../../../src/model/place-names.js';
import { containerKind } from '../../../src/probes/surroundings/container-kind.js';
import { machineKind } from '../../../src/probes/surroundings/machine-kind.js';
import { readContainerFacts, readMachineFacts } from '../../../src/probes/surroundings/read-machine.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';

const FIRST = { pid: 4026531836, user: 4026531837, uts: 4026531838, ipc: 4026531839, cgroup: 4026531835 };
type Kind = keyof typeof FIRST;

/** Links of namespaces: those named are of this process alone, the rest are the kernel's first. */
function namespaces(...own: Kind[]): Record<string, string> {
  const kinds = Object.keys(FIRST) as Kind[];
  return Object.fromEntries(kinds.map((kind) => [`/proc/self/ns/${kind}`, `${kind}:[${own.includes(kind) ? 4026532200 : FIRST[kind]}]`]));
}

const CONTAINER = namespaces('pid', 'uts', 'ipc', 'cgroup');
const ROOTLESS = namespaces('pid', 'uts', 'ipc', 'cgroup', 'user');
const HOST = namespaces();

async function placeOf(folder: string, machine: FakeMachine = {}, search: readonly string[] = []) {
  const root = fileURLToPath(new URL(`../../machines/place-${folder}`, import.meta.url));
  const local = fakeLocalSystem({ root, links: HOST, ...machine });
  const absent: string[] = [];
  const miss = (fact: string, because: string) => absent.push(`${fact}: ${because}`);
  const [machineFacts, containerFacts] = await Promise.all([readMachineFacts(local, miss), readContainerFacts(local, search, miss)]);
  return { machine: machineKind(machineFacts), container: containerKind(containerFacts), absent };
}

const MACHINES: readonly [folder: string, name: string | null, provider: string | null, evidence: string][] = [
  ['laptop', 'bare metal', null, '/proc/cpuinfo'],
  ['chromebook', 'bare metal', null, '/proc/cpuinfo'],
  ['proxmox', 'bare metal', null, '/proc/cpuinfo'],
  ['xen-dom0', 'bare metal', null, '/proc/xen/capabilities'],
  ['kvm-vps', 'KVM', null, '/sys/devices/system/clocksource/clocksource0/available_clocksource'],
  ['hetzner', 'KVM at Hetzner', 'hetzner', '/sys/class/dmi/id/sys_vendor'],
  ['firecracker', 'Firecracker', null, '/sys/firmware/acpi/tables/DSDT'],
  ['vmware', 'VMware', null, '/sys/class/dmi/id/sys_vendor'],
  ['hyper-v', 'Hyper-V', null, '/sys/class/dmi/id/sys_vendor'],
  ['azure', 'Hyper-V at Microsoft Azure', 'azure', '/sys/class/dmi/id/chassis_asset_tag'],
  ['virtualbox', 'VirtualBox', null, '/sys/class/dmi/id/product_name'],
  ['ec2-xen', 'Xen at Amazon EC2', 'aws', '/sys/hypervisor/version/extra'],
  ['ec2-nitro', 'AWS Nitro', 'aws', '/sys/class/dmi/id/sys_vendor'],
  ['ec2-metal', 'bare metal at Amazon EC2', 'aws', '/sys/class/dmi/id/product_name'],
  ['gce', 'KVM at Google Compute Engine', 'gce', '/sys/class/dmi/id/product_name'],
  ['raspberry-pi', 'bare metal', null, '/proc/device-tree/model'],
  ['arm-kvm', 'QEMU', null, '/proc/device-tree/compatible'],
  ['arm-unknown', null, null, ''],
  ['wsl2', 'Hyper-V', null, '/sys/bus/vmbus/devices'],
  ['nonsense', null, null, ''],
];

describe('the machine', () => {
  it.each(MACHINES)('%s is %s', async (folder, name, provider, source) => {
    const { machine } = await placeOf(folder);
    expect(virtualizationName(machine), JSON.stringify(machine, null, 1)).toBe(name);
    expect(machine.provider).toBe(provider);
    if (source === '') expect(machine.evidence).toEqual([]);
    else if (source !== '/sys/hypervisor/version/extra') expect(machine.evidence.map((entry) => entry.source)).toContain(source);
    expect(machine.because).toMatch(/\S/);
  });

  it('is virtual without a name where only the mark of a hypervisor can be read', async () => {
    const refused = { '/sys/devices/system/clocksource/clocksource0/available_clocksource': null, '/sys/firmware/acpi/tables/DSDT': null };
    const { machine, absent } = await placeOf('firecracker', { files: refused });
    expect(virtualizationName(machine)).toBe('virtual machine');
    expect(machine.because).toContain('nothing that may be read');
    expect(absent.join('\n')).toContain("maker of the firmware's tables");
  });

  it('is KVM to those who may not read the tables of the firmware, and Firecracker to root', async () => {
    expect((await placeOf('firecracker', { files: { '/sys/firmware/acpi/tables/DSDT': null } })).machine.hypervisor).toBe('kvm');
    expect((await placeOf('firecracker')).machine.hypervisor).toBe('firecracker');
  });

  it('is metal in the first domain of Xen, also where /proc/xen is not mounted', async () => {
    const features = '/sys/hypervisor/properties/features';
    const { machine } = await placeOf('xen-dom0', { files: { '/proc/xen/capabilities': '', [features]: '00000f05\n' } });
    expect([machine.kind, machine.evidence[0]?.source]).toEqual(['metal', features]);
    const guest = await placeOf('xen-dom0', { files: { '/proc/xen/capabilities': '', [features]: '00000705\n' } });
    expect(guest.machine.hypervisor).toBe('xen');
  });

  it('is not what the firmware of a board says, where the processor shows no hypervisor', async () => {
    const { machine } = await placeOf('laptop', {
      files: { '/sys/class/dmi/id/sys_vendor': 'Alibaba Cloud\n', '/sys/class/dmi/id/product_name': 'KVM\n' },
    });
    expect(machine.kind).toBe('metal');
  });

  it('cannot be told where the firmware is that of a hypervisor and the processor hides it', async () => {
    const { machine } = await placeOf('laptop', {
      files: { '/sys/class/dmi/id/sys_vendor': 'QEMU\n', '/sys/class/dmi/id/product_name': 'Standard PC (Q35 + ICH9, 2009)\n' },
    });
    expect([machine.kind, machine.because]).toEqual([null, expect.stringContaining('the firmware names QEMU')]);
  });
});

const CONTAINERS: readonly [folder: string, machine: FakeMachine, name: string | null, network: 'own' | 'host' | null][] = [
  ['laptop', {}, 'none', 'host'],
  ['proxmox', {}, 'none', 'host'],
  ['kvm-vps', {}, 'none', 'host'],
  // Made from an image of Docker, and no container: the file alone proves nothing.
  ['firecracker', {}, 'none', 'host'],
  ['docker-cgroup-v1', { links: CONTAINER }, 'Docker', 'own'],
  ['docker-cgroup-v2', { links: CONTAINER }, 'Docker', 'own'],
  ['docker-host-network', { links: CONTAINER }, 'Docker', 'host'],
  ['podman-rootless', { links: ROOTLESS }, 'Podman, rootless', 'own'],
  ['kubernetes-pod', { links: CONTAINER, environment: { KUBERNETES_SERVICE_HOST: '10.96.0.1' } }, 'containerd, Kubernetes', 'own'],
  // Root's own engines map a range of users elsewhere, as those without rights do: nothing follows from it.
  ['lxc', { links: ROOTLESS }, 'LXC', 'own'],
  ['nspawn', { links: ROOTLESS }, 'systemd-nspawn', 'own'],
  ['gvisor', { links: {} }, 'gVisor', 'own'],
  ['openvz', { links: {} }, 'OpenVZ', 'own'],
  ['chroot', {}, 'chroot', 'host'],
  ['flatpak', { links: namespaces('pid', 'user') }, 'Flatpak', 'host'],
  ['wsl1', { links: {} }, 'WSL', 'host'],
  ['wsl2', { links: namespaces('pid', 'uts', 'ipc') }, 'WSL', 'host'],
  ['nonsense', { links: {} }, null, null],
];

describe('the container', () => {
  it.each(CONTAINERS)('on %s', async (folder, machine, name, network) => {
    const { container } = await placeOf(folder, machine);
    const shown = JSON.stringify(container, null, 1);
    if (folder === 'wsl1' || folder === 'wsl2') expect(container.runtime, shown).toBe('wsl');
    else expect(containerName(container, null), shown).toBe(name);
    expect(container.network, shown).toBe(network);
    expect(container.because).toMatch(/\S/);
  });

  it('inside a WSL distribution is Docker, although the kernel is that of WSL', async () => {
    const { container } = await placeOf('docker-cgroup-v2', {
      links: CONTAINER,
      files: { '/proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n' },
    });
    expect(container.runtime).toBe('docker');
  });

  it('is WSL where a distribution was made from an image of Docker', async () => {
    const { container } = await placeOf('wsl2', { links: namespaces('pid', 'uts'), files: { '/.dockerenv': '' } });
    expect(container.runtime).toBe('wsl');
  });

  it('is one without a name where processes have numbers of their own and nothing else shows', async () => {
    const { container } = await placeOf('laptop', { links: namespaces('pid', 'uts') });
    expect([container.kind, container.runtime]).toEqual(['container', null]);
  });

  it.each<[string, FakeMachine]>([
    ['a variable that anybody can set', { environment: { container: 'web' } }],
    ['the variable of Flatpak that was handed on', { environment: { container: 'flatpak' } }],
    ['the variables of a Snap, in the terminal of an editor', { environment: { SNAP: '/snap/code/1', SNAP_NAME: 'code' } }],
    [
      'a root file system in layers, with a file of an image',
      { files: { '/.dockerenv': '', '/proc/self/mountinfo': '20 1 0:18 / / rw - overlay overlay rw,lowerdir=/run/live\n' } },
    ],
  ])('is none by %s', async (_what, machine) => {
    const { container } = await placeOf('laptop', machine);
    expect([container.kind, container.runtime], JSON.stringify(container)).toEqual(['none', null]);
  });

  it('is a Snap where the root file system is that of one', async () => {
    const { container } = await placeOf('laptop', {
      environment: { SNAP: '/snap/x/1', SNAP_NAME: 'x' },
      files: { '/proc/self/mountinfo': '20 1 7:1 / / ro - squashfs /dev/loop1 ro\n' },
    });
    expect([container.kind, container.runtime]).toEqual(['sandbox', 'snap']);
  });

  it('is no pod on a node, where folders of pods are mounted within those of the kubelet', async () => {
    const pod = '/var/lib/kubelet/pods/0b7a1c1e-1111-2222-3333-444455556666';
    const mountinfo = `20 1 8:1 / / rw - ext4 /dev/sda1 rw\n21 20 8:1 ${pod}/volumes/x ${pod}/volume-subpaths/x/0 rw - ext4 /dev/sda1 rw\n`;
    const { container } = await placeOf('laptop', { files: { '/proc/self/mountinfo': mountinfo } });
    expect([container.kind, container.kubernetes, container.evidence]).toEqual(['none', false, []]);
  });

  it('is none where only user and network namespaces are its own', async () => {
    const { container } = await placeOf('laptop', { links: namespaces('user') });
    expect(container.kind).toBe('none');
  });

  it('is Docker by its mounts where neither namespaces nor the mark are shown', async () => {
    const { container } = await placeOf('docker-cgroup-v1', { links: {}, files: { '/.dockerenv': null } });
    expect(container.runtime).toBe('docker');
  });

  it('takes a search list for clusters alone for no pod', async () => {
    const { container } = await placeOf('laptop', {}, ['svc.cluster.local']);
    expect(container.kubernetes).toBe(false);
  });

  it('hands on none of the environment', async () => {
    const { machine, container, absent } = await placeOf('docker-cgroup-v2', {
      links: CONTAINER,
      userId: 0,
      environment: { SECRET_TOKEN: 'hunter2', KUBERNETES_SERVICE_HOST: '10.1.2.3' },
      files: { '/proc/1/environ': 'PASSWORD=hunter2\0container=docker\0' },
    });
    expect(JSON.stringify([machine, container, absent])).not.toMatch(/hunter2|10\.1\.2\.3/);
  });
});

describe('what cannot be read', () => {
  it('is absent with its reason, and makes no claim', async () => {
    const refused = Object.fromEntries(
      [
        '/proc/cpuinfo',
        '/proc/version',
        '/proc/sys/kernel/osrelease',
        '/proc/self/mountinfo',
        '/proc/self/uid_map',
        '/proc/self/cgroup',
      ].map((path) => [path, null]),
    );
    const { machine, container, absent } = await placeOf('unreadable', { files: refused, links: {} });
    expect([machine.kind, machine.hypervisor, container.kind, container.runtime, container.rootless]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(absent.some((line) => line.startsWith('processor: '))).toBe(true);
    expect(absent.some((line) => line.startsWith('mounts: '))).toBe(true);
  });

  it('of nonsense says so for each file', async () => {
    const { absent } = await placeOf('nonsense', { links: {} });
    for (const fact of ['processor', 'mounts', 'user numbers', 'kernel release', 'firmware: sys_vendor', 'hypervisor'])
      expect(
        absent.some((line) => line.startsWith(`${fact}: `) && line.includes('nonsense')),
        fact,
      ).toBe(true);
  });
});
