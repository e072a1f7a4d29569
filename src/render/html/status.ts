import type { CheckStatus, Verdict } from '../../model/report.js';
import { SIGNS } from '../paint.js';
import { html, type Markup } from './markup.js';

const WORDS: Readonly<Record<CheckStatus, string>> = { pass: 'passed', warn: 'warned', fail: 'failed', skip: 'skipped' };

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = { pass: 'PASS', warn: 'WARN', fail: 'FAIL' };

/** Sign and word of a status: the colour only makes them quicker to find. */
export function statusMark(status: CheckStatus): Markup {
  return html`<span class="status ${status}"><span class="sign" aria-hidden="true">${SIGNS[status]}</span> ${WORDS[status]}</span>`;
}
