import ipaddr from 'ipaddr.js';
import { absoluteName, presentName, wireName } from './name.js';
import { type DnsReader, Malformed } from './reader.js';
import { presentServiceParameters } from './service-parameters.js';
import { base64, hexadecimal, quoted, typesInBitmap } from './text.js';
import { dnsTypeName } from './type.js';

/** A part of the data of a record: how it reads, and its octets where those of the message are not its wire form (a compressed name). */
export interface ReadField {
  /** Empty where there is nothing to print. */
  text: string;
  /** Absent: as they came. */
  wire?: Uint8Array;
}

/**
 * The kinds of parts that the data of records are made of. A kind that says "rest" reads to the end of the data. All numbers are unsigned,
 * most significant octet first.
 */
export type FieldKind =
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'ipv4'
  | 'ipv6'
  /** A name, compressed or not. */
  | 'name'
  /** None or more names: rest. */
  | 'names'
  /** One `<character-string>`, between quotes. */
  | 'string'
  /** One or more of them: rest. */
  | 'strings'
  /** A `<character-string>` of letters and digits, without quotes. */
  | 'tag'
  /** Text without a length of its own, between quotes: rest. */
  | 'text'
  /** Rest. */
  | 'hex'
  /** Rest. */
  | 'base64'
  /** Type of a record, by its name. */
  | 'type'
  /** Seconds since 1970 as `YYYYMMDDHHmmSS` (RFC 4034 section 3.2). */
  | 'time'
  /** Octets behind their number in one octet: in hexadecimal digits, `-` where there are none (RFC 5155 section 3.3). */
  | 'salt'
  /** The same in base32 with the extended hexadecimal alphabet (RFC 4648 section 7). */
  | 'hash'
  /** Bitmap of types (RFC 4034 section 4.1.2): rest. */
  | 'types'
  /** Six or eight octets with hyphens between (RFC 7043). */
  | 'eui48'
  | 'eui64'
  /** RFC 1876: rest. */
  | 'location'
  /** RFC 9460 section 2.1: rest. */
  | 'parameters'
  /** By their mnemonics (RFC 4398 section 2.1, RFC 4034 appendix A.1). */
  | 'certificate-type'
  | 'algorithm'
  /** Lengths, tag and key of RFC 8005 section 5. */
  | 'host-identity'
  /** Eight octets in groups as those of an IPv6 address (RFC 6742). */
  | 'node'
  /** With `0x` in front (RFC 1706): rest. */
  | 'prefixed-hex'
  /** RFC 3123 section 4: rest. */
  | 'address-prefixes'
  /** Precedence, type of gateway, algorithm, gateway and key of RFC 4025 section 2: rest. */
  | 'ipsec-key'
  /** Precedence, discovery, type of relay and relay of RFC 8777 section 4: rest. */
  | 'relay';

export const FIELD_READERS: Readonly<Record<FieldKind, (data: DnsReader) => ReadField>> = {
  uint8: (data) => ({ text: String(data.uint8()) }),
  uint16: (data) => ({ text: String(data.uint16()) }),
  uint32: (data) => ({ text: String(data.uint32()) }),
  ipv4: (data) => ({ text: [...data.bytes(4)].join('.') }),
  ipv6: (data) => ({ text: presentIpv6(data.bytes(16)) }),
  name: readName,
  names: (data) => repeated(data, readName),
  string: (data) => ({ text: quoted(data.characterString()) }),
  strings: (data) => ({ text: presentStrings(data) }),
  tag: (data) => ({ text: presentTag(data.characterString()) }),
  text: (data) => ({ text: quoted(data.bytes(data.remaining)) }),
  hex: (data) => ({ text: hexadecimal(data.bytes(data.remaining)) }),
  base64: (data) => ({ text: base64(data.bytes(data.remaining)) }),
  type: (data) => ({ text: dnsTypeName(data.uint16()) }),
  time: (data) => ({ text: presentTime(data.uint32()) }),
  salt: (data) => ({ text: hexadecimal(data.characterString()) || '-' }),
  hash: (data) => ({ text: base32Hex(data.characterString()) }),
  types: (data) => ({ text: presentTypes(data.bytes(data.remaining)) }),
  eui48: (data) => ({ text: hyphenated(data.bytes(6)) }),
  eui64: (data) => ({ text: hyphenated(data.bytes(8)) }),
  location: (data) => ({ text: presentLocation(data) }),
  parameters: (data) => ({ text: presentServiceParameters(data) }),
  'certificate-type': (data) => ({ text: mnemonic(CERTIFICATE_TYPES, data.uint16()) }),
  algorithm: (data) => ({ text: mnemonic(ALGORITHMS, data.uint8()) }),
  'host-identity': (data) => ({ text: presentHostIdentity(data) }),
  node: (data) => ({ text: [0, 1, 2, 3].map(() => data.uint16().toString(16)).join(':') }),
  'prefixed-hex': (data) => ({ text: `0x${hexadecimal(data.bytes(data.remaining)).toLowerCase()}` }),
  'address-prefixes': (data) => ({ text: presentPrefixes(data) }),
  'ipsec-key': (data) => ({ text: presentIpsecKey(data) }),
  relay: (data) => ({ text: presentRelay(data) }),
};

