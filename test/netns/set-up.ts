import type { Layout, Link, LinkEnd } from './network.js';

/** Shell scripts that build a network inside its holder's namespaces: one process each, since thirty hosts must not take thirty seconds. */

/** Of interfaces; 1 is the loopback's. */
const FIRST_INDEX = 10;
/** Packets that wait in a TUN device for the link's process. Its counters are the truth only while the kernel drops nothing before it. */
const TUN_QUEUE_PACKETS = 20_000;

/** Runs an `ip` command in a host; where it fails, its own words and what they are about are the last to be heard. */
const TRY = `try() {
  host=$1
  shift
  words=$(ip -n "$host" "$@" 2>&1) || { echo "$host: ip $*: $words" >&2; exit 1; }
}`;

/** Waits until the kernel has noticed the carrier and the IPv6 addresses can be used. */
const SETTLE = `settle() {
  count=0
  while ip -n "$1" -o link show dev "$2" | grep -Eqv " state ($3) " || ip -n "$1" -6 -o address show dev "$2" tentative | grep -q .; do
    count=$((count + 1))
    [ "$count" -lt 100 ] || { echo "$1: $2 does not come up" >&2; exit 1; }
    sleep 0.05
  done
}`;

/** ICMP sockets for everybody, as on most distributions. Ordinary users' namespaces know no group but their own. */
const EVERYBODY_PINGS = `range=/proc/sys/net/ipv4/ping_group_range
{ echo '0 2147483647' > "$range"; } 2> /dev/null || echo '0 0' > "$range"`;

export function linkName({ ends: [a, b] }: Link): string {
  return `${a.host}-${b.host}`;
}

/** Whether packets pass through a process of ours, over TUN devices, and not through a veth pair. */
export function isImpaired(link: Link): boolean {
  return link.impairment !== undefined || link.ends.some((end) => end.impairment !== undefined);
}

/** Namespaces with their settings, and the veth pairs between them. */
export function hostsScript(layout: Layout, ipv6: boolean): string {
  const lines = ['set -e', `ip -batch - <<'END'\n${layout.hosts.map((host) => `netns add ${host}\n`).join('')}END`];
  for (const host of layout.hosts) {
    const resolvers = layout.resolvers?.[host] ?? [];
    lines.push(`printf '%s' ${quoted(resolvers.map((address) => `nameserver ${address}\n`).join(''))} > ${quoted(`/run/netdiag/${host}`)}`);
    const settings = settingsOf(layout, host, ipv6).map(([key, value]) => setting(key, value));
    lines.push(`nsenter --net=${quoted(`/run/netns/${host}`)} sh -ec ${quoted([EVERYBODY_PINGS, ...settings].join('\n'))}`);
  }
  const veths = (layout.links ?? []).flatMap((link, index) => (isImpaired(link) ? [] : [vethPair(link, index)]));
  lines.push(`ip -batch - <<'END'\n${veths.join('')}END`);
  return lines.join('\n');
}

/** Addresses and states of interfaces, once both kinds of them are there; then routes, whose next hops need interfaces that are up. */
export function addressesScript(layout: Layout): string {
  const links = layout.links ?? [];
  const lines = ['set -e', TRY, SETTLE];
  const ends = links.flatMap((link) => link.ends.map((end) => ({ end, link })));
  for (const host of layout.hosts) {
    const own = ends.filter(({ end }) => end.host === host);
    const loopback = layout.loopback?.[host] ?? [];
    if (own.length + loopback.length > 0) lines.push(command(host, 'link set lo up'));
    lines.push(...loopback.map((address) => command(host, `addr add ${address} dev lo`)));
    for (const { end, link } of own) lines.push(...interfaceCommands(end, link));
    if (layout.switches?.includes(host) === true) lines.push(...switchCommands(host, own));
  }
  for (const { end, link } of ends) {
    if (link.ends.some(({ down }) => down === true)) continue;
    lines.push(`settle ${quoted(end.host)} ${quoted(end.interface)} ${quoted(isImpaired(link) ? 'UNKNOWN|UP' : 'UP')}`);
  }
  for (const [host, routes] of Object.entries(layout.routes ?? {}))
    lines.push(...routes.map((route) => command(host, `${route.includes(':') ? '-6 ' : ''}route add ${route}`)));
  return lines.join('\n');
}

function interfaceCommands(end: LinkEnd, link: Link): string[] {
  const commands: string[] = [];
  if (isImpaired(link)) {
    // Without multicast and a link-local address a TUN device sends nothing of its own accord: all that the link counts is the test's.
    const quiet = link.ethernet === true ? '' : ' multicast off addrgenmode none';
    commands.push(`link set ${end.interface} mtu ${link.mtuBytes ?? 1500} txqueuelen ${TUN_QUEUE_PACKETS}${quiet}`);
  }
  for (const address of end.addresses ?? []) commands.push(`addr add ${address} dev ${end.interface}`);
  if (end.down !== true) commands.push(`link set ${end.interface} up`);
  return commands.map((words) => command(end.host, words));
}

function switchCommands(host: string, own: readonly { end: LinkEnd }[]): string[] {
  const ports = own.map(({ end }) => `link set ${end.interface} master br0`);
  return ['link add br0 type bridge forward_delay 0', ...ports, 'link set br0 addrgenmode none up'].map((words) => command(host, words));
}

function settingsOf(layout: Layout, host: string, ipv6: boolean): [string, string][] {
  const router = layout.routers?.includes(host) === true;
  const settings: [string, string][] = [];
  if (router) settings.push(['net/ipv4/ip_forward', '1']);
  const interval = layout.icmpErrorIntervalMs?.[host];
  if (interval !== undefined) settings.push(['net/ipv4/icmp_ratelimit', String(interval)]);
  // Besides the limit for each address there is one for all of a host's errors together.
  if (interval === 0) settings.push(['net/ipv4/icmp_msgs_per_sec', '1000000'], ['net/ipv4/icmp_msgs_burst', '1000000']);
  if (!ipv6) return settings;
  if (interval !== undefined) settings.push(['net/ipv6/icmp/ratelimit', String(interval)]);
  if (router) settings.push(['net/ipv6/conf/all/forwarding', '1']);
  // No duplicate address detection: until it ends, a second or two, an IPv6 address cannot be used.
  settings.push(['net/ipv6/conf/all/accept_dad', '0'], ['net/ipv6/conf/default/accept_dad', '0']);
  return settings;
}

function vethPair({ ends: [a, b], mtuBytes = 1500 }: Link, index: number): string {
  // Two ends with one index look like an ordinary interface to the kernel, which then takes up to a second to notice the carrier.
  const first = `${a.interface} index ${FIRST_INDEX + 2 * index} mtu ${mtuBytes} netns ${a.host}`;
  const second = `${b.interface} index ${FIRST_INDEX + 2 * index + 1} mtu ${mtuBytes} netns ${b.host}`;
  return `link add ${first} type veth peer name ${second}\n`;
}

/** The limit of all ICMP errors together is the whole machine's on older kernels, and then not to be seen in a namespace. */
function setting(key: string, value: string): string {
  const path = quoted(`/proc/sys/${key}`);
  const write = `printf '%s\\n' ${quoted(value)} > ${path}`;
  return key.startsWith('net/ipv4/icmp_msgs') ? `[ ! -e ${path} ] || ${write}` : write;
}

/** `words` are split at spaces, as by hand. */
function command(host: string, words: string): string {
  return `try ${[host, ...words.split(' ')].map(quoted).join(' ')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
