import { targetsArgument } from '../cli/arguments.js';
import { PORT_CONCURRENCY, PORT_TIMEOUT_MS, SURVEYED_TOP_PORTS } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { readListening } from '../cli/listening.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { portFlags } from '../cli/packet-flags.js';
import { joinPortLists, type PortList } from '../cli/port-list.js';
import { originOf, readFamily, readTargets } from '../cli/targets.js';
import { TOP_PORTS } from '../cli/top-ports.js';

export default class Ports extends MeasuringCommand {
  static override summary = 'which ports are open, closed, filtered or rejected, and what listens here';
  static override description =
    `A port that is named by its number, with -p or in the target, must be open, or its check fails. A range or --top is a survey: it reports
states and fails nothing. Where no port is named at all, the ${SURVEYED_TOP_PORTS} most common ones are surveyed.
With --listening: what listens on this machine, whose it is, and who can reach it.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> db.example.net -p 5432',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 -p 22,80,443,8000-8100',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 --top 20 --no-banner',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 -p U:53,123,161',
    '<%= config.bin %> <%= command.id %> --listening',
    '<%= config.bin %> <%= command.id %> --listening -p 3000,8080',
    '<%= config.bin %> <%= command.id %> --listening --expect 5432:postgres@loopback,443',
  ];
  static override args = targetsArgument;
  static override flags = { ...portFlags, ...familyFlags, ...sourceFlag, ...interfaceFlag, ...labFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Ports);
    const listening = readListening(flags, argv);
    if (listening !== null) {
      await this.measure(flags, () => ({ targets: [], family: null, origin: {}, policy: this.policy, host: false, listening }));
      return;
    }
    const named = readTargets(argv, flags, 'ports');
    const family = readFamily(flags, named);
    const lists: PortList[] = [...(flags.ports ?? [])];
    if (flags.top !== undefined) lists.push(survey(flags.top));
    await this.measure(flags, (lab) => {
      const targets = named.length > 0 ? named : (lab?.targets ?? []);
      const usual =
        lab === null ? survey(SURVEYED_TOP_PORTS) : { required: [lab.ports.open], surveyed: [lab.ports.closed, lab.ports.silent] };
      const nothingNamed = lists.length === 0 && (lab !== null || targets.some((target) => target.port === null));
      return {
        targets,
        family,
        origin: originOf(flags),
        policy: this.policy,
        host: false,
        ports: {
          ...joinPortLists(nothingNamed ? [usual] : lists),
          timeoutMs: flags.timeout ?? PORT_TIMEOUT_MS,
          concurrency: PORT_CONCURRENCY,
          banner: flags.banner,
        },
      };
    });
  }
}

function survey(top: number): PortList {
  return { required: [], surveyed: TOP_PORTS.slice(0, top) };
}
