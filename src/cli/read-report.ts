import { addAbortSignal } from 'node:stream';
import type { Report } from '../model/report.js';
import { quotedValue } from './quoted-value.js';
import { readFileBytes } from './text-file.js';
import { UsageError } from './usage-error.js';

/** A series of 100,000 packets takes 10 MB. */
const MAXIMUM = { bytes: 64 * 1024 * 1024, text: '64 MB' };

/** What stands for standard input. */
export const STANDARD_INPUT = '-';

export interface ReadReport {
  report: Report;
  /** Measurements that could not be read, by their ids and probes. */
  leftOut: string[];
}

/**
 * A report of netdiag from a file, or with `-` from standard input. It was written by somebody else, and is checked like anything from outside.
 *
 * @param subject what the file is, in complaints: `report`, `--baseline`
 * @throws UsageError that names the file and says what is wrong; the reason of `interrupted`, where that ends the wait for standard input
 */
export async function readReport(subject: string, path: string, interrupted: AbortSignal): Promise<ReadReport> {
  const refuse = (reason: string): never => {
    throw new UsageError(`${subject} ${path === STANDARD_INPUT ? 'from standard input' : quotedValue(path)}: ${reason}`);
  };
  const bytes = path === STANDARD_INPUT ? await readStandardInput(refuse, interrupted) : readFileBytes(subject, path, MAXIMUM);
  const content = parseJson(bytes.toString('utf8').replace(/^\ufeff/, ''), refuse);
  // The validator is loaded by those alone that read a report.
  const { readStoredReport } = await import('../report/stored-report.js');
  const read = readStoredReport(content);
  return read.ok ? read : refuse(read.reason);
}

async function readStandardInput(refuse: (reason: string) => never, interrupted: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of addAbortSignal(interrupted, process.stdin)) {
      const bytes = Buffer.from(chunk as Uint8Array);
      length += bytes.length;
      if (length > MAXIMUM.bytes) break;
      chunks.push(bytes);
    }
  } catch (error) {
    if (interrupted.aborted) throw interrupted.reason;
    return refuse(`it cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'})`);
  }
  return length > MAXIMUM.bytes ? refuse(`it is larger than ${MAXIMUM.text}`) : Buffer.concat(chunks);
}

/** What the parser says of a text holds pieces of it: only the place is told. */
function parseJson(text: string, refuse: (reason: string) => never): unknown {
  if (text.trim() === '') return refuse('it is empty');
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const offset = /at position (\d{1,9})/.exec(message)?.[1];
    if (/end of JSON input|^Unterminated/.test(message)) return refuse('it is no JSON: it breaks off');
    if (offset === undefined) return refuse('it is no JSON');
    const lines = text.slice(0, Number(offset)).split('\n');
    return refuse(`it is no JSON: line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`);
  }
}

const NAMED = 5;

/** What to say of measurements that could not be read. */
export function leftOutText(leftOut: readonly string[]): string {
  const more = leftOut.length - NAMED;
  const names = `${leftOut.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `measurements that this version of netdiag does not know are left out: ${names}`;
}
