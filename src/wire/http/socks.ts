import ipaddr from 'ipaddr.js';
import { isIpAddress } from '../dns/server.js';
import type { ProxyDialogue, ProxyStep } from './proxy-dialogue.js';

const VERSION = 5;
/** RFC 1929 section 2. */
const PASSWORD_VERSION = 1;
const NO_AUTHENTICATION = 0;
const PASSWORD = 2;
const NO_ACCEPTABLE_METHOD = 0xff;
const COMMAND_CONNECT = 1;
const IPV4 = 1;
const NAME = 3;
const IPV6 = 4;

/** RFC 1928 section 6. */
const REPLIES: Readonly<Record<number, string>> = {
  0: 'succeeded',
  1: 'general SOCKS server failure',
  2: 'connection not allowed by ruleset',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'TTL expired',
  7: 'command not supported',
  8: 'address type not supported',
};

/** IANA registry "SOCKS Methods". */
const METHODS: Readonly<Record<number, string>> = {
  0: 'none',
  1: 'GSSAPI',
  2: 'user name and password',
  3: 'CHAP',
  5: 'challenge and response',
  6: 'TLS',
};

/** Each of them 1 to 255 bytes (RFC 1929 section 2). */
export interface SocksLogin {
  user: string;
  password: string;
}

/**
 * SOCKS 5 (RFC 1928) up to the reply to CONNECT, with the login of RFC 1929 where one is given.
 *
 * @param destination `host` is an IP address, or a name of up to 255 bytes that the proxy is to resolve
 */
export function createSocksReader(destination: { host: string; port: number }, login: SocksLogin | null): ProxyDialogue {
  let state: 'method' | 'login' | 'reply' = 'method';
  let bytes: Uint8Array = new Uint8Array(0);

  const take = (length: number) => {
    bytes = bytes.subarray(length);
  };
  const request = (): ProxyStep => {
    state = 'reply';
    return { kind: 'send', bytes: encodeConnectRequest(destination) };
  };
  const onMethod = (): ProxyStep => {
    const method = bytes[1];
    if (method === undefined) return { kind: 'more' };
    take(2);
    if (method === NO_ACCEPTABLE_METHOD) {
      const wants = login === null ? 'it takes nobody without a login' : 'it takes none of the offered ways to log in';
      return { kind: 'refused', answer: { code: method, text: wants }, authentication: login === null ? [] : null };
    }
    if (method === NO_AUTHENTICATION) return request();
    if (method === PASSWORD && login !== null) {
      state = 'login';
      return { kind: 'send', bytes: encodeLogin(login) };
    }
    return { kind: 'broken', reason: `it chose a method that was not offered (${METHODS[method] ?? method})` };
  };
  const onLogin = (): ProxyStep => {
    const [version, status] = bytes;
    if (version !== undefined && version !== PASSWORD_VERSION)
      return { kind: 'broken', reason: 'its answer to the login is none of RFC 1929' };
    if (status === undefined) return { kind: 'more' };
    take(2);
    if (status === 0) return request();
    return { kind: 'refused', answer: { code: status, text: 'the login was refused' }, authentication: [METHODS[PASSWORD] as string] };
  };
  const onReply = (): ProxyStep => {
    const [, code, , kind, nameLength] = bytes;
    if (code !== undefined && code !== 0) {
      // Servers are known that send nothing behind the code of a refusal.
      return { kind: 'refused', answer: { code, text: REPLIES[code] ?? `reply ${code}, which no standard names` }, authentication: null };
    }
    if (kind !== undefined && kind !== IPV4 && kind !== IPV6 && kind !== NAME)
      return { kind: 'broken', reason: `its reply has an address of unknown kind (${kind})` };
    if (kind === undefined || nameLength === undefined) return { kind: 'more' };
    const addressBytes = kind === IPV4 ? 4 : kind === IPV6 ? 16 : 1 + nameLength;
    const length = 4 + addressBytes + 2;
    if (bytes.length < length) return { kind: 'more' };
    take(length);
    return { kind: 'through', answer: { code: 0, text: REPLIES[0] as string }, rest: bytes.slice() };
  };

  return {
    begin: Uint8Array.from(login === null ? [VERSION, 1, NO_AUTHENTICATION] : [VERSION, 2, NO_AUTHENTICATION, PASSWORD]),
    push(chunk) {
      if (chunk.length > 0) bytes = Buffer.concat([bytes, chunk]);
      if (state === 'login') return onLogin();
      if (bytes[0] !== undefined && bytes[0] !== VERSION) return { kind: 'broken', reason: 'its answer is no SOCKS 5' };
      return state === 'method' ? onMethod() : onReply();
    },
  };
}

function encodeLogin({ user, password }: SocksLogin): Uint8Array {
  const [name, secret] = [Buffer.from(user, 'utf8'), Buffer.from(password, 'utf8')];
  return Buffer.concat([Uint8Array.of(PASSWORD_VERSION, name.length), name, Uint8Array.of(secret.length), secret]);
}

function encodeConnectRequest({ host, port }: { host: string; port: number }): Uint8Array {
  const address = isIpAddress(host) ? packedAddress(host) : null;
  const name = Buffer.from(host, 'latin1').subarray(0, 255);
  const where = address ?? Buffer.concat([Uint8Array.of(NAME, name.length), name]);
  return Buffer.concat([Uint8Array.of(VERSION, COMMAND_CONNECT, 0), where, Uint8Array.of(port >> 8, port & 0xff)]);
}

/** With its kind in front; the zone of a link-local address means nothing to another machine. */
function packedAddress(address: string): Uint8Array {
  return Uint8Array.of(address.includes(':') ? IPV6 : IPV4, ...ipaddr.parse(address.replace(/%.*$/, '')).toByteArray());
}
