import { describe, expect, it } from 'vitest';
import { deadlineMs } from '../../src/cli/deadline.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { parseTarget, type Target } from '../../src/model/target.js';

function targets(count: number, port = ''): Target[] {
  return Array.from({ length: count }, (_, index) => {
    const outcome = parseTarget(`192.0.2.${index + 1}${port}`);
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.target;
  });
}

const BASE = { command: 'latency', family: null, origin: {}, policy: DEFAULT_POLICY, host: false } as const;

describe('the deadline of a run', () => {
  it('is later than all probes take where every answer is as late as it may be', () => {
    const latency = { method: 'auto', count: 10, intervalMs: 1000, timeoutMs: 2000 } as const;
    expect(deadlineMs({ ...BASE, targets: targets(1), latency })).toBeGreaterThan(2 * (10_000 + 2000));
  });

  it('does not grow with the targets of what runs side by side: a thousand of them take as long as one', () => {
    const latency = { method: 'auto', count: 10, intervalMs: 1000, timeoutMs: 2000 } as const;
    const one = deadlineMs({ ...BASE, targets: targets(1), latency });
    expect(deadlineMs({ ...BASE, targets: targets(200), latency })).toBe(one);
  });

  it('is later than a line is loaded in both directions, one target after the other', () => {
    const options = { durationMs: 60_000, connections: 4, maximumBytes: 1e9, method: 'auto', headers: [], timeoutMs: 3000 } as const;
    const bandwidth = { ...options, down: true, up: { path: '/up' }, servername: null, ca: [], cert: null, key: null };
    expect(deadlineMs({ ...BASE, targets: targets(2, ':80'), bandwidth })).toBeGreaterThan(2 * 2 * 63_000);
  });

  it('grows with the ports', () => {
    const ports = (count: number) => ({
      required: [],
      surveyed: Array.from({ length: count }, (_, index) => index + 1),
      timeoutMs: 1000,
      concurrency: 100,
    });
    expect(deadlineMs({ ...BASE, targets: targets(1), ports: ports(65_535) })).toBeGreaterThan(655_000);
  });

  it('is later than a path takes whose hops are silent, or that a tool of the system looks for', () => {
    const route = { method: 'auto', flows: 1, cycles: 10, intervalMs: 1000, timeoutMs: 2000, maximumTtl: 30, names: true } as const;
    expect(deadlineMs({ ...BASE, targets: targets(1), route })).toBeGreaterThan(10_000 + 20 * 2000 + 60_000);
  });

  it('refuses a run of more than a day', () => {
    const latency = { method: 'auto', count: 100_000, intervalMs: 60_000, timeoutMs: 1000 } as const;
    expect(() => deadlineMs({ ...BASE, targets: targets(1), latency })).toThrow(UsageError);
  });

  it('grows with the exchanges and with what is between them', () => {
    const phases = (count: number) => ({ timeoutMs: 3000, count, intervalMs: 10_000 });
    expect(deadlineMs({ ...BASE, targets: targets(1, ':443'), phases: phases(100) })).toBeGreaterThan(100 * (10_000 + 3000));
  });

  it('has room for a comparison that waits for dead servers, and not more for many servers', () => {
    const dns = (servers: number) => ({
      names: ['a.example', 'b.example'],
      types: ['A'],
      servers: targets(servers).map(({ host }) => ({ address: host, port: 53 })),
      transport: 'udp' as const,
      timeoutMs: 2000,
      attempts: 2,
      compare: { wellKnown: true, warmCount: 5 },
    });
    const one = deadlineMs({ ...BASE, targets: [], dns: dns(1) });
    expect(one).toBeGreaterThan(2 * 2 * 2000);
    expect(deadlineMs({ ...BASE, targets: [], dns: dns(100) })).toBe(one);
  });

  it('has room for a series to each family', () => {
    const latency = { method: 'auto', count: 100, intervalMs: 1000, timeoutMs: 1000 } as const;
    const one = deadlineMs({ ...BASE, targets: targets(1), latency });
    expect(deadlineMs({ ...BASE, targets: targets(1), latency, latencyOfEachFamily: true })).toBeGreaterThan(one + 100_000);
  });
});
