import { describe, expect, it } from 'vitest';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { judgeConnections } from '../../../src/probes/timeline/judge-connections.js';
import { tracksOf } from '../../../src/probes/timeline/packets.js';
import { placesOf } from '../../../src/probes/timeline/places.js';

const STARTED = '2026-01-01T10:00:00.000Z';
const ADDRESS = '203.0.113.10';
let made = 0;

const envelope = (method: string) =>
  ({ id: `m${++made}`, target: 'a', method, startedAt: STARTED, durationMs: 20, stalledMs: 0, attempt: { kind: 'measured' } }) as const;

const way = () =>
  ({
    ...envelope('system'),
    probe: 'route-lookup',
    data: { address: ADDRESS, gateway: '192.0.2.1', interface: 'eth0', loopback: false },
  }) as unknown as Measurement;

/** A hundred echoes, each `rttMs` long but those that are lost. */
function echo({ rttMs = 20, lost = 0 } = {}): Measurement {
  const samples = Array.from({ length: 100 }, (_, seq) => ({ seq, rttMs: seq < lost ? null : rttMs, sentMs: seq * 12 }));
  const data = { address: ADDRESS, sent: 100, received: 100 - lost, lost, samples, notSent: [] } as unknown as DataOf<'loss'>;
  return { ...envelope('icmp'), probe: 'loss', data } as MeasurementOf<'loss'>;
}

/** Connections, one each quarter of a second: a round trip, `null` where the first segment was lost, or refused. */
function knocks(...fates: (number | null | 'refused')[]): Measurement {
  const samples = fates.flatMap((rttMs, seq) => (rttMs === 'refused' ? [] : [{ seq, rttMs, sentMs: seq * 250 }]));
  const refusedMs = fates.flatMap((fate, seq) => (fate === 'refused' ? [seq * 250] : []));
  const data = { address: ADDRESS, samples, notSent: [], ...(refusedMs.length === 0 ? {} : { refusedMs }) } as unknown as DataOf<'latency'>;
  return { ...envelope('tcp'), probe: 'latency', data } as MeasurementOf<'latency'>;
}

function exchange(tcpMs: number): Measurement {
  const data = { address: ADDRESS, tcpMs, runs: [{ tcpMs }] } as unknown as DataOf<'phases'>;
  return { ...envelope('http'), probe: 'phases', data } as MeasurementOf<'phases'>;
}

function port(state: 'open' | 'closed'): Measurement {
  const data = { address: ADDRESS, ports: [{ port: 80, protocol: 'tcp', state, required: true, retransmissions: 0, latencyMs: 20 }] };
  return { ...envelope('tcp'), probe: 'ports', data } as unknown as Measurement;
}

function judge(...measurements: Measurement[]) {
  const all = [way(), ...measurements];
  return judgeConnections(placesOf(tracksOf(all), all), all);
}
const brief = (...measurements: Measurement[]) => judge(...measurements).map(({ id, status, code }) => `${status} ${id} ${code}`);

describe('connections to one port', () => {
  it('give no line where all are accepted, and none where all are refused', () => {
    expect(brief(echo(), port('open'), exchange(21), knocks(20, 20, 20))).toEqual([]);
    expect(brief(echo(), port('closed'), knocks('refused', 'refused', 'refused'))).toEqual([]);
    expect(brief(echo(), port('closed'), knocks(null, null, 'refused'))).toEqual([]);
  });

  it('that are refused at times show a service that comes and goes', () => {
    expect(brief(echo(), port('open'), knocks(20, 'refused', 20, 20, 'refused'))).toEqual([
      'fail l4.connections@a connectivity-intermittent',
    ]);
    expect(brief(echo(), port('open'), exchange(20), knocks(20, 20, 20, 20, 20, 'refused'))).toEqual([
      'warn l4.connections@a connectivity-intermittent',
    ]);
    expect(brief(echo(), port('closed'), knocks(20, 20, 20))).toEqual(['fail l4.connections@a connectivity-intermittent']);
  });

  it('tell when it was away, where more than one in a row was refused', () => {
    const [line] = judge(echo(), knocks(20, 'refused', 'refused', 20));
    expect(line?.when).toEqual([{ from: '2026-01-01T10:00:00.250Z', to: '2026-01-01T10:00:00.750Z' }]);
    expect(judge(echo(), knocks(20, 'refused', 20))[0]?.when).toBeUndefined();
  });

  it('that lose their first segment while no echo is lost show that TCP alone is dropped', () => {
    expect(brief(echo(), port('open'), knocks(20, null, 20))).toEqual(['warn l4.connections@a tcp-retransmissions']);
    expect(brief(echo(), port('open'), exchange(1032))).toEqual(['warn l4.connections@a tcp-retransmissions']);
  });

  it('say nothing where the way loses too, is as long as the wait for the second segment, or was not measured', () => {
    expect(brief(echo({ lost: 3 }), port('open'), knocks(20, null, 20))).toEqual([]);
    expect(brief(echo({ rttMs: 950 }), port('open'), knocks(950, null, 950))).toEqual([]);
    expect(brief(port('open'), knocks(20, null, 20))).toEqual([]);
  });
});
