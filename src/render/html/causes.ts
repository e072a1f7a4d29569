import { LAYER_SECTIONS } from '../../model/layer.js';
import type { Check, Diagnosis, Report } from '../../model/report.js';
import { codeText } from '../findings.js';
import { severityOf } from '../outcome-words.js';
import { SIGNS } from '../paint.js';
import { remedyParts } from '../remedy-parts.js';
import { type Content, html, type Markup } from './markup.js';
import type { Places } from './places.js';
import { bullets, commandBox } from './table.js';
import { moment } from './time.js';

const CAUSES_SHOWN = 40;
const LISTED = 30;

/** The causes, ranked: what, how sure, what speaks for and against it, what looks the same, and what to do. `null` where there is none. */
export function causesSection(report: Report, places: Places): Markup | null {
  if (report.diagnosis.length === 0) return null;
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const shown = report.diagnosis.slice(0, CAUSES_SHOWN);
  const more = report.diagnosis.length - shown.length;
  return html`<section id="causes" aria-labelledby="causes-title">
<h2 id="causes-title">${report.diagnosis.length === 1 ? 'Cause' : 'Causes, the likeliest root first'}</h2>
${shown.map((diagnosis, index) => causeOf(diagnosis, index, checks, places))}${
  more > 0 ? html`<p class="note">${more} more are in the JSON report.</p>\n` : null
}</section>
`;
}

function causeOf(diagnosis: Diagnosis, index: number, checks: ReadonlyMap<string, Check>, places: Places): Markup {
  const severity = severityOf(diagnosis, checks);
  const { layer, target, confidence, summary, alternatives, notLookedAt, when } = diagnosis;
  const lines = (ids: readonly string[]) => ids.flatMap((id) => checks.get(id) ?? []).map((check) => checkLine(check, places));
  const name = LAYER_SECTIONS.find(({ layers }) => layers.includes(layer))?.name ?? '';
  return html`<article class="cause ${severity}" aria-labelledby="cause-${index + 1}">
<h3 id="cause-${index + 1}"><span class="sign" aria-hidden="true">${SIGNS[severity]}</span> ${summary}</h3>
<p class="facts-line"><code>${codeText(diagnosis)}</code> <span>layer ${layer}, ${name}</span> <span>${target ?? 'this machine'}</span> <span>${Math.round(confidence * 100)} % sure</span></p>
${part('Because', lines(diagnosis.evidence))}${part('Against it', lines(diagnosis.against))}${part('Ruled out', lines(diagnosis.ruledOut))}${part(
  'Looks the same from here',
  alternatives.map((other) => html`<code>${other.code}</code>; what would tell: ${other.toldBy}`),
)}${part('Not looked at', notLookedAt)}${part(
  'When',
  (when ?? []).map(({ from, to }) =>
    to === null ? html`from ${moment(from)} on, and still at the end` : html`from ${moment(from)} to ${moment(to)}`,
  ),
)}${remedyOf(diagnosis.remedy)}</article>
`;
}

function part(title: string, items: readonly Content[]): Markup | null {
  return items.length === 0 ? null : html`<h4>${title}</h4>\n${bullets(items, LISTED)}`;
}

function checkLine({ id, title, observed, because, status, expected }: Check, places: Places): Content {
  const place = places.check(id);
  const name = place === null ? title : html`<a href="#${place}">${title}</a>`;
  const wanted = expected === null || status === 'skip' ? null : html` <span class="faint">(expected: ${expected})</span>`;
  return html`${name}: ${observed ?? because ?? status}${wanted}`;
}

function remedyOf(remedy: string): Markup {
  const { prose, command } = remedyParts(remedy);
  return html`<h4>What to do</h4>
${prose === null ? null : html`<p>${prose}</p>\n`}${command === null ? null : commandBox(command)}`;
}
