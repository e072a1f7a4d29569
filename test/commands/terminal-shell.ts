import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const ANSWER_TIMEOUT_MS = 8_000;
const POLL_MS = 10;

const [KILL_LINE, TAB, SHOW] = ['\x15', '\t', '\x18p'];

/** Key that inserts every completion in place of the word: readline's own, and one that the set-up below binds. */
const ALL = { bash: '\x1b*', zsh: '\x18a' } as const;

/** How each shell writes its line into a file, at a key: what a user would see, without the escapes of a terminal. */
const SHOWS_LINE = {
  bash: `bind 'set bell-style none'; bind -x '"\\C-xp": printf "%s\\n" "$READLINE_LINE" >> "$SHOWN"'`,
  zsh: `show() { print -r -- "$BUFFER" >> $SHOWN }; zle -N show; bindkey -e; bindkey '^Xp' show
zle -C all-matches complete-word _generic; bindkey '^Xa' all-matches
zstyle ':completion:all-matches:*' insert true; zstyle ':completion:all-matches::::' completer _all_matches _complete`,
} as const;

/** The shell without any file of the user's. */
const COMMANDS = { bash: 'bash --norc --noprofile -i', zsh: 'zsh -f -i' } as const;

/** A shell on a terminal of its own, as it is typed into. */
export class TerminalShell {
  readonly #child;
  readonly #shown: string;
  #lines = 0;
  /** All that came on the screen. */
  screen = '';

  /**
   * @param shown a file that is not there yet
   * @param setUp commands for the shell; each is one line
   */
  constructor(
    readonly shell: 'bash' | 'zsh',
    shown: string,
    setUp: readonly string[],
    env: Readonly<Record<string, string>>,
    cwd: string,
  ) {
    this.#shown = shown;
    // script(1) makes the terminal.
    this.#child = spawn('script', ['-qfec', COMMANDS[shell], '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...env, SHOWN: shown, TERM: 'xterm', PS1: '> ', LANG: 'C.UTF-8' },
      cwd,
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.screen += text;
    });
    this.#child.stdin.on('error', () => {});
    this.#type(`${[...setUp, SHOWS_LINE[shell]].flatMap((lines) => lines.split('\n')).join('\n')}\n`);
  }

  /** The line after Tab. */
  complete(typed: string): Promise<string> {
    return this.#press(typed, TAB);
  }

  /** The words that take the place of the last one where all completions are inserted; that word itself where there are none. */
  async all(typed: string): Promise<string[]> {
    const line = await this.#press(typed, ALL[this.shell]);
    return line
      .slice(typed.lastIndexOf(' ') + 1)
      .split(' ')
      .filter((word) => word !== '');
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#type(`${KILL_LINE}\n exit\n`);
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 2_000);
    await ended;
    clearTimeout(timer);
  }

  async #press(typed: string, key: string): Promise<string> {
    this.#type(`${KILL_LINE}${typed}${key}${SHOW}`);
    const wanted = this.#lines + 1;
    for (let waited = 0; waited < ANSWER_TIMEOUT_MS; waited += POLL_MS) {
      const lines = existsSync(this.#shown) ? readFileSync(this.#shown, 'utf8').split('\n').slice(0, -1) : [];
      if (lines.length >= wanted) {
        this.#lines = wanted;
        return lines[wanted - 1] ?? '';
      }
      await sleep(POLL_MS);
    }
    throw new Error(`${this.shell} did not complete ${JSON.stringify(typed)}: ${JSON.stringify(this.screen.slice(-500))}`);
  }

  #type(keys: string): void {
    this.#child.stdin.write(keys);
  }
}
