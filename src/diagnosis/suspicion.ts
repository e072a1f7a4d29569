import type { Check } from '../model/report.js';
import type { Inquired } from './inquiry.js';

/**
 * A suspicion that was to be looked into, and could not be, accuses nobody: that names are falsified is only said where somebody was asked whose
 * answer cannot be, and that of two addresses one is out of use where both were tried. The line then says what was not found out.
 */
export function withoutMereSuspicions(checks: readonly Check[], inquired: readonly Inquired[]): Check[] {
  const inVain = inquired.filter(({ inquiry, notMade }) => inquiry === 'second-opinion' && notMade !== null);
  return checks.map((check) => {
    if ((check.code !== 'dns-hijacked' && check.code !== 'dns-inconsistent') || check.basis !== 'silence') return check;
    const question = inVain.find(({ target }) => target === null || target === check.target);
    if (question === undefined) return check;
    const because =
      check.code === 'dns-hijacked'
        ? `no other resolver was asked where nobody on the way can answer: ${question.notMade}`
        : `what stands at the other address was not tried: ${question.notMade}`;
    return { ...check, status: 'skip', code: null, because };
  });
}
