import type { DataOf } from './measurement.js';

type Machine = NonNullable<DataOf<'surroundings'>['machine']>;
type Container = NonNullable<DataOf<'surroundings'>['container']>;

const HYPERVISORS: Readonly<Record<NonNullable<Machine['hypervisor']>, string>> = {
  kvm: 'KVM',
  qemu: 'QEMU',
  firecracker: 'Firecracker',
  nitro: 'AWS Nitro',
  vmware: 'VMware',
  virtualbox: 'VirtualBox',
  'hyper-v': 'Hyper-V',
  xen: 'Xen',
  parallels: 'Parallels',
  bhyve: 'bhyve',
  apple: 'Apple Virtualization',
  bochs: 'Bochs',
  uml: 'User-mode Linux',
  zvm: 'z/VM',
  powervm: 'PowerVM',
};

const RUNTIMES: Readonly<Record<NonNullable<Container['runtime']>, string>> = {
  docker: 'Docker',
  podman: 'Podman',
  containerd: 'containerd',
  'cri-o': 'CRI-O',
  lxc: 'LXC',
  'systemd-nspawn': 'systemd-nspawn',
  openvz: 'OpenVZ',
  wsl: 'WSL',
  gvisor: 'gVisor',
  flatpak: 'Flatpak',
  snap: 'Snap',
  other: 'container',
};

const PROVIDERS: Readonly<Record<string, string>> = {
  aws: 'Amazon EC2',
  gce: 'Google Compute Engine',
  azure: 'Microsoft Azure',
  digitalocean: 'DigitalOcean',
  hetzner: 'Hetzner',
  openstack: 'OpenStack',
  vultr: 'Vultr',
  linode: 'Linode',
  alibaba: 'Alibaba Cloud',
  oracle: 'Oracle Cloud',
  scaleway: 'Scaleway',
  upcloud: 'UpCloud',
  exoscale: 'Exoscale',
  tencent: 'Tencent Cloud',
  ibm: 'IBM Cloud',
};

export function providerName(provider: string): string {
  return PROVIDERS[provider] ?? provider;
}

/** `KVM`, `KVM at Hetzner`, `bare metal`; `null`: cannot be told. */
export function virtualizationName({ kind, hypervisor, provider }: Machine): string | null {
  if (kind === null) return null;
  const at = provider === null ? '' : ` at ${providerName(provider)}`;
  if (kind === 'metal') return `bare metal${at}`;
  if (hypervisor === 'nitro') return HYPERVISORS.nitro;
  return `${hypervisor === null ? 'virtual machine' : HYPERVISORS[hypervisor]}${at}`;
}

/** `Docker`, `Podman, rootless`, `containerd, Kubernetes`, `none`; `null`: cannot be told. */
export function containerName({ kind, runtime, kubernetes, rootless }: Container, wsl: DataOf<'surroundings'>['wsl']): string | null {
  if (kind === null) return null;
  if (runtime === 'wsl' && wsl !== null) return `WSL${wsl.version}`;
  if (kind === 'chroot') return 'chroot';
  if (kind === 'none') return 'none';
  const words = [runtime === null ? 'container' : RUNTIMES[runtime], kubernetes ? 'Kubernetes' : '', rootless === true ? 'rootless' : ''];
  return words.filter((word) => word !== '').join(', ');
}
