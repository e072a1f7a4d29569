import { closeSync, openSync, rmSync } from 'node:fs';

/**
 * Opens an ordinary file for writing and closes it again, unchanged; one that did not exist is gone again afterwards. Permission bits alone do
 * not tell: /proc, a full quota or a read-only mount refuse what they allow.
 * @throws Error of the file system.
 */
export function openForWriting(path: string, exists: boolean): void {
  closeSync(openSync(path, exists ? 'a' : 'ax'));
  if (!exists) rmSync(path, { force: true });
}

/** `ENOENT` and the like; empty where the error has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
