import type { Code } from '../model/code.js';
import { CODE_LAYERS } from '../model/code.js';
import type { Check, Diagnosis } from '../model/report.js';
import type { Cause, CauseFacts, PortFact } from './cause.js';
import { confidenceOf } from './confidence.js';
import { explains, isSameCause, type Way, type Ways } from './explains.js';
import { depthOf, isAdvice, kindOf } from './order.js';
import { type Part, partOf } from './part.js';

/** The facts that texts may name, for a target or (`null`) for the machine or a part of it. */
export type FactsOf = (
  target: string | null,
  part: Part | null,
) => Pick<CauseFacts, 'interface' | 'gateway' | 'platform' | 'pathMtuBytes' | 'vanishingDirection' | 'lossByHop'> & {
  /** The kernel's way to the target; absent where it is not known. */
  way?: Way | null;
};

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
  const ways: Ways = {
    wayOf: (target) => factsOf(target, null).way ?? null,
    linkOf: (check) => {
      const part = partOf(check);
      return part === null ? null : (part.interface ?? factsOf(null, part).interface);
    },
  };
  for (const { check } of byDepth) {
    if (!isTrouble(check)) continue;
    const root = roots.find((candidate) => explains(candidate.check, check, ways));
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
    ...factsOf(check.target, partOf(check)),
    ...partOf(check),
  });
  const checks = judged.map((check): Check => {
    const root = explainedBy.get(check);
    if (root !== undefined) return { ...check, status: 'skip', code: null, because: `explained by ${root.title} (${root.code})` };
    return check.code === null ? check : { ...check, remedy: causes[check.code].remedy(textsOf(check)) };
  });
  return { checks, diagnosis: rank(merge(roots, judged), judged, causes, textsOf) };
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
      ruledOut: (isAdvice(check) ? [] : judged)
        .filter(
          (other) =>
            other.status === 'pass' && (other.target === null || other.target === check.target) && depthOf(other) <= depthOf(check),
        )
        .slice(-RULED_OUT_LIMIT)
        .map((other) => other.id),
      against: [],
      alternatives: (causes[check.code].cannotBeToldFrom ?? []).map(({ code, toldBy }) => ({ code, toldBy })),
      notLookedAt: [],
      when: check.when ?? null,
      remedy: causes[check.code].remedy({ ...textsOf(check), ports, wanted }),
    }));
}
