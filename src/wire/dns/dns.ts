/**
 * DNS messages (RFC 1035, EDNS of RFC 6891). The decoder is our own: the `dns-packet` library decodes labels as UTF-8, so that bytes above
 * 127 and dots within a label are lost, and it does not hold the data of a record to its length.
 */

import { type Parsed, parsed, refused } from '../parsed.js';
import { type DnsEdns, decodeEdns, type EdnsQueryFields, encodeOptions } from './edns.js';
import { encodeName, sameName } from './name.js';
import { decodeData } from './rdata.js';
import { DNS_HEADER_BYTES, DnsReader, Malformed } from './reader.js';
import { dnsRcodeName, dnsTypeName, dnsTypeNumber } from './type.js';

const MAXIMUM_MESSAGE_BYTES = 65_535;
/** Root name, type and class; with time to live and length of the data in a record. */
const SMALLEST_QUESTION_BYTES = 5;
const SMALLEST_RECORD_BYTES = 11;
const CLASS_IN = 1;
const TYPE_OPT = 41;

const FLAG = { qr: 0x8000, aa: 0x0400, tc: 0x0200, rd: 0x0100, ra: 0x0080, ad: 0x0020, cd: 0x0010 } as const;
const EDNS_FLAG_DNSSEC_OK = 0x8000;

export interface DnsQueryFields {
  id: number;
  /** In presentation format; the final dot may be there or not. */
  name: string;
  /** `AAAA`, `ANY`, `TYPE1234`. */
  type: string;
  recursionDesired: boolean;
  /** Sets AD, which asks the resolver to say whether it validated the answer (RFC 6840 section 5.7). */
  authenticData?: boolean;
  /** Sets CD: the resolver is not to validate (RFC 4035 section 3.2.2). */
  checkingDisabled?: boolean;
  edns: EdnsQueryFields | null;
}

export interface DnsFlags {
  aa: boolean;
  tc: boolean;
  rd: boolean;
  ra: boolean;
  ad: boolean;
  cd: boolean;
}

export interface DnsRecord {
  /** Owner, in presentation format without the final dot; the root is `.`. */
  name: string;
  type: string;
  /** Seconds. */
  ttl: number;
  /** As dig prints it; names in it end in a dot. */
  data: string;
}

/** A record with what its signature covers. */
export interface DnsResourceRecord extends DnsRecord {
  class: number;
  typeNumber: number;
  /** The data in its wire form, names in it without compression and in the case in which they were sent (RFC 4034 section 6.2). */
  rdata: Uint8Array;
}

export interface DnsMessage {
  id: number;
  /** Whether it is a response (QR). */
  response: boolean;
  /** With the extended bits of EDNS, where they are there: `NOERROR`, `NXDOMAIN`, `BADVERS`, `RCODE24`. */
  rcode: string;
  flags: DnsFlags;
  question: { name: string; type: string; class: number } | null;
  /** The three sections, without OPT. Of a truncated message, what is whole. */
  answers: DnsResourceRecord[];
  authorities: DnsResourceRecord[];
  additionals: DnsResourceRecord[];
  edns: DnsEdns | null;
}

/** Whether {@link encodeQuery} takes this name and type: the refusal says why not. */
export function checkQuestion(name: string, type: string): Parsed<null> {
  const encoded = encodeName(name);
  if (!encoded.ok) return encoded;
  return dnsTypeNumber(type) === null ? refused(`there is no record type ${JSON.stringify(type.slice(0, 20))}`) : parsed(null);
}

/**
 * Encodes a query of one question in class IN.
 *
 * @throws RangeError for a name or type that {@link checkQuestion} refuses, and a client subnet that is none.
 */
export function encodeQuery(query: DnsQueryFields): Uint8Array {
  const name = encodeName(query.name);
  const type = dnsTypeNumber(query.type);
  if (!name.ok) throw new RangeError(name.refusal);
  if (type === null) throw new RangeError('there is no such record type');

  const options = query.edns === null ? new Uint8Array() : encodeOptions(query.edns);
  const optBytes = query.edns === null ? 0 : SMALLEST_RECORD_BYTES + options.length;
  const message = new Uint8Array(DNS_HEADER_BYTES + name.value.length + 4 + optBytes);
  const view = new DataView(message.buffer);
  view.setUint16(0, query.id);
  const flag = (set: boolean | undefined, mask: number) => (set === true ? mask : 0);
  view.setUint16(2, flag(query.recursionDesired, FLAG.rd) | flag(query.authenticData, FLAG.ad) | flag(query.checkingDisabled, FLAG.cd));
  view.setUint16(4, 1);
  view.setUint16(10, query.edns === null ? 0 : 1);
  message.set(name.value, DNS_HEADER_BYTES);
  let offset = DNS_HEADER_BYTES + name.value.length;
  view.setUint16(offset, type);
  view.setUint16(offset + 2, CLASS_IN);
  if (query.edns !== null) {
    // RFC 6891 section 6.1.2: root name, type, the payload size in place of the class, the flags in that of the time to live.
    offset += 5;
    view.setUint16(offset, TYPE_OPT);
    view.setUint16(offset + 2, query.edns.udpPayloadSize);
    view.setUint16(offset + 6, query.edns.dnssecOk ? EDNS_FLAG_DNSSEC_OK : 0);
    view.setUint16(offset + 8, options.length);
    message.set(options, offset + 10);
  }
  return message;
}

