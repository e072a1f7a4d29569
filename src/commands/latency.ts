import { targetsArgument } from '../cli/arguments.js';
import { EXCHANGE_TIMEOUT_MS, LATENCY, PHASES, PORT_TIMEOUT_MS } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { budgetFlag, roundTripFlags } from '../cli/packet-flags.js';
import { roundTripsOf } from '../cli/round-trips.js';
import { originOf, readFamily, readTargets } from '../cli/targets.js';
import { withBudget } from '../model/policy.js';

export default class Latency extends MeasuringCommand {
  static override summary = 'how fast: round trips, jitter, and the DNS, TCP, TLS and first-byte phases';
  static override description =
    `Round trips by ICMP echo, with the kernel's time stamps where the system gives them, otherwise by datagrams or TCP connects: ten unless
said otherwise.
Where the target has a port, the phases of connections to it are timed too, five of them, or as
many as --count says. Of a name with several
addresses each one is tried, and the round trips are measured over IPv4 and over IPv6.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> app.example.net:443',
    '<%= config.bin %> <%= command.id %> 192.0.2.7 -c 50 -i 100ms --method icmp',
    '<%= config.bin %> <%= command.id %> https://api.example.net/ping -c 20 --budget 1ms,10ms,50ms',
  ];
  static override args = targetsArgument;
  static override flags = { ...roundTripFlags, ...budgetFlag, ...familyFlags, ...sourceFlag, ...interfaceFlag, ...labFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Latency);
    const named = readTargets(argv, flags, 'latency');
    const family = readFamily(flags, named);
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 ? named : (lab?.targets ?? []),
      family,
      origin: originOf(flags),
      policy: flags.budget === undefined ? this.policy : withBudget(this.policy, flags.budget),
      host: false,
      latency: roundTripsOf(flags, LATENCY),
      latencyOfEachFamily: true,
      addresses: { timeoutMs: flags.timeout ?? PORT_TIMEOUT_MS },
      phases: {
        timeoutMs: flags.timeout ?? EXCHANGE_TIMEOUT_MS,
        count: flags.count ?? PHASES.count,
        intervalMs: flags.interval ?? PHASES.intervalMs,
        lookup: { family },
      },
    }));
  }
}
