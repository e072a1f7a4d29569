// All services of one host, in one process. The file named by the first argument says which: see `Served`. Says "ready" when all of them
// listen; a line on its standard input says at which moment of its run netdiag is, and whether it has begun; it ends with its standard input.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { KINDS, kindOf } from './kinds.js';
import type { Start } from './service.js';

/** What the runner writes for a host. */
export interface Served {
  addresses: string[];
  ca: string;
  folder: string;
  /** By name; each with the files of its certificate in `pem`. */
  services: Record<string, Record<string, unknown>>;
}

/** `null`: netdiag is not there yet. `running` is `false` as long as its first packet is awaited: until then the moment stays. */
let clock: { momentMs: number; running: boolean; setAt: number } | null = null;
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [word, momentMs] = line.split(' ');
  clock = { momentMs: Number(momentMs), running: word === 'run', setAt: performance.now() };
});
lines.on('close', () => process.exit(0));
// One connection that goes wrong must not end the others.
process.on('uncaughtException', (error) => process.stderr.write(`${error.stack}\n`));

try {
  const { services, ...surroundings } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Served;
  const sinceStart = (): number | null => (clock === null ? null : clock.momentMs + (clock.running ? performance.now() - clock.setAt : 0));
  await Promise.all(
    Object.entries(services).map(([name, configuration]) => {
      const kind = kindOf(name);
      if (kind === null) throw new Error(`there is no service ${name}`);
      return (KINDS[kind].start as Start<unknown>)(configuration, { ...surroundings, sinceStart });
    }),
  );
  process.stdout.write('ready\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
