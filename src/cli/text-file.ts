import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';

/** Enough for whatever is written by hand. */
const MAXIMUM = { bytes: 1024 * 1024, text: '1 MB' };

/** A file that the user named, at most 1 MB of it, as UTF-8. */
export function readTextFile(flag: string, path: string): string {
  return readFileBytes(flag, path).toString('utf8');
}

/** The same as it is; what programs write may be larger. */
export function readFileBytes(flag: string, path: string, maximum: { bytes: number; text: string } = MAXIMUM): Buffer {
  const refuse = (reason: string): never => {
    throw new UsageError(`${flag} ${quotedValue(path)}: ${reason}`);
  };
  let descriptor: number;
  try {
    // Opening a pipe waits for its writer, without end where there is none. Those that a shell makes for <(command) have one.
    if (!statSync(path).isFile() && !path.startsWith('/dev/fd/')) return refuse('it is not an ordinary file');
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return refuse(openFailure(error));
  }
  try {
    const buffer = Buffer.alloc(maximum.bytes + 1);
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += read;
      if (read === 0 || length === buffer.length) break;
    }
    return length > maximum.bytes ? refuse(`it is larger than ${maximum.text}`) : buffer.subarray(0, length);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return refuse(openFailure(error));
  } finally {
    closeSync(descriptor);
  }
}

function openFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  return `it cannot be read (${code || 'unknown error'})`;
}
