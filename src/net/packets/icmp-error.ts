import type { ExtendedError } from '../../wire/linux/control-message.js';
import { IPV4_HEADER_BYTES, IPV6_HEADER_BYTES, type IpFamily, icmpMeaning } from '../../wire/packets/icmp.js';
import { quotedLabels } from '../../wire/packets/icmp-extension.js';
import type { PacketEvent } from '../port.js';
import { type Arrival, type Departure, roundTrip } from './round-trip.js';

export type IcmpErrorEvent = Extract<PacketEvent, { kind: 'icmp-error' }>;

/**
 * What an ICMP error on the error queue says. `quoted` is the packet that it quotes, without its IP header and without `strippedBytes` more
 * that the kernel takes away: 0 for ICMP sockets, 8 for UDP.
 */
export function icmpErrorEvent(
  family: IpFamily,
  error: ExtendedError,
  quoted: Uint8Array,
  strippedBytes: number,
  departure: Departure,
  arrival: Arrival,
): IcmpErrorEvent {
  const { icmpType: type, icmpCode: code, offender: from } = error;
  const meaning = icmpMeaning(family, type, code);
  const headerBytes = family === 4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
  return {
    kind: 'icmp-error',
    from,
    type,
    code,
    meaning,
    mtuBytes: meaning === 'packet-too-big' && error.info > 0 ? error.info : null,
    ...roundTrip(departure, arrival),
    mpls: quotedLabels(quoted, headerBytes + strippedBytes, error.extensions),
  };
}
