import { describe, expect, it } from 'vitest';
import { colorLevel, describeTerminal, type Environment, showsProgress, writesUnicode } from '../../src/cli/terminal.js';

function terminal(env: Environment['env'], fields: Partial<Environment> = {}): Environment {
  return { env, platform: 'linux', isTTY: true, columns: 80, ...fields };
}

describe('colour', () => {
  it.each<[string, Environment['env'], boolean, boolean, number]>([
    ['a terminal', { TERM: 'xterm' }, true, false, 1],
    ['a terminal of 256 colours', { TERM: 'xterm-256color' }, true, false, 2],
    ['a terminal of true colour', { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, true, false, 3],
    ['a pipe', { TERM: 'xterm' }, false, false, 0],
    ['--no-color', { TERM: 'xterm' }, true, true, 0],
    ['--no-color over FORCE_COLOR', { FORCE_COLOR: '3' }, true, true, 0],
    ['NO_COLOR', { TERM: 'xterm', NO_COLOR: '1' }, true, false, 0],
    ['an empty NO_COLOR', { TERM: 'xterm', NO_COLOR: '' }, true, false, 1],
    ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, false, false, 1],
    ['FORCE_COLOR=0', { TERM: 'xterm', FORCE_COLOR: '0' }, true, false, 0],
    ['FORCE_COLOR=3', { FORCE_COLOR: '3' }, false, false, 3],
    ['an empty FORCE_COLOR', { FORCE_COLOR: '' }, false, false, 1],
    ['FORCE_COLOR over NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, false, 1],
    ['CI', { TERM: 'xterm', CI: 'true' }, true, false, 0],
    ['TERM=dumb', { TERM: 'dumb' }, true, false, 0],
  ])('%s', (_name, env, isTTY, noColor, level) => {
    expect(colorLevel(terminal(env, { isTTY }), noColor)).toBe(level);
  });
});

describe('width', () => {
  it.each<[string, Partial<Environment>, number]>([
    ['the columns of the terminal', { columns: 132 }, 132],
    ['COLUMNS in a pipe', { columns: undefined, env: { COLUMNS: '72' } }, 72],
    ['100 where nobody says', { columns: undefined }, 100],
    ['100 for a terminal that says 0', { columns: 0 }, 100],
    ['100 for nonsense', { columns: undefined, env: { COLUMNS: 'wide' } }, 100],
    ['at least 40', { columns: 12 }, 40],
  ])('%s', (_name, fields, width) => {
    expect(describeTerminal(terminal({}, fields), { noColor: false }).width).toBe(width);
  });
});

describe('UTF-8', () => {
  it.each<[Environment['env'], string, boolean]>([
    [{ LANG: 'pt_BR.UTF-8' }, 'linux', true],
    [{ LANG: 'en_US.utf8' }, 'linux', true],
    [{ LANG: 'C' }, 'linux', false],
    [{ LANG: 'de_DE.ISO-8859-1' }, 'linux', false],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, 'linux', false],
    [{ LANG: 'C', LC_CTYPE: 'C.UTF-8' }, 'linux', true],
    [{ LC_ALL: '', LANG: 'C.UTF-8' }, 'linux', true],
    [{}, 'linux', false],
    [{}, 'darwin', true],
    [{}, 'win32', false],
    [{ WT_SESSION: '1' }, 'win32', true],
  ])('%j on %s: %s', (env, platform, unicode) => {
    expect(writesUnicode(terminal(env, { platform }))).toBe(unicode);
  });
});

describe('a spinner', () => {
  it.each<[string, Environment['env'], Partial<Environment>, boolean, boolean]>([
    ['belongs on a terminal', { TERM: 'xterm' }, {}, false, true],
    ['not into a pipe', { TERM: 'xterm' }, { isTTY: false }, false, false],
    ['not with --quiet', { TERM: 'xterm' }, {}, true, false],
    ['not in CI', { TERM: 'xterm', CI: '1' }, {}, false, false],
    ['not on a dumb terminal', { TERM: 'dumb' }, {}, false, false],
    ['not on a terminal without columns', { TERM: 'xterm' }, { columns: 0 }, false, false],
  ])('%s', (_name, env, fields, quiet, shown) => {
    expect(showsProgress(terminal(env, fields), quiet)).toBe(shown);
  });
});
