import type { Report } from '../model/report.js';
import type { Words } from './options.js';

/** The report with its texts in the language of who reads it. Ids, codes, numbers and what was measured stay as they are. */
export function reportInWords(report: Report, { say, keep }: Words): Report {
  keep(ownWords(report));
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

/** Names of hosts and targets, and what stands in a manifest: also where it happens to be a text of ours. */
function* ownWords({ host, targets, manifest, requirements = [], checks }: Report): Generator<string> {
  yield host.hostname;
  for (const { id, host: name, name: called } of targets) {
    yield id;
    yield name;
    if (called !== undefined) yield called;
  }
  if (manifest === undefined) return;
  if (manifest.title !== null) yield manifest.title;
  yield* manifest.files;
  for (const { title } of checks) yield title;
  for (const requirement of requirements) {
    if (requirement.text !== null) yield requirement.text;
    for (const { text } of requirement.cases) if (text !== null) yield text;
  }
}
