import { interruptSignal, interruptStatus } from './interrupt.js';

/** How long a reader may take once the user has asked for the end. */
const PATIENCE_MS = 700;

/** Streams whose reader took too long after an interrupt: nothing more is written to them. */
const givenUp = new WeakSet<NodeJS.WritableStream>();

/**
 * Writes a text whole: resolves when the system has taken the last byte, however slow the reader is; after an interrupt it is waited for
 * 0.7 s, and then the exit status is that of the signal. A reader that went away (EPIPE) is no error: there is nobody left to tell.
 */
export function writeWhole(stream: NodeJS.WritableStream, text: string, interrupted = interruptSignal()): Promise<void> {
  if (givenUp.has(stream)) return Promise.resolve();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(timer);
      interrupted.removeEventListener('abort', hurry);
      resolve();
    };
    const hurry = (): void => {
      timer = setTimeout(() => {
        givenUp.add(stream);
        process.exitCode = interruptStatus(interrupted) ?? process.exitCode;
        end();
      }, PATIENCE_MS);
    };
    if (interrupted.aborted) hurry();
    else interrupted.addEventListener('abort', hurry, { once: true });
    stream.write(text, end);
  });
}

/** Keeps a closed pipe quiet, and turns any other failure to write into one line and exit status 3. */
export function guardStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`netdiag: the result cannot be written to standard output: ${error.code ?? error.message}\n`);
    process.exit(3);
  });
  process.stderr.on('error', () => {});
}

/** Ends the process with `process.exitCode` once both streams are empty, whatever sockets or timers might linger. */
export async function endProcess(): Promise<never> {
  await writeWhole(process.stdout, '');
  await writeWhole(process.stderr, '');
  process.exit();
}

/** Columns of the screen: that of stdout, or behind a pipe (`netdiag … | head`) that of stderr, which then is the same terminal. */
export function screenColumns(): number | undefined {
  return process.stdout.columns ?? process.stderr.columns;
}
