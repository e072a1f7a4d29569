import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../../src/model/measurement.js';
import type { CheckStatus } from '../../../src/model/report.js';
import { parseWay } from '../../../src/report/verify/data-way.js';
import { holdExpectation } from '../../../src/report/verify/expectations.js';
import type { Condition, Expectation } from '../../../src/report/verify/manifest.js';
import { expectationText, type Found } from '../../../src/report/verify/outcome.js';
import { check, severalTargets } from '../../fakes/reports.js';

const REPORT = severalTargets();

function value(way: string, conditions: Condition[], of: string | null = null): Expectation {
  const outcome = parseWay(way);
  if (!outcome.ok) throw new Error(outcome.reason);
  return { kind: 'value', way: { ...outcome.way, probe: outcome.way.probe as Measurement['probe'] }, of, conditions };
}

/** A step that measured these latencies, each of a target of its own. */
function latencies(...values: (number | null)[]): Found {
  const template = REPORT.measurements.find((made) => made.probe === 'latency') as Measurement & { probe: 'latency' };
  const rttMs = template.data.rttMs;
  if (rttMs === null) throw new Error('the fixture has no times');
  return {
    targets: values.map((_, index) => ({
      id: `t${index}.example:443`,
      host: `t${index}.example`,
      port: 443,
      scheme: 'tls',
      name: `n${index}`,
    })),
    measurements: values.map((p99, index) => ({
      ...template,
      id: `m${index + 1}`,
      target: `t${index}.example:443`,
      attempt: p99 === null ? { kind: 'unanswered', step: 'send', waitedMs: 1000 } : { kind: 'measured' },
      data: { ...template.data, rttMs: p99 === null ? null : { ...rttMs, p99 } },
    })),
    checks: values.map((p99, index) =>
      check(`l3.latency@t${index}.example:443`, {
        layer: 3,
        title: 'latency',
        target: `t${index}.example:443`,
        status: p99 === null ? 'skip' : p99 > 100 ? 'fail' : 'pass',
        code: p99 !== null && p99 > 100 ? 'latency-high' : null,
        observed: p99 === null ? null : `${p99} ms`,
        because: p99 === null ? 'no answer within 1000 ms' : null,
        measurements: [`m${index + 1}`],
      }),
    ),
  };
}

const held = (expectation: Expectation, found: Found) => holdExpectation(expectation, found).result;

describe('a text that is hidden', () => {
  it('is so before it is cut', () => {
    const template = latencies(1);
    const [measured] = template.measurements;
    const secret = 'x'.repeat(200);
    const found = { ...template, measurements: [{ ...measured, data: { rttMs: secret } } as unknown as Measurement] };
    const { result } = holdExpectation(value('latency.rttMs', [{ kind: 'is', values: ['y'] }]), found, (text) =>
      text.replaceAll(secret, '***'),
    );
    expect(result).toMatchObject({ observed: '***', because: 'it is ***' });
  });
});

