import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/cli/manifest.js';
import { renderRootHelp } from '../../src/cli/root-help.js';

const MANIFEST: Manifest = {
  version: '1.2.3',
  commands: {
    latency: { id: 'latency', summary: 'how fast, in words that are long enough to go on in the next line of a narrow terminal' },
    'full-report': { id: 'full-report', summary: 'what is wrong' },
    brandnew: { id: 'brandnew', summary: 'in no group yet' },
    secret: { id: 'secret', summary: 'not shown', hidden: true },
  },
};

describe('the help of the program', () => {
  const text = renderRootHelp(MANIFEST, 80);

  it('names version, usage, every command that is not hidden, examples and exit status', () => {
    expect(text).toContain('netdiag 1.2.3');
    expect(text).toContain('Usage: netdiag COMMAND');
    for (const id of ['full-report', 'latency', 'brandnew']) expect(text).toMatch(new RegExp(`^ {2}${id} `, 'm'));
    expect(text).not.toContain('secret');
    expect(text).toContain('netdiag full-report --lab');
    expect(text).toContain('130 and 143 interrupted');
  });

  it('puts the full report first', () => {
    expect(text.indexOf('  full-report ')).toBeLessThan(text.indexOf('  latency '));
  });

  it('shows no group without commands', () => {
    expect(text).not.toContain('Again and again');
  });

  it.each([60, 80, 100])('fits in %i columns, in ASCII', (width) => {
    for (const line of renderRootHelp(MANIFEST, width).split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
    expect(renderRootHelp(MANIFEST, width)).toMatch(/^[\n -~]*$/);
  });
});
