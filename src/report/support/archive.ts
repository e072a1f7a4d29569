import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';

const BLOCK = 512;

export interface ArchiveFile {
  /** At most 99 characters of ASCII. */
  name: string;
  text: string;
}

/**
 * A tar archive (POSIX.1-1988, "ustar") of a few ordinary files, packed by gzip. Only its owner may read what is unpacked of it.
 *
 * @param modified the time that the files bear
 * @throws RangeError for a name that has no room in the header
 */
export function tarGz(files: readonly ArchiveFile[], modified: Date): Uint8Array {
  const blocks = files.flatMap(({ name, text }) => {
    const bytes = Buffer.from(text, 'utf8');
    return [header(name, bytes.length, modified), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)];
  });
  // Two empty blocks are its end.
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
}

function header(name: string, size: number, modified: Date): Buffer {
  if (!/^[\x20-\x7e]{1,99}$/.test(name)) throw new RangeError('the name of a file in an archive is too long, or not ASCII');
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  block.write(name, 0, 'latin1');
  block.write(`${octal(0o600, 7)}\0`, 100, 'latin1');
  // Owner and group: nobody is named.
  block.write(`${octal(0, 7)}\0${octal(0, 7)}\0`, 108, 'latin1');
  block.write(`${octal(size, 11)}\0`, 124, 'latin1');
  block.write(`${octal(Math.max(0, Math.floor(modified.getTime() / 1000)), 11)}\0`, 136, 'latin1');
  // The sum is taken with blanks in its own place.
  block.write(' '.repeat(8), 148, 'latin1');
  block.write('0', 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return block;
}
