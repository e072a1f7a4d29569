import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { keyPair, type Made, makeCertificate, makeIntermediate, makeRoot } from '../test/fakes/x509.mjs';

/** A server's certificate, as a case asks for it. */
export const certificateSchema = z.strictObject({
  kind: z
    .enum([
      'good',
      'expired',
      'not-yet-valid',
      'expiring',
      'self-signed',
      'untrusted',
      'incomplete',
      'other-name',
      'weak-key',
      'weak-signature',
    ])
    .optional(),
  /** DNS names and addresses. */
  names: z.array(z.string()).optional(),
  /** Days from now, over what the kind says. */
  fromDays: z.number().optional(),
  toDays: z.number().optional(),
});
export type CertificateWanted = z.infer<typeof certificateSchema>;

export interface CertificateFiles {
  /** PEM: what the server sends, leaf first. */
  chain: string;
  key: string;
}

/** The authority of all networks of one run, and what it signs: made when first asked for. The files lie in one folder, for root alone. */
export class Certificates {
  readonly ca: string;
  readonly #folder: string;
  readonly #root: Made;
  readonly #intermediate: Made;
  readonly #made = new Map<string, CertificateFiles>();

  /** @param folder exists, and is removed by the caller */
  constructor(folder: string) {
    this.#folder = `${folder}/certificates`;
    mkdirSync(this.#folder, { recursive: true });
    this.#root = makeRoot('CN=Scoreboard Root,O=Scoreboard');
    this.#intermediate = makeIntermediate('CN=Scoreboard Intermediate,O=Scoreboard', this.#root);
    this.ca = `${this.#folder}/ca.pem`;
    writeFileSync(this.ca, this.#root.cert);
    this.#clientCertificate();
  }

  /** Beside `ca.pem`: `client.pem` and `client-key.pem`, signed by the authority, for servers that want one. */
  #clientCertificate(): void {
    const made = makeCertificate({
      subject: 'CN=client',
      issuer: this.#root,
      ca: false,
      uses: ['digitalSignature'],
      purposes: ['clientAuth'],
      names: ['client'],
    });
    writeFileSync(`${this.#folder}/client.pem`, made.cert);
    writeFileSync(`${this.#folder}/client-key.pem`, made.key);
  }

  files(wanted: CertificateWanted): CertificateFiles {
    const id = createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 16);
    const known = this.#made.get(id);
    if (known !== undefined) return known;
    const { chain, key } = this.#make(wanted);
    const files = { chain: `${this.#folder}/${id}.pem`, key: `${this.#folder}/${id}-key.pem` };
    writeFileSync(files.chain, chain.map(({ cert }) => cert).join(''));
    writeFileSync(files.key, key, { mode: 0o600 });
    this.#made.set(id, files);
    return files;
  }

  #make({ kind = 'good', names = ['app.example.net'], fromDays, toDays }: CertificateWanted): { chain: Made[]; key: string } {
    const subject = `CN=${names.find((name) => isIP(name) === 0) ?? names[0] ?? 'nobody'}`;
    const [from, to] = DAYS[kind] ?? [-30, 60];
    const parts = {
      subject,
      names: kind === 'other-name' ? ['other-name.example.org'] : names,
      from: fromDays ?? from,
      to: toDays ?? to,
      ca: false,
      uses: ['digitalSignature', 'keyEncipherment'],
      purposes: ['serverAuth'],
    };
    if (kind === 'self-signed') {
      const made = makeCertificate({ ...parts, ca: true });
      return { chain: [made], key: made.key };
    }
    if (kind === 'untrusted') {
      const made = makeCertificate({ ...parts, issuer: makeRoot('CN=Stranger,O=Elsewhere') });
      return { chain: [made], key: made.key };
    }
    const made = makeCertificate({
      ...parts,
      issuer: this.#intermediate,
      ...(kind === 'weak-key' ? { keys: keyPair('rsa-1024', 'weak') } : {}),
      ...(kind === 'weak-signature' ? { hash: 'sha1' as const } : {}),
    });
    return { chain: kind === 'incomplete' ? [made] : [made, this.#intermediate], key: made.key };
  }
}

const DAYS: Partial<Record<NonNullable<CertificateWanted['kind']>, [number, number]>> = {
  expired: [-100, -10],
  'not-yet-valid': [10, 100],
  expiring: [-80, 3],
};
