import { expect } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import type { Way } from '../../src/diagnosis/explains.js';
import type { Inquired, Inquiry } from '../../src/diagnosis/inquiry.js';
import { openQuestions } from '../../src/diagnosis/questions.js';
import { type FactsOf, type Reasoned, reason } from '../../src/diagnosis/reason.js';
import type { Code } from '../../src/model/code.js';
import type { Layer } from '../../src/model/layer.js';
import type { Check, CheckStatus, Diagnosis } from '../../src/model/report.js';

/** Ids of which the part behind `@` is of this machine, and no target. */
const OF_MACHINE =
  /^(l1\.(carrier|wireless)|l2\.(interface|counters|duplicate|gateway-claims|lease)|l3\.(gateway|bridge-mtu|defaults|tunnel)|l4\.(listener|sharing|firewall-expected)|l7\.(resolver|name-service-stub|proxy-settings|clock-page))@/;

/**
 * A line of the checklist as `STATUS ID CODE`, for example `fail l4.port@a port-filtered`; of a `skip` what follows the id says why. Targets
 * are single letters, or names with a dot and no digit first, so that a link or an address is none.
 */
export function line(text: string, fields: Partial<Check> = {}): Check {
  const [status = '', id = '', ...rest] = text.split(' ');
  const part = id.split('@')[1] ?? null;
  const skipped = status === 'skip';
  return {
    id,
    layer: Number(id.charAt(1)) as Layer,
    title: id.split('@')[0] ?? id,
    target: part === null || OF_MACHINE.test(id) ? null : part,
    status: status as CheckStatus,
    code: skipped ? null : ((rest[0] ?? null) as Code | null),
    observed: 'observed',
    expected: 'expected',
    remedy: null,
    because: skipped ? rest.join(' ') || 'not measured' : null,
    measurements: ['m1'],
    ...fields,
  };
}

/** A way behind a gateway, by `eth0` unless it says so. */
export function behind(gateway: string | null, name = 'eth0'): Way {
  return { interface: name, gateway, source: '192.0.2.5', loopback: false };
}

export interface Found {
  checks: readonly (string | Check)[];
  ways?: Readonly<Record<string, Way>>;
  inquired?: readonly Inquired[];
}

/** What the reasoning makes of lines, with all causes. */
export function reasonAbout({ checks, ways = {}, inquired = [] }: Found): Reasoned {
  const factsOf: FactsOf = (target, part) => ({
    interface: part === null ? 'eth0' : null,
    gateway: '192.0.2.1',
    platform: 'linux',
    way: target === null ? null : (ways[target] ?? null),
  });
  return reason(
    checks.map((check) => (typeof check === 'string' ? line(check) : check)),
    CAUSES,
    factsOf,
    inquired,
  );
}

/** A failure that is concluded from silence. */
export function silent(text: string): Check {
  return line(`fail ${text}`, { basis: 'silence' });
}

export function made(inquiry: Inquiry, target: string | null, notMade: string | null = null): Inquired {
  return { inquiry, target, notMade };
}

/** A diagnosis in one line: what, by which checks, what speaks against it, what else it could be, what it is not, and what was not seen. */
export function told({ code, form = code, target, evidence, against, alternatives, ruledOut, notLookedAt }: Diagnosis): string {
  const parts: [string, readonly string[]][] = [
    ['by', evidence],
    ['against', against],
    ['or', alternatives.map((rival) => rival.code)],
    ['not', ruledOut],
    ['unseen', notLookedAt],
  ];
  const listed = parts.filter(([, list]) => list.length > 0).map(([word, list]) => `${word} ${list.join(', ')}`);
  return [target === null ? form : `${form} ${target}`, ...listed].join(' | ');
}

export interface Case extends Found {
  what: string;
  /** Every diagnosis, as {@link told} says it, the root cause first. */
  told: readonly string[];
  /** What is looked at next; absent: nothing. */
  asks?: readonly string[];
}

/** The whole outcome: every diagnosis, and what is looked at next. */
export function expectWhole(given: Case): void {
  const reasoned = reasonAbout(given);
  expect(reasoned.diagnosis.map(told)).toEqual(given.told);

  const { inquired = [] } = given;
  const asked = openQuestions(reasoned, inquired);
  expect(
    asked.map(({ inquiry, target, about }) => `${target === null ? inquiry : `${inquiry} ${target}`}: ${about.join(' or ')}`),
    'what is looked at next',
  ).toEqual(given.asks ?? []);
  const again = asked.map(({ inquiry, target }) => made(inquiry, target));
  expect(openQuestions(reasoned, [...inquired, ...again]), 'nothing is asked twice').toEqual([]);

  for (const { confidence } of reasoned.diagnosis) {
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThan(1);
    expect(confidence).toBe(Math.round(confidence * 100) / 100);
  }
}