describe('an expectation on checks', () => {
  const of = (glob: string, is: CheckStatus[], target: string | null = null): Expectation => ({ kind: 'check', glob, of: target, is });

  it('is fulfilled where each that fits has the status', () => {
    expect(held(of('l3.*', ['pass']), latencies(10, 20))).toMatchObject({ status: 'pass', observed: '2 passed', because: null });
    expect(held(of('l3.latency', ['pass']), latencies(10))).toMatchObject({ status: 'pass', observed: 'latency: 10 ms' });
    expect(held(of('l3.latency', ['fail']), latencies(150))).toMatchObject({ status: 'pass' });
    expect(held(of('l3.latency@t1*', ['pass']), latencies(150, 10))).toMatchObject({ status: 'pass' });
  });

  it('is not where one has another, or was not measured, or none fits', () => {
    expect(held(of('l3.*', ['pass']), latencies(10, 150, 160))).toMatchObject({
      status: 'fail',
      observed: 'latency: 150 ms',
      because: 'l3.latency@t1.example:443 is fail, and 1 more',
    });
    expect(held(of('l3.*', ['pass']), latencies(null)).because).toBe('l3.latency@t0.example:443 is skip (no answer within 1000 ms)');
    expect(held(of('l6.*', ['pass']), latencies(10))).toMatchObject({
      status: 'fail',
      observed: null,
      because: 'the step has no such check; it has l3.latency',
    });
    expect(held(of('l3.*', ['pass'], 'other.example'), latencies(10)).because).toBe('the step has no check of other.example');
  });

  it('warns where a warning is as good as a pass, and there is one', () => {
    const found = latencies(10);
    const warned = { ...found, checks: found.checks.map((one) => ({ ...one, status: 'warn' as const })) };
    expect(held(of('l3.*', ['pass', 'warn']), warned)).toMatchObject({ status: 'warn', because: 'l3.latency@t0.example:443 warns' });
    expect(held(of('l3.*', ['warn']), warned).status).toBe('pass');
    expect(held(of('l3.*', ['pass', 'warn']), found).status).toBe('pass');
  });

  it.each(['t1.example:443', 'n1', 'tls://t1.example:443', 't1.example'])('is of the target that is called %s alone', (name) => {
    expect(held(of('l3.*', ['pass'], name), latencies(150, 10)).status).toBe('pass');
    expect(held(of('l3.*', ['pass'], name), latencies(10, 150)).status).toBe('fail');
  });
});

describe('an expectation on codes', () => {
  const code = (present: boolean): Expectation => ({ kind: 'code', code: 'latency-high', of: null, present });

  it('knows what is there', () => {
    expect(held(code(true), latencies(10, 150))).toMatchObject({ status: 'pass', observed: 'latency: 150 ms' });
    expect(held(code(false), latencies(10, 150))).toMatchObject({ status: 'fail', because: 'l3.latency@t1.example:443 says latency-high' });
  });

  it('takes for absent only what was looked for', () => {
    expect(held(code(false), latencies(10, 20))).toMatchObject({ status: 'pass', observed: 'not found by 2 checks' });
    expect(held(code(true), latencies(10))).toMatchObject({ status: 'fail', because: 'no check says latency-high' });
    expect(held(code(false), latencies(10, null))).toMatchObject({
      status: 'fail',
      observed: null,
      because: 'l3.latency@t1.example:443 was not judged (no answer within 1000 ms)',
    });
    expect(held(code(false), { ...latencies(10), checks: [] }).because).toBe('the step judged nothing of layer 3, where that would show');
  });
});

