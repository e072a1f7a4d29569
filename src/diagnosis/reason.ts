import type { Code } from '../model/code.js';
import { CODE_LAYERS } from '../model/code.js';
import type { Check, Diagnosis } from '../model/report.js';
import type { Cause, CauseFacts, PortFact } from './cause.js';
import { confidenceOf } from './confidence.js';
import { ANSWERED_CODES, BLOCKING_CODES, depthOf, isBesideTheWay, kindOf } from './order.js';

/** The facts that texts may name, for a target or (`null`) for the machine. */
export type FactsOf = (
  target: string | null,
) => Pick<CauseFacts, 'interface' | 'gateway' | 'platform' | 'pathMtuBytes' | 'vanishingDirection' | 'lossByHop'>;

export interface Reasoned {
  /** As judged, except that what a deeper fault explains is `skip` with a `because`, and what went wrong has its remedy. */
  checks: Check[];
  /** Ranked, the root cause first; empty where nothing is wrong. */
  diagnosis: Diagnosis[];
}

/**
 * From judged checks to causes. A blocking fault further down explains those above it, unless an answer came from beyond it; what is left
 * unexplained is a cause. Pure: the same checks always give the same diagnosis.
 */
export function reason(judged: readonly Check[], causes: Readonly<Record<Code, Cause>>, factsOf: FactsOf): Reasoned {
  const byDepth = judged.map((check, index) => ({ check, index })).sort((a, b) => depthOf(a.check) - depthOf(b.check) || a.index - b.index);
  const roots: { check: Check; explained: Check[] }[] = [];
  const explainedBy = new Map<Check, Check>();
  for (const { check } of byDepth) {
    if (!isTrouble(check)) continue;
    const root = roots.find((candidate) => explains(candidate.check, check));
    if (root === undefined) {
      roots.push({ check, explained: [] });
    } else {
      root.explained.push(check);
      // Rules that somebody wrote down are answered one by one, whatever breaks them.
      if (!(isRule(check) && isSameCause(root.check, check))) explainedBy.set(check, root.check);
    }
  }

  const textsOf = (check: Check): CauseFacts => ({
    target: check.target,
    observed: check.observed,
    expected: check.expected,
    ports: portsOf([check]),
    ...factsOf(check.target),
    ...interfaceOf(check),
  });
  const checks = judged.map((check): Check => {
    const root = explainedBy.get(check);
    if (root !== undefined) return { ...check, status: 'skip', code: null, because: `explained by ${root.title} (${root.code})` };
    return check.code === null ? check : { ...check, remedy: causes[check.code].remedy(textsOf(check)) };
  });
  return { checks, diagnosis: rank(merge(roots, judged), judged, causes, textsOf) };
}

/** The interface that a line about one of several names, in place of that of the default route. */
function interfaceOf({ id, target }: Check): Partial<CauseFacts> {
  const name =
    target === null
      ? /^l(?:1\.(?:carrier|wireless)|2\.(?:interface|address|lease|counters)|3\.bridge-mtu)@([^/]+)/s.exec(id)?.[1]
      : undefined;
  return name === undefined ? {} : { interface: name };
}

/** The ports in the titles of those that are an `l4.port`, as `TCP 22 ssh`. */
function portsOf(checks: readonly Check[]): PortFact[] {
  return checks.flatMap((check) => {
    const [, protocol, number, service] = /^(TCP|UDP) (\d+)(?: ([\w.-]+))?$/.exec(check.title) ?? [];
    if (kindOf(check) !== 'l4.port' || protocol === undefined || number === undefined) return [];
    const name = `${protocol} ${number}${service === undefined ? '' : ` (${service})`}`;
    return [{ number: Number(number), protocol: protocol === 'UDP' ? 'udp' : 'tcp', name } as const];
  });
}

function isTrouble(check: Check): check is Check & { code: Code } {
  return (check.status === 'fail' || check.status === 'warn') && check.code !== null;
}

function isRule(check: Check): boolean {
  return /^(l6\.policy-|l4\.kernel-)/.test(kindOf(check));
}

/** What the kernel of this machine says of its own settings and limits: no broken path can be the reason. */
const OF_THE_KERNEL =
  /^(l4\.(kernel-[a-z]+|conntrack|local-ports|ephemeral-ports|socket-memory|open-files|listen-queue|socket-buffers)|l3\.ipv6-routes|l2\.(neighbors|backlog|counters))$/;

