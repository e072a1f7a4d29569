import { commandWords } from '../command-words.js';
import { BLOCKS } from './effects.js';
import { defineCauses, found, target, targetFirst } from './phrases.js';

/** Layer 6: how a handshake breaks off, and the plain protocols that stand in front of one. */
export const TLS_HANDSHAKE_CAUSES = defineCauses({
  'tls-message-too-long': {
    title: 'A message of the handshake is too long',
    meaning:
      'The server announces a message of the handshake, mostly its certificates, that is longer than clients take (OpenSSL: 100 kB of certificates). The connection ends there. A real chain has a few kilobytes.',
    causes: [
      'A whole trust store was installed as the chain of the server.',
      'A script adds the chain again at each renewal.',
      'What answers is no TLS, although its first bytes look like it.',
      'A server that wants to use up the memory of its clients.',
    ],
    explains: [BLOCKS],
    tellApart: [
      'The size of the certificate file on the server: more than some kilobytes is wrong.',
      '`openssl s_client -connect HOST:PORT` ends in "excessive message size".',
    ],
    remedies: [
      'Leave only the leaf and its intermediates in the file of the server.',
      'Where the server is not yours, do not raise the limits of clients: it is the server that is wrong.',
    ],
    summary: (facts) => `${targetFirst(facts)} announces a handshake message that no client takes${found(facts)}.`,
    remedy: (facts) =>
      `On the server, leave only the leaf and its intermediates in the certificate file, then check: netdiag tls ${commandWords(facts).endpoint}`,
  },

  'starttls-refused': {
    formOf: 'tls-not-spoken',
    title: 'The service does not go over to TLS',
    meaning:
      'The service speaks its plain protocol as expected, and declines the command that starts TLS, or does not offer it. What is sent to it, passwords too, goes in the clear.',
    causes: [
      'No certificate is configured in the service, so TLS is off.',
      'TLS is offered on another port from the first byte on (465, 993, 995, 636).',
      'A firewall or a mail proxy takes STARTTLS out of what the server offers, in order to read along.',
      'The server allows TLS only to some of its clients, or only after something else.',
    ],
    explains: [BLOCKS],
    tellApart: [
      'On the server itself it is offered, from here it is not: something on the way removes it.',
      'The greeting has stars or XXXX in place of a keyword: a firewall that inspects mail.',
      'Its log names a certificate or key that could not be read: TLS is off.',
    ],
    remedies: [
      'Configure certificate and key in the service (Postfix: `smtpd_tls_security_level = may`), and reload it.',
      'Switch off the mail inspection of the firewall for this port, or let it end TLS properly.',
      'Use the port on which TLS begins with the first byte.',
    ],
    summary: (facts) => `${targetFirst(facts)} does not go over from plain text to TLS${found(facts)}.`,
    remedy: (facts) =>
      `Switch TLS on in the service, or use its port for TLS from the first byte on; then: netdiag tls ${commandWords(facts).endpoint}`,
  },

  'starttls-not-spoken': {
    formOf: 'tls-not-spoken',
    title: 'The service is not of the expected protocol',
    meaning:
      'TLS was to be started by a command of a plain protocol (SMTP, IMAP, POP3, FTP, LDAP, PostgreSQL, MySQL, XMPP), and what came from the server is not that protocol.',
    causes: [
      'Another service listens on this port.',
      'The service speaks TLS from the first byte on.',
      'A proxy or a firewall answers in its place.',
    ],
    explains: [BLOCKS],
    tellApart: [
      'The check quotes what came: a greeting of another protocol, an HTTP error, or no text at all.',
      'With `--starttls none` TLS begins at once: if that works, nothing has to be started.',
    ],
    remedies: ['Name the right protocol: `netdiag tls TARGET --starttls imap`; or none: `--starttls none`.', 'Correct the port.'],
    summary: (facts) => `${targetFirst(facts)} does not speak the protocol in which TLS was to be started${found(facts)}.`,
    remedy: (facts) => `Try TLS from the first byte on: netdiag tls ${commandWords(facts).endpoint} --starttls none`,
  },

  'starttls-injected': {
    title: 'Plain text slipped in ahead of TLS',
    meaning:
      'Together with its agreement to start TLS, the server (or somebody in its name) sent more in plain text, before any handshake. Programs that take this for a part of the encrypted session can be fed commands or answers by an attacker (CVE-2011-0411, CVE-2021-23222 and others).',
    causes: [
      'Somebody on the way adds answers, in order to lead clients astray.',
      'The server answers commands that it was not sent, by a fault of its software.',
      'A proxy that inspects the protocol gets out of step with its server.',
    ],
    explains: [BLOCKS],
    tellApart: [
      'From another network it does not happen: somebody on the way.',
      'On the server itself, over loopback, it happens too: its software.',
    ],
    remedies: [
      'Send no password over this connection.',
      'Use the port on which TLS begins with the first byte (465, 993, 995, 636), where nothing can slip in.',
      'Update the server and the proxy in front of it.',
    ],
    summary: (facts) => `Plain text came from ${target(facts)} between its agreement to TLS and the handshake${found(facts)}.`,
    remedy: () => 'Send no password over it; use the port where TLS begins with the first byte, and compare from another network.',
  },
});
