import { describe, expect, it } from 'vitest';
import { deadlineMs } from '../../src/cli/deadline.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { parseTarget, type Target } from '../../src/model/target.js';

function targets(count: number): Target[] {
  return Array.from({ length: count }, (_, index) => {
    const outcome = parseTarget(`192.0.2.${index + 1}`);
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.target;
  });
}

const BASE = { command: 'latency', family: null, origin: {}, policy: DEFAULT_POLICY, host: false } as const;

describe('the deadline of a run', () => {
  it('is later than all probes take where every answer is as late as it may be', () => {
    const latency = { method: 'auto', count: 10, intervalMs: 1000, timeoutMs: 2000 } as const;
    expect(deadlineMs({ ...BASE, targets: targets(1), latency })).toBeGreaterThan(2 * (10_000 + 2000));
    expect(deadlineMs({ ...BASE, targets: targets(3), latency })).toBeGreaterThan(3 * 2 * (10_000 + 2000));
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

  it('refuses a run of more than a day', () => {
    const latency = { method: 'auto', count: 100_000, intervalMs: 60_000, timeoutMs: 1000 } as const;
    expect(() => deadlineMs({ ...BASE, targets: targets(1), latency })).toThrow(UsageError);
  });
});
