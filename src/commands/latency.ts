import { targetsArgument } from '../cli/arguments.js';
import { EXCHANGE_TIMEOUT_MS, LATENCY } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, roundTripFlags, sourceFlag } from '../cli/flags.js';
import { MeasuringCommand, policyOf } from '../cli/measuring-command.js';
import { roundTripsOf } from '../cli/round-trips.js';
import { originOf, readFamily, readTargets } from '../cli/targets.js';

export default class Latency extends MeasuringCommand {
  static override summary = 'how fast: round trips, jitter, and the DNS, TCP, TLS and first-byte phases';
  static override description =
    `Round trips by ICMP echo, with the kernel's time stamps where the system gives them, otherwise by TCP connects.
Where the target has a port, the phases of one connection to it are timed too.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> app.example.net:443',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 -c 50 -i 100ms --method icmp',
  ];
  static override args = targetsArgument;
  static override flags = { ...roundTripFlags, ...familyFlags, ...sourceFlag, ...interfaceFlag, ...labFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Latency);
    const named = readTargets(argv, flags, 'latency');
    const family = readFamily(flags, named);
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 ? named : (lab?.targets ?? []),
      family,
      origin: originOf(flags),
      policy: policyOf(flags.profile),
      host: false,
      latency: roundTripsOf(flags, LATENCY),
      phases: { timeoutMs: flags.timeout ?? EXCHANGE_TIMEOUT_MS },
    }));
  }
}
