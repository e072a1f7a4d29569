import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { z } from 'zod';
import { certificateSchema } from '../certificates.js';
import type { WithPem } from './pem.js';
import { listening, type Start, wait, within } from './service.js';

const spans = z.array(z.tuple([z.number(), z.number()]));

/** What happens to a connection that was taken. */
const behaviour = z.strictObject({
  banner: z.string().optional(),
  delayMs: z.number().optional(),
  echo: z.boolean().optional(),
  /** Nothing at all, ever. */
  silent: z.boolean().optional(),
  /** At once, or when the first bytes have come. */
  reset: z.enum(['at once', 'on data']).optional(),
  close: z.enum(['at once', 'on data']).optional(),
  /** These bytes, in hexadecimal, when the first bytes have come; then it is closed. A TLS alert: `15030300020228`. */
  reply: z.string().optional(),
  /** Text in place of that. */
  replyText: z.string().optional(),
  /** Misbehaves in these spans, in milliseconds from netdiag's start; otherwise it echoes. */
  between: spans.optional(),
  /** So many connections from netdiag's start; then nobody listens any more. */
  connections: z.int().min(1).optional(),
  /** Misbehaves on every so many-th connection. */
  every: z.int().min(1).optional(),
});

/** By port: `"22": {banner: …}`. */
export const tcpSchema = z.strictObject({
  addresses: z.array(z.string()).optional(),
  ports: z.record(z.string(), behaviour),
  /** All of it inside TLS. */
  certificate: certificateSchema.optional(),
});
export type TcpConfiguration = z.infer<typeof tcpSchema>;

export const startTcp: Start<WithPem<TcpConfiguration>> = async ({ addresses: given, ports, pem }, { addresses, sinceStart }) => {
  const started: Promise<void>[] = [];
  for (const [port, how] of Object.entries(ports)) {
    let count = 0;
    let countFromStart = 0;
    const servers: { close(): unknown }[] = [];
    const take = (socket: Socket): void => {
      count++;
      if (sinceStart() !== null && ++countFromStart === how.connections) for (const server of servers) server.close();
      socket.on('error', () => socket.destroy());
      const misbehaves =
        (how.every === undefined || count % how.every === 0) && (how.between === undefined || within(how.between, sinceStart()));
      void handle(socket, misbehaves ? how : { echo: true });
    };
    for (const address of given ?? addresses) {
      const server =
        pem === undefined ? createServer(take) : createSecureServer({ cert: readFileSync(pem.chain), key: readFileSync(pem.key) }, take);
      servers.push(server);
      started.push(listening(server, Number(port), address));
    }
  }
  await Promise.all(started);
};

async function handle(socket: Socket, how: z.infer<typeof behaviour>): Promise<void> {
  if (how.reset === 'at once') return void socket.resetAndDestroy();
  if (how.close === 'at once') return void socket.destroy();
  if (how.delayMs !== undefined) await wait(how.delayMs);
  if (how.banner !== undefined) socket.write(how.banner);
  if (how.echo) return void socket.pipe(socket);
  const reply = how.reply !== undefined ? Buffer.from(how.reply, 'hex') : how.replyText;
  socket.on('data', () => {
    if (how.reset === 'on data') socket.resetAndDestroy();
    else if (how.close === 'on data') socket.destroy();
    else if (reply !== undefined) socket.end(reply);
  });
}