function readName(data: DnsReader): ReadField {
  const labels = data.labels();
  return { text: absoluteName(presentName(labels)), wire: wireName(labels) };
}

function repeated(data: DnsReader, read: (data: DnsReader) => ReadField): ReadField {
  const fields: ReadField[] = [];
  while (data.remaining > 0) fields.push(read(data));
  return { text: fields.map(({ text }) => text).join(' '), wire: Buffer.concat(fields.map(({ wire }) => wire ?? new Uint8Array())) };
}

function presentIpv6(bytes: Uint8Array): string {
  const address = new ipaddr.IPv6([...bytes]);
  return address.isIPv4MappedAddress() ? `::ffff:${address.toIPv4Address().toString()}` : address.toString();
}

/** RFC 1035 section 3.3.14. */
function presentStrings(data: DnsReader): string {
  const strings = [quoted(data.characterString())];
  while (data.remaining > 0) strings.push(quoted(data.characterString()));
  return strings.join(' ');
}

/** RFC 8659 section 4.1: letters and digits. What else came is escaped, as it must not reach a terminal. */
function presentTag(bytes: Uint8Array): string {
  const text = quoted(bytes);
  return /^"[A-Za-z0-9]+"$/.test(text) ? text.slice(1, -1) : text;
}

function presentTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$|[-:T]/g, '');
}

const BASE32_HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

function base32Hex(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const octet of bytes) {
    held = ((held << 8) | octet) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32_HEX[(held >> (bits - 5)) & 31];
  }
  return bits > 0 ? text + BASE32_HEX[(held << (5 - bits)) & 31] : text;
}

function presentTypes(bitmap: Uint8Array): string {
  const types = typesInBitmap(bitmap);
  if (types === null) throw new Malformed('a bitmap of types that is none');
  return types.map(dnsTypeName).join(' ');
}

