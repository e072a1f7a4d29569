import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { KERNEL_SETTINGS, type Wanted } from '../../../src/model/kernel-settings.js';
import { DEFAULT_POLICY, TRADING_POLICY } from '../../../src/model/policy.js';

const page = readFileSync(fileURLToPath(new URL('../../../docs/probes/kernel.md', import.meta.url)), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `net.'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** What a cell must hold for a rule. */
function words(wanted: Wanted): string[] {
  switch (wanted.kind) {
    case 'one-of':
      return wanted.values.filter((value) => !/^bbr\d/.test(value));
    case 'at-least':
      return wanted.values.flatMap((least) => (least === null ? [] : String(least)));
    case 'bits':
      return [String(wanted.mask)];
    case 'range-of':
      return [String(wanted.least)];
  }
}

it.each(KERNEL_SETTINGS.map(({ name }) => name))('the page says of %s what each profile wants', (name) => {
  const row = rows.find(([, names]) => names?.includes(`\`${name}\``));
  expect(row).toBeDefined();
  const [, , byDefault = '', trading = ''] = row ?? [];
  for (const [cell, policy] of [
    [byDefault, DEFAULT_POLICY],
    [trading, TRADING_POLICY],
  ] as const) {
    const rule = policy.kernel.settings[name];
    if (rule !== undefined) expect(words(rule.wanted).filter((word) => !cell.includes(word))).toEqual([]);
    else if (!/^net\.ipv[46]\.(ip_forward|conf)/.test(name)) expect(cell).toBe('–');
  }
});
