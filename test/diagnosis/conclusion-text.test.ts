import { describe, expect, test } from 'vitest';
import { type Concluded, conclusionText } from '../../src/diagnosis/conclusion-text.js';
import { spansText, summaryOf } from '../../src/diagnosis/summary.js';
import type { Check, Diagnosis } from '../../src/model/report.js';

function check(id: string, status: Check['status'], target: string | null = null): Check {
  return {
    id: target === null ? id : `${id}@${target}`,
    layer: 3,
    title: id.slice(3),
    target,
    status,
    code: null,
    observed: null,
    expected: null,
    remedy: null,
    because: null,
    measurements: [],
  };
}

const DIAGNOSIS: Diagnosis = {
  code: 'gateway-unreachable',
  layer: 3,
  target: null,
  confidence: 0.95,
  summary: 'The gateway 192.0.2.1 does not answer.',
  evidence: ['l3.gateway'],
  ruledOut: ['l2.interface'],
  against: [],
  alternatives: [],
  notLookedAt: [],
  when: null,
  remedy: 'Check the router: ip neigh show to 192.0.2.1',
};

function text(parts: Partial<Concluded>): string {
  return conclusionText({
    kind: 'well',
    diagnosis: [],
    checks: [],
    measurements: [],
    verdict: 'pass',
    unjudged: [],
    partial: false,
    notLookedAt: [],
    ...parts,
  });
}

describe('the outcome in words', () => {
  test('names cause, how sure, what it is not, and ends with what to do', () => {
    const checks = [check('l2.interface', 'pass'), check('l3.gateway', 'fail')];
    expect(text({ kind: 'diagnosed', diagnosis: [DIAGNOSIS], checks })).toBe(
      'The gateway 192.0.2.1 does not answer. That is 95 % sure. Found well and ruled out: interface. What to do first: Check the router: ip neigh show to 192.0.2.1',
    );
  });

  test('tells what looks the same, what was not looked at, and at most two causes besides', () => {
    const first: Diagnosis = { ...DIAGNOSIS, ruledOut: [], alternatives: [{ code: 'neighbor-unresolved', toldBy: 'a look' }] };
    const others = ['Second.', 'Third.', 'Fourth.'].map((summary) => ({ ...DIAGNOSIS, summary }));
    expect(text({ kind: 'diagnosed', diagnosis: [first, ...others], notLookedAt: ['the path: no time'] })).toBe(
      'The gateway 192.0.2.1 does not answer. That is 95 % sure; neighbor-unresolved would look the same from here. Besides: Second. Third. And 1 more. Not looked at: the path: no time. What to do first: Check the router: ip neigh show to 192.0.2.1',
    );
  });

  test('of a healthy network names of what the checks are', () => {
    const checks = [check('l2.interface', 'pass'), check('l4.port', 'pass', 'app.example.net:443'), check('l3.mtu', 'skip')];
    expect(text({ checks })).toBe(
      'Nothing wrong was found: all 2 checks are well, of this machine and its network and app.example.net:443.',
    );
    expect(text({ checks: checks.slice(1, 2) })).toBe('Nothing wrong was found: one check is well, of app.example.net:443.');
  });

  test('says where too little could be looked at, and that it was cut off', () => {
    expect(text({ kind: 'undetermined', notLookedAt: ['latency: interrupted'], partial: true })).toBe(
      'Nothing could be judged. Not looked at: latency: interrupted. It was interrupted: this is what was known by then.',
    );
    expect(text({ kind: 'undetermined', checks: [check('l2.interface', 'pass')], unjudged: ['a', 'b'] })).toBe(
      'Nothing wrong was found, but of a and b too little could be looked at to say that all is well.',
    );
  });
});

describe('when it was there', () => {
  const span = (from: string, to: string | null) => ({
    from: `2026-11-22T10:16:${from}Z`,
    to: to === null ? null : `2026-11-22T10:16:${to}Z`,
  });

  test.each([
    [null, null],
    [[], null],
    [[span('28.345', '29.100')], 'from 10:16:28.3 to 10:16:29.1 (UTC)'],
    [[span('28.345', '29.100'), span('31.000', null)], 'from 10:16:28.3 to 10:16:29.1 and from 10:16:31.0 on (UTC)'],
    [
      [span('01.000', '02.000'), span('03.000', '04.000'), span('05.000', '06.000'), span('07.000', '08.000')],
      'from 10:16:01.0 to 10:16:02.0, from 10:16:03.0 to 10:16:04.0, from 10:16:05.0 to 10:16:06.0 and 1 more times (UTC)',
    ],
  ])('%j: %s', (when, words) => {
    expect(spansText(when)).toBe(words);
  });

  test('stands behind the sentence of the cause', () => {
    const facts = { target: null, observed: null, expected: null, interface: null, gateway: null, platform: 'linux' };
    expect(summaryOf({ summary: () => 'It fails.' }, facts, [span('28.345', null)])).toBe(
      'It fails. The fault was there from 10:16:28.3 on (UTC).',
    );
    expect(summaryOf({ summary: () => 'It fails.' }, facts, null)).toBe('It fails.');
  });
});
