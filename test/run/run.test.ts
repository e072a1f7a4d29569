import { describe, expect, it } from 'vitest';
import { failed, measured, unanswered } from '../../src/model/attempt.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { reportSchema } from '../../src/model/report.js';
import { parseTarget, type Target } from '../../src/model/target.js';
import type { RunRequest } from '../../src/run/request.js';
import { run } from '../../src/run.js';
import { routeLookup } from '../fakes/host.js';
import { type FakeBehaviour, type FakeNetwork, fakeNetwork, reply } from '../fakes/network.js';

function target(text: string): Target {
  const outcome = parseTarget(text);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.target;
}

const probes: Partial<RunRequest> = {
  latency: { method: 'auto', count: 10, intervalMs: 50, timeoutMs: 1000 },
  loss: { method: 'auto', count: 50, intervalMs: 10, timeoutMs: 1000 },
  mtu: { timeoutMs: 1000 },
  ports: { required: [], surveyed: [], timeoutMs: 1500, concurrency: 10 },
};

async function report(
  targets: string[],
  behaviour: FakeBehaviour,
  adapt: (network: FakeNetwork) => void = () => {},
  changes: Partial<RunRequest> = {},
) {
  const network = fakeNetwork(behaviour);
  adapt(network);
  const request: RunRequest = {
    command: 'full-report',
    targets: targets.map(target),
    family: null,
    origin: {},
    policy: DEFAULT_POLICY,
    deadlineMs: 60_000,
    host: true,
    ...probes,
    ...changes,
  };
  const made = await run(request, { network, signal: new AbortController().signal, version: '0.0.0', progress: () => {} });
  return { report: reportSchema.parse(made), network };
}

/** Every address is reached through eth0 and 10.0.0.1. */
function routed(network: FakeNetwork): void {
  const eth0 = {
    name: 'eth0',
    up: true,
    carrier: true,
    loopback: false,
    mtuBytes: 1500,
    speedMbit: null,
    errors: 0,
    dropped: 0,
    source: 'test',
  };
  network.routes.lookup = async () => measured(routeLookup({ source: '10.0.0.2', interface: 'eth0', gateway: '10.0.0.1' }));
  network.machine.observe = async () => ({
    interfaces: [{ ...eth0, addresses: [{ address: '10.0.0.2', prefixLength: 24, family: 4 }] }],
    defaultRoutes: [{ family: 4, gateway: '10.0.0.1', interface: 'eth0', metric: 0 }],
    routesKnown: true,
  });
}

const healthy: FakeBehaviour = {
  echo: (_, request) => [{ afterMs: 20, event: reply(request.address === '10.0.0.1' ? 0.4 : 20) }],
  tcp: () => ({
    afterMs: 20,
    outcome: measured({ connectMs: 21, kernel: { rttMs: 20, sendMssBytes: 1448, pathMtuBytes: 1500, retransmissions: 0 } }),
  }),
};

