// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a manifest writes its variables so

/** A word of a command line. */
export interface Word {
  /** With `$$` for a dollar that stands for itself, so that variables can be put in afterwards. */
  text: string;
  /** As it was written, to be found in the file. */
  written: string;
}

export type Split = { ok: true; words: Word[] } | { ok: false; reason: string; part: string };

const MOST_WORDS = 1000;

/** What a shell would act on, where it is a word of its own. */
const OPERATORS: ReadonlySet<string> = new Set(['|', '||', '&', '&&', ';', '<', '>', '>>', '2>', '2>&1', '|&', '&>']);

/**
 * Splits a command line into words as a shell does (POSIX, section 2.2): by white space, with `'...'`, `"..."` and the backslash. Nothing else of a
 * shell is there: what asks for one is refused, and `*`, `~` and `#` stand for themselves. A dollar in single quotes or behind a backslash is
 * one; all others are left to {@link expandVariables}.
 */
export function splitWords(line: string): Split {
  const words: Word[] = [];
  let text: string | null = null;
  let start = 0;
  const refuse = (reason: string, from: number): Split => ({ ok: false, reason, part: line.slice(from, from + 40).split(/\s/)[0] ?? '' });
  const end = (at: number): Split | null => {
    if (text === null) return null;
    const written = line.slice(start, at);
    if (OPERATORS.has(written)) return refuse(`there is no shell, and ${written} means nothing here; in quotes it is a word`, start);
    words.push({ text, written });
    text = null;
    return words.length > MOST_WORDS ? refuse(`it has more than ${MOST_WORDS} words`, start) : null;
  };
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (/\s/.test(character)) {
      const refused = end(at);
      if (refused !== null) return refused;
      continue;
    }
    // A line that goes on: as if there were neither.
    if (character === '\\' && line[at + 1] === '\n') {
      at++;
      continue;
    }
    if (text === null) start = at;
    text ??= '';
    if (character === '\\') {
      at++;
      const next = line[at];
      if (next === undefined) return refuse('it ends in a backslash', at - 1);
      text += next === '$' ? '$$' : next;
    } else if (character === "'") {
      const close = line.indexOf("'", at + 1);
      if (close < 0) return refuse("a quote ' is not closed", at);
      text += line.slice(at + 1, close).replaceAll('$', '$$$$');
      at = close;
    } else if (character === '"') {
      const quoted = inDoubleQuotes(line, at + 1);
      if (quoted === null) return refuse('a quote " is not closed', at);
      text += quoted.text;
      at = quoted.close;
    } else if (character === '`' || (character === '$' && line[at + 1] === '(')) {
      return refuse('there is no shell that could run a command within a command; variables are written ${NAME}', at);
    } else {
      text += character;
    }
  }
  return end(line.length) ?? { ok: true, words };
}

/** Up to the closing quote; within, a backslash stands before `"`, `\`, `$`, a backtick or a line end alone. */
function inDoubleQuotes(line: string, from: number): { text: string; close: number } | null {
  let text = '';
  for (let at = from; at < line.length; at++) {
    const character = line[at] ?? '';
    if (character === '"') return { text, close: at };
    const next = line[at + 1] ?? '';
    if (character === '\\' && '"\\$`\n'.includes(next) && next !== '') {
      at++;
      if (next !== '\n') text += next === '$' ? '$$' : next;
    } else text += character;
  }
  return null;
}
