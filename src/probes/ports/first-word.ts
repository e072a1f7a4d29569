import type { DataOf } from '../../model/measurement.js';
import type { FirstBytes, ScanSession } from '../../net/port.js';
import { printable } from './greeting.js';
import type { FirstWordPlan } from './plan.js';

export type FirstWord = NonNullable<DataOf<'ports'>['firstWord']>;

/** Two connections at once: what treats every second one otherwise, such as a balancer with a sick server behind it, shows. */
const CONNECTIONS = 2;
/** Where nothing is known to be due: how long a reset may take to come, besides two round trips. */
const UNKNOWN_WAIT_MS = 400;

/** A question that HTTP servers answer and that asks for nothing of theirs. */
const HEAD = new TextEncoder().encode('HEAD / HTTP/1.0\r\n\r\n');

interface Expectation {
  name: string;
  /** `null`: the server speaks first. */
  request: Uint8Array | null;
  /** What the first bytes look like. */
  like: RegExp;
  /** Servers that make clients wait for their greeting on purpose, since those that send spam do not. */
  unhurried?: true;
}

const SSH: Expectation = { name: 'SSH', request: null, like: /^SSH-/m };
const FTP: Expectation = { name: 'FTP', request: null, like: /^[1-5]\d\d[ -]/ };
const SMTP: Expectation = { name: 'SMTP', request: null, like: /^(220|421|[45]\d\d)[ -]/, unhurried: true };
const HTTP: Expectation = { name: 'HTTP', request: HEAD, like: /^HTTP\/\d/ };

/** By port: what speaks there by IANA's registry, and says so in its first bytes. */
const EXPECTATIONS: Readonly<Record<number, Expectation>> = {
  21: FTP,
  22: SSH,
  25: SMTP,
  80: HTTP,
  110: { name: 'POP3', request: null, like: /^(\+OK|-ERR)/ },
  143: { name: 'IMAP', request: null, like: /^\* (OK|PREAUTH|BYE)/ },
  587: SMTP,
  // Behind length and number of the packet version 9 or 10 of the handshake, or an error (255); it looks its client's name up first.
  3306: { name: 'MySQL', request: null, like: /^.{4}[\t\n\xff]/s, unhurried: true },
  5900: { name: 'RFB', request: null, like: /^RFB \d/ },
};

export function expectationAt(port: number): Expectation | null {
  return EXPECTATIONS[port] ?? null;
}

/** Listens to what the service at the port says first, on {@link CONNECTIONS} connections; `null` where an interrupt ended it. */
export async function firstWord(
  session: ScanSession,
  { port, timeoutMs }: FirstWordPlan,
  latencyMs: number | null,
  signal: AbortSignal,
): Promise<FirstWord | null> {
  const expected = expectationAt(port);
  const waitMs = expected === null ? UNKNOWN_WAIT_MS + 2 * (latencyMs ?? 0) : timeoutMs;
  const heard = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => session.firstBytes(port, expected?.request ?? null, Math.min(waitMs, timeoutMs))),
  );
  if (signal.aborted) return null;
  const ends = heard.map(endOf);
  const count = (end: ReturnType<typeof endOf>) => ends.filter((other) => other === end).length;
  const spoken = heard.find((one) => one !== null && one.bytes.length > 0)?.bytes ?? null;
  const text = spoken === null ? null : new TextDecoder('latin1').decode(spoken);
  return {
    port,
    expected: expected?.name ?? null,
    unhurried: expected?.unhurried === true,
    waitMs,
    connections: CONNECTIONS,
    spoke: count('spoke'),
    closed: count('closed'),
    reset: count('reset'),
    silent: count('silent'),
    unconnected: count('unconnected'),
    line: spoken === null ? null : printable(spoken),
    asExpected: text === null || expected === null ? null : expected.like.test(text),
  };
}

function endOf(heard: FirstBytes | null): 'spoke' | 'closed' | 'reset' | 'silent' | 'unconnected' {
  if (heard === null) return 'unconnected';
  if (heard.bytes.length > 0) return 'spoke';
  if (heard.reset === true) return 'reset';
  return heard.ended ? 'closed' : 'silent';
}
