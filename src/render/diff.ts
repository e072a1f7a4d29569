import type { ReportDiff } from '../model/report-diff.js';
import type { RenderOptions } from './options.js';

/** Turns a comparison into the whole text of a format, its last newline included. */
export type DiffRenderer = (diff: ReportDiff, options: RenderOptions) => string;

export const DIFF_FORMATS = ['table', 'json', 'markdown'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

const RENDERERS: Readonly<Record<DiffFormat, () => Promise<DiffRenderer>>> = {
  table: async () => (await import('./diff-table.js')).renderDiffTable,
  json: async () => (await import('./diff-json.js')).renderDiffJson,
  markdown: async () => (await import('./diff-markdown.js')).renderDiffMarkdown,
};

export async function renderDiff(diff: ReportDiff, format: DiffFormat, options: RenderOptions): Promise<string> {
  const render = await RENDERERS[format]();
  return render(diff, options);
}
