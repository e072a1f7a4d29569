import ipaddr from 'ipaddr.js';
import { type DnsReader, Malformed } from './reader.js';
import { base64, escaped } from './text.js';

/** IANA registry "DNS SVCB"; the others are written `key65` (RFC 9460 section 14.3). */
const KEYS = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath'] as const;

/** By key: the value as it stands behind the name, `=` included where there is one. */
const VALUES: Readonly<Record<(typeof KEYS)[number], (value: DnsReader) => string>> = {
  mandatory: (value) => `=${list(value, () => nameOfKey(value.uint16())).join(',')}`,
  alpn: (value) => `="${list(value, () => commaEscaped(nonEmpty(value.characterString()))).join(',')}"`,
  'no-default-alpn': () => '',
  port: (value) => `=${value.uint16()}`,
  ipv4hint: (value) => `=${list(value, () => [...value.bytes(4)].join('.')).join(',')}`,
  ech: (value) => `=${base64(nonEmpty(value.bytes(value.remaining)))}`,
  ipv6hint: (value) => `=${list(value, () => new ipaddr.IPv6([...value.bytes(16)]).toString()).join(',')}`,
  dohpath: (value) => `="${escaped(nonEmpty(value.bytes(value.remaining)))}"`,
};

/**
 * The parameters of an SVCB or HTTPS record (RFC 9460 section 2.1), as dig prints them: `alpn="h2,h3" port=8443 key667="\001"`.
 *
 * @throws Malformed where keys are out of order or repeated, or a value is not what its key asks for.
 */
export function presentServiceParameters(data: DnsReader): string {
  const parameters: string[] = [];
  let last = -1;
  while (data.remaining > 0) {
    const key = data.uint16();
    if (key <= last) throw new Malformed('service parameters out of order');
    last = key;
    const value = data.part(data.uint16());
    parameters.push(`${nameOfKey(key)}${presentValue(key, value)}`);
    value.finish();
  }
  return parameters.join(' ');
}

function presentValue(key: number, value: DnsReader): string {
  const name = KEYS[key];
  if (name !== undefined) return VALUES[name](value);
  return value.remaining === 0 ? '' : `="${escaped(value.bytes(value.remaining))}"`;
}

function nameOfKey(key: number): string {
  return KEYS[key] ?? `key${key}`;
}

function list(value: DnsReader, read: () => string): string[] {
  const items = [read()];
  while (value.remaining > 0) items.push(read());
  return items;
}

function nonEmpty(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) throw new Malformed('a service parameter without its value');
  return bytes;
}

/** An item of a list: a comma or backslash in it is escaped for the list, and that once more for the string (RFC 9460 appendix A.1). */
function commaEscaped(bytes: Uint8Array): string {
  return escaped(Uint8Array.from([...bytes].flatMap((octet) => (octet === 0x2c || octet === 0x5c ? [0x5c, octet] : [octet]))));
}
