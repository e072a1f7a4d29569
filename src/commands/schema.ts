import { string } from '@oclif/core/args';
import { BaseCommand } from '../cli/base-command.js';
import { nearest } from '../cli/nearest.js';
import { quotedValue } from '../cli/quoted-value.js';
import { SCHEMAS } from '../cli/schemas.js';
import { UsageError } from '../cli/usage-error.js';

export default class Schema extends BaseCommand {
  static override summary = 'the JSON Schema of a report, or of a manifest of requirements';
  static override description =
    'With that of requirements an editor completes keys and marks mistakes. In the first line of netdiag.requirements.yaml: "# yaml-language-server: $schema=FILE"; in a netdiag.requirements.json: the key "$schema". That of a configuration is printed by config schema.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> > report.schema.json',
    '<%= config.bin %> <%= command.id %> requirements > requirements.schema.json',
  ];
  static override args = {
    kind: string({ description: `${Object.keys(SCHEMAS).join(' or ')}; none: report`, ignoreStdin: true }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(Schema);
    const names = Object.keys(SCHEMAS);
    const make = Object.hasOwn(SCHEMAS, args.kind ?? 'report') ? SCHEMAS[args.kind ?? 'report'] : undefined;
    if (make === undefined) {
      const near = nearest(args.kind ?? '', names);
      const hint = near === null ? `there are ${names.join(', ')}` : `did you mean ${near}?`;
      throw new UsageError(`${quotedValue(args.kind ?? '')}: no such schema; ${hint}`);
    }
    await this.print(`${JSON.stringify(await make(), null, 2)}\n`);
  }
}
