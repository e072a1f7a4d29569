import { BaseCommand } from '../cli/base-command.js';

export default class Schema extends BaseCommand {
  static override summary = 'the JSON Schema of a report';
  static override examples = ['<%= config.bin %> <%= command.id %> > report.schema.json'];

  async run(): Promise<void> {
    await this.parse(Schema);
    const { reportJsonSchema } = await import('../model/report.js');
    await this.print(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
  }
}
