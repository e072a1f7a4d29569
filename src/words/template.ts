/** A text of the catalogue with holes: what stands between them in English, and the same text in the other language. */
export interface Template {
  /** One more than there are holes. */
  literals: readonly string[];
  /** Literals and numbers of holes in turn, in the order of the other language. */
  said: readonly (string | number)[];
  /** Letters of the literals: the more of them, the less by chance it fits. */
  letters: number;
}

const HOLE = /\{(\d)\}/;

/** Whether a text of the catalogue has holes. */
export function hasHoles(text: string): boolean {
  return HOLE.test(text);
}

/** @param english holes in their order, `{0}` first */
export function templateOf(english: string, said: string): Template {
  const literals = english.split(/\{\d\}/);
  return {
    literals,
    said: said.split(/(\{\d\})/).map((part) => {
      const hole = HOLE.exec(part)?.[1];
      return hole === undefined ? part : Number(hole);
    }),
    letters: lettersOf(literals.join('')),
  };
}

function lettersOf(text: string): number {
  return text.replaceAll(/[^A-Za-z]/g, '').length;
}

/**
 * What stands in the holes where a text is one of this template; `null` where it is none. Each literal is taken where it stands first, so that
 * the time is that of one search through the text for each of them.
 */
export function fillingsOf({ literals }: Template, text: string): string[] | null {
  const [first = '', ...others] = literals;
  const last = others.pop();
  if (last === undefined) return text === first ? [] : null;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return null;
  const end = text.length - last.length;
  const fillings: string[] = [];
  let position = first.length;
  for (const literal of others) {
    const found = text.indexOf(literal, position);
    if (found === -1 || found + literal.length > end) return null;
    fillings.push(text.slice(position, found));
    position = found + literal.length;
  }
  fillings.push(text.slice(position, end));
  const torn = fillings.some((filling, hole) => isTorn(filling) || tearsWord(filling, literals[hole] ?? '', literals[hole + 1] ?? ''));
  return torn ? null : fillings;
}

/** Whether parentheses or quotation marks are open in it that it does not close, or the other way round: then it is a part of two texts. */
function isTorn(filling: string): boolean {
  let open = 0;
  for (const [character] of filling.matchAll(/[()]/g)) {
    open += character === '(' ? 1 : -1;
    if (open < 0) return true;
  }
  return open !== 0 || filling.split('"').length % 2 === 0 || filling.split('`').length % 2 === 0;
}

/** Whether what is put in would be a part of a word with what stands around it: "answer" is in "answered" by its letters alone. */
function tearsWord(filling: string, before: string, behind: string): boolean {
  if (filling === '') return /[a-z]$/i.test(before) && /^[a-z]/i.test(behind);
  return (/[a-z]$/i.test(before) && /^[a-z]/i.test(filling)) || (/[a-z]$/i.test(filling) && /^[a-z]/i.test(behind));
}

/** Whether what stands in a hole is between quotation marks: somebody else's words, which nobody may change. */
export function isQuoted({ literals }: Template, hole: number): boolean {
  const before = literals[hole] ?? '';
  const behind = literals[hole + 1] ?? '';
  return (before.endsWith('"') && behind.startsWith('"')) || (opensCommand(literals.slice(0, hole + 1)) && behind.includes('`'));
}

/** Whether a command between backticks is open at the end of these literals. */
function opensCommand(literals: readonly string[]): boolean {
  return (literals.join('').split('`').length - 1) % 2 === 1;
}
