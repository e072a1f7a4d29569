import { lookForPortal } from '../captive-portal.js';
import { lookForPortalAt, targetForPortal } from '../portal-at-target.js';
import type { InquiryWork } from './inquiry-work.js';

/**
 * Whether a login page of the network answers in place of what was asked; not where nobody beside the named references may be asked. Where none
 * of the well-known pages answers, a target is asked for one.
 */
export async function portal(work: InquiryWork): Promise<string | null> {
  const { request, environment, recorder, outcomes, leftMs } = work;
  if (request.captivePortal === undefined) return 'no page of the internet may be asked';
  const target = targetForPortal(outcomes, recorder.measurements);
  const asked = recorder.measurements.some(({ probe }) => probe === 'captive-portal');
  await Promise.all([
    target === null ? undefined : lookForPortalAt(target, work),
    asked
      ? undefined
      : lookForPortal({ ...request, captivePortal: { ...request.captivePortal, timeoutMs: leftMs, beside: true } }, environment, recorder),
  ]);
  return null;
}
