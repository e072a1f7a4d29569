// A capture by tcpdump, read back: the independent clock that round trips are held against.

import { readFileSync } from 'node:fs';

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const ETHERNET = 1;
const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
const ETHERNET_HEADER_BYTES = 14;

/**
 * Round trips of ICMP echo (IPv4) in a pcap file, by `identifier sequence`, in milliseconds. An exchange whose numbers were used twice is left
 * out, as is one without a reply.
 *
 * @param {string} path
 * @returns {Map<string, number>}
 */
export function echoRoundTrips(path) {
  const file = readFileSync(path);
  const magic = file.readUInt32LE(0);
  if (magic !== MICROSECONDS && magic !== NANOSECONDS) throw new Error(`${path} is no pcap file of this machine`);
  if (file.readUInt32LE(20) !== ETHERNET) throw new Error(`${path} holds no Ethernet frames`);
  const perSecond = magic === NANOSECONDS ? 1e9 : 1e6;

  const requests = new Map();
  const roundTrips = new Map();
  const doubtful = new Set();
  for (let at = FILE_HEADER_BYTES; at + RECORD_HEADER_BYTES <= file.length; ) {
    const ticks = file.readUInt32LE(at) * perSecond + file.readUInt32LE(at + 4);
    const length = file.readUInt32LE(at + 8);
    const echo = echoOf(file.subarray(at + RECORD_HEADER_BYTES, at + RECORD_HEADER_BYTES + length));
    at += RECORD_HEADER_BYTES + length;
    if (echo === null) continue;
    const key = `${echo.identifier} ${echo.sequence}`;
    if (echo.request) {
      if (requests.has(key)) doubtful.add(key);
      requests.set(key, ticks);
    } else if (requests.has(key)) {
      if (roundTrips.has(key)) doubtful.add(key);
      roundTrips.set(key, ((ticks - requests.get(key)) / perSecond) * 1000);
    }
  }
  for (const key of doubtful) roundTrips.delete(key);
  return roundTrips;
}

function echoOf(frame) {
  if (frame.length < ETHERNET_HEADER_BYTES + 28 || frame.readUInt16BE(12) !== 0x0800) return null;
  const packet = frame.subarray(ETHERNET_HEADER_BYTES);
  const header = (packet[0] & 0x0f) * 4;
  const type = packet[header];
  if (packet[9] !== 1 || (type !== 8 && type !== 0)) return null;
  return { request: type === 8, identifier: packet.readUInt16BE(header + 4), sequence: packet.readUInt16BE(header + 6) };
}
