import type { Report } from '../model/report.js';
import { escapeJson } from './escape.js';

/** The report as one JSON document. */
export function renderJson(report: Report): string {
  return `${escapeJson(JSON.stringify(report, null, 2))}\n`;
}
