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