function hyphenated(bytes: Uint8Array): string {
  return [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join('-');
}

const LOCATION_EQUATOR = 2 ** 31;
/** Centimetres by which altitudes are above -100 km. */
const LOCATION_GROUND = 10_000_000;

function presentLocation(data: DnsReader): string {
  const version = data.uint8();
  if (version !== 0) throw new Malformed('a location of an unknown version');
  const [size, horizontal, vertical] = [data.uint8(), data.uint8(), data.uint8()].map(precision);
  const latitude = angle(data.uint32(), 'N', 'S');
  const longitude = angle(data.uint32(), 'E', 'W');
  const centimetres = data.uint32() - LOCATION_GROUND;
  const altitude = `${centimetres < 0 ? '-' : ''}${metres(Math.abs(centimetres))}`;
  return [latitude, longitude, altitude, size, horizontal, vertical].join(' ');
}

function metres(centimetres: number): string {
  return `${Math.floor(centimetres / 100)}.${String(centimetres % 100).padStart(2, '0')}m`;
}

/** Mantissa and exponent of ten, in centimetres. From a metre on there are no fractions. */
function precision(octet: number): string {
  const [mantissa, exponent] = [octet >> 4, octet & 15];
  if (mantissa > 9 || exponent > 9) throw new Malformed('a size in a location that is no number');
  return exponent > 1 ? `${mantissa * 10 ** (exponent - 2)}m` : metres(mantissa * 10 ** exponent);
}

function angle(value: number, above: string, below: string): string {
  const thousandths = Math.abs(value - LOCATION_EQUATOR);
  const seconds = Math.floor(thousandths / 1000);
  const fraction = `${seconds % 60}.${String(thousandths % 1000).padStart(3, '0')}`;
  const direction = value >= LOCATION_EQUATOR ? above : below;
  return `${Math.floor(seconds / 3600)} ${Math.floor(seconds / 60) % 60} ${fraction} ${direction}`;
}

const CERTIFICATE_TYPES: Readonly<Record<number, string>> = {
  1: 'PKIX',
  2: 'SPKI',
  3: 'PGP',
  4: 'IPKIX',
  5: 'ISPKI',
  6: 'IPGP',
  7: 'ACPKIX',
  8: 'IACPKIX',
  253: 'URI',
  254: 'OID',
};

/** IANA registry "DNS Security Algorithm Numbers". */
const ALGORITHMS: Readonly<Record<number, string>> = {
  1: 'RSAMD5',
  2: 'DH',
  3: 'DSA',
  5: 'RSASHA1',
  6: 'NSEC3DSA',
  7: 'NSEC3RSASHA1',
  8: 'RSASHA256',
  10: 'RSASHA512',
  12: 'ECCGOST',
  13: 'ECDSAP256SHA256',
  14: 'ECDSAP384SHA384',
  15: 'ED25519',
  16: 'ED448',
  252: 'INDIRECT',
  253: 'PRIVATEDNS',
  254: 'PRIVATEOID',
};

function mnemonic(names: Readonly<Record<number, string>>, number: number): string {
  return names[number] ?? String(number);
}

function presentHostIdentity(data: DnsReader): string {
  const tagLength = data.uint8();
  const algorithm = data.uint8();
  const keyLength = data.uint16();
  if (tagLength === 0 || keyLength === 0) throw new Malformed('a host identity without a tag or a key');
  return `${algorithm} ${hexadecimal(data.bytes(tagLength))} ${base64(data.bytes(keyLength))}`;
}

/** Families are those of IANA: 1 for IPv4, 2 for IPv6. Octets of zero at the end of an address are left out. */
function presentPrefixes(data: DnsReader): string {
  const prefixes: string[] = [];
  while (data.remaining > 0) {
    const family = data.uint16();
    const bits = data.uint8();
    const length = data.uint8();
    prefixes.push(`${length > 0x7f ? '!' : ''}${family}:${presentPrefix(family, data.bytes(length & 0x7f))}/${bits}`);
  }
  return prefixes.join(' ');
}

function presentPrefix(family: number, octets: Uint8Array): string {
  const size = family === 1 ? 4 : family === 2 ? 16 : 0;
  if (octets.length > size || size === 0) return unknown(octets);
  const whole = Uint8Array.from({ length: size }, (_, index) => octets[index] ?? 0);
  return size === 4 ? whole.join('.') : presentIpv6(whole);
}

/** As data of an unknown type is written (RFC 3597 section 5). */
function unknown(octets: Uint8Array): string {
  return `\\# ${octets.length} ${hexadecimal(octets)}`;
}

/** A gateway by its type; no name in one is compressed. */
function presentGateway(type: number, data: DnsReader): string {
  switch (type) {
    case 0:
      return '.';
    case 1:
      return data.bytes(4).join('.');
    case 2:
      return presentIpv6(data.bytes(16));
    case 3:
      return readName(data).text;
    default:
      return unknown(data.bytes(data.remaining));
  }
}

function presentIpsecKey(data: DnsReader): string {
  const [precedence, type, algorithm] = [data.uint8(), data.uint8(), data.uint8()];
  const gateway = presentGateway(type, data);
  const key = base64(data.bytes(data.remaining));
  return `${precedence} ${type} ${algorithm} ${gateway}${key === '' ? '' : ` ${key}`}`;
}

function presentRelay(data: DnsReader): string {
  const [precedence, octet] = [data.uint8(), data.uint8()];
  const type = octet & 0x7f;
  const relay = presentGateway(type, data);
  return `${precedence} ${octet >> 7} ${type} ${relay}`;
}
