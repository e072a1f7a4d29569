import { targetsArgument } from '../cli/arguments.js';
import { ECHO_TIMEOUT_MS } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { packetMethodFlag } from '../cli/packet-flags.js';
import { originOf, readFamily, readTargets } from '../cli/targets.js';

export default class Mtu extends MeasuringCommand {
  static override summary = 'the largest packet that gets through, and who or what limits it';
  static override description =
    `Packets that may not be cut are sent in growing and shrinking sizes until the largest that passes is known to the byte. Who announces the
limit is named; where larger ones vanish without a word, connections with segments of their own size tell in which direction.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> app.example.net',
    '<%= config.bin %> <%= command.id %> app.example.net:443 -6',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 --method udp',
  ];
  static override args = targetsArgument;
  static override flags = { ...familyFlags, ...sourceFlag, ...interfaceFlag, ...packetMethodFlag, ...labFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Mtu);
    const named = readTargets(argv, flags, 'mtu');
    const family = readFamily(flags, named);
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 ? named : (lab?.targets ?? []),
      family,
      origin: originOf(flags),
      policy: this.policy,
      host: false,
      mtu: { timeoutMs: flags.timeout ?? ECHO_TIMEOUT_MS, method: flags.method ?? 'auto', segments: 'always' },
    }));
  }
}
