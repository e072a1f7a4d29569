/** A router that comes again, and the hops at which it stands. */
export interface Loop {
  address: string;
  ttls: number[];
}

/**
 * So many returns make a loop. One can be a path that became longer between two packets; a real loop goes on until the time to live is used
 * up.
 */
const RETURNS = 2;

/**
 * Finds a loop in the addresses that answered at each hop, from the first on; `null` where nobody did. A router returns where it stands two
 * hops or more behind a place where it stood before: at two hops in a row it is one that does not count its own hop, which is common.
 * Of the routers of a loop the first one is named.
 */
export function findLoop(addresses: readonly (string | null)[]): Loop | null {
  const places = new Map<string, number[]>();
  let returns = 0;
  for (const [index, address] of addresses.entries()) {
    if (address === null) continue;
    const before = places.get(address) ?? [];
    if (before.some((ttl) => ttl <= index - 1)) returns++;
    places.set(address, [...before, index + 1]);
  }
  if (returns < RETURNS) return null;
  for (const [address, ttls] of places) {
    const [first, last] = [ttls[0] as number, ttls.at(-1) as number];
    if (last - first >= 2) return { address, ttls };
  }
  return null;
}
