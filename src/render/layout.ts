import CliTable from 'cli-table3';
import type { Say } from '../words/index.js';
import { escapeText, toAscii } from './escape.js';
import type { RenderOptions } from './options.js';

/** A piece of text in a line of columns. It is escaped here, so no caller can forget to. */
export interface Cell {
  text: string;
  /** Colour, put around the text after it was made safe. */
  paint?: (text: string) => string;
  align?: 'left' | 'right';
  /** Go on below in the same column where the text is too long; otherwise it is cut, with an ellipsis. */
  wrap?: boolean;
}

/** Puts texts into columns without borders. Widths are in columns of the terminal, wide and combining characters counted as such. */
export class Layout {
  readonly width: number;
  private readonly unicode: boolean;
  private readonly say: Say | null;

  /** @param words absent: texts are shown as they are */
  constructor({ width, unicode, words }: Pick<RenderOptions, 'width' | 'unicode' | 'words'>) {
    this.width = width;
    this.unicode = unicode;
    this.say = words?.say ?? null;
  }

  /** What a text looks like on this terminal, no longer than `limit` characters: what is cut here could not be shown anyway. */
  private safe(text: string, limit: number): string {
    // What is said in another language is known by the whole of it.
    const said = this.say === null ? text : this.say(cut(text, LONGEST_WRAPPED));
    const escaped = escapeText(cut(said, limit));
    return cut(this.unicode ? escaped : toAscii(escaped), limit);
  }

  private get cellLimit(): number {
    // Room for characters that take no column of their own.
    return 4 * this.width;
  }

  /** Columns that the widest of these texts takes. */
  widest(texts: readonly string[]): number {
    if (texts.length === 0) return 0;
    const table = new CliTable({ ...BORDERLESS });
    // The first row is padded to the width of the widest one, and holds nothing that takes more columns than it has characters.
    table.push([''], ...texts.map((text) => [this.safe(text, this.cellLimit)]));
    return table.toString().split('\n', 1)[0]?.length ?? 0;
  }

  /** The lines of one row of cells; a cell takes as many columns as `widths` says, and nothing goes beyond. */
  row(cells: readonly Cell[], widths: readonly number[]): string[] {
    const shown = cells.map((cell, index) => ({ cell, width: widths[index] ?? 0 })).filter(({ width }) => width > 0);
    const table = new CliTable({
      ...BORDERLESS,
      truncate: this.unicode ? '…' : '...',
      colWidths: shown.map(({ width }) => width),
      colAligns: shown.map(({ cell }) => cell.align ?? 'left'),
    });
    table.push(
      shown.map(({ cell, width }) => {
        const text = this.safe(cell.text, cell.wrap === true ? LONGEST_WRAPPED : this.cellLimit);
        const content = cell.wrap === true ? breakLongWords(this.glued(text), width) : text;
        return { content: cell.paint ? cell.paint(content) : content, wordWrap: cell.wrap === true };
      }),
    );
    return table
      .toString()
      .split('\n')
      .map((line) => line.replaceAll(GLUE, ' ').trimEnd());
  }

  /** Between separators, short pieces such as `jitter 0.84 ms` stay together: lines break at the separators. */
  private glued(text: string): string {
    const separator = this.unicode ? '·' : '-';
    return text
      .split(` ${separator} `)
      .map((piece) => (piece.length <= LONGEST_GLUED ? piece.replaceAll(' ', GLUE) : piece))
      .join(`${GLUE}${separator} `);
  }
}

/** A private character of one column that stands for a space at which no line may break. */
const GLUE = '\ue000';
const LONGEST_GLUED = 30;

/** The table library takes time by the square of a text with wide characters; peers may send long ones. The JSON has them whole. */
const LONGEST_WRAPPED = 4000;
const LONGEST_WITH_WIDE = 600;
const NARROW = /^[\u0020-\u02ff\u2010-\u27bf]*$/;

function cut(text: string, limit: number): string {
  const most = NARROW.test(text) ? limit : Math.min(limit, LONGEST_WITH_WIDE);
  if (text.length <= most) return text;
  // Not through the middle of a surrogate pair.
  return `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;
}

const BORDERLESS = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '',
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

/** A word that is longer than its column would be cut where the text is to go on below: it is broken in place. */
function breakLongWords(text: string, width: number): string {
  return text.replace(/\S+/g, (word) => {
    // A character takes two columns at most.
    const room = Math.max(1, NARROW.test(word.replaceAll(GLUE, ' ')) ? width : Math.floor(width / 2));
    if (word.length <= room) return word;
    const pieces: string[] = [];
    const characters = [...word];
    while (characters.length > 0) pieces.push(characters.splice(0, room).join(''));
    return pieces.join(' ');
  });
}
