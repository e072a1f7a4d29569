import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import type { TlsObservation, TlsOptions, TlsOutcome } from '../../../src/net/port.js';
import { createTls } from '../../../src/net/tls/tls.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { type Authority, type Issued, makeAuthority, makeSelfSigned } from '../../fakes/certificates.js';
import { type LoopbackServer, serveOneByOne, serveTcp, serveTls } from '../../fakes/loopback-server.js';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 8000;
const IMPATIENCE_MS = 250;

/** No system store, so that what this machine trusts does not matter. */
const probe = createTls(
  systemClock,
  createTrustStore(() => []),
);

let root: Authority;
let intermediate: Authority;
let good: Issued;
let server: LoopbackServer | null = null;

beforeAll(async () => {
  root = await makeAuthority('Test Root');
  intermediate = await root.authority('Test Intermediate');
  good = await intermediate.issue();
});
afterEach(async () => {
  await server?.close();
  server = null;
});

async function start(options: tls.TlsOptions, onSecure?: (socket: tls.TLSSocket) => void): Promise<number> {
  server = await serveTls(options, onSecure);
  return server.port;
}

async function startTcp(onConnection: Parameters<typeof serveTcp>[0]): Promise<number> {
  server = await serveTcp(onConnection);
  return server.port;
}

function options(port: number, parts: Partial<TlsOptions> = {}): TlsOptions {
  return {
    address: '127.0.0.1',
    port,
    servername: 'localhost',
    ca: [root.cert],
    cert: null,
    key: null,
    alpn: [],
    timeoutMs: PATIENCE_MS,
    signal: new AbortController().signal,
    ...parts,
  };
}

function handshake(port: number, parts: Partial<TlsOptions> = {}): Promise<TlsOutcome> {
  return probe.handshake(options(port, parts));
}

