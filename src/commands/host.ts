import { targetsArgument } from '../cli/arguments.js';
import { HOST } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, sourceFlag } from '../cli/flags.js';
import { hostFlags } from '../cli/host-flags.js';
import { proxyFlags } from '../cli/http-flags.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { proxySettingsOf } from '../cli/proxies.js';
import { quotedValue } from '../cli/quoted-value.js';
import { distinctTargets, originOf, readFamily, readTarget } from '../cli/targets.js';
import { UsageError } from '../cli/usage-error.js';
import { addressFamily } from '../model/target.js';

export default class Host extends MeasuringCommand {
  static override summary = "this machine's own network: links, routes, names, clock, kernel, firewall";
  static override description =
    `Reads what this machine knows of itself, and asks no one but its gateways, resolvers, proxies and time servers. Changes nothing.
With a TARGET: which way its packets would take, what the hosts file and the firewall say about it. Nothing is sent to it.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --passive',
    '<%= config.bin %> <%= command.id %> app.example.net:443',
    '<%= config.bin %> <%= command.id %> --expect 22,5432:postgres@loopback',
    '<%= config.bin %> <%= command.id %> --profile trading',
  ];
  static override args = targetsArgument;
  static override flags = { ...hostFlags, ...proxyFlags, ...familyFlags, ...sourceFlag, ...interfaceFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Host);
    const targets = distinctTargets(argv.map((argument) => readTarget(String(argument))));
    const named = targets.find(({ host }) => addressFamily(host) === null);
    if (flags.passive && named !== undefined) {
      throw new UsageError(`--passive: the name of target ${quotedValue(named.id)} would have to be looked up; give its address`);
    }
    if (flags.passive && (flags['time-server'] ?? flags['date-from'] ?? flags.stun) !== undefined) {
      throw new UsageError('--passive: sends nothing; it does not go with --time-server, --date-from or --stun');
    }
    const family = readFamily(flags, targets);
    const expected = flags.expect?.flatMap(({ entries }) => entries) ?? null;
    const proxies = proxySettingsOf(flags, []);
    await this.measure(flags, () => ({
      targets,
      family,
      origin: originOf(flags),
      policy: this.policy,
      host: true,
      listening: { asked: null, expected },
      machine: {
        scope: 'all',
        passive: flags.passive,
        timeoutMs: flags.timeout ?? HOST.timeoutMs,
        windowMs: HOST.windowMs,
        timeServers: flags['time-server'] ?? null,
        datePages: flags['date-from'] ?? [],
        stunServer: flags.stun ?? null,
        proxies,
        expected,
        cacheName: HOST.cacheName,
      },
    }));
  }
}
