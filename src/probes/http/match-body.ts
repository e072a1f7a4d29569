import { runInNewContext } from 'node:vm';
import type { JSONPathEnvironment } from 'json-p3';

/** A pattern that takes longer goes back and forth without end on this text; the process stands still meanwhile, so it is short. */
const PATTERN_MS = 200;
const MOST_TRIES = 5;
/** A query with several ".." finds the same again and again in a document made for it, and fills the memory with it. */
const QUERY_MS = 500;

export type PatternOutcome = 'matched' | 'not-matched' | 'too-slow';

/** Whether something in the text matches. The time is bounded: patterns exist that would take years on a text made for them. */
export function matchPattern(pattern: string, flags: string, text: string): PatternOutcome {
  for (let tries = 1; ; tries++) {
    const before = process.cpuUsage();
    try {
      // Strings alone go in and a boolean comes out; no code of others runs there.
      const matched: unknown = runInNewContext('new RegExp(pattern, flags).test(text)', { pattern, flags, text }, { timeout: PATTERN_MS });
      return matched === true ? 'matched' : 'not-matched';
    } catch (error) {
      if (!isTimeOut(error)) return 'not-matched';
      // The limit is of the clock on the wall: on a busy machine it can pass without the pattern having had its turn.
      const { user, system } = process.cpuUsage(before);
      const hadItsTurn = (user + system) / 1000 >= PATTERN_MS / 2;
      if (hadItsTurn || tries >= MOST_TRIES) return 'too-slow';
    }
  }
}

/** It can be an error of the other context, so its class says nothing. */
function isTimeOut(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

export interface JsonOutcome {
  met: boolean;
  /** What is there: up to eight values, of any length. */
  observed: string;
}

/**
 * Whether a JSONPath query (RFC 9535) finds something in a text, and with `value` whether one of what it finds is that: as JSON, or as the
 * text of a string.
 */
export async function matchJson(path: string, value: string | null, text: string): Promise<JsonOutcome> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { met: false, observed: 'the body is no JSON' };
  }
  const environment = await jsonPathEnvironment();
  let found: unknown[];
  try {
    const query = () => environment.query(path, document as Parameters<JSONPathEnvironment['query']>[1]).values();
    // The limit of time is on whatever the script calls.
    found = runInNewContext('query()', { query }, { timeout: QUERY_MS }) as unknown[];
  } catch (error) {
    if (isTimeOut(error)) return { met: false, observed: 'the query takes too long on this body' };
    // Too deep: the library has a limit of its own.
    return { met: false, observed: 'the body is nested too deeply' };
  }
  if (found.length === 0) return { met: false, observed: 'nothing there' };
  const written = found
    .slice(0, 8)
    .map((item) => JSON.stringify(item) ?? '')
    .join(', ');
  return { met: value === null || found.some((item) => isValue(item, value)), observed: written };
}

function isValue(item: unknown, value: string): boolean {
  if (item === value) return true;
  try {
    return (item === null || typeof item !== 'object') && JSON.stringify(item) === JSON.stringify(JSON.parse(value));
  } catch {
    return false;
  }
}

/**
 * RFC 9535 without its functions `match` and `search`: their patterns would run on the text of others without a limit of time.
 */
export async function jsonPathEnvironment(): Promise<JSONPathEnvironment> {
  const { JSONPathEnvironment: Environment } = await import('json-p3');
  const environment = new Environment();
  environment.functionRegister.delete('match');
  environment.functionRegister.delete('search');
  return environment;
}
