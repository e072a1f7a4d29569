import { z } from 'zod';
import { absences, count } from './quantities.js';

/** Shape of: where this machine stands: on metal, in a virtual machine or container, behind which translations. */

const family = z.union([z.literal(4), z.literal(6)]);

/** What speaks for a claim, and where it was read. */
const evidence = z.array(z.strictObject({ says: z.string(), source: z.string() }));

/** Kind of an address: where it can be used. `shared` is the space of carriers (RFC 6598), `nat64` and `464xlat` those of translators. */
const addressKind = z.enum([
  'public',
  'private',
  'unique-local',
  'shared',
  'link-local',
  'loopback',
  'documentation',
  'benchmark',
  'nat64',
  '464xlat',
  'special',
]);

const machine = z.strictObject({
  /** `null`: cannot be told. */
  kind: z.enum(['metal', 'virtual']).nullable(),
  /** What runs the virtual machine; `null`: none, or which one cannot be told. */
  hypervisor: z
    .enum([
      'kvm',
      'qemu',
      'firecracker',
      'nitro',
      'vmware',
      'virtualbox',
      'hyper-v',
      'xen',
      'parallels',
      'bhyve',
      'apple',
      'bochs',
      'uml',
      'zvm',
      'powervm',
    ])
    .nullable(),
  /** Whose machine it is, by what its firmware says: `aws`, `gce`, `azure`, …; `null`: it names none. */
  provider: z.string().nullable(),
  because: z.string(),
  evidence,
});

const container = z.strictObject({
  /** `container`: namespaces of its own. `sandbox`: a program that is shut in (Flatpak, Snap). `chroot`: another root folder alone. */
  kind: z.enum(['none', 'container', 'sandbox', 'chroot']).nullable(),
  runtime: z
    .enum(['docker', 'podman', 'containerd', 'cri-o', 'lxc', 'systemd-nspawn', 'openvz', 'wsl', 'gvisor', 'flatpak', 'snap', 'other'])
    .nullable(),
  kubernetes: z.boolean(),
  /** Whether root inside is an ordinary user outside. */
  rootless: z.boolean().nullable(),
  /** `own`: interfaces and routes are of this container alone; `host`: they are those of the machine. */
  network: z.enum(['own', 'host']).nullable(),
  because: z.string(),
  evidence,
});

const wsl = z.strictObject({
  version: z.union([z.literal(1), z.literal(2)]),
  /** How it is joined to the network of Windows. */
  networking: z.enum(['nat', 'mirrored', 'bridged', 'virtioproxy', 'none', 'shared']).nullable(),
  evidence,
});

const outside = z.strictObject({
  family,
  /** The server that was asked. */
  server: z.string(),
  /** The address and port from which it saw the question come. `null`: it gave no answer that counts. */
  address: z.string().nullable(),
  port: count.nullable(),
  kind: addressKind.nullable(),
  /** The address and port that the question left with. `null`: not told. */
  local: z.string().nullable(),
  localPort: count.nullable(),
  /** Whether the address that it saw is one of this machine: then nothing translates. */
  isLocal: z.boolean().nullable(),
  portKept: z.boolean().nullable(),
  /** Why there is no answer, or what was wrong with those that came; `null`: all was well. */
  because: z.string().nullable(),
});

const translation = z.strictObject({
  /** The address with which this machine turns to the outside, by family, and the router that it turns to. */
  sources: z.array(
    z.strictObject({
      family,
      interface: z.string(),
      address: z.string(),
      kind: addressKind,
      gateway: z.string().nullable(),
      gatewayKind: addressKind.nullable(),
    }),
  ),
  /** Translations of IPv4 that are known, from here outwards. */
  layers: z.array(z.strictObject({ what: z.string(), because: z.string() })),
  /** What STUN servers saw (RFC 8489); empty: none was asked. */
  outside: z.array(outside),
  /** Of IPv4. */
  verdict: z.enum(['none', 'at least one', 'at least two', 'cannot tell']),
  because: z.string(),
});

/** A network for containers or virtual machines on this machine, by its bridge. */
const bridge = z.strictObject({
  interface: z.string(),
  prefixes: z.array(z.string()),
  carrier: z.boolean().nullable(),
  /** What is joined to it; `null`: not told. */
  ports: z.array(z.string()).nullable(),
});

const overlap = z.strictObject({
  /** The bridge and its subnet. */
  bridge: z.string(),
  prefix: z.string(),
  /** The other claim to the same addresses. */
  other: z.string(),
  otherPrefix: z.string(),
  otherIs: z.enum(['uplink', 'tunnel', 'bridge']),
  /** The part that both claim. */
  common: z.string(),
  /** The interface to which the kernel sends that part: the longest prefix wins, then the lowest metric. `null`: two alike. */
  winner: z.string().nullable(),
});

const mtuConflict = z.strictObject({
  interface: z.string(),
  mtuBytes: count,
  /** What it does not fit: the way out, the link below a tunnel, or another port of the bridge. */
  against: z.string(),
  againstMtuBytes: count,
  kind: z.enum(['bridge-over-uplink', 'tunnel-over-uplink', 'ports-of-bridge']),
  /** The largest MTU that fits. */
  fitsBytes: count,
});

export const surroundingsData = z.strictObject({
  /** `null`: not looked at. */
  machine: machine.nullable(),
  container: container.nullable(),
  wsl: wsl.nullable(),
  /** What `systemd-detect-virt` says, for comparison; `null`: not asked, or it is not there. */
  secondOpinion: z.strictObject({ machine: z.string(), container: z.string() }).nullable(),
  /** `null`: not looked at. */
  translation: translation.nullable(),
  bridges: z.array(bridge),
  /** `null`: the routes are not known. */
  overlaps: z.array(overlap).nullable(),
  mtuConflicts: z.array(mtuConflict),
  /** The resolver of a container network, that knows names of services; `null`: there is none. */
  serviceResolver: z.strictObject({ address: z.string(), of: z.enum(['docker', 'kubernetes']) }).nullable(),
  absent: absences,
});
