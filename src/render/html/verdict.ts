import type { Report } from '../../model/report.js';
import { countByStatus } from '../check-counts.js';
import { withoutCause } from '../outcome-words.js';
import { SIGNS } from '../paint.js';
import { counted } from '../quantities.js';
import { requirementCounts } from '../requirement-lines.js';
import { type Content, html, type Markup } from './markup.js';
import { VERDICT_WORDS } from './status.js';
import { bullets } from './table.js';

const GAPS_SHOWN = 12;

/** What it comes to, before anything else: the verdict, the first cause or that there is none, and what could not be looked at. */
export function verdictSection(report: Report): Markup {
  const { verdict, partial, diagnosis, conclusion } = report;
  const [first] = diagnosis;
  const gaps = conclusion.kind === 'well' ? [] : conclusion.notLookedAt;
  return html`<section id="verdict" class="verdict ${verdict}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="sign" aria-hidden="true">${SIGNS[verdict]}</span> ${VERDICT_WORDS[verdict]}</h2>
<p class="lead">${first === undefined ? withoutCause(report) : first.summary}</p>
${report.requirements === undefined ? null : html`<p>${requirementCounts(report.requirements)}</p>\n`}<p>${countsOf(report)}</p>
${partial ? html`<p><strong>Interrupted: this is what was measured by then.</strong></p>\n` : null}${
  gaps.length === 0 ? null : html`<h3>Not looked at</h3>\n${bullets(gaps, GAPS_SHOWN)}`
}<details><summary>The outcome in words, to be pasted into a ticket</summary>
<pre class="words">${conclusion.text}</pre></details>
</section>
`;
}

function countsOf({ checks, diagnosis }: Report): Content {
  const { fail, warn, pass, skip } = countByStatus(checks);
  const causes = diagnosis.length < 2 ? '' : ` ${diagnosis.length} causes were found; the first is the likeliest root.`;
  return `Of ${counted(checks.length, 'check')} ${fail} failed, ${warn} warned, ${pass} passed, ${skip} skipped.${causes}`;
}
