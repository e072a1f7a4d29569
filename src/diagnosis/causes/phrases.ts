import type { Code } from '../../model/code.js';
import { parseTarget } from '../../model/target.js';
import type { Cause, CauseFacts } from '../cause.js';

/** A group of the catalogue: each text under its code, which is thereby written once. */
export function defineCauses<C extends Code>(texts: Readonly<Record<C, Omit<Cause, 'code'>>>): Readonly<Record<C, Cause>> {
  const entries = Object.entries<Omit<Cause, 'code'>>(texts).map(([code, text]) => [code, { code: code as C, ...text }]);
  return Object.fromEntries(entries) as Record<C, Cause>;
}

/**
 * ` (31 of 100 lost; expected under 1 %)` with its leading space, or nothing where nothing was observed. To stand at the end of a sentence:
 * what has parentheses of its own follows a colon.
 */
export function found(facts: CauseFacts): string {
  if (facts.observed === null) return '';
  const text = facts.expected === null ? facts.observed : `${facts.observed}; expected ${facts.expected}`;
  return text.includes('(') ? `: ${text}` : ` (${text})`;
}

/** Twice the limit in `4000 of 4096 entries`: a larger table than there is, whatever was set. */
export function twice({ observed }: CauseFacts, otherwise: number): number {
  const limit = / of (\d{1,9})\b/.exec(observed ?? '')?.[1];
  return limit === undefined ? otherwise : 2 * Number(limit);
}

/** Ports that a sentence names. */
const NAMED_PORTS = 6;

/** ` TCP 22 (ssh) and TCP 25 (smtp)` with its leading space where the target alone does not say which port is meant, or nothing. */
export function portNames({ target: id, ports = [] }: CauseFacts): string {
  const [first] = ports;
  if (first === undefined) return '';
  const parsed = id === null ? null : parseTarget(id);
  if (ports.length === 1 && first.protocol === 'tcp' && parsed?.ok === true && parsed.target.port === first.number) return '';
  const names = ports.slice(0, NAMED_PORTS).map(({ name }) => name);
  const last = ports.length > NAMED_PORTS ? `${ports.length - NAMED_PORTS} more` : ports.length > 1 ? names.pop() : undefined;
  return ` ${names.join(', ')}${last === undefined ? '' : ` and ${last}`}`;
}

/** The target in the middle of a sentence. Without one the cause stands in front of them all. */
export function target(facts: CauseFacts): string {
  return facts.target ?? 'every target';
}

/** The target at the beginning of a sentence. */
export function targetFirst(facts: CauseFacts): string {
  return facts.target ?? 'Every target';
}

/** ` for app.example.net` with its leading space, or nothing where the whole machine is concerned. */
export function forTarget(facts: CauseFacts): string {
  return facts.target === null ? '' : ` for ${facts.target}`;
}

/** ` to app.example.net` with its leading space, or nothing where the whole machine is concerned. */
export function toTarget(facts: CauseFacts): string {
  return facts.target === null ? '' : ` to ${facts.target}`;
}

/** ` on eth0` with its leading space, or nothing where the interface is not known. */
export function onInterface(facts: CauseFacts): string {
  return facts.interface === null ? '' : ` on ${facts.interface}`;
}

/** ` through eth0` with its leading space, or nothing where the interface is not known. */
export function throughInterface(facts: CauseFacts): string {
  return facts.interface === null ? '' : ` through ${facts.interface}`;
}

/** `gateway 10.0.0.1`, or `default gateway`; the article goes in front. */
export function gateway(facts: CauseFacts): string {
  return facts.gateway === null ? 'default gateway' : `gateway ${facts.gateway}`;
}

/** `interface eth0`, or `network interface`; the article goes in front. */
export function networkInterface(facts: CauseFacts): string {
  return facts.interface === null ? 'network interface' : `interface ${facts.interface}`;
}
