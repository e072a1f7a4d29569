import { expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.js';
import { Redactor } from '../../../src/report/redact/redact.js';
import { aboutText, leftOutText } from '../../../src/report/support/left-out.js';
import { REPORTS } from '../../fakes/reports.js';

const report = REPORTS['one-fault']?.() as Report;
const redaction = new Redactor(new Uint8Array(32)).report({ ...report, extra: 'hunter2' } as Report);

it('what was left out is told by kind and number, and not by value', () => {
  const text = leftOutText(redaction);
  expect(text).toMatch(/^kind +values +places$/m);
  expect(text).toMatch(/^IPv4 address +\d+ +\d+$/m);
  expect(text).toMatch(/^name +\d+ +\d+$/m);
  expect(text).toContain('\nreport: 1\n');
  expect(text).not.toMatch(/hunter2|extra|192\.0\.2|example\.net/);
});

it('an archive says what it is, and whether anything was replaced', () => {
  expect(aboutText(redaction.report, redaction)).toMatch(
    /^netdiag 0\.1\.0, Node v20\.20\.2, linux x64\n.* verdict: fail\n(?:.*\n)*left-out\.txt(?:.*\n)*.*were replaced/,
  );
  expect(aboutText(report, null)).toContain('Nothing was replaced');
  expect(aboutText(report, null)).not.toContain('left-out.txt');
});