function observed(outcome: TlsOutcome): TlsObservation {
  if (outcome.kind !== 'measured') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const fullChain = () => ({ cert: good.cert + intermediate.cert, key: good.key });

describe('a healthy server', () => {
  it('is measured over TLS 1.3, with the chain as it was sent', async () => {
    let asked: string | false | null = null;
    // A group that every Node can name: of the hybrid ones that OpenSSL 3.5 prefers, Node 22 tells nothing.
    const port = await start({ ...fullChain(), ALPNProtocols: ['h2', 'http/1.1'], ecdhCurve: 'X25519' }, (socket) => {
      asked = (socket as tls.TLSSocket & { servername: string | false }).servername;
    });
    const value = observed(await handshake(port, { alpn: ['h2', 'http/1.1'] }));
    expect(value).toMatchObject({
      protocol: 'TLSv1.3',
      alpn: 'h2',
      trusted: true,
      trustError: null,
      hostnameMatches: true,
      clientCertificateRequested: false,
    });
    expect(value.cipher).toMatch(/^TLS_/);
    expect(value.group).toBe('X25519');
    expect(value.tcpMs).toBeGreaterThan(0);
    expect(value.handshakeMs).toBeGreaterThan(0);
    expect(value.pin).toMatch(/^sha256\/\/[A-Za-z0-9+/]{43}=$/);
    expect(value.chain.map((one) => [one.subject, one.issuer])).toEqual([
      ['C=PT,O=Test,CN=localhost', 'CN=Test Intermediate'],
      ['CN=Test Intermediate', 'CN=Test Root'],
    ]);
    expect(value.chain[0]).toMatchObject({
      keyType: 'EC',
      keyBits: 256,
      san: ['localhost', '127.0.0.1'],
      signatureAlgorithm: 'ECDSA-SHA256',
    });
    expect(value.chain[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(value.chain[0]?.serial).toMatch(/^5a[0-9a-f]{30}$/);
    await expect.poll(() => asked).toBe('localhost');
  });

  it('is measured over TLS 1.2', async () => {
    const value = observed(await handshake(await start({ ...fullChain(), maxVersion: 'TLSv1.2' })));
    expect(value).toMatchObject({ protocol: 'TLSv1.2', trusted: true, alpn: null, clientCertificateRequested: false });
    expect(value.cipher).toMatch(/^ECDHE-/);
  });

  it('is measured over TLS 1.0, where the library still speaks it', async () => {
    const port = await start({ ...fullChain(), minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
    expect(observed(await handshake(port))).toMatchObject({ protocol: 'TLSv1', trusted: true, clientCertificateRequested: null });
  });

  it('gets no server name for an address, which is still compared', async () => {
    const names: unknown[] = [];
    const port = await start(fullChain(), (socket) => names.push((socket as tls.TLSSocket & { servername: unknown }).servername));
    expect(observed(await handshake(port, { servername: '127.0.0.1' })).hostnameMatches).toBe(true);
    expect(observed(await handshake(port, { servername: '127.0.0.2' })).hostnameMatches).toBe(false);
    expect(observed(await handshake(port, { servername: '::1' })).hostnameMatches).toBe(false);
    await expect.poll(() => names).toEqual([false, false, false]);
  });

  it('is left with no open connection', async () => {
    const port = await start(fullChain());
    await handshake(port);
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('shows the names as targets are written', async () => {
    const names = ['*.example.net', '192.0.2.1', '2001:db8::1', 'a, DNS:b'];
    expect(observed(await handshake(await start(await root.issue({ names, commonName: 'x' })))).chain[0]?.san).toEqual(names);
  });

  it.each([
    ['rsa-2048', 'RSA', 2048],
    ['ed25519', 'Ed25519', 256],
  ] as const)('shows the size of a key %s', async (key, keyType, keyBits) => {
    const leaf = await root.issue({ key });
    expect(observed(await handshake(await start(leaf))).chain[0]).toMatchObject({ keyType, keyBits });
  });
});

describe('trust', () => {
  async function trustOf(credentials: { cert: string; key: string }, parts: Partial<TlsOptions> = {}) {
    const { trusted, trustError, hostnameMatches, chain } = observed(await handshake(await start(credentials), parts));
    return { trusted, trustError, hostnameMatches, sent: chain.length };
  }

  it('sees an expired certificate', async () => {
    const leaf = await root.issue({ notAfter: new Date(Date.now() - DAY_MS / 2) });
    expect(await trustOf(leaf)).toEqual({ trusted: false, trustError: 'CERT_HAS_EXPIRED', hostnameMatches: true, sent: 1 });
  });

  it('sees one that is not valid yet', async () => {
    const leaf = await root.issue({ notBefore: new Date(Date.now() + DAY_MS) });
    expect(await trustOf(leaf)).toEqual({ trusted: false, trustError: 'CERT_NOT_YET_VALID', hostnameMatches: true, sent: 1 });
  });

  it('sees a self-signed one', async () => {
    const trust = await trustOf(await makeSelfSigned());
    expect(trust).toEqual({ trusted: false, trustError: 'DEPTH_ZERO_SELF_SIGNED_CERT', hostnameMatches: true, sent: 1 });
  });

  it('sees an unknown authority', async () => {
    const trust = await trustOf(fullChain(), { ca: [] });
    expect(trust).toEqual({ trusted: false, trustError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', hostnameMatches: true, sent: 2 });
  });

  it('sees that the intermediate certificate is missing', async () => {
    expect(await trustOf(good)).toEqual({
      trusted: false,
      trustError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      hostnameMatches: true,
      sent: 1,
    });
  });

  it('keeps a certificate in the chain that does not belong there', async () => {
    const stray = await makeAuthority('Stray');
    const trust = await trustOf({ cert: good.cert + stray.cert, key: good.key });
    expect(trust).toEqual({ trusted: false, trustError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', hostnameMatches: true, sent: 2 });
  });

  it('ends at what was given, also where that is no root, as for curl', async () => {
    expect(await trustOf(good, { ca: [intermediate.cert] })).toMatchObject({ trusted: true, trustError: null });
    await server?.close();
    expect(await trustOf(fullChain(), { ca: [good.cert] })).toMatchObject({ trusted: true, trustError: null });
  });

  it('is not lost by a wrong name', async () => {
    const trust = await trustOf(fullChain(), { servername: 'other.example' });
    expect(trust).toEqual({ trusted: true, trustError: null, hostnameMatches: false, sent: 2 });
  });

  it('takes names from subjectAltName alone, and a wildcard for one whole label', async () => {
    const commonNameOnly = await root.issue({ names: [], commonName: 'localhost' });
    expect(await trustOf(commonNameOnly)).toMatchObject({ trusted: true, hostnameMatches: false });
    await server?.close();
    const wildcard = await root.issue({ names: ['*.example.net'] });
    const port = await start(wildcard);
    expect(observed(await handshake(port, { servername: 'app.example.net' })).hostnameMatches).toBe(true);
    expect(observed(await handshake(port, { servername: 'a.b.example.net' })).hostnameMatches).toBe(false);
    expect(observed(await handshake(port, { servername: 'example.net' })).hostnameMatches).toBe(false);
  });

  it('says of anchors that cannot be read, that they cannot, and sends nothing', async () => {
    const port = await start(fullChain());
    const outcome = await handshake(port, { cert: good.cert, key: 'PRIVATE nonsense' });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'configure' });
    expect(JSON.stringify(outcome)).not.toContain('nonsense');
    expect(server?.accepted()).toBe(0);
  });
});

describe('the system store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-trust-'));
  const file = join(folder, 'store.pem');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is asked for an unknown issuer, once', async () => {
    await writeFile(
      file,
      `comment\n${(await makeAuthority('Another')).cert}${root.cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
    );
    let read = 0;
    const trust = createTrustStore(() => {
      read++;
      return [[join(folder, 'absent'), file]];
    });
    const withStore = createTls(systemClock, trust);
    const port = await start(fullChain());
    expect(observed(await withStore.handshake(options(port, { ca: [] })))).toMatchObject({ trusted: true, trustError: null });
    expect(server?.accepted()).toBe(2);
    // The anchor was adopted: no second handshake from now on.
    expect(observed(await withStore.handshake(options(port, { ca: [] }))).trusted).toBe(true);
    expect(server?.accepted()).toBe(3);
    expect(read).toBe(1);
  });

  it('decides too about a server that serves one client after the other', async () => {
    await writeFile(file, root.cert);
    const served = await serveTls(fullChain());
    server = served;
    const front = await serveOneByOne(served.port);
    onTestFinished(() => front.close());
    const withStore = createTls(
      systemClock,
      createTrustStore(() => [[file]]),
    );
    const value = observed(await withStore.handshake(options(front.port, { ca: [], timeoutMs: 3000 })));
    expect(value).toMatchObject({ trusted: true, trustError: null });
    expect(served.accepted()).toBe(2);
  });

  it('leaves the trust open where the second handshake fails', async () => {
    await writeFile(file, root.cert);
    const served = await serveTls(fullChain());
    server = served;
    let clients = 0;
    const front = net.createServer((client) => {
      client.on('error', () => {});
      if (++clients > 1) {
        client.destroy();
        return;
      }
      const behind = net.connect(served.port, '127.0.0.1');
      behind.on('error', () => {});
      client.pipe(behind).pipe(client);
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void front.close());
    const withStore = createTls(
      systemClock,
      createTrustStore(() => [[file]]),
    );
    const { port } = front.address() as net.AddressInfo;
    const value = observed(await withStore.handshake(options(port, { ca: [] })));
    expect(value).toMatchObject({ trusted: null, trustError: 'TRUST_NOT_SETTLED', trustedBy: { system: true } });
    expect(value.chain).toHaveLength(2);
    expect(clients).toBe(2);
  });

  it('does not make a second connection where it holds nothing that helps', async () => {
    await writeFile(file, (await makeAuthority('Another')).cert);
    const withStore = createTls(
      systemClock,
      createTrustStore(() => [[file]]),
    );
    const port = await start(fullChain());
    const value = observed(await withStore.handshake(options(port, { ca: [] })));
    expect(value).toMatchObject({ trusted: false, trustError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' });
    expect(server?.accepted()).toBe(1);
  });

  it('costs a server that is trusted no second connection', async () => {
    await writeFile(file, root.cert);
    const trust = createTrustStore(() => [[file]]);
    const port = await start(fullChain());
    const value = observed(await createTls(systemClock, trust).handshake(options(port)));
    expect(value).toMatchObject({ trusted: true, trustedBy: { node: false, system: true, given: true } });
    expect(server?.accepted()).toBe(1);
  });
});

describe('what ends a handshake', () => {
  it.each([
    ['a greeting in plain text', (socket) => socket.end('220 mail.example ESMTP ready\r\n')],
    ['an HTTP error', (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))],
  ] satisfies [string, Parameters<typeof serveTcp>[0]][])('is told to be no TLS: %s', async (_, onConnection) => {
    expect(await handshake(await startTcp(onConnection))).toMatchObject({ kind: 'failed', step: 'handshake', code: 'not-tls' });
  });

  it('is silence', async () => {
    const port = await startTcp(() => {});
    const outcome = await handshake(port, { timeoutMs: IMPATIENCE_MS });
    expect(outcome).toMatchObject({ kind: 'unanswered', step: 'handshake' });
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('is a server that sends a byte now and then', async () => {
    // The beginning of a record that would be whole after minutes.
    const record = Buffer.concat([Buffer.from([22, 3, 3, 4, 0]), Buffer.alloc(1024)]);
    const port = await startTcp((socket) => {
      let at = 0;
      const timer = setInterval(() => socket.write(record.subarray(at, ++at)), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const startedMs = performance.now();
    const outcome = await handshake(port, { timeoutMs: IMPATIENCE_MS });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'handshake', code: 'incomplete' });
    expect(performance.now() - startedMs).toBeLessThan(IMPATIENCE_MS + 2000);
  });

  it('is a reset', async () => {
    const port = await startTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await handshake(port)).toMatchObject({ kind: 'failed', step: 'handshake', code: 'ECONNRESET' });
  });

  it('is an end of the connection', async () => {
    const port = await startTcp((socket) => socket.once('data', () => socket.end()));
    expect(await handshake(port)).toMatchObject({ kind: 'failed', step: 'handshake', code: 'EOF', tcpMs: expect.any(Number) });
  });

  it('is an alert, by its name', async () => {
    const port = await startTcp((socket) => socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]))));
    expect(await handshake(port)).toMatchObject({ kind: 'failed', step: 'handshake', code: 'alert handshake_failure' });
  });

  it('is the choice of SSL 3.0', async () => {
    const hello = Buffer.concat([Buffer.from([22, 3, 0, 0, 42, 2, 0, 0, 38, 3, 0]), Buffer.alloc(32, 7), Buffer.from([0, 0, 0x2f, 0])]);
    const port = await startTcp((socket) => socket.once('data', () => socket.write(hello)));
    expect(await handshake(port)).toMatchObject({ kind: 'failed', step: 'handshake', code: 'unsupported-protocol' });
  });

  it('is a port where nobody listens', async () => {
    const port = await startTcp(() => {});
    await server?.close();
    server = null;
    expect(await handshake(port)).toMatchObject({ kind: 'failed', step: 'connect', code: 'ECONNREFUSED' });
  });

  it.each([0, 20])('is an abort, after %i ms', async (afterMs) => {
    const port = await startTcp(() => {});
    const abort = new AbortController();
    if (afterMs === 0) abort.abort();
    else setTimeout(() => abort.abort(), afterMs);
    expect(await handshake(port, { signal: abort.signal })).toMatchObject({ kind: 'skipped', because: 'interrupted' });
    await expect.poll(() => server?.open()).toBe(0);
  });
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('a client certificate over %s', (version) => {
  const demanding = () => ({ ...fullChain(), ca: [root.cert], requestCert: true, minVersion: version, maxVersion: version });

  it('is recognised as required where none was given', async () => {
    const outcome = await handshake(await start(demanding()));
    expect(outcome).toMatchObject({ kind: 'failed', step: 'handshake', code: 'client-certificate-required' });
    // In TLS 1.3 the server has shown everything by then.
    if (version === 'TLSv1.3') {
      expect(outcome).toMatchObject({ reached: { protocol: version, trusted: true, clientCertificateRequested: true } });
    }
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('is sent where one was given', async () => {
    const client = await root.issue({ names: ['client.example'] });
    const port = await start(demanding());
    expect(observed(await handshake(port, client))).toMatchObject({ protocol: version, clientCertificateRequested: true });
  });

  it('may be left out where the server only asks', async () => {
    const port = await start({ ...demanding(), rejectUnauthorized: false });
    expect(observed(await handshake(port))).toMatchObject({ protocol: version, clientCertificateRequested: true });
  });
});

it('recognises a client certificate that is refused', async () => {
  const client = await (await makeAuthority('Another')).issue({ names: ['client.example'] });
  // Node's server ends the connection after the handshake; only in TLS 1.2 is that before the client is done.
  const port = await start({ ...fullChain(), ca: [root.cert], requestCert: true, maxVersion: 'TLSv1.2' });
  expect(await handshake(port, client)).toMatchObject({ kind: 'failed', step: 'handshake', code: 'client-certificate-refused' });
});
