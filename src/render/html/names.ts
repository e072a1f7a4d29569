import { reasonOf } from '../../model/attempt.js';
import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import { dnsComparisonLines } from '../dns-comparison-table.js';
import { type Content, html, type Markup } from './markup.js';
import { bullets, table } from './table.js';

const QUESTIONS_SHOWN = 120;
const ANSWERS_SHOWN = 16;
const COMPARISONS_SHOWN = 6;
const SERVERS_SHOWN = 60;

/** What name servers said. `null` where none was asked. */
export function namesSection({ measurements }: Report): Markup | null {
  const questions = measurements.filter((entry): entry is MeasurementOf<'dns'> => entry.probe === 'dns');
  const comparisons = measurements.filter((entry): entry is MeasurementOf<'dns-comparison'> => entry.probe === 'dns-comparison');
  if (questions.length === 0 && comparisons.length === 0) return null;
  const more = questions.length - QUESTIONS_SHOWN;
  return html`<section id="names" aria-labelledby="names-title">
<h2 id="names-title">DNS answers</h2>
${
  questions.length === 0
    ? null
    : table({
        caption: 'Questions to name servers',
        columns: [{ title: 'Name and type' }, { title: 'Asked' }, { title: 'Answer' }, { title: 'Time', kind: 'number' }],
        nameColumn: 0,
        groups: [{ title: null, rows: questions.slice(0, QUESTIONS_SHOWN).map((question) => ({ cells: questionCells(question) })) }],
        left: more > 0 ? `${more} more questions are in the JSON report.` : null,
      })
}${comparisons.slice(0, COMPARISONS_SHOWN).map(comparison)}</section>
`;
}

function questionCells({ data, attempt }: MeasurementOf<'dns'>): Content[] {
  const { name, type, server, serverLabel, transport, rcode, answers, queryMs, dnssec } = data;
  const records = answers.map((answer) => (answer.type === type ? answer.data : `${answer.type} ${answer.data}`));
  const outcome = attempt.kind !== 'measured' ? reasonOf(attempt) : rcode === 'NOERROR' && records.length === 0 ? 'no such record' : rcode;
  return [
    html`<code>${name}</code> ${type}`,
    [server ?? 'nobody', serverLabel == null ? null : ` (${serverLabel})`, transport === null ? null : ` by ${transport.toUpperCase()}`],
    html`${outcome}${records.length === 0 ? null : bullets(records, ANSWERS_SHOWN)}${dnssec === null ? null : html`<p>DNSSEC: ${dnssec}</p>`}`,
    queryMs === null ? 'not measured' : formatMs(queryMs),
  ];
}

function comparison({ data }: MeasurementOf<'dns-comparison'>): Markup {
  const more = data.servers.length - SERVERS_SHOWN;
  const time = (ms: number | null | undefined) => (ms === null || ms === undefined ? 'not measured' : formatMs(ms));
  return html`<h3>Servers compared: ${data.name} ${data.type}</h3>
${bullets(dnsComparisonLines(data), SERVERS_SHOWN)}${table({
  caption: `What each server says of ${data.name} ${data.type}`,
  columns: [
    { title: 'Server' },
    { title: 'Answer' },
    { title: 'Against the others' },
    { title: 'First', kind: 'number' },
    { title: 'Median', kind: 'number' },
  ],
  nameColumn: 0,
  groups: [
    {
      title: null,
      rows: data.servers.slice(0, SERVERS_SHOWN).map((row) => ({
        cells: [
          row.label === null ? row.server : `${row.label} ${row.server}`,
          row.rcode === null
            ? (row.failure?.reason ?? 'not asked')
            : [row.rcode, row.answers.length === 0 ? null : `: ${row.answers.slice(0, ANSWERS_SHOWN).join(', ')}`],
          row.classification.replaceAll('-', ' '),
          time(row.coldMs),
          time(row.warmMs?.p50),
        ],
      })),
    },
  ],
  left: more > 0 ? `${more} more servers are in the JSON report.` : null,
})}`;
}
