// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a manifest writes its variables so

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetSecrets, hideSecrets } from '../../../src/cli/configuration/secrets.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { chooseManifest } from '../../../src/cli/verify/find.js';
import { inOrderOfNeeds } from '../../../src/cli/verify/needs.js';
import { loadManifest } from '../../../src/cli/verify/read.js';
import { manifestJsonSchema } from '../../../src/cli/verify/schema.js';
import { selected } from '../../../src/cli/verify/selection.js';

let folder: string;
const path = (name: string) => join(folder, name);
const write = (name: string, text: string): string => {
  writeFileSync(path(name), text);
  return path(name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-manifest-'));
});
afterAll(() => {
  forgetSecrets();
  rmSync(folder, { recursive: true, force: true });
});

/** What is wrong, without the name of the folder. */
async function problemOf(text: string, environment: Record<string, string> = {}): Promise<string> {
  try {
    await loadManifest(write('wrong.yaml', text), environment);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    expect(error.problem).not.toMatch(/\n/);
    return error.problem.replaceAll(folder, '.');
  }
  return 'nothing is wrong';
}

const CASE = (rest: string, run = 'http x.example') => `requirements: [{ id: R, cases: [{ id: C, checks: [{ run: '${run}' }]${rest} }] }]`;
const EXPECT = (one: string) => `requirements: [{ id: R, cases: [{ id: C, checks: [{ run: http x.example, expect: [${one}] }] }] }]`;

