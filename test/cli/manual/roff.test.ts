import { describe, expect, it } from 'vitest';
import { literal, page, paragraphs, prose } from '../../../src/cli/manual/roff.js';

describe('text for roff', () => {
  it.each([
    ['plain words', 'plain words'],
    ['--count', '\\-\\-count'],
    ['.TH is no request', '\\&.TH is no request'],
    ["'TH either", '\\(aqTH either'],
    ['a\\b', 'a\\eb'],
    ['"x" `y` ^ ~', '\\(dqx\\(dq \\(gay\\(ga \\(ha \\(ti'],
    ['two\n lines', 'two lines'],
  ])('%j', (text, roff) => {
    expect(literal(text)).toBe(roff);
  });

  it('has in bold what stands between backticks, and keeps the blanks around it', () => {
    expect(prose('use `tls --ca` or `.x`, not "y"')).toBe('use \\fBtls \\-\\-ca\\fR or \\fB.x\\fR, not \\(dqy\\(dq');
    expect(prose('.first')).toBe('\\&.first');
  });

  it('parts paragraphs at blank lines only', () => {
    expect(paragraphs('one\ntwo\n\nthree')).toEqual(['one two', '.PP', 'three']);
  });

  it('leaves out empty sections', () => {
    const text = page({ name: 'netdiag-x', summary: 'sums up', version: '1.2.3', date: '2026-11-22' }, [
      { title: 'FULL', lines: ['text'] },
      { title: 'EMPTY', lines: [] },
    ]);
    expect(text).toContain(
      '.TH NETDIAG\\-X 1 2026-11-22 "netdiag 1.2.3" "netdiag manual"\n.nh\n.ad l\n.SH NAME\nnetdiag\\-x \\- sums up\n.SH FULL\ntext\n',
    );
    expect(text).not.toContain('EMPTY');
  });
});
