import { string } from '@oclif/core/args';
import { BaseCommand } from '../../cli/base-command.js';
import { type ChosenFile, chooseConfiguration, isTrusted, NO_FILE, textOf, workingFolder } from '../../cli/configuration/find.js';
import { hideSecrets } from '../../cli/configuration/secrets.js';
import { VARIABLES } from '../../cli/configuration/setting-kinds.js';
import { configFlag } from '../../cli/flags.js';
import { UsageError } from '../../cli/usage-error.js';
import { escapeText } from '../../render/escape.js';

export default class ConfigCheck extends BaseCommand {
  static override summary = 'every mistake of a configuration, with line and column';
  static override description =
    'Reads the file, or the nearest netdiag.yaml, .yml or .json from here upwards, with the variables of the environment that it takes, and the files that it names. Sends nothing. Without a mistake it says what is in it; otherwise there is a line for each, FILE:LINE:COLUMN: REASON, and the exit status is 2.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> site.yaml'];
  static override args = { file: string({ description: 'the file; none: the one that other commands would take', ignoreStdin: true }) };
  static override flags = { ...configFlag };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(ConfigCheck);
    const typed = raw.some((token) => token.type === 'flag' && token.flag === 'config');
    if (args.file !== undefined && typed) throw new UsageError('config check: either FILE or --config names the file, not both');
    const chosen: ChosenFile | null =
      args.file === undefined
        ? chooseConfiguration(flags.config, typed ? '--config' : VARIABLES.config, workingFolder())
        : { path: args.file, by: 'config check' };
    if (chosen === null) {
      const said = flags.config === NO_FILE ? 'it was said that none is read' : 'there is no netdiag.yaml, .yml or .json here or above';
      throw new UsageError(`config check: ${said}; name a file`);
    }
    const text = textOf(chosen);
    const { readConfigurationText } = await import('../../cli/configuration/read.js');
    const { configuration, mistakes } = await readConfigurationText(text, chosen.path, {
      environment: process.env,
      trusted: isTrusted(chosen),
    });
    const file = escapeText(chosen.path);
    if (configuration !== null) {
      const { targets, profiles } = configuration;
      return this.print(`${file}: ${counted(targets.length, 'target')}, ${counted(profiles.size, 'profile')}, no mistake\n`);
    }
    process.exitCode = 2;
    const lines = mistakes.map(({ line, column, reason }) => `${[file, line ?? 1, column ?? 1].join(':')}: ${hideSecrets(reason)}\n`);
    await this.print(lines.join(''));
    await this.note(`config ${file}: ${counted(mistakes.length, 'mistake')}`);
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
