import { describe, expect, it } from 'vitest';
import { withdrawCrowding } from '../../src/diagnosis/held-connections.js';
import type { Measurement } from '../../src/model/measurement.js';
import type { Check } from '../../src/model/report.js';

const TARGET = 'tcp://192.0.2.10:9000';
const ADDRESS = '192.0.2.10';
const STARTED = '2026-01-01T00:00:00.000Z';
/** While these are open, from the start on, no other connection is taken. */
const HELD_MS = 400;

const WORD = { port: 9000, expected: null, unhurried: false, waitMs: 400, spoke: 0, closed: 0, reset: 0, line: null, asExpected: null };

function ports(word: { connections: number; silent: number; unconnected: number; closed?: number } | null): Measurement {
  const firstWord = word === null ? null : { ...WORD, ...word };
  const data = { address: ADDRESS, ports: [], firstWord };
  return { id: 'm1', probe: 'ports', target: TARGET, startedAt: STARTED, durationMs: HELD_MS, data } as unknown as Measurement;
}

/** Round trips at these moments, in milliseconds; negative: the one at that moment was not answered. */
function series(id: string, method: 'tcp' | 'icmp', moments: readonly number[]): Measurement {
  const samples = moments.map((ms, seq) => ({ seq, sentMs: Math.abs(ms), rttMs: ms < 0 ? null : 0.2 }));
  const data = { address: ADDRESS, samples };
  return { id, probe: 'latency', target: TARGET, startedAt: STARTED, durationMs: 1000, method, data } as unknown as Measurement;
}

function blamed(id: string, code: Check['code']): Check {
  const about = { layer: 4, title: id, observed: 'some failed', expected: null, remedy: null, because: null } as const;
  return { ...about, id: `${id}@${TARGET}`, target: TARGET, status: 'warn', code, measurements: [] };
}

const CHECKS = [blamed('l4.connections', 'tcp-retransmissions'), blamed('l3.loss', 'loss-upstream'), blamed('l4.port', 'port-closed')];

const codes = (...measurements: Measurement[]) => withdrawCrowding(CHECKS, measurements).map(({ code }) => code);
const WITHDRAWN = [null, null, 'port-closed'];
const KEPT = ['tcp-retransmissions', 'loss-upstream', 'port-closed'];

describe('connections to a service that serves few at a time', () => {
  const held = ports({ connections: 2, silent: 2, unconnected: 0 });

  it('are held against nobody where they failed only while others of ours were open', () => {
    expect(codes(held, series('m2', 'tcp', [-240, 720, 960]))).toEqual(WITHDRAWN);
    expect(codes(held, series('m2', 'tcp', [-240, 720, 960]), series('m3', 'icmp', [100, 200, 300]))).toEqual(WITHDRAWN);
    expect(withdrawCrowding(CHECKS, [held, series('m2', 'tcp', [-240, 720, 960])])[0]).toMatchObject({ status: 'skip' });
  });

  it('nor where those that wait for a first word crowd out each other', () => {
    expect(codes(ports({ connections: 2, silent: 0, unconnected: 2 }), series('m2', 'tcp', [240, 720, 960]))).toEqual(WITHDRAWN);
  });

  it.each([
    ['another failed at another time', [held, series('m2', 'tcp', [-240, 720, -960])]],
    ['echo was lost meanwhile', [held, series('m2', 'tcp', [-240, 720, 960]), series('m3', 'icmp', [100, -200, 300])]],
    ['too few were tried at other times', [held, series('m2', 'tcp', [-240, 720])]],
    ['nothing was held open', [ports(null), series('m2', 'tcp', [-240, 720, 960])]],
    [
      'the service closed them itself',
      [ports({ connections: 2, silent: 1, unconnected: 0, closed: 1 }), series('m2', 'tcp', [-240, 720, 960])],
    ],
    ['none failed', [held, series('m2', 'tcp', [240, 720, 960])]],
  ])('stay what they are where %s', (_, measurements) => {
    expect(codes(...measurements)).toEqual(KEPT);
  });
});
