import { type Content, html, type Markup } from './markup.js';

/** What is drawn, for a given width: its height, and the shapes. */
export interface Drawing {
  height: number;
  shapes: Content;
}

export interface Figure {
  /** Anchor within the page, made by the page itself. */
  anchor: string;
  title: string;
  /** What the drawing shows, in whole sentences, for those who do not see it. */
  description: string;
  draw: (width: number) => Drawing;
  /** The same numbers as a table, already markup. */
  table: Markup;
  /** What was thinned or left out; `null`: nothing. */
  note: string | null;
}

/** Drawn twice, for a page and for a telephone, so that letters keep their size on both; the style sheet shows one. */
const WIDTHS = { wide: 720, narrow: 330 } as const;

export function figureOf({ anchor, title, description, draw, table, note }: Figure): Markup {
  const drawing = (size: keyof typeof WIDTHS) => {
    const { height, shapes } = draw(WIDTHS[size]);
    const [name, words] = [`${anchor}-${size}-title`, `${anchor}-${size}-text`];
    return html`<svg class="drawing ${size}" role="img" aria-labelledby="${name} ${words}" width="${WIDTHS[size]}" height="${height}" viewBox="0 0 ${WIDTHS[size]} ${height}">
<title id="${name}">${title}</title><desc id="${words}">${description}</desc>
${shapes}</svg>
`;
  };
  return html`<figure id="${anchor}">
<figcaption>${title}</figcaption>
${drawing('wide')}${drawing('narrow')}<p class="note">${description}${note === null ? null : ` ${note}`}</p>
<details><summary>The same as a table</summary>
${table}</details>
</figure>
`;
}

/** A section of figures, as many as a page can bear. */
export function figureSection(anchor: string, title: string, figures: readonly (() => Markup)[], most: number): Markup | null {
  if (figures.length === 0) return null;
  const more = figures.length - most;
  return html`<section id="${anchor}" aria-labelledby="${anchor}-title">
<h2 id="${anchor}-title">${title}</h2>
${figures.slice(0, most).map((figure) => figure())}${
  more > 0 ? html`<p class="note">${more} more are not drawn; their numbers are in the JSON report.</p>\n` : null
}</section>
`;
}
