import { describe, expect, it } from 'vitest';
import { measured, skipped } from '../../src/model/attempt.js';
import type { DataOf, ProbeName } from '../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import type { HostOptions } from '../../src/model/probe-options.js';
import { NO_PROXIES } from '../../src/model/proxy-environment.js';
import { parseTarget, type Target } from '../../src/model/target.js';
import type { KnownTarget } from '../../src/probes/machine-probe.js';
import type { RegisteredMachineProbe } from '../../src/probes/machine-registry.js';
import { interfacesOf, KnownTargets, MachineWork } from '../../src/run/machine-work.js';
import { Recorder } from '../../src/run/recorder.js';
import type { RunRequest } from '../../src/run/request.js';
import { fakeNetwork } from '../fakes/network.js';

const options: HostOptions = {
  scope: 'all',
  passive: false,
  timeoutMs: 900,
  windowMs: 0,
  timeServers: null,
  datePages: [],
  stunServer: null,
  proxies: NO_PROXIES,
  expected: null,
  cacheName: 'example.com',
};

function target(text: string): Target {
  const outcome = parseTarget(text);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.target;
}

const way = (changes: Partial<DataOf<'route-lookup'>> = {}): KnownTarget['way'] =>
  ({
    address: '198.51.100.1',
    source: '10.0.0.2',
    interface: 'eth0',
    gateway: '10.0.0.1',
    loopback: false,
    ...changes,
  }) as KnownTarget['way'];

/** A probe whose value says what it saw; its data is not looked at. */
function probe(name: ProbeName, parts: Partial<RegisteredMachineProbe>): RegisteredMachineProbe {
  const notTried: RegisteredMachineProbe['notTried'] = (attempt) => ({ attempt, method: null, data: { absent: [] } as never });
  return {
    name,
    label: name,
    isAsked: () => true,
    notTried,
    measure: async () => notTried(measured(null)),
    judge: () => [],
    ...parts,
  };
}

function work(probes: RegisteredMachineProbe[], targets: Target[] = [], changes: Partial<HostOptions> = {}) {
  const network = fakeNetwork();
  const interrupt = new AbortController();
  const recorder = new Recorder(network.clock, interrupt.signal, interrupt.signal, () => {});
  const known = new KnownTargets(targets);
  const request: RunRequest = { command: 'host', targets, family: null, origin: {}, policy: DEFAULT_POLICY, deadlineMs: 1000, host: true };
  const environment = { network, signal: interrupt.signal, version: '0', progress: () => {} };
  const machine = new MachineWork({ ...options, ...changes }, { request, environment, recorder, targets: known }, probes);
  return { machine, known, recorder, interrupt };
}

const host = { defaultRoutes: [{ family: 4, gateway: '10.0.0.1', interface: 'wlan0', metric: 0 }] } as unknown as DataOf<'host'>;

describe('the probes of this machine', () => {
  it('run side by side, and only those that are asked', async () => {
    const order: string[] = [];
    const noting = (name: ProbeName) => async () => {
      order.push(name);
      return probe(name, {}).notTried(measured(null));
    };
    const { machine, recorder } = work([
      probe('clock', { isAsked: ({ passive }) => passive }),
      probe('kernel', { measure: noting('kernel') }),
      probe('firewall', { measure: noting('firewall') }),
    ]);
    await machine.start(host);
    expect(order).toEqual(['kernel', 'firewall']);
    expect(recorder.measurements.map((made) => [made.probe, made.attempt.kind])).toEqual([
      ['kernel', 'measured'],
      ['firewall', 'measured'],
    ]);
  });

  it('wait for the targets where they need them, and for the end of the run where they watch it', async () => {
    const seen: unknown[] = [];
    const { machine, known } = work(
      [
        probe('firewall', {
          measure: async ({ targets }) => {
            seen.push((await targets()).map(({ target: { id } }) => id));
            return probe('firewall', {}).notTried(measured(null));
          },
        }),
        probe('counters', {
          measure: async ({ othersDone }) => {
            await othersDone;
            seen.push('end');
            return probe('counters', {}).notTried(measured(null));
          },
        }),
      ],
      [target('a.example:443'), target('b.example:443')],
    );
    const done = machine.start(host);
    known.add({ target: target('a.example:443'), addresses: ['198.51.100.1'], way: way() });
    known.add({ target: target('a.example:443'), addresses: [], way: null });
    await Promise.resolve();
    expect(seen).toEqual([]);
    known.add({ target: target('b.example:443'), addresses: [], way: null });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([['a.example:443', 'b.example:443']]);
    machine.endWatch();
    await done;
    expect(seen).toEqual([['a.example:443', 'b.example:443'], 'end']);
  });

  it('do not wait for an end that came before they were started', async () => {
    const watches = (othersDone: Promise<void>) => othersDone.then(() => probe('counters', {}).notTried(measured(null)));
    for (const end of ['the others', 'an interrupt']) {
      const { machine, interrupt, recorder } = work([probe('counters', { measure: ({ othersDone }) => watches(othersDone) })]);
      if (end === 'the others') machine.endWatch();
      else interrupt.abort();
      await machine.start(host);
      expect(recorder.measurements).toHaveLength(1);
    }
  });

  it('end with an interrupt, whatever they wait for', async () => {
    const waits = probe('counters', {
      measure: async ({ othersDone, targets }) => {
        await Promise.all([othersDone, targets()]);
        return probe('counters', {}).notTried(skipped('interrupted'));
      },
    });
    const { machine, interrupt, recorder } = work([waits], [target('a.example:443')]);
    const done = machine.start(host);
    interrupt.abort();
    await done;
    expect(recorder.measurements[0]?.attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
  });

  it('are judged in the light of all measurements, the targets and the interfaces in use', async () => {
    const { machine, known } = work(
      [
        probe('kernel', {
          judge: (_measurement, context) => {
            const { scope, interfaces, targets, measurements } = context;
            return [{ scope, interfaces: [...interfaces], targets: targets.length, measurements: measurements.length } as never];
          },
        }),
        probe('clock', {}),
      ],
      [target('a.example:443')],
      { scope: 'path' },
    );
    known.add({ target: target('a.example:443'), addresses: ['198.51.100.1'], way: way() });
    await machine.start(host);
    expect(machine.judge()).toEqual([{ scope: 'path', interfaces: ['eth0'], targets: 1, measurements: 2 }]);
  });
});

describe('interfaces in use', () => {
  const known = (found: KnownTarget['way']): KnownTarget => ({ target: target('a.example:443'), addresses: [], way: found });

  it('are those of the ways, never the loopback', () => {
    expect([...interfacesOf([known(way()), known(way({ interface: 'tun0' })), known(null)], host)]).toEqual(['eth0', 'tun0']);
    expect([...interfacesOf([known(way({ interface: 'lo', loopback: true }))], host)]).toEqual([]);
  });

  it('are those of the default routes where no way is known', () => {
    expect([...interfacesOf([], host)]).toEqual(['wlan0']);
    expect([...interfacesOf([known(null)], host)]).toEqual(['wlan0']);
    expect([...interfacesOf([], null)]).toEqual([]);
  });
});
