import type { Check, Diagnosis, Report, Verdict, VerifiedRequirement } from '../../model/report.js';

interface Concluded {
  requirements: readonly VerifiedRequirement[];
  checks: readonly Check[];
  diagnosis: readonly Diagnosis[];
  verdict: Verdict;
  partial: boolean;
}

const TOLD = 6;
const LISTED_LIMIT = 8;

/** The outcome in a few plain sentences: which requirements are met and which are not, and why, as far as that is known. */
export function concludeVerification({ requirements, checks, diagnosis, verdict, partial }: Concluded): Report['conclusion'] {
  const kind = verdict === 'pass' ? 'well' : diagnosis.length > 0 ? 'diagnosed' : 'undetermined';
  const idsOf = (status: Check['status']) => requirements.filter((one) => one.status === status).map(({ id }) => id);
  const [failed, warned, open] = [idsOf('fail'), idsOf('warn'), idsOf('skip')];
  const [first] = diagnosis;
  const sentences = [
    verdict === 'pass' ? `All ${requirements.length} requirements are met.` : '',
    failed.length === 0 ? '' : `Not met: ${listed(failed)}.`,
    warned.length === 0 ? '' : `Met with a warning: ${listed(warned)}.`,
    open.length === 0 ? '' : `Not wholly looked at: ${listed(open)}.`,
    partial ? 'It was interrupted: this is what was known by then.' : '',
    first === undefined ? '' : first.summary,
    first === undefined ? '' : `What to do first: ${first.remedy}`,
  ];
  const gaps = checks.filter(({ status }) => status === 'skip').map(({ id, because }) => `${id}: ${because ?? 'not looked at'}`);
  return {
    kind,
    text: sentences.filter((sentence) => sentence !== '').join(' '),
    notLookedAt: [...(partial ? ['the rest of the manifest: it was interrupted'] : []), ...gaps].slice(0, LISTED_LIMIT),
  };
}

function listed(ids: readonly string[]): string {
  const more = ids.length - TOLD;
  return `${ids.slice(0, TOLD).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
