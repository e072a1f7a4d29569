import { addressOfProcNet } from './proc-net-sockets.js';

/**
 * Counts the local ports that connections hold, from the tables /proc/net/tcp, tcp6, udp and udp6. It takes the text in pieces, keeps
 * numbers alone, and never throws.
 */

/** Connections from one local address to one destination. */
export interface DestinationPorts {
  from: string;
  address: string;
  port: number;
  /** Each connection between the same two addresses and the same far port has a local port of its own. */
  used: number;
  timeWait: number;
}

export interface ConnectionCount {
  /** Different local ports. */
  ports: number;
  timeWait: number;
  destinations: DestinationPorts[];
  /** There were more destinations than are kept; those that came first are counted on. */
  more: boolean;
}

/** Beyond so many, connections to further destinations are left out. */
export const MAXIMUM_DESTINATIONS = 20_000;
const LINE = /^ *\d{1,10}: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{2}) /gm;
const TIME_WAIT = '06';
const LISTEN = '0A';
/** What a piece may leave behind at most: lines have about 150 characters. */
const MAXIMUM_REST = 1024;

/**
 * @param isInRange the local ports that are counted
 * @param littleEndian byte order of the machine
 */
export function createConnectionReader(isInRange: (port: number) => boolean, littleEndian: boolean) {
  const ports = new Set<number>();
  /** Those that wait for connections stand before all connections of their table. */
  const listening = new Set<number>();
  const byDestination = new Map<string, { used: number; timeWait: number }>();
  let timeWait = 0;
  let more = false;
  let rest = '';
  return {
    /** The next piece of a table. */
    push(text: string): void {
      const all = rest + text;
      const end = all.lastIndexOf('\n') + 1;
      rest = all.slice(Math.max(end, all.length - MAXIMUM_REST));
      for (const [, local = '', localPort = '', remote = '', remotePort = '', state = ''] of all.slice(0, end).matchAll(LINE)) {
        if (state === TIME_WAIT) timeWait++;
        const port = Number.parseInt(localPort, 16);
        if (state === LISTEN) listening.add(port);
        if (state === LISTEN || !isInRange(port)) continue;
        ports.add(port);
        // Who came in to a service within the range took none of its ports.
        if (remotePort === '0000' || listening.has(port)) continue;
        const key = `${local} ${remote} ${remotePort}`;
        const known = byDestination.get(key);
        if (known !== undefined) {
          known.used++;
          if (state === TIME_WAIT) known.timeWait++;
        } else if (byDestination.size < MAXIMUM_DESTINATIONS) byDestination.set(key, { used: 1, timeWait: state === TIME_WAIT ? 1 : 0 });
        else more = true;
      }
    },
    /** What was counted, the busiest destination first. IPv4 addresses in the tables of IPv6 are those of IPv4. */
    count(): ConnectionCount {
      const merged = new Map<string, DestinationPorts>();
      for (const [key, { used, timeWait: waiting }] of byDestination) {
        const [local = '', remote = '', port = ''] = key.split(' ');
        const [from, address] = [plainAddress(local, littleEndian), plainAddress(remote, littleEndian)];
        const name = `${from} ${address} ${port}`;
        const known = merged.get(name);
        if (known === undefined) merged.set(name, { from, address, port: Number.parseInt(port, 16), used, timeWait: waiting });
        else {
          known.used += used;
          known.timeWait += waiting;
        }
      }
      return { ports: ports.size, timeWait, destinations: [...merged.values()].sort((a, b) => b.used - a.used), more };
    },
  };
}

function plainAddress(digits: string, littleEndian: boolean): string {
  return addressOfProcNet(digits, littleEndian).replace(/^::ffff:(?=\d+\.)/, '');
}
