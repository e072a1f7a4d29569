import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';
import { z } from 'zod';
import { certificateSchema } from '../certificates.js';
import type { WithPem } from './pem.js';
import { listening, type Start, type Surroundings, wait, within } from './service.js';

const spans = z.array(z.tuple([z.number(), z.number()]));

/** HTTP and HTTPS, HTTP/1.1 with keep-alive, WebSocket with echo; the pages that tell a captive portal are there under their names. */
export const webSchema = z.strictObject({
  /** Absent: all of the host's. */
  addresses: z.array(z.string()).optional(),
  /** Ports; 80 and 443 where absent. */
  http: z.array(z.int()).optional(),
  https: z.array(z.int()).optional(),
  certificate: certificateSchema.optional(),
  minVersion: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']).optional(),
  maxVersion: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']).optional(),
  /** As OpenSSL names them. */
  ciphers: z.string().optional(),
  clientCertificate: z.literal('required').optional(),
  handshakeDelayMs: z.number().optional(),

  status: z.int().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  /** To this URL, with status 302 unless `status` says another. */
  redirect: z.string().optional(),
  /** As a captive portal: every plain request is sent to this URL. */
  portal: z.string().optional(),
  /** Before the status line, and again before the end of the body. */
  delayMs: z.number().optional(),
  bodyDelayMs: z.number().optional(),
  /** Misbehaviour (status, delays, redirect) in these spans alone, in milliseconds from netdiag's start; or of every so many-th request. */
  between: spans.optional(),
  every: z.int().min(1).optional(),
  /** Of these paths alone. */
  paths: z.array(z.string()).optional(),
  /** `hang`: takes requests and does not answer; `reset`, `close`: ends the connection in place of an answer. */
  instead: z.enum(['hang', 'reset', 'close', 'garbage']).optional(),
  /** Of upgrades: `echo` where absent; a status refuses them. */
  websocket: z.union([z.literal('echo'), z.literal('silent'), z.literal('close'), z.int()]).optional(),
  /** How long an echo takes. */
  websocketDelayMs: z.number().optional(),
});
export type WebConfiguration = z.infer<typeof webSchema>;

/** What operating systems ask for, and expect. */
const PORTAL_PAGES: Readonly<Record<string, [number, string]>> = {
  'detectportal.firefox.com/success.txt': [200, 'success\n'],
  'connectivitycheck.gstatic.com/generate_204': [204, ''],
  'captive.apple.com/hotspot-detect.html': [200, '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>'],
  'www.msftconnecttest.com/connecttest.txt': [200, 'Microsoft Connect Test'],
  'network-test.debian.org/nm': [200, 'NetworkManager is online\n'],
};
const WEBSOCKET_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const FRAME_CLOSE = 8;
const FRAME_PING = 9;

export const startWeb: Start<WithPem<WebConfiguration>> = async (configuration, surroundings) => {
  const { addresses = surroundings.addresses, http = [80], https = [443], pem } = configuration;
  const answer = answering(configuration, surroundings);
  const upgrade = upgrading(configuration);
  const started: Promise<void>[] = [];
  for (const address of addresses) {
    for (const port of http) {
      const server = createHttpServer(answer(true));
      server.on('upgrade', upgrade).on('clientError', (_error, socket) => socket.destroy());
      started.push(listening(server, port, address));
    }
    for (const port of https) {
      if (pem === undefined) throw new Error('web: https needs a `certificate`');
      const server = createHttpsServer(secureOptions(configuration, pem, surroundings.ca), answer(false));
      server.on('upgrade', upgrade).on('clientError', (_error, socket) => socket.destroy());
      started.push(listening(server, port, address));
    }
  }
  await Promise.all(started);
};

function secureOptions(configuration: WebConfiguration, pem: { chain: string; key: string }, ca: string): TlsOptions {
  const { minVersion = 'TLSv1.2', maxVersion = 'TLSv1.3', ciphers, clientCertificate, handshakeDelayMs } = configuration;
  const old = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  return {
    cert: readFileSync(pem.chain),
    key: readFileSync(pem.key),
    minVersion,
    maxVersion,
    ALPNProtocols: ['http/1.1'],
    ...(ciphers === undefined && !old ? {} : { ciphers: ciphers ?? 'DEFAULT:@SECLEVEL=0' }),
    ...(clientCertificate === undefined ? {} : { requestCert: true, rejectUnauthorized: true, ca: readFileSync(ca) }),
    ...(handshakeDelayMs === undefined ? {} : { SNICallback: (_name, done) => void setTimeout(() => done(null), handshakeDelayMs) }),
  };
}

