import { createSocket } from 'node:dgram';
import { type Attempt, measured, type NotMeasured, unavailable } from '../model/attempt.js';
import { SOCKET_REFUSALS } from '../model/failure-code.js';
import { isLoopback } from '../model/target.js';
import { matchRoute } from '../wire/proc-net.js';
import { errnoMessage, failedBy } from './errno.js';
import { localInterfaces } from './local-interfaces.js';
import { readRoutes } from './machine.js';
import type { Origin, RouteLookup, Routes } from './port.js';

/** Any port will do: connecting a datagram socket sends nothing. RFC 863 discards. */
const DISCARD_PORT = 9;

/**
 * Route lookups by the kernel itself: a datagram socket that is connected, but never written to, learns its source address or the errno
 * of the route (`ENETUNREACH` none, `EHOSTUNREACH` unreachable, `EACCES` prohibit, `EINVAL` blackhole). Policy rules are honoured.
 */
export const kernelRoutes: Routes = {
  async lookup(address, origin) {
    const source = await sourceAddress(address, origin);
    if (source.kind !== 'measured') return source;
    const local = interfaceOf(source.value);
    // Our own address on any interface: the packets turn round inside the kernel.
    if (isLoopback(address) || interfaceOf(address) !== null) {
      return measured<RouteLookup>({ source: source.value, interface: loopbackName(), gateway: null, loopback: true });
    }
    // The table only adds the names of gateway and interface to the decision: where policy rules overrule it, the source tells.
    const route = matchRoute((await readRoutes()) ?? [], address.replace(/%.*$/, ''));
    const agrees = route !== null && (local === null || route.interface === local);
    return measured<RouteLookup>({
      source: source.value,
      interface: local ?? route?.interface ?? null,
      gateway: agrees ? route.gateway : null,
      loopback: false,
    });
  },
};

function sourceAddress(address: string, origin: Origin): Promise<Attempt<string>> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    let done = false;
    const finish = (outcome: Attempt<string>) => {
      if (done) return;
      done = true;
      socket.close();
      resolve(outcome);
    };
    socket.on('error', (error) => finish(refusalOf(error)));
    const connect = () =>
      socket.connect(DISCARD_PORT, address, ((error?: Error) => {
        finish(error === undefined || error === null ? measured(socket.address().address) : refusalOf(error));
      }) as () => void);
    if (origin.source === undefined) connect();
    else socket.bind({ address: origin.source, port: 0 }, connect);
  });
}

/** A route says no in connect(2); what comes from bind(2), of which Node makes the socket, is no word about the route. */
function refusalOf(error: Error): NotMeasured {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'bind' && SOCKET_REFUSALS.has(code ?? '')
    ? unavailable('udp-socket', `no socket to ask for the route with: ${errnoMessage(code ?? '')} (${code})`)
    : failedBy('route', error);
}

/** Name of the interface that has `address`, or `null`. */
function interfaceOf(address: string): string | null {
  for (const [name, entries] of Object.entries(localInterfaces() ?? {})) {
    if (entries?.some((entry) => entry.address === address)) return name;
  }
  return null;
}

/** `lo` on Linux, `lo0` on macOS; `null` where the system lists none. */
function loopbackName(): string | null {
  return Object.entries(localInterfaces() ?? {}).find(([, entries]) => entries?.some((entry) => entry.internal))?.[0] ?? null;
}
