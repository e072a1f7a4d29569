import { mtuProbe } from '../../probes/mtu/index.js';
import { planMtu } from '../../probes/mtu/plan.js';
import { requestFor } from '../request.js';
import type { InquiryWork } from './inquiry-work.js';

const LONGEST_ANSWER_MS = 600;

/** Which sizes TCP gets through, in each direction, to a target whose service can be spoken to. */
export async function segments({ request, environment, recorder, outcome, host, label }: InquiryWork): Promise<string | null> {
  if (outcome?.address == null || outcome.lookup?.attempt.kind !== 'measured') return 'there is no way to it';
  const { target, address, lookup } = outcome;
  const way = lookup.data;
  if (way.loopback === true) return 'it is on this machine';
  const localMtuBytes = host?.host?.data.interfaces.find(({ name }) => name === way.interface)?.mtuBytes ?? null;
  const onLink = way.interface !== null && way.gateway === null;
  const options = { timeoutMs: LONGEST_ANSWER_MS, segments: 'always' } as const;
  const plan = planMtu(target, address, { localMtuBytes, onLink }, options, request.origin);
  if (plan.port === null || plan.speech === null) return 'its service speaks neither TLS nor HTTP, as far as is known';
  const { network, signal } = environment;
  const made = await recorder.record({
    probe: 'mtu',
    target: target.id,
    label,
    measure: () => mtuProbe.measure(plan, { network, signal }),
    notTried: (attempt) => mtuProbe.notTried(address, attempt),
    judge: (measurement) => (measurement.attempt.kind === 'measured' ? mtuProbe.judge(measurement, requestFor(request, target.id)) : []),
  });
  return made.data.tcp === null ? 'no connection could be made that shows it' : null;
}
