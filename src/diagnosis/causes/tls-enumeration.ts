import { commandWords } from '../command-words.js';
import { defineCauses, found, target, targetFirst } from './phrases.js';

/** Layer 6: what an enumeration (`netdiag tls --enumerate`) shows beside versions and suites. */
export const TLS_ENUMERATION_CAUSES = defineCauses({
  'tls-compression': {
    title: 'TLS compression is accepted',
    meaning:
      'The server agrees to compress what TLS carries. Whoever can make a client send guesses beside a secret, and see the length of the records, finds out the secret byte by byte (CRIME, CVE-2012-4929). RFC 9325 section 3.3 forbids it; TLS 1.3 has none.',
    causes: [
      'A TLS library from before 2012 or built with zlib, with compression left on.',
      'A setting that turns it on: `SSLCompression on` in Apache httpd, `SSL_OP_NO_COMPRESSION` taken away.',
      'An appliance that was not updated for years.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET --enumerate` says so under compression.',
      'Compression by HTTP (`content-encoding`) is another matter, and not meant here.',
    ],
    remedies: [
      'Turn TLS compression off in the server, or update its TLS library.',
      'Have a proxy in front end TLS, where that cannot be done.',
    ],
    summary: (facts) => `${targetFirst(facts)} accepts TLS compression, by which secrets can be found out${found(facts)}.`,
    remedy: (facts) => `Turn TLS compression off on the server, then check: netdiag tls ${commandWords(facts).endpoint} --enumerate`,
  },

  'tls-renegotiation-insecure': {
    title: 'Renegotiation is not protected',
    meaning:
      'The server does not answer renegotiation_info (RFC 5746). Where it allows renegotiation, somebody on the way can put a request of their own in front of what a client sends (CVE-2009-3555), and neither side notices.',
    causes: [
      'A TLS library from before 2010.',
      'An appliance or an embedded device with such a library.',
      'The extension was turned off for old clients.',
    ],
    answered: true,
    tellApart: [
      '`openssl s_client -connect HOST:PORT -tls1_2`: "Secure Renegotiation IS NOT supported" says the same.',
      'A server of TLS 1.3 alone is not affected: it has no renegotiation.',
    ],
    remedies: ['Update the TLS library of the server.', 'Until then forbid renegotiation in its settings.'],
    summary: (facts) => `${targetFirst(facts)} does not protect renegotiation${found(facts)}.`,
    remedy: (facts) => `Update the TLS library of the server, then check: netdiag tls ${commandWords(facts).endpoint} --enumerate`,
  },

  'tls-answers-invalid': {
    title: 'The TLS server answers what no server may',
    meaning:
      'To a hello the server chose a version, a cipher suite, a group or a compression that was not offered. Clients end such a handshake. What an enumeration finds on such a server is not reliable.',
    causes: [
      'A faulty TLS library, often a home-made or an embedded one.',
      'A device in between that answers in place of the server, whatever it is asked.',
      'A deception service (honeypot, tarpit) that plays a TLS server.',
    ],
    answered: true,
    tellApart: [
      'From another network the answers are valid: a device on the way.',
      '`openssl s_client -connect HOST:PORT -cipher SUITE` ends with "wrong cipher returned" or the like.',
    ],
    remedies: ['Update the TLS library of the server.', 'Ask those who run the device in between.'],
    summary: (facts) => `What answers at ${target(facts)} breaks the rules of TLS${found(facts)}.`,
    remedy: (facts) => `See from another network whether it answers the same: netdiag tls ${commandWords(facts).endpoint} --enumerate`,
  },
});
