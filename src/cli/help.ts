import { CommandHelp, Help } from '@oclif/core/help';
import { SHARED_FLAGS } from './manifest.js';
import { renderRootHelp } from './root-help.js';

const WIDEST = 100;

/** oclif's help for a command, in the order in which flags were written, with a usage line that can be read at a glance. */
class OrderedCommandHelp extends CommandHelp {
  constructor(...[command, config, options]: ConstructorParameters<typeof CommandHelp>) {
    super(command, config, { ...options, flagSortOrder: 'none', maxWidth: Math.min(options.maxWidth, WIDEST) });
  }

  protected override defaultUsage(): string {
    const args = Object.values(this.command.args ?? {}).map((arg) => `[${arg.name.toUpperCase()}${arg.multiple ? '...' : ''}]`);
    return [this.command.id.replaceAll(':', ' '), ...args, '[flags]'].join(' ');
  }

  /** Without the summary, which the help begins with. A blank line parts paragraphs; other line ends are those of the source. */
  protected override description(): string | undefined {
    const { description } = this.command;
    return description === undefined ? undefined : this.wrap(description.replaceAll(/(?<!\n)\n(?!\n)/g, ' '));
  }

  protected override flags(flags: Parameters<CommandHelp['flags']>[0]): [string, string | undefined][] | undefined {
    const shared = flags.filter((flag) => SHARED_FLAGS.includes(flag.name));
    return super.flags([...flags.filter((flag) => !shared.includes(flag)), ...shared]);
  }

  /** oclif strips the indentation of the first entry, so that a flag without a short form would stand out of its column. */
  override renderList(input: (string | undefined)[][], options: Parameters<CommandHelp['renderList']>[1]): string {
    const lead = options.multiline === true ? '' : (/^ */.exec(input[0]?.[0] ?? '')?.[0] ?? '');
    return lead + super.renderList(input, options);
  }
}

/** Help for commands; that of the program as a whole is the same text which `netdiag --help` prints without loading oclif. */
export default class NetdiagHelp extends Help {
  protected override CommandHelpClass = OrderedCommandHelp;

  override formatRoot(): string {
    const commands = Object.fromEntries(this.config.commands.map((command) => [command.id, summaryOf(command)]));
    return renderRootHelp({ version: this.config.version, commands }, Math.min(WIDEST, this.opts.maxWidth));
  }

  protected override async showRootHelp(): Promise<void> {
    this.log(this.formatRoot().trimEnd());
  }
}

function summaryOf({ id, summary, hidden }: { id: string; summary?: string | undefined; hidden: boolean }) {
  return summary === undefined ? { id, hidden } : { id, summary, hidden };
}
