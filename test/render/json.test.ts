import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/render/json.js';
import { renderNdjson } from '../../src/render/ndjson.js';
import { hostile, oneFault, REPORTS } from '../fakes/reports.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udbff](?![\udc00-\udfff])/;

describe.each(Object.entries(REPORTS))('JSON of "%s"', (_name, make) => {
  it('reads back as the same report', () => {
    expect(JSON.parse(renderJson(make()))).toEqual(make());
  });

  it('has no raw control or direction character', () => {
    expect(renderJson(make())).not.toMatch(RAW);
    expect(renderNdjson(make())).not.toMatch(RAW);
  });
});

describe('ndjson', () => {
  const lines = renderNdjson(oneFault())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

  it('begins with the run, which has the envelope and no results', () => {
    expect(lines[0]).toMatchObject({ type: 'run', schemaVersion: '1', command: 'full-report', partial: false });
    for (const key of ['measurements', 'checks', 'diagnosis', 'verdict']) expect(lines[0]).not.toHaveProperty(key);
  });

  it('has a line for each measurement, check and diagnosis, in that order', () => {
    const report = oneFault();
    const middle = lines.slice(1, -1);
    expect(middle.map((line) => line.type)).toEqual([
      ...report.measurements.map(() => 'measurement'),
      ...report.checks.map(() => 'check'),
      ...report.diagnosis.map(() => 'diagnosis'),
    ]);
    expect(middle[0]).toEqual({ type: 'measurement', ...report.measurements[0] });
  });

  it('ends with the verdict and the counts', () => {
    expect(lines.at(-1)).toEqual({ type: 'verdict', verdict: 'fail', partial: false, checks: { pass: 5, warn: 1, fail: 1, skip: 1 } });
  });

  it('keeps one object a line whatever the strings hold', () => {
    for (const line of renderNdjson(hostile()).trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });
});
