// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a manifest writes its variables so

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '@oclif/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetSecrets } from '../../../src/cli/configuration/secrets.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { planSteps } from '../../../src/cli/verify/plan-steps.js';
import { loadManifest } from '../../../src/cli/verify/read.js';
import { chosen, fromPlace } from '../../../src/cli/verify/selection.js';
import { netdiag } from '../../commands/program.js';

const MANIFEST = `requirements:
  - id: SYS-1
    cases:
      - id: TC-1
        from: machine
        checks:
          - { id: here, run: latency 127.0.0.1 }
          - { id: there, from: outside, run: "latency 127.0.0.1 --source \${OUTSIDE_SOURCE}" }
  - id: SYS-2
    cases:
      - id: TC-2
        needs: [TC-1, TC-3]
        checks: [{ run: ports 127.0.0.1 }]
      - id: TC-3
        from: outside
        checks: [{ run: ports 127.0.0.2 }]
`;

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-places-'));
  file = join(folder, 'places.yaml');
  writeFileSync(file, MANIFEST);
});
afterAll(() => {
  forgetSecrets();
  rmSync(folder, { recursive: true, force: true });
});

async function kept(from: string | null, ...only: string[]): Promise<string[]> {
  const { manifest } = await loadManifest(file, {});
  const { requirements } = chosen(manifest, only, from);
  return requirements.flatMap(({ cases }) =>
    cases.flatMap(({ checks, needs }) => checks.map(({ id }) => (needs.length === 0 ? id : `${id} needs ${needs.join(', ')}`))),
  );
}

describe('checks of several places', () => {
  it('are those of one, and of no place in particular; what is checked elsewhere is not waited for', async () => {
    expect(await kept('machine')).toEqual(['TC-1.here', 'TC-2 needs TC-1']);
    expect(await kept('outside')).toEqual(['TC-1.there', 'TC-2 needs TC-1, TC-3', 'TC-3']);
    expect(await kept('outside', 'TC-1')).toEqual(['TC-1.there']);
  });

  it('need no place to be said where all of them are of one', async () => {
    expect(await kept(null, 'TC-3')).toEqual(['TC-3']);
    expect(await kept(null, 'TC-1.here')).toEqual(['TC-1.here']);
  });

  it.each([
    [null, [], 'verify: its checks are made from machine, outside: say with --from which of them this is'],
    ['outsde', [], '--from "outsde": none of these checks is made from there; did you mean outside?'],
    ['outside', ['TC-2', 'TC-1.here'], '--only "TC-1.here": it is checked from machine, and not from outside'],
    ['machine', ['TC-3'], '--from "machine": none of these checks is made from there; they are made from outside'],
    ['elsewhere', ['TC-1.here'], '--from "elsewhere": none of these checks is made from there; they are made from machine'],
  ])('are refused from %s with %j', async (from, only, problem) => {
    await expect(kept(from, ...only)).rejects.toThrow(new UsageError(problem));
  });

  it('are refused where one that is named is of elsewhere, and what it needs is of here', async () => {
    writeFileSync(join(folder, 'needed.yaml'), MANIFEST.replace('      - id: TC-3\n', '      - id: TC-3\n        needs: TC-1\n'));
    const { manifest } = await loadManifest(join(folder, 'needed.yaml'), {});
    expect(() => chosen(manifest, ['TC-3'], 'machine')).toThrow(
      new UsageError('--only "TC-3": it is checked from outside, and not from machine'),
    );
    expect(chosen(manifest, ['SYS-2'], 'machine').requirements).toHaveLength(2);
  });

  it('wait for what a case of elsewhere needs that they need', async () => {
    const { manifest } = await loadManifest(file, {});
    const [first, second] = manifest.requirements;
    const [needing, there] = second?.cases ?? [];
    if (first === undefined || second === undefined || needing === undefined || there === undefined) throw new Error('it has two of each');
    const cases = [
      { ...needing, needs: ['TC-3'] },
      { ...there, needs: ['TC-1'] },
    ];
    const { requirements } = fromPlace({ ...manifest, requirements: [first, { ...second, cases }] }, 'machine');
    expect(requirements[1]?.cases.map(({ id, needs }) => [id, needs])).toEqual([['TC-2', ['TC-1']]]);
  });

  it('need no variables in what is expected elsewhere, also where aliases share it', async () => {
    const shared = join(folder, 'shared.yaml');
    const text = (last: string) => `requirements:
  - id: R
    cases:
      - id: C
        from: outside
        checks:
          - run: http 127.0.0.1
            expect: &all [{ value: http.status, is: "\${OTHER_STATUS}" }, { value: http.totalMs, under: "\${OTHER_MS}" }]
      - { id: D, from: ${last}, checks: [{ run: http 127.0.0.1, expect: *all }] }
      - { id: E, from: machine, checks: [{ run: http 127.0.0.1 }] }
`;
    writeFileSync(shared, text('outside'));
    expect(fromPlace((await loadManifest(shared, {}, 'machine')).manifest, 'machine').requirements[0]?.cases).toMatchObject([{ id: 'E' }]);
    await expect(loadManifest(shared, {}, 'outside')).rejects.toThrow(/line 8, .*no variable OTHER_STATUS/);
    await expect(loadManifest(shared, {})).rejects.toThrow(/line 8, .*no variable OTHER_STATUS/);
    writeFileSync(shared, text('machine'));
    await expect(loadManifest(shared, {}, 'machine')).rejects.toThrow(/no variable OTHER_STATUS/);
  });

  it('say so where there are none', async () => {
    writeFileSync(join(folder, 'none.yaml'), 'requirements: [{ id: R, cases: [{ id: C, checks: [{ run: ports 127.0.0.1 }] }] }]');
    const { manifest } = await loadManifest(join(folder, 'none.yaml'), {});
    expect(() => fromPlace(manifest, 'outside')).toThrow('--from "outside": none of these checks says where it is made');
    expect(fromPlace(manifest, null)).toEqual(manifest);
  });

  it('take variables of their own place alone', async () => {
    const config = await Config.load(process.cwd());
    const { manifest, steps } = await loadManifest(file, {});
    const numbers = (from: string) =>
      fromPlace(manifest, from).requirements.flatMap(({ cases }) => cases.flatMap(({ checks }) => checks.map(({ step }) => step)));
    const nothing = { config: undefined, profile: undefined, timeout: undefined };
    await expect(planSteps(steps, numbers('outside'), config, nothing)).rejects.toThrow(
      /places\.yaml" line 8, column \d+: the environment has no variable OUTSIDE_SOURCE/,
    );
    const { status, stderr } = await netdiag(['verify', file, '--from', 'machine', '--only', 'TC-1', '--quiet']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('have names', async () => {
    writeFileSync(join(folder, 'wrong.yaml'), MANIFEST.replace('from: machine', 'from: "a machine"'));
    await expect(loadManifest(join(folder, 'wrong.yaml'), {})).rejects.toThrow(
      /wrong\.yaml" line 5, column 15: .*must be a name of a place, of letters, digits, "-" and "_", as in outside/,
    );
  });

  it('are asked for on the command line', async () => {
    const { status, stderr, stdout } = await netdiag(['verify', file]);
    expect({ status, stderr, stdout }).toEqual({
      status: 2,
      stderr: 'netdiag: verify: its checks are made from machine, outside: say with --from which of them this is\n',
      stdout: '',
    });
  });
});
