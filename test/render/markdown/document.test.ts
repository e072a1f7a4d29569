import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/render/markdown/document.js';
import { HOSTILE_TEXTS, reportOf } from '../../fakes/hostile-report.js';
import { hostileText, unseenCharacter } from '../../fakes/hostile-text.js';
import { illustrated } from '../../fakes/illustrated-report.js';
import { check, healthy, oneFault, partial, REPORTS, severalTargets } from '../../fakes/reports.js';
import { elementsIn, textOf } from '../html/tree.js';
import { readMarkdown } from './reader.js';

/** What the document is made of; nothing of it comes from a report. */
const TAGS = [
  'h1',
  'h2',
  'h3',
  'p',
  'strong',
  'code',
  'pre',
  'ul',
  'li',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'details',
  'summary',
];

function expectOwnWordsOnly(markdown: string): void {
  expect(unseenCharacter(markdown)).toBeNull();
  const elements = readMarkdown(markdown);
  expect(elements.map(({ tagName }) => tagName).filter((name) => !TAGS.includes(name))).toEqual([]);
  for (const { attrs } of elements) expect(attrs.filter(({ name }) => name !== 'class' && name !== 'align')).toEqual([]);
  for (const folded of elements.filter(({ tagName }) => tagName === 'details')) {
    expect([...elementsIn(folded)].filter(({ tagName }) => tagName === 'details')).toEqual([]);
  }
  expect(markdown.length).toBeLessThanOrEqual(32_767);
}

it('the illustrated report looks the same as before', async () => {
  await expect(renderMarkdown(illustrated())).toMatchFileSnapshot('../../golden/illustrated.md');
});

describe.each(Object.entries({ ...REPORTS, illustrated }))('the document of "%s"', (_name, make) => {
  it('is made of its own headings, tables and folds alone, and fits into a ticket', () => {
    expectOwnWordsOnly(renderMarkdown(make()));
    expect(renderMarkdown(make())).toMatch(/[^\n]\n$/);
  });
});

describe('the document', () => {
  it('has the verdict, the cause and the command before the tables, and what is well at the end', () => {
    const markdown = renderMarkdown(illustrated());
    const places = [
      '# ✗ FAIL: netdiag full-report `app.example.net:443`',
      '**Packets over 1400 bytes vanish',
      '### 1. `mtu-blackhole`: 96 % sure',
      '**What to do:** Until the path is mended, send no larger packets:\n\n```sh\nsudo ip link set dev eth0 mtu 1400\n```',
      '### 2. `dns-slow`',
      '## Failed and warned',
      '| ✗ fail | 3 | path MTU |',
      '| ! warn | 7 | name resolution |',
      '<summary>Passed and skipped: 6 checks</summary>',
      '<summary>What was measured</summary>',
    ].map((piece) => markdown.indexOf(piece));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(markdown).toContain('acceptable (objective 10 ms, acceptable 50 ms, critical 200 ms)');
    expect(markdown).toContain('- When: from `2025-03-04T05:06:11.000Z` on, and still at the end');
  });

  it('tells what to do about a warning that no cause speaks of', () => {
    expect(renderMarkdown(oneFault())).toContain('**What to do about** name resolution: run a caching resolver on this machine');
  });

  it('says that it was interrupted, and never shows what was not measured as a number', () => {
    const markdown = renderMarkdown(partial());
    expect(markdown).toContain('Interrupted: this is what was measured by then.');
    expect(markdown).not.toMatch(/\bnull\b|NaN|undefined/);
  });

  it('names the target of each check where there are several', () => {
    const markdown = renderMarkdown(severalTargets());
    expect(markdown).toContain('2 targets');
    expect(markdown).toMatch(/\| `https:\/\/api\.example\.org\/v1` \| 21\.3 ms \|/);
    expect(markdown).toContain('No check failed or warned.');
  });

  it('takes commands for PowerShell from Windows', () => {
    const report = oneFault();
    expect(renderMarkdown({ ...report, host: { ...report.host, platform: 'win32' } })).toContain('```powershell\n');
  });

  it('fits into a ticket however much was measured, with what matters, and says that something is missing', () => {
    const checks = Array.from({ length: 4000 }, (_, index) =>
      check(`l4.port@${index}`, { layer: 4, title: `TCP ${index}`, status: index % 2 === 0 ? 'fail' : 'pass', observed: 'x'.repeat(900) }),
    );
    const markdown = renderMarkdown({ ...healthy(), verdict: 'fail', checks });
    expectOwnWordsOnly(markdown);
    expect(markdown).toContain('| ✗ fail | 4 | TCP 0 |');
    expect(markdown).toContain('Something was left out here');
    expectOwnWordsOnly(renderMarkdown(reportOf(HOSTILE_TEXTS)));
  });

  it('lets nothing of a peer come alive', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 2 }), (texts) => {
        const markdown = renderMarkdown(reportOf(texts));
        expectOwnWordsOnly(markdown);
        const summaries = readMarkdown(markdown).filter(({ tagName }) => tagName === 'summary');
        for (const summary of summaries) expect(textOf(summary)).toMatch(/^(?:Passed and skipped: \d+ checks?|What was measured)$/);
      }),
      { numRuns: 8 },
    );
  });
});
