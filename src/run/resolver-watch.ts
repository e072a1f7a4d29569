import { randomBytes } from 'node:crypto';
import type { DataOf, MeasurementOf } from '../model/measurement.js';
import type { DnsServerOption } from '../model/probe-options.js';
import { dnsProbe } from '../probes/dns/index.js';
import { questionNotAsked } from '../probes/dns/measure.js';
import { type DnsPlan, planResolver } from '../probes/dns/plan.js';
import { portsProbe } from '../probes/ports/index.js';
import { portsNotTried } from '../probes/ports/measure.js';
import { measureSeries, seriesNotTried } from '../probes/resolver-watch/measure-series.js';
import {
  chooseReferences,
  ENCRYPTED_PORT,
  namesForReferences,
  namesLookedUp,
  nowhere,
  REFERENCE_PORT_TIMEOUT_MS,
  RESOLVER_PORT_TIMEOUT_MS,
  referenceQuestions,
  type SeriesPlan,
  SWEEP_SERIES_SPAN_MS,
  sweepSeries,
  WATCHED_RESOLVERS,
} from '../probes/resolver-watch/plan.js';
import { type DnsServer, parseDnsServer } from '../wire/dns/server.js';
import type { HeadStart } from './head-start.js';
import { targetsWithoutHostsFile } from './hosts-file-names.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';

/**
 * Beside everything else of the sweep: the resolvers that programs here ask, again and again for a name that is looked up anyway, and once for
 * one that cannot exist, and whether they take connections; and well-known resolvers, where there is a way to them, for the public names of the targets. Nothing where no
 * target has a name that is looked up here.
 *
 * @param onSilence called with a resolver of the machine that does not answer its first question in time
 */
export async function watchResolvers(
  request: RunRequest,
  environment: RunEnvironment,
  recorder: Recorder,
  host: DataOf<'host'>,
  targetsFirst: HeadStart,
  onSilence: (server: DnsServer, name: string) => void,
): Promise<void> {
  const { resolverWatch, proxy } = request;
  if (resolverWatch === undefined) return;
  const targets = await targetsWithoutHostsFile(request, environment);
  const proxies = proxy?.settings ?? null;
  const [first] = namesLookedUp(targets, proxies);
  const servers = host.resolvers.slice(0, WATCHED_RESOLVERS).flatMap((text) => parseDnsServer(text) ?? []);
  const knocks = () => servers.map((server) => recordConnection(server, environment, recorder));
  if (first === undefined) {
    // They are asked all the same, for a name that resolvers have in their cache: see `HostWork`.
    if (request.machine?.scope === 'all') await Promise.all(knocks());
    return;
  }
  const names = namesForReferences(targets, proxies);
  const references = names.length === 0 ? [] : chooseReferences(resolverWatch, host.resolvers, await reachable(request, environment));
  const quick = servers.map(() => new AbortController());
  await Promise.all([
    ...servers.map((server, index) =>
      recordSeries(
        sweepSeries(server, first.host),
        environment,
        recorder,
        () => onSilence(server, first.host),
        () => quick[index]?.abort(),
      ),
    ),
    ...servers.slice(0, 1).map((server) => askForNothing(server, quick[0]?.signal)),
    ...knocks(),
    askReferences(),
  ]);

  /**
   * One that does one thing after another must look for what does not exist too, and meanwhile answers nothing: it is not asked before it has
   * shown how quick it is, nor later than the last of its series.
   */
  async function askForNothing(server: DnsServer, isQuick: AbortSignal = environment.signal): Promise<void> {
    const { network, signal } = environment;
    await network.clock.sleep(SWEEP_SERIES_SPAN_MS, AbortSignal.any([signal, isQuick]));
    await recordQuestion({ ...planResolver(server, nowhere(randomLabel()), ONCE), from: 'system' }, environment, recorder);
  }

  async function askReferences(): Promise<void> {
    if (references.length === 0) return;
    await targetsFirst.over();
    const questions = referenceQuestions(names, references);
    await Promise.all(
      references.map(async (reference) => {
        const nothing = new AbortController();
        const port = recordEncryptedPort(reference, request, withSilence(environment, nothing.signal), recorder);
        const own = questions.filter(({ server }) => server === reference.address);
        const made = await Promise.all(own.map((plan) => recordQuestion(plan, environment, recorder)));
        // Where nothing at all answers, the port tells what the questions told.
        if (made.every(({ attempt }) => attempt.kind === 'unanswered')) nothing.abort();
        await port;
      }),
    );
  }
}

