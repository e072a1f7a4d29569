import { string } from '@oclif/core/args';
import { boolean, custom } from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.js';
import { workingFolder } from '../cli/configuration/find.js';
import { VARIABLES } from '../cli/configuration/setting-kinds.js';
import { readManifest } from '../cli/manifest.js';
import { nearest } from '../cli/nearest.js';
import { quotedValue } from '../cli/quoted-value.js';
import { SCHEMAS } from '../cli/schemas.js';
import { UsageError } from '../cli/usage-error.js';

export default class Completion extends BaseCommand {
  static override readonly summary = 'a script that completes netdiag in bash, zsh, fish or PowerShell';

  static override readonly description =
    `Prints a script for the shell that is named. It is made from what this version of netdiag knows, starts nothing but netdiag itself, and that only where a configuration can have names for targets.
In bash, for this shell: source <(netdiag completion bash). To stay: save it as ~/.local/share/bash-completion/completions/netdiag, or source that file in ~/.bashrc. zsh: save it as _netdiag in a folder of fpath. fish: save it as ~/.config/fish/completions/netdiag.fish. PowerShell: append it to the file $PROFILE. After an update of netdiag, save it anew.`;

  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> bash > netdiag.bash',
    '<%= config.bin %> <%= command.id %> zsh > _netdiag',
    '<%= config.bin %> <%= command.id %> fish > netdiag.fish',
    '<%= config.bin %> <%= command.id %> powershell > netdiag.ps1',
  ];

  static override readonly args = {
    shell: string({ description: 'bash, zsh, fish or powershell', ignoreStdin: true }),
  };

  static override readonly flags = {
    targets: boolean({
      summary: 'in place of a script: the names that the configuration gives to targets, one a line; the scripts ask for them',
    }),
    config: custom<string>()({
      summary: 'with --targets: those of this file in place of a netdiag.yaml here or above',
      helpValue: '<file>',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Completion);
    if (flags.targets === true) {
      if (args.shell !== undefined) throw new UsageError('--targets: takes the place of a SHELL');
      const { configuredNames } = await import('../cli/configured-names.js');
      const variable = process.env[VARIABLES.config];
      const names = await configuredNames(flags.config ?? (variable === '' ? undefined : variable), workingFolder());
      return this.print(names.map((name) => `${name}\n`).join(''));
    }
    if (flags.config !== undefined) throw new UsageError('--config: belongs to --targets');
    const [{ COMPLETION_SCRIPTS, SHELLS }, { completionModel }, { EXPLANATIONS }] = await Promise.all([
      import('../cli/completion/scripts.js'),
      import('../cli/completion/model.js'),
      import('../diagnosis/explain.js'),
    ]);
    const shell = SHELLS.find((known) => known === args.shell);
    if (args.shell === undefined) throw new UsageError(`completion needs a SHELL: ${SHELLS.join(', ')}`);
    if (shell === undefined) {
      const near = nearest(args.shell, SHELLS);
      throw new UsageError(
        `${quotedValue(args.shell)}: no such shell; ${near === null ? `there are ${SHELLS.join(', ')}` : `did you mean ${near}?`}`,
      );
    }
    const words = { explain: EXPLANATIONS.map(({ term }) => term), completion: SHELLS, schema: Object.keys(SCHEMAS) };
    await this.print(COMPLETION_SCRIPTS[shell](completionModel(readManifest(), words)));
  }
}
