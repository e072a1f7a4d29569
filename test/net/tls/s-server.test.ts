import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import type { TlsOptions } from '../../../src/net/port.js';
import { createTls } from '../../../src/net/tls/tls.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { keyPair, makeIntermediate, makeLeaf, makeOcspAnswer, makeRoot } from '../../fakes/x509.mjs';

const PATIENCE_MS = 8000;
const folder = mkdtempSync(join(tmpdir(), 'netdiag-s-server-'));
afterAll(() => rmSync(folder, { recursive: true }));

const root = makeRoot('CN=Root', { keys: keyPair('rsa-2048') });
const issuer = makeIntermediate('CN=Issuer', root);
const leaf = makeLeaf(issuer);
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const CERT = ['-cert', file('leaf.pem', leaf.cert), '-key', file('leaf.key', leaf.key), '-cert_chain', file('chain.pem', issuer.cert)];
const STAPLE = file('staple.der', makeOcspAnswer(leaf, issuer));

let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
});

/** `openssl s_server` on a free port of loopback; it answers once it is listening. */
async function start(...more: string[]): Promise<number> {
  const port = await freePort();
  const started = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, '-quiet', ...CERT, ...more], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child = started;
  let complaint = '';
  started.stderr.on('data', (text) => {
    complaint += text;
  });
  for (let tries = 0; tries < 200; tries++) {
    if (started.exitCode !== null) throw new Error(complaint);
    if (await listens(port)) return port;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no listener: ${complaint}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function handshake(port: number, parts: Partial<TlsOptions> = {}) {
  const probe = createTls(
    systemClock,
    createTrustStore(() => []),
  );
  const { signal } = new AbortController();
  const options = { address: '127.0.0.1', port, servername: 'app.example.net', ca: [root.cert], cert: null, key: null, alpn: [] };
  const outcome = await probe.handshake({ ...options, timeoutMs: PATIENCE_MS, signal, ...parts });
  if (outcome.kind !== 'measured') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe('openssl s_server', () => {
  it.each([
    ['-tls1', 'TLSv1', ['-cipher', 'ALL:@SECLEVEL=0']],
    ['-tls1_1', 'TLSv1.1', ['-cipher', 'ALL:@SECLEVEL=0']],
    ['-tls1_2', 'TLSv1.2', []],
    ['-tls1_3', 'TLSv1.3', []],
  ])('%s is described', async (flag, protocol, more) => {
    const value = await handshake(await start(flag, ...more));
    expect(value).toMatchObject({
      protocol,
      trusted: true,
      hostnameMatches: true,
      chainLength: 2,
      chainFaults: [],
      pathFaults: [],
      ocspStaple: null,
    });
    expect(value.trustedBy).toEqual({ node: false, system: null, given: true });
  });

  it.each(['-tls1_2', '-tls1_3'])('%s staples an answer', async (flag) => {
    const value = await handshake(await start(flag, '-status_file', STAPLE));
    expect(value.ocspStaple).toMatchObject({ status: 'good', fault: null });
  });

  it.each([
    ['by a pre-shared key', ['-tls1_3'], { resumed: true, method: 'psk' }],
    ['by a ticket', ['-tls1_2'], { resumed: true, method: 'ticket' }],
    ['by its own memory', ['-tls1_2', '-no_ticket'], { resumed: true, method: 'session-id' }],
    ['not in TLS 1.3 without tickets', ['-tls1_3', '-num_tickets', '0'], { resumed: false, method: null, handshakeMs: null }],
    ['not without a memory', ['-tls1_2', '-no_ticket', '-no_cache'], { resumed: false, method: null }],
  ])('resumes sessions %s', async (_, flags, expected) => {
    const value = await handshake(await start(...flags), { resumption: true });
    expect(value.resumption).toMatchObject(expected);
  });

  it('asks for a client certificate, and goes on without one', async () => {
    expect((await handshake(await start('-tls1_2', '-verify', '2'))).clientCertificateRequested).toBe(true);
  });

  it('has another certificate for a name, and none for no name', async () => {
    const other = makeLeaf(issuer, { subject: 'CN=other', names: ['other.example.net'] });
    const port = await start(
      '-servername',
      'other.example.net',
      '-cert2',
      file('other.pem', other.cert),
      '-key2',
      file('other.key', other.key),
    );
    const asked = await handshake(port, { servername: 'other.example.net' });
    expect([asked.hostnameMatches, asked.chain[0]?.san]).toEqual([true, ['other.example.net']]);
    const without = await handshake(port, { servername: 'other.example.net', sendServername: false });
    expect([without.hostnameMatches, without.chain[0]?.san]).toEqual([false, ['app.example.net', '127.0.0.1']]);
  });
});
