/** How a probe is asked to measure: plain data made from flags. Durations in milliseconds. */

/** Where packets leave from. Absent fields: the kernel chooses. */
export interface Origin {
  /** Local IP address. */
  source?: string;
  /** Name of the interface (`SO_BINDTODEVICE` where the system allows). */
  interface?: string;
}

export interface RoundTripOptions {
  /** `auto`: ICMP echo where the system and the target allow, TCP connects otherwise. */
  method: 'auto' | 'icmp' | 'tcp';
  count: number;
  intervalMs: number;
  /** How long one probe may stay unanswered. */
  timeoutMs: number;
}

export interface PortsOptions {
  /** Ports that must be open. */
  required: readonly number[];
  /** Ports whose state is only reported. */
  surveyed: readonly number[];
  timeoutMs: number;
  concurrency: number;
}

export interface TlsProbeOptions {
  /** Overrides the host name of the target. */
  servername: string | null;
  /** Further trust anchors, client certificate and key, in PEM. Never enter a report. */
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  /** `sha256//BASE64` values, one of which the leaf's public key must match; empty: not asked. */
  pins: readonly string[];
  timeoutMs: number;
}

export interface DnsProbeOptions {
  names: readonly string[];
  types: readonly string[];
  /** Servers to ask; empty: the system's resolvers. */
  servers: readonly { address: string; port: number }[];
  transport: 'udp' | 'tcp';
  timeoutMs: number;
  /** How often a datagram may be sent: at least 1. */
  attempts: number;
}

/** Probes for each target; an absent one is not run. */
export interface TargetProbeOptions {
  latency?: RoundTripOptions;
  loss?: RoundTripOptions;
  mtu?: { timeoutMs: number };
  ports?: PortsOptions;
  tls?: TlsProbeOptions;
  phases?: { timeoutMs: number };
}
