import type { DataOf } from '../../model/measurement.js';
import type { Mount } from '../../wire/linux/mount-info.js';

type Container = NonNullable<DataOf<'surroundings'>['container']>;
type Runtime = NonNullable<Container['runtime']>;
type Evidence = Container['evidence'];

/** Facts from which a container is told; what could not be read is `null`. */
export interface ContainerFacts {
  release: string | null;
  version: string | null;
  /** Marks that are there: paths. */
  marks: ReadonlySet<string>;
  /** `container=` of this process, and of the first one of the machine (root sees it), and `/run/systemd/container`. */
  ownVariable: string | null;
  firstVariable: string | null;
  managerFile: string | null;
  /** `/run/.containerenv` of Podman. */
  podman: ReadonlyMap<string, string> | null;
  /** Own control groups, and those of the first process. */
  cgroups: readonly string[];
  firstCgroups: readonly string[];
  mounts: readonly Mount[] | null;
  /** By kind of namespace, whether this process is in the first one of the kernel. */
  firstNamespaces: ReadonlyMap<string, boolean>;
  idMap: readonly { inside: number; outside: number; count: number }[] | null;
  /** Whether this is the first network namespace of the kernel. */
  hostNetwork: boolean | null;
  /** Variables that are set: `KUBERNETES_SERVICE_HOST`, `SNAP`, `FLATPAK_ID`. Only that they are. */
  variables: ReadonlySet<string>;
  searchDomains: readonly string[];
}

/** Paths whose mere being there tells something. */
export const MARKS = [
  '/.dockerenv',
  '/run/.containerenv',
  '/.flatpak-info',
  '/proc/vz',
  '/proc/bc',
  '/var/run/secrets/kubernetes.io/serviceaccount',
  '/dev/.lxc-boot-id',
  '/etc/debian_chroot',
] as const;

const MOUNTS = '/proc/self/mountinfo';
const OWN_VARIABLE = 'the variable container';

/** What container runtimes call themselves in the variable `container`. */
const NAMES: Readonly<Record<string, Runtime>> = {
  docker: 'docker',
  podman: 'podman',
  oci: 'other',
  lxc: 'lxc',
  'lxc-libvirt': 'lxc',
  'systemd-nspawn': 'systemd-nspawn',
  flatpak: 'flatpak',
  wsl: 'wsl',
};

