import { type Attempt, reasonOf } from '../../model/attempt.js';
import type { LocalSystem } from '../../net/local-port.js';
import { parseMountInfo } from '../../wire/linux/mount-info.js';
import { environmentEntry, isFirstNamespace, parseCgroups, parseContainerEnvironment, parseIdMap } from '../../wire/linux/namespaces.js';
import { parseProcessorFile } from '../../wire/linux/processor-file.js';
import { type ContainerFacts, MARKS } from './container-kind.js';
import { ACPI_FILE, CLOCK_SOURCES_FILE, DMI_FIELDS, DMI_FOLDER, type Dmi, type MachineFacts, PROCESSOR_FILE } from './machine-kind.js';

/** Notes why a fact is not there. */
export type Miss = (fact: string, because: string) => void;

/** Files of the kernel that are read for the first processor or line alone. */
const SHORT_BYTES = 16 * 1024;
const LINE_BYTES = 512;
/** Its mounts can be many, those that tell come first. */
const MOUNT_BYTES = 256 * 1024;

/** What cannot be there on this kind of machine is no fact that is missing. */
function isMissing(attempt: Attempt<unknown>): attempt is Exclude<Attempt<unknown>, { kind: 'measured' }> {
  return attempt.kind !== 'measured' && !(attempt.kind === 'unavailable' && attempt.capability === 'file');
}

class Reader {
  constructor(
    readonly local: LocalSystem,
    readonly miss: Miss,
  ) {}

  async text(path: string, fact: string, limitBytes = LINE_BYTES): Promise<string | null> {
    const read = await this.local.file(path, limitBytes);
    if (isMissing(read)) this.miss(fact, reasonOf(read));
    return read.kind === 'measured' ? read.value : null;
  }

  /** A single line for people; nonsense, such as bytes that are no text, is absent. Device trees end lines with a zero byte. */
  async line(path: string, fact: string): Promise<string | null> {
    const text = (await this.text(path, fact))?.replace(/[\0\n]+$/, '').trim() ?? null;
    if (text === null || text === '') return null;
    if (/^[\x20-\x7e\0]{1,200}$/.test(text)) return text.replaceAll('\0', ' ');
    this.miss(fact, `${path} holds nonsense`);
    return null;
  }
}

export async function readMachineFacts(local: LocalSystem, miss: Miss): Promise<MachineFacts> {
  const reader = new Reader(local, miss);
  const [cpu, type, version, capabilities, features, model, compatible, hypervisor, clocks, bus, table, mainframe, ...dmi] =
    await Promise.all([
      reader.text(PROCESSOR_FILE, 'processor', SHORT_BYTES),
      reader.line('/sys/hypervisor/type', 'hypervisor'),
      reader.line('/sys/hypervisor/version/extra', 'hypervisor'),
      reader.line('/proc/xen/capabilities', 'Xen'),
      reader.line('/sys/hypervisor/properties/features', 'Xen'),
      reader.line('/proc/device-tree/model', 'device tree'),
      reader.line('/proc/device-tree/compatible', 'device tree'),
      reader.line('/proc/device-tree/hypervisor/compatible', 'device tree'),
      reader.line(CLOCK_SOURCES_FILE, 'clock sources'),
      local.entries('/sys/bus/vmbus/devices'),
      reader.text(ACPI_FILE, "maker of the firmware's tables"),
      reader.text('/proc/sysinfo', 'mainframe', SHORT_BYTES),
      ...DMI_FIELDS.map((field) => reader.line(`${DMI_FOLDER}/${field}`, `firmware: ${field}`)),
    ]);
  const processor = cpu === null ? null : parseProcessorFile(cpu);
  if (cpu === null) miss('processor', `${PROCESSOR_FILE} is not there`);
  else if (processor === null) miss('processor', `${PROCESSOR_FILE} holds nonsense`);
  if (dmi.every((value) => value === null)) miss('firmware', `${DMI_FOLDER} tells nothing`);
  return {
    dmi: Object.fromEntries(DMI_FIELDS.flatMap((field, index) => (dmi[index] == null ? [] : [[field, dmi[index]]]))) as Dmi,
    processor,
    hypervisorType: type,
    hypervisorVersion: version,
    xenCapabilities: capabilities,
    xenFeatures: features,
    deviceTree: { model, compatible, hypervisor },
    clockSources: clocks?.split(/\s+/) ?? [],
    hyperVBus: bus.kind === 'measured' && bus.value.length > 0,
    acpiMaker: acpiMaker(table),
    mainframe,
  };
}

