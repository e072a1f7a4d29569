import { ROUNDS } from './plan.js';

/** Questions about the addresses of one family on one link, as far as they have come. */
export interface SearchState {
  /** What is asked for. */
  addresses: readonly string[];
  /** Rounds that are over. */
  rounds: number;
  /** Whether anybody claimed something that would be a fault. */
  suspect: boolean;
  /** An address that nobody has; `null` where there is none to be had. */
  nobodys: string | null;
  /** Whether it was asked for. */
  nobodysAsked: boolean;
}

/**
 * What to ask next; `null`: it is over. Three rounds; as soon as somebody claims an address, the next one also asks for an address that
 * nobody has, if need be in a round of its own: who claims that too answers for everything, and is no second holder.
 */
export function nextRound(state: SearchState): { addresses: string[]; withNobodys: boolean } | null {
  const withNobodys = state.suspect && state.nobodys !== null && !state.nobodysAsked;
  if (state.rounds < ROUNDS) {
    return { addresses: [...state.addresses, ...(withNobodys && state.nobodys !== null ? [state.nobodys] : [])], withNobodys };
  }
  return withNobodys && state.nobodys !== null && state.rounds === ROUNDS ? { addresses: [state.nobodys], withNobodys } : null;
}
