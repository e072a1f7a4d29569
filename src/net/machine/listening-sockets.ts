import { exposureOf } from '../../wire/exposure.js';
import type { Machine } from '../port.js';

export type Listeners = Extract<Awaited<ReturnType<Machine['listeners']>>, { kind: 'measured' }>['value'];

/** A socket that listens, as the tables of a system show it. */
export interface ListedSocket {
  protocol: 'tcp' | 'udp';
  address: string;
  port: number;
  pid: number | null;
  process: string | null;
}

/** One line for each process and address, however many sockets it has there (`SO_REUSEPORT`); by port, protocol, address. */
export function listenersOf(sockets: readonly ListedSocket[]): Listeners {
  const byKey = new Map(sockets.map((entry) => [`${entry.protocol} ${entry.address} ${entry.port} ${entry.pid}`, entry]));
  return [...byKey.values()]
    .map(({ port, protocol, address, process, pid }) => {
      const exposure = exposureOf(address.replace(/%.*$/, ''));
      return { port, protocol, address, process, pid, exposure, service: null };
    })
    .sort(
      (a, b) =>
        a.port - b.port || a.protocol.localeCompare(b.protocol) || a.address.localeCompare(b.address) || (a.pid ?? 0) - (b.pid ?? 0),
    );
}
