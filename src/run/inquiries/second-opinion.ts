import type { DnsProbeOptions, DnsServerOption } from '../../model/probe-options.js';
import { addressFamily, speaksTls, type Target } from '../../model/target.js';
import { comparisonNotMade, measureComparison } from '../../probes/dns-comparison/measure.js';
import { type DnsComparisonPlan, planComparisons } from '../../probes/dns-comparison/plan.js';
import { systemServers } from '../../probes/dns-comparison/system-servers.js';
import { WELL_KNOWN_SERVERS } from '../../probes/dns-comparison/well-known.js';
import { portsProbe } from '../../probes/ports/index.js';
import { portsNotTried } from '../../probes/ports/measure.js';
import { opinionsOf } from '../../probes/resolver-watch/opinions.js';
import { chooseReferences, namesForReferences } from '../../probes/resolver-watch/plan.js';
import { tlsProbe } from '../../probes/tls/index.js';
import { planTls } from '../../probes/tls/plan.js';
import { randomLabel, reachable } from '../resolver-watch.js';
import type { InquiryWork } from './inquiry-work.js';

/** Half of the time there is, for two datagrams or one exchange each; then what stands at the addresses is looked at. */
const QUESTION_MS = 700;
const ATTEMPTS = 2;
const SERVICE_MS = 900;

/** Addresses of a name that are tried besides those that this run went to. */
const TRIED_ADDRESSES = 4;

/**
 * What well-known resolvers say of the name, over UDP, TCP, TLS and HTTPS, beside those of this machine; and where they name other addresses,
 * what stands there. Only for names that are public by their look, and where there is a way to such a resolver.
 */
export async function secondOpinion(work: InquiryWork): Promise<string | null> {
  const { question, request, environment, host } = work;
  const { resolverWatch, proxy } = request;
  const own = host?.host?.data.resolvers ?? [];
  const names = new Set(namesForReferences(request.targets, proxy?.settings ?? null));
  const isAbout = ({ id }: Target) => id === question.target;
  const target = request.targets.find((one) => isAbout(one) && names.has(one.host)) ?? request.targets.find((one) => names.has(one.host));
  const references =
    target === undefined || resolverWatch === undefined ? [] : chooseReferences(resolverWatch, own, await reachable(request, environment));
  // Of two addresses that the own resolvers name, what stands there decides: whoever kept silent in the sweep is not waited for again.
  const addressesDecide = question.about.every((code) => code === 'dns-inconsistent') && keptSilent(references, work);
  if (target !== undefined && references.length > 0 && !addressesDecide) await compare(target, references, work);
  // Where the resolvers of this machine name different addresses, those are tried whoever else can be asked.
  const named = target ?? request.targets.find(isAbout);
  const tried = named === undefined ? false : await tryAddresses(named, own, work);
  if (references.length > 0 || tried) return null;
  if (target === undefined) return 'no target has a public name';
  const isForbidden = resolverWatch === undefined || resolverWatch.references.length === 0;
  return isForbidden ? 'no other resolver may be asked (--references)' : 'there is no way to another resolver';
}

/** Whether references were asked already, and none said anything, nor opened its encrypted port. */
function keptSilent(references: readonly DnsServerOption[], { recorder: { measurements } }: InquiryWork): boolean {
  const addresses = new Set(references.map(({ address }) => address));
  const asked = measurements.filter((made) => made.probe === 'dns' && made.data.from === 'well-known');
  const heard = measurements.some((made) => {
    if (made.probe === 'dns') return made.data.from === 'well-known' && made.data.rcode !== null;
    return made.probe === 'ports' && addresses.has(made.data.address ?? '') && made.data.ports.some(({ state }) => state === 'open');
  });
  return asked.length > 0 && !heard;
}

