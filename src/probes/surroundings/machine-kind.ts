import type { DataOf } from '../../model/measurement.js';
import type { ProcessorFile } from '../../wire/linux/processor-file.js';

type Machine = NonNullable<DataOf<'surroundings'>['machine']>;
type Hypervisor = NonNullable<Machine['hypervisor']>;
type Evidence = Machine['evidence'];

/** What the firmware says of the machine (`/sys/class/dmi/id`), without numbers that belong to one machine alone. */
export const DMI_FIELDS = [
  'sys_vendor',
  'product_name',
  'product_version',
  'board_vendor',
  'board_name',
  'bios_vendor',
  'bios_version',
  'chassis_vendor',
  'chassis_asset_tag',
] as const;
export const DMI_FOLDER = '/sys/class/dmi/id';
export type Dmi = Readonly<Partial<Record<(typeof DMI_FIELDS)[number], string>>>;

/** Facts from which the kind of the machine is told; what could not be read is `null` or missing. */
export interface MachineFacts {
  dmi: Dmi;
  processor: ProcessorFile | null;
  /** `/sys/hypervisor/type`, `/sys/hypervisor/version/extra`, `/proc/xen/capabilities`. */
  hypervisorType: string | null;
  hypervisorVersion: string | null;
  xenCapabilities: string | null;
  /** `/sys/hypervisor/properties/features`, where `/proc/xen` is not mounted. */
  xenFeatures: string | null;
  /** `/proc/device-tree/…`: of boards and machines without DMI. */
  deviceTree: { model: string | null; compatible: string | null; hypervisor: string | null };
  clockSources: readonly string[];
  /** Whether devices hang on the bus of Hyper-V. */
  hyperVBus: boolean;
  /** Who made the tables of the firmware (ACPI), as root sees it. */
  acpiMaker: string | null;
  /** `/proc/sysinfo` of s390. */
  mainframe: string | null;
}

export const PROCESSOR_FILE = '/proc/cpuinfo';
export const CLOCK_SOURCES_FILE = '/sys/devices/system/clocksource/clocksource0/available_clocksource';
export const ACPI_FILE = '/sys/firmware/acpi/tables/DSDT';

/** Words of the firmware of machines that run under a hypervisor, the more particular first. */
const FIRMWARES: readonly { field: keyof Dmi; is: RegExp; hypervisor: Hypervisor; product?: RegExp }[] = [
  { field: 'sys_vendor', is: /^Amazon EC2$/, hypervisor: 'nitro', product: /^(?!.*\.metal)/ },
  { field: 'product_name', is: /^Google Compute Engine$/, hypervisor: 'kvm' },
  { field: 'bios_vendor', is: /^Xen$/, hypervisor: 'xen' },
  { field: 'sys_vendor', is: /^Xen$/, hypervisor: 'xen' },
  { field: 'sys_vendor', is: /^VMware|^VMW/, hypervisor: 'vmware' },
  { field: 'product_name', is: /^VirtualBox$/, hypervisor: 'virtualbox' },
  { field: 'sys_vendor', is: /^innotek GmbH$/, hypervisor: 'virtualbox' },
  { field: 'sys_vendor', is: /^Microsoft Corporation$/, hypervisor: 'hyper-v', product: /^Virtual Machine$/ },
  { field: 'sys_vendor', is: /^Parallels/, hypervisor: 'parallels' },
  { field: 'product_name', is: /^BHYVE$/, hypervisor: 'bhyve' },
  { field: 'bios_vendor', is: /^BHYVE$/, hypervisor: 'bhyve' },
  { field: 'product_name', is: /^Apple Virtualization/, hypervisor: 'apple' },
  { field: 'product_name', is: /^KVM/, hypervisor: 'kvm' },
  { field: 'product_version', is: /^RHEL-/, hypervisor: 'kvm' },
  { field: 'product_name', is: /^(OpenStack (Nova|Compute)|KubeVirt)/, hypervisor: 'kvm' },
  { field: 'sys_vendor', is: /^(OpenStack Foundation|KubeVirt)$/, hypervisor: 'kvm' },
  {
    field: 'sys_vendor',
    is: /^(DigitalOcean|Hetzner|Vultr|UpCloud|Alibaba Cloud|Tencent Cloud|Scaleway|Exoscale|Linode|Akamai)$/,
    hypervisor: 'kvm',
  },
  { field: 'sys_vendor', is: /^QEMU$/, hypervisor: 'qemu' },
  { field: 'chassis_vendor', is: /^QEMU$/, hypervisor: 'qemu' },
  { field: 'sys_vendor', is: /^Bochs/, hypervisor: 'bochs' },
  { field: 'bios_vendor', is: /^Bochs/, hypervisor: 'bochs' },
];

