import { BaseCommand } from '../../cli/base-command.js';

export default class ConfigSchema extends BaseCommand {
  static override summary = 'the JSON Schema of a configuration, for editors';
  static override description =
    'With it an editor completes keys and marks mistakes. In the first line of netdiag.yaml: "# yaml-language-server: $schema=FILE"; in a netdiag.json: the key "$schema".';
  static override examples = ['<%= config.bin %> <%= command.id %> > netdiag.schema.json'];

  async run(): Promise<void> {
    await this.parse(ConfigSchema);
    const { configurationJsonSchema } = await import('../../cli/configuration/schema.js');
    await this.print(`${JSON.stringify(configurationJsonSchema(), null, 2)}\n`);
  }
}
