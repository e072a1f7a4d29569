import { type Attempt, measured, unavailable } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { readTool, whyNot } from '../../net/machine/local-facts.js';
import { readWindows, WINDOWS_SOURCE, whyUnknown } from '../../net/machine/windows-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { parseSysctl } from '../../wire/darwin/settings.js';
import { readWindowsComputer, type WindowsComputer } from '../../wire/windows/settings.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { bridgesOf, overlapsOf } from './local-networks.js';
import { mtuConflictsOf } from './mtu-conflicts.js';
import { askStunServer } from './stun-exchange.js';
import { sourcesOf, translationOf } from './translation.js';

type Surroundings = DataOf<'surroundings'>;
type Machine = NonNullable<Surroundings['machine']>;
type Hypervisor = Machine['hypervisor'];

const NO_CONTAINER: NonNullable<Surroundings['container']> = {
  kind: 'none',
  runtime: null,
  kubernetes: false,
  rootless: null,
  network: null,
  because: 'programs of this system are not put into containers',
  evidence: [],
};

/** Where a machine with macOS or Windows stands: its kind by the system's own word, the rest by its links and routes. */
export async function measurePlatform(
  { options, origin, host }: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'surroundings'>> {
  const { local } = network;
  const all = options.scope === 'all';
  const asked = options.stunServer;
  const localAddresses = new Set(host.interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  const [read, stun] = await Promise.all([
    local.platform === 'darwin'
      ? darwinMachine(local, signal)
      : all
        ? windowsMachine(local, signal)
        : unavailable('platform', BESIDE_TARGETS),
    asked === null || options.passive || !all
      ? { outside: [], failure: null }
      : askStunServer(asked, { network, origin, timeoutMs: options.timeoutMs, localAddresses, signal }),
  ]);
  const machine = read.kind === 'measured' ? read.value : null;
  const container = local.platform === 'darwin' ? NO_CONTAINER : null;
  const overlaps = overlapsOf(host);
  const absent = [
    ...(read.kind === 'measured' ? [] : [{ fact: 'kind of the machine', because: whyNot(read) }]),
    ...(container === null ? [{ fact: 'container', because: 'Windows does not tell programs whether they run in one' }] : []),
    ...(stun.failure === null ? [] : [{ fact: 'outside address', because: stun.failure }]),
    ...stun.outside.flatMap(({ server, because }) =>
      because === null ? [] : [{ fact: 'outside address', because: `${server}: ${because}` }],
    ),
    ...(overlaps === null ? [{ fact: 'overlaps of subnets', because: 'the routes are not known' }] : []),
  ];
  const place = { machine: machine ?? UNKNOWN, container: container ?? { ...NO_CONTAINER, kind: null }, wsl: null };
  const seen = { routesKnown: host.routesKnown, stunFailure: stun.failure };
  const data: Surroundings = {
    machine,
    container,
    wsl: null,
    secondOpinion: null,
    translation: all ? translationOf(sourcesOf(host), place, stun.outside, seen) : null,
    bridges: bridgesOf(host),
    overlaps,
    mtuConflicts: mtuConflictsOf(host),
    serviceResolver: null,
    absent,
  };
  return { attempt: measured(null), method: 'system', data };
}

const BESIDE_TARGETS = 'beside targets it is not asked for on Windows';
const UNKNOWN: Machine = { kind: null, hypervisor: null, provider: null, because: 'it is not told', evidence: [] };

/** What models of virtual Macs are called. */
const VIRTUAL_MACS: readonly [RegExp, NonNullable<Hypervisor>][] = [
  [/^VMware/, 'vmware'],
  [/^Parallels/, 'parallels'],
  [/^VirtualMac/, 'apple'],
];

async function darwinMachine(local: LocalSystem, signal: AbortSignal): Promise<Attempt<Machine>> {
  const args = ['kern.hv_vmm_present', 'hw.model'];
  const source = `sysctl ${args.join(' ')}`;
  const read = await readTool(local, { file: 'sysctl', args }, signal, (text) => {
    const settings = parseSysctl(text);
    return settings.size === 0 ? null : settings;
  });
  if (read.kind !== 'measured') return read;
  const present = read.value.get('kern.hv_vmm_present');
  const model = read.value.get('hw.model') ?? '';
  const hypervisor = VIRTUAL_MACS.find(([pattern]) => pattern.test(model))?.[1] ?? null;
  if (present === '1' || hypervisor !== null) {
    const says = hypervisor === null ? 'the kernel sees a hypervisor; which one, the model does not say' : `the model is ${model}`;
    return measured({ kind: 'virtual', hypervisor, provider: null, because: says, evidence: [{ says, source }] });
  }
  if (present !== '0') return unavailable('tool', 'sysctl does not tell whether there is a hypervisor');
  const says = 'the kernel sees no hypervisor';
  return measured({ kind: 'metal', hypervisor: null, provider: null, because: says, evidence: [{ says, source }] });
}

/** Makers and models of virtual machines, as their firmware says. */
const VIRTUAL_PCS: readonly { maker: RegExp; model: RegExp; hypervisor: Hypervisor; provider: string | null }[] = [
  { maker: /^Amazon EC2/, model: /^(?!.*\.metal)/, hypervisor: 'nitro', provider: 'aws' },
  { maker: /^Google/, model: /^Google Compute Engine/, hypervisor: 'kvm', provider: 'gce' },
  { maker: /^Microsoft Corporation$/, model: /^Virtual Machine$/, hypervisor: 'hyper-v', provider: null },
  { maker: /^VMware/, model: /./, hypervisor: 'vmware', provider: null },
  { maker: /^innotek GmbH|^Oracle Corporation/, model: /^VirtualBox/, hypervisor: 'virtualbox', provider: null },
  { maker: /^Parallels/, model: /./, hypervisor: 'parallels', provider: null },
  { maker: /^Xen/, model: /./, hypervisor: 'xen', provider: null },
  { maker: /^QEMU|^Red Hat|^KubeVirt/, model: /./, hypervisor: 'qemu', provider: null },
  { maker: /./, model: /^(KVM|Standard PC|OpenStack)/, hypervisor: 'kvm', provider: null },
];

async function windowsMachine(local: LocalSystem, signal: AbortSignal): Promise<Attempt<Machine>> {
  const report = await readWindows(local, 'rest', signal);
  if (report.kind !== 'measured') return report;
  const computer = readWindowsComputer(report.value);
  return computer === null ? unavailable('tool', whyUnknown(report, 'computer')) : measured(kindOf(computer));
}

function kindOf({ manufacturer, model, hypervisorPresent }: WindowsComputer): Machine {
  const named = VIRTUAL_PCS.find((entry) => entry.maker.test(manufacturer ?? '') && entry.model.test(model ?? ''));
  if (named !== undefined) {
    const says = `maker and model are ${manufacturer}, ${model}`;
    return {
      kind: 'virtual',
      hypervisor: named.hypervisor,
      provider: named.provider,
      because: says,
      evidence: [{ says, source: WINDOWS_SOURCE }],
    };
  }
  if (hypervisorPresent === false) {
    const says = 'Windows sees no hypervisor';
    return { kind: 'metal', hypervisor: null, provider: null, because: says, evidence: [{ says, source: WINDOWS_SOURCE }] };
  }
  // On metal Windows itself stands on Hyper-V as soon as one of its features needs that.
  const says = 'Windows sees a hypervisor, which can be its own; maker and model name no virtual machine';
  return { ...UNKNOWN, because: says, evidence: hypervisorPresent === true ? [{ says, source: WINDOWS_SOURCE }] : [] };
}
