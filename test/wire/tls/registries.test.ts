import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CipherSuite, cipherSuites, registeredNumber } from '../../../src/wire/tls/cipher-suites.js';
import { tlsGroups } from '../../../src/wire/tls/groups.js';
import { signatureSchemes, signsInTls12, signsInTls13 } from '../../../src/wire/tls/signature-schemes.js';

const NMAP = '/usr/share/nmap/nselib/tls.lua';
const TESTSSL = '/etc/testssl/cipher-mapping.txt';

function suite(name: string): CipherSuite {
  const found = [...cipherSuites().values()].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no suite ${name}`);
  return found;
}

describe('the table of cipher suites', () => {
  it('has every one once, none of them a signal or GREASE', () => {
    const suites = [...cipherSuites().values()];
    expect(suites.length).toBeGreaterThan(370);
    expect(new Set(suites.map(({ name }) => name)).size).toBe(suites.length);
    for (const { number } of suites) {
      expect([0x00ff, 0x5600]).not.toContain(number);
      expect((number & 0x0f0f) === 0x0a0a && number >> 8 === (number & 0xff), registeredNumber(number)).toBe(false);
    }
  });

  it('agrees with OpenSSL on numbers and names', () => {
    const lines = execFileSync('openssl', ['ciphers', '-V', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'], { encoding: 'utf8' });
    const rows = [...lines.matchAll(/0x(..),0x(..) - (\S+)\s+\S+\s+Kx=(\S+)\s+Au=(\S+)\s+Enc=(\w+)(?:\((\d+)\))?/g)];
    expect(rows.length).toBeGreaterThan(100);
    for (const [, high, low, opensslName, , , , bits] of rows) {
      const found = cipherSuites().get(Number.parseInt(`${high}${low}`, 16));
      expect(found?.opensslName).toBe(opensslName);
      if (bits !== undefined && found?.encryption !== '3DES-CBC') expect(found?.bits, opensslName).toBe(Number(bits));
    }
  });

  it.skipIf(!existsSync(NMAP))("has what nmap's library has, drafts that were never in use left out", () => {
    const lua = readFileSync(NMAP, 'utf8');
    const rows = [...lua.matchAll(/\["(TLS_[A-Za-z0-9_]+)"\]\s*=\s*(0x[0-9A-F]{4})/g)];
    expect(rows.length).toBeGreaterThan(330);
    const own: Record<string, string> = { TLS_AKE_WITH_NULL_SHA256: 'TLS_SHA256_SHA256', TLS_AKE_WITH_NULL_SHA384: 'TLS_SHA384_SHA384' };
    for (const [, name = '', number = ''] of rows) {
      if (name.endsWith('_SCSV') || /RESERVED|GREASE/i.test(name)) continue;
      const found = cipherSuites().get(Number(number))?.name;
      // nmap writes the suites of TLS 1.3 in the manner of the older ones.
      expect(found, number).toBe(own[name] ?? (found?.includes('_WITH_') === true ? name : name.replace('_AKE_WITH', '')));
    }
  });

  it.skipIf(!existsSync(TESTSSL))('has what testssl.sh has', () => {
    const rows = [...readFileSync(TESTSSL, 'utf8').matchAll(/^\s+0x(..),0x(..) - (\S+)\s+(TLS_\S+)/gm)];
    expect(rows.length).toBeGreaterThan(300);
    for (const [, high, low, opensslName, name] of rows) {
      const found = cipherSuites().get(Number.parseInt(`${high}${low}`, 16));
      // Its name for 0x0061 lacks the mode.
      expect(found?.name.replace('RC2_CBC_56', 'RC2_56')).toBe(name);
      if (opensslName !== '-' && found?.opensslName !== null) expect(found?.opensslName).toBe(opensslName);
    }
  });

  it.each<[string, Partial<CipherSuite>]>([
    [
      'TLS_AES_128_GCM_SHA256',
      { number: 0x1301, keyExchange: 'any', encryption: 'AES-GCM', bits: 128, mac: 'AEAD', strength: 'recommended' },
    ],
    ['TLS_AES_128_CCM_8_SHA256', { encryption: 'AES-CCM-8', forwardSecrecy: true, strength: 'weak' }],
    ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', { number: 0xcca8, bits: 256, strength: 'recommended' }],
    ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', { keyExchange: 'DHE', authentication: 'RSA', forwardSecrecy: true, strength: 'secure' }],
    ['TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', { encryption: 'AES-CBC', mac: 'SHA384', forwardSecrecy: true, strength: 'weak' }],
    ['TLS_RSA_WITH_AES_256_GCM_SHA384', { keyExchange: 'RSA', authentication: 'RSA', forwardSecrecy: false, strength: 'weak' }],
    ['TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256', { keyExchange: 'ECDH', authentication: 'ECDSA', forwardSecrecy: false, strength: 'weak' }],
    ['TLS_DH_anon_WITH_AES_256_GCM_SHA384', { keyExchange: 'DH', authentication: 'anon', forwardSecrecy: true, strength: 'insecure' }],
    ['TLS_RSA_WITH_3DES_EDE_CBC_SHA', { bits: 112, encryption: '3DES-CBC', strength: 'insecure' }],
    ['TLS_RSA_WITH_RC4_128_SHA', { encryption: 'RC4', bits: 128, strength: 'insecure' }],
    ['TLS_RSA_WITH_NULL_SHA256', { encryption: 'NULL', bits: 0, mac: 'SHA256', strength: 'insecure' }],
    ['TLS_DHE_DSS_EXPORT1024_WITH_RC4_56_SHA', { keyExchange: 'DHE', authentication: 'DSS', bits: 56, strength: 'insecure' }],
    ['TLS_KRB5_EXPORT_WITH_DES_CBC_40_SHA', { keyExchange: 'KRB5', authentication: 'KRB5', bits: 40, strength: 'insecure' }],
    ['TLS_PSK_WITH_AES_128_GCM_SHA256', { keyExchange: 'PSK', authentication: 'PSK', forwardSecrecy: false, strength: 'weak' }],
    ['TLS_PSK_DHE_WITH_AES_128_CCM_8', { keyExchange: 'DHE', authentication: 'PSK', forwardSecrecy: true, strength: 'weak' }],
    ['TLS_RSA_PSK_WITH_AES_256_CBC_SHA384', { keyExchange: 'RSA', authentication: 'RSA and PSK', forwardSecrecy: false }],
    ['TLS_SRP_SHA_DSS_WITH_AES_256_CBC_SHA', { keyExchange: 'SRP', authentication: 'DSS', forwardSecrecy: true }],
    ['TLS_ECCPWD_WITH_AES_256_GCM_SHA384', { keyExchange: 'ECCPWD', forwardSecrecy: true, strength: 'secure' }],
    ['TLS_GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC', { keyExchange: 'GOST', bits: 256, strength: 'weak' }],
    ['TLS_GOSTR341112_256_WITH_MAGMA_MGM_S', { tls13: true, mac: 'AEAD' }],
    ['TLS_SHA384_SHA384', { tls13: true, encryption: 'NULL', bits: 0, strength: 'insecure' }],
    ['TLS_AEGIS_128L_SHA256', { tls13: true, encryption: 'AEGIS', bits: 128, strength: 'secure' }],
    ['TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384', { encryption: 'ARIA-GCM', strength: 'secure' }],
    ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD', { number: 0xcc13, mac: 'AEAD', strength: 'weak' }],
  ])('tells the parts of %s', (name, parts) => expect(suite(name)).toMatchObject(parts));
});

describe('groups and signature schemes', () => {
  it.each([
    [0x11ec, 'X25519MLKEM768', 'hybrid'],
    [0x11ed, 'SecP384r1MLKEM1024', 'hybrid'],
    [0x0201, 'MLKEM768', 'post-quantum'],
    [0x001d, 'x25519', 'elliptic'],
    [0x0104, 'ffdhe8192', 'finite-field'],
  ])('group %i is %s', (number, name, kind) => expect(tlsGroups().get(number)).toEqual({ number, name, kind }));

  it.each([
    [0x0804, 'rsa_pss_rsae_sha256', true, true],
    [0x0401, 'rsa_pkcs1_sha256', true, false],
    [0x0203, 'ecdsa_sha1', true, false],
    [0x0905, 'mldsa65', false, true],
    [0x081a, 'ecdsa_brainpoolP256r1tls13_sha256', false, true],
    [0x0402, 'dsa_sha256', true, false],
  ])('scheme %i is %s', (number, name, in12, in13) => {
    const scheme = signatureSchemes().get(number);
    expect(scheme?.name).toBe(name);
    expect(scheme === undefined ? null : [signsInTls12(scheme), signsInTls13(scheme)]).toEqual([in12, in13]);
  });
});
