import { measured } from '../model/attempt.js';
import type { MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { addressFamily, type Target } from '../model/target.js';
import type { RouteLookup } from '../net/port.js';
import { dnsProbe } from '../probes/dns/index.js';
import { judgeResolvers, serversThatAnswered } from '../probes/dns/judge-resolvers.js';
import { questionNotAsked } from '../probes/dns/measure.js';
import { type DnsPlan, planResolver } from '../probes/dns/plan.js';
import { judgeHost } from '../probes/host/judge.js';
import { judgeGateway, judgeKnownGateway } from '../probes/host/judge-gateway.js';
import { type BeyondGateway, judgeUpstreams } from '../probes/host/judge-upstream.js';
import { judgeWays, type OtherLink } from '../probes/host/judge-ways.js';
import { hostNotMeasured, measureHost } from '../probes/host/measure.js';
import { latencyProbe } from '../probes/latency/index.js';
import { latencyNotTried } from '../probes/latency/measure.js';
import { WARMUP_COUNT } from '../probes/latency/plan.js';
import { referencesAreHeard } from '../probes/resolver-watch/judge-transports.js';
import { PING_PAYLOAD_BYTES } from '../probes/round-trip/plan.js';
import { parseDnsServer } from '../wire/dns/server.js';
import {
  type AskedResolver,
  endByGateway,
  needsBeyond,
  referencesAsked,
  refusedReferences,
  resolversBeyond,
  scopedGateway,
  speaksItself,
  targetsBeyond,
  timeServersBeyond,
} from './beyond-gateway.js';
import { targetsWithoutHostsFile } from './hosts-file-names.js';
import { endOfReference, routersBeyond } from './paths-beyond.js';
import type { QuietLane } from './quiet-lane.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';
import { silentWay } from './silent-way.js';
import type { TargetOutcome } from './target-outcome.js';
import { defaultsBeside, defaultsBesideDead, strangeNeighbors } from './ways-beside.js';

/** Round trips to a gateway: over in a second, as the loss of the targets is, and enough to tell a loss of a tenth from none. */
const GATEWAY_PROBES = { count: 100, intervalMs: 10 } as const;
/** Where no target is measured. */
const GATEWAY_PROBES_ALONE = { count: 25, intervalMs: 15 } as const;
/** It is one hop away: far above what a crowded radio link takes. */
const GATEWAY_TIMEOUT_MS = 700;

/** As many as glibc asks (resolv.conf(5), MAXNS). */
const RESOLVER_LIMIT = 3;

/** Two datagrams, as long apart: a lost one is no dead resolver, and a dead one is known well before a name's own time is over. */
const RESOLVER_QUESTION = { timeoutMs: 900, attempts: 2 } as const;
/** Of the machine's longest wait, where no target is measured: both datagrams together are over with the echoes of a gateway. */
const RESOLVER_SHARE_ALONE = 0.6;

/** As long as a quick resolver takes, and some. */
const PATIENCE_WITH_RESOLVER_MS = 300;

const NOTHING_OF_NEIGHBOR = { state: null, kernelState: null, linkAddressKind: null };

/** A machine has a few; one with a default route for each of many links is not asked for all. */
const GATEWAY_LIMIT = 16;

interface Gateway {
  /** With its interface, where it is link-local. */
  address: string;
  interface: string | null;
  latency: MeasurementOf<'latency'>;
  neighbor: MeasurementOf<'neighbor'>;
}

/** The part of a full report that concerns the machine: links and routes, the gateways on the way, the resolvers. */
export class HostWork {
  readonly #request: RunRequest;
  readonly #environment: RunEnvironment;
  readonly #recorder: Recorder;
  readonly #lane: QuietLane;
  readonly #gateways = new Map<string, Promise<Gateway>>();
  /** Of targets that a route says to be on a link. */
  readonly #neighbors = new Map<string, Promise<MeasurementOf<'neighbor'>>>();
  readonly #resolvers: Promise<AskedResolver>[] = [];
  readonly #destinations: BeyondGateway[] = [];
  readonly #otherLinks: OtherLink[] = [];
  /** The default gateway, where it was visited before it was known whether anything leaves by it. */
  #early: string | null = null;
  #host: MeasurementOf<'host'> | null = null;

  constructor(request: RunRequest, environment: RunEnvironment, recorder: Recorder, lane: QuietLane) {
    this.#request = request;
    this.#environment = environment;
    this.#recorder = recorder;
    this.#lane = lane;
  }

  get host(): MeasurementOf<'host'> | null {
    return this.#host;
  }

  /** The machine is all that is looked at: targets, if any, are not measured, and nothing else takes its time. */
  get #alone(): boolean {
    return this.#request.latency === undefined;
  }

  /** Reads the machine's state and starts on its resolvers, where a target has a name that needs them. */
  async start(): Promise<void> {
    const { network, signal } = this.#environment;
    const { machine } = this.#request;
    this.#host = await this.#recorder.record({
      probe: 'host',
      target: null,
      label: 'this machine',
      measure: () => measureHost({ network, signal }, machine?.scope),
      notTried: (attempt) => ({
        attempt,
        method: null,
        data: hostNotMeasured(),
      }),
      judge: null,
    });
    if (machine?.passive === true) return;
    if (machine?.scope === 'all') for (const route of this.#host.data.defaultRoutes) this.visitGateway(route);
    const asking = await targetsWithoutHostsFile(this.#request, this.#environment);
    const name = asking.find(needsResolver)?.host ?? (machine?.scope === 'all' ? machine.cacheName : undefined);
    if (name === undefined) return;
    const timeoutMs = this.#alone && machine !== undefined ? machine.timeoutMs * RESOLVER_SHARE_ALONE : RESOLVER_QUESTION.timeoutMs;
    for (const text of this.#host.data.resolvers.slice(0, RESOLVER_LIMIT)) {
      const server = parseDnsServer(text);
      if (server !== null) this.#resolvers.push(this.#askResolver(planResolver(server, name, { ...RESOLVER_QUESTION, timeoutMs })));
    }
  }

  async #askResolver(plan: DnsPlan): Promise<AskedResolver> {
    const { network, signal } = this.#environment;
    const lookup = await network.routes.lookup(plan.server, {});
    if (lookup.kind === 'measured') this.visitGateway(lookup.value);
    const answered = new AbortController();
    void this.#visitEarly(AbortSignal.any([signal, answered.signal]));
    const question = await this.#recorder.record({
      probe: 'dns',
      target: null,
      label: `resolver ${plan.server}`,
      lane: this.#lane,
      measure: () => dnsProbe.measure(plan, { network, signal }),
      notTried: (attempt) => questionNotAsked(plan, attempt),
      // Judged at the end: only then is it known what else this server answered.
      judge: null,
    });
    answered.abort();
    return { address: plan.server, lookup: lookup.kind === 'measured' ? lookup.value : null, question };
  }

  /** A resolver that is slow to answer keeps the ways of the targets unknown: whether there is a gateway at all can be seen meanwhile. */
  async #visitEarly(answered: AbortSignal): Promise<void> {
    await this.#environment.network.clock.sleep(PATIENCE_WITH_RESOLVER_MS, answered);
    if (answered.aborted || this.#gateways.size > 0 || this.#request.inquire === undefined) return;
    const gateway = this.#fallback();
    this.#early = gateway === undefined ? null : scopedGateway(gateway);
    if (gateway !== undefined) this.visitGateway(gateway);
  }

  #fallback(): { gateway: string | null; interface: string } | undefined {
    return this.#host?.data.defaultRoutes.find((route) => route.family === 4) ?? this.#host?.data.defaultRoutes[0];
  }

  /** Measures the gateway of a way, once for each gateway. */
  visitGateway({ gateway, interface: name }: Pick<RouteLookup, 'gateway' | 'interface'>): void {
    const scoped = scopedGateway({ gateway, interface: name });
    if (gateway === null || scoped === null || this.#gateways.has(scoped) || this.#request.machine?.passive === true) return;
    if (this.#gateways.size < GATEWAY_LIMIT) this.#gateways.set(scoped, this.#probeGateway(gateway, scoped, name));
  }

  async #probeGateway(address: string, scoped: string, name: string | null): Promise<Gateway> {
    const { network, signal } = this.#environment;
    const { latency: asked, machine } = this.#request;
    const timeoutMs = Math.min(asked?.timeoutMs ?? machine?.timeoutMs ?? GATEWAY_TIMEOUT_MS, GATEWAY_TIMEOUT_MS);
    const probes = this.#alone ? GATEWAY_PROBES_ALONE : GATEWAY_PROBES;
    const latency = await this.#recorder.record({
      probe: 'latency',
      target: null,
      label: `gateway ${address}`,
      measure: () =>
        latencyProbe.measure(
          {
            method: 'icmp',
            count: probes.count + WARMUP_COUNT,
            intervalMs: probes.intervalMs,
            timeoutMs,
            address: scoped,
            ports: [],
            payloadBytes: PING_PAYLOAD_BYTES,
            origin: this.#request.origin,
          },
          { network, signal },
        ),
      notTried: (attempt) => latencyNotTried(scoped, attempt),
      judge: null,
    });
    return { address: scoped, interface: name, latency, neighbor: await this.#noteNeighbor(address, name) };
  }

  /** What the kernel knows of a link address, which it has asked for by now. */
  async #noteNeighbor(address: string, name: string | null): Promise<MeasurementOf<'neighbor'>> {
    const { network, signal } = this.#environment;
    const known = await network.machine.neighbor(address, name, signal);
    return this.#recorder.note(
      {
        probe: 'neighbor',
        target: null,
        notTried: (attempt) => ({
          attempt,
          method: 'system',
          data: { address, interface: name, ...(known.kind === 'measured' ? known.value : NOTHING_OF_NEIGHBOR) },
        }),
        judge: null,
      },
      known.kind === 'measured' ? measured(null) : known,
    );
  }

  /** Something beyond a gateway that was asked besides. */
  noteDestination(destination: BeyondGateway): void {
    this.#destinations.push(destination);
  }

  /** A reference on the internet that the way to was followed. One that stands at the first hop is no witness for what lies beyond it. */
  noteReference(route: MeasurementOf<'route'>, gateway: string): void {
    const end = endOfReference(route, this.#recorder.measurements);
    if (end === null || route.data.address === null) return;
    const common = { address: route.data.address, gateway, measurementId: route.id };
    this.#destinations.push({ ...common, answered: end.kind === 'answered', kind: 'reference', end }, ...routersBeyond(route, gateway));
  }

  /** A target that was asked for by another link than the kernel's choice. */
  noteOtherLink(route: MeasurementOf<'route'>, name: string): void {
    const { address, reached } = route.data;
    if (address === null) return;
    this.#otherLinks.push({ address, interface: name, reached: reached === true, measurementId: route.id });
  }

  /** Waits for everything that was started. */
  async settle(outcomes: readonly TargetOutcome[]): Promise<void> {
    await Promise.all(this.#resolvers);
    // With no way known so far, the default gateway is still worth a question: is it there at all?
    if (this.#gateways.size === 0 && outcomes.every((outcome) => outcome.lookup === null)) {
      const fallback = this.#fallback();
      if (fallback !== undefined) this.visitGateway(fallback);
    }
    const host = this.#host;
    if (host === null) return;
    for (const route of defaultsBeside(outcomes, host)) this.visitGateway(route);
    for (const { address, interface: name } of strangeNeighbors(outcomes, host)) {
      const key = `${address}%${name}`;
      if (!this.#neighbors.has(key)) this.#neighbors.set(key, this.#noteNeighbor(address, name));
    }
    const gateways = await Promise.all(this.#gateways.values());
    const dead = gateways.filter(({ latency }) => latency.attempt.kind !== 'skipped' && latency.data.received === 0);
    const addresses = dead.map(({ address }) => address);
    for (const route of defaultsBesideDead(addresses, host)) this.visitGateway(route);
    await Promise.all([...this.#gateways.values(), ...this.#neighbors.values()]);
  }

  /** Judges the machine in the light of what became of the targets, and of what else was asked. */
  async judge(outcomes: readonly TargetOutcome[]): Promise<Check[]> {
    const [resolvers, gateways] = await Promise.all([Promise.all(this.#resolvers), Promise.all(this.#gateways.values())]);
    const context = { policy: this.#request.policy };
    const questions = this.#recorder.measurements.filter((made): made is MeasurementOf<'dns'> => made.probe === 'dns');
    // In the order in which programs ask them.
    const own = resolvers.flatMap(({ question }) => questions.filter(({ id }) => id === question.id));
    const resolverChecks = judgeResolvers(own, questions, context);
    if (this.#host === null || this.#host.attempt.kind !== 'measured') return resolverChecks;

    const lookups = outcomes.flatMap((outcome) => (outcome.lookup === null ? [] : [outcome.lookup]));
    const clock = this.#recorder.measurements.find((made): made is MeasurementOf<'clock'> => made.probe === 'clock');
    const paths = this.#recorder.measurements.filter((made): made is MeasurementOf<'route'> => made.probe === 'route');
    const refused = refusedReferences(this.#recorder.measurements);
    const found = [
      ...targetsBeyond(outcomes, paths),
      ...this.#destinations.map((one) => {
        const end = one.kind === 'reference' && !one.answered ? refused.get(one.address) : undefined;
        return end === undefined ? one : { ...one, end };
      }),
      ...referencesAsked(this.#recorder.measurements, this.#request.inquire?.references ?? [], this.#host),
      ...resolversBeyond(resolvers, serversThatAnswered(questions), paths).filter(
        // Where resolvers of the world are heard, silence of others is their own, or of port 53.
        ({ answered }) => answered || !referencesAreHeard(this.#recorder.measurements),
      ),
      ...timeServersBeyond(clock, this.#host),
    ];
    const host = this.#host;
    const beyond = found.map((one) => (one.end === undefined ? one : { ...one, end: endByGateway(one.end, one.gateway, host) }));
    const firsts = firstGateways(this.#host);
    const links = this.#host.data.interfaces;
    const ownAddresses = new Set(links.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
    // Visited in advance, it is no gateway of anything where all ways turned out to be others.
    const needed = gateways.filter(
      ({ address }) =>
        address !== this.#early || outcomes.every(({ lookup }) => lookup === null) || beyond.some(({ gateway }) => gateway === address),
    );
    const judgedGateways = needed.map(({ address, interface: name, latency, neighbor }) => {
      const behind = beyond.filter(({ gateway }) => gateway === address);
      const losses = outcomes.flatMap(({ lookup, loss }) =>
        lookup !== null && scopedGateway(lookup.data) === address ? (loss?.data.lossRatio ?? []) : [],
      );
      const known = {
        tried: new Set(behind.filter(({ kind }) => kind !== 'router').map((destination) => destination.address)).size,
        answers: behind.some((destination) => destination.answered),
        leastLossRatio: losses.length === 0 ? null : Math.min(...losses),
        spare: behind.length === 0 && !firsts.has(address),
        linkKind: links.find((link) => link.name === name)?.kind ?? null,
        speaks: speaksItself(address, behind, paths, ownAddresses),
      };
      return { address, inUse: behind.length > 0, check: judgeGateway(latency, neighbor, known, context) };
    });
    const gatewayChecks = judgedGateways.map(({ check }) => check);
    const gatewayAnswers = (family: 4 | 6) =>
      judgedGateways.some(
        ({ address, inUse, check }) =>
          inUse && address.includes(':') === (family === 6) && (check.status === 'pass' || check.status === 'warn'),
      );
    const failing = failThemselves(resolvers, questions);
    const upstream = needsBeyond(outcomes, beyond, host) ? judgeUpstreams(beyond, gatewayAnswers, failing) : [];
    const passive = this.#request.machine?.passive === true ? knownGateways(this.#host) : [];
    const judged = judgeHost(this.#host, lookups, { scope: this.#request.machine?.scope ?? 'path' });
    const neighbors = await Promise.all(this.#neighbors.values());
    const ways = judgeWays({
      silent: outcomes.flatMap((outcome) => silentWay(outcome, { outcomes, paths, neighbors, host })),
      othersAnswer: beyond.some(({ kind, answered }) => kind === undefined && answered),
      destinations: beyond,
      otherLinks: this.#otherLinks,
      defaults: defaultGateways(host),
      gateways: new Map(
        needed.flatMap(({ address }, index) => {
          const status = gatewayChecks[index]?.status;
          return status === undefined || status === 'skip' ? [] : [[address, status === 'pass' || status === 'warn'] as const];
        }),
      ),
    });
    return [...judged, ...passive, ...ways, ...gatewayChecks, ...upstream, ...resolverChecks];
  }
}

/**
 * Whether all of the resolvers are in this network, and what keeps them from answering is not the line: they take no connection either, or
 * they know names of the world when they are asked in another way.
 */
function failThemselves(resolvers: readonly AskedResolver[], questions: readonly MeasurementOf<'dns'>[]): boolean {
  return resolvers.length > 0 && resolvers.every(({ address, lookup }) => isNear(address, lookup) && !waitsItself(address, questions));
}

/** On a link of this machine, or the gateway itself. */
function isNear(address: string, lookup: RouteLookup | null): boolean {
  return lookup !== null && (lookup.gateway === null || lookup.gateway === address);
}

/** A forwarder that hears nothing from beyond takes connections and says nothing, or that it failed. */
function waitsItself(address: string, questions: readonly MeasurementOf<'dns'>[]): boolean {
  const own = questions.filter(({ data }) => data.server !== null && parseDnsServer(data.server)?.address === address);
  if (own.some(({ data }) => data.rcode !== null && data.rcode !== 'SERVFAIL')) return false;
  return own.some(
    ({ attempt, data }) =>
      data.rcode === 'SERVFAIL' || (data.transport === 'tcp' && attempt.kind === 'unanswered' && attempt.step !== 'connect'),
  );
}

/** Those of the first default route of each family that goes by one: what goes into a tunnel leaves by the next. */
function firstGateways({ data }: MeasurementOf<'host'>): ReadonlySet<string | null> {
  const first = (family: 4 | 6) => data.defaultRoutes.find((route) => route.family === family && route.gateway !== null);
  return new Set([first(4), first(6)].map((route) => (route === undefined ? null : scopedGateway(route))));
}

/** The gateways of all default routes, each with the first interface that leads to it. */
function defaultGateways({ data }: MeasurementOf<'host'>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const route of data.defaultRoutes) {
    const gateway = scopedGateway(route);
    if (gateway !== null && !found.has(gateway)) found.set(gateway, route.interface);
  }
  return found;
}

/** The gateways of the default routes, each once, as the kernel remembers them on the first link that goes to them. */
function knownGateways(host: MeasurementOf<'host'>): Check[] {
  const gateways = new Map<string, { address: string; interface: string }>();
  for (const route of host.data.defaultRoutes) {
    const scoped = scopedGateway(route);
    if (route.gateway === null || scoped === null || gateways.has(scoped) || gateways.size === GATEWAY_LIMIT) continue;
    gateways.set(scoped, { address: route.gateway, interface: route.interface });
  }
  return [...gateways].map(([scoped, { address, interface: name }]) => judgeKnownGateway(host, { address, interface: name, scoped }));
}

/** Addresses need no resolver, and `localhost` and its like never reach one (RFC 6761). */
function needsResolver({ host }: Target): boolean {
  return addressFamily(host) === null && host !== 'localhost' && !host.endsWith('.localhost');
}
