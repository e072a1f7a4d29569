// Answers echo requests as nobody should: before each right answer comes what is forged, too short, too long or about somebody else's packet,
// and behind the first one a flood of copies. The kernel's own answers must be off (`icmp_echo_ignore_all`). Needs raw sockets.
// Configuration: {"family": 4 | 6, "copies": number}
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadNativeSockets } from '../../../dist/native/index.js';
import { internetChecksum } from '../../../dist/wire/packets/checksum.js';

const { family, copies } = JSON.parse(process.argv[2]);
const [AF, PROTOCOL] = family === 4 ? [2, 1] : [10, 58];
const [REQUEST, REPLY, UNREACHABLE, HOST] = family === 4 ? [8, 0, 3, 1] : [128, 129, 1, 3];
const IP_BYTES = family === 4 ? 20 : 40;
const POLLIN = 1;
const SO_SNDBUF = 7;
/** So that a socket with an ordinary buffer keeps up, and the flood is read and not dropped. */
const BURST = 100;
const PAUSE_MS = 4;

const native = await loadNativeSockets();
if (native.kind !== 'present') throw new Error(native.because);
const { sockets } = native;
const descriptor = sockets.socket(AF, 3, PROTOCOL);
if (descriptor < 0) throw new Error(`no raw socket: ${descriptor}`);
sockets.setOption(descriptor, 1, SO_SNDBUF, 1 << 20);
console.log('ready');

/** The kernel fills in the checksum of ICMPv6. */
function summed(message) {
  message.fill(0, 2, 4);
  if (family === 4) message.writeUInt16BE(internetChecksum(message), 2);
  return message;
}

/** An answer to the request, with another payload or identifier where they are given. */
function reply(request, payload = request.subarray(8), identifier = request.readUInt16BE(4)) {
  const message = Buffer.concat([request.subarray(0, 8), payload]);
  message.writeUInt8(REPLY, 0);
  message.writeUInt16BE(identifier, 4);
  return summed(message);
}

/** "Host unreachable", about a packet with this header and content that is said to have come from `client`. */
function unreachable(ipHeader, content) {
  return summed(Buffer.concat([Buffer.from([UNREACHABLE, HOST, 0, 0, 0, 0, 0, 0]), ipHeader, content]));
}

function quotedHeader(client, here, protocol, length) {
  const header = Buffer.alloc(IP_BYTES);
  if (family === 4) {
    header.set([0x45, 0, 0, 0, 0, 0, 0, 0, 64, protocol]);
    header.writeUInt16BE(IP_BYTES + length, 2);
    header.set(client, 12);
    header.set(here, 16);
    header.writeUInt16BE(internetChecksum(header), 10);
  } else {
    header.set([0x60, 0, 0, 0, length >> 8, length & 0xff, protocol, 64]);
    header.set(client, 8);
    header.set(here, 24);
  }
  return header;
}

function nonsense(request, client, here) {
  const payload = request.subarray(8);
  const foreign = Buffer.concat([request.subarray(0, 8), randomBytes(payload.length)]);
  const counted = Buffer.from(payload);
  counted.writeUInt32BE(counted.readUInt32BE(12) + 1000, 12);
  return [
    reply(request, randomBytes(payload.length)),
    reply(request, randomBytes(payload.length), request.readUInt16BE(4) ^ 0x5555),
    reply(request, counted),
    reply(request, payload.subarray(0, 10)),
    reply(request, Buffer.alloc(0)),
    summed(Buffer.from([REPLY, 0, 0, 0])),
    reply(request, randomBytes(60_000)),
    unreachable(quotedHeader(client, here, PROTOCOL, foreign.length), foreign),
    unreachable(quotedHeader(client, here, 17, 40), randomBytes(40)),
    unreachable(quotedHeader(client, here, PROTOCOL, 8), foreign.subarray(0, 2)),
    unreachable(Buffer.alloc(0), Buffer.alloc(0)),
  ];
}

async function send(message, to) {
  for (let tries = 0; tries < 50 && sockets.sendTo(descriptor, message, to) < 0; tries++) await sleep(2);
}

const here = Buffer.from(process.argv[3], 'hex');
let answered = 0;
for (;;) {
  await sockets.poll([{ descriptor, events: POLLIN }], 1000);
  for (
    let message = sockets.receive(descriptor, 'ordinary');
    typeof message !== 'number';
    message = sockets.receive(descriptor, 'ordinary')
  ) {
    const request = Buffer.from(message.bytes).subarray(family === 4 ? IP_BYTES : 0);
    if (request.length < 26 || request[0] !== REQUEST) continue;
    const client = Buffer.from(message.name).subarray(family === 4 ? 4 : 8, family === 4 ? 8 : 24);
    const to = Uint8Array.from(message.name);
    // A raw socket takes a port for a protocol.
    to.fill(0, 2, 4);
    for (const odd of nonsense(request, client, here)) await send(odd, to);
    await sleep(PAUSE_MS);
    await send(reply(request), to);
    if (answered++ > 0) continue;
    for (let sent = 0; sent < copies; sent++) {
      await send(reply(request), to);
      if (sent % BURST === 0) await sleep(PAUSE_MS);
    }
    await sleep(200);
  }
}
