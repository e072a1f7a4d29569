import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.js';
import { languageFlag, profileFlag } from '../cli/flags.js';
import { nearest } from '../cli/nearest.js';
import { type ProfileQuestion, profileQuestion } from '../cli/profile-question.js';
import { quotedValue } from '../cli/quoted-value.js';
import { readerLanguage, readerWords } from '../cli/reader-words.js';
import { screenColumns } from '../cli/streams.js';
import { describeTerminal } from '../cli/terminal.js';
import { UsageError } from '../cli/usage-error.js';
import type { ExplainOutcome, Meaning } from '../diagnosis/explain.js';
import type { Explanation } from '../diagnosis/explanation.js';
import type { RenderOptions } from '../render/options.js';
import type { Language } from '../words/index.js';

interface OutputFlags {
  json: boolean;
  lang: Language | undefined;
  'no-color': boolean;
}

type Found = Extract<ExplainOutcome, { found: true }>;

export default class ExplainCommand extends BaseCommand {
  static override readonly summary = 'what a code means, what causes it and what to do; what a profile asks for';

  static override readonly description =
    `Explains a code of a report, an error of the system (ECONNREFUSED, 111), a TLS alert, a response code or extended error of the DNS, a status of HTTP, a message of ICMP, or an error code of the programs that a profile is made for. Without one, lists them all. Sends nothing.
With --profile alone, or "profile NAME", shows the limits of that profile, each with its source; "profiles" lists the profiles.
A number can mean several things: say which kind it is of, as in "http 429", "errno 111", "alert 48", "rcode 2", "ede 6" or "icmp 3/4".`;

  static override readonly examples = [
    '<%= config.bin %> explain mtu-blackhole',
    '<%= config.bin %> explain ECONNREFUSED',
    '<%= config.bin %> explain http 503',
    '<%= config.bin %> explain 4756 --profile trading',
    '<%= config.bin %> explain profiles',
    '<%= config.bin %> explain --profile trading',
    '<%= config.bin %> explain --json cert-expired',
  ];

  static override readonly args = {
    code: string({ description: 'a code, as mtu-blackhole, ECONNREFUSED, NXDOMAIN, "http 429" or 111', ignoreStdin: true }),
  };

  /** `http 429` are two words of the command line. */
  static override readonly strict = false;

  static override readonly flags = {
    ...profileFlag,
    ...languageFlag,
    json: boolean({ summary: 'as JSON' }),
    'no-color': boolean({ summary: 'no colour; NO_COLOR and FORCE_COLOR are honoured too' }),
  };

  override async run(): Promise<void> {
    const { argv, flags } = await this.parse(ExplainCommand);
    const aboutProfile = profileQuestion(argv.map(String), flags.profile);
    if (aboutProfile !== null) return this.printProfiles(aboutProfile, flags);
    const { EXPLANATIONS, explain } = await import('../diagnosis/explain.js');
    if (argv.length === 0) return this.printList(EXPLANATIONS, flags);

    const asked = argv.join(' ');
    const outcome = explain(asked, flags.profile ?? null);
    if (outcome.found) return this.printOne(outcome, flags);
    if (outcome.meanings.length > 0) return this.printMeanings(asked, outcome.meanings, flags);
    const terms = EXPLANATIONS.flatMap(({ term, alsoCalled }) => [term, ...alsoCalled.filter((name) => /[A-Za-z]/.test(name))]);
    const near = (/[A-Za-z]/.test(asked) ? nearest(asked, terms) : null) ?? outcome.alike[0];
    const hint = near === undefined ? 'netdiag explain lists them all' : `did you mean ${near}?`;
    throw new UsageError(`${quotedValue(asked)}: no such code; ${hint}`);
  }

  private async printOne({ explanation, others }: Found, flags: OutputFlags) {
    const means = others.map(({ ask, explanation: { kind, title } }) => ({ ask, kind, title }));
    if (flags.json) return this.print(`${JSON.stringify(means.length === 0 ? explanation : { ...explanation, means }, null, 2)}\n`);
    const { renderExplanation } = await import('../render/explanation.js');
    return this.print(renderExplanation(explanation, await this.reader(flags), others));
  }

  /** A number of several kinds: all of them, and how to ask for one. */
  private async printMeanings(asked: string, meanings: readonly Meaning[], flags: OutputFlags) {
    if (flags.json) {
      const list = meanings.map(({ ask, explanation: { term, kind, layer, title, numbers } }) => ({
        ask,
        term,
        kind,
        layer,
        title,
        numbers,
      }));
      return this.print(`${JSON.stringify({ asked, meanings: list }, null, 2)}\n`);
    }
    const { renderMeanings } = await import('../render/explanation.js');
    return this.print(renderMeanings(quotedValue(asked), meanings, await this.reader(flags)));
  }

  private async printList(explanations: readonly Explanation[], flags: OutputFlags) {
    if (flags.json) {
      const list = explanations.map(({ term, kind, layer, title, numbers }) => ({ term, kind, layer, title, numbers }));
      return this.print(`${JSON.stringify(list, null, 2)}\n`);
    }
    const { renderExplanationList } = await import('../render/explanation.js');
    return this.print(renderExplanationList(explanations, await this.reader(flags)));
  }

  private async printProfiles(asked: ProfileQuestion, flags: OutputFlags) {
    const [{ profileFacts }, { POLICIES }] = await Promise.all([import('../model/profile-facts.js'), import('../model/policy.js')]);
    const all = Object.values(POLICIES).map(({ name: profile, summary }) => ({ profile, summary }));
    if (flags.json) return this.print(`${JSON.stringify(asked.kind === 'all' ? all : profileFacts(asked.policy), null, 2)}\n`);
    const { renderProfile, renderProfileList } = await import('../render/profile-page.js');
    const terminal = await this.reader(flags);
    return this.print(asked.kind === 'all' ? renderProfileList(all, terminal) : renderProfile(profileFacts(asked.policy), terminal));
  }

  /** Who reads it: on what screen, in what language. */
  private async reader(flags: OutputFlags): Promise<RenderOptions> {
    const { env, platform, stdout } = process;
    const screen = describeTerminal(
      { env, platform, isTTY: stdout.isTTY === true, columns: screenColumns() },
      { noColor: flags['no-color'] },
    );
    return { ...screen, ...(await readerWords(readerLanguage(flags.lang), screen.unicode)) };
  }
}
