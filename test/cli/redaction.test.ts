import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readOutputFiles } from '../../src/cli/output-files.js';
import { startProgress } from '../../src/cli/progress.js';
import { baselineAsShown, planRedaction, type RedactionFlags, type RedactionPlan, redactedBy } from '../../src/cli/redaction.js';
import { readSupportFile, writeSupportFile } from '../../src/cli/support-file.js';
import type { Report } from '../../src/model/report.js';
import { Redactor } from '../../src/report/redact/redact.js';
import { REPORTS } from '../fakes/reports.js';

const FLAGS: RedactionFlags = { redact: false, 'redact-key': undefined, support: undefined, 'support-unredacted': false };
const report = REPORTS['one-fault']?.() as Report;
const planned = (shown: boolean): RedactionPlan => ({ redactor: new Redactor(new Uint8Array(32)), shown, remark: null });

describe('the flags of redaction', () => {
  it('are held against each other', async () => {
    await expect(planRedaction({ ...FLAGS, 'support-unredacted': true })).rejects.toThrow(
      '--support-unredacted: --support is missing beside it',
    );
    await expect(planRedaction({ ...FLAGS, support: 'a.tgz', 'support-unredacted': true, redact: true })).rejects.toThrow(
      'contradicts --redact',
    );
    await expect(planRedaction({ ...FLAGS, 'redact-key': 'k' })).rejects.toThrow(
      '--redact-key: --redact or --support is missing beside it',
    );
    await expect(planRedaction({ ...FLAGS, 'redact-key': 'k', support: 'a.tgz', 'support-unredacted': true })).rejects.toThrow(
      '--redact-key',
    );
  });

  it('ask for nothing by themselves', async () => {
    expect(await planRedaction(FLAGS)).toEqual({ redactor: null, shown: false, remark: null });
    expect((await planRedaction({ ...FLAGS, support: 'a.tgz', 'support-unredacted': true })).redactor).toBeNull();
  });

  it('redact what is shown, or the support file alone', () => {
    expect(redactedBy(planned(true), report).shown).not.toEqual(report);
    const { shown, redaction } = redactedBy(planned(false), report);
    expect(shown).toBe(report);
    expect(redaction?.report).not.toEqual(report);
  });
});

describe('the progress', () => {
  it('shows no name that the report will not show, and the same pseudonym', async () => {
    const { redactor } = planned(true);
    const written: string[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    try {
      const progress = await startProgress({
        quiet: false,
        color: false,
        unicode: true,
        answers: true,
        hide: (text) => redactor?.text(text) ?? '',
      });
      const row = { server: '81.2.69.142', label: null, rcode: 'NOERROR', answers: ['10.9.8.7'], failure: null };
      progress.answer({ name: 'intra.zanzibar.com', type: 'A', row, afterMs: 53 });
      progress.stop();
    } finally {
      write.mockRestore();
    }
    expect(written.join('')).toMatch(/^53\S* ms 2[45]\d\.[\d.]+: n\w{6}\.n\w{6}\.example A: 10\.[\d.]+\n$/);
    expect(written.join('')).not.toMatch(/zanzibar|intra|81\.2|10\.9\.8\.7/);
    redactor?.learnPlaces(['alice-laptop']);
    expect(redactor?.text('loss alice-laptop')).toMatch(/^loss n\w{6}$/);
  });
});

describe('an earlier report', () => {
  it('is redacted too before it is held against a redacted one, unless it is redacted already', () => {
    const plan = planned(true);
    const { shown } = redactedBy(plan, report);
    expect(baselineAsShown(plan, report, shown)).toEqual(shown);
    expect(baselineAsShown(plan, structuredClone(shown), shown)).toEqual(shown);
    expect(baselineAsShown(planned(false), report, report)).toBe(report);
  });
});

describe('--support', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-support-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes .tar.gz and .tgz, where a file can be made', () => {
    for (const name of ['a.tar.gz', 'a.TGZ']) expect(readSupportFile(at(name), [])).toMatch(/a\.(tar\.gz|TGZ)$/);
    for (const name of ['a.zip', 'a.gz', 'a', 'tgz']) expect(() => readSupportFile(at(name), [])).toThrow('must end in .tar.gz or .tgz');
    expect(() => readSupportFile(at('none/a.tgz'), [])).toThrow(/^--support ".*": the folder ".*" does not exist$/);
  });

  it('is refused where it is the file of an --output', (context) => {
    if (process.platform === 'win32') context.skip('links need a right of their own on Windows');
    writeFileSync(at('both.tgz'), '');
    symlinkSync(at('both.tgz'), at('both.json'));
    expect(() => readSupportFile(at('both.tgz'), readOutputFiles([at('both.json')]))).toThrow('it is the file of --output too');
  });

  it('can be read by its owner alone, also where it was there before', async (context) => {
    if (process.platform === 'win32') context.skip('Windows has no such permissions');
    writeFileSync(at('old.tgz'), '', { mode: 0o644 });
    for (const name of ['old.tgz', 'new.tgz']) {
      await writeSupportFile(at(name), report, null);
      expect(statSync(at(name)).mode & 0o777).toBe(0o600);
      expect(statSync(at(name)).size).toBeGreaterThan(500);
    }
  });
});
