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
import { type BeyondGateway, judgeUpstream } from '../probes/host/judge-upstream.js';
import { hostNotMeasured, measureHost } from '../probes/host/measure.js';
import { latencyProbe } from '../probes/latency/index.js';
import { latencyNotTried } from '../probes/latency/measure.js';
import { WARMUP_COUNT } from '../probes/latency/plan.js';
import { PING_PAYLOAD_BYTES } from '../probes/round-trip/plan.js';
import { parseDnsServer } from '../wire/dns/server.js';
import type { QuietLane } from './quiet-lane.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';
import type { TargetOutcome } from './target-work.js';

/** Round trips to a gateway: over in a second, as the loss of the targets is, and enough to tell a loss of a fifth from none. */
const GATEWAY_PROBES = { count: 50, intervalMs: 20 } as const;
/** Where no target is waited for. */
const GATEWAY_PROBES_ALONE = { count: 25, intervalMs: 20 } as const;
/** It is one hop away: far above what a crowded radio link takes. */
const GATEWAY_TIMEOUT_MS = 700;

/** As many as glibc asks (resolv.conf(5), MAXNS). */
const RESOLVER_LIMIT = 3;

/** Two datagrams, as long apart: a lost one is no dead resolver, and a dead one is known well before a name's own time is over. */
const RESOLVER_QUESTION = { timeoutMs: 900, attempts: 2 } as const;

const NOTHING_OF_NEIGHBOR = { state: null, kernelState: null, linkAddressKind: null };

interface Gateway {
  address: string;
  latency: MeasurementOf<'latency'>;
  neighbor: MeasurementOf<'neighbor'>;
}

interface Resolver {
  address: string;
  lookup: RouteLookup | null;
  question: MeasurementOf<'dns'>;
}

