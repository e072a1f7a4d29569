import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBaseline } from '../../src/cli/baseline.js';
import { leftOutText, readReport } from '../../src/cli/read-report.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { healthy } from '../fakes/reports.js';

const NEVER = new AbortController().signal;

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-read-'));
  const write = (name: string, content: unknown): void =>
    writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  write('well.json', healthy());
  write('marked.json', `\ufeff${JSON.stringify(healthy(), null, 2)}\r\n`);
  write('newer.json', { ...healthy(), schemaVersion: '2' });
  write('half.json', JSON.stringify(healthy()).slice(0, 500));
  write('early.json', '{"a": ');
  write('words.json', 'secret words, and no JSON');
  write('comma.json', '{\n  "a": 1,\n}');
  write('empty.json', ' \n');
  write('list.json', '[1, 2]');
  write('large.json', ' '.repeat(64 * 1024 * 1024 + 1));
  write('unknown.json', { ...healthy(), measurements: [...healthy().measurements, { id: 'm9', probe: 'telepathy' }] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UsageError)) throw new Error(`it was taken: ${error}`);
  expect(error.problem).not.toMatch(/[\n\r]|secret/);
  return error.problem;
}

describe('a report in a file', () => {
  it.each(['well.json', 'marked.json'])('is read, with a byte order mark too: %s', async (name) => {
    expect(await readReport('report', at(name), NEVER)).toMatchObject({ report: healthy(), leftOut: [] });
  });

  it.each<[string, RegExp]>([
    ['missing.json', /^report ".*missing\.json": there is no such file$/],
    ['.', /^report ".*": it is not an ordinary file$/],
    ['empty.json', /empty\.json": it is empty$/],
    ['words.json', /words\.json": it is no JSON$/],
    ['half.json', /half\.json": it is no JSON: it breaks off$/],
    ['early.json', /early\.json": it is no JSON: it breaks off$/],
    ['comma.json', /comma\.json": it is no JSON: line 3, column 1$/],
    ['list.json', /list\.json": it is no report of netdiag$/],
    ['large.json', /large\.json": it is larger than 64 MB$/],
    ['newer.json', /newer\.json": it is of schema version 2, and this netdiag knows 1: read it with a newer netdiag$/],
  ])('is refused in one line that says where and why: %s', async (name, problem) => {
    expect(await problemOf(readReport('report', at(name), NEVER))).toMatch(problem);
  });

  it('names a few of what was left out', () => {
    expect(leftOutText(['a', 'b'])).toMatch(/left out: a, b$/);
    expect(leftOutText(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toMatch(/left out: a, b, c, d, e and 2 more$/);
  });
});

describe('a baseline', () => {
  const read = (baseline: string | undefined, command = 'full-report', notes: string[] = []) =>
    readBaseline({ baseline, 'fail-on': undefined }, command, NEVER, async (text) => {
      notes.push(text);
    });

  it('is a report of the same command, or none', async () => {
    expect(await read(undefined)).toBeNull();
    expect(await read(at('well.json'))).toEqual(healthy());
  });

  it('says what of it is left out', async () => {
    const notes: string[] = [];
    expect(await read(at('unknown.json'), 'full-report', notes)).toEqual(healthy());
    expect(notes).toEqual([expect.stringMatching(/^--baseline ".*unknown\.json": measurements .* are left out: m9 telepathy$/)]);
  });

  it.each<[string, string, RegExp]>([
    ['missing.json', 'full-report', /^--baseline ".*missing\.json": there is no such file$/],
    ['well.json', 'ports', /^--baseline ".*well\.json": it is a report of the command "full-report", and this is ports$/],
  ])('is refused otherwise: %s', async (name, command, problem) => {
    expect(await problemOf(read(at(name), command))).toMatch(problem);
  });

  it('is no standard input, and needed by --fail-on regression', async () => {
    expect(await problemOf(read('-'))).toBe('--baseline "-": it must be a file');
    const without = readBaseline({ baseline: undefined, 'fail-on': 'regression' }, 'ports', NEVER, async () => {});
    expect(await problemOf(without)).toMatch(/^--fail-on "regression": needs --baseline/);
  });
});
