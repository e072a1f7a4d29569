import { targetsArgument } from '../cli/arguments.js';
import { familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { pathFlag, roundTripFlags } from '../cli/packet-flags.js';
import { lossOf } from '../cli/round-trips.js';
import { originOf, readFamily, readTargets } from '../cli/targets.js';

export default class Loss extends MeasuringCommand {
  static override summary = 'how much is lost, duplicated or reordered, and with --path at which hop';
  static override description =
    `A hundred packets in two seconds unless said otherwise. The share that was lost comes with the interval in which the true one lies
with 95 % certainty: none lost of a hundred still leaves room for 3.6 %. Where some were lost and that interval does not tell whether the
loss is above the limit, more are sent, for 10 s at most; a count that is given is kept to.
With --path each hop on the way is probed beside the target, which shows where the loss begins.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> app.example.net',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 -c 1000 -i 10ms --fail-on warn',
    '<%= config.bin %> <%= command.id %> app.example.net --path',
    '<%= config.bin %> <%= command.id %> app.example.net:443 --method tcp',
  ];
  static override args = targetsArgument;
  static override flags = { ...roundTripFlags, ...pathFlag, ...familyFlags, ...sourceFlag, ...interfaceFlag, ...labFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Loss);
    const named = readTargets(argv, flags, 'loss');
    const family = readFamily(flags, named);
    const policy = this.policy;
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 ? named : (lab?.targets ?? []),
      family,
      origin: originOf(flags),
      policy,
      host: false,
      loss: lossOf(flags, policy.lossRatio.acceptable, Math.max(named.length, lab?.targets.length ?? 0)),
    }));
  }
}
