/** Codes of failed attempts that are no errno, and by which a judge tells faults apart. */

/** The system has no name server to ask. */
export const NO_RESOLVER = 'no-resolver';
/** What the other side sends is no TLS. */
export const NOT_TLS = 'not-tls';
/** The server wants a client certificate, and none was given to present. */
export const CLIENT_CERTIFICATE_REQUIRED = 'client-certificate-required';
/** The server wants a client certificate, and does not take the one that was presented. */
export const CLIENT_CERTIFICATE_REFUSED = 'client-certificate-refused';
/** The server chose a TLS version that OpenSSL no longer speaks: SSL 3.0 or older. */
export const UNSUPPORTED_PROTOCOL = 'unsupported-protocol';
/** The server speaks the plain protocol that was expected, and does not go over to TLS. */
export const START_TLS_REFUSED = 'start-tls-refused';
/** The server does not speak the plain protocol in which TLS was to be started. */
export const START_TLS_FOREIGN = 'start-tls-foreign';
/** More than the server's agreement came in plain text, ahead of the handshake. */
export const START_TLS_INJECTED = 'start-tls-injected';
/** OpenSSL's word for a message of the handshake that is longer than any has to be. */
export const MESSAGE_TOO_LONG = 'excessive-message-size';
/** The connection ended in good order, but too early. */
export const END_OF_STREAM = 'EOF';
/** Bytes came, and not enough of them in the time that was given. */
export const INCOMPLETE = 'incomplete';
/** The other side ended the connection with its answer begun and not whole. */
export const CUT_SHORT = 'cut-short';
/** The body of an answer stands still ahead of its end. */
export const BODY_STALLED = 'body-stalled';
/**
 * The errno values of a connection that stood and was reset by the other side: `EPIPE` where it was also closed before (Linux,
 * tcp_reset()). Each socket call can bring them, the end of connect(2) too: it may be looked at only after the reset has come.
 */
export const RESET_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);
/** The answer is no HTTP. */
export const NOT_HTTP = 'not-http';
/** The request was not sent, since its credentials would have gone to a server that is not who it should be. */
export const CREDENTIALS_WITHHELD = 'credentials-withheld';

/** The answer to an upgrade is no valid switch to WebSocket. */
export const WEBSOCKET_REFUSED = 'websocket-refused';

/** No connection to the proxy. This and the following four are check codes too. */
export const PROXY_UNREACHABLE = 'proxy-unreachable';
/** The proxy answers, and does not let the connection through. */
export const PROXY_REFUSED = 'proxy-refused';
/** The connection to the proxy stands, and no whole answer comes. */
export const PROXY_SILENT = 'proxy-silent';
/** What answers does not speak as the kind of proxy does that it is said to be. */
export const PROXY_NOT_SPOKEN = 'proxy-not-spoken';
/** The certificate of an `https` proxy is not trusted, or for another name. */
export const PROXY_UNTRUSTED = 'proxy-untrusted';
export const PROXY_CODES: ReadonlySet<string> = new Set([
  PROXY_UNREACHABLE,
  PROXY_REFUSED,
  PROXY_SILENT,
  PROXY_NOT_SPOKEN,
  PROXY_UNTRUSTED,
]);
/** The certificate is for another name or address than was asked for. */
export const HOSTNAME_MISMATCH = 'hostname-mismatch';
/** A server of DNS over HTTPS does not speak HTTP/2. */
export const NO_HTTP2 = 'no-http2';
/** It answers with an HTTP status that is no success. */
export const HTTP_STATUS = 'http-status';
/** What it answers with success is of another media type. */
export const NOT_DNS = 'not-dns';
/** More came than an answer can have. */
export const TOO_LARGE = 'too-large';

/** Our own mistake: a probe ended in a way that it did not foresee. */
export const INTERNAL = 'internal';
/** What socket(2) fails with for want of descriptors or memory, or where a sandbox forbids it. From it alone, it says nothing of the network. */
export const SOCKET_REFUSALS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EPERM', 'EACCES', 'ENOBUFS', 'ENOMEM']);
