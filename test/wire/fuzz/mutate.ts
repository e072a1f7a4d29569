import type { Random } from './random.js';

/** Longer than any datagram that parsers meet but DNS over TCP, which is bounded by other means. */
const LONGEST_BYTES = 4096;
const LONGEST_RANDOM_BYTES = 600;

/** What lengths and counts are off by, and where signs change. */
const TELLING_NUMBERS = [
  0, 1, 2, 3, 4, 7, 8, 15, 16, 20, 40, 63, 64, 0x7f, 0x80, 0xc0, 0xff, 0x100, 0x7fff, 0x8000, 0xfffe, 0xffff, 0x7fffffff, 0x80000000,
  0xffffffff,
];

/** Bytes that are nothing, or a valid message with something wrong in it: bits, lengths, parts left out, doubled or of another message. */
export function mutateBytes(random: Random, seeds: readonly Uint8Array[]): Uint8Array {
  if (seeds.length === 0 || random.below(12) === 0) return noise(random, random.length(LONGEST_RANDOM_BYTES));
  let bytes = Uint8Array.from(random.of(seeds));
  for (let changes = random.below(5); changes >= 0; changes--) bytes = changeBytes(random, bytes, seeds);
  return bytes.length > LONGEST_BYTES ? bytes.subarray(0, LONGEST_BYTES) : bytes;
}

function noise(random: Random, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = random.below(256);
  return bytes;
}

function changeBytes(random: Random, bytes: Uint8Array<ArrayBuffer>, seeds: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + random.length(40));
  switch (random.below(9)) {
    case 0:
    case 1:
      if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
      return bytes;
    case 2:
      if (at < bytes.length) bytes[at] = random.below(256);
      return bytes;
    case 3:
      return bytes.slice(0, at);
    case 4:
    case 5:
      writeNumber(random, bytes, at);
      return bytes;
    case 6:
      return joined(bytes.subarray(0, to), bytes.subarray(at));
    case 7:
      return joined(bytes.subarray(0, at), bytes.subarray(to));
    default: {
      const other = random.of(seeds);
      return joined(
        bytes.subarray(0, at),
        random.below(2) === 0 ? noise(random, random.length(80)) : other.subarray(random.below(other.length + 1)),
      );
    }
  }
}

/** A length field that is wrong, in any of the usual sizes and orders. */
function writeNumber(random: Random, bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = random.below(3) === 0 ? bytes.length - at + random.below(5) - 2 : random.of(TELLING_NUMBERS);
  const little = random.below(2) === 0;
  const size = random.of([1, 2, 2, 4, 8] as const);
  if (at + size > bytes.length) return;
  if (size === 1) view.setUint8(at, value & 0xff);
  else if (size === 2) view.setUint16(at, value & 0xffff, little);
  else if (size === 4) view.setUint32(at, value >>> 0, little);
  else view.setBigUint64(at, BigInt(value >>> 0) * (random.below(2) === 0 ? 1n : 0x1_0000_0001n), little);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

const LONGEST_TEXT = 8192;
const TELLING_TEXTS = [
  '', ' ', '\n', '\r\n', '\t', '\0', ':', '::', '.', '..', '/', '@', '%', '[', ']', '#', ';', '\\', '\\000', '-', '-1', '0', '00', '255', '256', '65535',
  '65536', '99999999999999999999', '1e99', 'NaN', '0x', '0A', 'ffffffff', '::ffff:1.2.3.4', 'fe80::1%eth0', '127.0.0.1', 'xn--', '\u202e', '\ufe6b',
  '\ud800', '\udc00', '𝟙', 'ß', '\u0130', '__proto__', 'constructor', ' ms', 'time=', 'icmp_seq=', '*', '!H', '(', ')',
]; // biome-ignore format: a list of words

/** The same for text: lines and words of valid input, and what tends to be taken for something else. */
export function mutateText(random: Random, seeds: readonly string[]): string {
  let text = seeds.length === 0 || random.below(12) === 0 ? noiseText(random) : random.of(seeds);
  for (let changes = random.below(5); changes >= 0; changes--) text = changeText(random, text, seeds);
  return text.slice(0, LONGEST_TEXT);
}

function noiseText(random: Random): string {
  let text = '';
  for (let left = random.length(60); left > 0; left--) {
    text += random.below(3) === 0 ? random.of(TELLING_TEXTS) : String.fromCharCode(random.below(random.of([0x80, 0x100, 0x10000])));
  }
  return text;
}

function changeText(random: Random, text: string, seeds: readonly string[]): string {
  const at = random.below(text.length + 1);
  const to = at + random.length(30);
  const [before, part, after] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
  switch (random.below(7)) {
    case 0:
      return before + String.fromCharCode(random.below(random.of([0x80, 0x100, 0x10000]))) + text.slice(at + 1);
    case 1:
      return before + random.of(TELLING_TEXTS) + text.slice(at);
    case 2:
      return before + random.of(TELLING_TEXTS) + after;
    case 3:
      return before;
    case 4:
      return before + after;
    case 5:
      return before + part.repeat(1 + random.length(40)) + after;
    default: {
      const other = seeds.length === 0 ? '' : random.of(seeds);
      return before + other.slice(random.below(other.length + 1)) + after;
    }
  }
}
