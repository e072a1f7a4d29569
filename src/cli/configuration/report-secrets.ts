import type { Report } from '../../model/report.js';
import { hiding, knownSecrets } from './secrets.js';

/**
 * The report with each value that came out of the environment as the configuration has it: `${API_HOST}` where the name of a host did. What is
 * a word of reports themselves, as `tls`, stays: it tells nothing.
 */
export async function withoutSecrets(report: Report): Promise<Report> {
  if (knownSecrets().length === 0) return report;
  const { reportJsonSchema } = await import('../../model/report.js');
  const hide = hiding(wordsOf(reportJsonSchema()));
  return hide === null ? report : (mapTexts(report, hide) as Report);
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

/** Keys stay as they are: those that are not of the schema are names of header fields and labels. */
function mapTexts(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, hide)]));
}
