import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measured, unavailable } from '../../../src/model/attempt.js';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { HostOptions } from '../../../src/model/probe-options.js';
import type { Check } from '../../../src/model/report.js';
import { parseTarget } from '../../../src/model/target.js';
import { judgeFirewall } from '../../../src/probes/firewall/judge.js';
import { measureFirewall } from '../../../src/probes/firewall/measure.js';
import type { KnownTarget, MachineJudgeContext } from '../../../src/probes/machine-probe.js';
import { exposureOf } from '../../../src/wire/exposure.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { fakeNetwork } from '../../fakes/network.js';

/** A machine of `test/machines`, with the tools that were recorded on it. */
export function recorded(name: string, more: FakeMachine = {}): FakeMachine {
  const root = fileURLToPath(new URL(`../../machines/firewall-${name}`, import.meta.url));
  const tools = JSON.parse(readFileSync(`${root}/tools.json`, 'utf8')) as FakeMachine['tools'];
  return { userId: 0, root, ...more, tools: { ...tools, ...more.tools } };
}

type Interface = DataOf<'host'>['interfaces'][number];

export function link(name: string, ...addresses: string[]): Interface {
  return {
    name,
    up: true,
    carrier: true,
    loopback: name === 'lo',
    mtuBytes: 1500,
    speedMbit: null,
    addresses: addresses.map((text) => {
      const [address = '', length] = text.split('/');
      return { address, prefixLength: Number(length), family: address.includes(':') ? 6 : 4 };
    }),
    errors: null,
    dropped: null,
    source: 'test',
  } as unknown as Interface;
}

export interface Given {
  scope?: HostOptions['scope'];
  interfaces?: Interface[];
  /** `80/tcp 0.0.0.0`. */
  listeners?: string[];
  expected?: DataOf<'listening'>['expected'];
  targets?: string[];
  resolvers?: string[];
  others?: Measurement[];
  container?: boolean;
  /** What each look at the clock costs, for machines that are slow. */
  lookMs?: number;
  uplinks?: { family: 4 | 6; interface: string }[];
}

export const UPLINK = link('eth0', '203.0.113.5/24', '2001:db8:9::5/64');

export interface Looked {
  measurement: MeasurementOf<'firewall'>;
  data: DataOf<'firewall'>;
  checks: Check[];
  check(id: string): Check | undefined;
}

/** Measures and judges a machine in memory. */
export async function look(machine: FakeMachine, given: Given = {}): Promise<Looked> {
  const scope = given.scope ?? 'all';
  const interfaces = given.interfaces ?? [link('lo', '127.0.0.1/8', '::1/128'), UPLINK];
  const listeners = (given.listeners ?? []).map((text) => {
    const [, port, protocol, address = ''] = /^(\d+)\/(tcp|udp) (\S+)$/.exec(text) ?? [];
    return { port: Number(port), protocol, address, process: null, pid: null, exposure: exposureOf(address), service: null };
  }) as DataOf<'listening'>['listeners'];
  const targets = (given.targets ?? []).map((text): KnownTarget => {
    const parsed = parseTarget(text);
    if (!parsed.ok) throw new Error(parsed.reason);
    const address = parsed.target.host;
    const source = address.includes(':') ? '2001:db8:9::5' : '203.0.113.5';
    const way = {
      address,
      source,
      interface: 'eth0',
      gateway: null,
      loopback: false,
      table: null,
      type: null,
      prefix: null,
      mtuBytes: null,
    };
    return { target: parsed.target, addresses: [address], way: way as unknown as KnownTarget['way'] };
  });
  const network = fakeNetwork();
  const faked = Object.assign(network, {
    local: fakeLocalSystem(machine),
    machine: { ...network.machine, listeners: async () => measured(listeners) },
    routes: {
      lookup: async (address: string) =>
        given.resolvers === undefined
          ? unavailable('test', 'no routes')
          : measured({ source: '203.0.113.5', interface: 'eth0', gateway: null, loopback: address.startsWith('127.') }),
    },
  });
  if (given.lookMs !== undefined) {
    const { lookMs } = given;
    let nowMs = 0;
    Object.assign(faked, { clock: { ...network.clock, nowMs: () => (nowMs += lookMs), sleep: async () => {} } });
  }
  const host = { interfaces, defaultRoutes: given.uplinks ?? [], resolvers: given.resolvers ?? [] } as unknown as DataOf<'host'>;
  const options = { scope, passive: true, timeoutMs: 900, expected: given.expected ?? null } as unknown as HostOptions;
  const observation = await measureFirewall(
    { options, policy: DEFAULT_POLICY, origin: {}, host, targets: async () => targets, othersDone: Promise.resolve() },
    { network: faked, signal: new AbortController().signal },
  );
  const envelope = { target: null, startedAt: '2026-11-22T00:00:00.000Z', durationMs: 1, stalledMs: null };
  const measurement = {
    ...envelope,
    id: 'm9',
    probe: 'firewall',
    ...observation,
    attempt: { kind: observation.attempt.kind },
  } as MeasurementOf<'firewall'>;
  const beside = [
    { ...envelope, id: 'm1', probe: 'host', method: 'system', attempt: measured(null), data: host },
    {
      ...envelope,
      id: 'm2',
      probe: 'listening',
      method: 'system',
      attempt: measured(null),
      data: { listeners, asked: null, expected: given.expected ?? null },
    },
    ...(given.container === true
      ? [
          {
            ...envelope,
            id: 'm3',
            probe: 'surroundings',
            method: 'system',
            attempt: measured(null),
            data: { container: { kind: 'container', network: 'own' } },
          },
        ]
      : []),
  ] as unknown as Measurement[];
  const context: MachineJudgeContext = {
    policy: DEFAULT_POLICY,
    scope,
    measurements: [...beside, measurement, ...(given.others ?? [])],
    targets,
    interfaces: new Set(['eth0']),
  };
  const checks = judgeFirewall(measurement, context);
  return { measurement, data: observation.data, checks, check: (id) => checks.find((check) => check.id === id) };
}