function answering(configuration: WebConfiguration, { sinceStart }: Surroundings): (plain: boolean) => RequestListener {
  let count = 0;
  const { headers = {}, body = 'ok\n', between, every, paths } = configuration;
  return (plain) => async (request, response) => {
    count++;
    const path = new URL(request.url ?? '/', 'http://host.invalid').pathname;
    const misbehave =
      (between === undefined || within(between, sinceStart())) &&
      (every === undefined || count % every === 0) &&
      (paths?.includes(path) ?? true);
    request.resume();
    const fault: Partial<WebConfiguration> = misbehave ? configuration : {};
    if (fault.delayMs !== undefined) await wait(fault.delayMs);
    if (fault.instead !== undefined) return insteadOfAnswer(fault.instead, request);
    const page = PORTAL_PAGES[`${request.headers.host?.split(':')[0] ?? ''}${path}`];
    if (fault.portal !== undefined && plain) return void response.writeHead(302, { location: fault.portal }).end();
    if (page !== undefined) return void response.writeHead(page[0], { 'content-type': 'text/plain' }).end(page[1]);
    if (fault.redirect !== undefined) return void response.writeHead(fault.status ?? 302, { ...headers, location: fault.redirect }).end();
    await send(response, fault, headers, body);
  };
}

async function send(
  response: ServerResponse,
  fault: Partial<WebConfiguration>,
  headers: Record<string, string>,
  body: string,
): Promise<void> {
  response.writeHead(fault.status ?? 200, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body), ...headers });
  if (fault.bodyDelayMs !== undefined) {
    response.write(body.slice(0, 1));
    await wait(fault.bodyDelayMs);
    response.end(body.slice(1));
  } else response.end(body);
}

function insteadOfAnswer(what: NonNullable<WebConfiguration['instead']>, { socket }: IncomingMessage): void {
  if (what === 'reset') socket.resetAndDestroy();
  else if (what === 'close') socket.destroy();
  else if (what === 'garbage') socket.end('\u0001\u0002 no HTTP here\r\n\r\n');
}

function upgrading({ websocket = 'echo', websocketDelayMs = 0 }: WebConfiguration): (request: IncomingMessage, socket: Duplex) => void {
  return (request, socket) => {
    socket.on('error', () => socket.destroy());
    if (typeof websocket === 'number')
      return void socket.end(`HTTP/1.1 ${websocket} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key'] ?? ''}${WEBSOCKET_KEY}`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    );
    if (websocket === 'close') return void socket.end(Buffer.from([0x80 | FRAME_CLOSE, 2, 0x03, 0xf3]));
    let waiting = Buffer.alloc(0);
    socket.on('data', async (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      if (waiting.length > 1 << 20) return void socket.destroy();
      for (let frame = takeFrame(waiting); frame !== null; frame = takeFrame(waiting)) {
        waiting = waiting.subarray(frame.bytes);
        if (websocket === 'silent') continue;
        await wait(websocketDelayMs);
        const kind = frame.kind === FRAME_PING ? 10 : frame.kind;
        if (!socket.destroyed) socket.write(Buffer.concat([header(kind, frame.payload.length), frame.payload]));
        if (frame.kind === FRAME_CLOSE) socket.end();
      }
    });
  };
}

/** The first whole frame (RFC 6455 section 5.2), unmasked; `null` while there is none. */
function takeFrame(bytes: Buffer): { kind: number; payload: Buffer; bytes: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const at = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < at + 4) return null;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < at + 4 + length) return null;
  const mask = bytes.subarray(at, at + 4);
  const payload = Buffer.from(bytes.subarray(at + 4, at + 4 + length)).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { kind: bytes.readUInt8(0) & 0x0f, payload: Buffer.from(payload), bytes: at + 4 + length };
}

function header(kind: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | kind, length]);
  const long = Buffer.alloc(4);
  long.set([0x80 | kind, 126]);
  long.writeUInt16BE(Math.min(length, 65_535), 2);
  return long;
}
