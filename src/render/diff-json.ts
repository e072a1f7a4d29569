import type { ReportDiff } from '../model/report-diff.js';
import { escapeJson } from './escape.js';

/** The comparison as one JSON document. */
export function renderDiffJson(diff: ReportDiff): string {
  return `${escapeJson(JSON.stringify(diff, null, 2))}\n`;
}
