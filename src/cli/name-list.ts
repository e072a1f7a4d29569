import { readSync } from 'node:fs';
import { quotedValue } from './quoted-value.js';
import { readTextFile } from './text-file.js';
import { UsageError } from './usage-error.js';

const MOST_NAMES = 10_000;
const MAXIMUM_BYTES = 1024 * 1024;

/** Value of `--names` that stands for standard input. */
const STANDARD_INPUT = '-';

/**
 * The names in a file, or (`-`) on standard input: the first word of each line; empty lines and what stands behind `#` are passed over.
 *
 * @returns each name with the place where it stands, for complaints about it
 */
export function readNameList(path: string): { name: string; place: string }[] {
  const text = path === STANDARD_INPUT ? readStandardInput() : readTextFile('--names', path);
  const names = text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    const [word = ''] = line.replace(/#.*/, '').trim().split(/\s+/);
    return word === '' ? [] : [{ name: word, place: `--names ${quotedValue(path)}, line ${index + 1}: ` }];
  });
  if (names.length === 0) throw new UsageError(`--names ${quotedValue(path)}: there is no name in it`);
  if (names.length > MOST_NAMES)
    throw new UsageError(`--names ${quotedValue(path)}: it has ${names.length} names; ${MOST_NAMES} are the most`);
  return names;
}

function readStandardInput(): string {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.alloc(65_536);
    const read = readSome(chunk);
    if (read === 0) return Buffer.concat(chunks).toString('utf8');
    chunks.push(chunk.subarray(0, read));
    length += read;
    if (length > MAXIMUM_BYTES) throw new UsageError('--names -: standard input has more than 1 MB');
  }
}

/** A terminal or pipe that does not block says EAGAIN where it has nothing yet. */
function readSome(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw new UsageError(`--names -: standard input cannot be read (${String(code) || 'unknown error'})`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
