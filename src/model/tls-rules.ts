/**
 * What a TLS server has to be like, as data: Mozilla's published profiles have this shape, those of an organisation can have it too. An
 * absent field asks for nothing.
 */
export interface TlsRules {
  name: string;
  /** Where the rules come from: an address, a document, a file. */
  source: string;
  /** Versions that may be accepted, and those that must be: `SSLv2`, `SSLv3`, `TLSv1`, `TLSv1.1`, `TLSv1.2`, `TLSv1.3`. */
  protocols?: { allowed: readonly string[]; required?: readonly string[] };
  /** Cipher suites that may be accepted, by their IANA names, by protocol or (`*`) in all of them. */
  ciphers?: { allowed: Readonly<Record<string, readonly string[]>> };
  /** Who must decide among suites. */
  preference?: 'server' | 'client';
  /** Groups for the key exchange that may be accepted, by their IANA names, and those of which one must be. */
  groups?: { allowed?: readonly string[]; anyOf?: readonly string[] };
  /** Size of a finite-field Diffie-Hellman prime. */
  minimumDhBits?: number;
  certificate?: {
    /** `RSA`, `EC`, `Ed25519`. */
    keyTypes?: readonly string[];
    minimumRsaBits?: number;
    /** By OpenSSL's names: `prime256v1`, …; or bits. */
    minimumEcBits?: number;
    /** `sha256WithRSAEncryption`, …, as `signatureAlgorithm` has them. */
    signatureAlgorithms?: readonly string[];
    maximumLifetimeDays?: number;
    /** Warn where less is left. */
    minimumRemainingDays?: number;
    /** Whether names must be in subjectAltName and match. */
    subjectAlternativeName?: boolean;
  };
  ocspStaple?: boolean;
  compression?: false;
  secureRenegotiation?: true;
  fallbackSignal?: true;
  heartbeat?: false;
}
