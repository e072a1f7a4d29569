import type { DataOf } from '../../model/measurement.js';
import { nameKey } from '../../wire/dns/name.js';
import { type HostsSwitch, reasonDnsIsNotAsked } from '../../wire/names/nsswitch.js';
import { searchCandidates } from '../../wire/names/resolv-conf.js';

export type Lookup = DataOf<'name-service'>['lookups'][number];
type Question = Pick<DataOf<'dns'>, 'name' | 'type' | 'rcode' | 'queryMs' | 'answers' | 'transport'>;

/**
 * What the search list makes of a name, and which of it a lookup went through in vain. A and AAAA of one name are asked side by side, so the
 * later of the two is what it cost. Pure.
 *
 * @param questions what a lookup of the name asked, in order; empty: it was not looked up
 */
export function lookAtSearch(
  { target, name }: { target: string | null; name: string },
  list: { search: readonly string[]; ndots: number },
  questions: readonly Question[],
  nameSwitch: HostsSwitch | null,
): Lookup {
  const candidates = searchCandidates(name, list);
  const asked = questions.filter(({ transport }) => transport !== 'file');
  const found = candidates.find((candidate) => asked.some((question) => isOf(question, candidate) && question.answers.length > 0)) ?? null;
  const own = name.replace(/\.$/, '');
  const upTo = found === null ? candidates.indexOf(own) : candidates.indexOf(found);
  const wasted = candidates.slice(0, Math.max(upTo, 0)).flatMap((candidate) => {
    const of = asked.filter((question) => isOf(question, candidate));
    const times = of.flatMap(({ queryMs }) => queryMs ?? []);
    // Where one of the two had no answer, the waiting has no number.
    const timed = times.length === of.length && times.length > 0;
    return of.length === 0 ? [] : [{ name: candidate, rcode: of[0]?.rcode ?? null, queryMs: timed ? Math.max(...times) : null }];
  });
  const times = wasted.flatMap(({ queryMs }) => queryMs ?? []);
  return {
    target,
    name,
    candidates,
    found,
    wasted,
    wastedMs: wasted.length > 0 && times.length === wasted.length ? times.reduce((sum, ms) => sum + ms, 0) : null,
    ahead: candidates.slice(0, Math.max(candidates.indexOf(own), 0)),
    diverted: null,
    dnsNotAsked: nameSwitch === null ? null : reasonDnsIsNotAsked(nameSwitch, name),
  };
}

function isOf(question: Question, candidate: string): boolean {
  return nameKey(question.name) === nameKey(candidate);
}

/** Whether a domain of the search list answered for a name that is whole by its own: with a dot in it, and not the one that was asked for. */
export function isTakenOver({ name, found }: Lookup): boolean {
  const own = name.replace(/\.$/, '');
  return found !== null && own.includes('.') && nameKey(found) !== nameKey(own);
}
