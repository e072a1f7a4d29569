import { targetsArgument } from '../cli/arguments.js';
import { EXCHANGE_TIMEOUT_MS } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, pinFlag, sourceFlag, tlsFlags } from '../cli/flags.js';
import { MeasuringCommand, policyOf } from '../cli/measuring-command.js';
import { readTlsMaterial } from '../cli/pem-files.js';
import { expectingTls, originOf, readFamily, readTargets } from '../cli/targets.js';
import { speaksTls } from '../model/target.js';

export default class Tls extends MeasuringCommand {
  static override summary = 'protocol, cipher, certificate chain, and what falls short of the limits';
  static override description =
    'One whole handshake, on port 443 where the target names none. A certificate that is not trusted is reported, not refused.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> app.example.net',
    '<%= config.bin %> <%= command.id %> 192.0.2.7:8443 --ca root.pem',
  ];
  static override args = targetsArgument;
  static override flags = { ...tlsFlags, ...pinFlag, ...familyFlags, ...sourceFlag, ...interfaceFlag, ...labFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Tls);
    const named = readTargets(argv, flags, 'tls').map(expectingTls);
    const family = readFamily(flags, named);
    const { ca, cert, key } = readTlsMaterial(flags);
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 ? named : (lab?.targets ?? []).filter(speaksTls),
      family,
      origin: originOf(flags),
      policy: policyOf(flags.profile),
      host: false,
      tls: {
        servername: flags.servername ?? null,
        ca: [...ca, ...(lab?.ca ?? [])],
        cert,
        key,
        pins: flags.pin ?? [],
        timeoutMs: flags.timeout ?? EXCHANGE_TIMEOUT_MS,
      },
    }));
  }
}
