import type { CauseFacts } from '../cause.js';
import { commandWords, onPlatform } from '../command-words.js';
import { defineCauses, found, target, targetFirst } from './phrases.js';

/** The clock of this machine, against which the dates of a certificate are held. */
function showClock(facts: CauseFacts): string {
  return onPlatform(facts, { linux: 'date -u', darwin: 'date -u', win32: '[DateTime]::UtcNow' });
}

function showTls(facts: CauseFacts): string {
  return `netdiag tls ${commandWords(facts).endpoint}`;
}

/** Layer 6: what is wrong with the certificate or its chain. */
export const CERTIFICATE_CAUSES = defineCauses({
  'cert-expired': {
    title: 'The certificate has expired',
    meaning:
      'The end of the validity of the certificate lies in the past, by the clock of this machine. Clients refuse it (RFC 5280 section 6), although encryption would still work.',
    causes: [
      'The automatic renewal failed, or there is none.',
      'The certificate was renewed, but the service was not reloaded and still sends the old one.',
      'One of several servers behind the name was forgotten.',
      'The clock of this machine is wrong.',
    ],
    answered: true,
    against: [
      {
        kinds: ['l7.clock', 'l7.clock-dates', 'l7.clock-page'],
        statuses: ['fail'],
        codes: ['clock-skew'],
        says: 'the clock of this machine is wrong',
      },
    ],
    cannotBeToldFrom: [
      { code: 'clock-skew', toldBy: 'whether the clock of this machine is right', ofBasis: ['silence'] },
      { code: 'tls-intercepted', toldBy: 'whether another network shows the same certificate', ofBasis: ['silence'] },
    ],
    tellApart: [
      '`netdiag tls TARGET` shows the dates of each certificate of the chain.',
      'The file on the server is newer than what it sends: a reload is missing.',
      'Different dates at each attempt: one of several servers is behind.',
      '`date -u` is wrong by days: the clock.',
    ],
    remedies: [
      'Renew the certificate on the server and reload the service (with certbot: `sudo certbot renew`, then `sudo systemctl reload nginx`).',
      'Find out why the automatic renewal failed: its log, port 80 for HTTP validation, the rate limits of the authority.',
      'Watch the remaining days from outside.',
    ],
    summary: (facts) => `The certificate of ${target(facts)} has expired${found(facts)}.`,
    remedy: (facts) => `Renew it on the server and reload the service, once this machine's clock is known to be right: ${showClock(facts)}`,
  },

  'cert-not-yet-valid': {
    title: 'The certificate is not valid yet',
    meaning:
      'The certificate begins to be valid in the future, by the clock of this machine. Nearly always it is that clock, and not the certificate, that is wrong.',
    causes: [
      'The clock of this machine is behind: no time service, an empty battery, a virtual machine that was suspended.',
      'The certificate was issued minutes ago, and this clock is a little late.',
      'The server was given a certificate meant for later.',
    ],
    answered: true,
    against: [
      {
        kinds: ['l7.clock', 'l7.clock-dates', 'l7.clock-page'],
        statuses: ['fail'],
        codes: ['clock-skew'],
        says: 'the clock of this machine is wrong',
      },
    ],
    cannotBeToldFrom: [{ code: 'clock-skew', toldBy: 'whether the clock of this machine is right', ofBasis: ['silence'] }],
    tellApart: ['`date -u` against any other clock.', 'Certificates of other sites are "not yet valid" too: the clock of this machine.'],
    remedies: [
      'Set the clock by NTP: `sudo timedatectl set-ntp true` (macOS: `sudo systemsetup -setusingnetworktime on`; Windows, as administrator: `w32tm /resync`).',
      'Where the clock is right, go back to the former certificate on the server.',
    ],
    summary: (facts) => `The certificate of ${target(facts)} is not valid yet${found(facts)}.`,
    remedy: (facts) => `Check this machine's clock first; it must show the right time in UTC: ${showClock(facts)}`,
  },

  'cert-expiring': {
    title: 'The certificate expires soon',
    meaning:
      'The certificate is still valid, but has fewer days left than the policy wants. Automatic renewal usually runs a third of the lifetime before the end; if it is later than that, it has probably failed.',
    causes: [
      'The automatic renewal fails.',
      'The certificate is renewed by hand, and nobody has done so yet.',
      'It was renewed, and the service still sends the old one.',
    ],
    answered: true,
    against: [
      {
        kinds: ['l7.clock', 'l7.clock-dates', 'l7.clock-page'],
        statuses: ['fail'],
        codes: ['clock-skew'],
        says: 'the clock of this machine is wrong',
      },
    ],
    cannotBeToldFrom: [{ code: 'clock-skew', toldBy: 'whether the clock of this machine is right', ofBasis: ['silence'] }],
    tellApart: [
      'On the server, `sudo certbot certificates` (or the log of the ACME client) shows whether a newer one is there.',
      'A newer one is there: the service needs a reload.',
    ],
    remedies: [
      'Try the renewal on the server: `sudo certbot renew --dry-run`, then without `--dry-run`.',
      'Let the renewal reload the service (a deploy hook).',
    ],
    summary: (facts) => `The certificate of ${target(facts)} expires soon${found(facts)}.`,
    remedy: (facts) => `Renew it on the server and reload the service, then check the dates that it sends: ${showTls(facts)}`,
  },

  'cert-hostname-mismatch': {
    title: 'The certificate is for another name',
    meaning:
      'The certificate does not carry the name by which the target was asked for. Only the subject alternative names count, not the common name (RFC 9525); a wildcard stands for exactly one label.',
    causes: [
      'The name is missing from the certificate, for example with or without "www".',
      'The server chose its default site, since it does not know this name or got no server name.',
      'The DNS name leads to another server (an old address, a shared host).',
      'The target was given by address, and the certificate has only names.',
      'A captive portal or interception.',
    ],
    answered: true,
    cannotBeToldFrom: [
      { code: 'captive-portal', toldBy: 'whether plain http: pages lead to a login page', ofBasis: ['silence'] },
      { code: 'dns-hijacked', toldBy: 'whether other resolvers give the same address', ofBasis: ['silence'] },
      { code: 'tls-intercepted', toldBy: 'whether another network shows the same certificate', ofBasis: ['silence'] },
    ],
    tellApart: [
      '`netdiag tls TARGET` lists the names in the certificate.',
      'They belong to somebody else entirely: wrong server, or DNS. They are siblings of the name: the certificate is incomplete.',
      'With `--servername NAME` the right certificate comes: the name asked for was the wrong one.',
    ],
    remedies: [
      'Use one of the names that the certificate carries.',
      'Issue the certificate anew with all names in use.',
      'Correct the site configuration or the DNS entry on the side of the target.',
    ],
    summary: (facts) => `The certificate does not carry the name by which ${target(facts)} was asked for${found(facts)}.`,
    remedy: (facts) => `Use a name that the certificate carries, or have this one added; its names show in: ${showTls(facts)}`,
  },

  'cert-self-signed': {
    title: 'The certificate is self-signed',
    meaning:
      'The certificate, or the root at the top of the chain, vouches for itself, and nobody whom this machine trusts vouches for it. The connection is encrypted, but who is at the other end is not proved.',
    causes: [
      'The service uses the certificate that was made at its installation.',
      'An internal or development service without an authority.',
      'The own root certificate is not known to this machine.',
      'An interception with a certificate made for the purpose.',
    ],
    answered: true,
    cannotBeToldFrom: [
      { code: 'tls-intercepted', toldBy: 'whether another network shows the same certificate', ofBasis: ['silence'] },
      { code: 'captive-portal', toldBy: 'whether plain http: pages lead to a login page', ofBasis: ['silence'] },
    ],
    tellApart: [
      'Subject and issuer are equal: self-signed. The owner can tell its SHA-256 fingerprint; compare it.',
      'The service had a certificate of an authority before: suspect an interception, or a lost configuration.',
    ],
    remedies: [
      'Have a certificate issued by an authority; for public names that costs nothing (ACME, RFC 8555).',
      'For internal services, trust the internal root: `netdiag tls TARGET --ca root.pem`, in Node programs `NODE_EXTRA_CA_CERTS`.',
      'Pin the key, where there is no authority: `--pin sha256//BASE64`.',
      'Switch off verification nowhere.',
    ],
    summary: (facts) => `The certificate of ${target(facts)} is self-signed, so it proves nothing about who answers${found(facts)}.`,
    remedy: (facts) => `Compare the fingerprint with the owner's; an internal root is trusted by: ${showTls(facts)} --ca root.pem`,
  },

  'cert-untrusted': {
    title: 'The certificate was issued by an unknown authority',
    meaning:
      'The chain, as far as the server sends it, ends at an authority that is in none of the lists of trusted ones used here: that of Node.js, that of the system, and what --ca names. On Windows and macOS the list of the system is not read, and its authorities must be named with --ca.',
    causes: [
      'An internal company authority that this list does not contain.',
      'A TLS inspection proxy (see tls-intercepted).',
      'An authority that was removed from the lists, or is newer than the list.',
      'The server sends the wrong chain, or leaves out the intermediate certificate of a private authority.',
    ],
    answered: true,
    cannotBeToldFrom: [
      { code: 'tls-intercepted', toldBy: 'whether another network shows the same certificate', ofBasis: ['silence'] },
      { code: 'cert-chain-incomplete', toldBy: 'whether the issuer is known once its certificate is fetched', ofBasis: ['silence'] },
    ],
    tellApart: [
      '`netdiag tls TARGET` names the issuer at the end of the chain.',
      'On Windows or macOS, a browser of the same machine trusts it: the authority is in the list of the system only.',
      'No machine trusts it: the authority of the server is to be changed.',
    ],
    remedies: [
      'Give the authority: `netdiag tls TARGET --ca root.pem`; Node programs take `NODE_EXTRA_CA_CERTS=/path/root.pem`.',
      'Install the internal authority in the trust store of the machines that need it.',
      'For a public service, have a certificate issued by a public authority.',
    ],
    summary: (facts) => `The certificate of ${target(facts)} comes from an authority that is not trusted here${found(facts)}.`,
    remedy: (facts) => `If the authority is your own, name it: ${showTls(facts)} --ca root.pem`,
  },

  'cert-chain-incomplete': {
    title: 'The server does not send the whole chain',
    meaning:
      'The server sends its own certificate without the intermediate one that links it to a trusted root; it must send it (RFC 8446 section 4.4.2). Browsers often hide this, since they remember or download intermediates; programs and devices fail.',
    causes: [
      'The server was given cert.pem in place of fullchain.pem.',
      'The intermediate certificate of a former authority was kept after the renewal.',
      'A load balancer has its own, separate field for the chain, and it is empty.',
    ],
    answered: true,
    cannotBeToldFrom: [
      { code: 'cert-untrusted', toldBy: 'whether the chain is trusted once the missing certificate is fetched', ofBasis: ['silence'] },
    ],
    tellApart: [
      '`openssl s_client -connect HOST:PORT -showcerts` prints one certificate only, and "unable to get local issuer certificate".',
      'A browser opens it and curl does not: the typical sign.',
    ],
    remedies: [
      'Give the server the leaf followed by the intermediates: nginx `ssl_certificate fullchain.pem;`, Apache `SSLCertificateFile fullchain.pem`.',
      'Fetch the intermediate certificate from the authority, where it was not delivered.',
      'Do not work around it on clients.',
    ],
    summary: (facts) => `${targetFirst(facts)} leaves out the intermediate certificates that link it to a trusted root${found(facts)}.`,
    remedy: (facts) =>
      `On the server, configure leaf and intermediates in one file (fullchain.pem) and reload it, then check: ${showTls(facts)}`,
  },

  'cert-key-weak': {
    title: 'A key in the chain is too short',
    meaning:
      'A key of the chain is shorter than is safe today: RSA or DSA below 2048 bits, elliptic curves below 224 (NIST SP 800-57). Public authorities certify none of these any more; many clients refuse them.',
    causes: [
      'An old certificate of an internal authority, or of a device.',
      'A device that makes its own short key.',
      'A template with outdated settings in the internal authority.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` shows type and length of the key of each certificate in the chain.',
      'The leaf is weak: renew it. An intermediate or root is weak: the authority has to act.',
    ],
    remedies: [
      'Make a new key (P-256, or RSA with 2048 bits or more) and have it certified: `openssl ecparam -name prime256v1 -genkey -noout -out new.key`.',
      'Update or replace a device that can do no better, or put a proxy in front.',
    ],
    summary: (facts) => `The certificate of ${target(facts)} has a key that is too short${found(facts)}.`,
    remedy: (facts) => `Have it issued anew for a P-256 key or RSA with at least 2048 bits; the present one shows in: ${showTls(facts)}`,
  },

  'cert-revoked': {
    title: 'The certificate was revoked',
    meaning:
      'The authority has declared the certificate invalid before its end, by a revocation list (RFC 5280) or OCSP (RFC 6960). Reasons reach from a lost key to a mistake in issuing; until it is replaced, treat the key as known to others.',
    causes: [
      'The key was lost or published, and the owner had the certificate revoked.',
      'The authority revoked it because of its own mistake, often many at once.',
      'It was replaced and revoked, but one server still sends it.',
    ],
    answered: true,
    tellApart: [
      'The revocation list or OCSP answer carries the time, and often the reason.',
      'Other servers of the same name send a newer certificate: this one was forgotten.',
    ],
    remedies: ['Have a new certificate issued for a NEW key, and install it on every server.', 'Send no secrets to the target until then.'],
    summary: (facts) => `The certificate of ${target(facts)} was revoked by its authority${found(facts)}.`,
    remedy: (facts) => `Send no secrets to it; its owner must install a new certificate with a new key, then check: ${showTls(facts)}`,
  },

  'cert-pin-mismatch': {
    title: 'The key is not the one that was pinned',
    meaning:
      "The public key of the certificate is none of those that were expected (the sha256// form is that of RFC 7469 and of curl's --pinnedpubkey). Either the key was changed on purpose, or somebody else answers.",
    causes: [
      'The owner changed the key at a renewal, and no pin for the new one was distributed.',
      'The pin was taken from another server or certificate.',
      'TLS interception (see tls-intercepted).',
      'The name leads to another server.',
    ],
    answered: true,
    cannotBeToldFrom: [{ code: 'tls-intercepted', toldBy: 'whether another network shows the same certificate', ofBasis: ['silence'] }],
    tellApart: [
      'Issuer and names are as before, dates are new: a planned change of the key is likely.',
      'Another issuer: an interception, until the owner says otherwise.',
      'From another network the pin fits: the interception is in this one.',
    ],
    remedies: [
      'Ask the owner, on another way, which key is right; only then replace the pin.',
      'Pin a spare key too, and keep the key at renewals (certbot: `--reuse-key`).',
    ],
    summary: (facts) => `The key that ${target(facts)} presents is none of the pinned ones${found(facts)}.`,
    remedy: (facts) => `Do not replace the pin before the owner has confirmed the new key, which shows in: ${showTls(facts)}`,
  },
});
