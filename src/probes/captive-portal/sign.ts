import type { DataOf } from '../../model/measurement.js';
import type { CaptivePortalReference } from '../../model/probe-options.js';

type Found = Pick<DataOf<'captive-portal'>, 'asExpected' | 'sign' | 'portal' | 'api'>;

export interface PortalAnswer {
  status: number;
  fields: readonly (readonly [string, string])[];
  body: string;
}

const NETWORK_AUTHENTICATION_REQUIRED = 511;
const LONGEST_URL = 300;

/**
 * What an answer to the reference says: the known one, or in which way a portal shows. A server error says nothing of a portal: it can be
 * the reference's own. Pure.
 */
export function signOf(answer: PortalAnswer, reference: CaptivePortalReference): Found {
  const { status, fields, body } = answer;
  const location = valueOfField(fields, 'location');
  const { portal: linked, api } = linksOf(fields);
  const portal = linked ?? (location === null ? null : shown(location, reference));
  const known = status === reference.status && (reference.body === undefined || body.trim() === (reference.body ?? ''));
  const found = (asExpected: boolean, sign: Found['sign']): Found => ({ asExpected, sign, portal: sign === null ? null : portal, api });
  if (status === NETWORK_AUTHENTICATION_REQUIRED) return found(false, 'network-authentication-required');
  if (known) return found(true, linked !== null || api !== null ? 'announced' : null);
  if (status >= 300 && status < 400 && location !== null) return found(false, isSameHttps(location, reference) ? null : 'redirect');
  // A page in place of the known one, be it with the status 403 of a filter that shows its login.
  return found(false, status < 500 && (status < 300 || body.trim() !== '') ? 'other-content' : null);
}

/** A server of the internet may have moved its page to https: that is its own doing. */
function isSameHttps(location: string, { host, path }: CaptivePortalReference): boolean {
  try {
    const url = new URL(location);
    return url.protocol === 'https:' && url.hostname === host && `${url.pathname}${url.search}` === path;
  } catch {
    return false;
  }
}

/** RFC 8910 section 2 and RFC 8908 section 4.1 name the relations; RFC 8288 the field. */
function linksOf(fields: readonly (readonly [string, string])[]): { portal: string | null; api: string | null } {
  const links = fields
    .filter(([name]) => name === 'link')
    .flatMap(([, value]) => [...value.slice(0, 4096).matchAll(/<([^<>]{1,1000})>([^,]{0,400})/g)]);
  const target = (test: (parameters: string) => boolean): string | null => {
    const url = links.find(([, , parameters = '']) => test(parameters))?.[1];
    return url === undefined ? null : shownUrl(url);
  };
  return {
    portal: target((parameters) => /captive-portal/i.test(parameters) && !/captive\+json|captive-portal-api/i.test(parameters)),
    api: target((parameters) => /captive\+json|captive-portal-api/i.test(parameters)),
  };
}

function valueOfField(fields: readonly (readonly [string, string])[], wanted: string): string | null {
  return fields.find(([name]) => name === wanted)?.[1] ?? null;
}

function shown(location: string, { host, port, path }: CaptivePortalReference): string | null {
  try {
    return shownUrl(new URL(location, `http://${host.includes(':') ? `[${host}]` : host}:${port}${path}`).href);
  } catch {
    return null;
  }
}

/** Without user, query and fragment: portals put what identifies the guest there. */
function shownUrl(text: string): string | null {
  try {
    const url = new URL(text);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    const plain = `${url.protocol}//${url.host}${url.pathname}`;
    return plain.length <= LONGEST_URL ? plain : `${plain.slice(0, LONGEST_URL)}…`;
  } catch {
    return null;
  }
}
