import type { Attempt } from '../../model/attempt.js';
import type { DnsMessage } from '../../wire/dns/dns.js';
import type { WaitLimits } from '../bounded-wait.js';
import type { DnsObservation } from '../port.js';
import type { DnsFields } from './observation.js';

/** The connection ended in the middle of an answer, or before it. */
export const CLOSED_EARLY = 'truncated';

export interface DnsReply {
  message: DnsMessage;
  bytes: number;
}

/** A connection that carries questions to a name server, several at once. */
export interface DnsConnection {
  /** What it took to make. */
  readonly setUp: NonNullable<DnsObservation['connection']>;
  /** Whether another question may go over it. */
  readonly open: boolean;
  /** Asks over it. `path` is of HTTPS alone. */
  ask(fields: DnsFields, limits: WaitLimits, path?: string): Promise<Attempt<DnsReply>>;
  /** Ends it at once; questions under way are `skipped`. */
  close(): void;
}
