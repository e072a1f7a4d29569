import dnsPacket, { type Answer, type OptAnswer } from 'dns-packet';
import { lookUp, type ZoneAnswer } from './zone.js';

/** RFC 1035 section 4.2.1: what every client takes over UDP. With EDNS it says how much more (RFC 6891 section 6.2.3). */
const PLAIN_UDP_BYTES = 512;
const MAXIMUM_UDP_BYTES = 4096;
const MAXIMUM_TCP_BYTES = 65_535;

/** A query of one question needs under 300 bytes; EDNS options and padding (RFC 8467) a few hundred more. */
export const MAXIMUM_QUERY_BYTES = 4096;

const HEADER_BYTES = 12;
const MAXIMUM_NAME_BYTES = 255;
/** EDNS and a transaction signature: nothing else stands behind a question. */
const MAXIMUM_ADDITIONAL_RECORDS = 2;

const RESPONSE = 0x8000;
const OPCODE = 0x7800;
const RCODE = { NOERROR: 0, FORMERR: 1, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
/** BADVERS is 16: the upper eight bits go into the EDNS record, the lower four are 0 (RFC 6891 section 6.1.3). */
const BADVERS_EXTENDED = 1;

const TYPE_NAMES = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [251, 'IXFR'],
  [252, 'AXFR'],
  [255, 'ANY'],
]);

interface Question {
  name: string;
  type: string;
  dnsClass: string;
  /** As it was asked, so that it is repeated to the byte (letter case included). */
  bytes: Buffer;
}

/**
 * The answer to one DNS message (RFC 1035), or `null` where none is due: it is no query, or too short to be told from one. Whatever the
 * bytes are, it neither throws nor reads outside them; what cannot be understood is answered with FORMERR or NOTIMP.
 */
export function answerMessage(message: Buffer, transport: 'udp' | 'tcp'): Buffer | null {
  if (message.length < HEADER_BYTES) return null;
  const flags = message.readUInt16BE(2);
  // Answering answers would let two servers talk to each other without end.
  if ((flags & RESPONSE) !== 0) return null;
  if ((flags & OPCODE) !== 0) return assemble(message, RCODE.NOTIMP, null, null, []);
  const question = readQuestion(message);
  const edns = question === null ? undefined : readEdns(message);
  if (question === null || edns === undefined) return assemble(message, RCODE.FORMERR, null, null, []);

  if (edns !== null && edns.ednsVersion !== 0) {
    return assemble(message, RCODE.NOERROR, question, null, [ednsRecord(BADVERS_EXTENDED)]);
  }
  const found = lookUp(question.name, question.type, question.dnsClass);
  const additionals = edns === null ? [] : [ednsRecord(0)];
  const whole = assemble(message, RCODE[found.rcode], question, found, additionals);
  if (whole.length <= answerLimit(transport, edns)) return whole;

  const truncated = assemble(message, RCODE[found.rcode], question, { ...found, answers: [], authorities: [] }, additionals);
  truncated.writeUInt16BE(truncated.readUInt16BE(2) | dnsPacket.TRUNCATED_RESPONSE, 2);
  return truncated;
}

function answerLimit(transport: 'udp' | 'tcp', edns: OptAnswer | null): number {
  if (transport === 'tcp') return MAXIMUM_TCP_BYTES;
  return edns === null ? PLAIN_UDP_BYTES : Math.min(Math.max(edns.udpPayloadSize, PLAIN_UDP_BYTES), MAXIMUM_UDP_BYTES);
}

/** The one question of a query; `null` where there is none, more than one, or it does not stand there plainly. */
function readQuestion(message: Buffer): Question | null {
  if (message.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let offset = HEADER_BYTES;
  for (;;) {
    const length = message[offset];
    // Lengths above 63 mark a pointer, and there is nothing before the first name to point to.
    if (length === undefined || length > 63) return null;
    offset += 1;
    if (length === 0) break;
    if (offset + length > message.length || offset + length - HEADER_BYTES >= MAXIMUM_NAME_BYTES) return null;
    // A dot inside a label must not be taken for one between two; no name of the zone has any of these.
    labels.push(message.toString('latin1', offset, offset + length).replace(/[^\x21-\x2d\x2f-\x7e]/g, '?'));
    offset += length;
  }
  if (offset + 4 > message.length) return null;
  const type = message.readUInt16BE(offset);
  const dnsClass = message.readUInt16BE(offset + 2);
  return {
    name: labels.join('.'),
    type: TYPE_NAMES.get(type) ?? `TYPE${type}`,
    dnsClass: dnsClass === 1 ? 'IN' : `CLASS${dnsClass}`,
    bytes: message.subarray(HEADER_BYTES, offset + 4),
  };
}

/** The EDNS record of a query, `null` where it has none, `undefined` where what follows the question is malformed. */
function readEdns(message: Buffer): OptAnswer | null | undefined {
  const records = message.readUInt16BE(10);
  if (message.readUInt16BE(6) !== 0 || message.readUInt16BE(8) !== 0 || records > MAXIMUM_ADDITIONAL_RECORDS) return undefined;
  if (records === 0) return null;
  try {
    const additionals = dnsPacket.decode(message).additionals ?? [];
    const edns = additionals.filter((record): record is OptAnswer => record.type === 'OPT');
    return edns.length > 1 ? undefined : (edns[0] ?? null);
  } catch {
    return undefined;
  }
}

function ednsRecord(extendedRcode: number): OptAnswer {
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: MAXIMUM_UDP_BYTES,
    extendedRcode,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
}

function assemble(query: Buffer, rcode: number, question: Question | null, found: ZoneAnswer | null, additionals: Answer[]): Buffer {
  const asked = query.readUInt16BE(2);
  const repeated = asked & (dnsPacket.RECURSION_DESIRED | dnsPacket.CHECKING_DISABLED | OPCODE);
  const body = dnsPacket.encode({
    type: 'response',
    id: query.readUInt16BE(0),
    flags: repeated | rcode | (found?.authoritative === true ? dnsPacket.AUTHORITATIVE_ANSWER : 0),
    questions: [],
    answers: found?.answers ?? [],
    authorities: found?.authorities ?? [],
    additionals,
  });
  if (question === null) return body;
  // The encoder uses no pointers, so that the question can be set in as it came.
  const message = Buffer.concat([body.subarray(0, HEADER_BYTES), question.bytes, body.subarray(HEADER_BYTES)]);
  message.writeUInt16BE(1, 4);
  return message;
}
