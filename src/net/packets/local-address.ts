import { type Attempt, failed, measured, unavailable } from '../../model/attempt.js';
import { localInterfaces } from '../machine/local-interfaces.js';
import type { IpFamily, Origin } from '../port.js';

/**
 * The local address that a socket of Node is to be bound to, `null` where the kernel chooses. Node has no `SO_BINDTODEVICE`, so a named
 * interface stands for its first address of the family: routing by source and the firewall see it, the plain routing table does not.
 */
export function localAddress(origin: Origin, family: IpFamily): Attempt<string | null> {
  if (origin.source !== undefined) {
    const sourceFamily = origin.source.includes(':') ? 6 : 4;
    return sourceFamily === family
      ? measured(origin.source)
      : failed('configure', 'EAFNOSUPPORT', `the source address is IPv${sourceFamily}, the destination IPv${family}`);
  }
  if (origin.interface === undefined) return measured(null);
  const interfaces = localInterfaces();
  if (interfaces === null) return unavailable('interfaces', 'the system does not tell the addresses of its interfaces');
  const addresses = interfaces[origin.interface];
  if (addresses === undefined) return failed('configure', 'ENODEV', 'there is no such interface, or it has no address');
  const match = addresses.find((address) => address.family === `IPv${family}`);
  if (match === undefined) return failed('configure', 'EADDRNOTAVAIL', `the interface has no IPv${family} address`);
  if (match.family !== 'IPv6' || !/^fe[89ab]/i.test(match.address)) return measured(match.address);
  // The zone is a name, on Windows a number (RFC 4007 section 11.2 leaves it to the system).
  return measured(`${match.address}%${process.platform === 'win32' ? match.scopeid : origin.interface}`);
}
