import type { Transform } from 'node:stream';

export interface DecodedBody {
  /** What came out, up to `keep` bytes. */
  bytes: Uint8Array;
  /** `too-large`: more than {@link LARGEST_BYTES} would have come out of it. */
  fault: 'corrupt' | 'too-large' | 'unknown-encoding' | null;
}

/** What a body may grow to: a page never does, and what does is made to fill memories. */
export const LARGEST_BYTES = 10 * 1024 * 1024;

const MOST_CODINGS = 3;

/**
 * Undoes the content codings of a body (RFC 9110 section 8.4), the last one first. Bounded: it stops at {@link LARGEST_BYTES} of each, and
 * holds no more than `keep` of the last.
 *
 * @param whole whether `body` is all of it: otherwise a sudden end is no fault
 */
export async function decodeBody(body: Uint8Array, contentEncoding: string, whole: boolean, keep: number): Promise<DecodedBody> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  // To HEAD, and with 204 and 304, the field tells of a body that does not come (RFC 9110 section 9.3.2); some send it with an empty one.
  if (body.length === 0) return { bytes: body, fault: null };
  if (codings.length > MOST_CODINGS) return { bytes: new Uint8Array(0), fault: 'unknown-encoding' };
  let bytes = body;
  for (const [index, coding] of codings.reverse().entries()) {
    const decoder = await decoderOf(coding, bytes);
    if (decoder === null) return { bytes: new Uint8Array(0), fault: 'unknown-encoding' };
    const decoded = await run(decoder, bytes, index === codings.length - 1 ? keep : LARGEST_BYTES);
    bytes = decoded.bytes;
    const cut = decoded.fault === 'cut' && !whole;
    if (decoded.fault !== null && !cut)
      return { bytes: bytes.subarray(0, keep), fault: decoded.fault === 'cut' ? 'corrupt' : decoded.fault };
  }
  return { bytes: bytes.subarray(0, keep), fault: null };
}

async function decoderOf(coding: string, bytes: Uint8Array): Promise<Transform | null> {
  // Most runs have nothing to unpack, and loading it takes some milliseconds.
  const { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } = await import('node:zlib');
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      // Some servers send it without the zlib wrapper (RFC 9110 section 8.4.1.2, note): the low bits of the first byte tell.
      return ((bytes[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}

function run(
  decoder: Transform,
  bytes: Uint8Array,
  keep: number,
): Promise<{ bytes: Uint8Array; fault: 'corrupt' | 'cut' | 'too-large' | null }> {
  return new Promise((resolve) => {
    const kept: Uint8Array[] = [];
    let length = 0;
    let settled = false;
    const end = (fault: 'corrupt' | 'cut' | 'too-large' | null) => {
      if (settled) return;
      settled = true;
      decoder.destroy();
      resolve({ bytes: Buffer.concat(kept), fault });
    };
    decoder.on('data', (chunk: Uint8Array) => {
      if (length < keep) kept.push(Uint8Array.from(chunk.subarray(0, keep - length)));
      length += chunk.length;
      if (length > LARGEST_BYTES) end('too-large');
    });
    decoder.once('end', () => end(null));
    decoder.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'Z_BUF_ERROR' ? 'cut' : 'corrupt'));
    decoder.end(bytes);
  });
}

/** The text of a body by the character set that its Content-Type names; UTF-8 where it names none that is known. */
export function textOf(bytes: Uint8Array, contentType: string | null): string {
  const charset = /;\s*charset="?([A-Za-z0-9_:.-]{1,40})"?/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
}
