import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { type Chain, createChain } from './chain.js';
import { PROGRAM } from './full-report.js';
import { denialRefusal, namespaceRefusal } from './network.js';

/**
 * What each command falls back to, in each circumstance, on a healthy path of three hops. The table of docs/fallbacks.md is this one in words.
 *
 * A sandbox is not played: the kernel itself refuses the system calls (services/refuse.cjs), to the tools that are started too.
 */
const HOPS = 3;
/** Most of the time of a run is waiting. */
const AT_ONCE = 4;
const PORT = 8080;
const REFUSER = fileURLToPath(new URL('services/refuse.cjs', import.meta.url));

const [AF_INET, AF_INET6] = [2, 10];
const [SOCK_STREAM, SOCK_DGRAM] = [1, 2];
const [EPERM, EACCES, EMFILE, ENOPROTOOPT, EAFNOSUPPORT] = [1, 13, 24, 92, 97];
const FAMILIES = [AF_INET, AF_INET6];

type Refusal = { call: 'socket' | 'setsockopt'; arguments: Record<number, number>; errno: number } | { call: 'koffi' };

function refused(...refusals: Refusal[]): Record<string, string> {
  return { NODE_OPTIONS: `--require ${REFUSER}`, NETDIAG_REFUSE: JSON.stringify(refusals) };
}

function withoutSockets(errno: number, ...types: number[]): Refusal[] {
  if (types.length === 0) return FAMILIES.map((family) => ({ call: 'socket', arguments: { 0: family }, errno }));
  return FAMILIES.flatMap((family) => types.map((type): Refusal => ({ call: 'socket', arguments: { 0: family, 1: type }, errno })));
}

/** Of IP_RECVERR and IPV6_RECVERR. */
const withoutErrorQueue: Refusal[] = [
  { call: 'setsockopt', arguments: { 1: 0, 2: 11 }, errno: ENOPROTOOPT },
  { call: 'setsockopt', arguments: { 1: 41, 2: 25 }, errno: ENOPROTOOPT },
];
/** Of SO_TIMESTAMPING. */
const withoutStamps: Refusal = { call: 'setsockopt', arguments: { 1: 1, 2: 37 }, errno: ENOPROTOOPT };
const noTools = { PATH: '/nonexistent' };

/** Method and clock; then what came of it: `measured`, or how the attempt ended. `-` is null. */
type Expected = `${string} ${'kernel' | 'user' | '-'} ${'measured' | 'unavailable' | 'failed'}`;
type Command = 'latency' | 'loss' | 'loss --path' | 'route' | 'mtu' | 'ports' | 'ports UDP';

interface Circumstance {
  env?: Record<string, string>;
  /** As an ordinary user, to whom ICMP sockets are not granted; else as one to whom they are. */
  noIcmp?: true;
  expected: Partial<Record<Command, Expected>>;
  /** Of the path by hop: whether hops are known. */
  pathKnown?: boolean;
}

const NATIVE: Record<Command, Expected> = {
  latency: 'icmp kernel measured',
  loss: 'icmp kernel measured',
  'loss --path': 'icmp kernel measured',
  route: 'icmp kernel measured',
  mtu: 'icmp - measured',
  ports: 'tcp - measured',
  'ports UDP': 'udp - measured',
};

const NODE: Record<Command, Expected> = {
  latency: 'tcp user measured',
  loss: 'tcp user measured',
  'loss --path': 'tcp user measured',
  route: 'system - measured',
  mtu: 'system - measured',
  ports: 'tcp - measured',
  'ports UDP': 'udp - measured',
};

const NOTHING: Record<Command, Expected> = {
  latency: 'icmp - unavailable',
  loss: 'icmp - unavailable',
  'loss --path': 'icmp - unavailable',
  route: '- - unavailable',
  mtu: '- - unavailable',
  ports: '- - failed',
  'ports UDP': '- - failed',
};

