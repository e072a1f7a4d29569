import { addressFamily, parseTarget, type Target } from '../../model/target.js';

/** Where a request goes. `path` can hold secrets: it never enters a report as it is. */
export interface HttpPlace {
  scheme: 'http' | 'https';
  /** Name or IP address, without brackets. */
  host: string;
  port: number;
  /** Path and query. */
  path: string;
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** The place of a target; `null` where it is no `http:` or `https:` URL. */
export function placeOf({ scheme, host, port, path }: Target): HttpPlace | null {
  if ((scheme !== 'http' && scheme !== 'https') || port === null) return null;
  return { scheme, host, port, path: path ?? '/' };
}

/** `Host` and `:authority` (RFC 9110 section 7.2): without the zone of this machine. */
export function authorityOf({ scheme, host, port }: HttpPlace): string {
  const written = addressFamily(host) === 6 ? `[${host.replace(/%.*$/, '')}]` : host;
  return port === DEFAULT_PORTS[scheme] ? written : `${written}:${port}`;
}

/** The name that a certificate must carry. */
export function serverNameOf({ host }: HttpPlace): string {
  return addressFamily(host) === 6 ? host.replace(/%.*$/, '') : host;
}

/** The whole address: for reports only behind redaction. */
export function urlOf(place: HttpPlace): string {
  return `${place.scheme}://${authorityOf(place)}${place.path}`;
}

export function isSameOrigin(a: HttpPlace, b: HttpPlace): boolean {
  return a.scheme === b.scheme && a.host === b.host && a.port === b.port;
}

/**
 * Where a Location field leads (RFC 9110 section 10.2.2), seen from `from`. `null` where no request can follow: another scheme (`file:`,
 * `data:`), a host that is none, an address that is no destination. A user and password in it are dropped.
 */
export function locationOf(from: HttpPlace, location: string): HttpPlace | null {
  let url: URL;
  try {
    url = new URL(location, urlOf(from));
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const outcome = parseTarget(`${url.protocol}//${url.host}`);
  if (!outcome.ok) return null;
  const place = placeOf(outcome.target);
  return place === null ? null : { ...place, path: `${url.pathname}${url.search}` };
}
