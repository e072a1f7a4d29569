import { measured } from '../../src/model/attempt.js';
import type { DataOf, ProbeName } from '../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import type { HostOptions } from '../../src/model/probe-options.js';
import { type Report, reportSchema } from '../../src/model/report.js';
import { parseTarget } from '../../src/model/target.js';
import { createMachine } from '../../src/net/machine/machine.js';
import { resolversOfPlatform } from '../../src/net/machine/platform-resolvers.js';
import type { Machine } from '../../src/net/port.js';
import { run } from '../../src/run.js';
import { fakeNetwork, reply } from './network.js';
import { recordedMachine } from './recorded-machine.js';

/** All of `netdiag host`, sending nothing. */
export const OPTIONS: HostOptions = {
  scope: 'all',
  passive: true,
  timeoutMs: 900,
  windowMs: 500,
  timeServers: null,
  datePages: [],
  stunServer: null,
  proxies: { given: null, variables: {} },
  expected: null,
  cacheName: 'example.com',
};

/** The report about a recorded machine (`test/machines`), or about a target from it; `changes` as for {@link recordedMachine}. */
export async function reportOf(
  name: string,
  given: { options?: Partial<HostOptions>; changes?: Record<string, string | null>; target?: string; machine?: Machine } = {},
) {
  const local = recordedMachine(name, given.changes);
  const fake = fakeNetwork({
    echo: () => [{ afterMs: 1, event: reply(1) }],
    tcp: () => ({ afterMs: 9, outcome: measured({ connectMs: 9, kernel: null }) }),
  });
  const network = Object.assign(fake, { local, machine: given.machine ?? createMachine(null, local) });
  const told = await resolversOfPlatform(local);
  const known = { servers: told?.servers ?? [], source: told?.source ?? null, search: told?.search ?? [], oneLabelOnly: true };
  network.names.resolvers = async () => known;
  const target = given.target === undefined ? null : parseTarget(given.target);
  if (target?.ok === false) throw new Error(target.reason);
  const gateway = { table: null, type: 'unicast', prefix: null, mtuBytes: null };
  if (given.target !== undefined) {
    const name_ = name.startsWith('macos') ? 'en0' : 'Wi-Fi';
    network.routes.lookup = async () =>
      measured({ ...gateway, source: '192.0.2.33', interface: name_, gateway: '192.0.2.1', loopback: false });
  }
  const made = await run(
    {
      command: 'host',
      targets: target === null ? [] : [target.target],
      family: null,
      origin: {},
      policy: DEFAULT_POLICY,
      deadlineMs: 60_000,
      host: true,
      machine: { ...OPTIONS, ...given.options },
      ...(target === null ? {} : { ports: { required: [], surveyed: [], timeoutMs: 900, concurrency: 1 } }),
    },
    { network, signal: new AbortController().signal, version: '0.0.0', progress: () => {} },
  );
  return { report: reportSchema.parse(made), local };
}

/** What a probe of the report found; throws where there is no such measurement. */
export function dataOf<P extends ProbeName>(report: Report, probe: P): DataOf<P> {
  const found = report.measurements.find((made) => made.probe === probe);
  if (found === undefined) throw new Error(`no measurement ${probe}`);
  return found.data as DataOf<P>;
}
