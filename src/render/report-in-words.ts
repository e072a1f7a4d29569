import type { Report } from '../model/report.js';
import type { Say } from '../words/index.js';

/** The report with its texts in the language of who reads it. Ids, codes, numbers and what was measured stay as they are. */
export function reportInWords(report: Report, say: Say): Report {
  const said = (text: string | null): string | null => (text === null ? null : say(text));
  const { conclusion } = report;
  return {
    ...report,
    conclusion: { ...conclusion, text: say(conclusion.text), notLookedAt: conclusion.notLookedAt.map(say) },
    diagnosis: report.diagnosis.map((cause) => ({
      ...cause,
      summary: say(cause.summary),
      remedy: say(cause.remedy),
      alternatives: cause.alternatives.map((other) => ({ ...other, toldBy: say(other.toldBy) })),
      notLookedAt: cause.notLookedAt.map(say),
    })),
    checks: report.checks.map((check) => ({
      ...check,
      title: say(check.title),
      observed: said(check.observed),
      expected: said(check.expected),
      remedy: said(check.remedy),
      because: said(check.because),
      ...(check.budget === undefined ? {} : { budget: { ...check.budget, source: say(check.budget.source) } }),
    })),
  };
}
