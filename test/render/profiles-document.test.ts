import { expect, it } from 'vitest';
import { formatLimit } from '../../src/model/format.js';
import { POLICIES } from '../../src/model/policy.js';
import { profileFacts } from '../../src/model/profile-facts.js';
import { renderProfilesDocument } from '../../src/render/profiles-document.js';

const all = Object.values(POLICIES).map(profileFacts);

/** To make it anew: npx vitest run test/render/profiles-document.test.ts --update */
it('docs/profiles.md is what the profiles say', async () => {
  await expect(renderProfilesDocument(all)).toMatchFileSnapshot('../../docs/profiles.md');
});

it('has a section for each profile, with every limit of its own and its source', () => {
  const text = renderProfilesDocument(all);
  const sections = text.split(/^## /m).slice(1);
  expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(Object.keys(POLICIES));
  for (const [index, { limits }] of all.entries()) {
    for (const { inherited, objective, acceptable, critical, unit } of limits) {
      const numbers = [objective, acceptable, critical].map((value) => formatLimit(value, unit));
      if (!inherited) expect(sections[index]).toContain(`| ${numbers.join(' | ')} | `);
    }
  }
});

it('escapes what Markdown would obey', () => {
  const [first] = all;
  if (first === undefined) throw new Error('no profile');
  const limits = first.limits.slice(0, 1).map((limit) => ({ ...limit, source: 'a <b> | *c*' }));
  expect(renderProfilesDocument([{ ...first, limits }])).toContain('| a \\<b\\> \\| \\*c\\* |');
});
