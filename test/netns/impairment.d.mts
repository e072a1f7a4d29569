/** What a link does to the packets of one direction. What is absent does not happen. */
export interface Impairment {
  /** One way. */
  delayMs?: number;
  /** Half of the width where uniform, the standard deviation where normal. It keeps the order of packets. */
  jitterMs?: number;
  /** `uniform` where absent. */
  jitterShape?: 'uniform' | 'normal';
  /** Each packet on its own. */
  lossRatio?: number;
  /** Besides: losses in a row, by Gilbert's model (a good state that loses nothing, a bad one that loses all). */
  lossBursts?: { lossRatio: number; meanPackets: number };
  /** So many packets come later than they should, and what follows overtakes them. */
  reorderRatio?: number;
  /** How much later; 10 where absent. */
  reorderDelayMs?: number;
  duplicateRatio?: number;
  /** Of IP packets, headers included. */
  rateBitsPerSecond?: number;
  /** Waiting at the rate; what does not fit is dropped (tail drop). 150,000 where absent. */
  queueBytes?: number;
  queuePackets?: number;
  /** Larger packets do not pass: without a word, unless `mtuAnnouncedBy` names who says so. */
  mtuBytes?: number;
  /**
   * Routers that answer what is too large, one an address family: addresses that the sending host does not own itself (it would drop the
   * answer). IPv4 packets that may be fragmented are, as by any router.
   */
  mtuAnnouncedBy?: readonly string[];
}

/** What happened in one direction since the link was made: the truth that measurements are held against. */
export interface LinkCounters {
  arrived: number;
  /** Without the copies. */
  forwarded: number;
  forwardedBytes: number;
  /** Copies that were delivered besides. */
  duplicated: number;
  /** Delivered after one that came in later (RFC 4737). */
  reordered: number;
  lost: number;
  /** Runs of `lost` without a packet between that passed. */
  lossBursts: number;
  /** No room in the queue. */
  queueDropped: number;
  /** Larger than the MTU: vanished, answered or fragmented. */
  tooLarge: number;
  /** Answers to what was too large. */
  announced: number;
  /** Not taken by the receiving interface: it is down. */
  refused: number;
  inFlight: number;
}

export interface Direction {
  readonly counters: LinkCounters;
}

export type Fate =
  | { kind: 'deliver'; atMs: number; copies: 1 | 2; sequence: number }
  | { kind: 'dropped' }
  | { kind: 'too-large'; mtuBytes: number };

export const MOST_IN_FLIGHT: number;
export function checkImpairment(impairment: Impairment): void;
export function seededRandom(seed: number): () => number;
export function createDirection(impairment: Impairment, seed: number): Direction;
export function change(direction: Direction, impairment: Impairment, seed?: number): void;
export function schedule(direction: Direction, bytes: number, nowMs: number): Fate;
export function delivered(direction: Direction, sequence: number, copies: number, bytes: number, accepted: boolean): void;
