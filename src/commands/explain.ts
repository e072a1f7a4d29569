import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.js';
import { nearest } from '../cli/nearest.js';
import { quotedValue } from '../cli/quoted-value.js';
import { screenColumns } from '../cli/streams.js';
import { describeTerminal } from '../cli/terminal.js';
import { UsageError } from '../cli/usage-error.js';

export default class ExplainCommand extends BaseCommand {
  static override readonly summary = 'what a code means, what causes it and what to do';

  static override readonly description =
    'Explains a code of a report, the name of an error (ECONNREFUSED) or a response code of the DNS (NXDOMAIN). Without one, lists them all. Sends nothing.';

  static override readonly examples = [
    '<%= config.bin %> explain mtu-blackhole',
    '<%= config.bin %> explain ECONNREFUSED',
    '<%= config.bin %> explain --json cert-expired',
  ];

  static override readonly args = {
    code: string({ description: 'a code, as mtu-blackhole, ECONNREFUSED or NXDOMAIN', ignoreStdin: true }),
  };

  static override readonly flags = {
    json: boolean({ summary: 'as JSON' }),
    'no-color': boolean({ summary: 'no colour; NO_COLOR and FORCE_COLOR are honoured too' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(ExplainCommand);
    const { EXPLANATIONS, explain } = await import('../diagnosis/explain.js');
    if (args.code === undefined) return this.printList(EXPLANATIONS, flags);

    const outcome = explain(args.code);
    if (!outcome.found) {
      const terms = EXPLANATIONS.map(({ term }) => term);
      const near = nearest(args.code, terms) ?? outcome.alike[0];
      const hint = near === undefined ? 'netdiag explain lists them all' : `did you mean ${near}?`;
      throw new UsageError(`${quotedValue(args.code)}: no such code; ${hint}`);
    }
    if (flags.json) return this.print(`${JSON.stringify(outcome.explanation, null, 2)}\n`);
    const { renderExplanation } = await import('../render/explanation.js');
    return this.print(renderExplanation(outcome.explanation, this.terminal(flags['no-color'])));
  }

  private async printList(
    explanations: readonly import('../diagnosis/explanation.js').Explanation[],
    flags: { json: boolean; 'no-color': boolean },
  ) {
    if (flags.json) {
      const list = explanations.map(({ term, kind, layer, title }) => ({ term, kind, layer, title }));
      return this.print(`${JSON.stringify(list, null, 2)}\n`);
    }
    const { renderExplanationList } = await import('../render/explanation.js');
    return this.print(renderExplanationList(explanations, this.terminal(flags['no-color'])));
  }

  private terminal(noColor: boolean) {
    const { env, platform, stdout } = process;
    return describeTerminal({ env, platform, isTTY: stdout.isTTY === true, columns: screenColumns() }, { noColor });
  }
}
