import { formatMs } from '../model/format.js';
import type { DataOf, MeasurementOf } from '../model/measurement.js';
import type { Cell, Layout } from './layout.js';
import type { Palette } from './paint.js';
import { counted, milliseconds } from './quantities.js';

type Data = DataOf<'dns-comparison'>;
type Server = Data['servers'][number];

const TIME_WIDTH = 8;
const LOST_WIDTH = 6;
const GAP = 2;
/** Below this a column of times goes, so that answers stay readable. */
const NARROWEST_ANSWER = 20;
const WIDEST_SERVER = 40;
/** Of a line. */
const SERVER_SHARE = 0.32;
const LISTED_ANSWERS = 4;
/** A record can be as long as a message; the JSON has it whole. */
const LONGEST_ANSWER = 100;

const TIMES = [
  { title: 'first', of: (server: Server) => server.coldMs },
  { title: 'p50', of: (server: Server) => server.warmMs?.p50 ?? null },
  { title: 'p95', of: (server: Server) => server.warmMs?.p95 ?? null },
] as const;

/** What counts as true, and what the answers show together. */
export function dnsComparisonLines({ name, type, servers, reference, findings }: Data): string[] {
  if (servers.length === 0) return [`${name} ${type}`];
  const groups = new Set(servers.flatMap(({ group }) => group ?? [])).size;
  const answering = servers.filter(({ rcode }) => rcode !== null).length;
  const said = reference === null ? '' : `: ${says(reference)}`;
  const how = `${answering} of ${counted(servers.length, 'server')} ${answering === 1 ? 'answers' : 'answer'}, ${counted(groups, 'group')}`;
  return [`${name} ${type}${said} · ${how}`, ...findings.map(({ kind, detail }) => `${kind.replaceAll('-', ' ')}: ${detail}`)];
}

/** The servers as a table, a line for each: the first time, the warm times, what was lost, and what it says against the others. */
export function dnsComparisonTable({ data }: MeasurementOf<'dns-comparison'>, layout: Layout, palette: Palette, indent: number): string[] {
  if (data.servers.length === 0) return [];
  const names = data.servers.map(serverText);
  const server = Math.min(WIDEST_SERVER, Math.max(20, layout.widest(names)), Math.floor((layout.width - indent) * SERVER_SHARE));
  const room = layout.width - indent - server - LOST_WIDTH - GAP;
  const times = TIMES.slice(0, Math.max(1, Math.min(TIMES.length, Math.floor((room - NARROWEST_ANSWER) / TIME_WIDTH))));
  const widths = [indent, server, ...times.map(() => TIME_WIDTH), LOST_WIDTH, GAP, room - times.length * TIME_WIDTH];
  const line = (cells: readonly Cell[]) => layout.row([{ text: '' }, ...cells], widths);
  const heading: Cell[] = [
    { text: 'server' },
    ...times.map(({ title }, index) => right(index === times.length - 1 ? `${title} ms` : title)),
    right('lost'),
    { text: '' },
    { text: 'answer' },
  ];
  return [
    ...line(heading.map((cell) => ({ ...cell, paint: palette.faint }))),
    ...data.servers.flatMap((row, index) =>
      line([
        { text: names[index] ?? '', wrap: true },
        ...times.map(({ of }) => right(timeText(of(row)))),
        right(row.sent === 0 ? '' : `${row.sent - row.received}/${row.sent}`),
        { text: '' },
        { text: answerText(row), wrap: true, ...(row.rcode === null ? { paint: palette.faint } : {}) },
      ]),
    ),
  ];
}

/** `Cloudflare 1.1.1.1: 192.0.2.1 after 53 ms`: a server's first answer, for the progress of a run. */
export function firstAnswerLine(answer: { name: string; type: string; row: FirstRow; afterMs: number }): string {
  const { name, type, row, afterMs } = answer;
  const said = row.rcode === null ? (row.failure?.reason ?? 'no answer') : says({ rcode: row.rcode, answers: row.answers });
  return `${formatMs(afterMs)} ${serverText(row)}: ${name} ${type}: ${said}`;
}

type FirstRow = Pick<Server, 'server' | 'label' | 'rcode' | 'answers' | 'failure'>;

function serverText({ label, server }: Pick<Server, 'label' | 'server'>): string {
  // The usual path tells nobody anything.
  const spelled = server.replace(/^(https:.*)\/dns-query$/, '$1');
  return label === null ? spelled : `${label} ${spelled}`;
}

function timeText(value: number | null): string {
  return value === null ? '' : milliseconds(value);
}

function right(text: string): Cell {
  return { text, align: 'right' };
}

function answerText(row: Server): string {
  if (row.rcode === null) return row.failure?.reason ?? 'not asked';
  const [error] = row.extendedErrors;
  const remarks = [
    says({ rcode: row.rcode, answers: row.answers }),
    row.classification === 'agrees' ? '' : row.classification.replaceAll('-', ' '),
    error === undefined ? '' : error.name,
    row.validated === true ? 'validated' : '',
  ];
  return remarks.filter((text) => text !== '').join(' · ');
}

function says({ rcode, answers }: { rcode: string; answers: readonly string[] }): string {
  if (rcode !== 'NOERROR') return rcode;
  if (answers.length === 0) return 'no such record';
  const more = answers.length - LISTED_ANSWERS;
  return answers.slice(0, LISTED_ANSWERS).map(shortened).join(', ') + (more > 0 ? `, ${more} more` : '');
}

function shortened(text: string): string {
  return text.length <= LONGEST_ANSWER ? text : `${text.slice(0, LONGEST_ANSWER)}…`;
}
