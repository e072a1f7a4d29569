import { Command } from '@oclif/core/command';
import { hideSecrets } from './configuration/secrets.js';
import { reportInternalError } from './internal-error.js';
import { interruptSignal } from './interrupt.js';
import { type CommandFacts, oneLine, usageProblem } from './problems.js';
import { quotedValue } from './quoted-value.js';
import { writeWhole } from './streams.js';
import { UsageError } from './usage-error.js';

/**
 * What every command shares: errors are one line on stderr, and the exit status is 2 where the command line is to blame, 3 where netdiag
 * is. Commands set `process.exitCode` and return: oclif's own `exit` and JSON mode would replace a report by an error object.
 */
export abstract class BaseCommand extends Command {
  /** Aborts on Ctrl-C or SIGTERM. */
  protected readonly interrupted: AbortSignal = interruptSignal();

  /** Writes to stdout; resolves when all of it is taken. */
  protected print(text: string): Promise<void> {
    return writeWhole(process.stdout, text);
  }

  /** A remark for people: one line on stderr. */
  protected note(text: string): Promise<void> {
    return writeWhole(process.stderr, `netdiag: ${oneLine(hideSecrets(text))}\n`);
  }

  protected override async init(): Promise<void> {
    await super.init();
    // oclif looks its flags up in plain objects, and there finds what every object has.
    const inherited = this.argv
      .map((argument) => argument.split('=', 1)[0] ?? '')
      .find((name) => name.startsWith('--') && name.slice(2) in {});
    if (inherited !== undefined)
      throw new UsageError(`${quotedValue(inherited)}: ${this.typedId} has no such flag; see netdiag ${this.typedId} --help`);
    const valued = valuedBoolean(this.argv, { ...this.ctor.baseFlags, ...this.ctor.flags });
    if (valued !== null) throw new UsageError(`${valued}: takes no value`);
  }

  protected override async catch(error: unknown): Promise<void> {
    // Otherwise oclif adds a warning of its own where NODE_ENV is "development" or "test".
    this.parsed = true;
    const problem = usageProblem(error, this.facts);
    if (problem !== null) {
      process.exitCode = 2;
      await this.note(problem);
      return;
    }
    process.exitCode = 3;
    await reportInternalError(error);
  }

  /** As users type it: `config check`. */
  private get typedId(): string {
    return (this.id ?? '').replaceAll(':', ' ');
  }

  /** What a complaint about the command line needs of the command. */
  protected get facts(): CommandFacts {
    const flags = Object.entries({ ...this.ctor.baseFlags, ...this.ctor.flags });
    return { id: this.typedId, flags: flags.flatMap(([name, flag]) => (flag.char === undefined ? [name] : [name, flag.char])) };
  }
}

/** The first flag that has a value behind "=" and takes none: oclif would drop the value, so that `--json=false` meant `--json`. */
export function valuedBoolean(
  argv: readonly string[],
  flags: Readonly<Record<string, { type: string; char?: string | undefined }>>,
): string | null {
  const end = argv.indexOf('--');
  for (const argument of end < 0 ? argv : argv.slice(0, end)) {
    const [, name, long, short] = /^(--([^=]+)|-([^-=]))=/s.exec(argument) ?? [];
    if (name === undefined) continue;
    const flag = Object.entries(flags).find(([id, { char }]) => id === long || (short !== undefined && char === short))?.[1];
    if (flag?.type === 'boolean') return name;
  }
  return null;
}
