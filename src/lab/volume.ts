import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where the lab gives and takes bodies of any size. */
export const DOWNLOAD_PATH = '/download';
export const UPLOAD_PATH = '/upload';

const DEFAULT_BYTES = 1_000_000_000;
const LARGEST_BYTES = 10_000_000_000;
const CHUNK_BYTES = 256 * 1024;
/** Nothing on the way can make random bytes smaller. */
let chunk: Buffer | null = null;

/** Answers `GET /download?bytes=N` with so many bytes (1 GB where it does not say) and `POST /upload` with 204; `false`: it is neither. */
export function answerVolume(request: IncomingMessage, response: ServerResponse): boolean {
  const target = request.url ?? '';
  const url = URL.canParse(target, 'http://lab') ? new URL(target, 'http://lab') : null;
  if (request.method === 'GET' && url?.pathname === DOWNLOAD_PATH && !hasBody(request)) {
    const asked = url.searchParams.get('bytes') ?? '';
    send(response, Math.min(/^\d{1,11}$/.test(asked) ? Number(asked) : DEFAULT_BYTES, LARGEST_BYTES));
    return true;
  }
  if (request.method !== 'POST' || url?.pathname !== UPLOAD_PATH) return false;
  // What is thrown away needs no room.
  request.resume();
  request.once('end', () => response.writeHead(204).end());
  return true;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function send(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes, 'Cache-Control': 'no-store' });
  chunk ??= randomBytes(CHUNK_BYTES);
  const data = chunk;
  let left = bytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, data.length);
      left -= size;
      if (!response.write(size === data.length ? data : data.subarray(0, size))) {
        response.once('drain', more);
        return;
      }
    }
    if (left === 0) response.end();
  };
  more();
}
