import type { StartTlsProtocol } from '../../model/probe-options.js';
import type { StartTlsAnswer } from './start-tls-answer.js';
import { ldapAnswer, ldapRequest, mysqlGreeting, mysqlRequest, postgresAnswer, postgresRequest } from './start-tls-binary.js';
import { fileTransferReply, mailboxGreeting, mailReply, postOfficeReply, taggedReply } from './start-tls-lines.js';
import { streamAnswer, streamFeatures, streamHeader, streamRequest } from './start-tls-xmpp.js';

/** One step of the way to TLS: what the client says, if anything, and what it reads then. */
export interface StartTlsExchange {
  say: Uint8Array | null;
  /** The bytes since the last answer ended. Looks at no more than it is given, and keeps nothing. */
  read(bytes: Uint8Array): StartTlsAnswer;
}

/** What is collected for one answer; greetings and lists of features are far shorter. */
export const LARGEST_ANSWER_BYTES = 16 * 1024;

const encoder = new TextEncoder();
const say = (line: string): Uint8Array => encoder.encode(`${line}\r\n`);
/** A name of our own is nobody's business, and RFC 2606 has one that belongs to nobody. */
const OUR_NAME = 'netdiag.invalid';
const nothingMore = (): StartTlsAnswer => ({ kind: 'agreed', length: 0 });

/**
 * The way to TLS in a protocol that begins in plain text, up to where the ClientHello is due: SMTP (RFC 3207), IMAP (RFC 9051), POP3 (RFC
 * 2595), FTP (RFC 4217), LDAP (RFC 4511 section 4.14), PostgreSQL (frontend/backend protocol, SSLRequest), MySQL (connection phase,
 * SSLRequest) and XMPP (RFC 6120).
 *
 * @param host for XMPP, whose server wants to know which of its names is meant
 */
export function startTlsExchanges(protocol: StartTlsProtocol, host: string): readonly StartTlsExchange[] {
  switch (protocol) {
    case 'smtp':
      return [
        { say: null, read: (bytes) => mailReply(bytes, 220, null) },
        { say: say(`EHLO ${OUR_NAME}`), read: (bytes) => mailReply(bytes, 250, 'STARTTLS') },
        { say: say('STARTTLS'), read: (bytes) => mailReply(bytes, 220, null) },
      ];
    case 'imap':
      return [
        { say: null, read: mailboxGreeting },
        { say: say('netdiag STARTTLS'), read: (bytes) => taggedReply(bytes, 'netdiag') },
      ];
    case 'pop3':
      return [
        { say: null, read: postOfficeReply },
        { say: say('STLS'), read: postOfficeReply },
      ];
    case 'ftp':
      return [
        { say: null, read: (bytes) => fileTransferReply(bytes, 220) },
        { say: say('AUTH TLS'), read: (bytes) => fileTransferReply(bytes, 234) },
      ];
    case 'ldap':
      return [{ say: ldapRequest(), read: ldapAnswer }];
    case 'postgres':
      return [{ say: postgresRequest(), read: postgresAnswer }];
    case 'mysql':
      // The server says nothing more: TLS follows the request.
      return [
        { say: null, read: mysqlGreeting },
        { say: mysqlRequest(), read: nothingMore },
      ];
    case 'xmpp':
      return [
        { say: streamHeader(host), read: streamFeatures },
        { say: streamRequest(), read: streamAnswer },
      ];
  }
}
