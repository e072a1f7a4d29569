import { formatMs } from '../../model/format.js';
import type { Measurement } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import { describeMeasurement } from '../measurement-text.js';
import { byOwner } from '../outcome-words.js';
import { html, type Markup, sourceOf } from './markup.js';
import type { Places } from './places.js';
import { moment } from './time.js';

const LINES_SHOWN = 120;
/** Characters of HTML that all measurements together may take; the rest is named, and is in the JSON report. */
const ROOM = 1_500_000;

/** Every measurement, folded up: what was found in lines, how, when, and how it ended. */
export function measurementsSection(report: Report, places: Places): Markup | null {
  if (report.measurements.length === 0) return null;
  let room = ROOM;
  let left = 0;
  const groups = byOwner(report, report.measurements).map(({ owner, items }) => {
    const shown = items.flatMap((measurement) => {
      const markup = room > 0 ? measurementOf(measurement, places) : null;
      const length = markup === null ? 0 : sourceOf(markup).length;
      if (markup === null || length > room) {
        left++;
        return [];
      }
      room -= length;
      return [markup];
    });
    return html`<h3>${owner ?? 'This machine and its network'}</h3>
${shown}`;
  });
  return html`<section id="measurements" aria-labelledby="measurements-title">
<h2 id="measurements-title">All measurements</h2>
${groups}${left > 0 ? html`<p class="note">${left} more measurements are left out here for their size; the JSON report has them.</p>\n` : null}</section>
`;
}

function measurementOf(measurement: Measurement, places: Places): Markup {
  const { id, probe, method, startedAt, durationMs, stalledMs, attempt } = measurement;
  const lines = describeMeasurement(measurement);
  const more = lines.length - LINES_SHOWN;
  const shown = lines.slice(0, LINES_SHOWN);
  const place = places.measurement(id);
  const stalled = stalledMs === null || stalledMs < 1 ? null : `; this machine was up to ${formatMs(stalledMs)} late meanwhile`;
  return html`<details${place === null ? null : html` id="${place}"`}><summary><code>${id}</code> ${probe}${attempt.kind === 'measured' ? null : ` (${attempt.kind})`}</summary>
<p class="faint">${method === null ? 'no method' : `by ${method}`}, ${moment(startedAt)}, took ${formatMs(durationMs)}${stalled}</p>
<pre class="lines">${shown.length === 0 ? 'nothing to tell' : shown.map((line, index) => (index === 0 ? line : html`\n${line}`))}</pre>
${more > 0 ? html`<p class="note">${more} more lines; the JSON report has them.</p>\n` : null}</details>
`;
}
