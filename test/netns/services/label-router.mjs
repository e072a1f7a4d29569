// A host that answers echo requests to it as a router of an MPLS network would whose labels run out: "time exceeded" with a label stack
// (RFC 4950). Configuration: {"address": its own, "length": whether the message says where its extensions start (RFC 4884), or not, as before}
import { loadNativeSockets } from '../../../dist/native/index.js';
import { internetChecksum } from '../../../dist/wire/packets/checksum.js';
import { encodeSocketAddress } from '../../../dist/wire/packets/socket-address.js';

const { address, length } = JSON.parse(process.argv[2]);
const family = address.includes(':') ? 6 : 4;
const native = await loadNativeSockets();
if (native.kind === 'absent') throw new Error(native.because);
const { sockets } = native;

// With a length the place is any; without one it is behind 128 bytes.
const QUOTED_BYTES = length ? 160 : 128;
const ECHO_REQUEST = { 4: 8, 6: 128 }[family];
const [AF_INET, AF_INET6, SOCK_RAW, ICMP, ICMPV6] = [2, 10, 3, 1, 58];
const descriptor = family === 4 ? sockets.socket(AF_INET, SOCK_RAW, ICMP) : sockets.socket(AF_INET6, SOCK_RAW, ICMPV6);
if (descriptor < 0) throw new Error(`no raw socket: ${descriptor}`);

// Label 24001, traffic class 5, the last one, time to live 1.
const extensions = Uint8Array.of(0x20, 0, 0, 0, 0, 8, 1, 1, 0x05, 0xdc, 0x1b, 0x01);
new DataView(extensions.buffer).setUint16(2, internetChecksum(extensions));

/** A raw IPv6 socket delivers no IP header: the one to quote is made up. */
function ipv6Packet(source, bytes) {
  const packet = new Uint8Array(40 + bytes.length);
  packet.set([0x60, 0, 0, 0, bytes.length >> 8, bytes.length & 0xff, ICMPV6, 1]);
  packet.set(source, 8);
  packet.set(encodeSocketAddress(address, 0).subarray(8, 24), 24);
  packet.set(bytes, 40);
  return packet;
}

function answer({ bytes, name }) {
  const echo = family === 4 ? bytes.subarray((bytes[0] & 0x0f) * 4) : bytes;
  if (echo[0] !== ECHO_REQUEST) return;
  const quoted = family === 4 ? bytes : ipv6Packet(name.subarray(8, 24), bytes);
  const message = new Uint8Array(8 + QUOTED_BYTES + extensions.length);
  message[0] = family === 4 ? 11 : 3;
  if (length) message[family === 4 ? 5 : 4] = family === 4 ? QUOTED_BYTES / 4 : QUOTED_BYTES / 8;
  message.set(quoted.subarray(0, QUOTED_BYTES), 8);
  message.set(extensions, 8 + QUOTED_BYTES);
  // The kernel sums up ICMPv6 itself.
  if (family === 4) new DataView(message.buffer).setUint16(2, internetChecksum(message));
  // The port of a raw socket's address is its protocol, or nothing.
  const to = Uint8Array.from(name);
  to.fill(0, 2, 4);
  sockets.sendTo(descriptor, message, to);
}

setInterval(() => {
  for (
    let message = sockets.receive(descriptor, 'ordinary');
    typeof message !== 'number';
    message = sockets.receive(descriptor, 'ordinary')
  ) {
    answer(message);
  }
}, 5);
process.stdin.resume().on('end', () => process.exit(0));
console.log('ready');
