import { lookForPortal } from '../captive-portal.js';
import type { InquiryWork } from './inquiry-work.js';

/** Whether a login page of the network answers in place of what was asked; not where nobody beside the named references may be asked. */
export async function portal({ request, environment, recorder, leftMs }: InquiryWork): Promise<string | null> {
  if (request.captivePortal === undefined) return 'no page of the internet may be asked';
  if (recorder.measurements.some(({ probe }) => probe === 'captive-portal')) return null;
  await lookForPortal({ ...request, captivePortal: { ...request.captivePortal, timeoutMs: leftMs, beside: true } }, environment, recorder);
  return null;
}