describe('a manifest', () => {
  const WHOLE = `title: All
include: [parts/first.yaml, parts/first.yaml]
requirements:
  - id: SYS-2
    text: second
    cases:
      - id: TC-2
        needs: TC-1
        checks:
          - { id: ping, text: REST ping, run: 'netdiag http "https://\${HOST}/\${PATH:-ping}"' }
          - run: http https://a.example/ping
          - run: latency a.example
            expect:
              - { check: 'l3.*', is: pass, of: "\${HOST}:443" }
              - { code: latency-high, is: absent }
              - { value: latency.rttMs.p99, under: "\${MOST:-50ms}", atLeast: 0 }
              - { value: loss.lossRatio, grades: { objective: 0, acceptable: 0.1%, critical: 0.01 } }
`;

  it('is refused where an alias repeats itself, and read from JSON on one line', async () => {
    await expect(loadManifest(write('self.yaml', 'requirements: []\na: &a [*a]'), {})).rejects.toThrow(
      /line 2, column 8: an alias stands within what it repeats, which would have no end$/,
    );
    const checks = Array.from({ length: 100 }, (_, index) => ({ run: `http a${index}.example`, expect: [{ check: 'l3.*', is: 'pass' }] }));
    const json = JSON.stringify({ requirements: [{ id: 'R', cases: [{ id: 'C', checks }] }] });
    expect((await loadManifest(write('line.json', json), {})).steps).toHaveLength(100);
  });

  it('shows no part of a variable in a complaint, nor credentials in a command line', async () => {
    const way = loadManifest(write('way.yaml', EXPECT('{ value: "http.${T5}", is: 1 }')), { T5: 'hunter2.geheim x' });
    await expect(way).rejects.toThrow('value "http.${T5}": with its variables in place it leads to nothing that is measured');
    const run = `http a.example -H"Authorization: Bearer hunter2" -4HX-Api-Key:hunter2 -HAccept:text`;
    const { manifest } = await loadManifest(write('joined.yaml', CASE('', run)), {});
    expect(manifest.requirements[0]?.cases[0]?.checks[0]?.run).toBe(
      'http a.example "-HAuthorization: ***" "-4HX-Api-Key: ***" -HAccept:text',
    );
  });

  it('is read with what it includes, variables in words, and the same line as one step', async () => {
    mkdirSync(path('parts'));
    write('parts/first.yaml', 'requirements: [{ id: SYS-1, cases: [{ id: TC-1, checks: [{ run: latency a.example }] }] }]');
    const { manifest, steps } = await loadManifest(write('whole.yaml', WHOLE), { HOST: 'a.example' });
    expect(manifest).toMatchObject({ title: 'All', files: ['whole.yaml', 'first.yaml'] });
    expect(manifest.requirements.map(({ id, text }) => [id, text])).toEqual([
      ['SYS-1', null],
      ['SYS-2', 'second'],
    ]);
    const [ping, again, latency] = manifest.requirements[1]?.cases[0]?.checks ?? [];
    expect(ping).toMatchObject({ id: 'TC-2.ping', text: 'REST ping', run: 'http https://${HOST}/${PATH:-ping}', expectations: [] });
    expect([again?.id, latency?.id, manifest.requirements[0]?.cases[0]?.checks[0]?.id]).toEqual(['TC-2.2', 'TC-2.3', 'TC-1']);
    // The first two are the same words; the first file has another folder.
    expect(ping?.step).toBe(again?.step);
    expect(steps.map(({ words }) => words)).toEqual([
      ['latency', 'a.example'],
      ['http', 'https://a.example/ping'],
      ['latency', 'a.example'],
    ]);
    expect(steps.map((step) => step.folder)).toEqual([path('parts'), folder, folder]);
    expect(latency?.expectations).toMatchObject([
      { kind: 'check', glob: 'l3.*', is: ['pass'], of: 'a.example:443' },
      { kind: 'code', code: 'latency-high', present: false },
      {
        kind: 'value',
        conditions: [
          { relation: 'under', limit: 50 },
          { relation: 'atLeast', limit: 0 },
        ],
      },
      { kind: 'value', conditions: [{ grades: { objective: 0, acceptable: 0.001, critical: 0.01 } }] },
    ]);
    expect(hideSecrets('to a.example')).toBe('to ${HOST}');
  });

  it('can be JSON', async () => {
    const requirements = [{ id: 'R', cases: [{ id: 'C', checks: [{ run: 'http x.example' }] }] }];
    const { manifest } = await loadManifest(write('a.json', JSON.stringify({ $schema: 'x', requirements })), {});
    expect(manifest.requirements[0]?.cases[0]?.checks[0]?.run).toBe('http x.example');
  });

  it('can look for a path, which has no flags', async () => {
    const matching = async (matches: string) =>
      (await loadManifest(write('path.yaml', EXPECT(`{ value: http.url, matches: '${matches}' }`)), {})).manifest.requirements[0]?.cases[0]
        ?.checks[0]?.expectations;
    expect(await matching('/api/health')).toMatchObject([{ conditions: [{ pattern: '/api/health', flags: '' }] }]);
    expect(await matching('\\/a/g')).toMatchObject([{ conditions: [{ pattern: '\\/a/g', flags: '' }] }]);
    expect(await matching('/a/im')).toMatchObject([{ conditions: [{ pattern: 'a', flags: 'im' }] }]);
  });

  it.each(['ports.ports[state=open].port', 'tls.protocols[supported=true]', 'ports.ports[port=443]', 'latency.samples[rttMs=null]'])(
    'can choose by what the data can hold: %s',
    async (way) => {
      const { manifest } = await loadManifest(write('way.yaml', EXPECT(`{ value: '${way}', present: true }`)), {});
      expect(manifest.requirements).toHaveLength(1);
    },
  );

  it('has a JSON Schema, which stands in docs/schema', () => {
    const file = new URL('../../../docs/schema/requirements-1.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())));
  });
});

describe('a manifest with a mistake is refused with the place:', () => {
  it.each<[string, string, string | RegExp]>([
    ['another key', 'requirement: []', 'line 1, column 1: "requirement" is no key here; did you mean requirements?'],
    ['nothing in it', '', ': it has no requirements'],
    ['a list', '- a', /line 1, column 1: it must be a map with the keys/],
    ['a wrong type', 'requirements: 5', 'line 1, column 15: requirements "5": must be a list of requirements'],
    ['a wrong type deep in it', CASE(', needs: 5'), /column \d+: requirements\[0\]\.cases\[0\]\.needs "5": must be an id of a case/],
    ['no cases', 'requirements: [{ id: R, cases: [] }]', /must be a list of cases, and one at the least/],
    ['no id', 'requirements: [{ cases: [{ id: C, checks: [{ run: x }] }] }]', /requirements\[0\]\.id is missing/],
    ['an id of another form', 'requirements: [{ id: "a b", cases: [{ id: C, checks: [{ run: x }] }] }]', /must be an id of letters/],
    ['one id twice', `${CASE('')}\n`.replace('id: C', 'id: R'), /"R": there is a requirement of this id already/],
    ['a need that there is not', CASE(', needs: D'), 'needs "D": there is no such case; did you mean C?'],
    ['a case that needs itself', CASE(', needs: C'), 'the cases need each other in a circle: "C" needs "C"'],
    [
      'cases that need each other',
      'requirements: [{ id: R, cases: [{ id: A, needs: [B], checks: [{ run: x }] }, { id: B, needs: [E], checks: [{ run: x }] }, { id: E, needs: [B], checks: [{ run: x }] }] }]',
      'the cases need each other in a circle: "B" needs "E" needs "B"',
    ],
    [
      'a file that includes itself',
      'include: wrong.yaml',
      'line 1, column 10: include "wrong.yaml": the files include each other in a circle: "wrong.yaml" includes "wrong.yaml"',
    ],
    ['a file that there is not', 'include: [none.yaml]', 'line 1, column 11: include "none.yaml": there is no such file'],
    ['a folder', 'include: .', 'include ".": it is not an ordinary file'],
    ['an open quote', CASE('', 'http "x'), /column \d+: run: a quote " is not closed/],
    ['no command', CASE('', 'netdiag'), 'run: a command is missing'],
    ['no such probe', EXPECT('{ value: htp.totalMs, under: 5 }'), 'value "htp.totalMs": there is no probe "htp"; did you mean http?'],
    ['no such field', EXPECT('{ value: http.totlaMs, under: 5 }'), 'value "http.totlaMs": http has no "totlaMs"; did you mean totalMs?'],
    ['a list taken for a map', EXPECT('{ value: tls.chain.san, present: true }'), 'tls.chain is a list: [0] is the first of it'],
    ['a map taken for a list', EXPECT('{ value: "http.totalMs[0]", under: 5 }'), 'http.totalMs is no list'],
    ['no field to choose by', EXPECT('{ value: "ports.ports[prot=1].state", is: open }'), 'ports.ports has no "prot"; did you mean port?'],
    [
      'a value to choose by that there is not',
      EXPECT('{ value: "ports.ports[state=OPEN].port", count: 0 }'),
      'in ports.ports no state is "OPEN"; did you mean open?',
    ],
    ['no truth', EXPECT('{ value: "tls.protocols[supported=yes]", count: 0 }'), 'no supported is "yes"; it is one of true, false'],
    ['a ratio above 1', EXPECT('{ value: loss.lossRatio, atMost: 5 }'), 'atMost: must be a ratio from 0 to 1 or a percentage'],
    ['more than 100 %', EXPECT('{ value: loss.lossRatio, atMost: 101% }'), 'atMost: must be a ratio from 0 to 1 or a percentage'],
    [
      'a flag of a pattern that there is not',
      EXPECT('{ value: http.url, matches: /a/g }'),
      'matches "/a/g": flags are i, m, s and u; where these are none, the first slash is written \\/',
    ],
    ['no condition', EXPECT('{ value: http.totalMs }'), 'what it must be is missing'],
    ['another condition', EXPECT('{ value: http.totalMs, undre: 5 }'), '"undre" is no key here; did you mean under?'],
    [
      'a limit that is none',
      EXPECT('{ value: http.totalMs, under: soon }'),
      'under: must be a number of milliseconds or a duration with a unit',
    ],
    [
      'grades in no order',
      EXPECT('{ value: http.totalMs, grades: { objective: 1, acceptable: 9, critical: 5 } }'),
      'must be in rising order',
    ],
    ['a pattern that is none', EXPECT('{ value: http.url, matches: "(" }'), 'matches "(": it is no regular expression'],
    ['a check with a limit', EXPECT('{ check: l3.latency, under: 5 }'), 'under is asked of a value, and this is of a check'],
    ['a check with no status', EXPECT('{ check: l3.latency, is: fine }'), 'is: must be pass, warn, fail or skip'],
    ['a code that there is not', EXPECT('{ code: port-close, is: absent }'), 'must be a code of netdiag; did you mean port-closed?'],
    [
      'two things at once',
      EXPECT('{ check: l3.latency, code: latency-high, is: pass }'),
      'an expectation is of one thing: check, code or value',
    ],
    ['aliases that explode', `${bomb()}\nrequirements: *i\n`, /too many aliases|too many values/],
    ['half of YAML', 'requirements: [{', /it is no YAML/],
  ])('%s', async (_what, text, reason) => {
    const problem = await problemOf(text);
    expect(problem).toMatch(/^manifest "\.\/wrong\.yaml"/);
    if (typeof reason === 'string') expect(problem).toContain(reason);
    else expect(problem).toMatch(reason);
  });

  it('a missing variable, at its place and by its name', async () => {
    const problem = await problemOf(EXPECT('{ value: http.totalMs, under: 5, of: "${NONE}" }'));
    expect(problem).toContain('the environment has no variable NONE, or it is empty');
    expect(problem).toMatch(/line 1, column 1\d\d:/);
  });

  it('files that include each other, with the way', async () => {
    write('a.yaml', 'include: b.yaml');
    symlinkSync(path('a.yaml'), path('c.yaml'));
    write('b.yaml', 'include: c.yaml');
    await expect(loadManifest(path('a.yaml'), {})).rejects.toMatchObject({
      problem: expect.stringContaining(
        'include "c.yaml": the files include each other in a circle: "a.yaml" includes "b.yaml" includes "a.yaml"',
      ),
    });
  });

  it('10 MB of it, without reading them', async () => {
    expect(await problemOf(`title: ${'x'.repeat(10 * 1024 * 1024)}`)).toBe('manifest "./wrong.yaml": it is larger than 1 MB');
  });

  it('a chain of fifty files', async () => {
    for (let index = 0; index < 60; index++) write(`chain-${index}.yaml`, `include: chain-${index + 1}.yaml`);
    await expect(loadManifest(path('chain-0.yaml'), {})).rejects.toMatchObject({
      problem: expect.stringContaining('there are more than 50 files'),
    });
  });
});

/** Nine lists, each of nine times the one before. */
function bomb(): string {
  const lists = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [index, name] of [...'bcdefghi'].entries()) {
    const before = String.fromCharCode(97 + index);
    lists.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
  }
  return lists.join('\n');
}

describe('a manifest that nobody named', () => {
  it('is the nearest one above, and none is said', () => {
    const here = process.cwd();
    mkdirSync(path('below/further'), { recursive: true });
    try {
      process.chdir(path('below/further'));
      expect(() => chooseManifest(undefined)).toThrow(/there is no netdiag\.requirements\.yaml, .* here or above; name a MANIFEST/);
      write('netdiag.requirements.yaml', '');
      expect(chooseManifest(undefined)).toMatch(/netdiag\.requirements\.yaml$/);
      expect(chooseManifest('other.yaml')).toBe('other.yaml');
    } finally {
      process.chdir(here);
    }
  });
});

describe('a part of a manifest', () => {
  const cases = (...list: [string, string[]][]) =>
    list.map(([id, needs]) => ({
      id,
      text: null,
      needs,
      checks: [1, 2].map((number) => ({ id: `${id}.${number}`, text: null, run: 'x', step: 0, expectations: [], from: null })),
    }));
  const manifest = {
    title: null,
    files: [],
    requirements: [
      { id: 'R1', text: null, cases: cases(['A', []], ['B', ['C']]) },
      { id: 'R2', text: null, cases: cases(['C', ['D']], ['D', []]) },
    ],
  };
  const kept = (...only: string[]) =>
    selected(manifest, only).requirements.map(({ id, cases: all }) => [id, ...all.flatMap((one) => one.checks.map((check) => check.id))]);

  it('is what is named, and what that needs', () => {
    expect(kept()).toHaveLength(2);
    expect(kept('A')).toEqual([['R1', 'A.1', 'A.2']]);
    expect(kept('A.2')).toEqual([['R1', 'A.2']]);
    expect(kept('R1')).toEqual([
      ['R1', 'A.1', 'A.2', 'B.1', 'B.2'],
      ['R2', 'C.1', 'C.2', 'D.1', 'D.2'],
    ]);
    expect(kept('B.1', 'A')).toEqual([
      ['R1', 'A.1', 'A.2', 'B.1'],
      ['R2', 'C.1', 'C.2', 'D.1', 'D.2'],
    ]);
    expect(() => kept('R3')).toThrow('--only "R3": there is no requirement, case or check of this id; did you mean R1?');
  });

  it('is run in the order of its needs', () => {
    const all = manifest.requirements.flatMap((requirement) => requirement.cases);
    expect(inOrderOfNeeds(all).map(({ id }) => id)).toEqual(['A', 'D', 'C', 'B']);
  });
});
