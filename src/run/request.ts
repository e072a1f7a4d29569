import type { Policy } from './model/policy.js';
import type { Target } from './model/target.js';
import type { IpFamily, Network, Origin } from './net/port.js';

/** What a command asks for: which probes, on which targets, how. Plain data made from flags; the rest of the program knows no flag. */
export interface RunRequest {
  /** Name of the command, for the report. */
  command: string;
  targets: readonly Target[];
  /** Ask only for addresses of this family. */
  family: IpFamily | null;
  origin: Origin;
  policy: Policy;
  /** Whole run, in milliseconds; what is not finished by then is reported as unanswered. */
  deadlineMs: number;
  /** Look at links, addresses, routes, gateway and system resolvers too. */
  host: boolean;
  /** Probes for each target; an absent one is not run. */
  latency?: RoundTripOptions;
  loss?: RoundTripOptions;
  phases?: { timeoutMs: number };
  mtu?: { timeoutMs: number };
  ports?: PortsOptions;
  tls?: TlsProbeOptions;
  /** Questions that are no targets of their own: `netdiag dns`. */
  dns?: DnsProbeOptions;
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
  attempts: number;
}

/** What a run needs from outside. */
export interface RunEnvironment {
  network: Network;
  /** Aborts on an interrupt. The report is then partial. */
  signal: AbortSignal;
  version: string;
  /** Called as the run goes on; what it says is for stderr. */
  progress(state: Progress): void;
}

export interface Progress {
  /** What is being waited for, for example `loss app.example.net:443`. */
  label: string;
  done: number;
  total: number;
}
