import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import {
  CLIENT_CERTIFICATE_REFUSED,
  CLIENT_CERTIFICATE_REQUIRED,
  END_OF_STREAM,
  INCOMPLETE,
  NOT_TLS,
  PROXY_NOT_SPOKEN,
  PROXY_REFUSED,
  PROXY_SILENT,
  PROXY_UNREACHABLE,
  PROXY_UNTRUSTED,
  RESET_CODES,
  UNSUPPORTED_PROTOCOL,
} from '../../model/failure-code.js';
import { formatMs } from '../../model/format.js';
import type { HttpRedirect } from '../../model/measurement.js';
import { CONNECT_CODES } from '../connect-failure.js';
import { codeOfRcode } from '../dns/rcode.js';

export type Failure = { code: Code; observed: string } | { because: string };

const HANDSHAKE_CODES: Readonly<Record<string, Code>> = {
  [NOT_TLS]: 'tls-not-spoken',
  [CLIENT_CERTIFICATE_REQUIRED]: 'tls-client-certificate-required',
  [CLIENT_CERTIFICATE_REFUSED]: 'tls-client-certificate-required',
  [UNSUPPORTED_PROTOCOL]: 'tls-protocol-obsolete',
};

const FIRST_HOP_CODES: Readonly<Record<string, Code>> = {
  ...CONNECT_CODES,
  [PROXY_UNREACHABLE]: 'proxy-unreachable',
  [PROXY_REFUSED]: 'proxy-refused',
  [PROXY_SILENT]: 'proxy-silent',
  [PROXY_NOT_SPOKEN]: 'proxy-not-spoken',
  [PROXY_UNTRUSTED]: 'proxy-untrusted',
};

/** Ends of a connection on which no answer was begun: closed in good order, or given up by the kernel. */
const WITHOUT_A_WORD: ReadonlySet<string> = new Set([END_OF_STREAM, 'goaway', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN']);

/**
 * Why no answer came, as a code of the layer at which it failed; `because` where nothing can be said of the service.
 *
 * @param spoke whether something was heard on the way of the request before: TLS, a proxy, an answer that redirects. What spoke is late, not silent
 */
export function failureOf(attempt: NotMeasured, spoke: boolean): Failure {
  if (attempt.kind === 'unanswered') {
    const waited = formatMs(attempt.waitedMs);
    if (attempt.step === 'connect') return { code: 'port-filtered', observed: `no answer to a connection within ${waited}` };
    if (attempt.step === 'handshake')
      return { code: 'service-silent', observed: `it accepts the connection and says nothing within ${waited}` };
    if (attempt.step === 'response')
      return { code: spoke ? 'http-slow' : 'service-silent', observed: `no answer to the request within ${waited}` };
    return { because: reasonOf(attempt) };
  }
  if (attempt.kind !== 'failed') return { because: reasonOf(attempt) };
  const { step, code, message } = attempt;
  // Whether a reset is seen by connect(2), in the handshake or only in the answer is a matter of microseconds.
  if (RESET_CODES.has(code) && step !== 'configure') return { code: 'tcp-reset', observed: message };
  if (step === 'connect') {
    const known = FIRST_HOP_CODES[code];
    return known === undefined ? { because: `TCP did not connect: ${message}` } : { code: known, observed: message };
  }
  if (step === 'handshake') return { code: HANDSHAKE_CODES[code] ?? 'tls-handshake-failed', observed: message };
  // The reader turns down what is no HTTP at its first wrong byte: what came by then was right.
  if (step === 'response' && code === INCOMPLETE) return { code: 'http-slow', observed: message };
  if (step === 'response') return { code: WITHOUT_A_WORD.has(code) ? 'service-silent' : 'http-not-spoken', observed: message };
  return { because: message };
}

/** In the words of `Names.resolve`: no such name, no address of it, or no name at all. */
const NO_SUCH_NAME: ReadonlySet<string> = new Set(['NXDOMAIN', 'NODATA', 'invalid-name']);
const OTHER_RCODES: ReadonlySet<string> = new Set(['SERVFAIL', 'REFUSED', 'NOTAUTH', 'NOTIMP']);

/**
 * Why a chain of redirects ended at a name: one that has no address is the fault of who sent us there, and where it could not be looked up
 * that is the fault of the DNS. `null` where it did not.
 */
export function misled(attempt: NotMeasured, redirects: readonly HttpRedirect[]): { code: Code; observed: string } | null {
  const last = redirects.at(-1);
  if (last === undefined || (attempt.kind !== 'failed' && attempt.kind !== 'unanswered') || attempt.step !== 'resolve') return null;
  const observed = `redirected to ${last.location}: ${reasonOf(attempt)}`;
  if (attempt.kind === 'unanswered') return { code: 'dns-unreachable', observed };
  if (NO_SUCH_NAME.has(attempt.code)) return { code: 'http-redirect-invalid', observed };
  return OTHER_RCODES.has(attempt.code) ? { code: codeOfRcode(attempt.code) ?? 'dns-servfail', observed } : null;
}
