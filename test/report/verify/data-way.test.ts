import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWay, valuesAt } from '../../../src/report/verify/data-way.js';

const DATA = {
  totalMs: 12,
  none: null,
  rttMs: { p99: 3.5 },
  headers: { 'x-frame-options': 'DENY', 'a.b': 'dotted' },
  ports: [
    { port: 443, state: 'open', name: null },
    { port: 80, state: 'closed', name: 'web' },
    { port: 443, state: 'filtered', name: 'other' },
  ],
  chain: [{ san: ['a.example', 'b.example'] }, { san: [] }],
};

function at(way: string, data: unknown = DATA): unknown[] | null {
  const outcome = parseWay(way);
  if (!outcome.ok) throw new Error(outcome.reason);
  return valuesAt(data, outcome.way);
}

describe('a way into data', () => {
  it.each<[string, unknown[]]>([
    ['http.totalMs', [12]],
    ['http.rttMs.p99', [3.5]],
    ['http.rttMs.p50', []],
    ['http.none', [null]],
    // What was not measured has nothing in it that was.
    ['http.none.p99', [null]],
    ['http.none[0].x', [null]],
    ['http.headers.x-frame-options', ['DENY']],
    ['http.headers.X-Frame-Options', ['DENY']],
    ['http.headers["X-FRAME-Options"]', ['DENY']],
    ['http.headers["a.b"]', ['dotted']],
    // Of no other map are names the same in any case.
    ['http.rttms.p99', []],
    ['http.headers[*]', ['DENY', 'dotted']],
    ['http.ports[0].state', ['open']],
    ['http.ports[-1].state', ['filtered']],
    ['http.ports[9].state', []],
    ['http.ports[*].port', [443, 80, 443]],
    ['http.ports[port=443].state', ['open', 'filtered']],
    ['http.ports[port=443][state=open].port', [443]],
    ['http.ports[name="web"].port', [80]],
    ['http.ports[name=null].port', [443]],
    ['http.ports[port=1].state', []],
    ['http.chain[*].san', [['a.example', 'b.example'], []]],
    ['http.chain[*].san[*]', ['a.example', 'b.example']],
    ['http.totalMs.more', []],
    // Of the object itself, and nothing that every object has.
    ['http.constructor', []],
    ['http.__proto__', []],
    ['http.ports.length', []],
  ])('%s leads to %j', (way, values) => {
    expect(at(way)).toEqual(values);
  });

  it.each([
    ['', /must begin with the name of a probe/],
    ['.totalMs', /must begin with the name of a probe/],
    ['http', /behind the probe the way into its data is missing/],
    ['http.', /is neither \.name/],
    ['http..a', /is neither \.name/],
    ['http.a b', /is neither \.name/],
    ['http.a[', /is neither \.name/],
    ['http.a[x]', /is neither \.name/],
    ['http.a[1.5]', /is neither \.name/],
    [`http${'.a'.repeat(33)}`, /more than 32 steps/],
    [`http.${'a'.repeat(500)}`, /longer than 500 characters/],
  ])('%s is refused', (way, reason) => {
    const outcome = parseWay(way);
    expect(outcome.ok ? 'read' : outcome.reason).toMatch(reason);
  });

  it('gives up on more values than any series has', () => {
    const many = Array.from({ length: 400 }, () => Array.from({ length: 400 }, () => 1));
    expect(at('http[*][*]', many)).toBeNull();
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, data) => {
        const outcome = parseWay(`http${text}`);
        if (outcome.ok) valuesAt(data, outcome.way);
      }),
      { numRuns: 500 },
    );
  });
});
