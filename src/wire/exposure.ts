import ipaddr from 'ipaddr.js';

/** Who can reach a socket that is bound to an address, as far as the address tells. */
export type Exposure = 'loopback' | 'link' | 'interface' | 'all';

/**
 * `loopback`: 127.0.0.0/8 and ::1. `link`: link-local and multicast addresses (RFC 3927, RFC 4291), which reach neighbours. `all`: the
 * unspecified address, which stands for every address of the machine. `interface`: one address of it. An IPv4-mapped address counts as the
 * IPv4 address within. What is no address is `interface`: it is neither known to be harmless nor to be open to all.
 */
export function exposureOf(address: string): Exposure {
  let ip: ipaddr.IPv4 | ipaddr.IPv6;
  try {
    ip = ipaddr.process(address);
  } catch {
    return 'interface';
  }
  switch (ip.range()) {
    case 'unspecified':
      // 0.0.0.0/8 as a whole has this range, and only its first address means "all".
      return ip.toByteArray().every((byte) => byte === 0) ? 'all' : 'interface';
    case 'loopback':
      return 'loopback';
    case 'linkLocal':
    case 'multicast':
      return 'link';
    default:
      return 'interface';
  }
}
