export interface SignatureScheme {
  number: number;
  name: string;
  /** What the key of the certificate must be: schemes of one kind are for the same key. */
  key: string;
}

/**
 * IANA registry "TLS SignatureScheme", and the pairs of hash and signature of TLS 1.2 that it took over (RFC 5246 section 7.4.1.4.1), the
 * likely ones first.
 */
const NAMES = `0403 ecdsa_secp256r1_sha256 ECDSA
0503 ecdsa_secp384r1_sha384 ECDSA
0603 ecdsa_secp521r1_sha512 ECDSA
0804 rsa_pss_rsae_sha256 RSA
0805 rsa_pss_rsae_sha384 RSA
0806 rsa_pss_rsae_sha512 RSA
0401 rsa_pkcs1_sha256 RSA
0501 rsa_pkcs1_sha384 RSA
0601 rsa_pkcs1_sha512 RSA
0807 ed25519 EdDSA
0808 ed448 EdDSA
0809 rsa_pss_pss_sha256 RSA-PSS
080A rsa_pss_pss_sha384 RSA-PSS
080B rsa_pss_pss_sha512 RSA-PSS
0904 mldsa44 ML-DSA
0905 mldsa65 ML-DSA
0906 mldsa87 ML-DSA
081A ecdsa_brainpoolP256r1tls13_sha256 brainpool
081B ecdsa_brainpoolP384r1tls13_sha384 brainpool
081C ecdsa_brainpoolP512r1tls13_sha512 brainpool
0708 sm2sig_sm3 SM2
0709 gostr34102012_256a GOST
070A gostr34102012_256b GOST
070B gostr34102012_256c GOST
070C gostr34102012_256d GOST
070D gostr34102012_512a GOST
070E gostr34102012_512b GOST
070F gostr34102012_512c GOST
0840 gostr34102012_256 GOST-intrinsic
0841 gostr34102012_512 GOST-intrinsic
0704 eccsi_sha256 identity
0705 iso_ibs1 identity
0706 iso_ibs2 identity
0707 iso_chinese_ibs identity
0303 ecdsa_sha224 ECDSA
0301 rsa_pkcs1_sha224 RSA
0203 ecdsa_sha1 ECDSA
0201 rsa_pkcs1_sha1 RSA
0103 ecdsa_md5 ECDSA
0101 rsa_pkcs1_md5 RSA
0602 dsa_sha512 DSA
0502 dsa_sha384 DSA
0402 dsa_sha256 DSA
0302 dsa_sha224 DSA
0202 dsa_sha1 DSA
0102 dsa_md5 DSA`;

let known: ReadonlyMap<number, SignatureScheme> | null = null;

/** Every scheme by its number. */
export function signatureSchemes(): ReadonlyMap<number, SignatureScheme> {
  known ??= new Map(
    NAMES.split('\n').map((line) => {
      const [number = '', name = '', key = ''] = line.split(' ');
      return [Number.parseInt(number, 16), { number: Number.parseInt(number, 16), name, key }];
    }),
  );
  return known;
}

/**
 * Whether a server may prove itself with it in TLS 1.3: no PKCS#1 v1.5, no hash under 256 bits, no DSA (RFC 8446 section 4.2.3); the values
 * 0x0840 and 0x0841 are those of TLS 1.2 (RFC 9189).
 */
export function signsInTls13({ name, key }: SignatureScheme): boolean {
  return !/_pkcs1_|_sha1$|_sha224$|_md5$/.test(name) && key !== 'DSA' && key !== 'GOST-intrinsic';
}

/** Whether it is for TLS 1.2: what was registered with TLS 1.3 in its name is for that alone. */
export function signsInTls12({ name, key }: SignatureScheme): boolean {
  return !/tls13/.test(name) && key !== 'GOST' && key !== 'ML-DSA' && key !== 'SM2';
}
