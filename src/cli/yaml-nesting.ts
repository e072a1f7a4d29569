/** Far above what a configuration has, and far below what overflows a parser that calls itself for each level. */
const MAXIMUM_DEPTH = 64;
const MAXIMUM_INDENTATION = 256;

/**
 * Whether a YAML text nests too deeply to be parsed: by brackets, by indicators on one line (`- - - x`), or by indentation. It is asked before
 * the parser is, since near the end of the stack V8 may end the whole process instead of throwing. `tokens` are those of the `yaml` lexer.
 */
export function nestsTooDeeply(tokens: Iterable<string>): boolean {
  let indicators = 0;
  // For each open bracket the indicators before it: behind its end, and behind a comma in it, nothing of what stood within is open.
  const open: number[] = [];
  let lineStart = true;
  for (const token of tokens) {
    if (token === '[' || token === '{') open.push(indicators);
    else if (token === ']' || token === '}') indicators = open.pop() ?? indicators;
    else if (token === ',') indicators = open.at(-1) ?? indicators;
    else if (token === '-' || token === '?' || token === ':') indicators++;
    else if (token.endsWith('\n')) indicators = 0;
    else if (lineStart && token.length > MAXIMUM_INDENTATION && /^[ \t]+$/.test(token)) return true;
    lineStart = token.endsWith('\n');
    if (open.length + indicators > MAXIMUM_DEPTH) return true;
  }
  return false;
}
