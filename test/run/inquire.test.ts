import { describe, expect, it } from 'vitest';
import { measured } from '../../src/model/attempt.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { reportSchema } from '../../src/model/report.js';
import { parseTarget } from '../../src/model/target.js';
import type { PacketEvent } from '../../src/net/port.js';
import type { Progress, RunRequest } from '../../src/run/request.js';
import { run } from '../../src/run.js';
import { hostInterface, routeLookup } from '../fakes/host.js';
import { type FakeNetwork, fakeNetwork, reply } from '../fakes/network.js';

const GATEWAY = '10.0.0.1';
const ROUTER = '10.9.9.9';
const TARGET = '192.0.2.1';
const REFERENCES = ['198.51.100.1', '198.51.100.2'];

const exceeded = (from: string): PacketEvent => ({
  kind: 'icmp-error',
  from,
  type: 11,
  code: 0,
  meaning: 'time-exceeded',
  mtuBytes: null,
  rttMs: 1,
  clock: 'kernel',
  mpls: [],
});

interface World {
  /** Who answers echo, beside the gateway. */
  answers?: readonly string[];
  /** Whether there is a router behind the gateway that is heard. */
  router?: boolean;
  adapt?(network: FakeNetwork): void;
}

/** `full-report 192.0.2.1:443` in a network of a gateway, a router and what `answers`. */
async function fullReport(
  { answers = [], router = true, adapt = () => {} }: World,
  changes: Partial<RunRequest> = {},
  signal = new AbortController().signal,
) {
  const network = fakeNetwork({
    echo: (_, { address, ttl }) => {
      if (ttl === 1 && address !== GATEWAY) return [{ afterMs: 1, event: exceeded(GATEWAY) }];
      if (ttl === 2 && router) return [{ afterMs: 1, event: exceeded(ROUTER) }];
      return address === GATEWAY || answers.includes(address) ? [{ afterMs: 2, event: { ...reply(2), from: address } as PacketEvent }] : [];
    },
    tcp: () => ({ afterMs: Number.POSITIVE_INFINITY, outcome: { kind: 'unanswered', step: 'connect', waitedMs: 0 } }),
  });
  network.routes.lookup = async () => measured(routeLookup({ source: '10.0.0.2', interface: 'eth0', gateway: GATEWAY }));
  network.machine.observe = async () => ({
    interfaces: [hostInterface()],
    defaultRoutes: [{ family: 4, gateway: GATEWAY, interface: 'eth0', metric: 0 }],
    routesKnown: true,
  });
  adapt(network);
  const parsed = parseTarget(`${TARGET}:443`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const shown: Progress[] = [];
  const made = await run(
    {
      command: 'full-report',
      targets: [parsed.target],
      family: null,
      origin: {},
      policy: DEFAULT_POLICY,
      deadlineMs: 60_000,
      host: true,
      latency: { method: 'auto', count: 10, intervalMs: 50, timeoutMs: 1000 },
      loss: { method: 'auto', count: 100, intervalMs: 12, timeoutMs: 1000 },
      ports: { required: [], surveyed: [], timeoutMs: 1500, concurrency: 10 },
      inquire: { budgetMs: 3500, references: REFERENCES },
      ...changes,
    },
    { network, signal, version: '0.0.0', progress: (state) => shown.push(state) },
  );
  const report = reportSchema.parse(made);
  return {
    report,
    codes: report.diagnosis.map(({ code }) => code),
    traced: report.measurements.filter(({ probe }) => probe === 'route').map(({ data }) => (data as { address: string }).address),
    shown: shown.map(({ label }) => label),
    elapsedMs: network.clock.nowMs(),
    network,
  };
}

const anyone: Pick<World, 'adapt'> = {
  adapt: (network) => {
    const answered = { connectMs: 2, kernel: { rttMs: 2, sendMssBytes: 1448, pathMtuBytes: 1500, retransmissions: 0 } };
    network.tcp.connect = async () => measured(answered as never);
  },
};

describe('a run that looks closer', () => {
  it('sends nothing more where all is well', async () => {
    const world = { answers: [TARGET], ...anyone };
    const { codes, traced, elapsedMs } = await fullReport(world);
    expect({ codes, traced }).toEqual({ codes: [], traced: [] });
    const plain = await fullReport(world, { inquire: undefined as never });
    expect(elapsedMs).toBe(plain.elapsedMs);
  });

  it('tells a silent target from a dead line: others behind the gateway answer', async () => {
    const { codes, traced, shown } = await fullReport({ answers: REFERENCES });
    expect(codes[0]).toBe('host-unreachable');
    expect(traced).toEqual(expect.arrayContaining([TARGET, ...REFERENCES]));
    expect(shown.join('\n')).toMatch(/closer look of 192\.0\.2\.1:443, the path, hop by hop: host-unreachable or /);
  });

  it('tells a dead line from a silent target: nothing behind the gateway answers, and no router', async () => {
    const { codes, report } = await fullReport({ router: false });
    expect(codes).toEqual(['upstream-unreachable']);
    expect(report.checks.find(({ id }) => id === 'l3.upstream')).toMatchObject({ status: 'fail', observed: '0 of 3 destinations answer' });
  });

  it('has a line that is dead behind the next router for what it is, and says where it ends', async () => {
    const { codes, report } = await fullReport({});
    expect(codes).toEqual(['upstream-unreachable']);
    expect(report.diagnosis[0]?.summary).toContain(ROUTER);
  });

  it('does not hold silent references against the line where this network has none', async () => {
    const { codes } = await fullReport({}, { inquire: { budgetMs: 3500, references: [] } });
    expect(codes).toEqual(['host-unreachable']);
  });

  it('is over soon after the silence is certain: within four seconds, start-up and all', async () => {
    const { elapsedMs, report } = await fullReport({ router: false });
    expect(elapsedMs).toBeLessThan(3700);
    expect(report.checks.find(({ id }) => id.startsWith('l3.loss'))?.because).toMatch(/not waited for any longer|explained by/);
  });

  it('keeps to its budget, and says what there was no time for', async () => {
    const { report, traced } = await fullReport({ router: false }, { inquire: { budgetMs: 100, references: REFERENCES } });
    expect(traced).toEqual([]);
    expect(report.diagnosis[0]).toMatchObject({ code: 'host-unreachable' });
    expect(report.diagnosis[0]?.notLookedAt.join()).toContain('no time');
  });

  it('asks nothing where the request does not say so', async () => {
    const { traced } = await fullReport({ router: false }, { inquire: undefined as never });
    expect(traced).toEqual([]);
  });

  it('hands over what is there when it is interrupted meanwhile', async () => {
    const stop = new AbortController();
    const { report } = await fullReport(
      {
        router: false,
        adapt: (network) => {
          network.clock.after(2600, () => stop.abort());
        },
      },
      {},
      stop.signal,
    );
    expect(report.partial).toBe(true);
    expect(report.measurements.filter(({ probe }) => probe === 'route').every(({ attempt }) => attempt.kind === 'skipped')).toBe(true);
    expect(report.diagnosis.length).toBeGreaterThan(0);
  });
});
