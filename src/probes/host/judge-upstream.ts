import type { Check } from '../../model/report.js';
import { addressScope } from '../../wire/address-scope.js';

/** How the packets to a destination ended. */
export type End =
  | { kind: 'answered' }
  /** `after`: the last router beyond the gateway that was heard; `null`: none was. Absent: nobody looked. */
  | { kind: 'silent'; after?: string | null }
  | { kind: 'refused'; from: string | null; meaning: string };

/** One destination beyond the gateway, and what was found of it. */
export interface BeyondGateway {
  /** Address: two names of one address are one destination. */
  address: string;
  answered: boolean;
  /** The gateway on the way to it. */
  gateway: string;
  measurementId: string;
  /**
   * `router`: it stands on the way to a destination. `reference`: it was asked to see whether anything answers; not every network lets it
   * through. Absent: it is a destination that this run or this machine needs.
   */
  kind?: 'router' | 'reference';
  /** How it ended; absent: by silence, where it did not answer. */
  end?: End;
}

/**
 * `l3.upstream`: does anything beyond the gateway answer. Only two destinations or more that end alike speak against the way itself; a
 * single one could be at fault on its own, unless the gateway says that it has no route. A reference is a second witness only where it ends as the destination does: a network that lets
 * nothing out to the internet ends it in a way of its own.
 */
export function judgeUpstream(
  destinations: readonly BeyondGateway[],
  gatewayAnswers: boolean,
  resolversFailThemselves = false,
): Check | null {
  if (destinations.length === 0) return null;
  const made: Check = {
    id: 'l3.upstream',
    layer: 3,
    title: 'beyond the gateway',
    target: null,
    status: 'pass',
    code: null,
    observed: null,
    expected: 'one answers',
    remedy: null,
    because: null,
    measurements: [...new Set(destinations.map((destination) => destination.measurementId))],
  };
  const own = destinations.filter(({ kind }) => kind === undefined);
  const references = destinations.filter(({ kind }) => kind === 'reference');
  const routers = new Set(destinations.flatMap(({ kind, address, answered }) => (kind === 'router' && answered ? [address] : [])));
  const asked = [...own, ...references];
  const addresses = new Set(asked.map((destination) => destination.address));
  const answering = new Set(asked.filter((destination) => destination.answered).map((destination) => destination.address));
  const observed = `${answering.size} of ${addresses.size} destinations answer`;
  if (answering.size > 0) return { ...made, observed };
  if (addresses.size === 0) return routers.size === 0 ? null : { ...made, observed: `${listed(routers)} answers` };
  if (!gatewayAnswers) return { ...made, status: 'skip', expected: null, because: 'the gateway itself did not answer' };
  if (own.length > 0 && own.every(({ end }) => end?.kind === 'refused' && end.meaning === 'prohibited'))
    return { ...made, status: 'skip', expected: null, because: 'what was sent is forbidden on the way' };
  if (own.length === 0 && (resolversFailThemselves || hasRouterThatKnowsNoWay(references))) {
    const because = 'only well-known addresses of the internet were tried, to which not every network has a way';
    return { ...made, status: 'skip', expected: null, because };
  }
  const witnesses = witnessesOf(own, references);
  if (witnesses.length < 2 && !(references.length === 0 && witnesses.every(isWithoutRoute))) {
    const because =
      routers.size > 0
        ? `routers beyond it answer (${listed(routers)}), and only one destination was tried`
        : 'only one destination was tried, so the path cannot be told from it';
    return { ...made, status: 'skip', expected: null, because };
  }
  return { ...made, status: 'fail', code: 'upstream-unreachable', observed: `${observed}${endText(witnesses[0]?.end)}` };
}

/**
 * The same for machines with both families, each of which can have a gateway of its own and end elsewhere: what is dead in one of them is not
 * said of the other. Where the one gets through and what this run needs of the other does not, it is that family which is broken.
 *
 * @param gatewayAnswers whether a gateway that the destinations of a family lie behind answers
 */
export function judgeUpstreams(
  destinations: readonly BeyondGateway[],
  gatewayAnswers: (family: 4 | 6) => boolean,
  resolversFailThemselves = false,
): Check[] {
  const whole = (answers: boolean) => listOf(judgeUpstream(destinations, answers, resolversFailThemselves));
  const judged = ([4, 6] as const).flatMap((family) => {
    const own = destinations.filter(({ address }) => familyOf(address) === family);
    const made = judgeUpstream(own, gatewayAnswers(family), resolversFailThemselves);
    return own.length === 0 || made === null ? [] : [{ family, own, made }];
  });
  const answering = gatewayAnswers(4) || gatewayAnswers(6);
  if (judged.length < 2) return whole(answering);
  const broken = judged.find(({ made }) => made.status === 'fail');
  const well = judged.find(({ made }) => made.status === 'pass');
  if (well !== undefined) {
    const isNeeded = broken?.own.some(({ kind, address }) => kind === undefined && addressScope(address) === 'public') === true;
    return broken !== undefined && isNeeded ? [...whole(true), familyLine(broken.family, broken.made)] : whole(true);
  }
  if (judged.every(({ made }) => made.status === 'fail')) return whole(true);
  if (broken !== undefined) return [broken.made];
  return whole(judged.every(({ family }) => gatewayAnswers(family)));
}

