import { createSocket } from 'node:dgram';
import { type Attempt, measured, type NotMeasured, unavailable } from '../../model/attempt.js';
import { SOCKET_REFUSALS } from '../../model/failure-code.js';
import { isLoopback } from '../../model/target.js';
import { matchRoute } from '../../wire/linux/proc-net.js';
import { errnoMessage, failedBy } from '../errno.js';
import type { LocalSystem } from '../local-port.js';
import type { Origin, RouteLookup, Routes } from '../port.js';
import { localInterfaces } from './local-interfaces.js';
import { readRoutes } from './machine.js';
import type { PlatformReading } from './platform-machine.js';
import { readingOfPlatform } from './platform-reading.js';
import { askForWay } from './way.js';

/** Any port will do: connecting a datagram socket sends nothing. RFC 863 discards. */
const DISCARD_PORT = 9;

/** Each question has its own limit of time. */
const UNBOUNDED = new AbortController().signal;

/**
 * Route lookups by the kernel itself: a datagram socket that is connected, but never written to, learns its source address or the errno
 * of the route (`ENETUNREACH` none, `EHOSTUNREACH` unreachable, `EACCES` prohibit, `EINVAL` blackhole). Policy rules are honoured. Which
 * gateway, interface, table and route that was, rtnetlink(7) tells; where it cannot be asked, the main table as a file.
 */
export function createRoutes(local: LocalSystem): Routes {
  return {
    async lookup(address, origin) {
      const source = await sourceAddress(address, origin);
      if (source.kind !== 'measured') return source;
      // Our own address on any interface: the packets turn round inside the kernel.
      const turnsRound = isLoopback(address) || interfaceOf(address) !== null;
      const platform = turnsRound ? null : await readingOfPlatform(local);
      if (platform !== null) return measured(await byPlatform(platform, address, source.value));
      const decision = await askForWay(local, address, { ...origin, source: origin.source ?? null });
      if (decision !== null) {
        const { interface: name, gateway } = decision;
        if (turnsRound || decision.type === 'local')
          // Kernels without further rules keep the local table inside the main one, and name that.
          return measured({ ...decision, table: null, source: source.value, interface: loopbackName(), gateway: null, loopback: true });
        return measured<RouteLookup>({ ...decision, source: decision.source ?? source.value, interface: name, gateway, loopback: false });
      }
      return measured(
        turnsRound
          ? { ...UNTOLD, source: source.value, interface: loopbackName(), gateway: null, loopback: true }
          : await byTable(address, source.value),
      );
    },
  };
}

const UNTOLD = { table: null, type: null, prefix: null, mtuBytes: null } as const;

/** The table only adds the names of gateway and interface to the decision: where policy rules overrule it, the source tells. */
async function byTable(address: string, source: string): Promise<RouteLookup> {
  const local = interfaceOf(source);
  const route = matchRoute((await readRoutes()) ?? [], address.replace(/%.*$/, ''));
  const agrees = route !== null && (local === null || route.interface === local);
  return { ...UNTOLD, source, interface: local ?? route?.interface ?? null, gateway: agrees ? route.gateway : null, loopback: false };
}

/** The source address decides: a socket that is bound to an interface or address takes other ways than the table shows. */
async function byPlatform(platform: PlatformReading, address: string, source: string): Promise<RouteLookup> {
  const name = interfaceOf(source);
  const way = await platform.way(address, name, UNBOUNDED);
  if (way === null || (name !== null && way.interface !== name))
    return { ...UNTOLD, source, interface: name, gateway: null, loopback: false };
  return { ...way, source, loopback: false };
}

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
