import { describe, expect, it, test } from 'vitest';
import type { Cause } from '../../src/diagnosis/cause.js';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { INQUIRIES } from '../../src/diagnosis/inquiry.js';
import { isAmong } from '../../src/diagnosis/kinds.js';
import { DEPTHS } from '../../src/diagnosis/order.js';
import { CODES, type Code } from '../../src/model/code.js';

const causes = Object.values<Cause>(CAUSES);

/** Every kind that data of a cause names, in effects and counters. */
function kindsOf({ explains = [], against = [] }: Cause): string[] {
  return [
    ...explains.flatMap(({ kinds, exceptKinds = [], shownByKinds = [] }) => [...kinds, ...exceptKinds, ...shownByKinds]),
    ...against.flatMap(({ kinds }) => kinds),
  ];
}

function codesOf({ explains = [], against = [] }: Cause): string[] {
  return [
    ...explains.flatMap(({ codes = [], exceptCodes = [] }) => [...codes, ...exceptCodes]),
    ...against.flatMap(({ codes = [] }) => codes),
  ];
}

describe('the data of the causes', () => {
  test.each(causes.map((cause) => [cause.code, cause] as const))('%s: names only what there is', (_code, cause) => {
    for (const pattern of codesOf(cause))
      expect(
        CODES.some((code) => isAmong(code, [pattern])),
        pattern,
      ).toBe(true);
    for (const pattern of kindsOf(cause))
      expect(
        DEPTHS.some((kind) => isAmong(kind, [pattern])),
        pattern,
      ).toBe(true);
    for (const { code } of cause.cannotBeToldFrom ?? []) expect(code).not.toBe(cause.code);
    expect(new Set(cause.toldBy).size).toBe(cause.toldBy?.length ?? 0);
  });

  test.each(causes.map((cause) => [cause.code, cause] as const))('%s: what tells it from a rival is looked at', (_code, cause) => {
    for (const { inquiry } of cause.cannotBeToldFrom ?? []) if (inquiry !== undefined) expect(cause.toldBy ?? []).toContain(inquiry);
  });

  it('says in words what speaks against a cause, and what tells it from another', () => {
    const words = causes.flatMap(({ against = [], cannotBeToldFrom = [] }) => [
      ...against.map(({ says }) => says),
      ...cannotBeToldFrom.map(({ toldBy }) => toldBy),
    ]);
    expect(words.length).toBeGreaterThan(40);
    for (const text of words) expect(text).toMatch(/^[a-zA-Z][^\n.]*[^\s.]$/);
  });

  it('has a use for every inquiry', () => {
    const used = new Set(causes.flatMap(({ toldBy = [] }) => toldBy));
    expect(INQUIRIES.filter((inquiry) => !used.has(inquiry))).toEqual([]);
  });

  it('asks nothing where the cause is a state of this machine or of its link', () => {
    const stated: readonly Code[] = [
      'interface-down',
      'no-carrier',
      'no-address',
      'no-default-route',
      'neighbor-unresolved',
      'gateway-unreachable',
      'duplicate-address',
    ];
    for (const code of stated) expect([code, CAUSES[code].toldBy ?? []]).toEqual([code, []]);
  });
});
