import { string } from '@oclif/core/args';
import { custom } from '@oclif/core/flags';
import { MeasuringCommand } from '../cli/measuring-command.js';
import * as kinds from '../cli/value-kinds.js';
import { offered, valued } from '../cli/valued.js';

export default class Verify extends MeasuringCommand {
  static override summary = 'a manifest of requirements, each passed or failed by its id';
  static override description =
    `Runs the steps of a manifest, each a command line of netdiag, and holds what they find against what the manifest expects: requirements, the test cases of each, and the checks of each case. What was not measured is not passed.
Without a MANIFEST: netdiag.requirements.yaml, .yml or .json in this folder or above. The whole manifest and every command line that is to be run are checked before anything is sent. --config, --profile and --timeout hold for the steps that say none.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> platform.requirements.yaml --only SYS-NETWORK-002',
    '<%= config.bin %> <%= command.id %> --output verified.xml --output verified.md',
  ];
  static override args = {
    manifest: string({ description: 'the manifest, YAML or JSON; none: the nearest netdiag.requirements.yaml', ignoreStdin: true }),
  };
  static override flags = {
    only: custom<string>(offered({ words: [] }))({
      summary: 'only the requirement, case or check of this id, with the cases that it needs; may be repeated',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<id>',
    }),
    from: custom<string>(offered({ words: [] }))({
      summary: 'only what the manifest checks from this place (from: in it), as in outside',
      helpValue: '<place>',
    }),
    jobs: custom<number>(valued(kinds.jobs))({
      summary: 'steps that run at the same time, 1 to 8 (1 unless said otherwise); more than one can make times longer',
      helpValue: '<number>',
    }),
  };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Verify);
    // The validator and the parser of YAML are loaded here alone.
    const [{ chooseManifest }, { loadManifest }, { chosen }, { planSteps }, { runManifest }, { refuseInputs }] = await Promise.all([
      import('../cli/verify/find.js'),
      import('../cli/verify/read.js'),
      import('../cli/verify/selection.js'),
      import('../cli/verify/plan-steps.js'),
      import('../cli/verify/run-manifest.js'),
      import('../cli/output-files.js'),
    ]);
    const from = flags.from ?? null;
    const loaded = await loadManifest(chooseManifest(args.manifest), process.env, from);
    refuseInputs(flags.output ?? [], loaded.paths, 'a file of the manifest');
    const manifest = chosen(loaded.manifest, flags.only ?? [], from);
    const checks = manifest.requirements.flatMap(({ cases }) => cases.flatMap((one) => one.checks));
    const typed = (name: string) => raw.findLast((token) => token.type === 'flag' && token.flag === name)?.input;
    const steps = await planSteps(
      loaded.steps,
      checks.map(({ step }) => step),
      this.config,
      { config: typed('config'), profile: typed('profile'), timeout: typed('timeout') },
    );
    const withLab = [...steps.values()].some(({ plan }) => plan.lab);
    await this.report(flags, withLab, (session) =>
      runManifest(manifest, { steps, session, jobs: flags.jobs ?? 1, policy: this.policy.name }),
    );
  }
}
