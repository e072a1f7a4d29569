import { createHash } from 'node:crypto';
import type { Report } from '../../model/report.js';
import type { Language } from '../../words/index.js';
import type { RenderOptions } from '../options.js';
import { counted, elapsed } from '../quantities.js';
import { causesSection } from './causes.js';
import { certificatesSection } from './certificates.js';
import { checksSection } from './checks.js';
import { pageInWords } from './in-words.js';
import { machineSection } from './machine.js';
import { html, type Markup, sourceOf, styleElement } from './markup.js';
import { measurementsSection } from './measurements.js';
import { namesSection } from './names.js';
import { pathSection } from './path-picture.js';
import { placesOf } from './places.js';
import { requirementsSection } from './requirements.js';
import { seriesSection } from './series-chart.js';
import { VERDICT_WORDS } from './status.js';
import { STYLE } from './style.js';
import { moment } from './time.js';
import { verdictSection } from './verdict.js';
import { phasesSection } from './waterfall.js';

/**
 * The report as one page that needs nothing else: no script, no picture, font or style from elsewhere. The verdict first, then the causes, the
 * checks, and what was measured. Its size is bounded; where something is thinned or left out, it says so.
 */
export function renderHtml(report: Report, { words }: Pick<RenderOptions, 'words'> = {}): string {
  const source = sourceOf(documentOf(report, words?.language ?? 'en'));
  return `<!DOCTYPE html>\n${words === undefined ? source : pageInWords(source, words.say)}`;
}

/** Nothing is loaded, run, embedded or sent, even if something of a peer got through: the one style sheet is known by its digest. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function documentOf(report: Report, language: Language): Markup {
  const sections = sectionsOf(report);
  return html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${VERDICT_WORDS[report.verdict]}: ${nameOf(report)}</title>
${styleElement(STYLE)}
</head>
<body>
<a class="skip-link" href="#main">To the verdict</a>
<header>
<h1>${nameOf(report)}</h1>
${headerLines(report)}</header>
<main id="main">
${sections.map(({ section }, index) => [section, index === 0 ? contents(sections) : null])}</main>
<footer>
<p>Made by netdiag ${report.tool.version}, schema ${report.schemaVersion}. Numbers that are not here are in the JSON report of the same run.</p>
</footer>
</body>
</html>
`;
}

function contents(sections: readonly { anchor: string; title: string }[]): Markup {
  return html`<nav aria-label="Parts of this report">
<ul>
${sections.map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>\n`)}</ul>
</nav>
`;
}

function sectionsOf(report: Report): { anchor: string; title: string; section: Markup }[] {
  const places = placesOf(report);
  const all: { anchor: string; title: string; section: Markup | null }[] = [
    { anchor: 'verdict', title: 'Verdict', section: verdictSection(report) },
    { anchor: 'causes', title: 'Causes', section: causesSection(report, places) },
    ...(report.requirements === undefined
      ? [{ anchor: 'checks', title: 'Checks', section: checksSection(report, places) }]
      : [{ anchor: 'requirements', title: 'Requirements', section: requirementsSection(report, places) }]),
    { anchor: 'phases', title: 'Where the time goes', section: phasesSection(report) },
    { anchor: 'series', title: 'Over time', section: seriesSection(report) },
    { anchor: 'path', title: 'Path', section: pathSection(report) },
    { anchor: 'certificates', title: 'Certificates', section: certificatesSection(report) },
    { anchor: 'names', title: 'DNS', section: namesSection(report) },
    { anchor: 'machine', title: 'This machine', section: machineSection(report) },
    { anchor: 'measurements', title: 'Measurements', section: measurementsSection(report, places) },
  ];
  return all.flatMap(({ anchor, title, section }) => (section === null ? [] : [{ anchor, title, section }]));
}

/** `netdiag full-report app.example.net:443` */
function nameOf({ command, targets, manifest }: Report): string {
  const [first, ...others] = targets;
  const of = first === undefined ? '' : others.length === 0 ? ` ${first.id}` : `, ${counted(targets.length, 'target')}`;
  const title = manifest?.title ?? null;
  return `netdiag ${command}${title === null ? of : `: ${title}`}`;
}

const TARGETS_SHOWN = 40;

function headerLines(report: Report): Markup {
  const { host, startedAt, durationMs, partial, policy, targets } = report;
  const place = [host.system ?? host.platform, host.virtualization, host.container === 'none' ? null : host.container];
  const named = targets.filter(({ name, labels }) => targets.length > 1 || name !== undefined || labels !== undefined);
  const more = named.length - TARGETS_SHOWN;
  return html`<p>From ${host.hostname}, ${place.filter((part) => part !== null).join(', ')}; ${moment(startedAt)}, took ${elapsed(durationMs)}${partial ? ', interrupted' : null}; limits of the profile ${policy}.</p>
${
  named.length === 0
    ? null
    : html`<ul>
${named.slice(0, TARGETS_SHOWN).map(({ id, name, labels }) => {
  const words = Object.entries(labels ?? {}).map(([label, value]) => `${label}: ${value}`);
  return html`<li><code>${id}</code>${name === undefined ? null : ` ${name}`}${words.length === 0 ? null : ` (${words.slice(0, 12).join(', ')})`}</li>\n`;
})}${more > 0 ? html`<li>and ${more} more</li>\n` : null}</ul>
`
}`;
}
