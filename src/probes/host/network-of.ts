import { contains, formatPrefix, prefixOf } from '../../wire/prefix.js';

/** `192.0.2.0/24` for an address in it; `null` where the two do not fit together. */
export function networkOf(address: string, prefixLength: number): string | null {
  const prefix = prefixOf(address, prefixLength);
  return prefix === null ? null : formatPrefix(prefix);
}

/** Whether a network holds an address. */
export function covers(network: { destination: string; prefixLength: number }, address: string): boolean {
  const prefix = prefixOf(network.destination, network.prefixLength);
  const host = prefixOf(address, address.includes(':') ? 128 : 32);
  return prefix !== null && host !== null && contains(prefix, host);
}
