/** Jira takes 32,767 characters in a description or comment, GitHub 65,536. */
const MOST_CHARACTERS = 32_000;

/** For the sentence that says what was left out, the last line, and the ends of what is open. */
const RESERVE = 400;

/** The text as it grows, block by block, as far as there is room. No block is torn: each closes what it opens. */
export class Room {
  private readonly blocks: string[] = [];
  private left = MOST_CHARACTERS - RESERVE;
  private full = false;

  /** A block of lines; left out where there is no room for it. */
  add(block: string): void {
    // UTF-16 units, of which forges count no more than one a character.
    if (block.length + 2 > this.left) this.full = true;
    else this.take(block);
  }

  /** A table of as many rows as there is room for; the first two are its heading. */
  addTable(rows: readonly string[], after: readonly string[]): void {
    const [heading = '', rule = '', ...others] = rows;
    const shown = this.fitting(others, heading.length + rule.length + after.join('\n\n').length + 8);
    if (shown.length === 0) return;
    this.take([heading, rule, ...shown].join('\n'));
    for (const block of after) this.take(block);
  }

  /** As many lines as there is room for, made a block by `make`. */
  addLines(lines: readonly string[], make: (lines: readonly string[]) => string): void {
    const empty = make([]).length;
    // A line can hold a fence that makes those around all lines longer.
    const longest = Math.max(0, ...lines.map((line) => line.match(/`+/g)?.reduce((most, run) => Math.max(most, run.length), 0) ?? 0));
    const shown = this.fitting(lines, empty + 2 * longest + 4);
    if (shown.length > 0) this.take(make(shown));
  }

  /** A part that is folded up where folding is known; its summary is a text of the program. */
  addFolded(summary: string, fill: (inside: Room) => void): void {
    const [open, close] = [`<details>\n<summary>${summary}</summary>`, '</details>'];
    const inside = new Room();
    inside.left = this.left - open.length - close.length - 6;
    fill(inside);
    this.full ||= inside.full;
    if (inside.blocks.length > 0) this.take([open, ...inside.blocks, close].join('\n\n'));
  }

  /** Everything, with a last sentence where something had no room. */
  text(): string {
    const note = this.full ? ['Something was left out here, so that it fits into a ticket; the JSON report has it all.'] : [];
    return `${[...this.blocks, ...note].join('\n\n')}\n`;
  }

  private fitting(lines: readonly string[], around: number): string[] {
    const shown: string[] = [];
    let left = this.left - around;
    for (const line of lines) {
      left -= line.length + 1;
      if (left < 0) {
        this.full = true;
        break;
      }
      shown.push(line);
    }
    return shown;
  }

  private take(block: string): void {
    this.blocks.push(block);
    this.left -= block.length + 2;
  }
}