/** Whether the fault that `root` shows suffices to explain `check`. */
function explains(root: Check, check: Check): boolean {
  if (root.code === null || check.code === null) return false;
  const sameScope = root.target === null || root.target === check.target;
  if (!sameScope) return false;
  if (OF_THE_KERNEL.test(kindOf(check))) return isSameCause(root, check);
  if (root.code === 'captive-portal') return isPortalsDoing(check);
  if (root.code === 'wifi-weak') return AIRS_DOING.has(check.code) && check.status === 'warn';
  if (root.code === 'duplicate-address' && root.status === 'fail') return isSameCause(root, check) || DUPLICATES_DOING.has(check.code);
  if (root.code === 'icmp-errors-blocked') return check.code === 'mtu-blackhole';
  if (kindOf(root) === 'l4.firewall-out' && root.status === 'fail') return isByOwnFirewall(check);
  // What keeps everything in keeps the questions to resolvers in too.
  if (kindOf(root) === 'l3.firewall' && root.code === check.code) return true;
  if (kindOf(root) === 'l3.firewall-resolvers')
    return root.status === 'fail' && (check.code === 'dns-unreachable' || /^l7\.(resolver|name|dns|server|transport)$/.test(kindOf(check)));
  if (kindOf(root).startsWith('l7.name-service')) return explainsNames(root, check);
  // Whatever else goes wrong there goes wrong at an address that nobody but the hosts file gives.
  if (root.code === 'hosts-override') return root.status === 'fail' && depthOf(root) < depthOf(check);
  // Answers and the kernel say what time it is: no broken path is the reason. What it breaks was given its code by `reconcile`.
  if (check.code === 'clock-skew') return isSameCause(root, check);
  if (root.target !== null && (isBesideTheWay(root) || isBesideTheWay(check))) return isSameCause(root, check);
  if (kindOf(root) === 'l7.proxy' && root.status === 'fail') return isByProxy(check) || isSameCause(root, check);
  // The way to a proxy is not that to the target.
  if (check.code.startsWith('proxy-') && root.target !== null) return isSameCause(root, check);
  // What a handshake meets at the port has been seen there already.
  if (kindOf(root) === 'l4.port' && root.status === 'fail' && root.target !== null && kindOf(check) === 'l6.handshake') return true;
  // That the name is not known is what it says.
  if (root.code === 'service-names-unavailable') return kindOf(check) === 'l7.name' && root.target === check.target;
  if (ANSWERED_CODES.has(check.code)) return false;
  const kind = kindOf(root);
  // Each port that must be open is judged for itself, whatever became of its neighbour.
  if (kind === 'l4.port' && kindOf(check) === 'l4.port') return false;
  if (kind === 'l7.resolver') {
    // A dead resolver costs each name its time-out, although another one answers in the end.
    const delayed = root.code === 'dns-unreachable' && check.code === 'dns-slow';
    return kindOf(check) === 'l7.name' && (root.status === 'fail' || delayed);
  }
  if (root.code === 'mtu-blackhole' || root.code === 'mtu-mismatch')
    return root.status === 'fail' && /^l[67]\./.test(check.id) && kindOf(check) !== 'l7.name';
  if (root.code === 'loss-local') return ['l3.loss', 'l3.answers', 'l3.jitter'].includes(kindOf(check));
  if (isSameCause(root, check)) return true;
  return BLOCKING_CODES.has(root.code) && root.status === 'fail' && depthOf(root) <= depthOf(check);
}

/** A broken stub answers nobody; a missing resolver, and questions in vain, show in the name alone. Addresses are reached all the same. */
function explainsNames(root: Check, check: Check): boolean {
  if (kindOf(root) === 'l7.name-service-search')
    return kindOf(check) === 'l7.name' && root.code === 'dns-search-slow' && check.code === 'dns-slow';
  if (root.code === 'dns-stub-down' || root.code === 'dns-stub-no-upstream') {
    const ofResolver = kindOf(check) === 'l7.resolver' && (root.status === 'fail' || check.status === 'warn');
    return ofResolver || (kindOf(check) === 'l7.name' && root.status === 'fail');
  }
  return kindOf(check) === 'l7.name' && root.code === check.code && root.status === 'fail';
}

/** A radio that hears badly repeats and loses, which makes round trips long and uneven. That nothing passes has another reason. */
const AIRS_DOING: ReadonlySet<Code> = new Set<Code>(['loss-local', 'latency-high', 'jitter-high', 'tcp-retransmissions']);

/** Answers that go to the other holder are lost here, and what it makes of them is a reset. */
const DUPLICATES_DOING: ReadonlySet<Code> = new Set<Code>([
  'loss-local',
  'loss-target',
  'loss-upstream',
  'tcp-retransmissions',
  'tcp-reset',
]);

/** What a portal that lets nobody beyond itself does to the rest: it drops, rejects, or answers itself. */
const PORTALS_BARRIERS: ReadonlySet<Code> = new Set<Code>([
  'upstream-unreachable',
  'host-unreachable',
  'route-prohibited',
  'ipv6-broken',
  'ipv4-broken',
  'port-closed',
  'port-filtered',
  'port-rejected',
  'tcp-reset',
  'service-silent',
  'dns-hijacked',
  'dns-inconsistent',
  'dns-plain-blocked',
  'dns-encrypted-blocked',
]);

/** What clients meet in front of a portal (RFC 8952): other certificates, other pages, other addresses, or nothing at all. */
function isPortalsDoing(check: Check): boolean {
  if (check.code === null || (check.status !== 'fail' && check.status !== 'warn')) return false;
  return PORTALS_BARRIERS.has(check.code) || /^(cert-|tls-|http-|websocket-|proxy-)/.test(check.code);
}

