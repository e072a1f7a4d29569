import type { DnsProbeOptions, DnsServerOption, DnsTraceOptions } from '../model/probe-options.js';
import { addressFamily, parseHostOrUrl } from '../model/target.js';
import { readRootHints } from './root-hints.js';
import { UsageError } from './usage-error.js';

/** The flags that say how `netdiag dns` walks, and those that do not go with it. */
export interface TraceFlagValues {
  trace: boolean;
  'root-hints': string | undefined;
  'trace-port': number | undefined;
  ipv4: boolean;
  ipv6: boolean;
  compare?: boolean;
  server?: readonly unknown[] | undefined;
  transport?: DnsProbeOptions['transport'] | undefined;
  lab?: boolean;
}

/** What `--trace` asks for; `null` without it. Refuses what does not go together, before anything is sent. */
export function readTrace(flags: TraceFlagValues): DnsTraceOptions | null {
  if (!flags.trace) {
    if (flags['root-hints'] !== undefined || flags['trace-port'] !== undefined)
      throw new UsageError('--root-hints and --trace-port go with --trace');
    if (flags.ipv4 || flags.ipv6) throw new UsageError('-4 and -6 go with --trace; which records are asked for says --type');
    return null;
  }
  if (flags.ipv4 && flags.ipv6) throw new UsageError('-4 and -6: only one of them can be asked for');
  if (flags.compare === true) throw new UsageError('--compare and --trace exclude each other');
  if (flags.server !== undefined || flags.transport !== undefined)
    throw new UsageError('--server and --transport do not go with --trace: it asks the servers of each zone, over UDP and TCP');
  if (flags.lab === true && (flags['root-hints'] !== undefined || flags['trace-port'] !== undefined))
    throw new UsageError('--root-hints and --trace-port do not go with --lab, which has a server of its own');
  const { 'root-hints': path, 'trace-port': port } = flags;
  return { rootHints: path === undefined ? [] : readRootHints(path), ...(port === undefined ? {} : { port }) };
}

/** The server of the lab in place of the root: it serves one zone, and answers at once. */
export function traceInLab(servers: readonly Pick<DnsServerOption, 'address' | 'port'>[]): DnsTraceOptions {
  const [first] = servers;
  return {
    rootHints: servers.map(({ address }) => ({ name: '', addresses: [address] })),
    ...(first === undefined ? {} : { port: first.port }),
  };
}

/** What is asked where no type was named: one walk shows the delegations, a second one the same. */
export function traceTypes(inputs: readonly string[]): string[] {
  const addresses = inputs.some((input) => {
    const outcome = parseHostOrUrl(input);
    return outcome.ok && addressFamily(outcome.target.host) !== null;
  });
  return addresses ? [] : ['A'];
}