/** Six letters of the maker in the header of an ACPI table (ACPI 6.5 section 5.2.6); a length with bytes that are no text shifts none of them. */
function acpiMaker(table: string | null): string | null {
  return /^DSDT[\s\S]{6}([\x20-\x7e]{6})/.exec(table ?? '')?.[1] ?? null;
}

/** Kinds of namespaces whose first one has a number that is the same on every machine. */
const NAMESPACES = ['pid', 'user', 'uts', 'ipc', 'cgroup'] as const;
/** A setting of the kernel that only its first network namespace shows (`net/core/sysctl_net_core.c`), and one that all do. */
const FIRST_NETWORK_SETTING = '/proc/sys/net/core/netdev_budget';
const EVERY_NETWORK_SETTING = '/proc/sys/net/core/somaxconn';

export async function readContainerFacts(local: LocalSystem, searchDomains: readonly string[], miss: Miss): Promise<ContainerFacts> {
  const reader = new Reader(local, miss);
  const { environment } = local;
  const [release, version, managerFile, podman, cgroups, firstCgroups, mountText, idText, firstEnvironment, first, every] =
    await Promise.all([
      reader.line('/proc/sys/kernel/osrelease', 'kernel release'),
      reader.line('/proc/version', 'kernel version'),
      reader.line('/run/systemd/container', 'name of the container'),
      reader.text('/run/.containerenv', 'description of the container'),
      reader.text('/proc/self/cgroup', 'control groups', SHORT_BYTES),
      reader.text('/proc/1/cgroup', 'control groups', SHORT_BYTES),
      reader.text('/proc/self/mountinfo', 'mounts', MOUNT_BYTES),
      reader.text('/proc/self/uid_map', 'user numbers', SHORT_BYTES),
      reader.text('/proc/1/environ', 'environment of the first process', SHORT_BYTES),
      local.exists(FIRST_NETWORK_SETTING),
      local.exists(EVERY_NETWORK_SETTING),
    ]);
  const [links, marks] = await Promise.all([
    Promise.all(NAMESPACES.map(async (kind) => [kind, await local.link(`/proc/self/ns/${kind}`)] as const)),
    Promise.all(MARKS.map(async (path) => ((await local.exists(path)) ? path : null))),
  ]);
  const idMap = idText === null ? null : parseIdMap(idText);
  if (idText !== null && idMap === null) miss('user numbers', '/proc/self/uid_map holds nonsense');
  const mounts = mountText === null ? null : parseMountInfo(mountText);
  if (mounts !== null && mounts.length === 0 && mountText !== '') miss('mounts', '/proc/self/mountinfo holds nonsense');
  return {
    release,
    version,
    marks: new Set(marks.filter((path) => path !== null)),
    ownVariable: environment['container'] ?? null,
    firstVariable: firstEnvironment === null ? null : environmentEntry(firstEnvironment, 'container'),
    managerFile,
    podman: podman === null ? null : parseContainerEnvironment(podman),
    cgroups: parseCgroups(cgroups ?? ''),
    firstCgroups: parseCgroups(firstCgroups ?? ''),
    mounts: mounts?.length === 0 ? null : mounts,
    firstNamespaces: new Map(
      links.flatMap(([kind, link]) => {
        const isFirst = link.kind === 'measured' ? isFirstNamespace(link.value) : null;
        return isFirst === null ? [] : [[kind, isFirst] as const];
      }),
    ),
    idMap,
    hostNetwork: every || first ? first : null,
    variables: new Set(['KUBERNETES_SERVICE_HOST', 'SNAP', 'SNAP_NAME', 'FLATPAK_ID'].filter((name) => environment[name] !== undefined)),
    searchDomains,
  };
}