function familyLine(family: 4 | 6, { observed, measurements }: Check): Check {
  return {
    id: family === 6 ? 'l3.family@ipv6' : 'l3.family@ipv4',
    layer: 3,
    title: `beyond the gateway by IPv${family}`,
    target: null,
    status: 'fail',
    code: family === 6 ? 'ipv6-broken' : 'ipv4-broken',
    observed: `by IPv${family}: ${observed}; by IPv${family === 6 ? 4 : 6} others answer`,
    expected: 'one answers',
    remedy: null,
    because: null,
    measurements,
  };
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

function listOf(made: Check | null): Check[] {
  return made === null ? [] : [made];
}

/**
 * Whether what was tried without need is all turned down by a router beyond the gateway that has no route there: the way leads on, and it is
 * those addresses that a network without the internet knows nothing of.
 */
function hasRouterThatKnowsNoWay(references: readonly BeyondGateway[]): boolean {
  return (
    references.length > 0 &&
    references.every(
      ({ end, gateway }) => end?.kind === 'refused' && end.meaning === 'network-unreachable' && end.from !== null && end.from !== gateway,
    )
  );
}

/**
 * The gateway itself says "network unreachable" (RFC 1812 section 5.2.7.1): it has neither a route to that network nor a default route, so
 * that nothing but its own links lies behind it. One destination is enough to hear that. A host that is off is "host unreachable" there.
 */
function isWithoutRoute({ end, gateway }: BeyondGateway): boolean {
  return end?.kind === 'refused' && end.from === gateway && end.meaning === 'network-unreachable';
}

/** The destinations that speak against the way, each once: those that are needed, and the references that end as those do. */
function witnessesOf(own: readonly BeyondGateway[], references: readonly BeyondGateway[]): BeyondGateway[] {
  const byAddress = new Map<string, BeyondGateway>();
  // The end that is known best stands for an address that was asked several times.
  for (const destination of own) {
    const known = byAddress.get(destination.address);
    if (known === undefined || knowledgeOf(destination.end) > knowledgeOf(known.end)) byAddress.set(destination.address, destination);
  }
  const needed = [...byAddress.values()];
  const traced = needed.filter(({ end }) => knowledgeOf(end) > 0);
  if (needed.length > 1) {
    // Each ended somewhere else by itself: so many faults, and not one of the way that they share.
    const places = new Set(traced.map(({ end }) => placeOf(end)));
    return traced.length === needed.length && places.size === needed.length ? needed.slice(0, 1) : needed;
  }
  const [only] = needed;
  if (only === undefined) return references.length > 0 ? [...references] : [];
  // The gateway itself has no way on: to one host of a network beside it that is its word, to the internet it is the line.
  const { end } = only;
  const byGateway = end?.kind === 'refused' && end.from === only.gateway && end.meaning !== 'prohibited';
  if (byGateway && addressScope(only.address) === 'public' && references.length > 0) return [only, ...references];
  // It says that it has no route at all, not that the host is missing: silence about others is then what it says no more often.
  const hasNoRoute = isWithoutRoute(only);
  if (hasNoRoute && references.length > 0 && references.every((one) => placeOf(one.end) === placeOf(end) || isSilentFromTheFirst(one.end)))
    return [only, ...references];
  const alike = references.filter(({ end }) => knowledgeOf(only.end) > 0 && placeOf(end) === placeOf(only.end));
  return references.length > 0 && alike.length === references.length ? [only, ...alike] : [only];
}

function knowledgeOf(end: End | undefined): number {
  if (end === undefined || (end.kind === 'silent' && end.after === undefined)) return 0;
  return end.kind === 'refused' ? 2 : 1;
}

/** Alike for packets that ended at one place in one way. */
function placeOf(end: End | undefined): string {
  if (end === undefined || end.kind === 'answered') return '';
  return end.kind === 'refused' ? `${end.meaning} ${end.from}` : `silent ${end.after ?? ''}`;
}

function isSilentFromTheFirst(end: End | undefined): boolean {
  return end === undefined || (end.kind === 'silent' && end.after == null);
}

function endText(end: End | undefined): string {
  if (end?.kind === 'refused') return `: ${end.meaning} (ICMP from ${end.from ?? 'an unknown router'})`;
  return end?.kind === 'silent' && end.after != null ? `: nothing comes back from beyond ${end.after}` : '';
}

const LISTED = 2;

function listed(addresses: ReadonlySet<string>): string {
  const names = [...addresses].slice(0, LISTED).join(', ');
  return addresses.size > LISTED ? `${names} and ${addresses.size - LISTED} more` : names;
}
