import type net from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/model/attempt.js';
import type { StartTlsProtocol } from '../../../src/model/probe-options.js';
import { systemClock } from '../../../src/net/clock.js';
import { connectTcp } from '../../../src/net/tcp/tcp-connect.js';
import { startTls } from '../../../src/net/tls/start-tls.js';
import { createTls } from '../../../src/net/tls/tls.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { type Issued, makeSelfSigned } from '../../fakes/certificates.js';
import { type LoopbackServer, serveTcp } from '../../fakes/loopback-server.js';
import { DIALOGUES, serveStartTls } from '../../fakes/start-tls-server.js';

const PROTOCOLS = Object.keys(DIALOGUES) as StartTlsProtocol[];
const PATIENCE_MS = 8000;
const IMPATIENCE_MS = 150;

let own: Issued;
let server: LoopbackServer | null = null;
let opened: net.Socket[] = [];

beforeAll(async () => {
  own = await makeSelfSigned();
});
afterEach(async () => {
  for (const socket of opened) socket.destroy();
  opened = [];
  await server?.close();
  server = null;
});

async function start(protocol: StartTlsProtocol, port: number, timeoutMs = PATIENCE_MS, signal = new AbortController().signal) {
  const limits = { timeoutMs: PATIENCE_MS, signal: new AbortController().signal };
  const connected = await connectTcp(systemClock, { address: '127.0.0.1', port, ...limits });
  if (connected.kind !== 'measured') throw new Error(JSON.stringify(connected));
  const { socket } = connected.value;
  opened.push(socket);
  const outcome = await startTls(systemClock, socket, protocol, { host: 'localhost', timeoutMs, signal });
  return { socket, outcome };
}

/** A server that says `texts` one by one, each behind something that the client said, the first at once where `first`. */
async function serveTexts(texts: readonly (string | Uint8Array)[], first = true): Promise<number> {
  server = await serveTcp((socket) => {
    const left = [...texts];
    const next = () => {
      const text = left.shift();
      if (text !== undefined) socket.write(text);
    };
    if (first) next();
    socket.on('data', next);
  });
  return server.port;
}

function code(outcome: Attempt<null>): string {
  return outcome.kind === 'failed' ? outcome.code : outcome.kind;
}

