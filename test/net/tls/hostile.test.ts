import net from 'node:net';
import type tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import type { TlsOutcome } from '../../../src/net/port.js';
import { createTls } from '../../../src/net/tls/tls.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { tlsNotTried } from '../../../src/probes/tls/measure.js';
import { escapeText } from '../../../src/render/escape.js';
import { tlsLines } from '../../../src/render/tls-text.js';
import { type LoopbackServer, serveTcp, serveTls } from '../../fakes/loopback-server.js';
import { keyPair, type Made, makeCertificate, makeLeaf, makeRoot } from '../../fakes/x509.mjs';

const PATIENCE_MS = 8000;
const IMPATIENCE_MS = 250;

const probe = createTls(
  systemClock,
  createTrustStore(() => []),
);
let root: Made;
let good: Made;
let server: LoopbackServer | null = null;

beforeAll(() => {
  root = makeRoot('CN=Root');
  good = makeLeaf(root);
});
afterEach(async () => {
  await server?.close();
  server = null;
});

function handshake(port: number, timeoutMs = PATIENCE_MS): Promise<TlsOutcome> {
  const { signal } = new AbortController();
  const more = { ca: [root.cert], cert: null, key: null, alpn: [], timeoutMs, signal };
  return probe.handshake({ address: '127.0.0.1', port, servername: 'app.example.net', ...more });
}

async function startTcp(onConnection: (socket: net.Socket) => void): Promise<number> {
  server = await serveTcp(onConnection);
  return server.port;
}

function told(outcome: TlsOutcome): string {
  return outcome.kind === 'failed' ? outcome.code : outcome.kind;
}

const record = (type: number, body: Buffer) => Buffer.concat([Buffer.from([type, 3, 3, body.length >> 8, body.length & 0xff]), body]);
/** A TLS 1.2 ServerHello, without extensions but the renegotiation one: ECDHE-ECDSA with AES-128-GCM. */
const SERVER_HELLO = record(
  22,
  Buffer.concat([Buffer.from('0200002d0303', 'hex'), Buffer.alloc(32, 7), Buffer.from('00c02b000005ff01000100', 'hex')]),
);

