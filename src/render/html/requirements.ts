import type { Check, Report, VerifiedRequirement } from '../../model/report.js';
import { remedyParts } from '../remedy-parts.js';
import { type Traced, tracedChecks } from '../verified-text.js';
import { budgetBar } from './budget-bar.js';
import { type Content, html, type Markup } from './markup.js';
import type { Places } from './places.js';
import { statusMark } from './status.js';
import { commandBox, type Row, table } from './table.js';

const COLUMNS = [
  { title: 'Status', kind: 'status' },
  { title: 'Check' },
  { title: 'Found' },
  { title: 'Expected' },
  { title: 'Rests on' },
] as const;

/** Beyond these, checks that passed are left out first. */
const CHECKS_SHOWN = 500;
const EXPECTATIONS_SHOWN = 30;
const MEASUREMENTS_SHOWN = 12;

/** From each requirement to its cases, the checks of each, and what they rest on. */
export function requirementsSection(report: Report, places: Places): Markup | null {
  const traced = tracedChecks(report);
  if (traced.length === 0) return null;
  const shown = mostTelling(traced);
  const left = traced.length - shown.length;
  return html`<section id="requirements" aria-labelledby="requirements-title">
<h2 id="requirements-title">Requirements</h2>
${(report.requirements ?? []).map((requirement) => requirementTable(requirement, shown, report, places))}${
  left > 0 ? html`<p class="note">${left} more checks are in the JSON report.</p>\n` : null
}</section>
`;
}

function mostTelling(traced: readonly Traced[]): readonly Traced[] {
  if (traced.length <= CHECKS_SHOWN) return traced;
  const chosen = new Set(
    (['fail', 'warn', 'skip', 'pass'] as const)
      .flatMap((status) => traced.filter(({ check }) => check.status === status))
      .slice(0, CHECKS_SHOWN),
  );
  return traced.filter((one) => chosen.has(one));
}

function requirementTable(requirement: VerifiedRequirement, shown: readonly Traced[], report: Report, places: Places): Markup {
  const { id, text, status, cases } = requirement;
  const own = shown.filter((one) => one.requirement === requirement);
  return html`<h3>${statusMark(status)} <code>${id}</code>${text === null ? null : ` ${text}`}</h3>
${table({
  caption: 'Its test cases, their checks, what was found and what was expected',
  columns: COLUMNS,
  nameColumn: 1,
  groups: cases.map((one) => ({
    title: one.text === null ? one.id : `${one.id}: ${one.text}`,
    rows: own.filter((entry) => entry.case === one).map((entry) => rowOf(entry, report, places)),
  })),
})}`;
}

function rowOf({ check, verified }: Traced, report: Report, places: Places): Row {
  const { id, status, title, expected, budget, measurements } = check;
  const anchor = places.check(id);
  const isSkipped = status === 'skip';
  return {
    ...(anchor === null ? {} : { anchor }),
    status,
    cells: [
      statusMark(status),
      html`${title} <small><code>${id}</code></small> <small><code>netdiag ${verified.run}</code></small>`,
      html`${foundText(check, verified)}${missedOf({ check, verified })}${remedyOf(check, report)}`,
      isSkipped ? null : budget === undefined ? expected : html`${expected}${budgetBar(budget)}`,
      measurementLinks(measurements, places),
    ],
  };
}

/** The reasons stand below where there are several of them to tell. */
function foundText({ status, observed, because }: Check, { expectations }: Traced['verified']): string {
  if (status === 'skip') return because ?? 'not measured';
  const isTold = status !== 'pass' && expectations.length > 0;
  return observed ?? (isTold ? null : because) ?? 'not measured';
}

/** What is not fulfilled, where the check says more than one thing of it. */
function missedOf({ check, verified }: Pick<Traced, 'check' | 'verified'>): Content {
  if (check.status === 'pass' || check.status === 'skip') return null;
  const missed = verified.expectations.filter(({ status }) => status === 'fail' || status === 'warn');
  if (missed.length === 0) return check.observed === null || check.because === null ? null : html` <small>(${check.because})</small>`;
  const more = missed.length - EXPECTATIONS_SHOWN;
  return html`<ul>
${missed.slice(0, EXPECTATIONS_SHOWN).map((one) => html`<li>${one.text}: ${one.because ?? 'it is not so'}</li>\n`)}${
  more > 0 ? html`<li>and ${more} more, which the JSON report has</li>\n` : null
}</ul>
`;
}

function measurementLinks(ids: readonly string[], places: Places): Content {
  const more = ids.length - MEASUREMENTS_SHOWN;
  return [
    ids.slice(0, MEASUREMENTS_SHOWN).map((id, index) => {
      const place = places.measurement(id);
      const link = place === null ? html`<code>${id}</code>` : html`<a href="#${place}">${id}</a>`;
      return [index === 0 ? null : ' ', link];
    }),
    more > 0 ? ` and ${more} more` : null,
  ];
}

/** What a cause above says already is not said again. */
function remedyOf({ remedy, status, id }: Check, { diagnosis }: Report): Content {
  if (remedy === null || status === 'pass' || status === 'skip') return null;
  if (diagnosis.some((cause) => cause.remedy === remedy || cause.evidence.includes(id))) return null;
  const { prose, command } = remedyParts(remedy);
  return html`<div class="remedy">${prose === null ? null : html`<p>Do: ${prose}</p>`}${command === null ? null : commandBox(command)}</div>`;
}
