import { targetsArgument } from '../cli/arguments.js';
import { bandwidthFlags } from '../cli/bandwidth-flags.js';
import { expectingBody, loadedTargets } from '../cli/bandwidth-targets.js';
import { BANDWIDTH, EXCHANGE_TIMEOUT_MS, LAB_BANDWIDTH_MS } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { requestOf } from '../cli/http-request.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { readTlsMaterial } from '../cli/pem-files.js';
import { originOf, readFamily } from '../cli/targets.js';
import { tlsFlags } from '../cli/tls-flags.js';
import { withExpectedRates } from '../model/policy.js';
import type { Target } from '../model/target.js';

export default class Bandwidth extends MeasuringCommand {
  static override summary = 'throughput by HTTP from and to your own server, and latency under that load';
  static override description =
    `Loads the line: a URL is downloaded over several connections at once for some seconds, then bodies are uploaded where --upload says
where to. The rate is that of the steady part, with the interval in which it lies; round trips are timed before and under load.
Ask it of servers of your own or of those who allow it, and mind lines that are paid for by volume. It goes directly, by no proxy.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> https://cdn.example.net/large.bin',
    '<%= config.bin %> <%= command.id %> https://app.example.net/down --upload /up',
    '<%= config.bin %> <%= command.id %> https://app.example.net/down --expect-down 100',
    '<%= config.bin %> <%= command.id %> http://192.0.2.7/down --duration 10s --max-bytes 1GB',
    '<%= config.bin %> <%= command.id %> --lab',
  ];
  static override args = targetsArgument;
  static override flags = { ...bandwidthFlags, ...tlsFlags, ...familyFlags, ...sourceFlag, ...interfaceFlag, ...labFlag };

  protected override expecting(target: Target): Target {
    return expectingBody(target);
  }

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Bandwidth);
    const { targets: named, down, up } = loadedTargets(argv, flags);
    const family = readFamily(flags, up !== null && 'target' in up ? [...named, up.target] : named);
    const { ca, cert, key } = readTlsMaterial(flags);
    const { headers } = requestOf(flags);
    await this.measure(flags, (lab) => {
      const inLab = lab !== null && named.length === 0;
      return {
        targets: inLab ? lab.downloads : named,
        family,
        origin: originOf(flags),
        policy: withExpectedRates(this.policy, { down: flags['expect-down'], up: flags['expect-up'] }),
        host: false,
        bandwidth: {
          down,
          up: inLab ? { path: flags.upload ?? lab.uploadPath } : up,
          durationMs: flags.duration ?? (inLab ? LAB_BANDWIDTH_MS : BANDWIDTH.durationMs),
          connections: flags.connections ?? BANDWIDTH.connections,
          maximumBytes: flags['max-bytes'] ?? BANDWIDTH.maximumBytes,
          method: flags.method ?? 'auto',
          headers,
          servername: flags.servername ?? null,
          ca: [...ca, ...(lab?.ca ?? [])],
          cert,
          key,
          timeoutMs: flags.timeout ?? EXCHANGE_TIMEOUT_MS,
        },
      };
    });
  }
}