/** The firmware's tables of each hypervisor, by the six letters of their maker. */
const TABLE_MAKERS: Readonly<Record<string, Hypervisor>> = {
  FIRECK: 'firecracker',
  BOCHS: 'qemu',
  VBOX: 'virtualbox',
  MSFTVM: 'hyper-v',
  VRTUAL: 'hyper-v',
  XEN: 'xen',
  PRLS: 'parallels',
  BHYVE: 'bhyve',
  AMAZON: 'nitro',
};

const PROVIDERS: readonly { field: keyof Dmi; is: RegExp; provider: string }[] = [
  { field: 'sys_vendor', is: /^Amazon EC2$/, provider: 'aws' },
  { field: 'bios_version', is: /amazon$/i, provider: 'aws' },
  { field: 'product_name', is: /^Google Compute Engine$/, provider: 'gce' },
  { field: 'chassis_asset_tag', is: /^7783-7084-3265-9085-8269-3286-77$/, provider: 'azure' },
  { field: 'chassis_asset_tag', is: /^OracleCloud\.com$/, provider: 'oracle' },
  { field: 'chassis_asset_tag', is: /^ibmcloud/i, provider: 'ibm' },
  { field: 'sys_vendor', is: /^DigitalOcean$/, provider: 'digitalocean' },
  { field: 'sys_vendor', is: /^Hetzner$/, provider: 'hetzner' },
  { field: 'sys_vendor', is: /^Vultr$/, provider: 'vultr' },
  { field: 'sys_vendor', is: /^(Linode|Akamai)$/, provider: 'linode' },
  { field: 'sys_vendor', is: /^Alibaba Cloud$/, provider: 'alibaba' },
  { field: 'sys_vendor', is: /^Tencent Cloud$/, provider: 'tencent' },
  { field: 'sys_vendor', is: /^Scaleway$/, provider: 'scaleway' },
  { field: 'sys_vendor', is: /^UpCloud$/, provider: 'upcloud' },
  { field: 'sys_vendor', is: /^Exoscale$/, provider: 'exoscale' },
  { field: 'product_name', is: /^OpenStack (Nova|Compute)/, provider: 'openstack' },
  { field: 'sys_vendor', is: /^OpenStack Foundation$/, provider: 'openstack' },
];

interface Claim {
  hypervisor: Hypervisor;
  /** A name that others use too, or that says less: it gives way to a more particular one. */
  weak: boolean;
  says: string;
  source: string;
}