describe('a hostile server', () => {
  it('that closes at each byte of its handshake is left', async () => {
    server = await serveTls({ cert: good.cert, key: good.key, maxVersion: 'TLSv1.2' });
    const real = server;
    let cut = 0;
    const relay = await serveTcp((socket) => {
      const upstream = net.connect(real.port, '127.0.0.1');
      let left = cut;
      upstream.on('error', () => {});
      socket.on('close', () => upstream.destroy());
      socket.pipe(upstream);
      upstream.on('data', (data: Buffer) => {
        if (left <= 0) return;
        socket.write(data.subarray(0, left));
        left -= data.length;
        if (left <= 0) socket.end();
      });
      if (cut === 0) socket.end();
    });
    try {
      // ServerHello, certificate, key exchange, done, and the records of the second flight: every byte of the heads, then every 23rd.
      for (cut = 0; cut < 900; cut += cut < 16 ? 1 : 23) {
        const outcome = await handshake(relay.port);
        expect(told(outcome), `closed after ${cut} bytes`).toMatch(/^(EOF|ECONNRESET|EPIPE)$/);
      }
      cut = Number.MAX_SAFE_INTEGER;
      expect(told(await handshake(relay.port))).toBe('measured');
      await expect.poll(() => relay.open()).toBe(0);
    } finally {
      await relay.close();
    }
  });

  it('that sends a byte now and then ends with the time', async () => {
    const port = await startTcp((socket) => {
      let at = 0;
      const timer = setInterval(() => socket.write(SERVER_HELLO.subarray(at, ++at)), 30);
      socket.on('close', () => clearInterval(timer));
    });
    expect(told(await handshake(port, IMPATIENCE_MS))).toBe('incomplete');
    await expect.poll(() => server?.open()).toBe(0);
  });

  it.each<[string, Buffer, string]>([
    ['10 MB of junk', Buffer.alloc(10 * 1024 * 1024, 'junk'), 'not-tls'],
    ['10 MB of zeros', Buffer.alloc(10 * 1024 * 1024), 'not-tls'],
    [
      'a certificate of 16 MB',
      Buffer.concat([SERVER_HELLO, record(22, Buffer.from('0bffffff', 'hex')), ...megabytes()]),
      'excessive-message-size',
    ],
    ['a hello of 16 MB', Buffer.concat([record(22, Buffer.from('02ffffff0303', 'hex')), ...megabytes()]), 'excessive-message-size'],
    ['a record that is too long', Buffer.from('160303ffff0200', 'hex'), 'not-tls'],
  ])('that sends %s is left at once', async (_, bytes, code) => {
    let taken = 0;
    const port = await startTcp((socket) => {
      socket.once('data', () => {
        socket.write(bytes);
        taken = socket.bytesWritten;
      });
      socket.on('close', () => {
        taken = socket.bytesWritten - socket.writableLength;
      });
    });
    const startedMs = performance.now();
    expect(told(await handshake(port))).toBe(code);
    expect(performance.now() - startedMs).toBeLessThan(PATIENCE_MS / 2);
    expect(taken).toBeGreaterThanOrEqual(0);
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('that floods with alerts is left', async () => {
    const port = await startTcp((socket) => {
      socket.once('data', () => {
        const warnings = Buffer.concat(Array.from({ length: 10_000 }, () => Buffer.from([21, 3, 3, 0, 2, 1, 112])));
        socket.write(warnings);
      });
    });
    const outcome = await handshake(port);
    expect(outcome.kind).toBe('failed');
    expect(told(outcome)).not.toBe('incomplete');
  });

  it('that sends empty handshake records without end is bounded', async () => {
    const port = await startTcp((socket) => {
      socket.once('data', () => socket.write(Buffer.concat(Array.from({ length: 100_000 }, () => Buffer.from([22, 3, 3, 0, 0])))));
    });
    const outcome = await handshake(port, 2000);
    expect(outcome.kind).toBe('failed');
  });

  it('that asks to shake hands again right behind the handshake changes nothing', async () => {
    server = await serveTls({ cert: good.cert, key: good.key, maxVersion: 'TLSv1.2' }, (socket) => {
      (socket as tls.TLSSocket).renegotiate({ rejectUnauthorized: false }, () => {});
    });
    expect(told(await handshake(server.port))).toBe('measured');
  });

  it('with 100 certificates is described by the first 20, and counted', async () => {
    const keys = keyPair();
    const many = Array.from({ length: 99 }, (_, index) => makeRoot(`CN=Many ${index}`, { keys }).cert).join('');
    server = await serveTls({ cert: good.cert + many, key: good.key });
    const outcome = await handshake(server.port);
    if (outcome.kind !== 'measured') throw new Error(told(outcome));
    expect(outcome.value).toMatchObject({ chainLength: 100, trusted: true });
    expect(outcome.value.chain).toHaveLength(20);
    expect(outcome.value.chainFaults).toContain('too-long');
  });

  it('with more than 100 kB of certificates is left', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `${'a'.repeat(60)}.${index}.example.net`);
    const large = makeLeaf(root, { names }).cert;
    server = await serveTls({ cert: good.cert + large.repeat(40), key: good.key });
    expect(told(await handshake(server.port))).toBe('excessive-message-size');
  });

  it('with commands for a terminal in its names shows them escaped', async () => {
    const bad = '\u001b]0;owned\u0007\u001b[2J';
    const leaf = makeCertificate({
      subject: `CN=${bad}`,
      issuer: root,
      names: [`${bad}.example`, 'app.example.net'],
      ocsp: `http://${bad}/`,
    });
    server = await serveTls({ cert: leaf.cert, key: leaf.key });
    const outcome = await handshake(server.port);
    if (outcome.kind !== 'measured') throw new Error(told(outcome));
    const { chain, protocol, cipher } = outcome.value;
    const lines = tlsLines({ ...tlsNotTried(null, { kind: 'measured', value: null }).data, protocol, cipher, chain });
    expect(lines.join('')).toContain('owned');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(lines.map(escapeText).join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});

/** More bytes of a handshake message, in records of the largest size. */
function megabytes(): Buffer[] {
  return Array.from({ length: 640 }, () => record(22, Buffer.alloc(16_384)));
}