const CIRCUMSTANCES: Record<string, Circumstance> = {
  'nothing is refused': { expected: NATIVE, pathKnown: true },
  'native sockets are switched off': {
    env: { NETDIAG_NATIVE: 'off' },
    expected: { latency: NODE.latency, route: NODE.route, mtu: NODE.mtu },
  },
  'the binary of koffi does not load': { env: refused({ call: 'koffi' }), expected: NODE, pathKnown: false },
  'koffi does not load, and there are no tools': {
    env: { ...refused({ call: 'koffi' }), ...noTools },
    expected: { latency: NODE.latency, route: '- - unavailable', mtu: '- - unavailable' },
  },
  'there are no tools': { env: noTools, expected: { latency: NATIVE.latency, route: NATIVE.route } },
  'no ICMP socket is granted': {
    noIcmp: true,
    expected: {
      ...NATIVE,
      latency: 'udp kernel measured',
      loss: 'tcp kernel measured',
      'loss --path': 'tcp kernel measured',
      route: 'udp kernel measured',
      mtu: 'udp - measured',
    },
    pathKnown: true,
  },
  'the kernel gives no time stamps': {
    env: refused(withoutStamps),
    expected: {
      ...NATIVE,
      latency: 'icmp user measured',
      loss: 'icmp user measured',
      'loss --path': 'icmp user measured',
      route: 'icmp user measured',
    },
    pathKnown: true,
  },
  'the kernel has no error queue': {
    // That takes the queue from tracepath too.
    env: refused(...withoutErrorQueue),
    expected: {
      ...NATIVE,
      latency: 'tcp kernel measured',
      loss: 'tcp kernel measured',
      'loss --path': 'tcp kernel measured',
      route: '- - unavailable',
      mtu: '- - unavailable',
    },
    pathKnown: false,
  },
  'a sandbox forbids TCP sockets': {
    env: refused(...withoutSockets(EACCES, SOCK_STREAM)),
    expected: { ...NATIVE, ports: '- - failed', 'ports UDP': '- - failed' },
  },
  'a sandbox forbids datagram sockets': {
    noIcmp: true,
    env: refused(...withoutSockets(EPERM, SOCK_DGRAM)),
    expected: {
      ...NATIVE,
      latency: 'tcp kernel measured',
      loss: 'tcp kernel measured',
      'loss --path': 'tcp kernel measured',
      route: '- - unavailable',
      mtu: '- - unavailable',
      'ports UDP': 'udp - failed',
    },
    pathKnown: true,
  },
  'a sandbox forbids every socket': { env: refused(...withoutSockets(EPERM)), expected: NOTHING },
  'there is no descriptor left': { env: refused(...withoutSockets(EMFILE)), expected: NOTHING },
};

const ARGUMENTS: Record<Command, (target: string, address: string) => string[]> = {
  latency: (target) => ['latency', target, '--count', '3', '--interval', '10ms'],
  loss: (target) => ['loss', target, '--count', '8'],
  'loss --path': (target) => ['loss', '--path', target, '--count', '8'],
  route: (target) => ['route', target, '--timeout', '1s'],
  mtu: (target) => ['mtu', target, '--timeout', '500ms'],
  ports: (_target, address) => ['ports', address, '-p', `${PORT}`, '--timeout', '500ms'],
  'ports UDP': (_target, address) => ['ports', address, '-p', 'U:53', '--timeout', '500ms'],
};

const refusal = await namespaceRefusal();

