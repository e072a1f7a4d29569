import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { z } from 'zod';
import { certificateSchema } from '../certificates.js';
import type { WithPem } from './pem.js';
import { type Start, wait } from './service.js';

/**
 * A server from the system: nginx, unbound, `openssl s_server`, … In the foreground; it is killed with the host. In `run` and in the files,
 * `$FOLDER` is the folder of the files, `$CERTIFICATE` and `$KEY` are those of `certificate`, and `$CA` is the authority's.
 */
export const commandSchema = z.strictObject({
  /** For `sh -c`; it should `exec`. */
  run: z.string(),
  files: z.record(z.string(), z.string()).optional(),
  certificate: certificateSchema.optional(),
  /** It is ready when this address takes connections: `[address, port]`. Absent: at once. */
  ready: z.tuple([z.string(), z.int()]).optional(),
});
export type CommandConfiguration = z.infer<typeof commandSchema>;

const LONGEST_START_MS = 8000;
const BETWEEN_TRIES_MS = 25;
const LONGEST_COMPLAINT = 2000;

export const startCommand: Start<WithPem<CommandConfiguration>> = async ({ run, files = {}, ready, pem }, { folder, ca }) => {
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(`${folder}/command-`);
  const words = { FOLDER: own, CA: ca, CERTIFICATE: pem?.chain ?? '', KEY: pem?.key ?? '' };
  for (const [name, text] of Object.entries(files))
    writeFileSync(
      `${own}/${name}`,
      text.replaceAll(/\$(FOLDER|CA|CERTIFICATE|KEY)\b/g, (_all, word: keyof typeof words) => words[word]),
    );
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'sh', '-c', run], {
    env: { ...process.env, ...words },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-LONGEST_COMPLAINT);
    });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (status, signal) => resolve(`it ended (${status ?? signal}): ${complaint}`));
  });
  if (ready === undefined) return;
  const outcome = await Promise.race([ended, takesConnections(...ready)]);
  if (outcome !== null) throw new Error(`command: ${run.slice(0, 60)}: ${outcome}`);
};

/** `null` when it does, otherwise why not. */
async function takesConnections(host: string, port: number): Promise<string | null> {
  const until = performance.now() + LONGEST_START_MS;
  while (performance.now() < until) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port });
      const done = (answer: boolean): void => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('connect', () => done(true)).once('error', () => done(false));
    });
    if (open) return null;
    await wait(BETWEEN_TRIES_MS);
  }
  return `${host} port ${port} takes no connection`;
}
