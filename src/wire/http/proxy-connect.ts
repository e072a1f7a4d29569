import type { ProxyDialogue, ProxyStep } from './proxy-dialogue.js';
import { createResponseHeadReader, fieldValues } from './response-head.js';

/** As much as curl takes; a proxy's answer is small, its pages of refusal are body. */
const LARGEST_HEAD_BYTES = 64 * 1024;
/** Schemes that a report shows. */
const MAXIMUM_SCHEMES = 8;

/** Value of `Proxy-Authorization` and `Authorization` (RFC 7617). @param credentials `user:password` */
export function basicAuthorization(credentials: string): string {
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
}

/** `example.net:443`, `[2001:db8::7]:443`: the authority form of a request target (RFC 9112 section 3.2.3). */
export function authorityOf(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What an `http:` URL is asked for with at a proxy: the absolute form (RFC 9112 section 3.2.2). @param path path and query */
export function absoluteForm(host: string, port: number, path: string): string {
  const authority = port === 80 ? authorityOf(host, port).replace(/:80$/, '') : authorityOf(host, port);
  return `http://${authority}${path}`;
}

/** CONNECT (RFC 9110 section 9.3.6) in HTTP/1.1. @param destination `host` is a name or an IP address */
export function createConnectReader(destination: { host: string; port: number }, credentials: string | null): ProxyDialogue {
  const reader = createResponseHeadReader(LARGEST_HEAD_BYTES);
  return { begin: encodeConnect(destination, credentials), push: (chunk) => stepOf(reader.push(chunk)) };
}

function stepOf(step: ReturnType<ReturnType<typeof createResponseHeadReader>['push']>): ProxyStep {
  if (step.kind === 'more') return step;
  if (step.kind === 'broken') {
    return {
      kind: 'broken',
      reason: step.fault === 'not-http' ? 'its answer to CONNECT is no HTTP' : step.refusal.replace('the answer', 'its answer'),
    };
  }
  const { status, reason } = step.head;
  const answer = { code: status, text: reason };
  if (status >= 200 && status < 300) return { kind: 'through', answer, rest: step.rest };
  if (status === 101) return { kind: 'broken', reason: 'it switches to another protocol without being asked' };
  const authentication = status === 407 ? offeredSchemes(fieldValues(step.head, 'proxy-authenticate')) : null;
  return { kind: 'refused', answer, authentication };
}

function encodeConnect({ host, port }: { host: string; port: number }, credentials: string | null): Uint8Array {
  const authority = authorityOf(host, port);
  const login = credentials === null ? '' : `Proxy-Authorization: ${basicAuthorization(credentials)}\r\n`;
  return Buffer.from(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nUser-Agent: netdiag\r\n${login}\r\n`, 'latin1');
}

/**
 * The schemes of the challenges in `Proxy-Authenticate` or `WWW-Authenticate` (RFC 9110 section 11.6.1), each once: a field can hold
 * several, whose parameters are set apart by commas too.
 */
export function offeredSchemes(values: readonly string[]): string[] {
  const schemes = values.flatMap((value) =>
    value
      .replace(/"(?:[^"\\]|\\.)*"?/g, '')
      .split(',')
      .flatMap((part) => /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s+\S|\s*$)/.exec(part)?.[1] ?? []),
  );
  return [...new Set(schemes)].slice(0, MAXIMUM_SCHEMES);
}
