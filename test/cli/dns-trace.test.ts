import { describe, expect, it } from 'vitest';
import { deadlineMs } from '../../src/cli/deadline.js';
import { readTrace, type TraceFlagValues, traceInLab, traceTypes } from '../../src/cli/dns-trace.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { traceBudgetMs } from '../../src/probes/dns-trace/plan.js';

const NONE: TraceFlagValues = { trace: false, 'root-hints': undefined, 'trace-port': undefined, ipv4: false, ipv6: false };

describe('the flags of a walk', () => {
  it('ask for nothing where --trace is not given, and by it for the built-in roots', () => {
    expect(readTrace(NONE)).toBeNull();
    expect(readTrace({ ...NONE, trace: true })).toEqual({ rootHints: [] });
    expect(readTrace({ ...NONE, trace: true, 'trace-port': 5300, ipv4: true })).toEqual({ rootHints: [], port: 5300 });
  });

  it.each<[Partial<TraceFlagValues>, RegExp]>([
    [{ 'root-hints': 'file' }, /go with --trace/],
    [{ 'trace-port': 53 }, /go with --trace/],
    [{ ipv6: true }, /-4 and -6 go with --trace/],
    [{ trace: true, ipv4: true, ipv6: true }, /only one of them/],
    [{ trace: true, compare: true }, /exclude each other/],
    [{ trace: true, server: [{}] }, /--server and --transport do not go with --trace/],
    [{ trace: true, transport: 'tcp' }, /--server and --transport do not go with --trace/],
    [{ trace: true, lab: true, 'trace-port': 53 }, /do not go with --lab/],
  ])('%j is refused', (flags, message) => {
    expect(() => readTrace({ ...NONE, ...flags })).toThrow(message);
  });

  it('in the lab its own server stands for the root', () => {
    expect(traceInLab([{ address: '127.0.0.1', port: 5353 }])).toEqual({ rootHints: [{ name: '', addresses: ['127.0.0.1'] }], port: 5353 });
  });

  it('ask for one type where none is named: an address for its reverse name, as without --trace', () => {
    expect(traceTypes(['www.example.net'])).toEqual(['A']);
    expect(traceTypes(['192.0.2.1'])).toEqual([]);
  });

  it('give each walk its own time', () => {
    const dns = { names: ['a', 'b'], types: ['A'], servers: [], transport: 'udp', timeoutMs: 1000, attempts: 2 } as const;
    const request = { targets: [], family: null, origin: {}, policy: DEFAULT_POLICY, host: false, command: 'dns' } as const;
    const walks = deadlineMs({ ...request, dns: { ...dns, trace: { rootHints: [] } } });
    const none = deadlineMs({ ...request, dns: { ...dns, names: [], trace: { rootHints: [] } } });
    expect(walks - none).toBe(2 * traceBudgetMs(1000, 2));
  });
});
