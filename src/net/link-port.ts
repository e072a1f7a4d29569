/**
 * The part of the port (see `port.ts`) that asks neighbours on a link. What is sent here stays on that link: no router passes it on.
 */
import type { Attempt } from '../model/attempt.js';
import type { IpFamily } from '../wire/packets/icmp.js';

export interface ClaimQuestion {
  interface: string;
  family: IpFamily;
  /** Asked for once each, without zone, at the beginning. */
  addresses: readonly string[];
  /** How long answers are waited for. All of it, since silence is what is hoped for. */
  waitMs: number;
  signal: AbortSignal;
}

/** Somebody else on the link says that an address is theirs. */
export interface Claim {
  address: string;
  linkAddress: string;
  /** How often it was said. */
  count: number;
  /** Not so where it speaks for another machine, or for an address that several share on purpose (RFC 4861 section 7.2.4). */
  asHolder: boolean;
}

export interface LinkClaims {
  /** Link address of the interface that asked. */
  ownLinkAddress: string;
  /** By address: the source that the question carried, `0.0.0.0` or `::` where it was nobody's. */
  senders: Readonly<Record<string, string>>;
  /** Without what this machine itself says, through whichever interface. */
  claims: Claim[];
}

export interface Links {
  /**
   * Asks who has these addresses, by ARP probes (RFC 5227) or neighbour solicitations (RFC 4861), and gathers who says so. `unavailable` with
   * the capability `root` where that needs a right which this process lacks, `link` where the interface is none on which neighbours have link
   * addresses (tunnels, loopback), or is not up, `native-sockets` where there are none.
   */
  claimants(question: ClaimQuestion): Promise<Attempt<LinkClaims>>;
}
