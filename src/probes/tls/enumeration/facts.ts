import type { ServerFlight, ServerHello } from '../../../wire/tls/server-flight.js';
import { downgradeMarkOf } from '../../../wire/tls/server-flight.js';
import { type Answer, PROTOCOLS, type Protocol, type Question, VERSION_NUMBERS } from './question.js';

/** Where one protocol stands. */
export interface ProtocolFacts {
  /** `null`: not known, or not to be settled. */
  supported: boolean | null;
  /** In the order in which they were found. */
  suites: Set<number>;
  decides: 'server' | 'client' | null;
  /** The server's own order; `null` where the client decides, or it was not found out. */
  order: number[] | null;
  /** `null`: not looked for. */
  groups: Set<number> | null;
  schemes: Set<number> | null;
}

/** What is known so far. It grows with the answers; nothing in it is ever taken back. */
export interface Facts {
  protocols: Record<Protocol, ProtocolFacts>;
  ssl2Kinds: readonly number[];
  /** What is being looked for, and not found out yet. */
  open: Set<string>;
  /** What could not be found out, with the reason. */
  unsettled: Set<string>;
  /** What the server would not stand, and how it was gone about. */
  notes: Set<string>;
  /** What the server answered that it must not. */
  violations: Set<string>;
  fallbackSignal: boolean | null;
  compression: boolean | null;
  secureRenegotiation: boolean | null;
  heartbeat: boolean | null;
  extendedMasterSecret: boolean | null;
  encryptThenMac: boolean | null;
  sessionTickets: boolean | null;
  downgradeMark: boolean | null;
  dhBits: number | null;
}

export function emptyFacts(): Facts {
  const none = (): ProtocolFacts => ({ supported: null, suites: new Set(), decides: null, order: null, groups: null, schemes: null });
  return {
    protocols: { SSLv2: none(), SSLv3: none(), TLSv1: none(), 'TLSv1.1': none(), 'TLSv1.2': none(), 'TLSv1.3': none() },
    ssl2Kinds: [],
    open: new Set(),
    unsettled: new Set(),
    notes: new Set(),
    violations: new Set(),
    fallbackSignal: null,
    compression: null,
    secureRenegotiation: null,
    heartbeat: null,
    extendedMasterSecret: null,
    encryptThenMac: null,
    sessionTickets: null,
    downgradeMark: null,
    dhBits: null,
  };
}

/** A server that lies again and again fills no memory. */
const MOST_VIOLATIONS = 12;

/** What a ServerHello says that the question did not allow; `null` where it keeps to it. */
export function violationOf(question: Question, { hello, flight }: { hello: ServerHello; flight: ServerFlight }): string | null {
  const suite = `0x${hello.cipher.toString(16).toUpperCase().padStart(4, '0')}`;
  if (hello.version > VERSION_NUMBERS[question.protocol] || protocolOf(hello.version) === null)
    return `it answers a hello of ${question.protocol} with version 0x${hello.version.toString(16).padStart(4, '0')}`;
  if (!question.suites.includes(hello.cipher)) return `it chooses ${suite}, which was not offered`;
  if (hello.compression > 1 || (hello.compression === 1 && (question.lean || question.protocol === 'TLSv1.3')))
    return `it chooses compression ${hello.compression}, which was not offered`;
  const group = hello.group ?? flight.keyExchange?.group ?? null;
  if (group !== null && question.groups.length > 0 && !question.groups.includes(group))
    return `it chooses group ${group}, which was not offered`;
  return null;
}

export function noteViolation(facts: Facts, violation: string): void {
  if (facts.violations.size < MOST_VIOLATIONS) facts.violations.add(violation);
}

/** SSL 2.0 has messages of its own, and is never the version in these. */
export function protocolOf(version: number): Protocol | null {
  return PROTOCOLS.slice(1).find((protocol) => VERSION_NUMBERS[protocol] === version) ?? null;
}

const ENCRYPT_THEN_MAC = 22;
const EXTENDED_MASTER_SECRET = 23;
const HEARTBEAT = 15;
const SESSION_TICKET = 35;
const RENEGOTIATION_INFO = 0xff01;

/** Takes down what one accepted hello shows beside what it was asked for. */
export function learn(facts: Facts, question: Question, answer: Answer & { kind: 'hello' }, isCbc: (suite: number) => boolean): void {
  const { hello, flight } = answer;
  const protocol = protocolOf(hello.version);
  if (protocol === null) return;
  const known = facts.protocols[protocol];
  known.supported = true;
  known.suites.add(hello.cipher);
  const { dhBits } = flight.keyExchange ?? { dhBits: null };
  if (dhBits !== null) facts.dhBits = Math.min(dhBits, facts.dhBits ?? dhBits);
  if (protocol === 'TLSv1.3') return;
  if (downgradeMarkOf(hello)) facts.downgradeMark = true;
  // Lean hellos ask for none of what follows, and SSL 3.0 has no extensions.
  if (question.lean || question.protocol === 'SSLv3') {
    if (hello.extensions.includes(RENEGOTIATION_INFO)) facts.secureRenegotiation = true;
    return;
  }
  const shown = (type: number, before: boolean | null) => before === true || hello.extensions.includes(type);
  facts.compression = facts.compression === true || hello.compression === 1;
  facts.secureRenegotiation = shown(RENEGOTIATION_INFO, facts.secureRenegotiation);
  facts.heartbeat = shown(HEARTBEAT, facts.heartbeat);
  facts.extendedMasterSecret = shown(EXTENDED_MASTER_SECRET, facts.extendedMasterSecret);
  facts.sessionTickets = shown(SESSION_TICKET, facts.sessionTickets);
  if (isCbc(hello.cipher)) facts.encryptThenMac = shown(ENCRYPT_THEN_MAC, facts.encryptThenMac);
}