/**
 * Reads a whole DNS message. One bad record makes it a refusal, but in a truncated message (TC), which a server may have cut anywhere, it
 * only ends the reading: such an answer is asked for again over TCP. Bytes behind the last record are ignored, as resolvers do.
 */
export function parseMessage(bytes: Uint8Array): Parsed<DnsMessage> {
  if (bytes.length < DNS_HEADER_BYTES) return refused(`${bytes.length} bytes are too short for a DNS message`);
  if (bytes.length > MAXIMUM_MESSAGE_BYTES) return refused(`${bytes.length} bytes are too long for a DNS message`);
  try {
    return readMessage(DnsReader.over(bytes));
  } catch (error) {
    if (error instanceof Malformed) return refused(error.message);
    throw error;
  }
}

function readMessage(reader: DnsReader): Parsed<DnsMessage> {
  const id = reader.uint16();
  const bits = reader.uint16();
  const flag = (mask: number) => (bits & mask) !== 0;
  const [questions, answers, authorities, additionals] = [reader.uint16(), reader.uint16(), reader.uint16(), reader.uint16()];
  // RFC 9619: a message has one question at most.
  if (questions > 1) return refused(`${questions} questions in one message`);
  const leastBytes = questions * SMALLEST_QUESTION_BYTES + (answers + authorities + additionals) * SMALLEST_RECORD_BYTES;
  if (!flag(FLAG.tc) && leastBytes > reader.remaining) return refused('more records announced than there are bytes for');

  const message: DnsMessage = {
    id,
    response: flag(FLAG.qr),
    rcode: dnsRcodeName(bits & 0xf),
    flags: { aa: flag(FLAG.aa), tc: flag(FLAG.tc), rd: flag(FLAG.rd), ra: flag(FLAG.ra), ad: flag(FLAG.ad), cd: flag(FLAG.cd) },
    question: questions === 0 ? null : { name: reader.name(), type: dnsTypeName(reader.uint16()), class: reader.uint16() },
    answers: [],
    authorities: [],
    additionals: [],
    edns: null,
  };
  try {
    for (let index = 0; index < answers; index++) message.answers.push(readRecord(reader).record());
    for (let index = 0; index < authorities; index++) message.authorities.push(readRecord(reader).record());
    for (let index = 0; index < additionals; index++) readAdditional(reader, message, bits & 0xf);
  } catch (error) {
    if (!(error instanceof Malformed && message.flags.tc)) throw error;
  }
  return parsed(message);
}

interface RawRecord {
  type: number;
  class: number;
  ttl: number;
  data: DnsReader;
  /** Presents it, which an OPT record is not made for. */
  record(): DnsResourceRecord;
}

function readRecord(reader: DnsReader): RawRecord {
  const name = reader.name();
  const type = reader.uint16();
  const recordClass = reader.uint16();
  const ttl = reader.uint32();
  const data = reader.part(reader.uint16());
  return {
    type,
    class: recordClass,
    ttl,
    data,
    record: () => {
      const { text, wire } = decodeData(type, recordClass, data);
      // RFC 2181 section 8: a time to live with the highest bit set counts as 0.
      const seconds = ttl > 0x7fffffff ? 0 : ttl;
      return { name, type: dnsTypeName(type), typeNumber: type, class: recordClass, ttl: seconds, rdata: wire, data: text };
    },
  };
}

function readAdditional(reader: DnsReader, message: DnsMessage, lowRcode: number): void {
  const record = readRecord(reader);
  if (record.type !== TYPE_OPT) {
    message.additionals.push(record.record());
    return;
  }
  if (message.edns !== null) throw new Malformed('two OPT records in one message');
  const fields = { udpPayloadSize: record.class, version: (record.ttl >>> 16) & 0xff, dnssecOk: (record.ttl & EDNS_FLAG_DNSSEC_OK) !== 0 };
  message.edns = decodeEdns(fields, record.data);
  message.rcode = dnsRcodeName(((record.ttl >>> 24) << 4) | lowRcode);
}

/**
 * Whether `message` answers the query: a response with its id, question name (without regard to case, RFC 4343), type and class. A server
 * that could not read the question, or did not want to, may leave it out of an error (RFC 1035 section 4.1.1, FORMERR): id and sender are
 * then all there is.
 */
export function isAnswerTo(query: Pick<DnsQueryFields, 'id' | 'name' | 'type'>, message: DnsMessage): boolean {
  if (!message.response || message.id !== query.id) return false;
  const { question } = message;
  if (question === null) return message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN' && message.answers.length === 0;
  return question.class === CLASS_IN && dnsTypeNumber(question.type) === dnsTypeNumber(query.type) && sameName(question.name, query.name);
}

/** Whether bytes that {@link parseMessage} refused are nevertheless the response to the query with that id, broken on the way or before. */
export function claimsToAnswer(id: number, bytes: Uint8Array): boolean {
  return bytes.length >= 4 && (((bytes[0] as number) << 8) | (bytes[1] as number)) === id && (bytes[2] as number) >= 0x80;
}
