/**
 * Writes a text whole: resolves when the system has taken the last byte, however slow the reader is. A reader that went away (EPIPE) is
 * no error: there is nobody left to tell.
 */
export function writeWhole(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
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
