import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { SHELLS } from '../../src/cli/completion/scripts.js';
import { FORMATS } from '../../src/render/index.js';
import { netdiag } from './program.js';
import { TerminalShell } from './terminal-shell.js';

/** Of a busy machine. */
const LIST_DRAWN = { timeout: 5000, interval: 50 } as const;

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion';

let folder: string;
/** In which to complete; `with/below` has a configuration above it. */
let work: string;
/** Folder of the only program that the shells find. */
let bin: string;
/** What netdiag was started with while a shell completed. */
const calls = (): string[] =>
  existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').split('\n').slice(0, -1) : [];

const CONFIGURATION = `targets:
  - { name: shop-api, target: "https://app.example.net/health" }
  - { name: shop-db, target: "db.example.net:5432" }
  - 192.0.2.7
`;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'netdiag-completion-')));
  work = join(folder, 'work');
  bin = join(folder, 'bin');
  for (const made of [join(work, 'with/below'), bin]) mkdirSync(made, { recursive: true });
  writeFileSync(join(work, 'with/netdiag.yaml'), CONFIGURATION);
  writeFileSync(join(work, 'my file.pem'), '');
  writeFileSync(join(work, 'other.yaml'), 'targets: [{ name: elsewhere, target: 192.0.2.9 }]\n');
  writeFileSync(join(bin, 'netdiag'), `#!/bin/sh\necho "$*" >> '${folder}/calls'\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  chmodSync(join(bin, 'netdiag'), 0o755);
  await Promise.all(
    SHELLS.map(async (shell) => {
      const ended = await netdiag(['completion', shell]);
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      writeFileSync(join(folder, shell), ended.stdout);
    }),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function installed(shell: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((place) => existsSync(join(place, shell)));
}

describe.concurrent('netdiag completion', () => {
  it.each<[string[], RegExp]>([
    [[], /^netdiag: completion needs a SHELL: bash, zsh, fish, powershell\n$/],
    [['zhs'], /^netdiag: "zhs": no such shell; did you mean zsh\?\n$/],
    [['tcsh9000'], /^netdiag: "tcsh9000": no such shell; there are bash, zsh, fish, powershell\n$/],
    [['bash', '--targets'], /^netdiag: --targets: takes the place of a SHELL\n$/],
    [['bash', '--config', 'x.yaml'], /^netdiag: --config: belongs to --targets\n$/],
    [['bash', 'zsh'], /^netdiag: "zsh": completion takes no such argument/],
  ])('%j is refused', async (args, line) => {
    const ended = await netdiag(['completion', ...args]);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(line);
  });

  it.each([
    ['with/below', [], 'shop-api\nshop-db\n'],
    ['.', [], ''],
    ['.', ['--config', 'with/netdiag.yaml'], 'shop-api\nshop-db\n'],
    ['.', ['--config', 'none.yaml'], ''],
    ['.', ['--config', 'my file.pem'], ''],
  ])('--targets in %s with %j prints names, and is silent where there are none', async (place, args, stdout) => {
    expect(await netdiag(['completion', '--targets', ...args], { cwd: join(work, place) })).toMatchObject({
      status: 0,
      stdout,
      stderr: '',
    });
  });

  it('--targets leaves out what is no name, and puts no variable in its place', async () => {
    const odd = join(folder, 'odd.yaml');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable as files have it
    writeFileSync(odd, 'targets: [{ name: "a b" }, { name: "$(reboot)" }, { name: "${HOME}" }, { name: 5 }, { name: ok }, null, [1]]\n');
    expect((await netdiag(['completion', '--targets', '--config', odd])).stdout).toBe('ok\n');
  });
});

// --- bash and zsh, on a terminal -------------------------------------------------------------------------------------------------------

/** Only netdiag is to be found, so that a script which needs any other program fails. */
const ALONE = 'PATH=$ONLY';

const SET_UP = {
  'bash, alone': { shell: 'bash', lines: (own: string) => [ALONE, `source '${own}/bash'`] },
  'bash with bash-completion': { shell: 'bash', lines: (own: string) => [`source ${BASH_COMPLETION}`, ALONE, `source '${own}/bash'`] },
  'zsh, script read behind compinit': {
    shell: 'zsh',
    lines: (own: string) => ['autoload -Uz compinit', `compinit -u -d '${own}/dump'`, ALONE, `source '${own}/zsh'`],
  },
  'zsh, script in fpath': {
    shell: 'zsh',
    lines: (own: string) => [`fpath=('${own}/functions' $fpath)`, 'autoload -Uz compinit', `compinit -u -d '${own}/dump2'`, ALONE],
  },
} as const;

describe.each(Object.entries(SET_UP))('%s', (name, { shell, lines }) => {
  let opened: TerminalShell | null = null;
  const missing = name.includes('bash-completion') && !existsSync(BASH_COMPLETION) ? 'bash-completion' : installed(shell) ? null : shell;
  const need = (context: TestContext): TerminalShell => {
    if (missing !== null || !installed('script')) context.skip(`${missing ?? 'script (bsdutils)'} is not installed`);
    if (opened === null) throw new Error('the shell was not started');
    return opened;
  };

  beforeAll(() => {
    if (missing !== null || !installed('script')) return;
    const { PATH = '' } = process.env;
    mkdirSync(join(folder, 'functions'), { recursive: true });
    writeFileSync(join(folder, 'functions/_netdiag'), readFileSync(join(folder, 'zsh'), 'utf8'));
    const env = { PATH, HOME: folder, ONLY: bin, SECRET_TOKEN: 'x' };
    opened = new TerminalShell(shell, join(folder, `shown-${name.replaceAll(' ', '-')}`), lines(folder), env, work);
  });
  afterAll(async () => opened?.close());

  it('completes commands and flags to their ends', async (context) => {
    const terminal = need(context);
    expect(await terminal.complete('netdiag full')).toBe('netdiag full-report ');
    expect(await terminal.complete('netdiag help expl')).toBe('netdiag help explain ');
    expect(await terminal.complete('netdiag config ch')).toBe('netdiag config check ');
    expect(await terminal.complete('netdiag config show --profile tra')).toBe('netdiag config show --profile trading ');
    expect((await terminal.complete('netdiag dns --tran')).replace(/[= ]$/, '')).toBe('netdiag dns --transport');
    expect((await terminal.complete('netdiag dns example.net --trace-p')).replace(/[= ]$/, '')).toBe(
      'netdiag dns example.net --trace-port',
    );
    expect(await terminal.complete('netdiag http --no-compr')).toBe('netdiag http --no-compression ');
    expect((await terminal.all('netdiag ')).filter((word) => ['tls', 'dns', 'help', 'completion'].includes(word)).sort()).toEqual([
      'completion',
      'dns',
      'help',
      'tls',
    ]);
  });

  it('completes the words that a flag takes, behind a blank and behind "="', async (context) => {
    const terminal = need(context);
    expect(await terminal.complete('netdiag latency --format nd')).toBe('netdiag latency --format ndjson ');
    expect(await terminal.complete('netdiag latency 192.0.2.7 --format=nd')).toBe('netdiag latency 192.0.2.7 --format=ndjson ');
    expect(await terminal.complete('netdiag latency app.example.net:443 --fail-on=n')).toBe(
      'netdiag latency app.example.net:443 --fail-on=never ',
    );
    expect((await terminal.all('netdiag latency --format ')).sort()).toEqual([...FORMATS].sort());
    expect(await terminal.complete('netdiag completion pow')).toBe('netdiag completion powershell ');
  });

  it('completes the last of a list with commas, and names none twice', async (context) => {
    const terminal = need(context);
    expect((await terminal.complete('netdiag dns example.net --type A,TX')).trimEnd().replace(/,$/, '')).toBe(
      'netdiag dns example.net --type A,TXT',
    );
    expect((await terminal.complete('netdiag dns --type=MX,SO')).trimEnd().replace(/,$/, '')).toBe('netdiag dns --type=MX,SOA');
  });

  it('completes files where a file is to stand, and nowhere else', async (context) => {
    const terminal = need(context);
    expect(await terminal.complete('netdiag tls 192.0.2.7 --ca my')).toBe('netdiag tls 192.0.2.7 --ca my\\ file.pem ');
    expect(await terminal.complete('netdiag tls 192.0.2.7 --ca=my')).toBe('netdiag tls 192.0.2.7 --ca=my\\ file.pem ');
    expect(await terminal.complete('netdiag full-report --config oth')).toBe('netdiag full-report --config other.yaml ');
    expect(await terminal.complete('netdiag tls --policy mode')).toBe('netdiag tls --policy modern ');
    expect(await terminal.complete('netdiag tls --policy oth')).toBe('netdiag tls --policy other.yaml ');
    for (const typed of ['netdiag tls oth', 'netdiag latency --count oth', 'netdiag oth', 'netdiag dns -- oth'])
      expect(await terminal.complete(typed)).toBe(typed);
  });

  it('completes interfaces and variables of this machine', async (context) => {
    const terminal = need(context);
    expect(await terminal.complete('netdiag http --bearer-env SECRET_T')).toBe('netdiag http --bearer-env SECRET_TOKEN ');
    const interfaces = existsSync('/sys/class/net') ? readdirSync('/sys/class/net') : [];
    if (interfaces.includes('lo')) expect(await terminal.all('netdiag latency --interface l')).toContain('lo');
  });

  it('completes a name with colons without doubling what stands before them', async (context) => {
    const terminal = need(context);
    const typed = 'netdiag latency app.example.net:443 [2001:db8::7]:443 --forma';
    expect((await terminal.complete(typed)).replace(/[= ]$/, '')).toBe(`${typed}t`);
    expect(await terminal.complete('netdiag full-report https://app.example.net:8443/x')).toBe(
      'netdiag full-report https://app.example.net:8443/x',
    );
  });

  it('asks netdiag for names of targets where there is a configuration, and only there', async (context) => {
    const terminal = need(context);
    const before = calls().length;
    expect(await terminal.complete('netdiag full-report sho')).toBe('netdiag full-report sho');
    expect(await terminal.complete('netdiag latency sho')).toBe('netdiag latency sho');
    expect(calls().slice(before)).toEqual([]);
    expect(await terminal.complete('netdiag full-report --config with/netdiag.yaml shop-d')).toBe(
      'netdiag full-report --config with/netdiag.yaml shop-db ',
    );
    expect(new Set(calls().slice(before))).toEqual(new Set(['completion --targets --config with/netdiag.yaml']));
  });

  // bash has no place for descriptions.
  if (shell === 'zsh')
    it('shows what each command is for', async (context) => {
      const terminal = need(context);
      await terminal.complete('netdiag d');
      // The list may be drawn after the line that was completed.
      await expect.poll(() => terminal.screen, LIST_DRAWN).toContain('what resolvers say, and how fast');
      await terminal.complete('netdiag dns --re');
      await expect.poll(() => terminal.screen, LIST_DRAWN).toContain('how often a datagram is sent again after silence');
    });

  it('writes no complaint onto the screen', async (context) => {
    const terminal = need(context);
    await terminal.complete('netdiag nothing-like-this --format=');
    await terminal.complete('netdiag latency "unfinished');
    expect(terminal.screen).not.toMatch(/command not found|not found:|unbound|syntax error|bad |no matches found|usage:/i);
  });
});

it('bash completes with the options that some people set: nounset, noglob, failglob, posix', async (context) => {
  if (!installed('bash') || !installed('script')) context.skip('bash or script is not installed');
  const { PATH = '' } = process.env;
  const lines = ['shopt -s failglob', 'set -o noglob', `source '${folder}/bash'`, 'set -o nounset; set -o posix'];
  const terminal = new TerminalShell('bash', join(folder, 'shown-options'), lines, { PATH, HOME: folder }, join(work, 'with/below'));
  try {
    expect(await terminal.complete('netdiag full-rep')).toBe('netdiag full-report ');
    expect(await terminal.complete('netdiag latency --format=nd')).toBe('netdiag latency --format=ndjson ');
    expect(await terminal.complete('netdiag latency --interface zzz')).toBe('netdiag latency --interface zzz');
    expect(terminal.screen).not.toMatch(/unbound|no match|not found/);
  } finally {
    await terminal.close();
  }
});

it('zsh without compinit is told what is missing', async (context) => {
  if (!installed('zsh')) context.skip('zsh is not installed');
  const ended = await execa('zsh', ['-f', '-c', `source '${folder}/zsh'`], { reject: false });
  expect(ended.stderr).toMatch(/^netdiag: completion needs compinit: .*$/);
});

// --- fish ------------------------------------------------------------------------------------------------------------------------------

describe('fish', () => {
  const need = (context: TestContext) => {
    if (!installed('fish')) context.skip('fish is not installed');
  };
  /** What is offered for each line, with descriptions. */
  async function offered(lines: readonly string[], place = work): Promise<string[][]> {
    const { PATH = '' } = process.env;
    const asked = lines.map((line) => `complete -C ${JSON.stringify(line)}; echo ===`).join('; ');
    const script = `source '${folder}/fish'; set -x PATH '${bin}'; ${asked}`;
    const ended = await execa('fish', ['--no-config', '-c', script], {
      cwd: place,
      env: { PATH, HOME: folder, SECRET_TOKEN: 'x', LANG: 'C.UTF-8' },
      extendEnv: false,
      timeout: 15_000,
    });
    expect(ended.stderr).toBe('');
    return ended.stdout
      .split('===')
      .slice(0, -1)
      .map((part) =>
        part
          .trim()
          .split('\n')
          .filter((line) => line !== ''),
      );
  }
  const words = (list: readonly string[] | undefined) => (list ?? []).map((line) => line.split('\t', 1)[0]);

  it('offers commands, flags and words with what they are for', async (context) => {
    need(context);
    const [commands, help, flags, value, joined, afterwards] = await offered([
      'netdiag ',
      'netdiag help expl',
      'netdiag dns --transp',
      'netdiag latency --format nd',
      'netdiag latency --format=nd',
      'netdiag ports host --thr',
    ]);
    expect(commands).toContain('dns\twhat resolvers say, and how fast');
    expect(words(commands)).toEqual(expect.arrayContaining(['full-report', 'tls', 'help', 'completion']));
    expect(words(help)).toEqual(['explain']);
    expect(words(flags)).toEqual(['--transport']);
    expect(flags?.[0]).toContain('\tudp');
    expect(words(value)).toEqual(['ndjson']);
    expect(words(joined)).toEqual(['--format=ndjson']);
    expect(afterwards).toEqual([]);
  });

  it('offers lists with commas, files where they belong, interfaces, variables', async (context) => {
    need(context);
    const [list, joinedList, file, policy, noFile, noValue, variable, links] = await offered([
      'netdiag dns --type A,TX',
      'netdiag dns --type=A,TX',
      'netdiag tls --ca my',
      'netdiag tls --policy o',
      'netdiag tls oth',
      'netdiag latency --count oth',
      'netdiag http --bearer-env SECRET_T',
      'netdiag latency --interface l',
    ]);
    expect(words(list)).toEqual(['A,TXT']);
    expect(words(joinedList)).toEqual(['--type=A,TXT']);
    expect(words(file)).toEqual(['my file.pem']);
    expect(words(policy).sort()).toEqual(['old', 'other.yaml']);
    expect(noFile).toEqual([]);
    expect(noValue).toEqual([]);
    expect(words(variable)).toEqual(['SECRET_TOKEN']);
    if (existsSync('/sys/class/net/lo')) expect(words(links)).toContain('lo');
  });

  it('knows a command by its place: a target can be called like one', async (context) => {
    need(context);
    const [ofHost, ofPorts] = await offered(['netdiag host ports --pas', 'netdiag ports host --pas']);
    expect(words(ofHost)).toEqual(['--passive']);
    expect(ofPorts).toEqual([]);
  });

  it('asks netdiag for names of targets where there is a configuration, and only there', async (context) => {
    need(context);
    const before = calls().length;
    expect(await offered(['netdiag full-report sho'])).toEqual([[]]);
    expect(calls().slice(before)).toEqual([]);
    expect((await offered(['netdiag full-report sho'], join(work, 'with/below'))).map(words)).toEqual([['shop-api', 'shop-db']]);
    expect((await offered(['netdiag full-report --config other.yaml e'])).map(words)).toEqual([['elsewhere']]);
    expect(calls().slice(before)).toEqual(['completion --targets', 'completion --targets --config other.yaml']);
  });
});
