import type { DnsProbeOptions } from '../../model/probe-options.js';
import type { DnsQuestion } from '../../net/port.js';
import type { DnsServer } from '../../wire/dns-server.js';

/** One question to one server. */
export interface DnsPlan extends DnsQuestion {
  /** `resolver`: is it the server that is looked at; `question`: what it says about the name. */
  role: 'resolver' | 'question';
}

/** Each type of each name at each server, in the order given. `servers` are the system's own where the request names none. */
export function planQuestions(options: DnsProbeOptions, servers: readonly DnsServer[]): DnsPlan[] {
  const { transport, timeoutMs, attempts } = options;
  return options.names.flatMap((name) =>
    options.types.flatMap((type) =>
      servers.map(
        ({ address, port }): DnsPlan => ({ server: address, port, transport, name, type, timeoutMs, attempts, role: 'question' }),
      ),
    ),
  );
}

/**
 * Whether a resolver answers at all. It is asked for a name that is looked up anyway: a resolver of a closed network need not know any
 * other, and none learns more than it would have.
 */
export function planResolver({ address, port }: DnsServer, name: string, options: { timeoutMs: number; attempts: number }): DnsPlan {
  const { timeoutMs, attempts } = options;
  return { server: address, port, transport: 'udp', name, type: 'A', timeoutMs, attempts, role: 'resolver' };
}
