/** What a server answers to a ClientHello with, up to where it waits for the client or goes on encrypted. */
export interface ServerFlight {
  hello: ServerHello | null;
  /** Whether a Certificate came in the clear. */
  certificateSent: boolean;
  keyExchange: ServerKeyExchange | null;
  certificateRequested: boolean;
  /** The last alert, if one came: a warning can go ahead of one that ends it. */
  alert: TlsAlert | null;
  /** `true` where nothing more comes before the client goes on: hello done, an alert that ends, or a record that is encrypted. */
  complete: boolean;
}

export interface TlsAlert {
  /** 1 is a warning, 2 ends the connection; in TLS 1.3 all but two end it, whatever this says. */
  level: number;
  /** IANA registry "TLS Alerts". */
  description: number;
}

export interface ServerHello {
  /** The version agreed on: that of supported_versions where it is there. */
  version: number;
  random: Uint8Array;
  cipher: number;
  compression: number;
  /** A HelloRetryRequest (RFC 8446 section 4.1.4): the server wants another key share, and has decided on suite and group. */
  retry: boolean;
  /** Group of key_share; `null` without one. */
  group: number | null;
  /** Types of all extensions, in their order. */
  extensions: number[];
}

export interface ServerKeyExchange {
  /** Elliptic curve by its number; `null` where the exchange is not over a named curve. */
  group: number | null;
  /** Size of the Diffie-Hellman prime; `null` without one. */
  dhBits: number | null;
  /** Whether the prime is one of RFC 7919: all of them begin alike, their size tells which. */
  dhNamed: boolean;
  /** Signature scheme of TLS 1.2; `null` before it, and without a signature. */
  scheme: number | null;
}

/** How the parameters in a ServerKeyExchange are laid out, which the suite decides: the caller tells it. */
export type KeyExchangeForm = 'ecdhe' | 'dhe' | 'other';

export interface FlightOptions {
  /** `ecdhe-psk` and the like carry a hint of the identity in front (RFC 4279, RFC 5489). */
  formOf(cipher: number): { form: KeyExchangeForm; hint: boolean; signed: boolean };
}

const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const SERVER_KEY_EXCHANGE = 12;
const CERTIFICATE_REQUEST = 13;
const SERVER_HELLO_DONE = 14;
const TLS12 = 0x0303;
const TLS13 = 0x0304;
/** 2^14 and the 2048 that encryption may add (RFC 5246 section 6.2.3). */
const LONGEST_RECORD_BYTES = 18_432;
/** RFC 8446 section 4.1.3: SHA-256 of "HelloRetryRequest". */
const RETRY_RANDOM = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';
/** Behind the first 8 bytes, which are ones: how every prime of RFC 7919 goes on (that of e). */
const NAMED_PRIME = 'ffffffffffffffffadf85458a2bb4a9a';

/**
 * Reads what has arrived of a server's first flight (RFC 8446 section 4, RFC 5246 section 7.4), fragments of handshake messages put together.
 * Reading again with more bytes goes on where the first ended. `null`: this is not TLS.
 */
export function readServerFlight(bytes: Uint8Array, options: FlightOptions): ServerFlight | null {
  const flight: ServerFlight = {
    hello: null,
    certificateSent: false,
    keyExchange: null,
    certificateRequested: false,
    alert: null,
    complete: false,
  };
  const fragments: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const type = bytes[offset] ?? 0;
    const header = bytes.subarray(offset, offset + 5);
    if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA + 1 || (header.length > 1 && header[1] !== 3)) return null;
    if (header.length < 5) break;
    const length = number(header, 3, 2);
    if (length > LONGEST_RECORD_BYTES) return null;
    const body = bytes.subarray(offset + 5, offset + 5 + length);
    if (body.length < length) break;
    offset += 5 + length;
    if (type === ALERT) {
      // Encrypted ones are longer.
      if (length === 2) flight.alert = { level: body[0] ?? 0, description: body[1] ?? 0 };
      flight.complete ||= length !== 2 || body[0] !== 1;
    } else if (type === HANDSHAKE) fragments.push(body);
    else if (type === APPLICATION_DATA || type === CHANGE_CIPHER_SPEC) flight.complete = true;
    if (flight.complete) break;
  }
  readMessages(joined(fragments), flight, options);
  return flight;
}

