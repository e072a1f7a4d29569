import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { BROKER_ROUNDS, MACHINE_ROUNDS } from './trading-breaks.js';
import { MANIFEST, testRequirements } from './trading-verify.js';

test('every case of docs/examples/trading.requirements.yaml is broken by one of the rounds, here or for its brokers', () => {
  const manifest = parse(readFileSync(MANIFEST, 'utf8')) as { requirements: { cases: { id: string }[] }[] };
  const cases = manifest.requirements.flatMap((requirement) => requirement.cases.map(({ id }) => id));
  const broken = [...MACHINE_ROUNDS, ...BROKER_ROUNDS].flatMap(({ fails }) => Object.keys(fails).map((id) => id.split('.')[0]));
  expect([...new Set(broken)].sort()).toEqual([...cases].sort());
});

describe('docs/examples/trading.requirements.yaml, of the machine itself', () => testRequirements(MACHINE_ROUNDS, true));
