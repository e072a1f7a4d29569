import type { Target } from '../../model/target.js';
import { judgeHandshakeVariants } from '../../probes/handshake-variants/judge.js';
import { handshakeVariantsNotTried, measureHandshakeVariants } from '../../probes/handshake-variants/measure.js';
import { planHandshakeVariants } from '../../probes/handshake-variants/plan.js';
import type { InquiryWork } from './inquiry-work.js';

/** What answers at all answers the first words of a handshake within this, where the way is not the longest on Earth. */
const TIMEOUT_MS = 1500;

interface Tried extends Pick<InquiryWork, 'request' | 'environment' | 'recorder' | 'label'> {
  target: Target;
  address: string;
  timeoutMs: number;
}

/** The same handshake in other shapes: which of them pass says whether the name, the size or the version is what is cut off. */
export async function handshakeVariants({ outcome, leftMs, ...work }: InquiryWork): Promise<string | null> {
  const { target, address } = outcome ?? {};
  if (target === undefined || address == null) return 'the target has no address';
  await tryHandshakeVariants({ ...work, target, address, timeoutMs: Math.min(TIMEOUT_MS, leftMs) });
  return null;
}

/** Records them; nothing, where the target does not begin with TLS and so has no other shapes. */
export async function tryHandshakeVariants({ target, address, request, environment, recorder, label, timeoutMs }: Tried): Promise<void> {
  const { network, signal } = environment;
  const plan = planHandshakeVariants(target, address, { servername: request.tls?.servername ?? null, timeoutMs }, request.origin);
  if (plan === null) return;
  await recorder.record({
    probe: 'handshake-variants',
    target: target.id,
    label,
    measure: () => measureHandshakeVariants(plan, { network, signal }),
    notTried: (attempt) => handshakeVariantsNotTried(plan, attempt),
    judge: judgeHandshakeVariants,
  });
}
