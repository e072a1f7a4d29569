import type { Attempt } from '../../../model/attempt.js';
import type { HelloReply } from '../../../net/port.js';
import { cipherSuites } from '../../../wire/tls/cipher-suites.js';
import { type FlightOptions, readServerFlight, type ServerFlight, type ServerHello } from '../../../wire/tls/server-flight.js';
import { parseSsl2ServerHello } from '../../../wire/tls/ssl2.js';

export type Protocol = 'SSLv2' | 'SSLv3' | 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** Oldest first. */
export const PROTOCOLS: readonly Protocol[] = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

export const VERSION_NUMBERS: Readonly<Record<Protocol, number>> = {
  SSLv2: 0x0002,
  SSLv3: 0x0300,
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
};

/** What one connection is to find out: an offer, by registered numbers in the order of preference. */
export interface Question {
  /** The one version that is offered; below TLS 1.3 a server may answer with a lower one. */
  protocol: Protocol;
  suites: readonly number[];
  groups: readonly number[];
  schemes: readonly number[];
  /** Whether key shares go along, for those of the groups of which there is one; without, the server names the group that it wants. */
  shares: boolean;
  /** Whether it says of itself that it is a second try with a lower version (RFC 7507). */
  fallback: boolean;
  /** Without what old servers stumble over. */
  lean: boolean;
  /** Nothing else may be under way: the last time something came in between. */
  alone: boolean;
  /** Milliseconds in which nothing is asked before it: time for a server that counts connections. Absent: none. */
  restMs?: number;
}

/** `closed`, `silent`, `foreign`, `unreachable`: no word of TLS that would be a yes or a no. */
export type Answer =
  | { kind: 'hello'; hello: ServerHello; flight: ServerFlight }
  | { kind: 'ssl2'; ciphers: readonly number[] }
  | { kind: 'refused'; alert: number }
  | { kind: 'closed' }
  | { kind: 'silent' }
  | { kind: 'foreign' }
  | { kind: 'unreachable' };

/** Room for a chain of a hundred certificates in front of what matters. */
export const LONGEST_FLIGHT_BYTES = 262_144;

const WARNING = 1;

/** How the parameters of a suite are laid out. */
const FLIGHT_OPTIONS: FlightOptions = {
  formOf(cipher) {
    const suite = cipherSuites().get(cipher);
    const { keyExchange = '', authentication = '' } = suite ?? {};
    const ephemeral = keyExchange === 'ECDHE' || (keyExchange === 'ECDH' && authentication === 'anon');
    const finite = keyExchange === 'DHE' || (keyExchange === 'DH' && authentication === 'anon');
    return {
      form: ephemeral ? 'ecdhe' : finite ? 'dhe' : 'other',
      hint: authentication === 'PSK',
      signed: authentication !== 'anon' && authentication !== 'PSK',
    };
  },
};

/** Says when enough of the answer has arrived. Records are looked at when they are whole, so that single bytes cost nothing. */
export function enoughFor(question: Question): (received: Uint8Array) => boolean {
  if (question.protocol === 'SSLv2') {
    return (received) => {
      const hello = parseSsl2ServerHello(received);
      return hello.ok || !hello.refusal.startsWith('incomplete');
    };
  }
  let wholeBytes = 0;
  return (received) => {
    const before = wholeBytes;
    while (wholeBytes + 5 <= received.length) {
      const end = wholeBytes + 5 + (received[wholeBytes + 3] ?? 0) * 256 + (received[wholeBytes + 4] ?? 0);
      if (end > received.length) break;
      wholeBytes = end;
    }
    if (wholeBytes === before && received.length >= 5 && before > 0) return false;
    const flight = readServerFlight(received, FLIGHT_OPTIONS);
    return flight === null || flight.complete;
  };
}

/** What an exchange that ended says to the question. */
export function answerOf(question: Question, outcome: Attempt<HelloReply>): Answer {
  if (outcome.kind !== 'measured') return { kind: 'unreachable' };
  const { received, ended } = outcome.value;
  const none: Answer = ended === 'silent' ? { kind: 'silent' } : ended === 'full' ? { kind: 'foreign' } : { kind: 'closed' };
  if (received.length === 0) return none;
  if (question.protocol === 'SSLv2') {
    const hello = parseSsl2ServerHello(received);
    if (hello.ok) return { kind: 'ssl2', ciphers: hello.value.ciphers };
  }
  const flight = readServerFlight(received, FLIGHT_OPTIONS);
  if (flight === null) return { kind: 'foreign' };
  if (flight.hello !== null) {
    // Cut off in the middle, what is missing is not known to be absent.
    const whole = flight.complete || ended === 'enough';
    return whole ? { kind: 'hello', hello: flight.hello, flight } : none;
  }
  const { alert } = flight;
  if (alert !== null && (alert.level !== WARNING || ended === 'closed' || ended === 'reset'))
    return { kind: 'refused', alert: alert.description };
  return flight.complete ? { kind: 'foreign' } : none;
}
