/**
 * The payload of a probe: what tells our packet from everybody else's, wherever it is quoted or sent back.
 *
 * | bytes | |
 * |---|---|
 * | 0–11 | the cookie: random, of one session |
 * | 12–15 | the number of the probe |
 * | 16–17 | compensation: makes the checksum the same for every packet of a flow |
 * | 18– | zeros |
 *
 * Routers that spread load may hash the checksum of ICMP, which lies where others have their ports. With a compensation (the trick of Paris
 * traceroute) each probe has its own number and all probes of a flow have one checksum.
 */
export const PROBE_COOKIE_BYTES = 12;
const NUMBER_OFFSET = PROBE_COOKIE_BYTES;
const COMPENSATION_OFFSET = NUMBER_OFFSET + 4;

/** Cookie and number: with them a packet is known, though its end be cut off. */
export const PROBE_IDENTITY_BYTES = COMPENSATION_OFFSET;
export const MINIMUM_PROBE_PAYLOAD_BYTES = COMPENSATION_OFFSET + 2;

/** One's complement sums are sums modulo this (RFC 1071). */
const MODULUS = 0xffff;

export interface ProbePayload {
  /** {@link PROBE_COOKIE_BYTES} long. */
  cookie: Uint8Array;
  /** Below 2³². */
  number: number;
  /** At least {@link MINIMUM_PROBE_PAYLOAD_BYTES}; a smaller one is raised to that. */
  payloadBytes: number;
  /** What the 16-bit words of payload and `varying` sum up to, modulo 65,535: another one for each flow. */
  sum: number;
  /** The sum of those words of the transport header that change within a flow: the sequence number of ICMP echo. */
  varying: number;
}

export function encodeProbePayload({ cookie, number, payloadBytes, sum, varying }: ProbePayload): Uint8Array {
  const payload = new Uint8Array(Math.max(payloadBytes, MINIMUM_PROBE_PAYLOAD_BYTES));
  const view = new DataView(payload.buffer);
  payload.set(cookie);
  view.setUint32(NUMBER_OFFSET, number);
  let rest = sum - varying;
  for (let offset = 0; offset < COMPENSATION_OFFSET; offset += 2) rest -= view.getUint16(offset);
  view.setUint16(COMPENSATION_OFFSET, ((rest % MODULUS) + MODULUS) % MODULUS);
  return payload;
}

/** The number of the probe, or `null` where the bytes are too few to hold an identity. Whose it is, {@link carriesCookie} says. */
export function probeNumber(payload: Uint8Array): number | null {
  if (payload.length < PROBE_IDENTITY_BYTES) return null;
  return new DataView(payload.buffer, payload.byteOffset, payload.byteLength).getUint32(NUMBER_OFFSET);
}

/** Whether the bytes of `cookie` stand at `offset` of a payload, as far as both reach: `true` for an empty payload. */
export function carriesCookie(payload: Uint8Array, cookie: Uint8Array, offset = 0): boolean {
  const length = Math.min(payload.length - offset, cookie.length);
  for (let index = 0; index < length; index++) if (payload[offset + index] !== cookie[index]) return false;
  return true;
}
