import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOutputFiles } from '../../src/cli/output-files.js';

const isRoot = process.getuid?.() === 0;

describe('--output', () => {
  let folder: string;
  const at = (...names: string[]) => join(folder, ...names);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-output-'));
    mkdirSync(at('sub'));
    mkdirSync(at('folder.json'));
    writeFileSync(at('there.json'), '{}');
    symlinkSync(at('there.json'), at('link.json'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes the format from the ending', () => {
    expect(readOutputFiles([at('a.json'), at('b.NDJSON'), at('c.txt')]).map((file) => file.format)).toEqual(['json', 'ndjson', 'table']);
  });

  it('makes no file yet', () => {
    readOutputFiles([at('later.json')]);
    expect(() => readOutputFiles([at('later.json', 'x.json')])).toThrow('does not exist');
  });

  it('refuses other endings, missing folders, folders, and a file that is named twice', () => {
    expect(() => readOutputFiles([at('a.pdf')])).toThrow('must end in .json, .ndjson, .txt');
    expect(() => readOutputFiles([''])).toThrow('--output "": must end in');
    expect(() => readOutputFiles([at('none', 'a.json')])).toThrow(/--output ".*": the folder ".*none" does not exist/);
    expect(() => readOutputFiles([at('there.json', 'a.json')])).toThrow(/is not a folder|cannot be used/);
    expect(() => readOutputFiles([at('folder.json')])).toThrow('it is a folder');
    expect(() => readOutputFiles([at('a.json'), at('sub', '..', 'a.json')])).toThrow('named twice');
    expect(() => readOutputFiles([at('there.json'), at('link.json')])).toThrow('named twice');
  });

  it('refuses a folder and a file that this user may not write', (context) => {
    if (process.platform === 'win32') context.skip('the permissions of a folder mean nothing on Windows');
    mkdirSync(at('locked'));
    writeFileSync(at('locked.json'), '');
    chmodSync(at('locked'), 0o500);
    chmodSync(at('locked.json'), 0o400);
    for (const path of [at('locked', 'a.json'), at('locked.json')]) {
      // The superuser may write everywhere, whatever the permissions say.
      if (isRoot) expect(readOutputFiles([path])).toHaveLength(1);
      else expect(() => readOutputFiles([path])).toThrow('cannot be written to');
    }
  });
});