/** What kind of machine the facts speak for, each claim with its evidence. Pure. */
export function machineKind(facts: MachineFacts): Machine {
  const claims = claimsOf(facts);
  const evidence: Evidence = claims.map(({ says, source }) => ({ says, source }));
  const flag = facts.processor?.hypervisor ?? null;
  if (flag === true) evidence.push({ says: 'the processor shows the mark of a hypervisor', source: PROCESSOR_FILE });
  const provider = providerOf(facts, evidence);

  // The first domain of Xen runs on the metal, whatever else Xen says of itself.
  const control = controlDomainBy(facts);
  if (control !== null) return { kind: 'metal', hypervisor: null, provider, because: control.says, evidence: [control] };
  const best = claims.find(({ weak }) => !weak) ?? claims[0];
  if (best !== undefined) return { kind: 'virtual', hypervisor: best.hypervisor, provider, because: best.says, evidence };
  if (facts.mainframe !== null && /^LPAR Number:/m.test(facts.mainframe)) {
    const says = 'a partition of a mainframe, without a control program';
    return { kind: 'metal', hypervisor: null, provider, because: says, evidence: [{ says, source: '/proc/sysinfo' }] };
  }
  if (flag === true) {
    const because = 'the processor shows the mark of a hypervisor; which one, nothing that may be read says';
    return { kind: 'virtual', hypervisor: null, provider, because, evidence };
  }
  const denied = firmwareThatIsDenied(facts);
  if (denied !== null) {
    const because = `${denied.says}, and the processor shows no mark of a hypervisor: one of the two hides what it is`;
    return { kind: null, hypervisor: null, provider, because, evidence: [...evidence, denied] };
  }
  const bare = metalBy(facts);
  if (bare !== null) return { kind: 'metal', hypervisor: null, provider, because: bare.says, evidence: [...evidence, bare] };
  const because =
    facts.processor === null
      ? 'neither processor nor firmware can be read'
      : flag === null
        ? 'the processor has no mark for it, and neither firmware nor device tree names a machine that is known'
        : 'nothing names the machine';
  return { kind: null, hypervisor: null, provider, because, evidence };
}

/** `XENFEAT_dom0` (include/xen/interface/features.h). */
const FEATURE_OF_FIRST_DOMAIN = 1 << 11;

function controlDomainBy({ xenCapabilities, xenFeatures }: MachineFacts): Evidence[number] | null {
  const says = 'this is the domain that controls Xen';
  if (xenCapabilities?.split(/\s+/).includes('control_d') === true) return { says, source: '/proc/xen/capabilities' };
  const features = /^[0-9a-f]{1,8}$/i.test(xenFeatures ?? '') ? Number.parseInt(xenFeatures ?? '', 16) : 0;
  return (features & FEATURE_OF_FIRST_DOMAIN) === 0 ? null : { says, source: '/sys/hypervisor/properties/features' };
}

function claimsOf(facts: MachineFacts): Claim[] {
  const claims: Claim[] = [];
  const claim = (hypervisor: Hypervisor, says: string, source: string, weak = false) => claims.push({ hypervisor, says, source, weak });

  if (facts.processor?.userModeLinux === true) claim('uml', 'the processor calls itself User Mode Linux', PROCESSOR_FILE);
  const program = /^VM00 Control Program:\s*(\S+)/m.exec(facts.mainframe ?? '')?.[1];
  if (program !== undefined) claim(/^KVM/.test(program) ? 'kvm' : 'zvm', `the control program is ${program}`, '/proc/sysinfo');

  // A processor that would show a hypervisor, and shows none, outweighs what is written into the firmware: some boards name themselves so.
  const contradicted = facts.processor?.hypervisor === false && facts.hypervisorType === null;
  const maker = facts.acpiMaker === null ? undefined : TABLE_MAKERS[facts.acpiMaker.trim().toUpperCase()];
  if (maker !== undefined && !contradicted)
    claim(maker, `the firmware's tables are made by ${facts.acpiMaker?.trim()}`, ACPI_FILE, maker === 'qemu');

  for (const { field, is, hypervisor, product } of contradicted ? [] : FIRMWARES) {
    const value = facts.dmi[field];
    if (value === undefined || !is.test(value) || (product !== undefined && !product.test(facts.dmi.product_name ?? ''))) continue;
    claim(hypervisor, `the firmware names ${value}`, `${DMI_FOLDER}/${field}`, hypervisor === 'qemu' || hypervisor === 'bochs');
    break;
  }
  if (facts.hypervisorType?.trim() === 'xen') claim('xen', 'the kernel runs under Xen', '/sys/hypervisor/type');

  const { hypervisor, compatible, model } = facts.deviceTree;
  if (hypervisor !== null) {
    const named = /kvm/.test(hypervisor) ? 'kvm' : /xen/.test(hypervisor) ? 'xen' : /vmware/.test(hypervisor) ? 'vmware' : null;
    if (named !== null) claim(named, `the device tree names the hypervisor ${named}`, '/proc/device-tree/hypervisor/compatible');
  }
  if (compatible !== null && /linux,dummy-virt/.test(compatible))
    claim('qemu', 'the device tree is that of a virtual machine', '/proc/device-tree/compatible', true);
  if (compatible !== null && /qemu,pseries/.test(compatible))
    claim('qemu', 'the device tree names QEMU', '/proc/device-tree/compatible', true);
  if (model !== null && /^(IBM pSeries \(emulated by qemu\)|.*\bQEMU\b)/i.test(model))
    claim('qemu', 'the device tree names QEMU', '/proc/device-tree/model', true);

  if (facts.clockSources.includes('kvm-clock')) claim('kvm', 'KVM offers its clock', CLOCK_SOURCES_FILE, hasNamed(claims));
  if (facts.clockSources.some((name) => name.startsWith('hyperv_clocksource')))
    claim('hyper-v', 'Hyper-V offers its clock', CLOCK_SOURCES_FILE, hasNamed(claims));
  if (facts.hyperVBus) claim('hyper-v', 'devices hang on the bus of Hyper-V', '/sys/bus/vmbus/devices', hasNamed(claims));
  return claims;
}

