import { string } from '@oclif/core/args';
import { DNS_ATTEMPTS, DNS_TIMEOUT_MS } from '../cli/defaults.js';
import { readQuestions } from '../cli/dns-questions.js';
import { dnsFlags, labFlag } from '../cli/flags.js';
import { MeasuringCommand, policyOf } from '../cli/measuring-command.js';
import { UsageError } from '../cli/usage-error.js';

export default class Dns extends MeasuringCommand {
  static override summary = 'what resolvers say, and how fast';
  static override description =
    `Asks each resolver of the system, or each --server, for every name and type. An address is asked for its reverse name.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> example.net --type A,AAAA,MX',
    '<%= config.bin %> <%= command.id %> example.net --server 192.0.2.53 --transport tcp',
  ];
  static override args = {
    name: string({ description: 'domain name, or an address for its reverse name', multiple: true, ignoreStdin: true }),
  };
  static override flags = { ...dnsFlags, ...labFlag };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Dns);
    if (argv.length === 0 && !flags.lab) throw new UsageError('dns needs a NAME: a domain name, or an address for its reverse name');
    const questions = readQuestions(argv.map(String), flags.type ?? []);
    await this.measure(flags, (lab) => ({
      targets: [],
      family: null,
      origin: {},
      policy: policyOf(flags.profile),
      host: false,
      dns: {
        names: questions.names.length > 0 ? questions.names : (lab?.targets ?? []).map((target) => target.host).filter(isName),
        types: questions.types,
        servers: flags.server ?? lab?.servers ?? [],
        transport: flags.transport ?? 'udp',
        timeoutMs: flags.timeout ?? DNS_TIMEOUT_MS,
        attempts: DNS_ATTEMPTS,
      },
    }));
  }
}

function isName(host: string): boolean {
  return /[a-z]/i.test(host) && !host.includes(':');
}
