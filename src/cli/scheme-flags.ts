import { speaksWebSocket, type Target } from '../model/target.js';
import { UsageError } from './usage-error.js';

/** What is asked of an answer, or sent for one, and has no meaning where a connection is upgraded. */
const OF_HTTP = [
  'request',
  'body',
  'http2',
  'max-redirects',
  'keep-alive',
  'expect-status',
  'expect-body',
  'expect-json',
  'require-header',
  'forbid-header',
  'security-headers',
  'burst',
] as const;
const OF_WEBSOCKET = ['message', 'message-file', 'messages', 'listen', 'subprotocol'] as const;

/**
 * Refuses a flag that no target of the command line could answer: a check that was asked for and is not made would look like one that
 * passed. Without any target there is nothing to say: those of the lab are of both kinds.
 *
 * @throws UsageError
 */
export function requireScheme(flags: Readonly<Record<string, unknown>>, targets: readonly Target[]): void {
  if (targets.length === 0) return;
  const refuse = (names: readonly string[], schemes: string) => {
    const lost = names.find((name) => flags[name] !== undefined && flags[name] !== false);
    if (lost !== undefined) throw new UsageError(`--${lost}: belongs to ${schemes} targets, and none is named`);
  };
  if (targets.every(speaksWebSocket)) refuse(OF_HTTP, 'http: and https:');
  if (!targets.some(speaksWebSocket)) refuse(OF_WEBSOCKET, 'ws: and wss:');
}
