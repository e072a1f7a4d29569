// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a configuration writes its variables so

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfigurationText } from '../../../src/cli/configuration/read.js';
import { configurationJsonSchema } from '../../../src/cli/configuration/schema.js';
import { forgetSecrets } from '../../../src/cli/configuration/secrets.js';

const PAGE = readFileSync(fileURLToPath(new URL('../../../docs/configuration.md', import.meta.url)), 'utf8');
const EXAMPLE = /^```yaml\n([\s\S]*?)^```$/m.exec(PAGE)?.[1] ?? '';
const options = { environment: { API_TOKEN: 'hunter2-of-api', QUOTES_KEY: 'hunter2-of-quotes' }, trusted: true };

const keys = [...new Set([...JSON.stringify(configurationJsonSchema()).matchAll(/"([a-z][a-z-]+)":\{/g)].map(([, key = '']) => key))];
const key = fc.oneof(fc.constantFrom(...keys, 'a', '__proto__', 'constructor', '$schema'), fc.string({ maxLength: 5 }));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 200, 1.5, '1ms', '0.1%', 'none', '${API_TOKEN}', '${NONE}', 'https://a.example/x', 'a.example:443'),
    fc.string({ maxLength: 12 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));

/** Every mistake has a place within the text, one line, and nothing of what came out of the environment. */
async function isTold(text: string): Promise<void> {
  const { configuration, mistakes } = await readConfigurationText(text, 'x.yaml', options);
  expect(configuration === null).toBe(mistakes.length > 0);
  const lines = text.split(/\r\n|\n|\r/).length;
  for (const { line, column, reason } of mistakes) {
    expect(line ?? 1).toBeLessThanOrEqual(lines + 1);
    expect(column ?? 1).toBeGreaterThan(0);
    expect(reason).toMatch(/^\P{Cc}+$/u);
    expect(reason).not.toContain('hunter2');
  }
}

afterEach(forgetSecrets);

describe('whatever stands in a file', () => {
  it('is read or refused with places, as JSON', { timeout: 40_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 6 }), (content) => isTold(JSON.stringify(content, null, 2))),
      { numRuns: 300 },
    );
  });

  it('is read or refused with places, as a broken example', { timeout: 40_000 }, async () => {
    const cut = fc.tuple(
      fc.nat(EXAMPLE.length),
      fc.nat(8),
      fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('\n', ': ', '- ', '{', '*a ', '&a ', '!!map ')),
    );
    await fc.assert(
      fc.asyncProperty(cut, ([at, length, inserted]) => isTold(`${EXAMPLE.slice(0, at)}${inserted}${EXAMPLE.slice(at + length)}`)),
      { numRuns: 150 },
    );
  });
});
