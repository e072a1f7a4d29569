import type { CaptivePortalOptions, CaptivePortalReference, Origin } from '../../model/probe-options.js';
import { DEFAULT_REFERENCE } from './references.js';

export interface CaptivePortalPlan {
  reference: CaptivePortalReference;
  timeoutMs: number;
  origin: Origin;
  family: 4 | 6 | null;
  /** Where it is asked, whatever its name leads to; `null`: where that leads to. */
  address: string | null;
}

export function planCaptivePortal({ reference, timeoutMs }: CaptivePortalOptions, origin: Origin, family: 4 | 6 | null): CaptivePortalPlan {
  return { reference: reference ?? DEFAULT_REFERENCE, timeoutMs, origin, family, address: null };
}

/**
 * One page without encryption of a host that was named, in place of a reference: what it answers is not known, only that it leads to no
 * login page of the network.
 */
export function planPortalAtTarget(host: string, address: string, timeoutMs: number, origin: Origin): CaptivePortalPlan {
  return { reference: { name: null, host, port: 80, path: '/', status: 200 }, timeoutMs, origin, family: null, address };
}

/** Without its query, which can hold a secret. */
export function referenceUrl({ host, port, path }: CaptivePortalReference): string {
  const authority = `${host.includes(':') ? `[${host}]` : host}${port === 80 ? '' : `:${port}`}`;
  return `http://${authority}${path.replace(/\?.*$/, '')}`;
}

/** `status 204`, `status 200 and "success"`. */
export function expectedText({ status, body }: CaptivePortalReference): string {
  if (body === undefined) return `status ${status}`;
  return body === null ? `status ${status} and nothing else` : `status ${status} and the known text`;
}
