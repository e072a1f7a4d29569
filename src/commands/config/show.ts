import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { settingsOf } from '../../cli/configuration/command-settings.js';
import { renderSettings, settingsInForce } from '../../cli/configuration/show.js';
import { configFlag, languageFlag, outputFlags, runProfileFlag, timeoutFlag } from '../../cli/flags.js';
import { referencesFlag } from '../../cli/resolver-references.js';

export default class ConfigShow extends BaseCommand {
  static override summary = 'what a run would go by, and who says so';
  static override description =
    'The settings that hold for a command with these flags, each with where it comes from: a flag, the environment, the file, the profile, or the program itself, in this order. Then the targets of the file with what they are held against. Sends nothing; secrets are not shown.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --profile trading --json'];
  static override flags = {
    ...configFlag,
    ...runProfileFlag,
    ...timeoutFlag,
    ...referencesFlag,
    ...languageFlag,
    format: outputFlags.format,
    'fail-on': outputFlags['fail-on'],
    json: boolean({ summary: 'as JSON' }),
  };

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(ConfigShow);
    const typed = new Set(raw.flatMap((token) => (token.type === 'flag' ? [token.flag] : [])));
    // Here it is the form of this page, and says nothing of reports.
    const settings = await settingsOf({ ...flags, json: false }, typed);
    const shown = settingsInForce(settings);
    if (flags.json) return this.print(`${JSON.stringify(shown, null, 2)}\n`);
    await this.print(renderSettings(shown));
  }
}
