import { targetsArgument } from '../cli/arguments.js';
import { ENUMERATION, EXCHANGE_TIMEOUT_MS } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { readTlsMaterial } from '../cli/pem-files.js';
import { expectingTls, originOf, readFamily, readTargets } from '../cli/targets.js';
import { enumerationFlags, handshakeFlags, pinFlag, tlsFlags, tlsPolicyFlag } from '../cli/tls-flags.js';
import { readTlsPolicy } from '../cli/tls-policy.js';
import type { TlsEnumerationOptions } from '../model/probe-options.js';
import { speaksTls, type Target } from '../model/target.js';

export default class Tls extends MeasuringCommand {
  static override summary = 'protocol, cipher, certificate chain, and what falls short of the limits';
  static override description =
    'One whole handshake, on port 443 where the target names none. A certificate that is not trusted is reported, not refused.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> app.example.net',
    '<%= config.bin %> <%= command.id %> 192.0.2.7:8443 --ca root.pem',
    '<%= config.bin %> <%= command.id %> mail.example.net:25',
    '<%= config.bin %> <%= command.id %> app.example.net --enumerate',
    '<%= config.bin %> <%= command.id %> app.example.net --policy intermediate',
  ];
  static override args = targetsArgument;
  static override flags = {
    ...tlsFlags,
    ...pinFlag,
    ...handshakeFlags,
    ...enumerationFlags,
    ...tlsPolicyFlag,
    ...familyFlags,
    ...sourceFlag,
    ...interfaceFlag,
    ...labFlag,
  };

  protected override expecting(target: Target): Target {
    return expectingTls(target);
  }

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Tls);
    const named = readTargets(argv, flags, 'tls').map(expectingTls);
    const family = readFamily(flags, named);
    const { ca, cert, key } = readTlsMaterial(flags);
    const rules = flags.policy === undefined ? null : await readTlsPolicy(flags.policy);
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 ? named : (lab?.targets ?? []).filter(speaksTls),
      family,
      origin: originOf(flags),
      policy: this.policy,
      host: false,
      tls: {
        servername: flags.servername ?? null,
        ca: [...ca, ...(lab?.ca ?? [])],
        cert,
        key,
        pins: flags.pin ?? [],
        timeoutMs: flags.timeout ?? EXCHANGE_TIMEOUT_MS,
        ...(flags.starttls === undefined ? { startTlsByPort: true } : { startTls: flags.starttls === 'none' ? null : flags.starttls }),
        sendServername: !flags['no-servername'],
        resumption: flags.resume,
        ...(flags.enumerate || rules !== null ? { enumerate: enumerationOf(flags) } : {}),
        ...(rules === null ? {} : { rules }),
      },
    }));
  }
}

function enumerationOf(flags: { concurrency?: number | undefined; 'max-connections'?: number | undefined }): TlsEnumerationOptions {
  return {
    ...ENUMERATION,
    concurrency: flags.concurrency ?? ENUMERATION.concurrency,
    maximumConnections: flags['max-connections'] ?? ENUMERATION.maximumConnections,
  };
}
