import { describe, expect, test } from 'vitest';
import { NETWORKS } from '../../scoreboard/networks/index.js';
import { refutation } from '../../scoreboard/proof.js';
import { calibration, type Run, sameAgain, score, type Told } from '../../scoreboard/score.js';
import { addressesOf, layoutOf, merged, milliseconds } from '../../scoreboard/setting.js';
import { type CaseResult, median, section, summary } from '../../scoreboard/table.js';
import type { Code } from '../../src/model/code.js';

function told(verdict: Told['verdict'], ...codes: Code[]): Told {
  return { verdict, diagnosis: codes.map((code) => ({ code })) };
}

function run(outcome: Run['outcome'], codes: string[], more: Partial<Run> = {}): Run {
  return {
    outcome,
    codes,
    confidences: codes.map(() => 0.9),
    verdict: codes.length === 0 ? 'pass' : 'fail',
    wallMs: 1500,
    because: '',
    ...more,
  };
}

describe('a fault', () => {
  const one = { kind: 'fault' as const, causes: [['loss-local', 'loss-upstream']] };
  test('is right first by any of its codes', () => expect(score(one, told('fail', 'loss-upstream', 'dns-slow'))).toBe('right first'));
  test('is right in three', () => expect(score(one, told('fail', 'dns-slow', 'jitter-high', 'loss-local'))).toBe('right in three'));
  test('is wrong in the fourth place', () =>
    expect(score(one, told('fail', 'dns-slow', 'jitter-high', 'latency-high', 'loss-local'))).toBe('wrong'));
  test('is wrong where nothing is named', () => expect(score(one, told('pass'))).toBe('wrong'));
});

describe('the form of a fault', () => {
  const stub: Told = { verdict: 'fail', diagnosis: [{ code: 'dns-unreachable', form: 'dns-stub-down' }] };
  test.each([
    ['dns-unreachable', 'right first'],
    ['dns-unreachable/dns-stub-down', 'right first'],
    ['dns-unreachable/firewall-blocks', 'wrong'],
    ['dns-stub-down', 'wrong'],
  ])('is asked for or not: %s', (name, outcome) => expect(score({ kind: 'fault', causes: [[name]] }, stub)).toBe(outcome));
  test('is wrong where it is asked for and not told', () =>
    expect(score({ kind: 'fault', causes: [['dns-unreachable/dns-stub-down']] }, told('fail', 'dns-unreachable'))).toBe('wrong'));
});

describe('two faults', () => {
  const one = { kind: 'fault' as const, causes: [['loss-local'], ['dns-slow']] };
  test('are right where both are named', () => expect(score(one, told('fail', 'dns-slow', 'loss-local'))).toBe('right first'));
  test('are half right where one is', () => expect(score(one, told('fail', 'dns-slow', 'jitter-high'))).toBe('half right'));
  test('are right in three behind something else', () =>
    expect(score(one, told('fail', 'jitter-high', 'dns-slow', 'loss-local'))).toBe('right in three'));
});

describe('a healthy network', () => {
  const one = { kind: 'healthy' as const };
  test('is to be passed over', () => expect(score(one, told('pass'))).toBe('quiet'));
  test('has no diagnosis', () => expect(score(one, told('pass', 'dns-slow'))).toBe('false alarm'));
  test('has no warning either', () => expect(score(one, told('warn'))).toBe('false alarm'));
});

describe('a proof', () => {
  const said = (exitCode: number | null, stdout = '', stderr = '') => ({ exitCode, stdout, stderr });
  const proof = { on: 'client', run: 'tool' };
  test('ends well where nothing is said of it', () => {
    expect(refutation(proof, said(0))).toBeNull();
    expect(refutation(proof, said(1, 'no'))).toBe('client: tool: status 1, not 0: no');
    expect(refutation(proof, said(null))).toContain('status null');
  });
  test('says something, whatever its status', () => {
    expect(refutation({ ...proof, says: '^100% loss$' }, said(1, 'sent\n100% loss\n'))).toBeNull();
    expect(refutation({ ...proof, says: 'a.*b' }, said(0, 'a\n', 'b'))).toBeNull();
    expect(refutation({ ...proof, says: 'loss' }, said(0, 'fine'))).toContain('does not say /loss/: fine');
  });
  test('fails where it should, and a time-out is no failure of the tool', () => {
    expect(refutation({ ...proof, status: 'other' }, said(7))).toBeNull();
    expect(refutation({ ...proof, status: 'other' }, said(0))).toContain('should fail');
    expect(refutation({ ...proof, status: 'other' }, said(null))).toContain('should fail');
    expect(refutation({ ...proof, status: 7, says: 'x' }, said(7, 'x'))).toBeNull();
    expect(refutation({ ...proof, status: 7, says: 'x' }, said(6, 'x'))).toContain('status 6, not 7');
  });
});