/** What a rule of our own about one port does: whatever needs the port fails, and what else fails to connect; other faults stay. */
function isByOwnFirewall(check: Check): boolean {
  if (check.status !== 'fail' || check.code === null) return false;
  if (/^(port-filtered|port-rejected|host-unreachable|route-prohibited)$/.test(check.code)) return true;
  return /^l[67]\./.test(check.id) && BLOCKING_CODES.has(check.code);
}

/** What `netdiag http` finds out through the proxy of a target, when there is one. */
function isByProxy(check: Check): boolean {
  return /^l7\.(http-|websocket|redirects|body|json|security-headers|rate-limit|burst|clock)/.test(kindOf(check));
}

/** The same cause seen twice, by two probes of one target or at the gateway first, is one; a warning does not stand for a failure. */
function isSameCause(root: Check, check: Check): boolean {
  return root.code === check.code && (root.status === 'fail' || check.status === 'warn');
}

interface Candidate {
  check: Check & { code: Code };
  evidence: string[];
  /** Ports of one target that have the same fault, where it is one of ports. */
  ports: PortFact[];
  /** What each of its rules expects. */
  wanted: string[];
}

/**
 * Faults of a way that several targets share: the same one at every target is one cause in front of them all. A closed port or an expired
 * certificate belongs to its own service, however many of them there are.
 */
function isOfSharedPath(check: Check & { code: Code }): boolean {
  return CODE_LAYERS[check.code] <= 3 || /^(dns|proxy)-/.test(check.code);
}

function merge(roots: readonly { check: Check; explained: Check[] }[], judged: readonly Check[]): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const { check, explained } of roots) {
    if (!isTrouble(check)) continue;
    const targetsOfKind = new Set(
      judged.filter((other) => kindOf(other) === kindOf(check) && other.status !== 'skip').map((other) => other.target),
    );
    const sharers = roots.filter((other) => other.check.code === check.code && kindOf(other.check) === kindOf(check));
    // One target can have several checks of a kind, such as those of several name servers.
    const sharing = new Set(sharers.map((other) => other.check.target));
    const shared = check.target !== null && isOfSharedPath(check) && sharing.size > 1 && sharing.size === targetsOfKind.size;
    const ports = portsOf([check]);
    // A name that does not exist is one cause, however many servers say so.
    // So is an uplink that is too narrow for several bridges.
    const alone =
      check.code === 'dns-nxdomain'
        ? (check.target ?? check.id)
        : kindOf(check) === 'l3.bridge-mtu'
          ? `${kindOf(check)} ${check.observed}`
          : withoutRecordType(check);
    const one = ports[0] === undefined ? alone : `${ports[0].protocol} ${check.target}`;
    const key = shared ? `${check.code} everywhere` : `${check.code} ${one}`;
    const evidence = [check.id, ...explained.map((other) => other.id)];
    const wanted = isRule(check)
      ? [check, ...explained].flatMap(({ code, expected }) => (code === check.code ? (expected ?? []) : []))
      : [];
    const known = candidates.get(key);
    if (known === undefined) candidates.set(key, { check: shared ? { ...check, target: null } : check, evidence, ports, wanted });
    else {
      known.evidence.push(...evidence);
      known.wanted.push(...wanted);
      known.ports.push(...ports);
    }
  }
  return [...candidates.values()];
}

/** The `id` less the type of record in `l7.dns@NAME/TYPE/SERVER`: what a server does with a name, it does for its other types too. */
function withoutRecordType({ id, target }: Check): string {
  const name = `l7.dns@${target}/`;
  return target !== null && id.startsWith(name) ? `${name}${id.slice(name.length).replace(/^[^/]*/, '')}` : id;
}

/** How many checks that were found well a diagnosis lists as ruled out. */
const RULED_OUT_LIMIT = 6;

function rank(
  candidates: readonly Candidate[],
  judged: readonly Check[],
  causes: Readonly<Record<Code, Cause>>,
  textsOf: (check: Check) => CauseFacts,
): Diagnosis[] {
  const severity = { fail: 0, warn: 1, pass: 2, skip: 2 };
  return [...candidates]
    .sort(
      (a, b) =>
        severity[a.check.status] - severity[b.check.status] ||
        depthOf(a.check) - depthOf(b.check) ||
        b.evidence.length - a.evidence.length ||
        a.check.id.localeCompare(b.check.id),
    )
    .map(({ check, evidence, ports, wanted }) => ({
      code: check.code,
      layer: CODE_LAYERS[check.code],
      target: check.target,
      confidence: confidenceOf(check, judged),
      summary: causes[check.code].summary({ ...textsOf(check), ports, wanted }),
      evidence,
      ruledOut: judged
        .filter(
          (other) =>
            other.status === 'pass' && (other.target === null || other.target === check.target) && depthOf(other) <= depthOf(check),
        )
        .slice(-RULED_OUT_LIMIT)
        .map((other) => other.id),
      remedy: causes[check.code].remedy({ ...textsOf(check), ports, wanted }),
    }));
}
