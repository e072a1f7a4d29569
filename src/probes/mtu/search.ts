/**
 * The search for the largest packet that passes whole, pure: {@link nextProbes} says what to send, given all that is known of each size by
 * now, and {@link conclude} what that amounts to. The next sizes depend on the last replies, so `measure` only loops it.
 *
 * Only sizes that were really tried count. What a router announces chooses the next size to try, and nothing else: it can be old, wrong or
 * forged. All sizes are of whole IP packets, headers included.
 */
export interface SearchBounds {
  /** Largest size that is worth trying: the local MTU, or what the protocol can carry. */
  ceiling: number;
  /** A size that any path carries and any host answers: where it meets silence, nothing can be said of larger ones. */
  small: number;
  /** Sizes tried side by side in one round. */
  breadth: number;
  /** How often a size is sent before it counts as failed, for the time being. */
  copies: number;
  /** The chance of an accident that is accepted where a size is said not to pass. */
  acceptedErrorRatio: number;
}

/** What became of one size, over all rounds. */
export interface SizeEvidence {
  /** Sent, and waited for long enough. */
  copies: number;
  answered: number;
  refusals: readonly Refusal[];
  /** Copies that the link of this machine had no room for (ENOBUFS); absent: none. */
  noRoom?: number;
}

/** Somebody said "packet too big". */
export interface Refusal {
  /** The router; `local`: our own kernel, of its own interface; `null`: not known. */
  from: string | null;
  /** The size that it says would pass; `null` where it names none, as routers before RFC 1191. */
  mtuBytes: number | null;
}

export type Evidence = ReadonlyMap<number, SizeEvidence>;

/** A size to send, so many times. `confirm`: in order to be sure that it does not pass, so that each copy is to be heard of. */
export interface SizeProbe {
  size: number;
  copies: number;
  confirm: boolean;
}

/** Eight sizes cut the interval to a ninth for the price of one time-out. */
const ECHO_BREADTH = 8;
const ECHO_COPIES = 3;
/** Hosts send few "port unreachable" (Linux: six, then one a second), and each is one for a size that passes. */
const DATAGRAM_BREADTH = 1;
const DATAGRAM_COPIES = 2;
/** Each silent packet is a process that waits, of which few run at once. One that was lost by accident is found out when all is confirmed. */
const SYSTEM_COPIES = 2;

/** RFC 791 asks for 68, but an echo of ours is larger; RFC 8200 for 1280. */
const SMALL_PACKET_BYTES = { 4: 128, 6: 1280 } as const;

/** The smallest size that does not pass is sent until this is the chance that all its copies were lost by accident. */
const ECHO_ERROR_RATIO = 1e-6;
/** Each such datagram is followed by one that does pass, so that fewer serve. */
const DATAGRAM_ERROR_RATIO = 1e-3;
const FEWEST_CONFIRMATIONS = 4;
const MOST_CONFIRMATIONS = 24;

/** So many announcements are tried by themselves. After that they get no round of their own, so that lies cannot make the search long. */
const ANNOUNCEMENTS_FOLLOWED = 4;

/**
 * What paths carry as a rule: IPv6's minimum, tunnels of many kinds (1400, WireGuard 1420, VXLAN 1450, GRE 1476, 1480 for IP in IP), PPPoE
 * (1492), Ethernet and jumbo frames. Where only one size can be tried at a time, these come first.
 */
export const COMMON_MTU_BYTES = [576, 1280, 1340, 1360, 1380, 1400, 1420, 1440, 1450, 1460, 1472, 1476, 1480, 1492, 1500, 4352, 8946, 9000];

export function searchBounds(family: 4 | 6, localMtuBytes: number, method: 'icmp' | 'udp' | 'system'): SearchBounds {
  // The length field of IPv4 counts the header (RFC 791); that of IPv6 does not (RFC 8200).
  const ceiling = Math.min(localMtuBytes, family === 4 ? 65_535 : 65_535 + 40);
  const small = Math.min(SMALL_PACKET_BYTES[family], ceiling);
  const copies = method === 'system' ? SYSTEM_COPIES : ECHO_COPIES;
  return method !== 'udp'
    ? { ceiling, small, breadth: ECHO_BREADTH, copies, acceptedErrorRatio: ECHO_ERROR_RATIO }
    : { ceiling, small, breadth: DATAGRAM_BREADTH, copies: DATAGRAM_COPIES, acceptedErrorRatio: DATAGRAM_ERROR_RATIO };
}