/** The part of a full report that concerns the machine: links and routes, the gateways on the way, the resolvers. */
export class HostWork {
  readonly #request: RunRequest;
  readonly #environment: RunEnvironment;
  readonly #recorder: Recorder;
  readonly #lane: QuietLane;
  readonly #gateways = new Map<string, Promise<Gateway>>();
  readonly #resolvers: Promise<Resolver>[] = [];
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
    const name = this.#request.targets.find(needsResolver)?.host ?? (machine?.scope === 'all' ? machine.cacheName : undefined);
    if (name === undefined) return;
    for (const text of this.#host.data.resolvers.slice(0, RESOLVER_LIMIT)) {
      const server = parseDnsServer(text);
      if (server !== null) this.#resolvers.push(this.#askResolver(planResolver(server, name, RESOLVER_QUESTION)));
    }
  }

  async #askResolver(plan: DnsPlan): Promise<Resolver> {
    const { network, signal } = this.#environment;
    const lookup = await network.routes.lookup(plan.server, {});
    if (lookup.kind === 'measured') this.visitGateway(lookup.value);
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
    return { address: plan.server, lookup: lookup.kind === 'measured' ? lookup.value : null, question };
  }

  /** Measures the gateway of a way, once for each gateway. */
  visitGateway({ gateway, interface: name }: Pick<RouteLookup, 'gateway' | 'interface'>): void {
    if (gateway === null || this.#gateways.has(gateway) || this.#request.machine?.passive === true) return;
    this.#gateways.set(gateway, this.#probeGateway(gateway, name));
  }

  async #probeGateway(address: string, name: string | null): Promise<Gateway> {
    const { network, signal } = this.#environment;
    // A link-local gateway (every IPv6 one, as a rule) is only known together with its interface (RFC 4007).
    const scoped = /^fe80:/i.test(address) && name !== null ? `${address}%${name}` : address;
    const timeoutMs = Math.min(this.#request.latency?.timeoutMs ?? GATEWAY_TIMEOUT_MS, GATEWAY_TIMEOUT_MS);
    const probes = this.#request.targets.length === 0 ? GATEWAY_PROBES_ALONE : GATEWAY_PROBES;
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
      notTried: (attempt) => latencyNotTried(address, attempt),
      judge: null,
    });
    const known = await network.machine.neighbor(address, name, signal);
    const neighbor = this.#recorder.note(
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
    return { address, latency, neighbor };
  }

  /** Waits for everything that was started, and judges the machine in the light of what became of the targets. */
  async finish(outcomes: readonly TargetOutcome[]): Promise<Check[]> {
    const resolvers = await Promise.all(this.#resolvers);
    // With no way known so far, the default gateway is still worth a question: is it there at all?
    if (this.#gateways.size === 0 && outcomes.every((outcome) => outcome.lookup === null)) {
      const fallback = this.#host?.data.defaultRoutes.find((route) => route.family === 4) ?? this.#host?.data.defaultRoutes[0];
      if (fallback !== undefined) this.visitGateway(fallback);
    }
    const gateways = await Promise.all(this.#gateways.values());
    const context = { policy: this.#request.policy };
    const questions = this.#recorder.measurements.filter((made): made is MeasurementOf<'dns'> => made.probe === 'dns');
    const ownQuestions = new Set(resolvers.map(({ question }) => question.id));
    const resolverChecks = judgeResolvers(
      questions.filter(({ id }) => ownQuestions.has(id)),
      questions,
      context,
    );
    if (this.#host === null || this.#host.attempt.kind !== 'measured') return resolverChecks;

    const lookups = outcomes.flatMap((outcome) => (outcome.lookup === null ? [] : [outcome.lookup]));
    const beyond = [...targetsBeyond(outcomes), ...resolversBeyond(resolvers, serversThatAnswered(questions))];
    const losses = outcomes.flatMap(({ lookup, loss }) => (lookup?.data.gateway == null ? [] : (loss?.data.lossRatio ?? [])));
    const beyondGateway = {
      tried: new Set(beyond.map((destination) => destination.address)).size,
      answers: beyond.some((destination) => destination.answered),
      leastLossRatio: losses.length === 0 ? null : Math.min(...losses),
    };
    const gatewayChecks = gateways.map(({ latency, neighbor }) => judgeGateway(latency, neighbor, beyondGateway, context));
    const gatewayAnswers = gatewayChecks.some((check) => check.status === 'pass' || check.status === 'warn');
    const upstream = judgeUpstream(beyond, gatewayAnswers);
    const passive = this.#request.machine?.passive === true ? knownGateways(this.#host) : [];
    const judged = judgeHost(this.#host, lookups, { scope: this.#request.machine?.scope ?? 'path' });
    return [...judged, ...passive, ...gatewayChecks, ...(upstream === null ? [] : [upstream]), ...resolverChecks];
  }
}

/** The gateways of the default routes, each once, as the kernel remembers them. */
function knownGateways(host: MeasurementOf<'host'>): Check[] {
  const gateways = new Map(host.data.defaultRoutes.flatMap((route) => (route.gateway === null ? [] : [[route.gateway, route.interface]])));
  return [...gateways].map(([address, name]) => judgeKnownGateway(host, address, name));
}

/** Addresses need no resolver, and `localhost` and its like never reach one (RFC 6761). */
function needsResolver({ host }: Target): boolean {
  return addressFamily(host) === null && host !== 'localhost' && !host.endsWith('.localhost');
}

/** What is known of the targets that lie behind a gateway. */
function targetsBeyond(outcomes: readonly TargetOutcome[]): BeyondGateway[] {
  return outcomes.flatMap(({ lookup, latency, ports, addresses, address }) => {
    if (lookup?.data.gateway == null || address === null || latency === null || latency.attempt.kind === 'skipped') return [];
    const refused = latency.attempt.kind === 'failed' && latency.attempt.code === 'ECONNREFUSED';
    const portAnswered = ports?.data.ports.some((port) => port.state === 'open' || port.state === 'closed') ?? false;
    // By the other family, then: that one has a way out, and this one is broken.
    const otherAnswered = addresses?.data.addresses.some((entry) => entry.answers === true) ?? false;
    const answered = latency.data.received > 0 || refused || portAnswered || otherAnswered;
    return [{ address, answered, measurementId: latency.id }];
  });
}

/** What is known of the resolvers that lie behind a gateway. */
function resolversBeyond(resolvers: readonly Resolver[], answering: ReadonlySet<string>): BeyondGateway[] {
  return resolvers.flatMap(({ address, lookup, question: { id, attempt, data } }) => {
    if (lookup?.gateway == null || attempt.kind === 'skipped') return [];
    const refused = attempt.kind === 'failed' && attempt.code === 'ECONNREFUSED';
    const answered = refused || (data.server !== null && answering.has(data.server));
    return [{ address, answered, measurementId: id }];
  });
}
