import type { CauseFacts } from '../cause.js';
import { commandWords } from '../command-words.js';
import { NAME_NOT_FOUND } from './effects.js';
import { defineCauses, found, target, targetFirst } from './phrases.js';

function showTls(facts: CauseFacts): string {
  return `netdiag tls ${commandWords(facts).endpoint}`;
}

/** Layer 6: what is wrong with what a certificate says of itself. Its dates and its chain are elsewhere. */
export const CERTIFICATE_CONTENT_CAUSES = defineCauses({
  'cert-signature-weak': {
    title: 'A signature in the chain can be forged',
    meaning:
      'A certificate of the chain is signed with SHA-1, MD5 or MD2, for which two different contents with the same hash have been made (RFC 6151, RFC 9155). Whoever can make such a pair can have a certificate for somebody else. Browsers and current libraries refuse it.',
    causes: [
      'An internal authority that was set up long ago and still signs with SHA-1.',
      'A device that makes its own certificate with old software.',
      'An intermediate certificate that was never issued anew.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows the signature algorithm of each certificate.',
      'The leaf alone is signed so: have it issued anew. One above: the authority has to act.',
    ],
    remedies: [
      'Set the authority to SHA-256 or better, and have the certificate issued anew; the key can stay.',
      'Update or replace the device, or put a proxy with a certificate of its own in front.',
    ],
    summary: (facts) => `The chain of ${target(facts)} has a signature that can be forged${found(facts)}.`,
    remedy: (facts) => `Have the certificate issued anew with SHA-256 or better; the present one shows in: ${showTls(facts)}`,
  },

  'cert-version-obsolete': {
    // It has no place for names, and so is good for none.
    explains: NAME_NOT_FOUND,
    title: 'The certificate is of X.509 version 1',
    meaning:
      'The certificate is of the oldest version of X.509, which has no extensions: it can carry no subject alternative names, and cannot say what its key is for. Clients that go by RFC 9525 find no name in it.',
    causes: [
      '`openssl x509 -req` was run without an extension file, which gives version 1.',
      'A device or appliance with very old software made it.',
      'A home-made script of an internal authority leaves the extensions out.',
    ],
    answered: true,
    tellApart: [
      '`openssl x509 -noout -text -in FILE` shows "Version: 1" and no section of extensions.',
      'The request had the names and the certificate does not: they were lost at signing.',
    ],
    remedies: [
      'Sign again with the extensions: `openssl x509 -req -copy_extensions copy`, or with `-extfile` and subjectAltName in it.',
      'For public names, have a certificate issued by ACME (RFC 8555), which costs nothing.',
    ],
    summary: (facts) => `The certificate of ${target(facts)} is of the obsolete version 1${found(facts)}.`,
    remedy: (facts) => `Have it signed anew with its extensions, subjectAltName above all; the present one shows in: ${showTls(facts)}`,
  },

  'cert-san-missing': {
    explains: NAME_NOT_FOUND,
    title: 'The certificate has no subject alternative names',
    meaning:
      'The certificate names its server in the subject only (common name), and not in the extension subjectAltName. Clients stopped looking at the common name long ago (RFC 9525, RFC 6125), so for them the certificate is good for no name at all.',
    causes: [
      'It was made by an old recipe that only asks for the common name.',
      'The names were in the request and the authority left them out when it signed.',
      'A device that makes its own certificate with old software.',
    ],
    answered: true,
    tellApart: [
      '`openssl s_client` and old programs accept it, browsers, Go and curl do not: the typical sign.',
      '`openssl x509 -noout -ext subjectAltName -in FILE` prints no extension.',
    ],
    remedies: [
      'Have it issued anew with all names in subjectAltName: `openssl req -new -addext subjectAltName=DNS:app.example.net`.',
      'Set the internal authority to copy or to demand subjectAltName.',
    ],
    summary: (facts) => `The certificate of ${target(facts)} has no subject alternative name, so it is good for no name${found(facts)}.`,
    remedy: (facts) => `Have it issued anew with its names in subjectAltName; the present one shows in: ${showTls(facts)}`,
  },

  'cert-wildcard-misused': {
    explains: NAME_NOT_FOUND,
    title: 'A wildcard does not mean what was hoped for',
    meaning:
      'A wildcard in a certificate stands for exactly one label, and is the whole of the leftmost one (RFC 9525 section 6.3). Two stars, a star within a label or further right, or one for a whole registry such as *.com, are not accepted; and *.example.net is not good for a.b.example.net.',
    causes: [
      'Services were moved a level deeper (api.staging.example.net) under a wildcard for the level above.',
      'The certificate was made with patterns such as *.*.example.net or app*.example.net, which nobody accepts.',
      'An internal authority issued a wildcard for everything below a registry.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` lists the names in the certificate.',
      'The name asked for has one label more than the wildcard: a wildcard for that level is needed.',
    ],
    remedies: [
      'Have the names in use, or a wildcard for each level (*.staging.example.net), put into the certificate.',
      'Use a name at the level that the wildcard stands for.',
    ],
    summary: (facts) => `A wildcard in the certificate of ${target(facts)} does not stand for what it is used for${found(facts)}.`,
    remedy: (facts) => `Have a wildcard for that very level, or the name itself, added; the names show in: ${showTls(facts)}`,
  },

  'cert-usage-wrong': {
    title: 'The certificate may not be used for a server',
    meaning:
      'The certificate limits what it is for (extendedKeyUsage, keyUsage; RFC 5280 section 4.2.1), and a TLS server is not among it, or the key may not be used as this cipher suite needs it. Clients refuse it.',
    causes: [
      'A client certificate was installed on the server.',
      'The template of the internal authority is one for users, mail or code.',
      'keyUsage allows encipherment only, as for old RSA suites, and TLS 1.3 wants a signature.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows the uses of each certificate.',
      'clientAuth without serverAuth: a client certificate. No digitalSignature: an old template.',
    ],
    remedies: [
      'Have a certificate issued with serverAuth in extendedKeyUsage and digitalSignature in keyUsage.',
      'Correct the template of the authority, so that the next renewal is right too.',
    ],
    summary: (facts) => `The certificate of ${target(facts)} is not meant for a TLS server${found(facts)}.`,
    remedy: (facts) => `Install one with serverAuth and digitalSignature; what the present one allows shows in: ${showTls(facts)}`,
  },

  'cert-is-authority': {
    title: "The server shows an authority's own certificate",
    meaning:
      'The certificate with which the server identifies itself is that of an authority: whoever breaks into the server gets a key that can sign certificates for any name. Some clients refuse it.',
    causes: [
      'The server was given the certificate and the key of the internal authority in place of one that it issued.',
      'A certificate was made with CA:TRUE by a recipe for self-signed ones.',
      'An appliance uses its own signing certificate for its web interface.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows basic constraints and key uses of the leaf: CA, keyCertSign.',
      'The same certificate is in the trust stores of clients: it is the real authority, and its key lies on a server.',
    ],
    remedies: [
      'Issue a certificate of its own for the server, without CA:TRUE and keyCertSign.',
      'Where the key of a real authority lay on the server, take it away from there, and think of replacing the authority.',
    ],
    summary: (facts) => `${targetFirst(facts)} identifies itself by the certificate of an authority${found(facts)}.`,
    remedy: (facts) => `Give the server a certificate of its own, and keep the key of the authority off it; check: ${showTls(facts)}`,
  },

  'cert-lifetime-too-long': {
    title: 'The certificate is valid for too long',
    meaning:
      'The certificate of a public authority is valid for longer than clients accept of its time: 398 days from September 2020, 200 days from March 2026 (CA/Browser Forum). Browsers may refuse it, although nothing else is wrong.',
    causes: [
      'The authority issued it by its old rules, or by mistake.',
      'An authority for companies, below a public root, does not keep the limits.',
      'The dates were set by hand in the request for it.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows the lifetime in days.',
      'Other certificates of the same authority are shorter: it was an exception.',
    ],
    remedies: ['Have it issued anew with a shorter life.', 'Renew automatically (ACME, RFC 8555), so that short lives cost no work.'],
    summary: (facts) => `The certificate of ${target(facts)} is valid for longer than browsers accept${found(facts)}.`,
    remedy: (facts) => `Have it issued anew with a shorter life, renewed by itself; the present one shows in: ${showTls(facts)}`,
  },

  'cert-staple-missing': {
    title: 'The stapled OCSP answer is missing',
    meaning:
      'The certificate says that it is only to be shown together with a fresh answer of its authority (must-staple, RFC 7633), and the server sends none. Firefox and others refuse the connection then.',
    causes: [
      'Stapling is not switched on in the server.',
      'The server was just restarted, and has not fetched an answer yet.',
      'The server cannot reach the responder of the authority: no way out, no resolver, or a proxy.',
    ],
    answered: true,
    tellApart: [
      '`openssl s_client -connect HOST:PORT -status` prints "no response sent".',
      'It comes a minute later: the server fetches it only at the first connection.',
      'The error log of the server names a time-out to the responder: its way out is blocked.',
    ],
    remedies: [
      'Switch stapling on (nginx: `ssl_stapling on;` with a `resolver`, Apache: `SSLUseStapling On`).',
      'Let the server reach the responder that stands in the certificate.',
      'Or have the certificate issued anew without must-staple.',
    ],
    summary: (facts) => `${targetFirst(facts)} sends no OCSP answer, which its certificate demands${found(facts)}.`,
    remedy: (facts) => `Switch OCSP stapling on in the server and let it reach its responder, then check: ${showTls(facts)}`,
  },

  'cert-staple-invalid': {
    title: 'The stapled OCSP answer cannot be relied on',
    meaning:
      'The server sends an answer of its authority along, and it does not count (RFC 6960 section 3.2): it is out of date, about another certificate, not signed by the issuer or by one that the issuer entitled, or it says nothing. Some clients end the connection.',
    causes: [
      'The server goes on to send an old answer, since it cannot fetch a new one.',
      'The certificate was renewed, and the answer is still that for the former one.',
      'The responder failed when it was asked (tryLater), and its failure was stapled.',
      'The clock of this machine is wrong.',
    ],
    answered: true,
    tellApart: [
      '`openssl s_client -connect HOST:PORT -status` prints the answer with its dates.',
      '`date -u` is right, and the dates lie in the past: the server does not refresh.',
    ],
    remedies: [
      'Reload the server, so that it forgets the old answer and fetches a new one.',
      'Let the server reach the responder that stands in the certificate.',
    ],
    summary: (facts) => `The OCSP answer that ${target(facts)} sends does not count${found(facts)}.`,
    remedy: (facts) => `Reload the server, and see to it that it can reach the OCSP responder; then check: ${showTls(facts)}`,
  },
});
