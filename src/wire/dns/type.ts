/** Record types by number, as IANA registers them ("DNS Parameters"). Any other is written `TYPE1234` (RFC 3597 section 5). */
const TYPES: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  MD: 3,
  MF: 4,
  CNAME: 5,
  SOA: 6,
  MB: 7,
  MG: 8,
  MR: 9,
  NULL: 10,
  WKS: 11,
  PTR: 12,
  HINFO: 13,
  MINFO: 14,
  MX: 15,
  TXT: 16,
  RP: 17,
  AFSDB: 18,
  X25: 19,
  ISDN: 20,
  RT: 21,
  NSAP: 22,
  'NSAP-PTR': 23,
  SIG: 24,
  KEY: 25,
  PX: 26,
  GPOS: 27,
  AAAA: 28,
  LOC: 29,
  NXT: 30,
  EID: 31,
  NIMLOC: 32,
  SRV: 33,
  ATMA: 34,
  NAPTR: 35,
  KX: 36,
  CERT: 37,
  A6: 38,
  DNAME: 39,
  SINK: 40,
  OPT: 41,
  APL: 42,
  DS: 43,
  SSHFP: 44,
  IPSECKEY: 45,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  DHCID: 49,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  SMIMEA: 53,
  HIP: 55,
  NINFO: 56,
  RKEY: 57,
  TALINK: 58,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  CSYNC: 62,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  DSYNC: 66,
  HHIT: 67,
  BRID: 68,
  SPF: 99,
  UINFO: 100,
  UID: 101,
  GID: 102,
  UNSPEC: 103,
  NID: 104,
  L32: 105,
  L64: 106,
  LP: 107,
  EUI48: 108,
  EUI64: 109,
  NXNAME: 128,
  TKEY: 249,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  MAILB: 253,
  MAILA: 254,
  ANY: 255,
  URI: 256,
  CAA: 257,
  AVC: 258,
  DOA: 259,
  AMTRELAY: 260,
  RESINFO: 261,
  WALLET: 262,
  CLA: 263,
  IPN: 264,
  TA: 32768,
  DLV: 32769,
};

const TYPE_NAMES = new Map<number, string>(Object.entries(TYPES).map(([name, number]) => [number, name]));

/** Response codes of RFC 1035, 2136 and 6891; 16 and above need the extended bits of an OPT record. */
const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'YXRRSET', 'NXRRSET', 'NOTAUTH', 'NOTZONE'];
const EXTENDED_RCODES = new Map<number, string>([
  [16, 'BADVERS'],
  [23, 'BADCOOKIE'],
]);

/** `AAAA` for 28, `TYPE1234` for what has no name here. */
export function dnsTypeName(number: number): string {
  return TYPE_NAMES.get(number) ?? `TYPE${number}`;
}

/** The number of a type by its name in any case, or in the spelling `TYPE1234`; `null` where there is no such type. */
export function dnsTypeNumber(text: string): number | null {
  const name = text.toUpperCase();
  if (Object.hasOwn(TYPES, name)) return TYPES[name] as number;
  const digits = /^TYPE(\d{1,5})$/.exec(name)?.[1];
  if (digits === undefined) return null;
  const number = Number(digits);
  return number >= 1 && number <= 0xffff ? number : null;
}

/** `NXDOMAIN` for 3, `RCODE24` for what has no name here. */
export function dnsRcodeName(number: number): string {
  return RCODES[number] ?? EXTENDED_RCODES.get(number) ?? `RCODE${number}`;
}
