import type { DnsProbeOptions } from '../model/probe-options.js';
import type { ClientSubnet } from '../wire/dns/edns.js';
import { DNS_ATTEMPTS, DNS_TIMEOUT_MS } from './defaults.js';
import { type GivenServer, serverOptions } from './dns-servers.js';
import { readTlsMaterial } from './pem-files.js';
import { UsageError } from './usage-error.js';

/** The flags of `netdiag dns` that say how is asked. */
export interface DnsQuestionFlags {
  server: GivenServer[] | undefined;
  transport: DnsProbeOptions['transport'] | undefined;
  timeout: number | undefined;
  retries: number | undefined;
  search: boolean;
  bufsize: number | undefined;
  edns: boolean;
  'dnssec-ok': boolean;
  nsid: boolean;
  subnet: ClientSubnet | undefined;
  recurse: boolean;
  check: boolean;
  ca: string[] | undefined;
}

/** Largest answer asked for over UDP unless said otherwise: it passes an IPv6 path of 1280 bytes in one piece (RFC 9715). */
const UDP_PAYLOAD_BYTES = 1232;

/** How is asked, by the flags. Refuses those that contradict each other. */
export function questionOptions(flags: DnsQuestionFlags): Omit<DnsProbeOptions, 'names' | 'types'> {
  const transport = flags.transport ?? 'udp';
  const { ca } = readTlsMaterial({ ca: flags.ca });
  const edns = ednsOf(flags);
  return {
    servers: serverOptions(flags.server ?? [], transport),
    transport,
    timeoutMs: flags.timeout ?? DNS_TIMEOUT_MS,
    attempts: flags.retries === undefined ? DNS_ATTEMPTS : flags.retries + 1,
    ...(edns === undefined ? {} : { edns }),
    ...(flags.recurse ? {} : { recursionDesired: false }),
    ...(flags.check ? {} : { checkingDisabled: true }),
    ...(ca.length === 0 ? {} : { ca }),
    ...(flags.search ? { search: true } : {}),
  };
}

/** `undefined`: as usual. */
function ednsOf(flags: DnsQuestionFlags): DnsProbeOptions['edns'] {
  const { bufsize, nsid, subnet } = flags;
  const asked = { bufsize: bufsize !== undefined, 'dnssec-ok': flags['dnssec-ok'], nsid, subnet: subnet !== undefined };
  const flag = Object.entries(asked).find(([, given]) => given)?.[0];
  if (!flags.edns) {
    if (flag !== undefined) throw new UsageError(`--${flag}: is told by EDNS, which --no-edns leaves out`);
    return null;
  }
  if (flag === undefined) return undefined;
  return { udpPayloadBytes: bufsize ?? UDP_PAYLOAD_BYTES, dnssecOk: flags['dnssec-ok'], nameServerId: nsid, clientSubnet: subnet ?? null };
}
