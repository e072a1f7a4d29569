import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY, type Policy } from '../../../src/model/policy.js';
import type { HostOptions } from '../../../src/model/probe-options.js';
import { measureKernel } from '../../../src/probes/kernel/measure.js';
import { kernelNotTried } from '../../../src/probes/kernel/not-tried.js';
import type { KnownTarget, MachineCircumstances, MachineJudgeContext } from '../../../src/probes/machine-probe.js';
import { hostData, hostInterface } from '../../fakes/host.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { fakeNetwork } from '../../fakes/network.js';

export type Kernel = DataOf<'kernel'>;

export const viaEth0 = { family: 4 as const, gateway: '10.0.0.1', interface: 'eth0', metric: 0 };

export interface Given {
  scope?: HostOptions['scope'];
  policy?: Policy;
  targets?: KnownTarget[];
  host?: DataOf<'host'>;
}

/** What the probe reads of a machine in memory. */
export async function kernelOf(machine: FakeMachine, { scope = 'all', policy = DEFAULT_POLICY, targets = [], host }: Given = {}) {
  const network = { ...fakeNetwork(), local: fakeLocalSystem(machine) };
  const circumstances = {
    options: { scope } as HostOptions,
    origin: { source: null, interface: null },
    policy,
    host: host ?? hostData({ interfaces: [hostInterface()], defaultRoutes: [viaEth0] }),
    targets: async () => targets,
    othersDone: Promise.resolve(),
  } as unknown as MachineCircumstances;
  return measureKernel(circumstances, { network, signal: new AbortController().signal });
}

export function measurementOf(
  data: Partial<Kernel>,
  attempt: MeasurementOf<'kernel'>['attempt'] = { kind: 'measured' },
): MeasurementOf<'kernel'> {
  return {
    id: 'm1',
    probe: 'kernel',
    target: null,
    method: null,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt,
    data: { ...kernelNotTried({ kind: 'measured', value: null }).data, ...data },
  };
}

export function judgeContext({ scope = 'all', policy = DEFAULT_POLICY, targets = [] }: Given = {}): MachineJudgeContext {
  return { policy, scope, measurements: [], targets, interfaces: new Set(['eth0']) };
}

export function knownTarget(id: string, address: string, port: number): KnownTarget {
  return { target: { id, host: address, port, scheme: null }, addresses: [address], way: null } as unknown as KnownTarget;
}
