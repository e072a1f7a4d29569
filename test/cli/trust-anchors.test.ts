import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readValidation } from '../../src/cli/trust-anchors.js';
import { UsageError } from '../../src/cli/usage-error.js';

describe('--dnssec and --trust-anchor', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-anchors-'));
    writeFileSync(at('good'), `; a comment\nexample. IN DS 1 13 2 ${'0a'.repeat(32)}\n`);
    writeFileSync(at('bad'), `example. IN DS 1 13 2 ${'0a'.repeat(32)}\n\u001b[31mexample. IN A 192.0.2.1\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('ask for nothing, for the built-in anchors, or for those of a file', () => {
    expect(readValidation({ dnssec: false })).toBeUndefined();
    expect(readValidation({ dnssec: true })).toEqual({ anchors: [] });
    expect(readValidation({ dnssec: true, 'trust-anchor': at('good') })).toEqual({ anchors: [`example. IN DS 1 13 2 ${'0a'.repeat(32)}`] });
  });

  it('refuse a file that is none, with the line, and no byte of it', () => {
    const refusal = (path: string, dnssec = true) => {
      try {
        readValidation({ dnssec, 'trust-anchor': path });
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        return (error as Error).message;
      }
      throw new Error('it was taken');
    };
    expect(refusal(at('bad'))).toMatch(/^--trust-anchor ".*bad", line 2: /);
    expect(refusal(at('bad'))).not.toContain('\u001b');
    expect(refusal(at('missing'))).toContain('there is no such file');
    expect(refusal(at('good'), false)).toBe('--trust-anchor goes with --dnssec');
  });
});
