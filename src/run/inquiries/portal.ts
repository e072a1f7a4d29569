import { lookForPortal } from '../captive-portal.js';
import type { InquiryWork } from './inquiry-work.js';

/** Whether a login page of the network answers in place of what was asked. */
export async function portal({ request, environment, recorder, leftMs }: InquiryWork): Promise<string | null> {
  if (recorder.measurements.some(({ probe }) => probe === 'captive-portal')) return null;
  await lookForPortal({ ...request, captivePortal: { timeoutMs: leftMs, beside: true } }, environment, recorder);
  return null;
}
