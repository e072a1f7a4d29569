import type { Code } from '../../model/code.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check } from '../check.js';

type ChainFault = NonNullable<DataOf<'tls'>['chainFaults']>[number];

/** What clients that take the chain as it is fail on, the worst first. A root that is sent too only costs its bytes. */
const FAULTS: readonly { fault: ChainFault; code: Code; observed(data: DataOf<'tls'>): string }[] = [
  {
    fault: 'too-long',
    code: 'cert-chain-too-long',
    observed: ({ chainLength, chain }) => `${chainLength ?? chain.length} certificates are sent`,
  },
  { fault: 'wrong-order', code: 'cert-chain-order', observed: () => 'a certificate does not stand behind the one that it issued' },
  {
    fault: 'unrelated-certificate',
    code: 'cert-chain-unrelated',
    observed: ({ chain }) => `not all of the ${chain.length} certificates lead from the leaf to its authority`,
  },
  { fault: 'duplicate', code: 'cert-chain-unrelated', observed: () => 'a certificate is sent more than once' },
];

/**
 * `l6.chain`: the order and the completeness of the chain as it was sent (RFC 8446 section 4.4.2); `null` where nothing is wrong with it.
 * Clients can mostly build the path all the same, so that it warns.
 */
export function judgeChain({ data, ...measurement }: MeasurementOf<'tls'>): Check | null {
  const found = FAULTS.find(({ fault }) => data.chainFaults?.includes(fault) === true);
  if (found === undefined) return null;
  return check({
    kind: 'l6.chain',
    layer: 6,
    title: 'chain as sent',
    measurement,
    status: 'warn',
    code: found.code,
    observed: found.observed(data),
    expected: 'each behind the one that it issued, and no others',
  });
}