describe('run', () => {
  it('passes a healthy target, resolving nothing for an address', async () => {
    const { report: made, network } = await report(['192.0.2.1:22'], healthy, routed);
    expect(made).toMatchObject({ verdict: 'pass', partial: false, diagnosis: [] });
    expect(made.measurements.map(({ probe, target: of }) => `${probe}${of === null ? '' : ' of the target'}`)).toEqual([
      'host',
      'route-lookup of the target',
      'latency',
      'latency of the target',
      'loss of the target',
      'mtu of the target',
      'ports of the target',
      'neighbor',
    ]);
    expect(made.checks.every(({ status }) => status === 'pass')).toBe(true);
    expect(network.openSessions).toBe(0);
  });

  it('gives every measurement an id of its own, and every check measurements that are there', async () => {
    const { report: made } = await report(['192.0.2.1:22', '192.0.2.2:443'], healthy, routed);
    const ids = made.measurements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(made.checks.map(({ id }) => id)).size).toBe(made.checks.length);
    for (const check of made.checks) for (const id of check.measurements) expect(ids).toContain(id);
  });

  it('resolves a name once, and leaves the probes of an unresolved one untried', async () => {
    let lookups = 0;
    const { report: made, network } = await report(['nowhere.example:22'], healthy, (fake) => {
      routed(fake);
      fake.names.resolve = async () => {
        lookups++;
        return { outcome: failed('resolve', 'NXDOMAIN', 'nowhere.example does not exist'), queries: [] };
      };
    });
    expect(lookups).toBe(1);
    expect(made.diagnosis.map(({ code }) => code)).toEqual(['dns-unreachable']);
    expect(made.measurements.filter(({ target: of }) => of !== null).map(({ attempt }) => attempt)).toEqual(
      Array(4).fill({ kind: 'skipped', because: 'its name was not resolved' }),
    );
    // The gateway is asked all the same: it is the next question of whoever reads this.
    expect(network.sent.tcp).toEqual([]);
    expect(made.checks.find(({ id }) => id === 'l3.gateway@10.0.0.1')).toMatchObject({ status: 'pass' });
  });

  it('sends nothing where the kernel has no route, and blames what stands lowest', async () => {
    const { report: made, network } = await report(['192.0.2.1:22'], healthy);
    expect(made.verdict).toBe('fail');
    expect(made.diagnosis.map(({ code }) => code)).toEqual(['interface-down']);
    expect(network.sent).toEqual({ echo: [], datagrams: [], tcp: [] });
  });

  it('takes the first address that has a route', async () => {
    const { report: made } = await report(['dual.example:22'], healthy, (network) => {
      routed(network);
      const routedLookup = network.routes.lookup;
      network.routes.lookup = async (address, origin) =>
        address.includes(':') ? routedLookup(address, origin) : failed('route', 'ENETUNREACH', 'no route');
      network.names.resolve = async () => ({ outcome: measured({ addresses: ['192.0.2.1', '2001:db8::1'], elapsedMs: 3 }), queries: [] });
    });
    expect(made.measurements.find(({ probe }) => probe === 'ports')?.data).toMatchObject({ address: '2001:db8::1' });
    expect(made.verdict).toBe('pass');
  });

  it('names the way beyond the gateway where two targets are silent and the gateway is not', async () => {
    const { report: made } = await report(
      ['192.0.2.1:22', '198.51.100.1:22'],
      { echo: (_, request) => (request.address === '10.0.0.1' ? [{ afterMs: 1, event: reply(0.4) }] : []) },
      routed,
    );
    expect(made.diagnosis.map(({ code }) => code)).toEqual(['upstream-unreachable']);
  });

  it('ends a probe that fails in an unforeseen way as a failed attempt of that probe alone', async () => {
    const { report: made } = await report(['192.0.2.1:22'], healthy, (network) => {
      routed(network);
      network.scanner.open = () => {
        throw new Error('a bug');
      };
    });
    expect(made.measurements.find(({ probe }) => probe === 'ports')?.attempt).toEqual({
      kind: 'failed',
      step: 'configure',
      code: 'internal',
      message: 'a bug',
    });
    expect(made.measurements.find(({ probe }) => probe === 'latency')?.attempt).toEqual({ kind: 'measured' });
  });

  it('gives at an interrupt what was measured by then, and says of the rest that it was not finished', async () => {
    const network = fakeNetwork(healthy);
    routed(network);
    const abort = new AbortController();
    network.clock.after(120, () => abort.abort());
    const request = {
      command: 'full-report',
      targets: [target('192.0.2.1:22')],
      family: null,
      origin: {},
      policy: DEFAULT_POLICY,
      deadlineMs: 60_000,
      host: true,
      ...probes,
    };
    const made = reportSchema.parse(await run(request, { network, signal: abort.signal, version: '0.0.0', progress: () => {} }));
    expect(made.partial).toBe(true);
    const latency = made.measurements.find(({ probe, target: of }) => probe === 'latency' && of !== null);
    expect(latency).toMatchObject({ attempt: { kind: 'measured' } });
    if (latency?.probe !== 'latency') throw new Error('no latency');
    expect(latency.data.received).toBeGreaterThan(0);
    expect(latency.data.sent).toBeLessThan(10);
    expect(latency.data.received).toBe(latency.data.sent);
  });

  it('sends nothing when it was interrupted before it began', async () => {
    const network = fakeNetwork(healthy);
    routed(network);
    const request = {
      command: 'full-report',
      targets: [target('192.0.2.1:22')],
      family: null,
      origin: {},
      policy: DEFAULT_POLICY,
      deadlineMs: 60_000,
      host: true,
      ...probes,
    };
    const made = reportSchema.parse(await run(request, { network, signal: AbortSignal.abort(), version: '0.0.0', progress: () => {} }));
    expect(made).toMatchObject({ partial: true, diagnosis: [] });
    expect(network.sent).toEqual({ echo: [], datagrams: [], tcp: [] });
    expect(made.verdict).not.toBe('fail');
  });

  it('ends at its deadline, though a probe hangs', async () => {
    const { report: made } = await report(
      ['192.0.2.1:22'],
      healthy,
      (network) => {
        routed(network);
        network.tcp.connect = () => new Promise(() => {});
      },
      { deadlineMs: 50, phases: { timeoutMs: 100 } },
    );
    expect(made.partial).toBe(false);
    expect(made.measurements.find(({ probe }) => probe === 'phases')?.attempt).toEqual({
      kind: 'skipped',
      because: 'the time of the whole run was over',
    });
  });

  it('keeps path, query, user name and password of a URL out of the report', async () => {
    const { report: made } = await report(['https://alice:s3cret@192.0.2.1/orders?token=t0ken'], healthy, routed, {
      phases: { timeoutMs: 100 },
      tls: { servername: null, ca: [], cert: null, key: null, pins: [], timeoutMs: 100 },
    });
    expect(JSON.stringify(made)).not.toMatch(/alice|s3cret|t0ken/);
  });

  it('reports progress that grows to its total', async () => {
    const network = fakeNetwork(healthy);
    routed(network);
    const states: { done: number; total: number }[] = [];
    const request = {
      command: 'latency',
      targets: [target('192.0.2.1:22')],
      family: null,
      origin: {},
      policy: DEFAULT_POLICY,
      deadlineMs: 60_000,
      host: true,
      ...probes,
    };
    await run(request, { network, signal: new AbortController().signal, version: '0.0.0', progress: (state) => states.push(state) });
    for (const { done, total } of states) expect(done).toBeLessThanOrEqual(total);
    expect(states.at(-1)?.done).toBeGreaterThan(4);
  });

  it('says that a silent host is silent, as a failure, whatever was asked for', async () => {
    const { report: made } = await report(['192.0.2.1:22'], {}, routed, { host: false });
    expect(made.verdict).toBe('fail');
    expect(made.diagnosis.map(({ code }) => code)).toEqual(['host-unreachable']);
    expect(made.measurements.find(({ probe }) => probe === 'loss')?.attempt).toEqual(unanswered('response', 1000));
  });

  describe('a name with both families', () => {
    const [V4, V6] = ['192.0.2.1', '2001:db8::1'];
    const dual = (network: FakeNetwork) => {
      routed(network);
      network.names.resolve = async () => ({ outcome: measured({ addresses: [V4, V6], elapsedMs: 3 }), queries: [] });
      const lookup = network.routes.lookup;
      network.routes.lookup = async (address, origin) => {
        const found = await lookup(address, origin);
        return found.kind === 'measured' && address.includes(':') ? measured({ ...found.value, source: '2001:db8::2' }) : found;
      };
    };
    const without = (family: 4 | 6) => (network: FakeNetwork) => {
      dual(network);
      const { connect } = network.tcp;
      const isDead = (address: string) => address.includes(':') === (family === 6);
      network.tcp.connect = async (options) => (isDead(options.address) ? unanswered('connect', options.timeoutMs) : connect(options));
    };
    const echoOf = (family: 4 | 6): FakeBehaviour => ({
      ...healthy,
      echo: (index, request) =>
        request.address.includes(':') === (family === 6) && request.address !== '10.0.0.1' ? [] : (healthy.echo?.(index, request) ?? []),
    });
    const changes = { addresses: { timeoutMs: 1500 } };

    it('has each address tried, and none blamed where all answer', async () => {
      const { report: made } = await report(['dual.example:22'], healthy, dual, changes);
      expect(made.diagnosis).toEqual([]);
      expect(made.measurements.find(({ probe }) => probe === 'addresses')?.data).toMatchObject({ chosen: V4, winner: V6 });
      expect(made.checks.find(({ id }) => id === 'l3.addresses@dual.example:22')).toMatchObject({ status: 'pass' });
    });

    it('is not asked for its addresses where it has one', async () => {
      const { report: made } = await report(['192.0.2.1:22'], healthy, routed, changes);
      expect(made.measurements.some(({ probe }) => probe === 'addresses')).toBe(false);
    });

    it('with IPv6 dead has that one cause', async () => {
      const { report: made } = await report(['dual.example:22'], echoOf(6), without(6), changes);
      expect(made.diagnosis.map(({ code }) => code)).toEqual(['ipv6-broken']);
      expect(made.diagnosis[0]).toMatchObject({ target: 'dual.example:22', evidence: ['l3.addresses@dual.example:22'] });
    });

    it('with IPv6 dead and slow over IPv4 has both: neither explains the other', async () => {
      const slow: FakeBehaviour = {
        ...healthy,
        echo: (_, { address }) => (address.includes(':') ? [] : [{ afterMs: 20, event: reply(address === '10.0.0.1' ? 0.4 : 500) }]),
      };
      const { report: made } = await report(['dual.example:22'], slow, without(6), changes);
      expect(made.diagnosis.map(({ code }) => code).sort()).toEqual(['ipv6-broken', 'latency-high']);
    });

    it('with IPv4 dead, over which everything else went, has that one cause', async () => {
      const { report: made } = await report(['dual.example:22', 'other.example:22'], echoOf(4), without(4), changes);
      expect(made.diagnosis.map(({ code }) => code)).toEqual(['ipv4-broken']);
      expect(made.verdict).toBe('fail');
      expect(made.diagnosis[0]?.evidence).toEqual(expect.arrayContaining(['l3.latency@dual.example:22', 'l3.addresses@dual.example:22']));
    });

    it('has its latency measured over both where that is asked for, under ids of their own', async () => {
      const asked = { ...changes, command: 'latency', host: false, latencyOfEachFamily: true };
      const { report: made } = await report(['dual.example:22'], healthy, dual, asked);
      const latencies = made.measurements.filter(({ probe }) => probe === 'latency');
      expect(latencies.map(({ data }) => ('address' in data ? data.address : null)).sort()).toEqual([V4, V6]);
      expect(made.checks.filter(({ id }) => id.startsWith('l3.latency')).map(({ id, title }) => [id, title])).toEqual([
        ['l3.latency@dual.example:22', 'latency'],
        ['l3.latency@dual.example:22#ipv6', 'latency, IPv6'],
      ]);
    });

    it('has the latency of a dead family explained by that family, and that of the other left alone', async () => {
      const asked = { ...changes, command: 'latency', host: false, latencyOfEachFamily: true };
      const { report: made } = await report(['dual.example:22'], echoOf(6), without(6), asked);
      expect(made.diagnosis.map(({ code }) => code)).toEqual(['ipv6-broken']);
      expect(made.checks.find(({ id }) => id === 'l3.latency@dual.example:22')).toMatchObject({ status: 'pass' });
    });

    it.each([
      ['one family was asked for', { family: 4 as const }],
      ['it was not asked for', { latencyOfEachFamily: false }],
    ])('has one latency where %s', async (_, parts) => {
      const { report: made } = await report(['dual.example:22'], healthy, dual, {
        ...changes,
        host: false,
        latencyOfEachFamily: true,
        ...parts,
      });
      expect(made.measurements.filter(({ probe }) => probe === 'latency')).toHaveLength(1);
    });

    it('has one latency where there is no way to the other family, and nothing is blamed', async () => {
      const adapt = (network: FakeNetwork) => {
        dual(network);
        const { lookup } = network.routes;
        network.routes.lookup = async (address, origin) =>
          address.includes(':') ? failed('route', 'ENETUNREACH', 'there is no route') : lookup(address, origin);
      };
      const { report: made } = await report(['dual.example:22'], healthy, adapt, { ...changes, latencyOfEachFamily: true });
      expect(made.measurements.filter(({ probe, target: of }) => probe === 'latency' && of !== null)).toHaveLength(1);
      expect(made.diagnosis).toEqual([]);
      expect(made.verdict).toBe('pass');
    });
  });
});
