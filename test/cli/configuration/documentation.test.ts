import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BUDGET_KEYS } from '../../../src/cli/configuration/budgets.js';
import { readConfigurationText } from '../../../src/cli/configuration/read.js';
import { configurationJsonSchema, keysAt } from '../../../src/cli/configuration/schema.js';
import { forgetSecrets } from '../../../src/cli/configuration/secrets.js';
import { BUILT_IN, VARIABLES } from '../../../src/cli/configuration/setting-kinds.js';

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const PAGE = readFileSync(at('docs/configuration.md'), 'utf8');
const EXAMPLE = /^```yaml\n([\s\S]*?)^```$/m.exec(PAGE)?.[1] ?? '';
const ENVIRONMENT = { API_TOKEN: 'abcdef.123', QUOTES_KEY: 'key-of-quotes' };

const validator = () => {
  const ajv = new Ajv2020({ strict: false });
  return ajv.compile(configurationJsonSchema());
};

afterEach(forgetSecrets);

describe('the example of the documentation', () => {
  it('has no mistake, and says what it says', async () => {
    const { configuration, mistakes } = await readConfigurationText(EXAMPLE, 'netdiag.yaml', { environment: ENVIRONMENT, trusted: true });
    expect(mistakes).toEqual([]);
    expect(configuration?.targets.map(({ name }) => name)).toEqual([null, 'orders', 'broker', 'quotes']);
    expect(configuration?.profiles.get('field')?.policy.dnsQueryMs.acceptable).toBe(50);
    expect(configuration?.settings.timeout).toBe(2000);
  });

  it('has every key of the file, of a target, a profile and of what is offered', () => {
    const places = [
      [],
      ['targets', 0],
      ['targets', 0, 'offers'],
      ['targets', 0, 'offers', 'tls'],
      ['profiles', 'x'],
      ['targets', 0, 'budget', 'dns'],
    ];
    const keys = new Set(places.flatMap((path) => keysAt(path)));
    expect(keys.size).toBeGreaterThan(25);
    // `$schema` is the comment of the first line.
    expect([...keys].filter((key) => key !== '$schema' && !new RegExp(`\\b${key}:`).test(EXAMPLE))).toEqual([]);
  });

  it('fits the JSON Schema', () => {
    const validate = validator();
    expect(validate(parse(EXAMPLE)), JSON.stringify(validate.errors)).toBe(true);
  });
});

describe('the page', () => {
  it('names every budget, setting and variable', () => {
    const named = new Set([...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text));
    const wanted = [...Object.keys(BUDGET_KEYS), ...Object.keys(BUILT_IN), ...Object.values(VARIABLES)];
    expect(wanted.filter((word) => !named.has(word))).toEqual([]);
  });
});

describe('the JSON Schema', () => {
  it('beside the documentation is that of the program', () => {
    const file = at('docs/schema/config-1.json');
    expect(existsSync(file)).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(configurationJsonSchema())));
  });

  it.each([
    { target: [] },
    { targets: [{ name: 'x' }] },
    { targets: [{ target: 'a', budgets: {} }] },
    { timeout: 5 },
    { profiles: { a: { budget: { los: 1 } } } },
    { targets: [{ target: 'https://a', offers: { http: { status: 'x', nothing: 1 } } }] },
  ])('tells an editor what is wrong with %j', (content) => {
    expect(validator()(content)).toBe(false);
  });
});
