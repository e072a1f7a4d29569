import type { CauseFacts } from '../cause.js';
import { commandWords } from '../command-words.js';
import { defineCauses, found, target, targetFirst } from './phrases.js';

function showTls(facts: CauseFacts): string {
  return `netdiag tls ${commandWords(facts).endpoint}`;
}

/** Layer 6: what is wrong between the certificates of a chain. */
export const CERTIFICATE_CHAIN_CAUSES = defineCauses({
  'cert-signature-invalid': {
    title: 'A certificate was not signed by its issuer',
    meaning:
      'The chain holds the issuer that a certificate names, and its signature does not verify with the key of that issuer. The certificate was changed after it was signed, or signed by somebody else with the same name.',
    causes: [
      'Another authority with the same name signed it: two test authorities made by one recipe, or one that was set up anew with a new key.',
      'The file was damaged, or put together by hand.',
      'Somebody made a certificate that pretends to come from this issuer.',
    ],
    answered: true,
    tellApart: [
      '`openssl verify -show_chain -CAfile root.pem -untrusted chain.pem leaf.pem` says "certificate signature failure".',
      'The owner has another file with the same serial number: damaged on the way.',
      'There is an older or newer certificate of the same authority with another key: take that one.',
    ],
    remedies: [
      'Install certificate and chain anew, as the authority delivered them.',
      'Give authorities names that differ, with the year or a number.',
      'Until it is explained, take the server for one that somebody else runs.',
    ],
    summary: (facts) => `A signature in the chain of ${target(facts)} does not verify${found(facts)}.`,
    remedy: (facts) => `Install the certificate and its chain anew as the authority delivered them, then check: ${showTls(facts)}`,
  },

  'cert-intermediate-expired': {
    title: 'A certificate above the leaf has expired',
    meaning:
      'The certificate of the server is in its dates, but one between it and the root is not. Clients that know another way to a trusted root go on, the others fail, all on the same day.',
    causes: [
      'The file with the chain was not changed when the authority changed its intermediate certificate.',
      'The authority issued a certificate that outlives its own.',
      'The server sends an old cross-signed certificate, which is no longer needed.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows the dates of each certificate.',
      'The authority has a newer intermediate with the same name and key: only the file is old.',
    ],
    remedies: [
      'Replace the intermediate certificate in the file of the server by the current one of the authority, and reload.',
      'Take leaf and chain together from the ACME client (fullchain.pem) in place of a chain kept by hand.',
    ],
    summary: (facts) => `A certificate above that of ${target(facts)} has expired${found(facts)}.`,
    remedy: (facts) => `Replace the expired intermediate in the chain of the server and reload it, then check: ${showTls(facts)}`,
  },

  'cert-issuer-not-authority': {
    title: 'What signed the certificate is no authority',
    meaning:
      'A certificate of the chain was signed by one that may not sign certificates (no CA:TRUE in basicConstraints, or no keyCertSign in keyUsage; RFC 5280 section 4.2.1.9). If that were accepted, every site could make certificates for any other. All clients refuse it.',
    causes: [
      'An internal authority was made without the extensions of one.',
      'An ordinary certificate was used to sign others, by a script or by mistake.',
      'An attack: somebody with a certificate of their own made one for another name.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows basic constraints and key uses of each certificate.',
      'The signer is your own authority: its certificate lacks extensions. It is that of a stranger: an attack.',
    ],
    remedies: [
      'Make the certificate of the authority anew, with `basicConstraints=critical,CA:TRUE` and `keyUsage=critical,keyCertSign,cRLSign`.',
      'Have the server certificate issued by a real authority.',
    ],
    summary: (facts) => `The chain of ${target(facts)} goes through a certificate that may not sign others${found(facts)}.`,
    remedy: (facts) => `Make the authority's certificate anew with CA:TRUE and keyCertSign; the chain shows in: ${showTls(facts)}`,
  },

  'cert-path-length-exceeded': {
    title: 'There are more authorities than one allows',
    meaning:
      'An authority in the chain limits how many authorities may stand between it and the leaf (pathlen in basicConstraints, RFC 5280 section 4.2.1.9), and there are more. Clients refuse the chain.',
    causes: [
      'A further intermediate authority was set up below one that may have none.',
      'The limit was copied from a template (pathlen:0) when the authority was made.',
      'The server sends a longer way than is needed.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows the path length of each certificate.',
      'The limit is in the root: every chain of this shape fails. It is in an intermediate: only those below it.',
    ],
    remedies: [
      'Issue the server certificate from the authority that still may.',
      'Have the certificate of the upper authority issued anew with a larger limit.',
    ],
    summary: (facts) => `The chain of ${target(facts)} is longer than one of its authorities allows${found(facts)}.`,
    remedy: (facts) => `Issue the certificate from an authority within the limit; the path lengths show in: ${showTls(facts)}`,
  },

  'cert-name-constraint-violated': {
    title: 'The authority may not certify this name',
    meaning:
      'An authority in the chain is limited to certain names (nameConstraints, RFC 5280 section 4.2.1.10), and a name in the certificate lies outside. Clients refuse the certificate as a whole, for all of its names.',
    causes: [
      'A name was added that belongs to another domain than those the authority is for.',
      'The constraint was written with a leading dot, or without an entry for addresses, and shuts out more than was meant.',
      'Somebody uses a limited authority beyond its limits.',
    ],
    answered: true,
    tellApart: [
      '`openssl x509 -noout -ext nameConstraints -in authority.pem` shows what is permitted and excluded.',
      'All names but one fit: leave that one to a certificate of another authority.',
    ],
    remedies: ['Issue a certificate with names within the limits alone.', 'Take an authority for the other names that may certify them.'],
    summary: (facts) => `An authority in the chain of ${target(facts)} may not certify one of its names${found(facts)}.`,
    remedy: (facts) => `Leave the name out, or have it certified by another authority; the names show in: ${showTls(facts)}`,
  },

  'cert-extension-unknown': {
    title: 'A critical extension is not known to clients',
    meaning:
      'A certificate of the chain has an extension that is marked critical and that clients do not know. They must refuse such a certificate (RFC 5280 section 4.2), since they cannot tell what it limits.',
    causes: [
      'An internal authority adds an extension of its own, and marks it critical.',
      'The extension is meant for another use, such as smart cards or code.',
      'The certificate was made by a test tool.',
    ],
    answered: true,
    tellApart: [
      '`openssl x509 -noout -text -in FILE` marks it "critical" under its number.',
      'It is in the leaf: have that issued anew. It is in one above: the authority has to act.',
    ],
    remedies: [
      'Have the certificate issued anew without the extension, or with it not critical.',
      'Correct the template of the authority.',
    ],
    summary: (facts) => `A certificate of ${target(facts)} has a critical extension that clients do not know${found(facts)}.`,
    remedy: (facts) => `Have it issued anew without that extension, or with it not critical; then check: ${showTls(facts)}`,
  },

  'cert-chain-order': {
    title: 'The chain is sent in the wrong order',
    meaning:
      'The certificates are not sent each behind the one that it issued, leaf first. Browsers and OpenSSL sort them; others, embedded ones above all, rely on the order, as TLS before 1.3 lets them (RFC 5246), and fail.',
    causes: [
      'The files were put together in the wrong order (cat root.pem intermediate.pem).',
      'The bundle of the authority has the root first.',
      'A certificate was added at the wrong place when another changed.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows the certificates as they are sent.',
      'The file on the server has the same order: put it right there.',
    ],
    remedies: [
      'Order the file: leaf, then the one that issued it, and so on; leave the root out.',
      'Take fullchain.pem from the ACME client, which has the right order.',
    ],
    summary: (facts) => `${targetFirst(facts)} sends its chain in the wrong order, which some clients do not take${found(facts)}.`,
    remedy: (facts) => `On the server, put the file in order (leaf first, root left out) and reload it, then check: ${showTls(facts)}`,
  },

  'cert-chain-unrelated': {
    title: 'The chain holds what does not belong to it',
    meaning:
      'Among the certificates sent are some that lie on no way from the leaf to an authority, or one is sent twice. They cost every handshake bytes, sometimes a round trip; strict clients refuse the chain.',
    causes: [
      'Intermediates of a former authority were left in the file after a change.',
      'The whole bundle of an authority was installed in place of the one or two that are needed.',
      'The leaf is in the certificate file and in the chain file too.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows who issued whom: what issued none of the others does not belong there.',
      'The same certificate stands there twice: two settings hold it.',
    ],
    remedies: [
      'Leave only the leaf and those in the file that lead from it to the root.',
      'Take fullchain.pem from the ACME client in place of a file kept by hand.',
    ],
    summary: (facts) => `${targetFirst(facts)} sends certificates that do not belong to its chain${found(facts)}.`,
    remedy: (facts) => `On the server, leave only the certificates that lead to the root in the file, then check: ${showTls(facts)}`,
  },

  'cert-chain-too-long': {
    title: 'The server sends too many certificates',
    meaning:
      'More certificates are sent than any chain needs, which is two or three. Many clients give up at a certain number or size (OpenSSL at 100 kB, others at 10 certificates), and each handshake takes longer.',
    causes: [
      'A whole trust store was installed as the chain.',
      'A script adds the chain again at each renewal.',
      'A server that wants to wear its clients out.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows how many there are, and who issued whom.',
      'The file on the server grows with each renewal: a script that adds to it.',
    ],
    remedies: ['Leave only the leaf and the intermediates in the file.', 'Let the renewal write the file anew in place of adding to it.'],
    summary: (facts) => `${targetFirst(facts)} sends more certificates than any chain needs${found(facts)}.`,
    remedy: (facts) => `On the server, leave only the leaf and its intermediates in the file, then check: ${showTls(facts)}`,
  },
});
