/**
 * What the packet filters of this machine are made of, whoever wrote them: tables of chains of rules, as nftables and iptables both have
 * them. Readers in `src/wire` make it, `src/probes/firewall` sends packets in thought through it.
 */

export type FilterEngine = 'nftables' | 'iptables-nft' | 'iptables-legacy';

/** Where the kernel hands packets over (netfilter hooks); `ingress` and `egress` belong to one interface each. */
export type Hook = 'ingress' | 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting' | 'egress';

/** Families of tables; `inet` sees packets of both. */
export type TableFamily = 'ip' | 'ip6' | 'inet' | 'netdev' | 'bridge' | 'arp';

/** What a rule can look at, as far as it is known of a packet in thought. Interfaces are names, everything else is a number. */
export type PacketField =
  | 'family'
  | 'protocol'
  | 'source-address'
  | 'destination-address'
  | 'source-port'
  | 'destination-port'
  | 'icmp-type'
  | 'icmp-code'
  | 'tcp-flags'
  | 'connection-state'
  | 'connection-status'
  /** State and, shifted by {@link STATUS_SHIFT}, status together: iptables asks for both at once. */
  | 'connection'
  | 'mark'
  | 'user'
  | 'group'
  | 'source-type'
  | 'destination-type'
  | 'packet-type'
  | 'input-interface'
  | 'output-interface';

/** First and last value, both within. */
export type Span = readonly [bigint, bigint];

/** A span of numbers, or the name of an interface, in which a `*` at the end stands for anything. */
export type Element = Span | string;

export type Condition =
  /** The field, under the mask, is one of these. */
  | { kind: 'field'; field: PacketField; mask: bigint | null; spans: readonly Span[]; names: readonly string[]; negated: boolean }
  /** The fields together are one of these rows. */
  | { kind: 'fields'; fields: readonly PacketField[]; rows: readonly (readonly Element[])[]; negated: boolean }
  /** Whether it holds does not depend on the packet. */
  | { kind: 'known'; holds: boolean }
  /** What this depends on is not known here. */
  | { kind: 'unknown'; because: string };

export type Effect =
  /** mark = (mark AND keep) XOR change, and the bits of `unknown` become what is not known here; `null`: all of them do. */
  | { kind: 'mark'; change: { keep: bigint; change: bigint; unknown?: bigint } | null }
  /** The packet belongs to no connection from here on. */
  | { kind: 'untrack' };

/** A new destination; `null`: it stays, or it is not known. */
export interface Translation {
  address: string | null;
  port: number | null;
}

export type Verdict =
  | { kind: 'accept' | 'drop' | 'reject' | 'return' | 'continue' }
  | { kind: 'jump' | 'goto'; chain: string }
  /** One of these destinations; empty: which is not known. `here`: this machine itself. */
  | { kind: 'translate'; to: readonly Translation[]; here: boolean }
  /** The first row that has the fields decides; without one the rule decides nothing. */
  | { kind: 'lookup'; fields: readonly PacketField[]; rows: readonly { key: readonly Element[]; verdict: Verdict }[] }
  /** One of these, by what is not known; `always`: one of them surely. */
  | { kind: 'any'; of: readonly Verdict[]; because: string; always: boolean }
  /** Somebody else decides, or it is not known what happens. */
  | { kind: 'unknown'; because: string };

export interface FilterRule {
  steps: readonly (Condition | Effect)[];
  /** `null`: it only counts, logs or marks. */
  verdict: Verdict | null;
  /** The rule as its engine writes it, made when it is asked for. It can hold anything: comments are free text. */
  text(): string;
}

export interface FilterChain {
  name: string;
  /** `null`: it is reached by jumps alone. */
  base: {
    hook: Hook;
    /** Smaller comes first. */
    priority: number;
    type: 'filter' | 'nat' | 'route';
    policy: 'accept' | 'drop';
    /** Of `ingress` and `egress`; empty: not told. */
    interfaces: readonly string[];
  } | null;
  rules: readonly FilterRule[];
}

export interface FilterTable {
  engine: FilterEngine;
  family: TableFamily;
  name: string;
  chains: ReadonlyMap<string, FilterChain>;
  /** Named sets and maps. */
  sets: number;
}

/** Bits of `connection-state`, as ct(8) has them. */
export const CONNECTION_STATES = { invalid: 1n, established: 2n, related: 4n, new: 8n, untracked: 64n } as const;

/** Bits of `connection-status` that say something of a new connection. */
export const CONNECTION_STATUS = { 'seen-reply': 2n, assured: 4n, confirmed: 8n, snat: 16n, dnat: 32n } as const;

export const STATUS_SHIFT = 16n;

/** Kinds of addresses (rtnetlink's RTN_*). */
export const ADDRESS_TYPES = {
  unspec: 0n,
  unicast: 1n,
  local: 2n,
  broadcast: 3n,
  anycast: 4n,
  multicast: 5n,
  blackhole: 6n,
  unreachable: 7n,
  prohibit: 8n,
} as const;

export const PROTOCOLS = { icmp: 1n, tcp: 6n, udp: 17n, icmpv6: 58n } as const;
