import { boolean, custom } from '@oclif/core/flags';
import type { StartTlsProtocol } from '../model/probe-options.js';
import { TLS_POLICIES } from '../model/tls-policies.js';
import * as kinds from './value-kinds.js';
import { offered, valued } from './valued.js';

export const tlsFlags = {
  servername: custom<string>(valued(kinds.servername))({ summary: 'name to ask for and to find in the certificate', helpValue: '<name>' }),
  ca: custom<string>()({
    summary: 'further trusted certificates, PEM; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<file>',
  }),
  cert: custom<string>()({ summary: 'client certificate, PEM; with --key', helpValue: '<file>' }),
  key: custom<string>()({ summary: 'key of the client certificate, PEM', helpValue: '<file>' }),
};

/** Flags of `tls` alone: how it comes to a handshake, and what is tried beside. */
export const handshakeFlags = {
  starttls: custom<StartTlsProtocol | 'none'>(valued(kinds.startTls))({
    summary:
      'smtp, imap, pop3, ftp, ldap, postgres, mysql or xmpp: start TLS by its command; none: at once (by the port unless said otherwise)',
    helpValue: '<protocol>',
  }),
  'no-servername': boolean({ summary: 'send no server name (SNI), as old clients do' }),
  resume: boolean({ summary: 'make a second connection that resumes the session of the first' }),
};

/** Flags of `tls --enumerate`. */
export const enumerationFlags = {
  enumerate: boolean({ summary: 'find out every version, cipher suite, group and signature scheme that the server accepts' }),
  concurrency: custom<number>(valued(kinds.concurrency))({
    summary: 'with --enumerate: connections under way at once, 1 to 64 (8 unless said otherwise)',
    helpValue: '<number>',
  }),
  'max-connections': custom<number>(valued(kinds.connections))({
    summary: 'with --enumerate: open no more than so many connections, 10 to 5000 (1000 unless said otherwise)',
    helpValue: '<number>',
  }),
};

/** Flag of `tls`: rules to hold the server against. */
export const tlsPolicyFlag = {
  policy: custom<string>(offered({ words: Object.keys(TLS_POLICIES), from: 'files' }))({
    summary: `enumerate, and hold the server against rules: ${Object.keys(TLS_POLICIES).join(', ')}, or a file of them`,
    helpValue: '<policy>',
  }),
};

export const pinFlag = {
  pin: custom<string>(valued(kinds.pin))({
    summary: "sha256//BASE64 of the server's public key; one of those given must match",
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<pin>',
  }),
};
