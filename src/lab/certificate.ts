/** A certification authority and a server certificate that live as long as the lab does, in memory only. */
export interface LabCertificates {
  /** Certificate of the authority, PEM: the trust anchor. Its key is forgotten once it has signed. */
  ca: string;
  /** Certificate of the server, PEM. */
  certificate: string;
  /** Key of the server, PKCS #8 in PEM. Secret: it goes to the HTTPS server and nowhere else. */
  key: string;
}

const HOUR_MS = 3_600_000;
/** Clocks of machines differ a little, and some checks refuse a certificate that is valid only from this second on. */
const BACKDATED_MS = HOUR_MS;
/** As public authorities issue them for, and well above the remaining time below which the policy warns. */
const VALID_MS = 90 * 24 * HOUR_MS;

const EC_P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * Makes both certificates (RFC 5280, EC P-256): the server's for the DNS names in `names` and the IP addresses in `addresses`. The
 * first name is its common name.
 */
export async function makeCertificates(names: readonly [string, ...string[]], addresses: readonly string[]): Promise<LabCertificates> {
  // The X.509 library keeps its registry in metadata that this polyfill adds to Reflect, so it comes first.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const now = Date.now();
  const validity = { notBefore: new Date(now - BACKDATED_MS), notAfter: new Date(now - BACKDATED_MS + VALID_MS) };
  const [authorityKeys, serverKeys] = await Promise.all([
    crypto.subtle.generateKey(EC_P256, false, ['sign', 'verify']),
    crypto.subtle.generateKey(EC_P256, true, ['sign', 'verify']),
  ]);

  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name: 'CN=netdiag lab CA',
    signingAlgorithm: EC_P256,
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const server = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    subject: `CN=${names[0]}`,
    issuer: authority.subject,
    signingAlgorithm: EC_P256,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
    ],
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', serverKeys.privateKey), 'PRIVATE KEY');
  return { ca: withNewline(authority.toString('pem')), certificate: withNewline(server.toString('pem')), key: withNewline(key) };
}

/** 16 random bytes in hexadecimal, positive and not 0 (RFC 5280 section 4.1.2.2: at most 20 bytes). */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

function withNewline(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}
