import { addressFamily } from '../../model/target.js';
import { dnsProbe } from '../../probes/dns/index.js';
import { questionNotAsked } from '../../probes/dns/measure.js';
import { planResolver } from '../../probes/dns/plan.js';
import { routeProbe } from '../../probes/route/index.js';
import { planRoute, type RoutePlan } from '../../probes/route/plan.js';
import { parseDnsServer } from '../../wire/dns/server.js';
import { scopedGateway } from '../beyond-gateway.js';
import type { TargetOutcome } from '../target-outcome.js';
import type { InquiryWork } from './inquiry-work.js';
import { quickTrace } from './trace.js';

/** Two datagrams each: a lost one is no dead resolver. */
const QUESTION = { timeoutMs: 600, attempts: 2 } as const;
/** As many as glibc asks. */
const RESOLVERS = 3;
/** Of silent ones: the first two tell as much as all. */
const FOLLOWED_RESOLVERS = 2;
/** Links beside the kernel's choice by which a target is asked for. */
const OTHER_LINKS = 3;
/** Targets that are asked for by other links: where all fail alike the first ones tell. */
const BY_OTHER_LINKS = 2;
/** Where nothing else is said: what every public resolver serves. */
const REFERENCE_PORT = 443;

/**
 * Whether anything else beyond the gateway answers: this machine's resolvers, and the well-known references where the way to them leaves by a
 * gateway as well. And whether a silent target answers by another link that has a default route.
 */
export async function otherDestinations(work: InquiryWork): Promise<string | null> {
  const { outcomes, host } = work;
  if (host === null || host.host === null) return 'this machine is not looked at';
  const silent = outcomes.filter(isSilent);
  await Promise.all([
    askResolvers(work),
    followResolvers(work),
    askReferences(work),
    ...silent.slice(0, BY_OTHER_LINKS).map((one) => askByOtherLinks(one, work)),
  ]);
  await host.settle(outcomes);
  return null;
}

function isSilent({ address, lookup, latency, ports }: TargetOutcome): boolean {
  if (address === null || lookup?.attempt.kind !== 'measured' || lookup.data.loopback === true) return false;
  const portAnswers =
    ports?.data.ports.some(({ state, rejectedBy }) => state === 'open' || state === 'closed' || rejectedBy === address) ?? false;
  return !portAnswers && (latency?.data.received ?? 0) === 0;
}

/** Those that the sweep had no name to ask for. */
async function askResolvers({ host, environment, recorder, request, lane, label }: InquiryWork): Promise<void> {
  const { network, signal } = environment;
  const asked = new Set(recorder.measurements.flatMap((made) => (made.probe === 'dns' ? [made.data.server] : [])));
  const name = request.machine?.cacheName;
  if (host?.host == null || name === undefined) return;
  const servers = host.host.data.resolvers.slice(0, RESOLVERS).flatMap((text) => parseDnsServer(text) ?? []);
  await Promise.all(
    servers.map(async (server) => {
      const plan = planResolver(server, name, QUESTION);
      if (asked.has(plan.server)) return;
      const lookup = await network.routes.lookup(plan.server, {});
      const gateway = lookup.kind === 'measured' ? scopedGateway(lookup.value) : null;
      if (gateway === null) return;
      const question = await recorder.record({
        probe: 'dns',
        target: null,
        label,
        lane,
        measure: () => dnsProbe.measure(plan, { network, signal }),
        notTried: (attempt) => questionNotAsked(plan, attempt),
        judge: null,
      });
      if (question.attempt.kind === 'skipped' || question.attempt.kind === 'unavailable') return;
      const answered = question.attempt.kind === 'measured' || question.data.rcode !== null;
      // Nobody needs it for a name here, so that its silence may be as old as the machine: no witness against the way.
      if (answered) host.noteDestination({ address: plan.server, answered, gateway, measurementId: question.id });
    }),
  );
}

/**
 * How far packets get on the way to resolvers that a name here needed and that say nothing: a resolver that is off lies behind routers that
 * answer, and a way out that is dead ends at the gateway.
 */
async function followResolvers(work: InquiryWork): Promise<void> {
  const { host, environment, recorder } = work;
  const asked = recorder.measurements.flatMap((made) => (made.probe === 'dns' ? [made.data] : []));
  const servers = (host?.host?.data.resolvers ?? []).slice(0, FOLLOWED_RESOLVERS).flatMap((text) => parseDnsServer(text) ?? []);
  await Promise.all(
    servers.map(async (server) => {
      const own = asked.filter((data) => data.server !== null && parseDnsServer(data.server)?.address === server.address);
      if (own.length === 0 || own.some(({ rcode }) => rcode !== null)) return;
      const lookup = await environment.network.routes.lookup(server.address, {});
      if (lookup.kind === 'measured' && scopedGateway(lookup.value) !== null) await follow(server.address, server.port, {}, work);
    }),
  );
}

async function askReferences(work: InquiryWork): Promise<void> {
  const { host, environment, request, outcomes } = work;
  const known = new Set(outcomes.flatMap(({ address }) => address ?? []));
  // A family that no silent target is of has nothing to say of them.
  const families = new Set(outcomes.filter(isSilent).flatMap(({ address }) => (address === null ? [] : addressFamily(address))));
  await Promise.all(
    (request.inquire?.references ?? []).map(async (address) => {
      if (known.has(address) || (families.size > 0 && !families.has(addressFamily(address)))) return;
      const lookup = await environment.network.routes.lookup(address, request.origin);
      const gateway = lookup.kind === 'measured' ? scopedGateway(lookup.value) : null;
      if (lookup.kind !== 'measured' || gateway === null) return;
      host?.visitGateway(lookup.value);
      const route = await follow(address, REFERENCE_PORT, request.origin, work);
      host?.noteReference(route, gateway);
    }),
  );
}

/** By every other link that has a default route: it was meant to lead out as well. */
async function askByOtherLinks({ address, target, lookup }: TargetOutcome, work: InquiryWork): Promise<void> {
  const { host, request } = work;
  if (address === null || request.origin.interface !== undefined || request.origin.source !== undefined) return;
  const family = addressFamily(address);
  const links = (host?.host?.data.defaultRoutes ?? []).filter((route) => route.family === family).map((route) => route.interface);
  const others = [...new Set(links)].filter((name) => name !== lookup?.data.interface).slice(0, OTHER_LINKS);
  await Promise.all(
    others.map(async (name) => {
      const route = await follow(address, target.port, { interface: name }, work);
      host?.noteOtherLink(route, name);
    }),
  );
}

async function follow(
  address: string,
  port: number | null,
  origin: RoutePlan['origin'],
  { environment, recorder, label, leftMs }: InquiryWork,
) {
  const { network, signal } = environment;
  const target = { id: address, host: address, port, scheme: null, path: null, credentials: null };
  const plan = planRoute(target, address, quickTrace(leftMs), origin);
  return recorder.record({
    probe: 'route',
    target: null,
    label,
    measure: () => routeProbe.measure(plan, { network, signal }),
    notTried: (attempt) => routeProbe.notTried(address, attempt),
    // It is no target: what it tells of the way is judged with the gateway.
    judge: null,
  });
}
