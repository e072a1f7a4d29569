import type { CaptivePortalOptions, CaptivePortalReference } from '../model/probe-options.js';
import { isLoopback, parseTarget, type Target } from '../model/target.js';
import { REFERENCES } from '../probes/captive-portal/references.js';
import { UsageError } from './usage-error.js';

export interface CaptivePortalFlags {
  'captive-portal'?: boolean;
  'portal-url'?: string | undefined;
  'portal-expect'?: string | undefined;
}

const NAMES = REFERENCES.map(({ name }) => (name ?? '').toLowerCase());

/** The page that is asked for; `undefined` where no portal is looked for. A status without text means an empty answer, a text status 200. */
export function captivePortalOf(flags: CaptivePortalFlags, timeoutMs: number): CaptivePortalOptions | undefined {
  const { 'portal-url': url, 'portal-expect': expected } = flags;
  if (flags['captive-portal'] !== true) {
    if (url !== undefined || expected !== undefined) throw new UsageError('--portal-url and --portal-expect: belong to --captive-portal');
    return undefined;
  }
  const known = REFERENCES.find(({ name }) => name?.toLowerCase() === url?.toLowerCase());
  if (url === undefined || known !== undefined) {
    if (expected !== undefined) throw new UsageError('--portal-expect: belongs to the address of a --portal-url');
    return { timeoutMs, ...(known === undefined ? {} : { reference: known }) };
  }
  return { timeoutMs, reference: givenReference(url, expected) };
}

/**
 * Beside targets that were named: a portal explains what they meet, and lets some of them through. None is looked for from a machine that is
 * to look at itself.
 */
export function portalBeside(targets: readonly Target[], timeoutMs: number): { captivePortal?: CaptivePortalOptions } {
  const local = targets.every(({ host }) => isLoopback(host) || host === 'localhost' || host.endsWith('.localhost'));
  return local ? {} : { captivePortal: { timeoutMs: Math.min(timeoutMs, PORTAL_BESIDE_MS), beside: true } };
}

/** As long as what is silent is waited for. */
const PORTAL_BESIDE_MS = 1800;

/** The page of the lab in place of one on the internet, where none was named. */
export function inLab(options: CaptivePortalOptions, targets: readonly Target[]): CaptivePortalOptions {
  const page = targets.find(({ scheme }) => scheme === 'http');
  if (options.reference !== undefined || page?.port == null) return options;
  return { ...options, reference: { name: null, host: page.host, port: page.port, path: page.path ?? '/', status: 200 } };
}

function givenReference(url: string, expected: string | undefined): CaptivePortalReference {
  const outcome = parseTarget(url);
  if (!outcome.ok || outcome.target.scheme !== 'http' || outcome.target.port === null || outcome.target.credentials !== null) {
    throw new UsageError(`--portal-url: must be an http: address without user and password, or one of ${NAMES.join(', ')}`);
  }
  if (expected === undefined)
    throw new UsageError('--portal-url: needs --portal-expect, the status (as in 204) or the text that answers it');
  const { host, port, path } = outcome.target;
  const where = { name: null, host, port, path: path ?? '/' };
  return /^[1-5]\d\d$/.test(expected)
    ? { ...where, status: Number(expected), body: null }
    : { ...where, status: 200, body: expected.trim() };
}
