/**
 * Settings of the Linux kernel that concern the network, and what each profile wants of them, as data. A profile names only those that it
 * holds a machine against; whatever it does not name is shown and not judged.
 *
 * Sources: Documentation/networking/ip-sysctl.rst, Documentation/admin-guide/sysctl/net.rst in the kernel tree, and the RFCs named.
 */

/** What is judged together: one line of the checklist each. */
export type SettingTopic = 'buffers' | 'congestion' | 'queues' | 'tcp' | 'connections' | 'routing';

/** What passes. `set` is the value to write where it does not. */
export type Wanted =
  | { kind: 'one-of'; values: readonly string[]; set: string }
  /** Each field of the value that has a limit here is at least that; `null`: not judged. More than asked for passes. */
  | { kind: 'at-least'; values: readonly (number | null)[]; set: string }
  /** All these bits are set. */
  | { kind: 'bits'; mask: number; set: string }
  /** Two fields, the first and the last of a range: so many numbers at least. */
  | { kind: 'range-of'; least: number; set: string };

export interface SettingRule {
  wanted: Wanted;
  /** What goes wrong otherwise, and where that is said. */
  because: string;
}

export interface KernelSetting {
  name: string;
  topic: SettingTopic;
  /** One value for the whole machine: a network namespace (container) cannot have its own. */
  machineWide: boolean;
}

const machine = (topic: SettingTopic, ...names: string[]): KernelSetting[] => names.map((name) => ({ name, topic, machineWide: true }));
const namespace = (topic: SettingTopic, ...names: string[]): KernelSetting[] => names.map((name) => ({ name, topic, machineWide: false }));

