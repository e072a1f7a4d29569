import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { z } from 'zod';
import { certificateSchema } from '../certificates.js';
import type { WithPem } from './pem.js';
import { listening, type Start, wait } from './service.js';

/** An HTTP proxy: CONNECT, and requests with a whole URL. Names are resolved by its own host's resolver, or `names`. */
export const proxySchema = z.strictObject({
  addresses: z.array(z.string()).optional(),
  /** 3128 where absent. */
  port: z.int().optional(),
  names: z.record(z.string(), z.string()).optional(),
  /** In place of 200: 403, 407, 502, … */
  status: z.int().optional(),
  /** `user:password` that it wants; 407 without it. */
  credentials: z.string().optional(),
  delayMs: z.number().optional(),
  /** In place of an answer. */
  instead: z.enum(['silent', 'reset', 'close', 'garbage']).optional(),
  /** TLS to the proxy itself. */
  certificate: certificateSchema.optional(),
});
export type ProxyConfiguration = z.infer<typeof proxySchema>;

/** A SOCKS5 proxy (RFC 1928). */
export const socksSchema = z.strictObject({
  addresses: z.array(z.string()).optional(),
  /** 1080 where absent. */
  port: z.int().optional(),
  names: z.record(z.string(), z.string()).optional(),
  /** In place of 0: 1 failure, 2 not allowed, 3 network, 4 host unreachable, 5 refused, … */
  reply: z.int().optional(),
  /** `user:password` that it wants (RFC 1929). */
  credentials: z.string().optional(),
  /** None of the methods that are offered will do. */
  noMethod: z.boolean().optional(),
  delayMs: z.number().optional(),
  instead: z.enum(['silent', 'reset', 'close', 'garbage']).optional(),
});
export type SocksConfiguration = z.infer<typeof socksSchema>;

const LONGEST_HEAD = 16_384;
const CONNECT_MS = 1500;

export const startProxy: Start<WithPem<ProxyConfiguration>> = async (configuration, surroundings) => {
  const { addresses = surroundings.addresses, port = 3128, pem } = configuration;
  const take = (socket: Socket): void => takeHttp(socket, configuration);
  await Promise.all(
    addresses.map((address) => {
      const server =
        pem === undefined ? createServer(take) : createSecureServer({ cert: readFileSync(pem.chain), key: readFileSync(pem.key) }, take);
      return listening(server, port, address);
    }),
  );
};

function takeHttp(socket: Socket, configuration: ProxyConfiguration): void {
  socket.on('error', () => socket.destroy());
  let head = Buffer.alloc(0);
  const onData = async (chunk: Buffer): Promise<void> => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return void (head.length > LONGEST_HEAD && socket.destroy());
    socket.off('data', onData);
    if (configuration.delayMs !== undefined) await wait(configuration.delayMs);
    if (configuration.instead !== undefined) return insteadOf(socket, configuration.instead);
    const lines = head.subarray(0, end).toString('latin1').split('\r\n');
    const [method = '', what = ''] = (lines[0] ?? '').split(' ');
    const status = configuration.status ?? (isAllowed(lines, configuration.credentials) ? 200 : 407);
    if (status !== 200) {
      const wanted = status === 407 ? 'proxy-authenticate: Basic realm="proxy"\r\n' : '';
      return void socket.end(`HTTP/1.1 ${status} Refused\r\n${wanted}content-length: 0\r\nconnection: close\r\n\r\n`);
    }
    const url = new URL(method === 'CONNECT' ? `tcp://${what}` : what);
    const onward = onwards(url, configuration.names);
    onward.once('connect', () => {
      if (method === 'CONNECT') socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      else
        onward.write(
          `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines
            .slice(1)
            .filter((line) => !/^proxy-/i.test(line))
            .join('\r\n')}\r\n\r\n`,
        );
      onward.write(head.subarray(end + 4));
      socket.pipe(onward).pipe(socket);
    });
    onward.once('error', () => void socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'));
  };
  socket.on('data', onData);
}

function isAllowed(lines: readonly string[], credentials: string | undefined): boolean {
  if (credentials === undefined) return true;
  const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return lines.some((line) => /^proxy-authorization:/i.test(line) && line.slice(line.indexOf(':') + 1).trim() === expected);
}