/** Firecracker, Nitro, VirtualBox and others offer the clocks of KVM or Hyper-V too: their own name says more. */
function hasNamed(claims: readonly Claim[]): boolean {
  return claims.some(({ weak }) => !weak);
}

function providerOf({ dmi, hypervisorVersion }: MachineFacts, evidence: Evidence): string | null {
  for (const { field, is, provider } of PROVIDERS) {
    const value = dmi[field];
    if (value === undefined || !is.test(value)) continue;
    evidence.push({
      says: field === 'chassis_asset_tag' ? `its asset tag is that of ${provider}` : `the firmware names ${value}`,
      source: `${DMI_FOLDER}/${field}`,
    });
    return provider;
  }
  if (hypervisorVersion === null || !/amazon/i.test(hypervisorVersion)) return null;
  evidence.push({ says: 'the version of Xen names Amazon', source: '/sys/hypervisor/version/extra' });
  return 'aws';
}

/** Firmware that no board has, since it is part of the hypervisor; that of clouds is on their metal too. */
const OWN_FIRMWARE: ReadonlySet<Hypervisor> = new Set(['qemu', 'bochs', 'vmware', 'virtualbox', 'hyper-v', 'parallels', 'bhyve']);

function firmwareThatIsDenied({ dmi, processor }: MachineFacts): Evidence[number] | null {
  if (processor?.hypervisor !== false) return null;
  for (const { field, is, hypervisor, product } of FIRMWARES) {
    const value = dmi[field];
    if (value === undefined || !OWN_FIRMWARE.has(hypervisor) || !is.test(value)) continue;
    if (product === undefined || product.test(dmi.product_name ?? ''))
      return { says: `the firmware names ${value}`, source: `${DMI_FOLDER}/${field}` };
  }
  return null;
}

function metalBy(facts: MachineFacts): Evidence[number] | null {
  if (facts.processor?.hypervisor === false) return { says: 'the processor shows no mark of a hypervisor', source: PROCESSOR_FILE };
  if (/\.metal(-\w+)?$/.test(facts.dmi.product_name ?? '')) {
    return { says: `the firmware names ${facts.dmi.product_name}`, source: `${DMI_FOLDER}/product_name` };
  }
  const board = facts.deviceTree.model ?? facts.processor?.model ?? null;
  // A device tree that describes a board, and no hypervisor in it. Without any of that nothing follows from a silent processor.
  if (
    board !== null &&
    /^(Raspberry Pi|Radxa|Pine64|ODROID|Hardkernel|FriendlyE|NVIDIA Jetson|BeagleBo|Orange ?Pi|Khadas|Rockchip|Turing)/i.test(board)
  ) {
    const source = facts.deviceTree.model === null ? PROCESSOR_FILE : '/proc/device-tree/model';
    return { says: `the kernel names the board ${board}`, source };
  }
  return null;
}
