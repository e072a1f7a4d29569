import { MAXIMUM_NAME_BYTES, presentName } from './name.js';

/** Bytes of the header, before which no name can lie. */
export const DNS_HEADER_BYTES = 12;

/**
 * Names of one message, unfolded, in bytes. Compression lets a message of 64 KiB stand for many times that; the largest set of address
 * records that fits has 4,096 owner names of 255 octets, just this much.
 */
const MAXIMUM_UNFOLDED_BYTES = 4096 * MAXIMUM_NAME_BYTES;

/** Thrown within the parser of DNS messages, and caught there: no caller of `src/wire` sees it. */
export class Malformed extends Error {}

/** What all readers of one message share: its bytes, and how much its names may still unfold to. */
interface Message {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  unfolded: number;
}

/** A cursor over a part of a DNS message. Each read that would leave the part throws {@link Malformed}. */
export class DnsReader {
  private constructor(
    private readonly message: Message,
    private offset: number,
    private readonly end: number,
  ) {}

  static over(message: Uint8Array): DnsReader {
    const { buffer, byteOffset, length } = message;
    // No Buffer, whose slice() would be no copy.
    const bytes = new Uint8Array(buffer, byteOffset, length);
    return new DnsReader({ bytes, view: new DataView(buffer, byteOffset, length), unfolded: 0 }, 0, length);
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  /** A reader of the next `length` bytes, which this one skips. Names in them may point to anything before. */
  part(length: number): DnsReader {
    const start = this.take(length);
    return new DnsReader(this.message, start, start + length);
  }

  /** A copy of what is left, without moving on. */
  rest(): Uint8Array {
    return this.message.bytes.slice(this.offset, this.end);
  }

  uint8(): number {
    return this.message.view.getUint8(this.take(1));
  }

  uint16(): number {
    return this.message.view.getUint16(this.take(2));
  }

  uint32(): number {
    return this.message.view.getUint32(this.take(4));
  }

  bytes(length: number): Uint8Array {
    const start = this.take(length);
    return this.message.bytes.subarray(start, start + length);
  }

  /** `<character-string>` of RFC 1035 section 3.3: one length octet and that many octets. */
  characterString(): Uint8Array {
    return this.bytes(this.uint8());
  }

  /** Says that nothing is left over: a record whose data is longer than its type allows is a bad record. */
  finish(): void {
    if (this.remaining > 0) throw new Malformed(`${this.remaining} bytes too many in the data of a record`);
  }

  /** A name in presentation format: see {@link labels}. */
  name(): string {
    return presentName(this.labels());
  }

  /**
   * Reads a name (RFC 1035 section 4.1.4), label by label. Each pointer must lead to before the place where the labels read last began, so
   * that a loop is impossible; labels are counted against the 255 octets that a name may have.
   */
  labels(): Uint8Array[] {
    const labels: Uint8Array[] = [];
    const { bytes } = this.message;
    let wireBytes = 1;
    let position = this.offset;
    let segmentStart = position;
    let end = this.end;
    let jumped = false;
    for (;;) {
      const octet = position < end ? bytes[position] : undefined;
      if (octet === undefined) throw new Malformed('a name runs over the end');
      if (octet === 0) {
        if (!jumped) this.offset = position + 1;
        break;
      }
      if (octet >= 0xc0) {
        const low = position + 1 < end ? bytes[position + 1] : undefined;
        if (low === undefined) throw new Malformed('a name runs over the end');
        if (!jumped) this.offset = position + 2;
        const target = ((octet & 0x3f) << 8) | low;
        if (target >= segmentStart || target < DNS_HEADER_BYTES) throw new Malformed('a compression pointer leads forwards or to nothing');
        position = target;
        segmentStart = target;
        end = bytes.length;
        jumped = true;
        continue;
      }
      if (octet > 63) throw new Malformed('a label of an unknown kind');
      if (position + 1 + octet > end) throw new Malformed('a name runs over the end');
      wireBytes += octet + 1;
      if (wireBytes > MAXIMUM_NAME_BYTES) throw new Malformed('a name is longer than 255 octets');
      labels.push(bytes.subarray(position + 1, position + 1 + octet));
      position += octet + 1;
    }
    this.message.unfolded += wireBytes;
    if (this.message.unfolded > MAXIMUM_UNFOLDED_BYTES) throw new Malformed('the names unfold to more than a message can mean');
    return labels;
  }

  private take(length: number): number {
    if (length > this.remaining) throw new Malformed(`${length} bytes wanted where ${this.remaining} are left`);
    const start = this.offset;
    this.offset += length;
    return start;
  }
}
