import type { Report } from '../../model/report.js';
import { hiding, knownSecrets } from './secrets.js';

/**
 * The report with each value that came out of the environment as the configuration has it: `${API_HOST}` where the name of a host did. What is
 * a word of reports themselves, as `tls`, stays: it tells nothing. So do times, and ids that a manifest has without variables.
 */
export async function withoutSecrets(report: Report): Promise<Report> {
  if (knownSecrets().length === 0) return report;
  // The validator is loaded where there is something to hide.
  const [{ reportJsonSchema }, { mapReport }] = await Promise.all([import('../../model/report.js'), import('./report-places.js')]);
  const hide = hiding(wordsOf(reportJsonSchema()));
  return hide === null ? report : mapReport(report, hide);
}

/** The same for a text before it is in a report. */
export async function hidingInReports(): Promise<(text: string) => string> {
  if (knownSecrets().length === 0) return (text) => text;
  const { reportJsonSchema } = await import('../../model/report.js');
  return hiding(wordsOf(reportJsonSchema())) ?? ((text) => text);
}

/** Whatever a report says by choosing one of several words. */
function wordsOf(schema: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'const' && typeof value === 'string') words.add(value.toLowerCase());
      else if (key === 'enum' && Array.isArray(value)) for (const word of value) words.add(String(word).toLowerCase());
      else visit(value);
    }
  };
  visit(schema);
  return words;
}
