/** Bytes of a TLS server's first flight, as it would send them. */

const word = (value: number): number[] => [value >> 8, value & 0xff];
const vector16 = (bytes: readonly number[]): number[] => [...word(bytes.length), ...bytes];

export const RETRY_RANDOM = Uint8Array.from(Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex'));

export function record(type: number, body: readonly number[], version = 0x0303): Uint8Array {
  return Uint8Array.from([type, ...word(version), ...word(body.length), ...body]);
}

export function handshake(type: number, body: readonly number[]): number[] {
  return [type, body.length >> 16, ...word(body.length & 0xffff), ...body];
}

export interface ServerHelloParts {
  version: number;
  cipher: number;
  random?: Uint8Array;
  compression?: number;
  extensions?: readonly { type: number; data: readonly number[] }[];
}

export function serverHello({ version, cipher, random, compression = 0, extensions = [] }: ServerHelloParts): number[] {
  const block = extensions.flatMap(({ type, data }) => [...word(type), ...vector16(data)]);
  const body = [...word(version), ...(random ?? new Uint8Array(32).fill(0x5a)), 0, ...word(cipher), compression];
  return handshake(2, extensions.length === 0 ? body : [...body, ...vector16(block)]);
}

/** TLS 1.3: supported_versions, and the group of key_share, with a public key or (of a HelloRetryRequest) without. */
export function serverHello13(cipher: number, group: number, publicKey: readonly number[] | null): number[] {
  const share = publicKey === null ? word(group) : [...word(group), ...vector16(publicKey)];
  return serverHello({
    version: 0x0303,
    cipher,
    ...(publicKey === null ? { random: RETRY_RANDOM } : {}),
    extensions: [
      { type: 43, data: [3, 4] },
      { type: 51, data: share },
    ],
  });
}

/** Parameters over a named curve, signed. */
export function ecdheKeyExchange(group: number, scheme: number | null): number[] {
  const signature = [...(scheme === null ? [] : word(scheme)), ...vector16(Array(16).fill(7))];
  return handshake(12, [3, ...word(group), 4, 4, 1, 2, 3, ...signature]);
}

/** Parameters of finite-field Diffie-Hellman, signed. */
export function dheKeyExchange(prime: readonly number[], scheme: number | null): number[] {
  const signature = [...(scheme === null ? [] : word(scheme)), ...vector16(Array(16).fill(7))];
  return handshake(12, [...vector16(prime), ...vector16([2]), ...vector16([9, 9]), ...signature]);
}

export const HELLO_DONE = handshake(14, []);

export function alert(description: number, level = 2): Uint8Array {
  return record(21, [level, description]);
}
