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
/** The connection ended in good order, but too early. */
export const END_OF_STREAM = 'EOF';
/** Bytes came, and not enough of them in the time that was given. */
export const INCOMPLETE = 'incomplete';
/**
 * The errno values of a connection that stood and was reset by the other side: `EPIPE` where it was also closed before (Linux,
 * tcp_reset()). Each socket call can bring them, the end of connect(2) too: it may be looked at only after the reset has come.
 */
export const RESET_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);
/** The answer is no HTTP. */
export const NOT_HTTP = 'not-http';
/** The request was not sent, since its credentials would have gone to a server that is not who it should be. */
export const CREDENTIALS_WITHHELD = 'credentials-withheld';

/** Our own mistake: a probe ended in a way that it did not foresee. */
export const INTERNAL = 'internal';
/** What socket(2) fails with for want of descriptors or memory, or where a sandbox forbids it. From it alone, it says nothing of the network. */
export const SOCKET_REFUSALS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EPERM', 'EACCES', 'ENOBUFS', 'ENOMEM']);
