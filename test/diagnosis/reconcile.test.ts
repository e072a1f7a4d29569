import { describe, expect, it } from 'vitest';
import { reconcile } from '../../src/diagnosis/reconcile.js';
import type { Code } from '../../src/model/code.js';
import type { Measurement } from '../../src/model/measurement.js';
import type { Check, CheckStatus } from '../../src/model/report.js';
import { latencyNotTried } from '../../src/probes/latency/measure.js';
import { lossNotTried } from '../../src/probes/loss/measure.js';

const envelope = {
  target: 'a',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  stalledMs: 0,
  attempt: { kind: 'measured' },
} as const;
const skipped = { kind: 'skipped', because: '' } as const;

const echo: Measurement = {
  ...envelope,
  id: 'm1',
  probe: 'latency',
  method: 'icmp',
  data: { ...latencyNotTried('192.0.2.1', skipped).data, sent: 10 },
};
const lossOf = (lost: number, method = 'icmp'): Measurement => ({
  ...envelope,
  id: 'm2',
  probe: 'loss',
  method,
  data: { ...lossNotTried('192.0.2.1', skipped).data, sent: 100, received: 100 - lost, lost, lossRatio: lost / 100 },
});
const phases = (tcpMs: number, tlsMs: number | null): Measurement => ({
  ...envelope,
  id: 'm3',
  probe: 'phases',
  method: 'https',
  data: { address: '192.0.2.1', dnsMs: null, tcpMs, tlsMs, ttfbMs: 20, totalMs: 60, httpStatus: 200 },
});

function check(kind: string, status: CheckStatus, code: Code | null, measurement: string, target = 'a'): Check {
  return {
    id: `${kind}@${target}`,
    layer: 3,
    title: kind,
    target,
    status,
    code,
    observed: null,
    expected: null,
    remedy: null,
    because: null,
    measurements: [measurement],
  };
}
const silentEcho = check('l3.latency', 'fail', 'host-unreachable', 'm1');
const lossy = check('l3.loss', 'fail', 'loss-upstream', 'm2');
const open = check('l4.port', 'pass', null, 'm9');

const statusOf = (kind: string, checks: Check[], measurements: Measurement[]) =>
  reconcile(checks, measurements).find(({ id }) => id === `${kind}@a`);

describe('reconcile', () => {
  it('withdraws "unreachable" where the service of the same target answers', () => {
    expect(statusOf('l3.latency', [silentEcho, open], [echo])).toMatchObject({
      status: 'skip',
      code: null,
      because: expect.stringContaining('echo'),
    });
  });

  it('keeps it where nothing else answers, or only another target does', () => {
    expect(statusOf('l3.latency', [silentEcho], [echo])).toEqual(silentEcho);
    expect(statusOf('l3.latency', [silentEcho, check('l4.port', 'pass', null, 'm9', 'b')], [echo])).toEqual(silentEcho);
    expect(statusOf('l3.latency', [silentEcho, check('l4.port', 'fail', 'port-filtered', 'm9')], [echo])).toEqual(silentEcho);
  });

  it('withdraws a great loss of echoes where connections went without a pause', () => {
    expect(statusOf('l3.loss', [lossy, open], [lossOf(90), phases(20, 40)])).toMatchObject({ status: 'skip', code: null });
  });

  it.each<[string, Measurement[]]>([
    ['connections paused as well', [lossOf(90), phases(1020, 40)]],
    ['the handshake paused', [lossOf(90), phases(20, 600)]],
    ['nothing was connected', [lossOf(90)]],
    ['the loss is small enough to miss a few connections', [lossOf(10), phases(20, 40)]],
    ['it was TCP that was lost', [lossOf(90, 'tcp'), phases(20, 40)]],
  ])('keeps the loss where %s', (_, measurements) => {
    expect(statusOf('l3.loss', [lossy, open], measurements)).toEqual(lossy);
  });
});
