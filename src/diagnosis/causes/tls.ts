import { commandWords } from '../command-words.js';
import { BLOCKS } from './effects.js';
import { defineCauses, found, target, targetFirst, toTarget } from './phrases.js';
import { TLS_UNSPOKEN } from './rivals.js';

/** Layer 6: the handshake. What is wrong with certificates is in `certificate.ts`. */
export const TLS_CAUSES = defineCauses({
  'tls-not-spoken': {
    title: 'The port does not speak TLS',
    meaning:
      'The connection opens, but what comes back to a TLS hello is not TLS: another protocol in plain text, or the end of the connection. No certificate was seen.',
    causes: [
      'The port serves plain HTTP, or another plain protocol; the encrypted one is on another port.',
      'The service starts in plain text and goes over to TLS on demand (STARTTLS, RFC 3207 for mail).',
      'TLS is handled by a proxy in front, which was passed by.',
      'A captive portal or a proxy answers in place of the service.',
    ],
    explains: [BLOCKS],
    against: [{ kinds: ['l6.variants'], of: 'same', says: 'a hello in another shape is answered in TLS' }],
    tellApart: [
      '`curl -v --max-time 5 http://HOST:PORT/`: an HTTP answer means plain HTTP on this port.',
      '`netdiag tls HOST:PORT --starttls smtp` (or imap, pop3, ftp, ldap, postgres, mysql, xmpp): a certificate means STARTTLS.',
      'A redirect to a login page means a captive portal.',
    ],
    remedies: [
      'Use the port on which TLS is spoken, or configure TLS on this one.',
      'Name the target with its real protocol (`http:` or `tcp:`), where plain text is meant.',
    ],
    summary: (facts) => `${targetFirst(facts)} accepts connections but does not speak TLS${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      return `Check port and protocol; a service that goes over from plain text (STARTTLS) is named by its protocol: netdiag tls ${words.endpoint} --starttls smtp`;
    },
  },

  'tls-handshake-failed': {
    title: 'The TLS handshake fails',
    meaning:
      'Both sides speak TLS, but they do not come to terms: one of them ends the handshake with an alert (RFC 8446 section 6) or without one, or the server stops in the middle of it and time runs out. The certificate may not even have been looked at.',
    causes: [
      'No protocol version or cipher suite in common (alert protocol_version or handshake_failure).',
      'The server knows no site by this name (alert unrecognized_name), or needs a server name and got none.',
      'The server wants a client certificate, or rejects the one it got.',
      'The certificate or key of the server is missing or broken (alert internal_error).',
      'An inspecting device cuts the handshake, often for certain names.',
      'Large packets vanish: the handshake stalls and runs into a time-out (see mtu-blackhole).',
      'A load balancer has no server behind it that is up, and closes; or the server waits for something of its own.',
    ],
    explains: [BLOCKS],
    cannotBeToldFrom: [TLS_UNSPOKEN],
    toldBy: ['handshake-variants'],
    tellApart: [
      'The name of the alert in the report tells most of it.',
      'It works with another server name: the name is the reason.',
      '`openssl s_client -connect HOST:PORT -servername HOST -tls1_2`, then with `-tls1_3`: one works means a version problem.',
      'From another network it works: a device on the way.',
    ],
    remedies: [
      'On the server, enable TLS 1.2 and 1.3 with the suites of RFC 9325, and look into its error log.',
      'Update a client that knows only old versions.',
      'Correct the server name, or add the name on the server.',
    ],
    summary: (facts) => `The TLS handshake with ${target(facts)} fails${found(facts)}.`,
    remedy: (facts) => {
      const words = commandWords(facts);
      const servername = words.name === 'NAME' ? '' : ` -servername ${words.name}`;
      return `See which alert ends it, then look into the server's error log: openssl s_client -connect ${words.endpoint}${servername}`;
    },
  },

  'tls-handshake-slow': {
    title: 'The TLS handshake takes long',
    meaning:
      'The handshake succeeds, but takes longer than the policy allows. It costs one round trip with TLS 1.3 and two with TLS 1.2, and the time in which the server signs and sends its certificates.',
    causes: [
      'The round trip itself is long: compare with the TCP connect time.',
      'TLS 1.2 in place of 1.3, so one more round trip.',
      'The server is short of processor time, or uses large RSA keys.',
      'A certificate chain so long that it needs another round trip (more than about 14 kB, RFC 6928).',
      'Packet loss, or an inspecting proxy that makes a second handshake.',
    ],
    slows: true,
    against: [{ kinds: ['l3.latency'], statuses: ['fail'], of: 'same', says: 'the round trip of the network itself is long' }],
    cannotBeToldFrom: [{ code: 'latency-high', toldBy: 'whether two round trips of the network take as long', ofBasis: ['silence'] }],
    tellApart: [
      'Handshake about once (TLS 1.3) or twice (TLS 1.2) the connect time: distance. Much more: server or loss.',
      'Slow on the first connection only: the server was asleep or looked something up.',
      '`netdiag tls TARGET` shows version, key type and length of the chain.',
    ],
    remedies: [
      'Keep connections open and reuse them; allow session resumption.',
      'Enable TLS 1.3 and an ECDSA certificate on the server; send no superfluous certificates.',
      'Use a server or region nearer by.',
    ],
    summary: (facts) => `The TLS handshake with ${target(facts)} takes too long${found(facts)}.`,
    remedy: (facts) =>
      `Compare with the TCP connect time: about the same or twice is distance, more is the server: netdiag latency ${commandWords(facts).endpoint}`,
  },

  'tls-protocol-obsolete': {
    title: 'An obsolete TLS version is in use',
    meaning:
      'The server accepts or chooses a version older than the policy allows. SSL 3.0 is prohibited by RFC 7568, TLS 1.0 and 1.1 by RFC 8996; current browsers refuse them.',
    causes: [
      'The server keeps old versions on for old clients.',
      'Old software or an old TLS library on the server.',
      'A load balancer or appliance in front with its own, older settings.',
    ],
    answered: true,
    cannotBeToldFrom: [{ code: 'tls-intercepted', toldBy: 'whether another network is offered a newer version', ofBasis: ['silence'] }],
    tellApart: [
      '`netdiag tls TARGET` shows which version is negotiated.',
      'Another version when asked past the load balancer: its settings are the ones to change.',
    ],
    remedies: [
      'Allow TLS 1.2 and 1.3 only: nginx `ssl_protocols TLSv1.2 TLSv1.3;`, Apache `SSLProtocol -all +TLSv1.2 +TLSv1.3`.',
      'Look in the log for clients that still need old versions, before switching them off.',
      'Update the TLS library where it knows nothing newer.',
    ],
    summary: (facts) => `${targetFirst(facts)} uses a TLS version that is obsolete${found(facts)}.`,
    remedy: (facts) => `On the server, allow TLS 1.2 and 1.3 only and reload it, then check: netdiag tls ${commandWords(facts).endpoint}`,
  },

  'tls-cipher-weak': {
    title: 'A weak cipher suite is in use',
    meaning:
      'The server accepts or chooses a suite that no longer protects well: RC4 (prohibited by RFC 7465), 3DES, EXPORT, NULL or anonymous suites, or, by a strict policy, suites without forward secrecy or without authenticated encryption (RFC 9325).',
    causes: [
      'A list of suites from years ago in the configuration of the server.',
      'Suites kept for old clients.',
      'A TLS library or appliance that knows nothing better.',
    ],
    answered: true,
    tellApart: [
      '`netdiag tls TARGET` names the suite that was negotiated.',
      'The client prefers it: an old client; the server prefers it: its list.',
    ],
    remedies: [
      'Offer ECDHE with AES-GCM or ChaCha20-Poly1305 for TLS 1.2; the suites of TLS 1.3 are all good.',
      'Take a current list from the documentation of the server, rather than a home-made one.',
    ],
    summary: (facts) => `${targetFirst(facts)} uses a weak cipher suite${found(facts)}.`,
    remedy: (facts) =>
      `On the server, offer only ECDHE with AES-GCM or ChaCha20-Poly1305 below TLS 1.3, then check: netdiag tls ${commandWords(facts).endpoint}`,
  },

  'tls-policy-violated': {
    title: 'The TLS server falls short of the policy',
    meaning:
      'The server was held against a list of rules (`--policy`), and at least one is broken. Clients may still connect: it is the agreement that is not kept. Which rule, what it asks for and what was found stand in the check.',
    causes: [
      'The server still accepts versions, suites or groups that the policy has dropped, often by the default of its software.',
      'It was configured by an older edition of the same policy.',
      'A load balancer or CDN in front ends TLS, and has settings of its own.',
      'The certificate was made to other rules: an RSA key where ECDSA is asked for, or a long lifetime.',
    ],
    tellApart: [
      '`netdiag tls HOST --enumerate` lists everything that the server accepts.',
      'The same on the address of the server itself, behind the load balancer: only the one in front differs.',
      "The server's own configuration against the generator of the policy (for Mozilla's: https://ssl-config.mozilla.org/).",
    ],
    remedies: [
      'Take the configuration of the policy for this server software and version over, and reload the server.',
      'Where the rule cannot be kept, hold the server against a policy of its own: a file of rules for `--policy`.',
    ],
    summary: (facts) => `${targetFirst(facts)} breaks a rule of the TLS policy${found(facts)}.`,
    remedy: (facts) =>
      `Change the server's TLS settings to those of the policy; what it accepts now: netdiag tls ${commandWords(facts).endpoint} --enumerate`,
  },

  'tls-client-certificate-required': {
    title: 'The server wants a client certificate',
    meaning:
      'The server authenticates its clients by certificate (mutual TLS) and got none that it accepts. With TLS 1.3 the refusal (alert certificate_required, RFC 8446) comes only after the handshake seemed complete; with TLS 1.2 it is often a bare handshake_failure.',
    causes: [
      'No client certificate was given.',
      'The certificate given is expired, or was issued by an authority that this server does not accept.',
      'Certificate and key do not belong together, or the intermediate certificates are missing.',
      'A gateway in front demands it although the service does not.',
    ],
    explains: [BLOCKS],
    cannotBeToldFrom: [{ code: 'tls-handshake-failed', toldBy: 'whether it works with a client certificate', ofBasis: ['silence'] }],
    tellApart: [
      '`openssl s_client -connect HOST:PORT` prints "Acceptable client certificate CA names": the issuers that are accepted.',
      '`openssl x509 -in client.pem -noout -issuer -enddate` shows those of the certificate at hand.',
    ],
    remedies: [
      'Give certificate and key: `netdiag tls TARGET --cert client.pem --key client.key`.',
      'Ask the operator for a certificate of an accepted authority, or renew the expired one.',
    ],
    summary: (facts) => `${targetFirst(facts)} demands a client certificate and got none that it accepts${found(facts)}.`,
    remedy: (facts) =>
      `Give the certificate and key that the operator issued: netdiag tls ${commandWords(facts).endpoint} --cert client.pem --key client.key`,
  },

  'tls-intercepted': {
    title: 'Somebody on the way opens the encryption',
    meaning:
      'The certificate was not issued by the authority that stands behind the real service, but by one that is known to inspect traffic, or is local to this network. Whoever holds its key can read and change everything that is sent.',
    causes: [
      'A company proxy or firewall inspects TLS, and its authority is installed on managed machines.',
      'Antivirus or parental control software on this machine does so.',
      'A captive portal answers for all names.',
      'An attack on the path or on the DNS.',
    ],
    explains: [
      // The certificate is that of whoever breaks in.
      {
        kinds: ['*'],
        codes: [
          'cert-untrusted',
          'cert-self-signed',
          'cert-hostname-mismatch',
          'cert-pin-mismatch',
          'cert-chain-*',
          'cert-issuer-not-authority',
        ],
        shownBy: 'as-grave',
        answersToo: true,
        belowToo: true,
      },
    ],
    tellApart: [
      'The issuer in `netdiag tls TARGET` often names the product.',
      'On mobile data the issuer is another: the interception is in this network.',
      'The same on every network: software on this machine.',
      'Only one target, and an unknown issuer: take it for an attack until it is explained.',
    ],
    remedies: [
      'Send no secrets over it until the operator of this network confirms the interception.',
      'Where it is company policy: install its authority on this machine, or ask for an exception for the target.',
      'Where nobody knows of it: leave this network, and report it.',
    ],
    summary: (facts) => `The TLS connection${toTarget(facts)} is opened by somebody on the way${found(facts)}.`,
    remedy: (facts) =>
      `Send no secrets yet; ask the operator of this network about the issuer shown by: netdiag tls ${commandWords(facts).endpoint}`,
  },
});
