import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Attempt, measured, unavailable } from '../../../src/model/attempt.js';
import type { DataOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { HostOptions } from '../../../src/model/probe-options.js';
import type { DnsQuestion, Machine, Network } from '../../../src/net/port.js';
import type { KnownTarget, MachineCircumstances } from '../../../src/probes/machine-probe.js';
import { measureNameService } from '../../../src/probes/name-service/measure.js';
import { addressesOfNames } from '../../../src/wire/names/hosts-file.js';
import { parseResolvConf } from '../../../src/wire/names/resolv-conf.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { fakeNetwork } from '../../fakes/network.js';

const MACHINES = fileURLToPath(new URL('../../machines', import.meta.url));

/** A folder of `test/machines` as a machine: its links are in links.json, the output of its tools in tools.json, line by line. */
export function recordedMachine(name: string): FakeMachine & { root: string } {
  const root = join(MACHINES, name);
  const json = <T>(file: string): Record<string, T> =>
    existsSync(join(root, file)) ? (JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, T>) : {};
  const tools = Object.fromEntries(Object.entries(json<string[]>('tools.json')).map(([line, lines]) => [line, lines.join('\n')]));
  return { root, links: json<string>('links.json'), tools };
}

export type Listener = Extract<Awaited<ReturnType<Machine['listeners']>>, { kind: 'measured' }>['value'][number];

export function listener(address: string, process: string | null = null, port = 53): Listener {
  return { port, protocol: 'udp', address, process, pid: process === null ? null : 700, exposure: 'loopback', service: null };
}

export interface NameWorld {
  options?: Partial<HostOptions>;
  targets?: readonly KnownTarget[];
  /** `null`: the platform does not tell. */
  listeners?: readonly Listener[] | null;
  /** Addresses by name; a name that is not in it does not exist. `null`: nobody answers. */
  answers?: Readonly<Record<string, readonly string[]>> | null;
  /** What the `index`th question takes. */
  queryMs?: (index: number, question: DnsQuestion) => number;
}

export const HOST_OPTIONS: HostOptions = {
  scope: 'all',
  passive: false,
  timeoutMs: 900,
  windowMs: 0,
  timeServers: null,
  datePages: [],
  stunServer: null,
  proxies: { given: null, variables: {} },
  expected: null,
  cacheName: 'example.com',
};

/** An answer as a server gives it. */
export function answerOf(name: string, type: string, addresses: readonly string[] | undefined, queryMs: number, server = '192.0.2.53') {
  const wanted = (addresses ?? []).filter((address) => address.includes(':') === (type === 'AAAA'));
  const answers = wanted.map((data) => ({ name, type, ttl: 60, data }));
  const rcode = addresses === undefined ? 'NXDOMAIN' : 'NOERROR';
  const observation: DataOf<'dns'> = {
    ...{ server, transport: 'udp', name, type, rcode, queryMs, flags: null, answers, dnssec: null, attempts: 1 },
  };
  return observation;
}

/** Measures the name service of a machine in memory, with a resolver in memory. `asked` are the questions, as `name/type@server`. */
export async function measureOn(machine: FakeMachine, world: NameWorld = {}) {
  const local = fakeLocalSystem(machine);
  const asked: string[] = [];
  const text = await local.file('/etc/resolv.conf');
  const file = parseResolvConf(text.kind === 'measured' ? text.value : '');
  const hosts = await local.file('/etc/hosts');
  const listeners: Attempt<Listener[]> =
    world.listeners === null ? unavailable('socket-tables', '/proc/net is not there') : measured([...(world.listeners ?? [])]);
  const faked = fakeNetwork();
  const network: Network = {
    ...faked,
    local,
    machine: { ...faked.machine, listeners: async () => listeners },
    names: {
      ...faked.names,
      resolvers: async () => ({
        servers: file.nameservers.slice(0, 3),
        source: '/etc/resolv.conf',
        search: file.search ?? [],
        ndots: file.ndots,
      }),
      listed: async (names) => ({
        path: '/etc/hosts',
        addresses: addressesOfNames(hosts.kind === 'measured' ? hosts.value : '', names),
      }),
      query: async (question) => {
        const index = asked.push(`${question.name}/${question.type}@${question.server}`) - 1;
        const { answers } = world;
        const queryMs = world.queryMs?.(index, question) ?? 5;
        const observation = answerOf(question.name, question.type, answers?.[question.name], queryMs, question.server);
        if (answers != null) return { outcome: measured(null), observation };
        const unheard = { ...observation, rcode: null, queryMs: null };
        return { outcome: { kind: 'unanswered', step: 'response', waitedMs: question.timeoutMs }, observation: unheard };
      },
    },
  };
  const circumstances: MachineCircumstances = {
    options: { ...HOST_OPTIONS, ...world.options },
    origin: {},
    policy: DEFAULT_POLICY,
    host: { interfaces: [], defaultRoutes: [], routesKnown: true, resolvers: [], resolversSource: null, searchDomains: [] } as never,
    targets: async () => world.targets ?? [],
    othersDone: Promise.resolve(),
  };
  const observation = await measureNameService(circumstances, { network, signal: new AbortController().signal });
  return { ...observation, asked, ran: local.ran };
}
