import { open, stat } from 'node:fs/promises';

/**
 * The beginning of a text file of the system, or `null` where there is none that can be read. Anything but a regular file is not opened:
 * a named pipe would block. A file longer than `limitBytes` is cut there.
 */
export async function readTextFile(path: string, limitBytes: number): Promise<string | null> {
  try {
    const status = await stat(path);
    if (!status.isFile()) return null;
    const file = await open(path, 'r');
    try {
      // Files of /proc and /sys say that they are empty: a page is tried at least.
      const buffer = new Uint8Array(Math.min(limitBytes, Math.max(status.size, 4096)));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return new TextDecoder().decode(buffer.subarray(0, filled));
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
