/** Names of characters that roff, or a font in UTF-8, would make into others: quotation marks become curly, "-" a hyphen that no shell knows. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
  '"': '\\(dq',
};

/** A text that comes out as it went in, also where it stands at the start of a line or as an argument of a macro. One line. */
export function literal(text: string): string {
  const escaped = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\'`^~"-]/g, (character) => ESCAPES[character] ?? character);
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped;
}

/** The same, with what stands between backticks in bold. */
export function prose(text: string): string {
  const parts = text.split(/`([^`]+)`/);
  // Trimmed as a whole, not part by part: the blanks around what is bold are those of the sentence.
  const escaped = parts.map((part, index) => {
    const kept = literal(`|${part}|`).slice(1, -1);
    return index % 2 === 1 ? `\\fB${kept}\\fR` : kept;
  });
  const line = escaped.join('').trim();
  return line.startsWith('.') ? `\\&${line}` : line;
}

export const bold = (text: string): string => `\\fB${literal(text)}\\fR`;
export const italic = (text: string): string => `\\fI${literal(text)}\\fR`;

/** Paragraphs as the descriptions of commands have them: a blank line parts them, other line ends are those of the source. */
export function paragraphs(text: string): string[] {
  return text.split(/\n\s*\n/).flatMap((paragraph, index) => [...(index === 0 ? [] : ['.PP']), prose(paragraph)]);
}

/** A list of terms, each with what it means below it. Terms are roff already. */
export function termList(entries: readonly { term: string; text: string }[]): string[] {
  return entries.flatMap(({ term, text }) => ['.TP', term, prose(text)]);
}

/** Lines as they are, indented; behind a heading, or a `.PP`. */
export function display(lines: readonly string[]): string[] {
  return ['.RS 4', '.nf', ...lines.map(literal), '.fi', '.RE'];
}

export interface PageHead {
  /** `netdiag-tls`. */
  name: string;
  summary: string;
  version: string;
  /** Year, month and day. */
  date: string;
}

/** A whole page of section 1 in the macros of man(7), which both groff and mandoc read. */
export function page(head: PageHead, sections: readonly { title: string; lines: readonly string[] }[]): string {
  const lines = [
    '.\\" Made from the manifest of netdiag by its build. Do not edit.',
    `.TH ${head.name.toUpperCase().replaceAll('-', '\\-')} 1 ${head.date} "netdiag ${head.version}" "netdiag manual"`,
    // Names of files and variables stay whole, and lines are filled from the left without gaps.
    '.nh',
    '.ad l',
    '.SH NAME',
    `${literal(head.name)} \\- ${literal(head.summary)}`,
    ...sections.filter((section) => section.lines.length > 0).flatMap((section) => [`.SH ${section.title}`, ...section.lines]),
  ];
  return `${lines.join('\n')}\n`;
}
