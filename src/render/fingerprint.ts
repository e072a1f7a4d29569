import { createHash } from 'node:crypto';
import { kindOf } from '../diagnosis/kinds.js';
import type { Check } from '../model/report.js';

/**
 * What tells a finding of one run from the others, and is the same in the next run: what was looked at, and which fault it is. Numbers and
 * words that change from run to run take no part. SHA-256, in hexadecimal digits.
 */
export function fingerprintOf(check: Pick<Check, 'id' | 'code' | 'target'>): string {
  const parts = [check.id, check.target ?? '', check.code ?? kindOf(check)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
