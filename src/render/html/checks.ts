import { LAYER_SECTIONS } from '../../model/layer.js';
import type { Check, CheckStatus, Report } from '../../model/report.js';
import { groupChecks } from '../checklist.js';
import { isNamedBy } from '../findings.js';
import { remedyParts } from '../remedy-parts.js';
import { budgetBar } from './budget-bar.js';
import { type Content, html, type Markup } from './markup.js';
import type { Places } from './places.js';
import { statusMark } from './status.js';
import { commandBox, type Row, table } from './table.js';

/** Beyond these, checks that passed are left out first. */
const CHECKS_SHOWN = 500;

const COLUMNS = [{ title: 'Status', kind: 'status' }, { title: 'Check' }, { title: 'Found' }, { title: 'Expected' }] as const;

/** The checklist, from the bottom layer to the top: first of this machine, then target by target. */
export function checksSection(report: Report, places: Places): Markup | null {
  if (report.checks.length === 0) return null;
  const shown = mostTelling(report.checks);
  const groups = groupChecks({ ...report, checks: [...shown] });
  const left = report.checks.length - shown.length;
  return html`<section id="checks" aria-labelledby="checks-title">
<h2 id="checks-title">Checks by layer</h2>
${groups.map(({ heading, checks }) =>
  table({
    caption: heading === '' ? 'Each check, what was found, and what was expected' : heading,
    columns: COLUMNS,
    nameColumn: 1,
    groups: LAYER_SECTIONS.map(({ label, name, layers }) => ({
      title: `Layer ${label}: ${name}`,
      rows: checks.filter(({ layer }) => layers.includes(layer)).map((check) => rowOf(check, report, places)),
    })),
  }),
)}${left > 0 ? html`<p class="note">${left} more checks are in the JSON report.</p>\n` : null}</section>
`;
}

const TELLING: readonly CheckStatus[] = ['fail', 'warn', 'skip', 'pass'];

function mostTelling(checks: readonly Check[]): readonly Check[] {
  if (checks.length <= CHECKS_SHOWN) return checks;
  const chosen = new Set(TELLING.flatMap((status) => checks.filter((check) => check.status === status)).slice(0, CHECKS_SHOWN));
  return checks.filter((check) => chosen.has(check));
}

function rowOf(check: Check, report: Report, places: Places): Row {
  const { id, status, title, observed, because, measurements } = check;
  const anchor = places.check(id);
  const sources = measurements.flatMap((measurement) => {
    const place = places.measurement(measurement);
    return place === null ? [] : [html` <a href="#${place}">${measurement}</a>`];
  });
  const found: Content = status === 'skip' ? skippedText(because, observed) : [observed ?? because ?? 'not measured', reasonLine(check)];
  return {
    ...(anchor === null ? {} : { anchor }),
    status,
    cells: [
      statusMark(status),
      html`${title} <small><code>${kindOf(check)}</code>${sources.slice(0, 8)}</small>`,
      html`${found}${remedyOf(check, report)}`,
      wantedOf(check),
    ],
  };
}

/** The id without the target, which the table is of. */
function kindOf({ id, target }: Check): string {
  return target !== null && id.endsWith(`@${target}`) ? id.slice(0, -target.length - 1) : id;
}

/** Nothing was held against the expectation of a check that was skipped. */
function wantedOf({ status, expected, budget }: Check): Content {
  if (status === 'skip') return null;
  return budget === undefined ? expected : html`${expected}${budgetBar(budget)}`;
}

function skippedText(because: string | null, observed: string | null): Content {
  if (because === null) return observed ?? 'not measured';
  return observed === null ? because : html`${because} <small>(found: ${observed})</small>`;
}

function reasonLine({ observed, because }: Check): Content {
  return observed === null || because === null ? null : html` <small>(${because})</small>`;
}

/** What a cause above says already is not said again. */
function remedyOf(check: Check, { diagnosis }: Report): Content {
  const { status, remedy } = check;
  if (remedy === null || status === 'pass' || status === 'skip') return null;
  if (diagnosis.some((cause) => isNamedBy(check, cause))) return null;
  const { prose, command } = remedyParts(remedy);
  return html`<div class="remedy">${prose === null ? null : html`<p>Do: ${prose}</p>`}${command === null ? null : commandBox(command)}</div>`;
}
