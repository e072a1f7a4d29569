import { judgeHandshakeVariants } from '../../probes/handshake-variants/judge.js';
import { handshakeVariantsNotTried, measureHandshakeVariants } from '../../probes/handshake-variants/measure.js';
import { planHandshakeVariants } from '../../probes/handshake-variants/plan.js';
import type { InquiryWork } from './inquiry-work.js';

/** What answers at all answers the first words of a handshake within this, where the way is not the longest on Earth. */
const TIMEOUT_MS = 1500;

/** The same handshake in other shapes: which of them pass says whether the name, the size or the version is what is cut off. */
export async function handshakeVariants({ request, environment, recorder, outcome, label, leftMs }: InquiryWork): Promise<string | null> {
  const { network, signal } = environment;
  const { target, address } = outcome ?? {};
  if (target === undefined || address == null) return 'the target has no address';
  const options = { servername: request.tls?.servername ?? null, timeoutMs: Math.min(TIMEOUT_MS, leftMs) };
  const plan = planHandshakeVariants(target, address, options, request.origin);
  // What does not begin with TLS has no other shapes.
  if (plan === null) return null;
  await recorder.record({
    probe: 'handshake-variants',
    target: target.id,
    label,
    measure: () => measureHandshakeVariants(plan, { network, signal }),
    notTried: (attempt) => handshakeVariantsNotTried(plan, attempt),
    judge: judgeHandshakeVariants,
  });
  return null;
}
