import { describe, expect, it } from 'vitest';
import { type Attempt, measured, unanswered } from '../../src/model/attempt.js';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { latencyNotTried } from '../../src/probes/latency/measure.js';
import { Silence } from '../../src/run/silence.js';

type Data = MeasurementOf<'latency'>['data'];

function latency(parts: Partial<Data>, attempt: Attempt<null> = unanswered('response', 1000)): MeasurementOf<'latency'> {
  const { data } = latencyNotTried('198.51.100.7', attempt);
  return {
    id: 'm1',
    probe: 'latency',
    target: '198.51.100.7:443',
    method: 'icmp',
    startedAt: '2026-11-22T12:00:00.000Z',
    durationMs: 1900,
    stalledMs: 0,
    attempt,
    data: { ...data, sent: 10, ...parts },
  };
}

const said = (meaning: Data['icmpErrors'][number]['meaning']) => [{ from: '192.0.2.1', type: 3, code: 1, meaning, count: 3 }];

describe('Silence', () => {
  it.each([
    ['nothing comes back', latency({}), true],
    ['a router, or this machine, says that there is no way to the host', latency({ icmpErrors: said('host-unreachable') }), true],
    ['a router knows no such network', latency({ icmpErrors: said('network-unreachable') }), true],
    ['packets go round until their time is over', latency({ icmpErrors: said('time-exceeded') }), true],
    ['a rule refuses echo', latency({ icmpErrors: said('prohibited') }), false],
    ['the host refuses one port', latency({ icmpErrors: said('port-unreachable') }), false],
    ['an answer came too late', latency({ late: { count: 1, fastestMs: 1200 } }), false],
    ['it answers', latency({ received: 10 }, measured(null)), false],
  ])('%s', (_, made, isOver) => {
    const silence = new Silence(new AbortController().signal);
    expect(silence.heard(made)).toBe(made);
    expect(silence.known.aborted).toBe(isOver);
    expect(silence.signalOf('tls').aborted).toBe(isOver);
    expect(silence.signalOf('ports').aborted).toBe(false);
  });
});
