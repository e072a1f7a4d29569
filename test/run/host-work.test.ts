import { describe, expect, it } from 'vitest';
import { measured, unanswered } from '../../src/model/attempt.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { NO_PROXIES } from '../../src/model/proxy-environment.js';
import { parseTarget } from '../../src/model/target.js';
import { run } from '../../src/run.js';
import { hostInterface, routeLookup } from '../fakes/host.js';
import { fakeLocalSystem } from '../fakes/local-system.js';
import { type FakeNetwork, fakeNetwork } from '../fakes/network.js';

const RESOLVER = '198.51.100.53';

/** `netdiag host TARGET` where the gateway and the resolver are silent. */
async function silentWorld(timeoutMs: number, text = '192.0.2.7:443', adapt: (network: FakeNetwork) => void = () => {}) {
  const network = fakeNetwork();
  const waits: number[] = [];
  network.names.resolvers = async () => ({ servers: [RESOLVER], source: null, search: [] });
  network.names.query = async (question) => {
    waits.push(question.timeoutMs * question.attempts);
    await network.clock.sleep(question.timeoutMs * question.attempts, new AbortController().signal);
    const { server, name, type } = question;
    return {
      outcome: unanswered('response', question.timeoutMs),
      observation: { server, transport: 'udp', name, type, rcode: null, queryMs: null, flags: null, answers: [], dnssec: null } as never,
    };
  };
  network.routes.lookup = async () => measured(routeLookup({ source: '10.0.0.2', interface: 'eth0', gateway: '10.0.0.1' }));
  network.machine.observe = async () => ({
    interfaces: [hostInterface()],
    defaultRoutes: [{ family: 4, gateway: '10.0.0.1', interface: 'eth0', metric: 0 }],
    routesKnown: true,
  });
  adapt(network);
  const target = parseTarget(text);
  if (!target.ok) throw new Error(target.reason);
  const report = await run(
    {
      command: 'host',
      targets: [target.target],
      family: null,
      origin: {},
      policy: DEFAULT_POLICY,
      deadlineMs: 60_000,
      host: true,
      machine: {
        scope: 'all',
        passive: false,
        timeoutMs,
        windowMs: 700,
        timeServers: [],
        datePages: [],
        stunServer: null,
        proxies: NO_PROXIES,
        expected: null,
        cacheName: 'example.com',
      },
    },
    { network, signal: new AbortController().signal, version: '0.0.0', progress: () => {} },
  );
  const gateway = report.measurements.find(({ probe }) => probe === 'latency');
  return { gatewayMs: gateway?.durationMs, longestWaitMs: Math.max(...waits), echoes: network.sent.echo.length };
}

describe('the machine where nothing else is measured', () => {
  it('is through with a dead gateway and a dead resolver in 1.1 s, though a target is named', async () => {
    const { gatewayMs, echoes, longestWaitMs } = await silentWorld(900);
    expect(echoes).toBeGreaterThan(20);
    expect(gatewayMs).toBeGreaterThan(1000);
    expect(gatewayMs).toBeLessThanOrEqual(1120);
    expect(longestWaitMs).toBeGreaterThan(1000);
    expect(longestWaitMs).toBeLessThanOrEqual(1120);
  });

  it('waits as long as it is told to', async () => {
    expect((await silentWorld(10)).longestWaitMs).toBeLessThan(20);
    expect((await silentWorld(6000)).longestWaitMs).toBeGreaterThanOrEqual(6000);
  });

  it('is not read while the name of a target is looked up, which is timed, and waited for as long as a search list may take', async () => {
    const local = fakeLocalSystem();
    const isOfSurroundings = (command: string) => command.startsWith('systemd-detect-virt ');
    let readByThen = true;
    let nameWaitMs = 0;
    await silentWorld(900, 'app.example.net:443', (network) => {
      Object.assign(network, { local });
      network.names.resolve = async (_, { timeoutMs }) => {
        nameWaitMs = timeoutMs;
        await network.clock.sleep(20, new AbortController().signal);
        readByThen = local.ran.some(isOfSurroundings);
        return { outcome: measured({ addresses: ['192.0.2.7'], elapsedMs: 20 }), queries: [] };
      };
    });
    expect(nameWaitMs).toBeCloseTo(1980);
    expect(readByThen).toBe(false);
    expect(local.ran.some(isOfSurroundings)).toBe(true);
  });
});
