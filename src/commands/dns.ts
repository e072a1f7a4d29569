import { string } from '@oclif/core/args';
import { checkCompared, readComparison } from '../cli/dns-comparison.js';
import { anchorFlag, comparisonFlags, dnsFlags, traceFlags, validationFlags } from '../cli/dns-flags.js';
import { questionOptions } from '../cli/dns-options.js';
import { readQuestions } from '../cli/dns-questions.js';
import { readTrace, traceInLab, traceTypes } from '../cli/dns-trace.js';
import { familyFlags, labFlag } from '../cli/flags.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { readNameList } from '../cli/name-list.js';
import { readValidation } from '../cli/trust-anchors.js';
import { UsageError } from '../cli/usage-error.js';

export default class Dns extends MeasuringCommand {
  static override summary = 'what resolvers say, and how fast';
  static override description =
    `Asks each resolver of the system, or each --server, for every name and type. An address is asked for its reverse name.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> example.net --type A,AAAA,MX',
    '<%= config.bin %> <%= command.id %> example.net --server 192.0.2.53 --transport tcp',
    '<%= config.bin %> <%= command.id %> example.net --server https://dns.example.net/dns-query --nsid',
    '<%= config.bin %> <%= command.id %> --names names.txt --type A --server 192.0.2.53',
    '<%= config.bin %> <%= command.id %> example.net --compare --type A',
    '<%= config.bin %> <%= command.id %> www.example.net --trace',
  ];
  static override args = {
    name: string({ description: 'domain name, or an address for its reverse name', multiple: true, ignoreStdin: true }),
  };
  static override flags = { ...dnsFlags, ...validationFlags, ...comparisonFlags, ...traceFlags, ...familyFlags, ...anchorFlag, ...labFlag };

  protected override readonly takesHostsAlone = true;

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Dns);
    if (argv.length === 0 && flags.names === undefined && !flags.lab)
      throw new UsageError('dns needs a NAME: a domain name, or an address for its reverse name');
    const compare = readComparison(flags);
    const trace = readTrace(flags);
    const validate = readValidation(flags);
    if (validate !== undefined && (flags.compare || trace !== null)) throw new UsageError('--dnssec does not go with --compare or --trace');
    const given = [...argv.map(String), ...(flags.names === undefined ? [] : readNameList(flags.names))];
    const options = questionOptions(flags);
    const questions = readQuestions(given, flags.type ?? (trace !== null ? traceTypes(argv.map(String)) : []), { searched: flags.search });
    if (compare !== undefined) checkCompared(questions);
    await this.measure(flags, (lab) => ({
      targets: [],
      family: flags.ipv4 ? 4 : flags.ipv6 ? 6 : null,
      origin: {},
      policy: this.policy,
      host: false,
      dns: {
        names: questions.names.length > 0 ? questions.names : (lab?.targets ?? []).map((target) => target.host).filter(isName),
        types: questions.types,
        ...options,
        ...(validate === undefined ? {} : { validate }),
        servers: options.servers.length > 0 ? options.servers : (lab?.servers ?? []),
        ...(trace === null ? {} : { trace: lab === null ? trace : traceInLab(lab.servers) }),
        // In the lab nothing leaves this machine.
        ...(compare === undefined ? {} : { compare: { ...compare, wellKnown: compare.wellKnown && lab === null } }),
      },
    }));
  }
}

function isName(host: string): boolean {
  return /[a-z]/i.test(host) && !host.includes(':');
}
