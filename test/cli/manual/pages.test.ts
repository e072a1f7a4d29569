import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../../src/cli/manifest.js';
import { manualPages, renderExample } from '../../../src/cli/manual/pages.js';
import { MANIFEST } from '../../fakes/completion-manifest.js';

const BUILT = fileURLToPath(new URL('../../../man', import.meta.url));
const manifest = readManifest();
const commands = Object.values(manifest.commands).filter((command) => command.hidden !== true);
const pages = manualPages(manifest, '2026-11-22');
/** Whose texts hold all that roff takes for something else. */
const odd = manualPages(MANIFEST, '2026-11-22').map(({ file, text }) => ({ file: `odd-${file}`, text }));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-manual-'));
  for (const { file, text } of [...pages, ...odd]) writeFileSync(join(folder, file), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As it comes on a terminal in UTF-8, without bold and the like; in columns that break no example. */
const shown = async (file: string): Promise<string> =>
  (await execa('groff', ['-man', '-Tutf8', '-P-cbou', '-rLL=200n', join(folder, file)])).stdout;

describe('the manual', () => {
  it('has a page for the program and one for each command, and the build wrote the same ones', () => {
    expect(pages.map(({ file }) => file)).toEqual(['netdiag.1', ...commands.map(({ id }) => `netdiag-${id.replaceAll(':', '-')}.1`)]);
    expect(readdirSync(BUILT).sort()).toEqual(pages.map(({ file }) => file).sort());
    const dateless = (text: string) => text.replace(/^(\.TH \S+ 1) \S+/m, '$1');
    for (const { file, text } of pages) expect(dateless(readFileSync(join(BUILT, file), 'utf8'))).toBe(dateless(text));
  });

  it('is ASCII, and has every section where it belongs', () => {
    for (const { text } of pages) expect(text).toMatch(/^[\n -~]*\n$/);
    const sections = (text = '') => [...text.matchAll(/^\.SH (.*)$/gm)].map(([, title]) => title);
    expect(sections(pages[0]?.text)).toEqual(
      'NAME|SYNOPSIS|DESCRIPTION|COMMANDS|TARGETS|OPTIONS|EXIT STATUS|ENVIRONMENT|FILES|EXAMPLES|SEE ALSO'.split('|'),
    );
    expect(sections(pages.find(({ file }) => file === 'netdiag-tls.1')?.text)).toEqual(
      'NAME|SYNOPSIS|DESCRIPTION|ARGUMENTS|OPTIONS|OUTPUT OPTIONS|EXIT STATUS|EXAMPLES|SEE ALSO'.split('|'),
    );
  });

  it('is read by groff without a warning', async (context) => {
    if (!existsSync('/usr/bin/groff')) context.skip('groff is not installed');
    const files = [...pages, ...odd].map(({ file }) => join(folder, file));
    const ended = await execa('groff', ['-man', '-ww', '-Tutf8', '-z', ...files], { reject: false });
    expect(ended.stderr).toBe('');
    expect(ended.exitCode).toBe(0);
  });

  it('is read by mandoc without a warning', async (context) => {
    if (!existsSync('/usr/bin/mandoc')) context.skip('mandoc is not installed');
    const ended = await execa('mandoc', ['-man', '-Tlint', '-Wwarning', ...[...pages, ...odd].map(({ file }) => join(folder, file))], {
      reject: false,
    });
    expect(ended.stdout).toBe('');
  });

  it.for(commands)('of $id shows every flag and example letter by letter', async (command, context) => {
    if (!existsSync('/usr/bin/groff')) context.skip('groff is not installed');
    const text = await shown(`netdiag-${command.id.replaceAll(':', '-')}.1`);
    const flags = Object.values(command.flags ?? {}).filter((flag) => flag.hidden !== true);
    expect(
      flags.filter(({ name, allowNo }) => !text.includes(allowNo === true ? `--[no-]${name}` : `--${name}`)).map(({ name }) => name),
    ).toEqual([]);
    const examples = (command.examples ?? []).map((example) => renderExample(example, command));
    expect(examples.filter((example) => !text.includes(example))).toEqual([]);
  });

  it('keeps quotation marks, dashes and backslashes as they are', async (context) => {
    if (!existsSync('/usr/bin/groff')) context.skip('groff is not installed');
    const text = await shown('odd-netdiag-ports.1');
    expect(text).toContain('which ports are open, closed, filtered: [v6]:port isn\'t `$HOME` "or" \\n');
    expect(text).toContain("a CA's certificates");
    expect(text).not.toContain('secret');
  });
});
