import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork } from '../../../../src/net/real.js';
import { measureEnumeration } from '../../../../src/probes/tls/enumeration/measure.js';
import type { TlsEnumeration } from '../../../../src/probes/tls/enumeration/result.js';
import { cipherSuites } from '../../../../src/wire/tls/cipher-suites.js';
import { type Issued, makeAuthority } from '../../../fakes/certificates.js';
import { freePort, nginxIsThere, type ServerProcess, startNginx, whenListening } from '../../../fakes/nginx.js';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;
const has = (tool: string) => existsSync(`/usr/bin/${tool}`);
let network: Awaited<ReturnType<typeof openNetwork>>;
let ec: Issued;
let rsa: Issued;

beforeAll(async () => {
  network = await openNetwork();
  const authority = await makeAuthority('Test authority');
  ec = await authority.issue({ names: ['app.test'] });
  rsa = await authority.issue({ names: ['app.test'], key: 'rsa-2048' });
});
afterAll(() => network.close());

async function enumerate(port: number): Promise<TlsEnumeration> {
  const found = await measureEnumeration(
    {
      address: '127.0.0.1',
      port,
      servername: 'app.test',
      timeoutMs: 10_000,
      origin: {},
      enumerate: { concurrency: 8, perSecond: 1000, maximumConnections: 1000 },
    },
    { network, signal: new AbortController().signal },
  );
  if (found === null) throw new Error('not enumerated');
  return found;
}

const suitesOf = ({ ciphers }: TlsEnumeration) => ciphers.map(({ protocol, name }) => `${protocol} ${name}`).sort();
const namesIn = (found: TlsEnumeration, protocol: string) =>
  found.groups?.filter(({ protocols }) => protocols.includes(protocol)).map(({ name }) => name);

/** By version and IANA's name. */
async function bySslscan(port: number): Promise<string[]> {
  const { stdout } = await run('sslscan', ['--no-heartbleed', '--no-groups', '--no-check-certificate', '--xml=-', `127.0.0.1:${port}`]);
  const names = new Map([...cipherSuites().values()].map(({ opensslName, name }) => [opensslName, name]));
  return [...stdout.matchAll(/<cipher [^>]*sslversion="([^"]+)"[^>]*cipher="([^"]+)"/g)].map(
    ([, version, name = '']) => `${version === 'TLSv1.0' ? 'TLSv1' : version} ${names.get(name) ?? name}`,
  );
}

async function byNmap(port: number): Promise<string[]> {
  const { stdout } = await run('nmap', ['-Pn', '-n', '-p', String(port), '--script', 'ssl-enum-ciphers', '127.0.0.1']);
  const suites: string[] = [];
  let version = '';
  for (const line of stdout.split('\n')) {
    version = /^\|[ _]+((?:TLS|SSL)v[\d.]+):/.exec(line)?.[1] ?? version;
    const name = /^\|[ _]+(TLS_\w+) /.exec(line)?.[1]?.replace('TLS_AKE_WITH_', 'TLS_');
    if (name !== undefined) suites.push(`${version === 'TLSv1.0' ? 'TLSv1' : version} ${name}`);
  }
  return suites;
}

const lacking = [nginxIsThere ? [] : 'nginx', ...['sslscan', 'nmap'].map((tool) => (has(tool) ? [] : tool))].flat();