describe('an expectation on values', () => {
  const p99 = (...conditions: Condition[]) => value('latency.rttMs.p99', conditions);
  const under = (limit: number): Condition => ({ kind: 'bound', relation: 'under', limit });

  it('is one on each of them', () => {
    expect(held(p99(under(50)), latencies(10, 20))).toEqual({
      text: 'latency.rttMs.p99 under 50 ms',
      status: 'pass',
      observed: '10 ms',
      because: null,
    });
    expect(held(p99(under(50)), latencies(10, 70))).toMatchObject({
      status: 'fail',
      observed: '70 ms',
      because: 't1.example:443: 70 ms is not under 50 ms',
    });
  });

  it('is not fulfilled by what was not measured, whatever it asks', () => {
    const all: Condition[] = [
      under(50),
      { kind: 'bound', relation: 'atMost', limit: 50 },
      { kind: 'isNot', values: [7] },
      { kind: 'present', present: false },
      { kind: 'count', bounds: [{ relation: 'is', limit: 0 }] },
      { kind: 'contains', values: [1] },
      { kind: 'grades', grades: { objective: 1, acceptable: 2, critical: 3 } },
    ];
    for (const condition of all) {
      expect(held(p99(condition), latencies(null)), condition.kind).toMatchObject({
        status: 'fail',
        observed: null,
        because: 'not measured: no answer within 1000 ms',
      });
    }
    expect(held(value('http.totalMs', [under(1)]), latencies(10)).because).toBe('the step measured no http; it measured latency');
    expect(held(value('latency.rttMs.p99', [under(1)], 'x.example'), latencies(10)).because).toBe(
      'the step measured no latency of x.example',
    );
    expect(held(value('http.totalMs', [under(1)]), { targets: [], checks: [], measurements: [] }).because).toBe(
      'the step measured nothing',
    );
  });

  it('takes nothing for absent or counted behind what was not made', () => {
    const found = latencies(10);
    const [first] = found.measurements as [Measurement & { probe: 'latency' }];
    const without = { ...found, measurements: [{ ...first, data: { ...first.data, rttMs: null, address: null } }] };
    const count = (relation: 'atMost' | 'atLeast' | 'is', limit: number): Condition => ({ kind: 'count', bounds: [{ relation, limit }] });
    const absent: Condition = { kind: 'present', present: false };
    for (const condition of [absent, count('is', 0), count('atMost', 2), count('atLeast', 1)])
      for (const way of ['latency.rttMs[x=y]', 'latency.rttMs[*]', 'latency.rttMs.p99'])
        expect(held(value(way, [condition]), without), way).toMatchObject({
          status: 'fail',
          observed: 'not measured',
          because: 'it was not measured',
        });
    expect(held(value('latency.rttMs', [count('is', 0)]), without).because).toBe('it was not measured');
    // A value that is `null` by itself can mean that there is none.
    expect(held(value('latency.address', [absent]), without).status).toBe('pass');
  });

  it('counts what more values could not change', () => {
    const found = latencies(10);
    const [first] = found.measurements as [Measurement & { probe: 'latency' }];
    const samples = [[{ x: 1 }], null] as unknown as typeof first.data.samples;
    const half = { ...found, measurements: [{ ...first, data: { ...first.data, samples } }] };
    const count = (relation: 'atMost' | 'atLeast', limit: number): Condition => ({ kind: 'count', bounds: [{ relation, limit }] });
    expect(held(value('latency.samples[*][*].x', [count('atLeast', 1), { kind: 'present', present: true }]), half).status).toBe('pass');
    expect(held(value('latency.samples[*][*].x', [count('atMost', 1)]), half).because).toBe('it was not measured');
    expect(held(value('latency.samples[*][*].x', [{ kind: 'present', present: false }]), half).because).toBe('it is there: 1');
  });

  it('knows no value from one that is not there', () => {
    expect(held(value('latency.samples[9999].rttMs', [under(1)]), latencies(10)).because).toBe(
      'there is no such value in what was measured',
    );
    expect(held(value('latency.samples[9999].rttMs', [{ kind: 'present', present: false }]), latencies(10))).toMatchObject({
      status: 'pass',
      observed: 'nothing there',
    });
  });

  it.each<[Condition, CheckStatus, string | null]>([
    [{ kind: 'bound', relation: 'over', limit: 10 }, 'fail', '10 ms is not over 10 ms'],
    [{ kind: 'bound', relation: 'atLeast', limit: 10 }, 'pass', null],
    [{ kind: 'bound', relation: 'atMost', limit: 10 }, 'pass', null],
    [under(10), 'fail', '10 ms is not under 10 ms'],
    [{ kind: 'is', values: [9, 10] }, 'pass', null],
    [{ kind: 'is', values: ['10'] }, 'pass', null],
    [{ kind: 'is', values: [9] }, 'fail', 'it is 10 ms'],
    [{ kind: 'isNot', values: [10] }, 'fail', 'it is 10 ms'],
    [{ kind: 'matches', pattern: '^1', flags: '' }, 'pass', null],
    [{ kind: 'matches', pattern: '^2', flags: '' }, 'fail', 'it is 10'],
    [{ kind: 'present', present: true }, 'pass', null],
    [{ kind: 'present', present: false }, 'fail', 'it is there: 10 ms'],
    [{ kind: 'grades', grades: { objective: 1, acceptable: 10, critical: 20 } }, 'pass', null],
    [{ kind: 'grades', grades: { objective: 1, acceptable: 5, critical: 20 } }, 'warn', '10 ms misses acceptable, which is 5 ms'],
    [{ kind: 'grades', grades: { objective: 1, acceptable: 5, critical: 9 } }, 'fail', '10 ms misses critical, which is 9 ms'],
    // More is better.
    [{ kind: 'grades', grades: { objective: 30, acceptable: 10, critical: 5 } }, 'pass', null],
    [{ kind: 'grades', grades: { objective: 30, acceptable: 20, critical: 5 } }, 'warn', '10 ms misses acceptable, which is 20 ms'],
    [{ kind: 'grades', grades: { objective: 30, acceptable: 20, critical: 15 } }, 'fail', '10 ms misses critical, which is 15 ms'],
  ])('holds 10 ms against %j: %s', (condition, status, because) => {
    expect(held(p99(condition), latencies(10))).toMatchObject({ status, because });
  });

  it('takes the worst of several values for the grades', () => {
    const grades = { objective: 10, acceptable: 20, critical: 40 };
    const outcome = holdExpectation(p99({ kind: 'grades', grades }), latencies(5, 30, 12));
    expect(outcome.result).toMatchObject({ status: 'warn', observed: '30 ms' });
    expect(outcome.budget).toEqual({ metric: 'latency.rttMs.p99', value: 30, unit: 'ms', ...grades, source: 'the manifest' });
  });

  it('counts and looks into lists', () => {
    const found = latencies(10);
    const first = found.measurements[0] as Measurement & { probe: 'latency' };
    const { length } = first.data.samples;
    const count = (limit: number): Condition => ({ kind: 'count', bounds: [{ relation: 'is', limit }] });
    expect(held(value('latency.samples', [count(length)]), found)).toMatchObject({ status: 'pass', observed: String(length) });
    expect(held(value('latency.samples[*]', [count(length)]), found).status).toBe('pass');
    expect(held(value('latency.samples[*]', [count(length + 1)]), found).because).toBe(`there are ${length}, which is not ${length + 1}`);
    expect(held(value('latency.samples[seq=12345]', [count(0)]), found).status).toBe('pass');
    expect(held(value('latency.address', [{ kind: 'contains', values: [String(first.data.address).slice(2, 6)] }]), found).status).toBe(
      'pass',
    );
    expect(
      held(value('latency.samples[*].seq', [{ kind: 'contains', values: [first.data.samples[0]?.seq ?? -1, 77_777] }]), found).because,
    ).toBe('77777 is not among it');
  });

  it('ends a pattern that would take years', () => {
    const found = latencies(10);
    const [first] = found.measurements as [Measurement & { probe: 'latency' }];
    const slow = { ...found, measurements: [{ ...first, data: { ...first.data, address: `${'a'.repeat(40)}!` } }] };
    const started = performance.now();
    expect(held(value('latency.address', [{ kind: 'matches', pattern: '^(a+)+$', flags: '' }]), slow).because).toBe(
      'the pattern takes too long on this text',
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('is said in words', () => {
    const conditions: Condition[] = [
      under(50),
      { kind: 'is', values: ['a', 'b'] },
      { kind: 'count', bounds: [{ relation: 'atLeast', limit: 1 }] },
      { kind: 'matches', pattern: 'x', flags: 'i' },
      { kind: 'present', present: true },
      { kind: 'grades', grades: { objective: 0, acceptable: 0.001, critical: 0.01 } },
    ];
    expect(expectationText(value('loss.lossRatio', conditions, 'a.example'))).toBe(
      'loss.lossRatio of a.example under 5000 %, is one of a, b, count is at least 1, matches /x/i, is there, up to 0.1 % (objective 0 %, critical 1 %)',
    );
  });
});
