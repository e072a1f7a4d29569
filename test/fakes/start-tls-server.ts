import type net from 'node:net';
import tls from 'node:tls';
import type { StartTlsProtocol } from '../../src/model/probe-options.js';
import { type LoopbackServer, serveTcp } from './loopback-server.js';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');
const MYSQL_GREETING = hex(
  `4a000000 0a 382e302e3000 01000000 ${'41'.repeat(8)} 00 ffff 21 0200 ffdf 15 ${'00'.repeat(10)} ${'42'.repeat(12)} 00`,
);
MYSQL_GREETING.writeUIntLE(MYSQL_GREETING.length - 4, 0, 3);
const MYSQL_REQUEST_BYTES = 36;
const LDAP_SUCCESS = hex('300c020101 78070a0100 0400 0400');
const FEATURES =
  "<?xml version='1.0'?><stream:stream from='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'><stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>";

/** What each protocol's server says first, and then to what the client says in turn, up to its agreement. */
export const DIALOGUES: Readonly<Record<StartTlsProtocol, { greeting: string | Buffer; answers: readonly (string | Buffer)[] }>> = {
  smtp: {
    greeting: '220-mail.example\r\n220 ready\r\n',
    answers: ['250-mail.example\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 HELP\r\n', '220 go ahead\r\n'],
  },
  imap: { greeting: '* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n', answers: ['* CAPABILITY IMAP4rev1\r\nnetdiag OK begin\r\n'] },
  pop3: { greeting: '+OK ready\r\n', answers: ['+OK begin\r\n'] },
  ftp: { greeting: '220-welcome\r\n  to this\r\n220 ready\r\n', answers: ['234 AUTH TLS successful\r\n'] },
  ldap: { greeting: '', answers: [LDAP_SUCCESS] },
  postgres: { greeting: '', answers: ['S'] },
  mysql: { greeting: MYSQL_GREETING, answers: [''] },
  xmpp: { greeting: '', answers: [FEATURES, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"] },
};

/** Says its part, and goes over to TLS behind the last answer. */
export function serveStartTls(protocol: StartTlsProtocol, options: tls.TlsOptions): Promise<LoopbackServer> {
  const { greeting, answers } = DIALOGUES[protocol];
  const secureContext = tls.createSecureContext(options);
  return serveTcp((socket) => {
    if (greeting.length > 0) socket.write(greeting);
    let said = 0;
    const answer = (heard: Buffer) => {
      const text = answers[said++];
      if (text !== undefined && text.length > 0) socket.write(text);
      if (said < answers.length) return;
      socket.off('data', answer);
      // What flows on would be lost before TLS takes it over.
      socket.pause();
      // Nothing of MySQL stands between its request and the ClientHello.
      if (protocol === 'mysql' && heard.length > MYSQL_REQUEST_BYTES) socket.unshift(heard.subarray(MYSQL_REQUEST_BYTES));
      secure(socket, { ...options, secureContext });
    };
    socket.on('data', answer);
  });
}

function secure(socket: net.Socket, options: tls.TLSSocketOptions): void {
  const encrypted = new tls.TLSSocket(socket, { ...options, isServer: true });
  encrypted.on('error', () => {});
  encrypted.resume();
}