test('confidence is held against the truth, and what was not proved says nothing of it', () => {
  const bins = calibration([
    { causes: [['loss-local']], runs: [run('right first', ['loss-local', 'dns-slow'], { confidences: [1, 0.75] })] },
    { causes: [], runs: [run('false alarm', ['dns-slow'], { confidences: [0.95] })] },
    { causes: [['dns-slow']], runs: [run('not proved', ['dns-slow'], { confidences: [0.1] })] },
  ]);
  expect(bins.map(({ named }) => named)).toEqual([0, 0, 1, 0, 0, 2]);
  expect(bins.map(({ right }) => right)).toEqual([0, 0, 0, 0, 0, 1]);
  expect(bins[5]?.meanConfidence).toBeCloseTo(0.975);
  expect(bins[0]?.meanConfidence).toBeNull();
});

test('runs are the same where verdict and first cause are', () => {
  const runs = [run('right first', ['loss-local', 'dns-slow']), run('right first', ['loss-local']), run('wrong', ['dns-slow'])];
  expect(sameAgain([{ runs }, { runs: [run('quiet', []), run('quiet', [])] }])).toEqual({ again: 3, same: 2 });
  expect(sameAgain([{ runs: [run('crashed', [], { verdict: null }), run('crashed', [], { verdict: null })] }])).toEqual({
    again: 1,
    same: 0,
  });
});

test('the median of an even number is between, and of none not there', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNull();
});

describe('the table', () => {
  const results: CaseResult[] = [
    {
      one: { name: 'lossy', kind: 'fault', what: 'Loss.', causes: [['loss-local']] },
      runs: [run('right first', ['loss-local']), run('wrong', [])],
    },
    { one: { name: 'well', kind: 'healthy', what: 'A | B.', within: '2s' }, runs: [run('quiet', []), run('quiet', [])] },
  ];
  test('says what was reached, and what was not', () => {
    const text = summary(results.slice(0, 1), results.slice(1), { handMs: 10_000, netdiagMs: 1500 });
    expect(text).toContain('| right first | 50.0 % (1 of 2 runs) | at least 95.0 % | **not met** |');
    expect(text).toContain('| false alarms on healthy networks | 0 of 2 runs | none | met |');
    expect(text).toContain('| `well`: report after | 1.50 s | under 2s | met |');
    expect(text).toContain('1.50 s of 10.00 s (15.0 %) | under 20.0 % | met |');
    expect(text).toContain('| the same verdict and first cause when run again | 50.0 % (1 of 2 runs) |');
  });
  test('has a line for each case and each miss', () => {
    const text = section(results, null);
    expect(text).toContain('- `lossy`: wrong; right is `loss-local`, named was nothing');
    expect(text).toContain('| `lossy` | `loss-local` | `loss-local` (1), nothing (1) | 1 of 2 | 1.5 |');
    expect(text).toContain('| `well` | A \\| B | nothing | 2 of 2 | 1.5 |');
  });
});

test('a case changes the network that it names, and nothing else of it', () => {
  const { home } = NETWORKS;
  if (home === undefined) throw new Error('no home');
  const change = {
    links: { 'gateway-isp': { impairment: { delayMs: 5 }, mtuBytes: 1400 } },
    addresses: { client: { eth0: ['192.0.2.9/24'] } },
  };
  const layout = layoutOf(home, { change, fault: [{ impair: 'isp-server', impairment: {} }] });
  expect(layout.links?.map(({ impairment, mtuBytes }) => [impairment, mtuBytes])).toEqual([
    [undefined, undefined],
    [{ delayMs: 5 }, 1400],
    [{}, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(addressesOf(layout, 'client')).toEqual(['192.0.2.9']);
  expect(addressesOf(home.layout, 'internet')).toContain('8.8.8.8');
  expect(merged({ a: { b: 1, c: [1], d: 2 } }, { a: { b: null, c: [2] }, e: { f: null } })).toEqual({ a: { c: [2], d: 2 }, e: {} });
  expect([milliseconds('400ms'), milliseconds('1.5s')]).toEqual([400, 1500]);
});
