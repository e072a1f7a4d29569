/**
 * Record types by number, as IANA registers them ("DNS Parameters"): those that are in use, or that a user may ask for. Any other is
 * written `TYPE1234` (RFC 3597 section 5).
 */
const TYPES: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  NULL: 10,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AFSDB: 18,
  SIG: 24,
  KEY: 25,
  AAAA: 28,
  LOC: 29,
  SRV: 33,
  NAPTR: 35,
  KX: 36,
  CERT: 37,
  DNAME: 39,
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
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  CSYNC: 62,
  ZONEMD: 63,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  EUI48: 108,
  EUI64: 109,
  TKEY: 249,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  URI: 256,
  CAA: 257,
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