function joined(fragments: readonly Uint8Array[]): Uint8Array {
  if (fragments.length === 1 && fragments[0] !== undefined) return fragments[0];
  const whole = new Uint8Array(fragments.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const fragment of fragments) {
    whole.set(fragment, offset);
    offset += fragment.length;
  }
  return whole;
}

function readMessages(bytes: Uint8Array, flight: ServerFlight, options: FlightOptions): void {
  for (let offset = 0; offset + 4 <= bytes.length; ) {
    const type = bytes[offset];
    const length = number(bytes, offset + 1, 3);
    const body = bytes.subarray(offset + 4, offset + 4 + length);
    if (body.length < length) return;
    offset += 4 + length;
    if (type === SERVER_HELLO && flight.hello === null) {
      flight.hello = readServerHello(body);
      // What comes behind is encrypted, or waits for us.
      if (flight.hello === null || flight.hello.version === TLS13) flight.complete = true;
    } else if (type === CERTIFICATE) flight.certificateSent = true;
    else if (type === SERVER_KEY_EXCHANGE && flight.hello !== null) flight.keyExchange ??= readKeyExchange(body, flight.hello, options);
    else if (type === CERTIFICATE_REQUEST) flight.certificateRequested = true;
    else if (type === SERVER_HELLO_DONE) flight.complete = true;
    if (flight.complete) return;
  }
}

function readServerHello(body: Uint8Array): ServerHello | null {
  if (body.length < 38) return null;
  const random = body.slice(2, 34);
  const sessionLength = body[34] ?? 0;
  const rest = body.subarray(35 + sessionLength);
  if (sessionLength > 32 || rest.length < 3) return null;
  const hello: ServerHello = {
    version: number(body, 0, 2),
    random,
    cipher: number(rest, 0, 2),
    compression: rest[2] ?? 0,
    retry: hex(random) === RETRY_RANDOM,
    group: null,
    extensions: [],
  };
  if (rest.length < 5) return hello;
  const block = rest.subarray(5, 5 + number(rest, 3, 2));
  for (let offset = 0; offset + 4 <= block.length; ) {
    const type = number(block, offset, 2);
    const length = number(block, offset + 2, 2);
    const data = block.subarray(offset + 4, offset + 4 + length);
    if (data.length < length) break;
    hello.extensions.push(type);
    if (type === 43 && length === 2) hello.version = number(data, 0, 2);
    if (type === 51 && length >= 2) hello.group = number(data, 0, 2);
    offset += 4 + length;
  }
  return hello;
}

function readKeyExchange(body: Uint8Array, hello: ServerHello, options: FlightOptions): ServerKeyExchange | null {
  const { form, hint, signed } = options.formOf(hello.cipher);
  const exchange: ServerKeyExchange = { group: null, dhBits: null, dhNamed: false, scheme: null };
  let offset = hint ? 2 + number(body, 0, 2) : 0;
  if (form === 'ecdhe') {
    // Named curves only (RFC 8422 section 5.4): their public key stands behind its length.
    if (body[offset] !== 3 || offset + 4 > body.length) return exchange;
    exchange.group = number(body, offset + 1, 2);
    offset += 4 + (body[offset + 3] ?? 0);
  } else if (form === 'dhe') {
    const length = number(body, offset, 2);
    const prime = body.subarray(offset + 2, offset + 2 + length);
    if (length === 0 || prime.length < length) return exchange;
    const first = prime.findIndex((byte) => byte !== 0);
    exchange.dhBits = first < 0 ? 0 : (length - first) * 8 - (Math.clz32(prime[first] ?? 0) - 24);
    exchange.dhNamed = hex(prime.subarray(0, 16)) === NAMED_PRIME;
    offset += 2 + length;
    offset += 2 + number(body, offset, 2);
    offset += 2 + number(body, offset, 2);
  } else return exchange;
  if (signed && hello.version === TLS12 && offset + 2 <= body.length) exchange.scheme = number(body, offset, 2);
  return exchange;
}

/** Bytes beyond the end count as 0: whoever needs them has looked at the length. */
function number(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + (bytes[offset + index] ?? 0);
  return value;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What the last bytes of a ServerHello's random say (RFC 8446 section 4.1.3): that its sender knows a higher version than the one agreed on.
 */
export function downgradeMarkOf({ random }: ServerHello): boolean {
  const end = hex(random.subarray(24));
  return end === '444f574e47524401' || end === '444f574e47524400';
}
