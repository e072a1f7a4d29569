// What a router does with a packet that is larger than the next link: says so by ICMP (RFC 792, 1191, 4443), or cuts it in fragments
// (RFC 791) where IPv4 allows that. Pure.

import ipaddr from 'ipaddr.js';

const ICMP = 1;
const ICMPV6 = 58;
const DO_NOT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;
const OFFSET_MASK = 0x1fff;
/** An answer is at most this long: RFC 1812, 4.3.2.3, and the smallest MTU of IPv6. */
const MOST_IPV4_BYTES = 576;
const MOST_IPV6_BYTES = 1280;

/** @returns {{answer: Buffer} | {fragments: Buffer[]} | null} `null`: it vanishes */
export function tooLarge(packet, mtuBytes, routers) {
  if (packet[0] >> 4 === 4) {
    if ((packet.readUInt16BE(6) & DO_NOT_FRAGMENT) === 0 && routers.length > 0) return { fragments: fragments(packet, mtuBytes) };
    return answerOf(packet, routers, 'ipv4', (from) => fragmentationNeeded(packet, mtuBytes, from));
  }
  return answerOf(packet, routers, 'ipv6', (from) => packetTooBig(packet, mtuBytes, from));
}

function answerOf(_packet, routers, family, write) {
  for (const text of routers) {
    const address = ipaddr.parse(text);
    if (address.kind() !== family) continue;
    const answer = write(Buffer.from(address.toByteArray()));
    return answer === null ? null : { answer };
  }
  return null;
}

/** No answer to an ICMP error, nor to any fragment but the first (RFC 1122, 3.2.2). */
function fragmentationNeeded(packet, mtuBytes, from) {
  const headerBytes = (packet[0] & 0x0f) * 4;
  if ((packet.readUInt16BE(6) & OFFSET_MASK) !== 0) return null;
  if (packet[9] === ICMP && ![0, 8, 13, 14].includes(packet[headerBytes])) return null;
  const quoted = packet.subarray(0, MOST_IPV4_BYTES - 28);
  const answer = Buffer.alloc(28 + quoted.length);
  answer[0] = 0x45;
  answer[1] = 0xc0;
  answer.writeUInt16BE(answer.length, 2);
  answer[8] = 64;
  answer[9] = ICMP;
  from.copy(answer, 12);
  packet.copy(answer, 16, 12, 16);
  answer.writeUInt16BE(checksum(answer.subarray(0, 20)), 10);
  answer[20] = 3;
  answer[21] = 4;
  answer.writeUInt16BE(mtuBytes, 26);
  quoted.copy(answer, 28);
  answer.writeUInt16BE(checksum(answer.subarray(20)), 22);
  return answer;
}

/** No answer to an ICMPv6 error (RFC 4443, 2.4). */
function packetTooBig(packet, mtuBytes, from) {
  if (packet[6] === ICMPV6 && packet[40] < 128) return null;
  const quoted = packet.subarray(0, MOST_IPV6_BYTES - 48);
  const answer = Buffer.alloc(48 + quoted.length);
  answer[0] = 0x60;
  answer.writeUInt16BE(8 + quoted.length, 4);
  answer[6] = ICMPV6;
  answer[7] = 64;
  from.copy(answer, 8);
  packet.copy(answer, 24, 8, 24);
  answer[40] = 2;
  answer.writeUInt32BE(mtuBytes, 44);
  quoted.copy(answer, 48);
  const pseudo = Buffer.alloc(40);
  answer.copy(pseudo, 0, 8, 40);
  pseudo.writeUInt32BE(8 + quoted.length, 32);
  pseudo[39] = ICMPV6;
  answer.writeUInt16BE(checksum(Buffer.concat([pseudo, answer.subarray(40)])), 42);
  return answer;
}

/** Options are repeated in each fragment: the kernels that send here set none which must not be. */
function fragments(packet, mtuBytes) {
  const headerBytes = (packet[0] & 0x0f) * 4;
  const payload = packet.subarray(headerBytes);
  const step = (mtuBytes - headerBytes) & ~7;
  const firstField = packet.readUInt16BE(6);
  const pieces = [];
  for (let offset = 0; offset < payload.length; offset += step) {
    const piece = Buffer.concat([packet.subarray(0, headerBytes), payload.subarray(offset, offset + step)]);
    const more = offset + step < payload.length || (firstField & MORE_FRAGMENTS) !== 0 ? MORE_FRAGMENTS : 0;
    piece.writeUInt16BE(piece.length, 2);
    piece.writeUInt16BE((firstField & OFFSET_MASK) + offset / 8 + more, 6);
    piece.writeUInt16BE(0, 10);
    piece.writeUInt16BE(checksum(piece.subarray(0, headerBytes)), 10);
    pieces.push(piece);
  }
  return pieces;
}

/** The Internet checksum (RFC 1071). */
export function checksum(bytes) {
  let sum = 0;
  for (let index = 0; index + 1 < bytes.length; index += 2) sum += (bytes[index] << 8) + bytes[index + 1];
  if (bytes.length % 2 === 1) sum += bytes[bytes.length - 1] << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