describe.each(PROTOCOLS)('%s', (protocol) => {
  it('leads to a handshake on the same connection', async () => {
    server = await serveStartTls(protocol, { cert: own.cert, key: own.key });
    const { socket, outcome } = await start(protocol, server.port);
    expect(outcome).toEqual({ kind: 'measured', value: null });
    expect(['readable', 'data'].map((event) => socket.listenerCount(event))).toEqual([0, 0]);
    const secure = tls.connect({ socket, ca: own.cert, servername: 'localhost' });
    await new Promise<void>((resolve, reject) => {
      secure.once('secureConnect', resolve);
      secure.once('error', reject);
    });
    expect(secure.getProtocol()).toBe('TLSv1.3');
    secure.destroy();
  });

  it('leads to a whole description of the server', async () => {
    server = await serveStartTls(protocol, { cert: own.cert, key: own.key });
    const probe = createTls(
      systemClock,
      createTrustStore(() => []),
    );
    const { signal } = new AbortController();
    const options = { address: '127.0.0.1', port: server.port, servername: 'localhost', ca: [own.cert], cert: null, key: null, alpn: [] };
    const outcome = await probe.handshake({ ...options, timeoutMs: PATIENCE_MS, signal, startTls: protocol, resumption: true });
    expect(outcome).toMatchObject({ kind: 'measured', value: { trusted: true, hostnameMatches: true, resumption: { resumed: true } } });
    expect(server.accepted()).toBe(2);
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('notices what was said in plain text behind the agreement', async () => {
    const { greeting, answers } = DIALOGUES[protocol];
    const said = [greeting, ...answers].map((text) => Buffer.from(text));
    // MySQL has no agreement: the greeting is the last word of the server.
    const last = protocol === 'mysql' ? 0 : said.length - 1;
    said[last] = Buffer.concat([said[last] ?? Buffer.alloc(0), Buffer.from('injected')]);
    const port = await serveTexts(greeting.length === 0 ? said.slice(1) : said, greeting.length > 0);
    const { socket, outcome } = await start(protocol, port);
    expect(code(outcome)).toBe('start-tls-injected');
    expect(socket.destroyed).toBe(true);
  });

  it('is not what an HTTP server speaks', async () => {
    const http = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n';
    const { outcome } = await start(protocol, await serveTexts([http], DIALOGUES[protocol].greeting.length > 0));
    expect(code(outcome)).toBe('start-tls-foreign');
  });

  it('is silence where nobody speaks', async () => {
    server = await serveTcp(() => {});
    const { socket, outcome } = await start(protocol, server.port, IMPATIENCE_MS);
    expect(outcome).toMatchObject({ kind: 'unanswered', step: 'handshake' });
    expect(socket.destroyed).toBe(true);
  });

  it('ends where the server closes at each byte of what it says', async () => {
    const { greeting, answers } = DIALOGUES[protocol];
    const said = [greeting, ...answers].map((text) => Buffer.from(text)).filter(({ length }) => length > 0);
    const whole = said.reduce((sum, { length }) => sum + length, 0);
    let cut = 0;
    server = await serveTcp((socket) => {
      let left = cut;
      const turns = [...said];
      const next = () => {
        const text = turns.shift() ?? Buffer.alloc(0);
        socket.write(text.subarray(0, left));
        left -= Math.min(left, text.length);
        if (left === 0) socket.end();
      };
      if (greeting.length > 0) next();
      socket.on('data', next);
    });
    // What is complete may be agreed on before the end is seen.
    const limit = protocol === 'mysql' || protocol === 'postgres' ? whole - 1 : whole - 2;
    const step = Math.max(1, Math.floor(whole / 40));
    for (cut = 0; cut < limit; cut += step) {
      const { outcome } = await start(protocol, server.port);
      expect(code(outcome), `closed after ${cut} bytes`).toMatch(/^(EOF|ECONNRESET|EPIPE|start-tls-refused)$/);
    }
  });

  it('ends with the signal', async () => {
    server = await serveTcp(() => {});
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const { socket, outcome } = await start(protocol, server.port, PATIENCE_MS, abort.signal);
    expect(outcome).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(socket.destroyed).toBe(true);
  });
});

describe('a server that does not go over to TLS', () => {
  it.each<[StartTlsProtocol, boolean, (string | Uint8Array)[], RegExp]>([
    ['smtp', true, ['220 ready\r\n', '250-mail\r\n250 SIZE 10\r\n'], /STARTTLS is not among/],
    ['smtp', true, ['220 ready\r\n', '250-mail\r\n250 STARTTLS\r\n', '454 4.7.0 not available\r\n'], /454 4\.7\.0 not available/],
    ['smtp', true, ['554 go away\r\n'], /554 go away/],
    ['imap', true, ['* OK ready\r\n', 'netdiag BAD unknown command\r\n'], /BAD unknown/],
    ['imap', true, ['* PREAUTH welcome\r\n'], /PREAUTH/],
    ['pop3', true, ['+OK ready\r\n', '-ERR no TLS\r\n'], /-ERR no TLS/],
    ['ftp', true, ['220 ready\r\n', '502 not implemented\r\n'], /502/],
    ['ldap', false, [Buffer.from('300c02010178070a013504000400', 'hex')], /LDAP result code 53/],
    ['postgres', false, ['N'], /: N$/],
    ['postgres', false, ['EFATAL'], /error message/],
    ['mysql', true, [Buffer.concat([Buffer.from('15000001ff6a04', 'hex'), Buffer.from('Host is not allowed')])], /Host is not/],
    ['xmpp', false, ["<stream:stream xmlns='x'><stream:features/>"], /not among the features/],
    ['xmpp', false, ["<stream:stream><stream:error><host-unknown xmlns='u'/></stream:error>"], /stream error host-unknown/],
  ])('%s is refused (%#)', async (protocol, first, texts, message) => {
    const { outcome } = await start(protocol, await serveTexts(texts, first));
    expect(code(outcome)).toBe('start-tls-refused');
    expect(outcome).toMatchObject({ message: expect.stringMatching(message) });
  });

  it('is not asked to where it has no TLS to offer', async () => {
    const heard: string[] = [];
    server = await serveTcp((socket) => {
      socket.write('220 ready\r\n');
      socket.on('data', (data) => {
        heard.push(String(data));
        socket.write('250 mail\r\n');
      });
    });
    await start('smtp', server.port);
    expect(heard.join('')).toBe('EHLO netdiag.invalid\r\n');
  });
});

describe('a hostile server', () => {
  it.each(PROTOCOLS)('of %s that sends without end is bounded', async (protocol) => {
    const junk = Buffer.alloc(1024 * 1024, '220-x\r\n');
    server = await serveTcp((socket) => {
      for (let index = 0; index < 10; index++) socket.write(junk);
    });
    const { socket, outcome } = await start(protocol, server.port);
    expect(code(outcome)).toMatch(/^start-tls-(foreign|refused)$/);
    expect(socket.destroyed).toBe(true);
  });

  it('that sends byte after byte ends with the time', async () => {
    server = await serveTcp((socket) => {
      const timer = setInterval(() => socket.write('2'), 40);
      socket.on('close', () => clearInterval(timer));
      socket.write('220-');
    });
    const { outcome } = await start('smtp', server.port, IMPATIENCE_MS);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'incomplete' });
  });

  it('that is cut into single bytes is understood', async () => {
    server = await serveTcp((socket) => {
      void (async () => {
        for (const byte of '* OK ready\r\n') {
          socket.write(byte);
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      })();
      socket.once('data', () => socket.write('netdiag OK\r\n'));
    });
    expect((await start('imap', server.port)).outcome).toEqual({ kind: 'measured', value: null });
  });
});