/** Every setting that is read, in the order of the data. Those of single interfaces (`net.ipv4.conf.eth0.rp_filter`) come to them. */
export const KERNEL_SETTINGS: readonly KernelSetting[] = [
  ...machine('buffers', 'net.core.rmem_max', 'net.core.wmem_max'),
  ...namespace('buffers', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem', 'net.ipv4.tcp_moderate_rcvbuf', 'net.ipv4.tcp_notsent_lowat'),
  ...namespace('congestion', 'net.ipv4.tcp_congestion_control', 'net.ipv4.tcp_ecn', 'net.ipv4.tcp_slow_start_after_idle'),
  ...machine('queues', 'net.core.default_qdisc', 'net.core.netdev_max_backlog', 'net.core.busy_poll', 'net.core.busy_read'),
  ...namespace('tcp', 'net.ipv4.tcp_timestamps', 'net.ipv4.tcp_sack', 'net.ipv4.tcp_window_scaling', 'net.ipv4.tcp_fastopen'),
  ...namespace('tcp', 'net.ipv4.tcp_mtu_probing', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_keepalive_intvl'),
  ...namespace('tcp', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_retries2'),
  ...namespace('connections', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_tw_reuse'),
  ...namespace('connections', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_syncookies', 'net.core.somaxconn', 'net.ipv4.tcp_max_syn_backlog'),
  ...namespace('routing', 'net.ipv4.ip_forward', 'net.ipv4.conf.all.rp_filter', 'net.ipv6.conf.all.forwarding'),
  ...namespace('routing', 'net.ipv6.conf.all.disable_ipv6', 'net.ipv6.conf.default.disable_ipv6'),
];

/** What a profile wants of the kernel. */
export interface KernelPolicy {
  /** The settings are advice for a purpose that was asked for: whatever differs is named wherever the kernel is looked at. */
  tuning: boolean;
  /** By name of the setting. */
  settings: Readonly<Record<string, SettingRule>>;
  /** The governor of CPU frequencies that every CPU should have; `null`: CPUs are not looked at. */
  governor: { name: string; because: string } | null;
}

const on = (because: string): SettingRule => ({ wanted: { kind: 'one-of', values: ['1'], set: '1' }, because });

/** Half of what the kernel itself starts with (`SK_RMEM_MAX`, include/net/sock.h): far under what any distribution ships. */
const LEAST_BUFFER_BYTES = 106_496;
/** 256 KiB: 20 Mbit/s over a round trip of 100 ms. The kernel itself goes no lower on machines of 64 MiB (tcp_init). */
const LEAST_TCP_BUFFER_BYTES = 262_144;

/**
 * Whoever narrows the range on purpose, for a firewall or for what a translator leaves of the ports (RFC 7597), leaves a thousand as a rule;
 * WSL2 with mirrored networks has 4096, and cannot do with others.
 */
const LEAST_LOCAL_PORTS = 1000;

const smallBuffer: SettingRule = {
  wanted: { kind: 'at-least', values: [LEAST_BUFFER_BYTES], set: '212992' },
  because: 'sockets that set their own buffers, UDP above all, lose packets in bursts; the kernel itself starts with 212992',
};

/** What harms any machine. */
const HARMFUL: KernelPolicy['settings'] = {
  'net.core.rmem_max': smallBuffer,
  'net.core.wmem_max': smallBuffer,
  'net.ipv4.tcp_rmem': {
    wanted: { kind: 'at-least', values: [null, null, LEAST_TCP_BUFFER_BYTES], set: '4096 131072 6291456' },
    because: 'a receive window under 256 KiB holds a connection below 20 Mbit/s at a round trip of 100 ms (RFC 7323)',
  },
  'net.ipv4.tcp_wmem': {
    wanted: { kind: 'at-least', values: [null, null, LEAST_TCP_BUFFER_BYTES], set: '4096 16384 4194304' },
    because: 'what was sent stays in the buffer until it is confirmed: under 256 KiB that is 20 Mbit/s at a round trip of 100 ms',
  },
  'net.ipv4.tcp_moderate_rcvbuf': on('without it the receive buffer never grows beyond its default (ip-sysctl)'),
  'net.ipv4.tcp_timestamps': {
    wanted: { kind: 'one-of', values: ['1', '2'], set: '1' },
    because: 'without them round trips are measured once per window, and old packets cannot be told from new ones (RFC 7323)',
  },
  'net.ipv4.tcp_sack': on('without it each loss in a window costs a round trip of its own (RFC 2018, RFC 6675)'),
  'net.ipv4.tcp_window_scaling': on('without it at most 64 KiB are under way in each round trip (RFC 7323)'),
  'net.ipv4.ip_local_port_range': {
    wanted: { kind: 'range-of', least: LEAST_LOCAL_PORTS, set: '32768 60999' },
    because: 'each connection to one destination needs a port of its own (RFC 6056); the kernel itself has 28232',
  },
  'net.ipv4.tcp_syncookies': {
    wanted: { kind: 'one-of', values: ['1', '2'], set: '1' },
    because: 'without them a flood of SYNs locks out everybody else (RFC 4987)',
  },
  'net.core.somaxconn': {
    wanted: { kind: 'at-least', values: [128], set: '4096' },
    because: 'a service that is busy for a moment refuses whoever does not fit into its queue; the kernel has 4096, before 5.4 128',
  },
};

export const DEFAULT_KERNEL_POLICY: KernelPolicy = { tuning: false, settings: HARMFUL, governor: null };

const largeBuffer: SettingRule = {
  wanted: { kind: 'at-least', values: [134_217_728], set: '134217728' },
  because: 'a burst of market data waits in the buffer while the program is busy, in place of being dropped',
};

export const TRADING_KERNEL_POLICY: KernelPolicy = {
  tuning: true,
  governor: {
    name: 'performance',
    because: 'a core that has to speed up first answers some ten microseconds late (Documentation/admin-guide/pm/cpufreq.rst)',
  },
  settings: {
    ...HARMFUL,
    'net.core.rmem_max': largeBuffer,
    'net.core.wmem_max': largeBuffer,
    'net.ipv4.tcp_rmem': {
      wanted: { kind: 'at-least', values: [4096, 87_380, 67_108_864], set: '4096 87380 67108864' },
      because: 'the window grows with a far broker, and a slow reader does not close it (RFC 7323)',
    },
    'net.ipv4.tcp_wmem': {
      wanted: { kind: 'at-least', values: [4096, 65_536, 67_108_864], set: '4096 65536 67108864' },
      because: 'an order never waits for room in the send buffer, even while older data is sent again',
    },
    'net.ipv4.tcp_congestion_control': {
      wanted: { kind: 'one-of', values: ['bbr', 'bbr2', 'bbr3'], set: 'bbr' },
      because: 'it follows rate and round trip, so that a single lost packet does not halve the rate, and queues stay short',
    },
    'net.core.default_qdisc': {
      wanted: { kind: 'one-of', values: ['fq'], set: 'fq' },
      because: 'it spaces packets as BBR asks and keeps flows apart; before kernel 4.13 BBR needs it (tc-fq(8))',
    },
    'net.ipv4.tcp_slow_start_after_idle': {
      wanted: { kind: 'one-of', values: ['0'], set: '0' },
      because: 'otherwise the window shrinks while nothing is traded, and the first burst waits a round trip more (RFC 2861)',
    },
    'net.ipv4.tcp_fastopen': {
      wanted: { kind: 'bits', mask: 3, set: '3' },
      because: 'a connection to a known server carries data in its first packet, as client and server (RFC 7413)',
    },
    'net.core.netdev_max_backlog': {
      wanted: { kind: 'at-least', values: [5000], set: '5000' },
      because: 'packets that arrive in a burst wait for the CPU in place of being dropped (admin-guide/sysctl/net.rst)',
    },
    'net.ipv4.tcp_mtu_probing': {
      wanted: { kind: 'one-of', values: ['1', '2'], set: '1' },
      because: 'a path that swallows large packets is survived without ICMP (RFC 4821)',
    },
  },
};

/** Whether a value passes; `null` where it cannot be read as what the rule is about. */
export function passesRule(value: string, { wanted }: SettingRule): boolean | null {
  if (wanted.kind === 'one-of') return wanted.values.includes(value);
  const fields = value.split(/\s+/).map((field) => (/^\d{1,15}$/.test(field) ? Number(field) : Number.NaN));
  if (fields.some(Number.isNaN)) return null;
  const [first = 0, last = -1] = fields;
  switch (wanted.kind) {
    case 'at-least':
      if (fields.length !== wanted.values.length) return null;
      return wanted.values.every((least, index) => least === null || (fields[index] ?? 0) >= least);
    case 'bits':
      return (first & wanted.mask) === wanted.mask;
    case 'range-of':
      return fields.length === 2 ? last - first + 1 >= wanted.least : null;
  }
}

/** The value to write so that a rule is kept: what is wanted, and of several fields each that is larger already. */
export function valueToSet(value: string, { wanted }: SettingRule): string {
  const fields = value.split(/\s+/);
  const set = wanted.set.split(' ');
  if (!fields.every((field) => /^\d{1,15}$/.test(field)) || fields.length !== set.length) return wanted.set;
  if (wanted.kind === 'bits') return String(Number(value) | wanted.mask);
  if (wanted.kind !== 'at-least') return wanted.set;
  return fields.map((field, index) => String(Math.max(Number(field), Number(set[index])))).join(' ');
}

/** As `sysctl -w` takes it: `net.core.somaxconn=4096`; a value of several fields stands in quotes. */
export function assignmentOf(name: string, value: string): string {
  return /^[\w.-]+$/.test(value) ? `${name}=${value}` : `${name}="${value}"`;
}

/** Interfaces have dots and dashes in their names too, which sysctl(8) takes as slashes in their place. */
const ASSIGNMENT = /(?<![^\s])[a-z][a-z0-9_]*(?:\.[\w/-]+)+=(?:[\w.-]+|"[\w. -]*")(?![^\s,])/g;

/** The assignments in a text that {@link assignmentOf} made, in their order. */
export function assignmentsIn(text: string): string[] {
  return text.match(ASSIGNMENT) ?? [];
}

/** File under /proc/sys that holds a setting. In the name of an interface a dot is written as a slash (sysctl(8)). */
export function pathOfSetting(name: string): string {
  return `/proc/sys/${[...name].map((sign) => (sign === '.' ? '/' : sign === '/' ? '.' : sign)).join('')}`;
}

/** Name of a setting of one interface. */
export function interfaceSetting(family: 4 | 6, link: string, leaf: string): string {
  return `net.ipv${family}.conf.${link.replaceAll('.', '/')}.${leaf}`;
}

/** What separates the parts of {@link wantedText}. */
const PART = '; ';
/** Commands other than sysctl(8) that bring about what is wanted; each changes until the next start and no longer. */
const OTHER_COMMAND = /^(tc qdisc replace dev [\w.@-]{1,15} root (fq|mq)|cpupower frequency-set -g [a-z]+|modprobe tcp_bbr)$/;

/** What is expected of a machine, for the column of a check: assignments, and commands where no assignment does it. */
export function wantedText(assignments: readonly string[], commands: readonly string[] = []): string {
  return [...(assignments.length > 0 ? [assignments.join(' ')] : []), ...commands].join(PART);
}

/** The commands that bring about what {@link wantedText} says, modules first; `[]` where nothing in it is a command. */
export function commandsFor(texts: readonly string[]): string[] {
  const parts = texts.flatMap((text) => text.split(PART));
  const others = [...new Set(parts.filter((part) => OTHER_COMMAND.test(part)))].map((part) => `sudo ${part}`);
  const assignments = [...new Set(parts.flatMap(assignmentsIn))];
  const isModule = (command: string) => command.startsWith('sudo modprobe');
  return [
    ...others.filter(isModule),
    ...(assignments.length > 0 ? [`sudo sysctl -w ${assignments.join(' ')}`] : []),
    ...others.filter((command) => !isModule(command)),
  ];
}
