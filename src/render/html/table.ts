import { type Content, html, type Markup } from './markup.js';

export interface Column {
  title: string;
  /** `number`: right-aligned. `status`: sign and word, narrow. */
  kind?: 'number' | 'status';
}

export interface Table {
  caption: string;
  columns: readonly Column[];
  /** Which column names its row. */
  nameColumn: number;
  /** Rows with a heading of their own, or without one. */
  groups: readonly { title: string | null; rows: readonly Row[] }[];
  /** What was left out, in a sentence; `null`: nothing. */
  left?: string | null;
}

export interface Row {
  /** Anchor within the page, made by the page itself. */
  anchor?: string;
  status?: string;
  cells: readonly Content[];
}

/**
 * A table for eyes and ears: scopes on all headings, and on a narrow screen each row becomes a block with the titles of the columns in it. The
 * roles are said outright, since some browsers forget them for rows that are no table rows to the style sheet.
 */
export function table({ caption, columns, nameColumn, groups, left = null }: Table): Markup {
  const row = ({ cells, anchor, status }: Row) => html`<tr role="row"${anchor === undefined ? null : html` id="${anchor}"`}${
    status === undefined ? null : html` class="row-${status}"`
  }>${columns.map((column, index) => cellOf(column, cells[index] ?? null, index === nameColumn))}</tr>
`;
  const shown = groups.filter(({ rows }) => rows.length > 0);
  return html`<table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(({ title, kind }) => html`<th role="columnheader" scope="col" class="${kind ?? 'text'}">${title}</th>`)}</tr></thead>
${shown.map(
  ({ title, rows }) => html`<tbody role="rowgroup">
${title === null ? null : html`<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="${columns.length}">${title}</th></tr>\n`}${rows.map(row)}</tbody>
`,
)}</table>
${left === null ? null : html`<p class="note">${left}</p>\n`}`;
}

function cellOf({ title, kind: given }: Column, content: Content, names: boolean): Markup {
  const kind = given ?? 'text';
  if (content === null || content === '') return html`<td role="cell" class="${kind} nothing"></td>`;
  if (names) return html`<th role="rowheader" scope="row" class="${kind}">${content}</th>`;
  return html`<td role="cell" class="${kind}" data-title="${title}">${content}</td>`;
}

/** Names and what they are, one below the other; what is `null` is left out. */
export function facts(entries: readonly (readonly [name: string, value: Content])[]): Markup {
  const known = entries.filter(([, value]) => value !== null && value !== '');
  return html`<dl class="facts">
${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
`;
}

/** A list of texts, with what is beyond `most` counted. */
export function bullets(items: readonly Content[], most: number): Markup {
  const more = items.length - most;
  return html`<ul>
${items.slice(0, most).map((item) => html`<li>${item}</li>\n`)}${more > 0 ? html`<li>and ${more} more, which the JSON report has</li>\n` : null}</ul>
`;
}

/** A command alone in its box, where one click takes it whole. */
export function commandBox(command: string): Markup {
  return html`<pre class="command"><code>${command}</code></pre>
`;
}
