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
import { judgeUpstream } from '../probes/host/judge-upstream.js';
import { hostNotMeasured, measureHost } from '../probes/host/measure.js';
import { latencyProbe } from '../probes/latency/index.js';
import { latencyNotTried } from '../probes/latency/measure.js';
import { WARMUP_COUNT } from '../probes/latency/plan.js';
import { PING_PAYLOAD_BYTES } from '../probes/round-trip/plan.js';
import { parseDnsServer } from '../wire/dns/server.js';
import { type AskedResolver, resolversBeyond, scopedGateway, targetsBeyond, timeServersBeyond } from './beyond-gateway.js';
import type { QuietLane } from './quiet-lane.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';
import type { TargetOutcome } from './target-work.js';

/** Round trips to a gateway: over in a second, as the loss of the targets is, and enough to tell a loss of a fifth from none. */
const GATEWAY_PROBES = { count: 50, intervalMs: 20 } as const;
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
  readonly #resolvers: Promise<AskedResolver>[] = [];
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
    const name = this.#request.targets.find(needsResolver)?.host ?? (machine?.scope === 'all' ? machine.cacheName : undefined);
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
    return { address: scoped, interface: name, latency, neighbor };
  }

  /** Waits for everything that was started. */
  async settle(outcomes: readonly TargetOutcome[]): Promise<void> {
    await Promise.all(this.#resolvers);
    // With no way known so far, the default gateway is still worth a question: is it there at all?
    if (this.#gateways.size === 0 && outcomes.every((outcome) => outcome.lookup === null)) {
      const fallback = this.#host?.data.defaultRoutes.find((route) => route.family === 4) ?? this.#host?.data.defaultRoutes[0];
      if (fallback !== undefined) this.visitGateway(fallback);
    }
    await Promise.all(this.#gateways.values());
  }

  /** Judges the machine in the light of what became of the targets, and of what else was asked. */
  async judge(outcomes: readonly TargetOutcome[]): Promise<Check[]> {
    const [resolvers, gateways] = await Promise.all([Promise.all(this.#resolvers), Promise.all(this.#gateways.values())]);
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
    const clock = this.#recorder.measurements.find((made): made is MeasurementOf<'clock'> => made.probe === 'clock');
    const beyond = [
      ...targetsBeyond(outcomes),
      ...resolversBeyond(resolvers, serversThatAnswered(questions)),
      ...timeServersBeyond(clock, this.#host),
    ];
    const firsts = firstGateways(this.#host);
    const links = this.#host.data.interfaces;
    const judgedGateways = gateways.map(({ address, interface: name, latency, neighbor }) => {
      const behind = beyond.filter(({ gateway }) => gateway === address);
      const losses = outcomes.flatMap(({ lookup, loss }) =>
        lookup !== null && scopedGateway(lookup.data) === address ? (loss?.data.lossRatio ?? []) : [],
      );
      const known = {
        tried: new Set(behind.map((destination) => destination.address)).size,
        answers: behind.some((destination) => destination.answered),
        leastLossRatio: losses.length === 0 ? null : Math.min(...losses),
        spare: behind.length === 0 && !firsts.has(address),
        linkKind: links.find((link) => link.name === name)?.kind ?? null,
      };
      return { inUse: behind.length > 0, check: judgeGateway(latency, neighbor, known, context) };
    });
    const gatewayChecks = judgedGateways.map(({ check }) => check);
    const gatewayAnswers = judgedGateways.some(({ inUse, check }) => inUse && (check.status === 'pass' || check.status === 'warn'));
    const upstream = judgeUpstream(beyond, gatewayAnswers);
    const passive = this.#request.machine?.passive === true ? knownGateways(this.#host) : [];
    const judged = judgeHost(this.#host, lookups, { scope: this.#request.machine?.scope ?? 'path' });
    return [...judged, ...passive, ...gatewayChecks, ...(upstream === null ? [] : [upstream]), ...resolverChecks];
  }
}

/** Those of the first default route of each family that goes by one: what goes into a tunnel leaves by the next. */
function firstGateways({ data }: MeasurementOf<'host'>): ReadonlySet<string | null> {
  const first = (family: 4 | 6) => data.defaultRoutes.find((route) => route.family === family && route.gateway !== null);
  return new Set([first(4), first(6)].map((route) => (route === undefined ? null : scopedGateway(route))));
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