/** What to send next, ascending by size; empty when the search is over. */
export function nextProbes(bounds: SearchBounds, evidence: Evidence): SizeProbe[] {
  const ordinary = (sizes: readonly number[]) =>
    [...new Set(sizes)].sort((a, b) => a - b).map((size) => ({ size, copies: bounds.copies, confirm: false }));
  if (evidence.size === 0) return ordinary([bounds.small, bounds.ceiling]);
  const { passed, failed } = limits(bounds, evidence);
  if (passed === null) return [];
  const limit = failed ?? bounds.ceiling + 1;
  if (limit - passed > 1) return ordinary(between(bounds, evidence, passed, limit));
  const missing = failed === null ? 0 : confirmationsNeeded(bounds, evidence, passed) - surety(evidence.get(failed));
  return failed === null || missing <= 0 ? [] : [{ size: failed, copies: missing, confirm: true }];
}

/** Sizes inside the open interval between one that passed and one that did not. */
function between({ breadth }: SearchBounds, evidence: Evidence, passed: number, limit: number): number[] {
  const inside = (size: number) => size > passed && size < limit;
  const said = [...evidence].flatMap(([, { refusals }]) => refusals.map(({ mtuBytes }) => mtuBytes));
  const announcements = [...new Set(said.filter((size) => size !== null))];
  const followed = announcements.filter((size) => evidence.has(size)).length;
  const [announced] = announcements.filter(inside).sort((a, b) => a - b);
  // An announced size is most likely exact: it alone, and the one above it, settle the matter.
  const pair = announced === undefined ? [] : [announced, announced + 1].filter(inside);
  if (pair.length > 0 && followed < ANNOUNCEMENTS_FOLLOWED) return pair;
  return breadth === 1 ? [likeliest(passed, limit)] : spread(passed, limit, breadth);
}

/** Up to `breadth` sizes that part the open interval between two bounds evenly. */
export function spread(passed: number, failed: number, breadth: number): number[] {
  const gap = failed - passed;
  const parts = Math.min(breadth + 1, gap);
  return [...new Set(Array.from({ length: parts - 1 }, (_, index) => passed + Math.floor(((index + 1) * gap) / parts)))];
}

/** The middle one of the common sizes inside the interval, or of those one above; without any, the middle of the interval. */
function likeliest(passed: number, failed: number): number {
  const common = COMMON_MTU_BYTES.flatMap((size) => [size, size + 1]).filter((size) => size > passed && size < failed);
  return common[Math.floor(common.length / 2)] ?? passed + Math.floor((failed - passed) / 2);
}

/** The largest size that passed, and the smallest above it that is known not to, for the time being. */
function limits({ copies }: SearchBounds, evidence: Evidence): { passed: number | null; failed: number | null } {
  const passing = [...evidence].filter(([, { answered }]) => answered > 0).map(([size]) => size);
  const passed = passing.length === 0 ? null : Math.max(...passing);
  const failing = [...evidence]
    .filter(([size, one]) => size > (passed ?? 0) && (one.refusals.length > 0 || one.copies >= copies))
    .map(([size]) => size);
  return { passed, failed: failing.length === 0 ? null : Math.min(...failing) };
}

/** How many copies speak for it that a size does not pass; what our own kernel refuses is sure at once. */
function surety(one: SizeEvidence | undefined): number {
  if (one === undefined) return 0;
  return one.refusals.some(({ from }) => from === 'local') ? Number.POSITIVE_INFINITY : one.copies;
}

/** How often a size must fail before that is no accident, by the loss that the sizes which do pass have met. */
function confirmationsNeeded({ acceptedErrorRatio }: SearchBounds, evidence: Evidence, passed: number): number {
  let sent = 0;
  let answered = 0;
  for (const [size, one] of evidence) {
    if (size > passed) continue;
    sent += one.copies;
    answered += Math.min(one.copies, one.answered);
  }
  // Two more losses and two more answers than were seen (Agresti and Coull): a few packets do not show that there is no loss.
  const lossRatio = (sent - answered + 2) / (sent + 4);
  const needed = Math.ceil(Math.log(acceptedErrorRatio) / Math.log(lossRatio));
  return Math.min(MOST_CONFIRMATIONS, Math.max(FEWEST_CONFIRMATIONS, needed));
}

