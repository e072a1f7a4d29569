/** The part of the port (see `port.ts`) that looks at proxies by themselves. */
import type { Attempt } from '../model/attempt.js';
import type { Origin } from '../model/probe-options.js';
import type { ProxyHop } from '../model/proxy.js';
import type { ProxyAnswer } from '../wire/http/proxy-dialogue.js';
import type { TcpFacts } from '../wire/linux/tcp-info.js';

export interface Proxies {
  /** Connects to the proxy, with TLS where it is an `https` one, and says nothing to it. */
  reach(hop: ProxyHop, options: ProxyOptions): Promise<{ outcome: Attempt<null>; reached: ProxyReached }>;
  /**
   * Has it open a way to a destination, and closes that at once. Failures have step `connect` and one of the codes that begin with `proxy-`;
   * `configure` where the way cannot be asked for at all.
   */
  tunnel(hop: ProxyHop, destination: ProxyDestination, options: ProxyOptions): Promise<{ outcome: Attempt<null>; reached: ProxyReached }>;
}

export interface ProxyOptions extends Origin {
  /** For all of it: looking up the proxy, TCP, TLS to it, and its word. */
  timeoutMs: number;
  signal: AbortSignal;
  /** Further trust anchors of an `https` proxy, in PEM. */
  ca?: readonly string[];
}

export interface ProxyDestination {
  /** Host name or IP address, as the proxy is told it. */
  host: string;
  /** IP address, which a `socks5` proxy is told in place of the name; `null`: it was not looked up here. */
  address: string | null;
  port: number;
}

/** What was reached on the way; `null` where it was not, or is not part of it. */
export interface ProxyReached {
  /** Looking up the name of the proxy; `null` also where it is an address. */
  dnsMs: number | null;
  /** Address of the proxy that was connected to, or tried last. */
  address: string | null;
  tcpMs: number | null;
  kernel: TcpFacts | null;
  /** Handshake with an `https` proxy. */
  tlsMs: number | null;
  /** From the first byte written to the proxy to its word that the destination is connected, or is not. */
  proxyMs: number | null;
  answer: ProxyAnswer | null;
  /** What it wants to be told of who asks: HTTP schemes, or a method of SOCKS. `null`: it asked for nothing. */
  authentication: string[] | null;
}