describe.skipIf(refusal !== null)(`fallbacks on a path of ${HOPS} hops${refusal === null ? '' : ` (skipped: ${refusal})`}`, () => {
  let chain: Chain;
  beforeAll(async () => {
    if (!existsSync(PROGRAM)) throw new Error('dist/ is missing: run `npm run build` first');
    chain = await createChain({ hops: HOPS });
    await chain.there.serve('web', { http: [PORT] });
    await chain.there.serve('dns', { address: chain.target.ipv4, names: {} });
  });
  afterAll(() => chain?.close());

  /** Whether ICMP datagram sockets are granted. Ordinary users' namespaces know no group but their own. */
  async function grantIcmp(granted: boolean) {
    await chain.here.sysctl('net/ipv4/ping_group_range', !granted ? '1 0' : process.getuid?.() === 0 ? '0 2147483647' : '0 0');
  }

  async function run(args: readonly string[], { env = {} }: Pick<Circumstance, 'env'>, unprivileged = true) {
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const command = ['env', ...variables, process.execPath, PROGRAM, ...args, '--json'];
    const { stdout, stderr, exitCode } = await chain.here.run(command[0] ?? '', command.slice(1), {
      unprivileged,
      timeoutMs: 20_000,
    });
    if (stdout === '') throw new Error(`${args.join(' ')}: status ${exitCode}: ${stderr}`);
    const report: Report = reportSchema.parse(JSON.parse(stdout));
    return { report, exitCode };
  }

  function summaryOf(report: Report, probe: string): { text: string; path: boolean | null } {
    const made = report.measurements.find((measurement) => measurement.probe === probe);
    if (made === undefined) throw new Error(`no ${probe} in ${JSON.stringify(report)}`);
    const clocks = made.probe === 'route' ? made.data.hops.map(({ clock }) => clock) : 'clock' in made.data ? [made.data.clock] : [];
    const clock = [...new Set(clocks)].join() || '-';
    const path = made.probe === 'loss' ? (made.data.path === null ? null : made.data.path.hops.length > 0) : null;
    return { text: `${made.method ?? '-'} ${clock} ${made.attempt.kind}`, path };
  }

  for (const [name, circumstance] of Object.entries(CIRCUMSTANCES)) {
    // Half of the circumstances each: what is refused is refused to both families alike.
    for (const family of [Object.keys(CIRCUMSTANCES).indexOf(name) % 2 === 0 ? 4 : 6] as const) {
      const denied = circumstance.noIcmp === true ? denialRefusal : null;
      it.skipIf(denied !== null)(
        `where ${name} (IPv${family})${denied === null ? '' : ` (skipped: ${denied})`}`,
        { timeout: 60_000 },
        async () => {
          const address = family === 4 ? chain.target.ipv4 : chain.target.ipv6;
          const target = family === 4 ? `${address}:${PORT}` : `[${address}]:${PORT}`;
          await grantIcmp(circumstance.noIcmp !== true);
          const compare = async (command: Command, expected: Expected) => {
            // A ping whose file grants it CAP_NET_RAW does not start where that is taken from all that run.
            const ordinary = command !== 'mtu' || !expected.startsWith('system');
            const { report, exitCode } = await run(ARGUMENTS[command](target, address), circumstance, ordinary);
            const { text, path } = summaryOf(report, command.split(' ')[0] ?? '');
            expect(text, command).toBe(expected);
            // What could not be measured is neither a fault of the network nor a pass.
            const closed = command === 'ports UDP' && family === 6 && expected.endsWith('measured');
            expect(exitCode, `${command}: ${JSON.stringify(report.checks)}`).toBe(closed ? 1 : 0);
            if (!closed) expect(report.diagnosis, command).toEqual([]);
            expect(report.verdict, command).toBe(expected.endsWith('measured') ? (closed ? 'fail' : 'pass') : 'warn');
            if (command === 'loss --path' && circumstance.pathKnown !== undefined) expect(path, command).toBe(circumstance.pathKnown);
          };
          const limit = pLimit(AT_ONCE);
          const commands = Object.entries(circumstance.expected) as [Command, Expected][];
          await Promise.all(commands.map(([command, expected]) => limit(() => compare(command, expected))));
        },
      );
    }
  }

  it('says of a full report in which nothing reached the target that it shows nothing', async () => {
    const { report, exitCode } = await run(['full-report', `${chain.target.ipv4}:${PORT}`], {
      env: refused(...withoutSockets(EPERM)),
    });
    expect({ exitCode, verdict: report.verdict, diagnosis: report.diagnosis }).toEqual({ exitCode: 0, verdict: 'warn', diagnosis: [] });
    const ofTarget = report.checks.filter(({ target }) => target !== null);
    expect(ofTarget.map(({ status }) => status)).toEqual(ofTarget.map(() => 'skip'));
  });

  it('says of a kernel without IPv6 that there is no such address, and of nothing else', async () => {
    const noIpv6 = { env: refused({ call: 'socket', arguments: { 0: AF_INET6 }, errno: EAFNOSUPPORT }) };
    const { report, exitCode } = await run(['latency', chain.target.ipv6], noIpv6);
    expect({ exitCode, causes: report.diagnosis.map(({ code }) => code) }).toEqual({ exitCode: 1, causes: ['no-address'] });
    const { report: ipv4 } = await run(['latency', chain.target.ipv4, '--count', '2'], noIpv6);
    expect(ipv4.verdict).toBe('pass');
  });

  it('lists the listeners of this machine without any socket', async () => {
    const { report } = await run(['ports', '--listening'], { env: refused(...withoutSockets(EMFILE)) });
    expect(report.measurements).toMatchObject([{ probe: 'listening', attempt: { kind: 'measured' } }]);
  });
});
