import {
  ADDRESS_TYPES,
  CONNECTION_STATES,
  CONNECTION_STATUS,
  type PacketField,
  PROTOCOLS,
  STATUS_SHIFT,
} from '../../model/packet-filter.js';
import { addressNumber } from '../../wire/firewall/packet-values.js';

/** A packet in thought. `null`: not known, or it has none. */
export interface PacketFacts {
  family: 4 | 6;
  protocol: keyof typeof PROTOCOLS;
  source: string;
  destination: string;
  sourcePort?: number | null;
  destinationPort?: number | null;
  icmp?: { type: number; code: number };
  input?: string | null;
  output?: string | null;
  /** Of its connection; `new` is its first packet. Neighbour discovery is `untracked`. */
  state: 'new' | 'established' | 'related' | 'untracked';
  /** Who sends it, where it is sent here. */
  user?: number | null;
  group?: number | null;
  /** Where the destination lies, as the routes of this machine have it; `null`: not known. */
  destinationType: 'local' | 'unicast' | null;
}

/** The mark of a packet, as far as it is known. */
export interface Mark {
  value: bigint;
  /** Bits that are not known. */
  unknown: bigint;
}

/** Values of the fields while a packet is on its way; translations and marks change them. */
export class PacketState {
  readonly #values = new Map<PacketField, bigint | string | null>();
  #tracked: 'not-yet' | 'yes' | 'no' | 'maybe' = 'not-yet';
  readonly #state: bigint;
  readonly #status: bigint;
  readonly facts: PacketFacts;
  mark: Mark = { value: 0n, unknown: 0n };

  constructor(facts: PacketFacts, translated = false) {
    this.facts = facts;
    const answer = facts.state === 'established';
    this.#state = CONNECTION_STATES[facts.state];
    this.#status =
      (translated ? CONNECTION_STATUS.dnat : 0n) | (answer ? CONNECTION_STATUS['seen-reply'] | CONNECTION_STATUS.confirmed : 0n);
    const set = (field: PacketField, value: bigint | string | null) => this.#values.set(field, value);
    const port = (value: number | null | undefined) => (value == null ? null : BigInt(value));
    set('family', BigInt(facts.family));
    set('protocol', PROTOCOLS[facts.protocol]);
    set('source-address', addressNumber(facts.source));
    set('destination-address', addressNumber(facts.destination));
    set('source-port', port(facts.sourcePort));
    set('destination-port', port(facts.destinationPort));
    set('icmp-type', port(facts.icmp?.type));
    set('icmp-code', port(facts.icmp?.code));
    // SYN for the first packet, SYN and ACK for its answer.
    set('tcp-flags', facts.protocol === 'tcp' ? (answer ? 18n : 2n) : null);
    set('user', port(facts.user));
    set('group', port(facts.group));
    set('source-type', facts.input == null ? ADDRESS_TYPES.local : ADDRESS_TYPES.unicast);
    set('destination-type', facts.destinationType === null ? null : ADDRESS_TYPES[facts.destinationType]);
    set('packet-type', 0n);
    set('input-interface', facts.input ?? null);
    set('output-interface', facts.output ?? null);
  }

  /** Connections are looked up between the tables raw and mangle (`NF_IP_PRI_CONNTRACK`). */
  passPriority(priority: number): void {
    if (priority >= -200 && this.#tracked === 'not-yet') this.#tracked = 'yes';
  }

  /** By which interface it leaves from here on; `null`: not known. */
  leaveBy(output: string | null): void {
    this.#values.set('output-interface', output);
  }

  untrack(surely: boolean): void {
    if (this.#tracked !== 'no') this.#tracked = surely ? 'no' : 'maybe';
  }

  /** A number, the name of an interface, or `null` where it is not known. */
  value(field: PacketField): bigint | string | null {
    switch (field) {
      case 'connection-state':
        return this.#connectionState();
      case 'connection-status':
        return this.#tracked === 'maybe' ? null : this.#tracked === 'yes' ? this.#status : 0n;
      case 'connection': {
        const [state, status] = [this.value('connection-state'), this.value('connection-status')];
        return typeof state === 'bigint' && typeof status === 'bigint' ? state | (status << STATUS_SHIFT) : null;
      }
      case 'mark':
        return this.mark.unknown === 0n ? this.mark.value : null;
      default:
        return this.#values.get(field) ?? null;
    }
  }

  /** The bits of a field under a mask, or `null` where one of them is not known. */
  bits(field: PacketField, mask: bigint): bigint | null {
    if (field === 'mark') return (this.mark.unknown & mask) === 0n ? this.mark.value & mask : null;
    const value = this.value(field);
    return typeof value === 'bigint' ? value & mask : null;
  }

  #connectionState(): bigint | null {
    switch (this.#tracked) {
      case 'maybe':
        return null;
      // Ahead of the lookup there is no connection yet, which reads as invalid.
      case 'not-yet':
        return CONNECTION_STATES.invalid;
      case 'no':
        return CONNECTION_STATES.untracked;
      case 'yes':
        return this.#state;
    }
  }

  /** Whether the packet has such a field at all: an ICMP message has no ports, whatever is asked of them. */
  has(field: PacketField): boolean {
    const { protocol } = this.facts;
    if (field === 'source-port' || field === 'destination-port') return protocol === 'tcp' || protocol === 'udp';
    if (field === 'icmp-type' || field === 'icmp-code') return protocol === 'icmp' || protocol === 'icmpv6';
    if (field === 'tcp-flags') return protocol === 'tcp';
    // Before the routes are asked, and for what is sent here, there is none: nothing fits.
    if (field === 'input-interface') return this.facts.input !== undefined;
    if (field === 'output-interface') return this.facts.output !== undefined;
    if (field === 'user' || field === 'group') return this.facts.user !== undefined;
    return true;
  }
}
