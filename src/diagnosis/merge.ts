import type { Check } from '../model/report.js';
import type { PortFact } from './cause.js';
import { isShared, sharingOf } from './in-front.js';
import { kindOf } from './kinds.js';
import { isRule, type Root, type Trouble } from './roots.js';

/** A cause as it is to be named: what shows it, all that speaks for it, and what its texts need. */
export interface Candidate {
  check: Trouble;
  /** All checks that show it themselves; the others of the evidence are its symptoms. */
  shownBy: Trouble[];
  evidence: string[];
  /** Ports of one target that have the same fault, where it is one of ports. */
  ports: PortFact[];
  /** What each of its rules expects. */
  wanted: string[];
}

/** The ports in the titles of those that are an `l4.port`, as `TCP 22 ssh`. */
export function portsOf(checks: readonly Check[]): PortFact[] {
  return checks.flatMap((check) => {
    const [, protocol, number, service] = /^(TCP|UDP) (\d+)(?: ([\w.-]+))?$/.exec(check.title) ?? [];
    if (kindOf(check) !== 'l4.port' || protocol === undefined || number === undefined) return [];
    const name = `${protocol} ${number}${service === undefined ? '' : ` (${service})`}`;
    return [{ number: Number(number), protocol: protocol === 'UDP' ? 'udp' : 'tcp', name } as const];
  });
}

/** Several checks can show one cause: ports of one target, types of record of one name, the same fault in front of all targets. */
export function merge(roots: readonly Root[], judged: readonly Check[]): Candidate[] {
  const candidates = new Map<string, Candidate>();
  const sharing = sharingOf(roots, judged);
  for (const { check, explained } of roots) {
    const shared = isShared(check, sharing);
    const ports = portsOf([check]);
    const key = shared ? `${check.code} everywhere` : `${check.code} ${placeOf(check, ports[0])}`;
    const evidence = [check.id, ...explained.map((other) => other.id)];
    const wanted = isRule(check)
      ? [check, ...explained].flatMap(({ code, expected }) => (code === check.code ? (expected ?? []) : []))
      : [];
    const known = candidates.get(key);
    if (known === undefined) {
      candidates.set(key, { check: shared ? { ...check, target: null } : check, shownBy: [check], evidence, ports, wanted });
    } else {
      known.shownBy.push(check);
      known.evidence.push(...evidence);
      known.wanted.push(...wanted);
      known.ports.push(...ports);
    }
  }
  return [...candidates.values()];
}

/** What is one place of a fault. */
function placeOf(check: Trouble, port: PortFact | undefined): string {
  if (port !== undefined) return `${port.protocol} ${check.target}`;
  // A name that does not exist is one cause, however many servers say so.
  if (check.code === 'dns-nxdomain') return check.target ?? check.id;
  // A certificate is one, whoever looks at it: the handshake, a page, a WebSocket.
  if (check.code.startsWith('cert-') && check.target !== null) return check.target;
  // So is an uplink that is too narrow for several bridges.
  return kindOf(check) === 'l3.bridge-mtu' ? `${kindOf(check)} ${check.observed}` : withoutRecordType(check);
}

/** The `id` less the type of record in `l7.dns@NAME/TYPE/SERVER`: what a server does with a name, it does for its other types too. */
function withoutRecordType({ id, target }: Check): string {
  const name = `l7.dns@${target}/`;
  return target !== null && id.startsWith(name) ? `${name}${id.slice(name.length).replace(/^[^/]*/, '')}` : id;
}
