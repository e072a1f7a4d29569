import { isBesideRadio } from '../../wire/darwin/links.js';
import type { Interface } from './facts.js';

/** Kinds that lead out of a machine by themselves. Bridges do by their members; tunnels go by another link, and the rest leads to guests. */
const OUTWARD: ReadonlySet<string> = new Set([
  'ethernet',
  'wireless',
  'cellular',
  'ppp',
  'bond',
  'team',
  'vlan',
  'macvlan',
  'ipvlan',
  'infiniband',
]);

/**
 * Of links of which none is known to be in use, those that lead out of this machine, bridges last: that the switch for guests is up says
 * nothing of the cable. All of them, where none is known to lead out: the one link of a container is a `veth`.
 */
export function outwardLinks(links: readonly Interface[]): readonly Interface[] {
  const known = links.filter((link) => link.master === null && !isBesideRadio(link.name) && isOutward(link));
  const members = (name: string) => links.filter(({ master }) => master === name);
  const bridges = links.filter((link) => link.kind === 'bridge' && members(link.name).some(isOutward));
  const outward = [...known, ...bridges];
  return outward.length > 0 ? outward : links;
}

/** What nobody names is taken for hardware, which has no kind of its own on many systems. */
function isOutward({ kind }: Interface): boolean {
  return kind === null || OUTWARD.has(kind);
}
