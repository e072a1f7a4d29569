import ipaddr from 'ipaddr.js';

/** `192.0.2.0/24` for an address in it; `null` where the two do not fit together. */
export function networkOf(address: string, prefixLength: number): string | null {
  const bytes = bytesOf(address);
  if (bytes === null || prefixLength < 0 || prefixLength > bytes.length * 8) return null;
  const network = bytes.map((byte, index) => byte & (0xff << Math.max(0, Math.min(8, 8 - (prefixLength - 8 * index)))) & 0xff);
  return `${ipaddr.fromByteArray(network).toString()}/${prefixLength}`;
}

/** Whether a network holds an address. */
export function covers(network: { destination: string; prefixLength: number }, address: string): boolean {
  return (
    addressLength(network.destination) === addressLength(address) &&
    networkOf(address, network.prefixLength) === networkOf(network.destination, network.prefixLength)
  );
}

function addressLength(address: string): number | null {
  return bytesOf(address)?.length ?? null;
}

function bytesOf(address: string): number[] | null {
  try {
    return ipaddr.parse(address.replace(/%.*$/, '')).toByteArray();
  } catch {
    return null;
  }
}
