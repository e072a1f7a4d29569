import type { Report } from '../model/report.js';

/** How wide and how rich the output may be. JSON formats do not depend on it. */
export interface RenderOptions {
  /** Columns of the terminal. No line is longer. */
  width: number;
  /** Levels of chalk: none, 16 colours, 256 colours, true colour. */
  color: 0 | 1 | 2 | 3;
  /** Whether signs beyond ASCII may be used. */
  unicode: boolean;
}

/** Turns a report into the whole text of a format, its last newline included. */
export type Renderer = (report: Report, options: RenderOptions) => string;

export const FORMATS = ['table', 'json', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/** Each format is loaded when it is asked for: the table's libraries cost more than a JSON report. */
const RENDERERS: Readonly<Record<Format, () => Promise<Renderer>>> = {
  table: async () => (await import('./table.js')).renderTable,
  json: async () => (await import('./json.js')).renderJson,
  ndjson: async () => (await import('./ndjson.js')).renderNdjson,
};

export async function renderReport(report: Report, format: Format, options: RenderOptions): Promise<string> {
  const render = await RENDERERS[format]();
  return render(report, options);
}
