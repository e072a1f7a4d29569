import type { Check } from '../../model/report.js';
import type { Target } from '../../model/target.js';
import { addressScope } from '../../wire/address-scope.js';
import { stubLabel } from '../../wire/dns/server.js';
import { hasRecords } from '../dns-comparison/content.js';
import type { Opinion, Opinions } from './opinions.js';
import { isPublicName } from './public-name.js';

/** Of RFC 6761, for names that are made up on purpose; developers lead them to their own machine. */
const FOR_TESTS = /(^|\.)test\.?$/i;

/**
 * Whether the first resolver gives a name the address of nobody (the unspecified one, as filters do), or that of the machine that asks: another
 * machine cannot be there, so the answer is none that the name's own servers meant for anybody else. An own resolver on this machine may lead
 * names back to it, as developers have it do; and where others give the same, the owner of the name wants it so.
 *
 * @param deadAt whether nothing of the target answers at an address
 */
export function leadsNowhere(
  target: Target,
  { own, plain, encrypted }: Opinions,
  deadAt: (address: string) => boolean,
): Pick<Check, 'status' | 'code' | 'observed' | 'basis'> | null {
  const [first] = own;
  if (first === undefined) return null;
  const addresses = own.filter(({ server }) => server === first.server).flatMap((opinion) => opinion.addresses);
  if (addresses.length === 0) return null;
  const others = [...plain, ...encrypted].filter(({ content }) => hasRecords(content));
  const because = addresses.every((address) => addressScope(address) === 'unspecified')
    ? 'the address of nobody: a filter of names, or a made-up answer'
    : addresses.every(isOfWhoeverAsks) && mayBelongElsewhere(target, first, others) && addresses.every(deadAt)
      ? 'the address of whoever asks, where nothing of it runs: a filter of names, or a made-up answer'
      : null;
  if (because === null) return null;
  return { status: 'fail', code: 'dns-hijacked', observed: `${first.server}: ${addresses.join(', ')}, ${because}`, basis: 'stated' };
}

function isOfWhoeverAsks(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || addressScope(address) === 'unspecified';
}

function mayBelongElsewhere({ host }: Target, { server }: Opinion, others: readonly Opinion[]): boolean {
  if (!isPublicName(host) || FOR_TESTS.test(host) || stubLabel(server) !== null) return false;
  return !others.some(({ addresses }) => addresses.some(isOfWhoeverAsks));
}
