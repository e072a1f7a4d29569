import { open, stat } from 'node:fs/promises';

/** The beginning of a text file of the system, or `null` where there is none that can be read, as {@link openTextFile} says. */
export async function readTextFile(path: string, limitBytes: number): Promise<string | null> {
  return openTextFile(path, limitBytes).catch(() => null);
}

/**
 * The beginning of a text file of the system. Anything but a regular file is not opened: a named pipe would block. A file longer than
 * `limitBytes` is cut there.
 *
 * @throws an error with the errno as its `code`; `EISDIR` for what is no regular file
 */
export async function openTextFile(path: string, limitBytes: number): Promise<string> {
  const status = await stat(path);
  if (!status.isFile()) throw Object.assign(new Error(`${path} is no regular file`), { code: 'EISDIR' });
  const file = await open(path, 'r');
  try {
    // Files of /proc and /sys say that they are empty: a page is tried at least.
    let buffer = new Uint8Array(Math.min(limitBytes, Math.max(status.size, 4096)));
    let filled = 0;
    while (true) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === limitBytes) break;
      if (filled === buffer.length) buffer = grown(buffer, Math.min(limitBytes, 2 * buffer.length));
    }
    return new TextDecoder().decode(buffer.subarray(0, filled));
  } finally {
    await file.close();
  }
}

function grown(buffer: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(buffer);
  return larger;
}