export interface SearchResult {
  /** Largest size that passed; `null` where not even the small one did. */
  passed: number | null;
  /** Smallest size that did not pass; `null` where the interface is the limit. */
  failed: number | null;
  /** Whether the two are neighbours, and enough copies speak for the second. */
  exact: boolean;
  /** Whether what is larger vanishes without a word; `null` where that can still be loss. */
  silent: boolean | null;
  /** Who said so; `local` where it was our own kernel. */
  limitedBy: string | null;
  /** How many packets the link of this machine itself refused for their size, so that nobody had to say so; absent: none. */
  linkRefused?: number;
}

export function conclude(bounds: SearchBounds, evidence: Evidence): SearchResult {
  const found = concludeSizes(bounds, evidence);
  const linkRefused = found.silent === true && found.passed !== null ? refusedByLink(evidence, found.passed) : 0;
  return linkRefused === 0 ? found : { ...found, linkRefused };
}

/** A queue that is full is so for small packets too: what is refused by its size, every time, the other end of the link does not take. */
function refusedByLink(evidence: Evidence, passed: number): number {
  const small = [...evidence].filter(([size]) => size <= passed);
  const large = [...evidence].filter(([size, { refusals }]) => size > passed && refusals.length === 0);
  if (small.some(([, { noRoom = 0 }]) => noRoom > 0) || large.some(([, { noRoom = 0, copies }]) => noRoom < copies)) return 0;
  return large.reduce((sum, [, { noRoom = 0 }]) => sum + noRoom, 0);
}

function concludeSizes(bounds: SearchBounds, evidence: Evidence): SearchResult {
  const { passed, failed } = limits(bounds, evidence);
  if (passed === null) return { passed, failed, exact: false, silent: false, limitedBy: null };
  if (failed === null) {
    const whole = passed === bounds.ceiling;
    return { passed, failed, exact: whole, silent: false, limitedBy: whole ? 'local' : null };
  }
  const own = evidence.get(failed);
  const sure = surety(own) >= confirmationsNeeded(bounds, evidence, passed);
  // Errors are limited in their rate: one for a larger packet that names this very size, or none, serves as well.
  const above = [...evidence].filter(([size]) => size > passed).flatMap(([, { refusals }]) => refusals);
  const named = above.find(({ mtuBytes }) => mtuBytes === passed) ?? own?.refusals[0] ?? above.find(({ mtuBytes }) => mtuBytes === null);
  const exact = failed === passed + 1 && sure;
  if (named !== undefined && vanishesAbove(bounds, evidence, passed)) return { passed, failed, exact, silent: true, limitedBy: null };
  const silent = named !== undefined ? false : sure ? true : null;
  return { passed, failed, exact, silent, limitedBy: named?.from ?? null };
}

/** So many packets in a row without a word, of sizes above all that were announced. */
const FEWEST_VANISHED = 6;

/**
 * Whether only what is a few bytes too large is announced, and what this interface really sends vanishes without a word: the far end of the first
 * link takes a little more than its MTU (a VLAN tag, on most adapters and on a veth), and can speak of that alone. The largest size is sent first,
 * so that no limit of a router's messages has been met by then.
 */
function vanishesAbove({ ceiling, copies }: SearchBounds, evidence: Evidence, passed: number): boolean {
  const failing = [...evidence].filter(([size]) => size > passed);
  const announced = Math.max(...failing.flatMap(([size, { refusals }]) => (refusals.length > 0 ? size : [])));
  const above = failing.filter(([size]) => size > announced);
  const vanished = above.reduce((sum, [, one]) => sum + one.copies, 0);
  return (
    announced - passed <= LINK_SLACK_BYTES &&
    (evidence.get(ceiling)?.copies ?? 0) >= copies &&
    ceiling > announced &&
    vanished >= FEWEST_VANISHED
  );
}

/** What an adapter takes beyond its MTU: room for two VLAN tags (IEEE 802.1Q, 802.1ad). */
const LINK_SLACK_BYTES = 8;