describe.skipIf(lacking.length > 0)(`nginx, sslscan and nmap${lacking.length > 0 ? ` (not here: ${lacking.join(', ')})` : ''}`, () => {
  let server: ServerProcess | null = null;
  afterAll(() => server?.close());

  it(
    'with all that OpenSSL serves: exactly what sslscan and nmap find together',
    async () => {
      server = await startNginx(
        [rsa, ec],
        [
          'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;',
          'ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0;',
          'ssl_prefer_server_ciphers off;',
          'ssl_ecdh_curve X25519:prime256v1:secp384r1;',
        ],
      );
      const found = await enumerate(server.port);
      expect(found.complete, found.unsettled.join()).toBe(true);
      expect(suitesOf(found)).toEqual([...new Set([...(await bySslscan(server.port)), ...(await byNmap(server.port))])].sort());
      expect(suitesOf(found).length).toBeGreaterThan(80);
      expect(found.preference.map(({ decides }) => decides)).toEqual(['client', 'client', 'client', 'client']);
      expect(namesIn(found, 'TLSv1.2')).toEqual(['x25519', 'secp256r1', 'secp384r1']);
      expect(namesIn(found, 'TLSv1.3')).toEqual(['x25519', 'secp256r1', 'secp384r1']);
      const schemes = found.signatureSchemes?.filter(({ protocol }) => protocol === 'TLSv1.3').map(({ name }) => name);
      expect(schemes?.sort()).toEqual(['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512']);
      expect(found).toMatchObject({
        compression: false,
        secureRenegotiation: true,
        fallbackSignal: true,
        downgradeMark: true,
        extendedMasterSecret: true,
        encryptThenMac: true,
        heartbeat: false,
      });
      await server.close();
      server = null;
    },
    TIMEOUT_MS,
  );

  it(
    'with an order of its own: that order, in few connections',
    async () => {
      const own = ['ECDHE-RSA-AES256-SHA', 'ECDHE-RSA-AES128-GCM-SHA256', 'AES128-SHA', 'ECDHE-RSA-CHACHA20-POLY1305'];
      server = await startNginx(
        [rsa],
        [
          'ssl_protocols TLSv1.2;',
          `ssl_ciphers ${own.join(':')}:@SECLEVEL=0;`,
          'ssl_prefer_server_ciphers on;',
          'ssl_ecdh_curve prime256v1;',
        ],
      );
      const found = await enumerate(server.port);
      const names = new Map([...cipherSuites().values()].map(({ opensslName, name }) => [opensslName, name]));
      expect(found.preference).toEqual([{ protocol: 'TLSv1.2', decides: 'server', order: own.map((name) => names.get(name)) }]);
      expect(found.connections).toBeLessThan(40);
      expect(found.fallbackSignal).toBeNull();
      await server.close();
      server = null;
    },
    TIMEOUT_MS,
  );
});

describe('openssl s_server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-s-server-'));
  let server: ServerProcess | null = null;
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function serve(pair: Issued, flags: readonly string[]): Promise<number> {
    await server?.close();
    writeFileSync(join(folder, 'cert.pem'), pair.cert);
    writeFileSync(join(folder, 'key.pem'), pair.key);
    const port = await freePort();
    const files = ['-cert', join(folder, 'cert.pem'), '-key', join(folder, 'key.pem')];
    const child = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, '-quiet', ...files, ...flags], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    server = await whenListening(port, child);
    return port;
  }

  it(
    'TLS 1.0 alone, with NULL and anonymous suites',
    async () => {
      const port = await serve(rsa, ['-tls1', '-cipher', 'NULL-SHA:AECDH-AES128-SHA:AES256-SHA:@SECLEVEL=0']);
      const found = await enumerate(port);
      expect(suitesOf(found)).toEqual([
        'TLSv1 TLS_ECDH_anon_WITH_AES_128_CBC_SHA',
        'TLSv1 TLS_RSA_WITH_AES_256_CBC_SHA',
        'TLSv1 TLS_RSA_WITH_NULL_SHA',
      ]);
      expect(found.complete, found.unsettled.join()).toBe(true);
    },
    TIMEOUT_MS,
  );

  it(
    'pre-shared keys, and the size of the Diffie-Hellman prime',
    async () => {
      writeFileSync(
        join(folder, 'dh.pem'),
        (await run('openssl', ['genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe3072'])).stdout,
      );
      const flags = ['-psk', '00112233', '-cipher', 'PSK-AES128-GCM-SHA256:ECDHE-PSK-CHACHA20-POLY1305:DHE-RSA-AES128-SHA:@SECLEVEL=0'];
      const found = await enumerate(await serve(rsa, ['-tls1_2', '-dhparam', join(folder, 'dh.pem'), ...flags]));
      expect(suitesOf(found)).toEqual([
        'TLSv1.2 TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
        'TLSv1.2 TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256',
        'TLSv1.2 TLS_PSK_WITH_AES_128_GCM_SHA256',
      ]);
      expect(found.dhBits).toBe(3072);
    },
    TIMEOUT_MS,
  );

  it(
    'TLS 1.3 alone, with a certificate on P-256, CCM and a finite-field group',
    async () => {
      const suites = 'TLS_AES_128_CCM_8_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_256_GCM_SHA384';
      const port = await serve(ec, ['-tls1_3', '-ciphersuites', suites, '-groups', 'P-521:ffdhe3072', '-serverpref']);
      const found = await enumerate(port);
      expect(found.complete, found.unsettled.join()).toBe(true);
      expect(found.preference).toEqual([{ protocol: 'TLSv1.3', decides: 'server', order: suites.split(':') }]);
      expect(namesIn(found, 'TLSv1.3')).toEqual(['secp521r1', 'ffdhe3072']);
      expect(found.signatureSchemes).toEqual([{ protocol: 'TLSv1.3', name: 'ecdsa_secp256r1_sha256', id: '0x0403' }]);
      expect(found).toMatchObject({ compression: null, secureRenegotiation: null, downgradeMark: null, fallbackSignal: null });
    },
    TIMEOUT_MS,
  );
});
