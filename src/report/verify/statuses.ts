import type { CheckStatus } from '../../model/report.js';

/**
 * The status of what consists of parts: failed where one failed, warned where one warned; passed where all passed. Where some were not looked at and
 * nothing is wrong with the others, it was not looked at wholly: `skip`.
 */
export function statusOfAll(parts: readonly CheckStatus[]): CheckStatus {
  if (parts.includes('fail')) return 'fail';
  if (parts.includes('warn')) return 'warn';
  return parts.length === 0 || parts.includes('skip') ? 'skip' : 'pass';
}
