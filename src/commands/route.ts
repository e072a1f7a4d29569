import { targetsArgument } from '../cli/arguments.js';
import { ROUTE, ROUTE_FLOW_CYCLES } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { routeFlags } from '../cli/packet-flags.js';
import { originOf, readFamily, readTargets } from '../cli/targets.js';
import { UsageError } from '../cli/usage-error.js';

/** Each one is kept until the end, so that a late answer finds it. */
const MOST_PACKETS_PER_HOP = 1000;

export default class Route extends MeasuringCommand {
  static override summary = 'the path, hop by hop, without root';
  static override description =
    `Every hop is asked at once, and three times unless said otherwise, so that a path takes about a second. All packets look alike to routers that
spread load, so that they take one path; with --flows several paths are followed.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> app.example.net',
    '<%= config.bin %> <%= command.id %> app.example.net:443 --method tcp',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 --cycles 10',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 --flows 8 --max-hops 20 --no-names',
  ];
  static override args = targetsArgument;
  static override flags = { ...routeFlags, ...familyFlags, ...sourceFlag, ...interfaceFlag, ...labFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Route);
    const named = readTargets(argv, flags, 'route');
    const family = readFamily(flags, named);
    const flows = flags.flows ?? ROUTE.flows;
    const cycles = flags.cycles ?? (flows > 1 ? ROUTE_FLOW_CYCLES : ROUTE.cycles);
    if (flows * cycles > MOST_PACKETS_PER_HOP) {
      throw new UsageError(
        `--flows ${flows} --cycles ${cycles}: ${flows * cycles} packets to each hop; ${MOST_PACKETS_PER_HOP} are the most`,
      );
    }
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 ? named : (lab?.targets ?? []),
      family,
      origin: originOf(flags),
      policy: this.policy,
      host: false,
      route: {
        method: flags.method ?? ROUTE.method,
        flows,
        cycles,
        intervalMs: flags.interval ?? ROUTE.intervalMs,
        timeoutMs: flags.timeout ?? ROUTE.timeoutMs,
        maximumTtl: flags['max-hops'] ?? ROUTE.maximumTtl,
        names: flags.names,
      },
    }));
  }
}