/** Where runtimes keep what they mount into a container, and how they name its control group. */
const PATHS: readonly { is: RegExp; runtime: Runtime }[] = [
  { is: /\/docker\/(containers|overlay2|[0-9a-f]{64})|\/docker[-/][0-9a-f]{12,64}(\.scope)?/, runtime: 'docker' },
  { is: /\/(containers\/storage|overlay-containers|libpod)[-/_]|\/libpod-[0-9a-f]{64}/, runtime: 'podman' },
  { is: /\/crio-[0-9a-f]{64}|\/crio\//, runtime: 'cri-o' },
  { is: /io\.containerd|\/cri-containerd[-:]|\/containerd\//, runtime: 'containerd' },
  { is: /^\/(lxc|lxc\.payload|lxc\.payload\.[^/]+)(\/|$)/, runtime: 'lxc' },
  { is: /^\/machine\.slice\/(systemd-nspawn@|machine-)/, runtime: 'systemd-nspawn' },
];

/** What holds this process, each claim with its evidence. Pure. */
export function containerKind(facts: ContainerFacts): Container {
  const evidence: Evidence = [];
  const see = (says: string, source: string) => evidence.push({ says, source });
  const kubernetes = kubernetesBy(facts, see);
  const rest = { kubernetes, rootless: rootless(facts), network: networkOf(facts) };
  const is = (kind: Container['kind'], runtime: Runtime | null, because: string): Container => ({
    kind,
    runtime,
    ...rest,
    because,
    evidence,
  });
  const root = facts.mounts?.find(({ mountPoint }) => mountPoint === '/');

  const shut = sandbox(facts, root?.fileSystem ?? null);
  if (shut !== null) {
    see(shut.says, shut.source);
    return is('sandbox', shut.runtime, shut.says);
  }
  const own = [...facts.firstNamespaces].filter(([, first]) => !first).map(([kind]) => kind);
  const held = own.filter((kind) => kind !== 'user' && kind !== 'cgroup');
  if (held.length > 0) see(`namespaces of its own: ${own.join(', ')}`, '/proc/self/ns');
  const named = runtimeBy(facts, see);
  const layered = root !== undefined && ['overlay', 'aufs', 'fuse.fuse-overlayfs'].includes(root.fileSystem);
  if (layered) see(`the root file system is ${root.fileSystem}`, MOUNTS);

  // A name that the runtime gives to what it runs. A file alone may have come with an image that was unpacked elsewhere, a variable from anywhere.
  const first = facts.firstNamespaces.size > 0 && held.length === 0;
  if (named !== null && (!named.leftover || held.length > 0 || (!first && (layered || named.source === OWN_VARIABLE)))) {
    return is('container', named.runtime, named.says);
  }
  if (kubernetes && !first) return is('container', null, 'it is a pod of Kubernetes');
  if (facts.firstNamespaces.get('pid') === false) {
    return is('container', null, 'it has process numbers of its own; nothing says by what');
  }
  if (facts.mounts !== null && facts.mounts.length > 0 && root === undefined) {
    const says = 'its root folder is not the root of a mounted file system';
    see(says, MOUNTS);
    return is('chroot', null, says);
  }
  if (first) {
    const because =
      named === null
        ? 'it is in the first namespaces of the kernel'
        : `${named.source} is there, but this is in the first namespaces of the kernel${named.source === OWN_VARIABLE ? '' : ': a file of the image from which the system was made'}`;
    return is('none', null, because);
  }
  if (facts.firstNamespaces.size === 0) return is(null, null, 'the namespaces of this process are not shown');
  return is('none', null, `only namespaces of its own for ${own.join(', ')}; no runtime shows`);
}

interface Named {
  runtime: Runtime;
  says: string;
  source: string;
  /** A file that stays in an image, wherever that is unpacked, or a variable that anybody can set. */
  leftover: boolean;
}

type See = (says: string, source: string) => void;

function runtimeBy(facts: ContainerFacts, see: See): Named | null {
  const found: Named[] = [];
  const add = (runtime: Runtime, says: string, source: string, leftover = false) => {
    found.push({ runtime, says, source, leftover });
    see(says, source);
  };
  const release = facts.release ?? '';
  if (/microsoft/i.test(release))
    add('wsl', `the kernel is ${/WSL2/i.test(release) ? 'that of WSL2' : 'made by Microsoft'}`, '/proc/sys/kernel/osrelease');
  if (/gvisor/i.test(release)) add('gvisor', 'the kernel calls itself gVisor', '/proc/sys/kernel/osrelease');
  // The words that gVisor has for every machine: no real kernel 4.4.0 was made at that moment.
  else if (/^Linux version 4\.4\.0 #1 SMP Sun Jan 10 15:06:54 PST 2016/.test(facts.version ?? ''))
    add('gvisor', 'the version is the one that gVisor shows everywhere', '/proc/version');
  for (const [value, source] of [
    [facts.managerFile, '/run/systemd/container'],
    [facts.firstVariable, '/proc/1/environ'],
    [facts.ownVariable, OWN_VARIABLE],
  ] as const) {
    const name = value?.trim().toLowerCase() ?? '';
    if (/^[a-z-]{2,40}$/.test(name)) add(NAMES[name] ?? 'other', `it is called ${name}`, source, source === OWN_VARIABLE);
  }
  if (facts.podman !== null) add('podman', 'Podman has described the container', '/run/.containerenv', facts.podman.size === 0);
  else if (facts.marks.has('/run/.containerenv')) add('podman', '/run/.containerenv is there', '/run/.containerenv', true);
  if (facts.marks.has('/proc/vz') && !facts.marks.has('/proc/bc')) add('openvz', '/proc/vz is there without /proc/bc', '/proc/vz');

  const paths = [
    ...[...facts.cgroups, ...facts.firstCgroups].map((path) => ({ path, source: '/proc/self/cgroup' })),
    ...(facts.mounts ?? [])
      .filter(({ mountPoint }) => ['/', '/etc/resolv.conf', '/etc/hostname', '/etc/hosts'].includes(mountPoint))
      .map(({ mountPoint, root, options }) => ({ path: mountPoint === '/' ? options : root, source: MOUNTS })),
  ];
  for (const { path, source } of paths) {
    const known = PATHS.find(({ is }) => is.test(path));
    // The host's own process can be in the control group of the service that runs containers, but not in one of a container.
    if (known !== undefined && !found.some(({ runtime }) => runtime === known.runtime))
      add(known.runtime, `${known.runtime} keeps what is mounted here, or its control group`, source);
  }
  if ((facts.mounts ?? []).some(({ fileSystem, mountPoint }) => fileSystem === 'fuse.lxcfs' && mountPoint.startsWith('/proc/')))
    if (!found.some(({ runtime }) => runtime === 'lxc')) add('lxc', 'lxcfs shows files of /proc', MOUNTS);
  if (facts.marks.has('/dev/.lxc-boot-id') && !found.some(({ runtime }) => runtime === 'lxc'))
    add('lxc', '/dev/.lxc-boot-id is there', '/dev/.lxc-boot-id');
  if (facts.marks.has('/.dockerenv') && !found.some(({ runtime }) => runtime === 'docker'))
    add('docker', '/.dockerenv is there', '/.dockerenv', true);
  return foremost(found);
}

/** Whose name says most, where several show: the kernel that is none, then what runs containers, and last what may come from an image. */
const FOREMOST: readonly Runtime[] = ['gvisor', 'docker', 'podman', 'cri-o', 'lxc', 'systemd-nspawn', 'openvz', 'containerd', 'wsl'];

function foremost(found: readonly Named[]): Named | null {
  const ranked = FOREMOST.flatMap((runtime) => found.filter((named) => named.runtime === runtime));
  return ranked.find(({ leftover }) => !leftover) ?? ranked[0] ?? found[0] ?? null;
}

function kubernetesBy(facts: ContainerFacts, see: See): boolean {
  const signs: [string, string][] = [];
  if (facts.variables.has('KUBERNETES_SERVICE_HOST')) signs.push(['KUBERNETES_SERVICE_HOST is set', 'the environment']);
  if (facts.marks.has('/var/run/secrets/kubernetes.io/serviceaccount'))
    signs.push(['a service account is mounted', '/var/run/secrets/kubernetes.io/serviceaccount']);
  if ([...facts.cgroups, ...facts.firstCgroups].some((path) => /\/kubepods/.test(path)))
    signs.push(['its control group is of a pod', '/proc/self/cgroup']);
  // On a node such a folder is mounted again within the folders of the kubelet.
  const ofPod = /\/pods\/[0-9a-f-]{36}\/(etc-hosts|volumes|containers)/;
  if ((facts.mounts ?? []).some(({ root, mountPoint }) => ofPod.test(root) && !/\/pods\/[0-9a-f-]{36}\//.test(mountPoint)))
    signs.push(['the kubelet has mounted files into it', MOUNTS]);
  const cluster = facts.searchDomains.some((domain) => /^svc\./.test(domain));
  // A search list alone can be a workstation's that is meant to reach a cluster.
  if (signs.length > 0 && cluster) signs.push(['names of services are searched for', 'the search list']);
  for (const [says, source] of signs) see(says, source);
  return signs.length > 0;
}

function sandbox(
  { marks, variables }: ContainerFacts,
  rootFileSystem: string | null,
): { runtime: Runtime; says: string; source: string } | null {
  if (marks.has('/.flatpak-info')) return { runtime: 'flatpak', says: 'this program is shut in by Flatpak', source: '/.flatpak-info' };
  // Every program that is started from one in a Snap, such as the terminal of an editor, gets its variables. One shut in has the root of a Snap.
  if (rootFileSystem !== null && rootFileSystem !== 'squashfs') return null;
  return variables.has('SNAP') && variables.has('SNAP_NAME')
    ? { runtime: 'snap', says: 'this program is part of a Snap', source: 'the variable SNAP' }
    : null;
}

function rootless({ idMap, podman, firstNamespaces }: ContainerFacts): boolean | null {
  if (podman?.get('rootless') === '1') return true;
  const root = idMap?.find(({ inside, count }) => inside === 0 && count > 0);
  if (idMap === null) return null;
  if (firstNamespaces.get('user') === true || root?.outside === 0) return false;
  // An engine of root that maps users elsewhere (Docker's userns-remap, LXC) gives a whole range; one without rights its own user alone.
  return root?.count === 1 ? true : null;
}

function networkOf({ hostNetwork }: ContainerFacts): Container['network'] {
  return hostNetwork === null ? null : hostNetwork ? 'host' : 'own';
}
