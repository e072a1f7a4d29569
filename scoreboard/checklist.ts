import type { Report } from '../src/model/report.js';

/** What failed, warned or was skipped, and what was made of it: a line each. */
export function checklist(report: Report): string {
  const counted = report.checks.filter(({ status }) => status === 'pass').length;
  const lines = report.checks
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(
      (check) =>
        `${check.status} ${check.id}${check.target === null ? '' : ` [${check.target}]`} ${check.code ?? ''}: ${check.observed ?? ''}`,
    );
  const skipped = report.checks.filter(({ status }) => status === 'skip').map(({ id }) => id);
  const causes = report.diagnosis.map(({ code, confidence, evidence }) => `=> ${code} (${confidence}) because of ${evidence.join(', ')}`);
  const rest = `pass: ${counted}; skip: ${skipped.length === 0 ? 'none' : [...new Set(skipped)].join(' ')}`;
  return [`verdict ${report.verdict}`, ...causes, ...lines, rest].join('\n');
}