/** Longer than all that is waited for here. */
const PORT_TRY_MS = 2 * RESOLVER_PORT_TIMEOUT_MS;

function withSilence(environment: RunEnvironment, nothing: AbortSignal): RunEnvironment {
  const { givenUp } = environment;
  return { ...environment, givenUp: givenUp === undefined ? nothing : AbortSignal.any([givenUp, nothing]) };
}

/** A name that cannot exist is a small matter: it is not waited for longer than the sweep takes. */
const ONCE = { timeoutMs: 900, attempts: 1 } as const;

/** Addresses of references to which the kernel knows a way that leaves this machine. */
export async function reachable({ resolverWatch, origin, family }: RunRequest, { network }: RunEnvironment): Promise<ReadonlySet<string>> {
  const addresses = (resolverWatch?.references ?? [])
    .map(({ address }) => address)
    .filter((address) => family === null || (family === 6) === address.includes(':'));
  const ways = await Promise.all(addresses.map((address) => network.routes.lookup(address, origin)));
  return new Set(
    addresses.filter((_, index) => {
      const way = ways[index];
      return way?.kind === 'measured' && !way.value.loopback;
    }),
  );
}

/** 80 random bits: nobody has it registered, and no two runs ask for the same. */
export function randomLabel(): string {
  return `netdiag-${randomBytes(10).toString('hex')}`;
}

export async function recordSeries(
  plan: SeriesPlan,
  { network, signal }: RunEnvironment,
  recorder: Recorder,
  onSilence?: () => void,
  onQuick?: () => void,
): Promise<void> {
  await recorder.record({
    probe: 'dns',
    target: null,
    label: `resolver ${plan.question.server}`,
    measure: () => measureSeries(plan, { network, signal }, onSilence, onQuick),
    notTried: (attempt) => seriesNotTried(plan, attempt),
    // With all that was asked of it: see `judgeResolvers`.
    judge: null,
  });
}

export async function recordQuestion(
  plan: DnsPlan,
  { network, signal }: RunEnvironment,
  recorder: Recorder,
): Promise<MeasurementOf<'dns'>> {
  return recorder.record({
    probe: 'dns',
    target: null,
    label: `${plan.type} ${plan.name} at ${plan.server}`,
    measure: () => dnsProbe.measure(plan, { network, signal }),
    notTried: (attempt) => questionNotAsked(plan, attempt),
    judge: null,
  });
}

async function recordEncryptedPort(
  { address }: DnsServerOption,
  { origin }: RunRequest,
  { network, signal, givenUp }: RunEnvironment,
  recorder: Recorder,
): Promise<void> {
  const plan = { ...onePort(address, ENCRYPTED_PORT), timeoutMs: REFERENCE_PORT_TIMEOUT_MS, origin };
  await recorder.record({
    probe: 'ports',
    target: null,
    label: `encrypted DNS of ${address}`,
    measure: () => portsProbe.measure(plan, { network, signal, ...(givenUp === undefined ? {} : { givenUp }) }),
    notTried: (attempt) => portsNotTried(address, attempt),
    // Nobody here depends on it: see `judgeTransports`.
    judge: null,
  });
}

/** Whether a resolver takes connections: opened, and closed again without a word. */
async function recordConnection(
  { address, port }: DnsServer,
  { network, signal, givenUp }: RunEnvironment,
  recorder: Recorder,
): Promise<void> {
  // One try, in which the kernel has sent two segments by then: a second one would hold up the report.
  const over = new AbortController();
  const ended = new AbortController();
  void network.clock.sleep(RESOLVER_PORT_TIMEOUT_MS, AbortSignal.any([signal, ended.signal])).then(() => over.abort());
  const enough = givenUp === undefined ? over.signal : AbortSignal.any([givenUp, over.signal]);
  const plan = { ...onePort(address, port), timeoutMs: PORT_TRY_MS, origin: {} };
  await recorder.record({
    probe: 'ports',
    target: null,
    label: `DNS over TCP of ${address}`,
    measure: () => portsProbe.measure(plan, { network, signal, givenUp: enough }),
    notTried: (attempt) => portsNotTried(address, attempt),
    // With what it answers over UDP: see `judgeTcp`.
    judge: null,
  });
  ended.abort();
}

function onePort(address: string, port: number) {
  return { address, ports: [{ port, required: true }], udp: [], concurrency: 1, banner: false, firstWord: null, servername: null };
}
