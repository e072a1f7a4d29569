/** A proxy on the way. It holds credentials, so it never enters a report or a log; {@link proxyName} does. */
export interface ProxyHop {
  /** `socks5h` has the proxy resolve the name of the destination, `socks5` resolves it here. `https`: HTTP proxy behind TLS. */
  kind: 'http' | 'https' | 'socks5' | 'socks5h';
  /** Host name or IP address. */
  host: string;
  port: number;
  /** `user:password`; `null` without. */
  credentials: string | null;
  /** Who named it: `HTTPS_PROXY`, `--proxy`. */
  from: string;
}

/** `http://proxy.example.net:3128`: without credentials. */
export function proxyName({ kind, host, port }: Pick<ProxyHop, 'kind' | 'host' | 'port'>): string {
  return `${kind}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The two parts of `user:password`; the password can have colons itself (RFC 7617 section 2). `null` without credentials. */
export function proxyLogin(credentials: string | null): { user: string; password: string } | null {
  if (credentials === null) return null;
  const colon = credentials.indexOf(':');
  return colon < 0 ? { user: credentials, password: '' } : { user: credentials.slice(0, colon), password: credentials.slice(colon + 1) };
}

/** Whether a login fits the fields of SOCKS: 1 to 255 bytes each (RFC 1929 section 2). */
export function fitsSocksLogin({ user, password }: { user: string; password: string }): boolean {
  return [user, password].every((text) => text !== '' && new TextEncoder().encode(text).length <= 255);
}
