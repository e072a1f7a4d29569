import type { Measurement } from '../model/measurement.js';
import type { TargetWork } from './target-outcome.js';

/** As many as a closer look is made of. */
const MOST = 4;
/** What answers at all answers the first words of a handshake within this, where the way is not the longest on Earth. */
const TIMEOUT_MS = 1400;

/**
 * A handshake that nobody answered is tried in its other shapes at once, while others still wait for the same silence: what they tell (a
 * filter by name or size, a service that speaks without TLS) would otherwise come behind the end of the time.
 */
export async function lookAtSilentHandshake({ target, request, environment, recorder }: TargetWork, made: Measurement): Promise<void> {
  const { attempt } = made;
  if (made.probe !== 'tls' || attempt.kind !== 'unanswered' || attempt.step !== 'handshake' || made.data.address === null) return;
  if (request.inquire === undefined || recorder.measurements.filter(({ probe }) => probe === 'handshake-variants').length >= MOST) return;
  const { tryHandshakeVariants } = await import('./inquiries/handshake-variants.js');
  const label = `handshake of ${target.id} in other shapes`;
  await tryHandshakeVariants({ target, address: made.data.address, request, environment, recorder, label, timeoutMs: TIMEOUT_MS });
}
