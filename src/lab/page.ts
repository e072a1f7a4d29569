import type { IncomingMessage, ServerOptions, ServerResponse } from 'node:http';
import { answerVolume } from './volume.js';

/** Bounds of every HTTP server of the lab, plain or encrypted: a slow or endless request is ended. Times in milliseconds. */
export const HTTP_LIMITS = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const satisfies ServerOptions;

/** Whatever happens on a connection, it happens within this time. Above the longest delay of `/slow`. */
export const HTTP_IDLE_MS = 20_000;

const DEFAULT_DELAY_MS = 2000;
const MAXIMUM_DELAY_MS = 10_000;

const PAGE = `<!doctype html>
<html lang="en">
<title>netdiag lab</title>
<h1>netdiag lab</h1>
<p>This page comes from the program itself. /status/503 answers with that status, /slow?ms=500 after that time, /health in JSON.
</html>
`;

interface Answer {
  status: number;
  type: 'text/html' | 'text/plain' | 'application/json';
  body: string;
  headers: Record<string, string>;
  delayMs: number;
}

/**
 * Answers the requests of the lab: `/`, `/health`, `/status/NNN` (200 to 599), `/slow?ms=N` (up to 10 000), `/download` and `/upload`.
 * Nothing of the request is repeated in an answer, and a request with a body is refused unread, but for an upload.
 */
export function answerRequest(request: IncomingMessage, response: ServerResponse): void {
  if (answerVolume(request, response)) return;
  const answer = answerTo(request);
  if (answer.delayMs === 0) {
    send(answer, response);
    return;
  }
  const timer = setTimeout(() => send(answer, response), answer.delayMs);
  response.once('close', () => clearTimeout(timer));
}

function send(answer: Answer, response: ServerResponse): void {
  const encrypted = response.socket !== null && 'encrypted' in response.socket;
  response.writeHead(answer.status, {
    'Content-Type': `${answer.type}; charset=utf-8`,
    // RFC 9110 section 8.6: a 204 has none, and that of a 304 would speak of the page.
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'Content-Length': Buffer.byteLength(answer.body) }),
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    ...(encrypted ? { 'Strict-Transport-Security': 'max-age=86400' } : {}),
    ...answer.headers,
  });
  response.end(answer.body);
}

function answerTo(request: IncomingMessage): Answer {
  if (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined) {
    return plain(413, 'a request to the lab has no body', { Connection: 'close' });
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'GET or HEAD', { Allow: 'GET, HEAD' });
  const target = request.url ?? '';
  if (!URL.canParse(target, 'http://lab')) return plain(400, 'the request target cannot be read');
  const url = new URL(target, 'http://lab');

  if (url.pathname === '/') return { ...plain(200, ''), type: 'text/html', body: PAGE };
  if (url.pathname === '/health') return { ...plain(200, '{"status":"ok"}'), type: 'application/json' };
  if (url.pathname === '/slow') {
    const asked = url.searchParams.get('ms') ?? '';
    const delayMs = Math.min(/^\d{1,9}$/.test(asked) ? Number(asked) : DEFAULT_DELAY_MS, MAXIMUM_DELAY_MS);
    return { ...plain(200, `after ${delayMs} ms`), delayMs };
  }
  const status = /^\/status\/([2-5]\d\d)$/.exec(url.pathname)?.[1];
  return status === undefined ? plain(404, 'not found') : ofStatus(Number(status));
}

/** A status together with the header that HTTP wants beside it (RFC 9110 sections 10.2.2, 10.2.3 and 11.6.1, RFC 6585 section 4). */
function ofStatus(status: number): Answer {
  if (status === 204 || status === 205 || status === 304) return { ...plain(status, ''), body: '' };
  const headers: Record<string, string> = {};
  if ([301, 302, 303, 307, 308].includes(status)) headers['Location'] = '/';
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer realm="netdiag lab"';
  if (status === 429 || status === 503) headers['Retry-After'] = '1';
  return plain(status, `status ${status}`, headers);
}

function plain(status: number, line: string, headers: Record<string, string> = {}): Answer {
  return { status, type: 'text/plain', body: `${line}\n`, headers, delayMs: 0 };
}
