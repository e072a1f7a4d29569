import type { Report } from '../model/report.js';
import type { RenderOptions } from './options.js';

export type { RenderOptions } from './options.js';

/** Turns a report into the whole text of a format, its last newline included. */
export type Renderer = (report: Report, options: RenderOptions) => string;

export const FORMATS = [
  'table',
  'json',
  'ndjson',
  'junit',
  'sarif',
  'tap',
  'prometheus',
  'csv',
  'html',
  'markdown',
  'github',
  'gitlab',
] as const;
export type Format = (typeof FORMATS)[number];

/** Formats that have a language. What programs read is the same in all of them. */
const FOR_PEOPLE: ReadonlySet<Format> = new Set(['table', 'html', 'markdown', 'github']);

/** Each format is loaded when it is asked for: the table's libraries cost more than a JSON report. */
const RENDERERS: Readonly<Record<Format, () => Promise<Renderer>>> = {
  table: async () => (await import('./table.js')).renderTable,
  json: async () => (await import('./json.js')).renderJson,
  ndjson: async () => (await import('./ndjson.js')).renderNdjson,
  junit: async () => (await import('./junit.js')).renderJunit,
  sarif: async () => (await import('./sarif.js')).renderSarif,
  tap: async () => (await import('./tap.js')).renderTap,
  prometheus: async () => (await import('./prometheus/index.js')).renderPrometheus,
  csv: async () => (await import('./csv.js')).renderCsv,
  html: async () => (await import('./html/page.js')).renderHtml,
  markdown: async () => (await import('./markdown/document.js')).renderMarkdown,
  github: async () => (await import('./github.js')).renderGithub,
  gitlab: async () => (await import('./gitlab.js')).renderGitlab,
};

export async function renderReport(report: Report, format: Format, options: RenderOptions): Promise<string> {
  const render = await RENDERERS[format]();
  const { words } = options;
  if (words === undefined || !FOR_PEOPLE.has(format)) return render(report, options);
  const { reportInWords } = await import('./report-in-words.js');
  return render(reportInWords(report, words), options);
}