async function compare(
  target: Target,
  references: readonly DnsServerOption[],
  { request, environment, recorder }: InquiryWork,
): Promise<void> {
  const { network, signal } = environment;
  const wellKnown = references.flatMap((reference) => overEachTransport(reference));
  const options: DnsProbeOptions = {
    names: [target.host],
    types: ['A', 'AAAA'],
    servers: [],
    transport: 'udp',
    timeoutMs: QUESTION_MS,
    attempts: ATTEMPTS,
    ca: request.resolverWatch?.ca ?? [],
    compare: { wellKnown: true, warmCount: 0, servers: wellKnown },
  };
  const system = systemServers(await network.names.resolvers());
  // Names that do not exist are put to the own resolver alone, in the sweep: nobody else hears what is below the domain.
  const plans = planComparisons(options, system, { ipv4: true, ipv6: true }, randomLabel).map((plan) => ({
    ...plan,
    nonexistentNames: [],
  }));
  const record = (plan: DnsComparisonPlan) =>
    recorder.record({
      probe: 'dns-comparison',
      target: target.id,
      label: `${plan.type} ${plan.name}`,
      measure: () => measureComparison(plan, { network, signal }),
      notTried: (attempt) => comparisonNotMade(plan, attempt),
      // With all else that was heard of the name: see `judgeNames`.
      judge: null,
    });
  await Promise.all(plans.map(record));
}

/** The same operator by every way that he is known to serve; one that nobody knows is tried by all of them, under its address. */
function overEachTransport(reference: DnsServerOption): DnsServerOption[] {
  const { address, port, label } = reference;
  const named = WELL_KNOWN_SERVERS.find((server) => server.label === label && server.servername !== undefined)?.servername;
  const known = { address, from: 'well-known' as const, label: label ?? address };
  const encrypted = named === undefined ? {} : { servername: named };
  return [
    { ...known, port, transport: 'udp' },
    { ...known, port, transport: 'tcp' },
    { ...known, port: 853, transport: 'tls', ...encrypted },
    { ...known, port: 443, transport: 'https', ...encrypted },
  ];
}

/**
 * What stands at the addresses that others name: the service itself, where it can be connected to and shows a certificate for the name.
 *
 * @returns whether there were any
 */
async function tryAddresses(
  target: Target,
  resolvers: readonly string[],
  { request, environment, recorder, outcome }: InquiryWork,
): Promise<boolean> {
  const { port } = target;
  const { network, signal } = environment;
  const { own, plain, encrypted } = opinionsOf(target.host, resolvers, recorder.measurements);
  const used = outcome?.address ?? null;
  const named = [...encrypted, ...plain, ...own].flatMap(({ addresses, type }) => (type === 'A' || type === 'AAAA' ? addresses : []));
  const others = [...new Set(named)].filter((address) => address !== used && addressFamily(address) !== null);
  const told = [...encrypted, ...plain, ...own].filter(({ addresses }) => addresses.length > 0);
  const contested = told.some((one) =>
    told.some(({ type, addresses }) => type === one.type && !addresses.some((address) => one.addresses.includes(address))),
  );
  if (port === null || others.length === 0 || !contested || signal.aborted) return false;
  const { origin, tls } = request;
  await Promise.all(
    others.slice(0, TRIED_ADDRESSES).map(async (address) => {
      if (tls !== undefined && speaksTls(target)) {
        // Whoever stands there was named by a stranger: no client certificate is shown to him.
        const plan = planTls(target, address, { ...tls, cert: null, key: null, timeoutMs: SERVICE_MS, pins: [] }, origin);
        if (plan === null) return;
        await recorder.record({
          probe: 'tls',
          target: null,
          label: `${target.host} at ${address}`,
          measure: () => tlsProbe.measure(plan, { network, signal }),
          notTried: (attempt) => tlsProbe.notTried(address, attempt),
          judge: null,
        });
        return;
      }
      const ports = [{ port, required: true }];
      const plan = {
        address,
        ports,
        udp: [],
        timeoutMs: SERVICE_MS,
        concurrency: 1,
        banner: false,
        firstWord: null,
        servername: null,
        origin,
      };
      await recorder.record({
        probe: 'ports',
        target: null,
        label: `${target.host} at ${address}`,
        measure: () => portsProbe.measure(plan, { network, signal }),
        notTried: (attempt) => portsNotTried(address, attempt),
        judge: null,
      });
    }),
  );
  return true;
}
