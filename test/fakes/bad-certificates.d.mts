export interface BadCertificate {
  id: string;
  /** `null`: nothing is wrong. */
  code: string | null;
  /** PEM of what the server sends, leaf first, and of the leaf's key. */
  chain: string[];
  key: string;
  /** PEM of the anchor that is given. */
  ca: string;
  servername: string;
  /** DER of the OCSP answer that is stapled. */
  staple: Buffer | null;
}

export function badCertificates(): BadCertificate[];
