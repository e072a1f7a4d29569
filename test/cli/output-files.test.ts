import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OutputFile, readOutputFiles, refuseInputs, writeOutputFile } from '../../src/cli/output-files.js';
import { UsageError } from '../../src/cli/usage-error.js';

const isRoot = process.getuid?.() === 0;

/** The superuser may write everywhere: for the time of `work` the process is nobody's, and `folder` open to all. */
function asOrdinaryUser(folder: string, work: () => void): void {
  if (isRoot) chmodSync(folder, 0o755);
  if (isRoot) process.seteuid?.(65534);
  try {
    work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

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
    const reports = ['a.xml', 'a.sarif', 'a.tap', 'a.prom', 'a.csv'].map((name) => at(name));
    expect(readOutputFiles(reports).map((file) => file.format)).toEqual(['junit', 'sarif', 'tap', 'prometheus', 'csv']);
    const named = ['gl.GitLab.json', 'gitlab.json', '.gitlab.json'].map((name) => at(name));
    expect(readOutputFiles(named).map((file) => file.format)).toEqual(['gitlab', 'json', 'json']);
  });

  it('makes pages of .html and .htm, and Markdown of .md', () => {
    expect(readOutputFiles([at('a.html'), at('c.HTM'), at('b.md')]).map((file) => file.format)).toEqual(['html', 'html', 'markdown']);
  });

  it('is no file that was read, by whatever name', () => {
    mkdirSync(at('read'));
    writeFileSync(at('read/own.json'), '{}');
    writeFileSync(at('read/other.json'), '{}');
    symlinkSync(at('read/own.json'), at('read/symbolic.json'));
    linkSync(at('read/own.json'), at('read/hard.json'));
    const inputs = [at('read/gone.json'), at('read/own.json')];
    const named = (...paths: string[]) => refuseInputs(paths, inputs, 'a file of the manifest');
    for (const name of ['own', 'symbolic', 'hard', '../read/own']) {
      const path = `${at('read')}/${name}.json`;
      expect(() => named(at('read/other.json'), path)).toThrow(new UsageError(`--output "${path}": it is a file of the manifest`));
    }
    expect(() => named(at('read/other.json'), at('read/new.json'), at('read/gone.json'))).not.toThrow();
  });

  it('makes no file yet', () => {
    readOutputFiles([at('later.json')]);
    expect(existsSync(at('later.json'))).toBe(false);
    readOutputFiles([at('there.json')]);
    expect(readFileSync(at('there.json'), 'utf8')).toBe('{}');
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

  it('refuses a place where no file can be made, whatever its permissions say', (context) => {
    if (!existsSync('/proc/self/status')) context.skip('there is no /proc here');
    expect(() => readOutputFiles(['/proc/x.json'])).toThrow(/^--output "\/proc\/x.json": (no file can be made there|it cannot be)/);
  });

  it('refuses a link to nothing, and leaves it alone', (context) => {
    if (process.platform === 'win32') context.skip('links need a right of their own on Windows');
    symlinkSync(at('nothing.json'), at('dangling.json'));
    expect(() => readOutputFiles([at('dangling.json')])).toThrow('it is a link to a file that does not exist');
    expect(readdirSync(folder)).toContain('dangling.json');
  });

  describe('writing', () => {
    const file = (...names: string[]): OutputFile => ({ path: at(...names), format: 'json' });
    beforeAll(() => mkdirSync(at('written')));

    it('makes the file whole, and nothing else', () => {
      writeOutputFile(file('written', 'new.json'), '{"a":1}');
      expect(readFileSync(at('written', 'new.json'), 'utf8')).toBe('{"a":1}');
      expect(readdirSync(at('written'))).toEqual(['new.json']);
    });

    it('replaces what exists and keeps its mode', () => {
      mkdirSync(at('mode'));
      writeFileSync(at('mode', 'a.json'), 'a much longer text than the new one');
      chmodSync(at('mode', 'a.json'), 0o640);
      const { mode, ino } = statSync(at('mode', 'a.json'));
      writeOutputFile(file('mode', 'a.json'), '{}');
      expect(readFileSync(at('mode', 'a.json'), 'utf8')).toBe('{}');
      expect(statSync(at('mode', 'a.json')).mode).toBe(mode);
      // It was moved to its place, not overwritten.
      expect(statSync(at('mode', 'a.json')).ino).not.toBe(ino);
    });

    it('stays in place for a file with a second name', () => {
      mkdirSync(at('linked'));
      writeFileSync(at('linked', 'a.json'), 'old');
      linkSync(at('linked', 'a.json'), at('linked', 'b.json'));
      writeOutputFile(file('linked', 'a.json'), 'new');
      expect(readFileSync(at('linked', 'b.json'), 'utf8')).toBe('new');
    });

    it('leaves no half of a file and no temporary one where it fails', () => {
      mkdirSync(at('failing', 'a.json'), { recursive: true });
      expect(() => writeOutputFile(file('failing', 'a.json'), 'x')).toThrow();
      expect(readdirSync(at('failing'))).toEqual(['a.json']);
      expect(() => writeOutputFile(file('gone', 'a.json'), 'x')).toThrow('ENOENT');
    });

    it('writes in place where the folder takes no new file', (context) => {
      if (process.platform === 'win32') context.skip('the permissions of a folder mean nothing on Windows');
      mkdirSync(at('full'));
      writeFileSync(at('full', 'a.json'), 'old');
      chmodSync(at('full'), 0o555);
      chmodSync(at('full', 'a.json'), 0o666);
      try {
        asOrdinaryUser(folder, () => writeOutputFile(file('full', 'a.json'), 'new'));
      } finally {
        // Or nobody but the superuser could take it away again.
        chmodSync(at('full'), 0o755);
      }
      expect(readFileSync(at('full', 'a.json'), 'utf8')).toBe('new');
      expect(readdirSync(at('full'))).toEqual(['a.json']);
    });
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
