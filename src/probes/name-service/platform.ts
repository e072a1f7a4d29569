import type { DataOf } from '../../model/measurement.js';
import { readDarwinResolvers } from '../../net/machine/darwin-machine.js';
import { whyNot } from '../../net/machine/local-facts.js';
import { resolversOfPlatform } from '../../net/machine/platform-resolvers.js';
import { readWindows, WINDOWS_SOURCE, whyUnknown } from '../../net/machine/windows-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { readWindowsResolvers } from '../../wire/windows/names.js';

type Data = DataOf<'name-service'>;
type PlatformNames = Pick<Data, 'chain' | 'caches' | 'absent'>;

/** Programs ask this service of the system, which asks the servers, other ones for some domains. */
function chainOf(service: string, servers: readonly string[], routedDomains: number | null, source: string): Data['chain'] {
  const plain = { upstreams: [], routedDomains: null, dnsOverTls: null };
  return [
    {
      ...plain,
      server: service,
      askedBy: null,
      software: null,
      kind: servers.length === 0 ? 'no-upstream' : 'forwards',
      upstreams: [...servers],
      routedDomains,
      source,
    },
    ...servers.map((server) => ({ ...plain, server, askedBy: service, software: null, kind: 'elsewhere' as const, source: null })),
  ];
}

/** mDNSResponder asks for all programs, and keeps what it hears. Resolvers for single domains come from VPNs and /etc/resolver. */
export async function readNamesOfDarwin(local: LocalSystem, signal: AbortSignal): Promise<PlatformNames> {
  const [resolvers, main] = await Promise.all([readDarwinResolvers(local, signal), resolversOfPlatform(local)]);
  const absent = [{ fact: 'resolv.conf', because: 'macOS has it for old programs alone' }];
  if (resolvers.kind !== 'measured')
    return { chain: [], caches: [], absent: [...absent, { fact: 'resolvers of macOS', because: whyNot(resolvers) }] };
  const source = 'scutil --dns';
  const routed = resolvers.value.filter(
    ({ list, domain, multicast, servers }) => list === 'default' && domain !== null && !multicast && servers.length > 0,
  );
  const domains = new Set(routed.map(({ domain }) => domain));
  absent.push({ fact: 'DNS over TLS or HTTPS', because: 'macOS shows to nobody whether a profile asks for it' });
  return {
    chain: chainOf('mDNSResponder', main?.servers ?? [], domains.size, source),
    caches: [{ name: 'mDNSResponder', keeps: true, source }],
    absent,
  };
}

/** The service "DNS Client" (Dnscache) asks for all programs. Other servers for some names stand in the policy table. */
export async function readNamesOfWindows(local: LocalSystem, signal: AbortSignal): Promise<PlatformNames> {
  const [report, main] = await Promise.all([readWindows(local, 'links', signal), resolversOfPlatform(local)]);
  const resolvers = report.kind === 'measured' ? readWindowsResolvers(report.value) : null;
  const absent = [{ fact: 'resolv.conf', because: 'Windows has none' }];
  if (resolvers === null)
    return { chain: [], caches: [], absent: [...absent, { fact: 'resolvers of Windows', because: whyUnknown(report, 'dnsServers') }] };
  const { policies } = resolvers;
  const domains =
    policies === null ? null : new Set(policies.filter(({ servers }) => servers.length > 0).flatMap(({ names }) => names)).size;
  if (policies === null) absent.push({ fact: 'servers for single domains', because: whyUnknown(report, 'dnsPolicies') });
  return {
    chain: chainOf('Dnscache', main?.servers ?? [], domains, WINDOWS_SOURCE),
    caches: [{ name: 'Dnscache', keeps: null, source: WINDOWS_SOURCE }],
    absent,
  };
}
