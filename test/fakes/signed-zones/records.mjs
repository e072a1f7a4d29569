// Zone files as the signers write them, read into records with their wire form; and DNS messages made of such records. Independent of src/wire:
// what is tested must not be what tests.

export const TYPES = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
};

/** @typedef {{ name: string, type: number, ttl: number, rdata: Buffer, covered?: number }} ZoneRecord names in lower case with the final dot */

export function typeNumber(text) {
  const number = TYPES[text] ?? Number(/^TYPE(\d+)$/.exec(text)?.[1]);
  if (!(number > 0)) throw new Error(`no type ${text}`);
  return number;
}

export function labels(name) {
  return name === '.' ? [] : name.replace(/\.$/, '').split('.');
}

export function join(parts) {
  return parts.length === 0 ? '.' : `${parts.join('.')}.`;
}

export function parent(name) {
  return join(labels(name).slice(1));
}

export function within(name, zone) {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`);
}

/** Plain labels only: the zones here have no escapes. */
export function encodeName(name) {
  const parts = labels(name).map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]));
  return Buffer.concat([...parts, Buffer.alloc(1)]);
}

/** RFC 4034 section 6.1. */
export function compare(one, other) {
  const [first, second] = [labels(one).reverse(), labels(other).reverse()];
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const order = Buffer.compare(Buffer.from(first[index], 'latin1'), Buffer.from(second[index], 'latin1'));
    if (order !== 0) return order;
  }
  return first.length - second.length;
}

/** One record a line, as `dnssec-signzone -O full` and ldns-signzone write it. @returns {ZoneRecord[]} */
export function parseZone(text) {
  return text.split('\n').flatMap((line) => {
    const words = line.replace(/(^|\s);.*$/, '').match(/"[^"]*"|\S+/g) ?? [];
    if (words.length < 4 || words[0].startsWith('$')) return [];
    const [owner, ttl, recordClass, type, ...data] = words;
    if (recordClass !== 'IN') throw new Error(`not understood: ${line}`);
    const record = { name: owner.toLowerCase(), type: typeNumber(type), ttl: Number(ttl), rdata: encodeData(type, data) };
    return [type === 'RRSIG' ? { ...record, covered: typeNumber(data[0]) } : record];
  });
}

function encodeData(type, words) {
  const name = (index) => encodeName(words[index]);
  const hex = (from) => Buffer.from(words.slice(from).join('').replace(/^-$/, ''), 'hex');
  const base64 = (from) => Buffer.from(words.slice(from).join(''), 'base64');
  const uint = (index, bytes) => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeUIntBE(Number(words[index]), 0, bytes);
    return buffer;
  };
  if (words[0] === '\\#') return hex(2);
  switch (type) {
    case 'A':
      return Buffer.from(words[0].split('.').map(Number));
    case 'NS':
    case 'CNAME':
    case 'DNAME':
      return name(0);
    case 'SOA':
      return Buffer.concat([name(0), name(1), ...[2, 3, 4, 5, 6].map((index) => uint(index, 4))]);
    case 'MX':
      return Buffer.concat([uint(0, 2), name(1)]);
    case 'SRV':
      return Buffer.concat([uint(0, 2), uint(1, 2), uint(2, 2), name(3)]);
    case 'TXT':
      return Buffer.concat(words.flatMap((word) => [Buffer.from([word.length - 2]), Buffer.from(word.slice(1, -1), 'latin1')]));
    case 'DS':
      return Buffer.concat([uint(0, 2), uint(1, 1), uint(2, 1), hex(3)]);
    case 'DNSKEY':
      return Buffer.concat([uint(0, 2), uint(1, 1), uint(2, 1), base64(3)]);
    case 'RRSIG': {
      const covered = Buffer.alloc(2);
      covered.writeUInt16BE(typeNumber(words[0]));
      const numbers = [uint(1, 1), uint(2, 1), uint(3, 4), time(words[4]), time(words[5]), uint(6, 2)];
      return Buffer.concat([covered, ...numbers, name(7), base64(8)]);
    }
    case 'NSEC':
      return Buffer.concat([name(0), bitmap(words.slice(1))]);
    case 'NSEC3': {
      const salt = words[3] === '-' ? Buffer.alloc(0) : Buffer.from(words[3], 'hex');
      const next = base32hex(words[4]);
      const head = [uint(0, 1), uint(1, 1), uint(2, 2), Buffer.from([salt.length]), salt, Buffer.from([next.length]), next];
      return Buffer.concat([...head, bitmap(words.slice(5))]);
    }
    case 'NSEC3PARAM': {
      const salt = words[3] === '-' ? Buffer.alloc(0) : Buffer.from(words[3], 'hex');
      return Buffer.concat([uint(0, 1), uint(1, 1), uint(2, 2), Buffer.from([salt.length]), salt]);
    }
    default:
      throw new Error(`data of ${type} is not understood`);
  }
}

/** `20261122041500`, or seconds. */
function time(text) {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number);
  const seconds = parts === undefined ? Number(text) : Date.UTC(parts[0], parts[1] - 1, ...parts.slice(2)) / 1000;
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(seconds % 2 ** 32);
  return buffer;
}

const BASE32HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

export function base32hex(text) {
  const bits = [...text.toUpperCase()].map((character) => BASE32HEX.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)));
}

function bitmap(names) {
  const windows = new Map();
  for (const number of names.map(typeNumber)) {
    const bits = windows.get(number >> 8) ?? Buffer.alloc(32);
    windows.set(number >> 8, bits);
    bits[(number & 0xff) >> 3] |= 0x80 >> (number & 7);
  }
  const sorted = [...windows].sort(([one], [other]) => one - other);
  return Buffer.concat(
    sorted.flatMap(([window, bits]) => {
      const length = bits.findLastIndex((octet) => octet !== 0) + 1;
      return [Buffer.from([window, length]), bits.subarray(0, length)];
    }),
  );
}

export function decodeName(bytes, offset = 0) {
  const parts = [];
  while (bytes[offset] > 0) {
    parts.push(bytes.toString('latin1', offset + 1, offset + 1 + bytes[offset]));
    offset += 1 + bytes[offset];
  }
  return { name: join(parts), end: offset + 1 };
}

/** @returns {{ id: number, name: string, spelt: Buffer, type: number, dnssecOk: boolean, payloadBytes: number, edns: boolean, checkingDisabled: boolean } | null} */
export function parseQuery(bytes) {
  try {
    const { name, end } = decodeName(bytes, 12);
    const optionsAt = end + 4;
    const edns = bytes.readUInt16BE(10) > 0 && bytes[optionsAt] === 0 && bytes.readUInt16BE(optionsAt + 1) === 41;
    return {
      id: bytes.readUInt16BE(0),
      name: name.toLowerCase(),
      question: bytes.subarray(12, optionsAt),
      type: bytes.readUInt16BE(end),
      edns,
      payloadBytes: edns ? Math.max(512, bytes.readUInt16BE(optionsAt + 3)) : 512,
      dnssecOk: edns && (bytes.readUInt16BE(optionsAt + 7) & 0x8000) !== 0,
      checkingDisabled: (bytes[3] & 0x10) !== 0,
    };
  } catch {
    return null;
  }
}

/** Names are not compressed: the answers are small, and TCP is there. */
export function encodeAnswer(query, { rcode, answers, authorities }, maximumBytes) {
  const sections = [answers, authorities].map((records) =>
    query.dnssecOk ? records : records.filter(({ type }) => ![46, 47, 50].includes(type)),
  );
  const opt = query.edns ? [Buffer.from([0, 0, 41, 0x10, 0, 0, 0, query.dnssecOk ? 0x80 : 0, 0, 0, 0])] : [];
  const made = (truncated) => {
    const header = Buffer.alloc(12);
    header.writeUInt16BE(query.id, 0);
    header.writeUInt16BE(0x8180 | (truncated ? 0x0200 : 0) | (query.checkingDisabled ? 0x10 : 0) | rcode, 2);
    const counts = [1, ...sections.map((records) => (truncated ? 0 : records.length)), opt.length];
    for (const [index, count] of counts.entries()) header.writeUInt16BE(count, 4 + index * 2);
    return Buffer.concat([header, query.question, ...(truncated ? [] : sections.flat().map(encodeRecord)), ...opt]);
  };
  const whole = made(false);
  return whole.length > maximumBytes ? made(true) : whole;
}

function encodeRecord({ name, type, ttl, rdata }) {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(rdata.length, 8);
  return Buffer.concat([encodeName(name), fixed, rdata]);
}