function onwards(to: { hostname: string; port: string }, names: Readonly<Record<string, string>> = {}): Socket {
  const host = to.hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host: names[host] ?? host, port: Number(to.port || 80), timeout: CONNECT_MS });
  socket.once('timeout', () => socket.connecting && socket.destroy(new Error('no connection')));
  return socket;
}

function insteadOf(socket: Socket, what: 'silent' | 'reset' | 'close' | 'garbage'): void {
  if (what === 'reset') socket.resetAndDestroy();
  else if (what === 'close') socket.destroy();
  else if (what === 'garbage') socket.end('220 mail.example.net ESMTP\r\n');
}

export const startSocks: Start<SocksConfiguration> = async (configuration, surroundings) => {
  const { addresses = surroundings.addresses, port = 1080 } = configuration;
  await Promise.all(
    addresses.map((address) =>
      listening(
        createServer((socket) => void takeSocks(socket, configuration)),
        port,
        address,
      ),
    ),
  );
};

/** Bytes as they are asked for; `null` at the end. */
function reader(socket: Socket): (count: number) => Promise<Buffer | null> {
  return (count) =>
    new Promise((resolve) => {
      const look = (): void => {
        const bytes = socket.read(count) as Buffer | null;
        if (bytes === null && !socket.readableEnded && !socket.destroyed) return;
        for (const event of ['readable', 'end', 'close']) socket.off(event, look);
        resolve(bytes !== null && bytes.length === count ? bytes : null);
      };
      for (const event of ['readable', 'end', 'close']) socket.on(event, look);
      look();
    });
}

async function takeSocks(socket: Socket, configuration: SocksConfiguration): Promise<void> {
  socket.on('error', () => socket.destroy());
  const take = reader(socket);
  const greeting = await take(2);
  const methods = greeting === null ? null : await take(greeting.readUInt8(1));
  if (greeting === null || methods === null || greeting.readUInt8(0) !== 5) return void socket.destroy();
  if (configuration.delayMs !== undefined) await wait(configuration.delayMs);
  if (configuration.instead !== undefined) return insteadOf(socket, configuration.instead);
  const method = configuration.noMethod ? 0xff : configuration.credentials === undefined ? 0 : 2;
  if (!methods.includes(method)) return void socket.end(Buffer.from([5, 0xff]));
  socket.write(Buffer.from([5, method]));
  if (method === 2 && !(await areRight(take, socket, configuration.credentials ?? ''))) return;
  const to = await readDestination(take);
  if (to === null) return void socket.destroy();
  if (configuration.reply !== undefined && configuration.reply !== 0) return void socket.end(replyOf(configuration.reply));
  const onward = onwards(to, configuration.names);
  onward.once('connect', () => {
    socket.write(replyOf(0));
    socket.pipe(onward).pipe(socket);
  });
  onward.once('error', (error: NodeJS.ErrnoException) => void socket.end(replyOf(error.code === 'ECONNREFUSED' ? 5 : 4)));
}

const replyOf = (code: number): Buffer => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);

async function areRight(take: (count: number) => Promise<Buffer | null>, socket: Socket, credentials: string): Promise<boolean> {
  const text = async (): Promise<string> => ((await take((await take(1))?.readUInt8(0) ?? 0)) ?? '').toString();
  await take(1);
  const given = `${await text()}:${await text()}`;
  if (given === credentials) socket.write(Buffer.from([1, 0]));
  else socket.end(Buffer.from([1, 1]));
  return given === credentials;
}

async function readDestination(take: (count: number) => Promise<Buffer | null>): Promise<{ hostname: string; port: string } | null> {
  const head = await take(4);
  if (head === null || head.readUInt8(1) !== 1) return null;
  const kind = head.readUInt8(3);
  const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await take(1))?.readUInt8(0) ?? 0);
  const host = await take(length);
  const port = await take(2);
  if (host === null || port === null) return null;
  const groups = Array.from({ length: 8 }, (_, index) => (kind === 4 ? host.readUInt16BE(2 * index).toString(16) : ''));
  const hostname = kind === 1 ? [...host].join('.') : kind === 4 ? groups.join(':') : host.toString('latin1');
  return { hostname, port: String(port.readUInt16BE(0)) };
}
