import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatLimit } from '../../src/model/format.js';
import { POLICIES } from '../../src/model/policy.js';
import { profileFacts } from '../../src/model/profile-facts.js';
import { renderProfile, renderProfileList } from '../../src/render/profile-page.js';

const all = Object.values(POLICIES).map(profileFacts);
const PLAIN = { width: 80, color: 0, unicode: true } as const;
const flat = (text: string) => text.replace(/\s+/g, ' ');

describe.each(all.map((facts) => [facts.profile, facts] as const))('the page of %s', (_, facts) => {
  it.each([40, 80])('has no line longer than %i columns, and ends in one newline', (width) => {
    for (const unicode of [true, false]) {
      const text = renderProfile(facts, { ...PLAIN, width, unicode });
      expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
      expect(text).toMatch(/[^\n]\n$/);
      if (!unicode) expect(text).toMatch(/^[\n -~]*$/);
    }
  });

  it('has every limit with its three grades and its source', () => {
    const text = flat(renderProfile(facts, PLAIN));
    for (const { title, unit, source, percentile, objective, acceptable, critical } of facts.limits) {
      const numbers = [objective, acceptable, critical].map((value) => formatLimit(value, unit)).join(' ');
      expect(text).toContain(`${percentile === null ? title : `${title}, ${percentile}`} ${numbers}`);
      expect(text).toContain(flat(source));
    }
    expect(text).toContain(`TLS version: ${facts.minimumTlsVersion.version} or later`);
  });

  it('says the same with colour as without', () => {
    const coloured = renderProfile(facts, { ...PLAIN, color: 3 });
    expect(stripVTControlCharacters(coloured).replace(/ +$/gm, '')).toBe(renderProfile(facts, PLAIN));
  });
});

it('says what is from default, what is not judged, and what the kernel should have', () => {
  const page = (name: string) =>
    flat(renderProfile(all.find(({ profile }) => profile === name) ?? profileFacts(POLICIES.default as never), PLAIN));
  expect(page('trading')).toContain('as in default: Ethernet (RFC 894)');
  expect(page('trading')).toContain('net.core.rmem_max=134217728 a burst of market data');
  expect(page('trading')).toContain('CPU governor: performance');
  expect(page('trading')).toContain('Not judged: download, upload, utilisation of the line, TCP to a database.');
  expect(page('platform')).toContain('p99 is judged where there are 100 samples, with fewer the median.');
  expect(page('voip')).not.toContain('p99');
});

it('lists the profiles, each with what it is for', () => {
  const text = flat(renderProfileList(all, PLAIN));
  for (const { profile, summary } of all) expect(text).toContain(`${profile} ${summary}`);
});
