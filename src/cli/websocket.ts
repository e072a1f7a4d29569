import type { WebSocketOptions } from '../model/probe-options.js';
import { WEBSOCKET } from './defaults.js';
import { readFileBytes } from './text-file.js';
import { UsageError } from './usage-error.js';

export interface WebSocketFlags {
  count?: number | undefined;
  interval?: number | undefined;
  message?: string | undefined;
  'message-file'?: string | undefined;
  messages?: number | undefined;
  listen?: number | undefined;
  subprotocol?: string[] | undefined;
}

/** What is sent over a WebSocket, and what is waited for. */
export function webSocketOf(
  flags: WebSocketFlags,
): Pick<WebSocketOptions, 'count' | 'intervalMs' | 'message' | 'messages' | 'listenMs' | 'subprotocols'> {
  if (flags.message !== undefined && flags['message-file'] !== undefined) {
    throw new UsageError('--message and --message-file: only one of them can be given');
  }
  if (flags.messages !== undefined) {
    if (flags.message === undefined && flags['message-file'] === undefined)
      throw new UsageError('--messages: needs --message or --message-file');
    if (flags.listen !== undefined) throw new UsageError('--messages and --listen: only one of them can be given');
  }
  const intervalMs = flags.interval ?? WEBSOCKET.intervalMs;
  const listenMs = flags.listen ?? null;
  return {
    // While it is listened, pings go on.
    count: flags.count ?? (listenMs === null ? WEBSOCKET.count : Math.max(1, Math.floor(listenMs / intervalMs))),
    intervalMs,
    message: messageOf(flags),
    ...(flags.messages === undefined ? {} : { messages: flags.messages }),
    listenMs,
    subprotocols: [...new Set(flags.subprotocol ?? [])],
  };
}

/** A file that is UTF-8 goes as text, any other as bytes. */
function messageOf({ message, 'message-file': path }: WebSocketFlags): WebSocketOptions['message'] {
  if (message !== undefined) return { text: message };
  if (path === undefined) return null;
  const bytes = Uint8Array.from(readFileBytes('--message-file', path));
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { bytes };
  }
}
