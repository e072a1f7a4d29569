import { describe, expect, it } from 'vitest';
import { conclude } from '../../src/diagnosis/conclusion.js';
import type { Outcome } from '../../src/diagnosis/outcome.js';
import type { Measurement } from '../../src/model/measurement.js';
import { line, reasonAbout } from './check-lines.js';

function measurement(id: string, target: string | null, attempt: Measurement['attempt']): Measurement {
  return { id, target, attempt, probe: 'latency' } as unknown as Measurement;
}

function concluded(lines: readonly string[], fields: Partial<Outcome> = {}) {
  const { checks, diagnosis } = reasonAbout({ checks: lines });
  const verdict = diagnosis.length > 0 ? 'fail' : (fields.verdict ?? 'pass');
  return conclude({ checks, diagnosis, measurements: [], unjudged: [], partial: false, ...fields, verdict });
}

describe('the conclusion', () => {
  it('is well where all that was asked was found well', () => {
    expect(concluded(['pass l3.gateway@192.0.2.1', 'pass l4.port@a', 'skip l3.upstream only one destination was tried'])).toMatchObject({
      kind: 'well',
      notLookedAt: [],
    });
  });

  it('is a diagnosis where there is one, with what would have told more', () => {
    expect(concluded(['fail l3.upstream upstream-unreachable'])).toMatchObject({
      kind: 'diagnosed',
      notLookedAt: ['the path, hop by hop', expect.stringMatching(/^whether a login page /)],
    });
  });

  it('is not determined where a target gave nothing that could be judged, and says which, and why', () => {
    const skips = ['pass l2.interface', 'pass l3.path@a', 'skip l3.latency@a ICMP is not available', 'skip l3.loss@a it was not measured'];
    expect(concluded(skips, { verdict: 'warn', unjudged: ['a'] })).toMatchObject({
      kind: 'undetermined',
      notLookedAt: ['l3.latency of a: ICMP is not available', 'l3.loss of a: it was not measured'],
    });
  });

  it('is not determined where no line is about a target at all', () => {
    const silent = measurement('m9', 'a', { kind: 'unanswered', step: 'resolve', waitedMs: 1000 });
    expect(concluded(['pass l2.interface'], { verdict: 'warn', unjudged: ['a', 'b'], measurements: [silent] })).toMatchObject({
      kind: 'undetermined',
      notLookedAt: ['a: no answer within 1000 ms', 'b: nothing of it could be judged'],
    });
  });

  it('is not determined where nothing was judged', () => {
    expect(concluded([], { verdict: 'warn' })).toMatchObject({ kind: 'undetermined', notLookedAt: [] });
  });

  it('names what this machine cannot measure, though all else is well, and not what nobody needs', () => {
    const lines = [
      'pass l4.port@a',
      'skip l3.mtu@a it needs a raw socket',
      'skip l7.name@a not needed: the target answers through a proxy',
    ];
    const measurements = [measurement('m1', 'a', { kind: 'unavailable', capability: 'raw', reason: 'it needs a raw socket' })];
    expect(concluded(lines, { measurements }).notLookedAt).toEqual(['l3.mtu of a: it needs a raw socket']);
  });

  it('names what an interrupt or the end of the time cut off', () => {
    const cut = [measurement('m1', 'a', { kind: 'skipped', because: 'interrupted' })];
    const lines = ['pass l4.port@b', 'skip l3.mtu@a interrupted'];
    expect(concluded(lines, { measurements: cut, partial: true }).notLookedAt).toEqual([
      'the rest of what was asked: it was interrupted',
      'l3.mtu of a: interrupted',
    ]);
  });

  it('lists no more than a person reads, each once', () => {
    const many = Array.from({ length: 30 }, (_, index) => `skip l3.mtu@a no socket ${index % 20}`);
    const measurements = [measurement('m1', 'a', { kind: 'unavailable', capability: 'raw', reason: 'no' })];
    const { notLookedAt } = concluded(['pass l4.port@a', ...many], { measurements });
    expect(notLookedAt).toHaveLength(8);
    expect(new Set(notLookedAt).size).toBe(8);
  });
});

describe('what reasoning leaves of the lines', () => {
  it('has a warning fail where it explains a failure', () => {
    const { checks, diagnosis } = reasonAbout({ checks: ['warn l3.gateway@192.0.2.1 loss-local', 'fail l3.loss@a loss-upstream'] });
    expect(checks.map(({ status }) => status)).toEqual(['fail', 'skip']);
    expect(diagnosis.map(({ code }) => code)).toEqual(['loss-local']);
  });

  it('keeps when a fault was there', () => {
    const when = [{ from: '2026-01-01T00:00:00.000Z', to: null }];
    expect(reasonAbout({ checks: [line('fail l3.continuity connectivity-intermittent', { when })] }).diagnosis[0]?.when).toEqual(when);
  });
});
