import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { z } from 'zod';
import type { Start } from './service.js';

/** UDP 443, as a server of QUIC answers a version that it does not speak: with those that it does (RFC 9000 section 6). */
export const quicSchema = z.strictObject({
  addresses: z.array(z.string()).optional(),
  port: z.int().optional(),
  /** Takes datagrams and does not answer. */
  silent: z.boolean().optional(),
});
export type QuicConfiguration = z.infer<typeof quicSchema>;

/** A time server (RFC 5905) that has its time from this machine. */
export const ntpSchema = z.strictObject({
  addresses: z.array(z.string()).optional(),
  /** What its clock is ahead. */
  aheadMs: z.number().optional(),
  /** 0 is a kiss of death, 16 not synchronised; 2 where absent. */
  stratum: z.int().optional(),
});
export type NtpConfiguration = z.infer<typeof ntpSchema>;

const QUIC_VERSIONS = [0x00000001, 0x6b3343cf];
const LEAST_QUIC_BYTES = 1200;
const NTP_EPOCH_SECONDS = 2_208_988_800;

export const startQuic: Start<QuicConfiguration> = async ({ addresses: given, port = 443, silent = false }, { addresses }) => {
  await Promise.all((given ?? addresses).map((address) => bound(address, port, (bytes) => (silent ? null : versionNegotiation(bytes)))));
};

/** `null` where nothing may be answered. */
export function versionNegotiation(bytes: Buffer): Buffer | null {
  if (bytes.length < LEAST_QUIC_BYTES || (bytes.readUInt8(0) & 0x80) === 0) return null;
  const version = bytes.readUInt32BE(1);
  if (version === 0 || QUIC_VERSIONS.includes(version)) return null;
  const destinationBytes = bytes.readUInt8(5);
  const sourceAt = 6 + destinationBytes;
  const destination = bytes.subarray(6, sourceAt);
  const source = bytes.subarray(sourceAt + 1, sourceAt + 1 + bytes.readUInt8(sourceAt));
  const versions = Buffer.alloc(4 * QUIC_VERSIONS.length);
  QUIC_VERSIONS.forEach((one, index) => {
    versions.writeUInt32BE(one, 4 * index);
  });
  return Buffer.concat([
    Buffer.from([0x80 | 0x2a, 0, 0, 0, 0, source.length]),
    source,
    Buffer.from([destination.length]),
    destination,
    versions,
  ]);
}

export const startNtp: Start<NtpConfiguration> = async ({ addresses: given, aheadMs = 0, stratum = 2 }, { addresses }) => {
  const now = (): Buffer => {
    const seconds = (Date.now() + aheadMs) / 1000 + NTP_EPOCH_SECONDS;
    const stamp = Buffer.alloc(8);
    stamp.writeUInt32BE(Math.floor(seconds) >>> 0, 0);
    stamp.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32) >>> 0, 4);
    return stamp;
  };
  const answer = (query: Buffer): Buffer | null => {
    if (query.length < 48 || (query.readUInt8(0) & 7) !== 3) return null;
    const received = now();
    const head = Buffer.from([(query.readUInt8(0) & 0x38) | 4, stratum, 6, 0xe9, 0, 0, 0, 0x10, 0, 0, 0, 0x10, 192, 0, 2, 123]);
    return Buffer.concat([head, received, query.subarray(40, 48), received, now()]);
  };
  await Promise.all((given ?? addresses).map((address) => bound(address, 123, answer)));
};

function bound(address: string, port: number, answer: (query: Buffer) => Buffer | null): Promise<void> {
  const socket: Socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', ipv6Only: isIPv6(address) });
  socket.on('message', (bytes, from) => {
    let reply: Buffer | null = null;
    try {
      reply = answer(bytes);
    } catch {
      // Too short for what it says of itself.
    }
    if (reply !== null) socket.send(reply, from.port, from.address, () => {});
  });
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => reject(new Error(`${address} UDP port ${port}: ${error.message}`)));
    socket.bind(port, address, () => {
      socket.on('error', () => {});
      resolve();
    });
  });
}
