/** What the environment says about the terminal. Pure, so that each rule can be tested. */
export interface Environment {
  env: Readonly<Record<string, string | undefined>>;
  platform: string;
  /** Of the stream that is written to. */
  isTTY: boolean;
  columns: number | undefined;
}

export interface Terminal {
  color: 0 | 1 | 2 | 3;
  width: number;
  unicode: boolean;
}

const DEFAULT_WIDTH = 100;
const MINIMUM_WIDTH = 40;

export function describeTerminal(environment: Environment, options: { noColor: boolean }): Terminal {
  return { color: colorLevel(environment, options.noColor), width: terminalWidth(environment), unicode: writesUnicode(environment) };
}

/**
 * `--no-color` rules over `FORCE_COLOR`, and that over `NO_COLOR` (no-color.org; as Node itself has it). Otherwise colour is for a terminal
 * that is neither dumb nor a CI log.
 */
export function colorLevel({ env, isTTY }: Environment, noColor: boolean): Terminal['color'] {
  if (noColor) return 0;
  const forced = forcedLevel(env['FORCE_COLOR']);
  if (forced !== null) return forced;
  if (isSet(env['NO_COLOR']) || isSet(env['CI']) || env['TERM'] === 'dumb' || !isTTY) return 0;
  if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '')) return 3;
  return /256(color)?$/i.test(env['TERM'] ?? '') ? 2 : 1;
}

function forcedLevel(value: string | undefined): Terminal['color'] | null {
  if (value === undefined) return null;
  if (value === '0' || value === 'false') return 0;
  if (value === '2') return 2;
  return value === '3' ? 3 : 1;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function terminalWidth({ env, columns }: Environment): number {
  const fromEnvironment = /^\d{1,4}$/.test(env['COLUMNS'] ?? '') ? Number(env['COLUMNS']) : 0;
  const width = columns !== undefined && columns > 0 ? columns : fromEnvironment > 0 ? fromEnvironment : DEFAULT_WIDTH;
  return Math.max(MINIMUM_WIDTH, width);
}

/**
 * By the locale, in the order of setlocale(3). With none set the locale is "C", which is ASCII; macOS writes UTF-8 regardless. On Windows
 * the new terminals do.
 */
export function writesUnicode({ env, platform }: Environment): boolean {
  if (platform === 'win32') return isSet(env['WT_SESSION']) || env['TERM_PROGRAM'] === 'vscode' || env['TERM'] === 'xterm-256color';
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet);
  return locale === undefined ? platform === 'darwin' : /utf-?8/i.test(locale);
}

/**
 * Whether a spinner belongs on stderr: a terminal that can move its cursor, and nobody asked for silence. A terminal that says it has no
 * columns (a serial line, a container's) would take an endless number of lines for the shortest text.
 */
export function showsProgress({ env, isTTY, columns }: Pick<Environment, 'env' | 'isTTY' | 'columns'>, quiet: boolean): boolean {
  return isTTY && !quiet && !isSet(env['CI']) && env['TERM'] !== 'dumb' && columns !== undefined && columns >= 20;
}
