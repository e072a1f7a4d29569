import { constants } from 'node:os';
import { failed, type NotMeasured, type Step } from '../model/attempt.js';

const NAMES = new Map<number, string>(Object.entries(constants.errno).map(([name, number]) => [number, name]));
// Both names share a number on Linux; this is the one that manual pages use for sockets.
NAMES.set(constants.errno.EAGAIN, 'EAGAIN');

/** In words for people: what the errno of a socket call means for the network. */
const MEANINGS: Readonly<Record<string, string>> = {
  EAFNOSUPPORT: 'the system has no addresses of this family',
  EACCES: 'the system does not permit it (a prohibit route, a firewall rule or a missing right)',
  EADDRNOTAVAIL: 'no local address or no free local port to send from',
  EADDRINUSE: 'the local address is in use',
  ECONNABORTED: 'the connection was aborted here',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset by the other side',
  EHOSTDOWN: 'the host is down',
  EHOSTUNREACH: 'no route to the host: it or a router in front of it said so, or its link address was not learned',
  EINVAL: 'the kernel refuses this destination (a blackhole route, or an address of another kind)',
  EMFILE: 'no file descriptor is left for this process',
  ENFILE: 'no file descriptor is left in the system',
  EMSGSIZE: 'the packet is larger than the link takes',
  ENETDOWN: 'the network interface is down',
  ENETUNREACH: 'the network is unreachable: there is no route',
  ENOBUFS: 'the queue of the network interface is full',
  ENODEV: 'there is no such interface',
  ENOPROTOOPT: 'the kernel does not know an option of the socket that is needed for it',
  EPERM: 'not permitted (a local firewall rule drops it, or a sandbox forbids it)',
  EPIPE: 'the connection was closed by the other side',
  ETIMEDOUT: 'no answer: the system gave up',
};

/** `ECONNREFUSED` for 111, on the platform that this runs on. */
export function errnoName(errno: number): string {
  return NAMES.get(Math.abs(errno)) ?? `errno ${Math.abs(errno)}`;
}

export function errnoMessage(code: string): string {
  return MEANINGS[code] ?? code;
}

/** Turns an error of Node's sockets into a failed attempt, with a plain text in place of Node's `connect ECONNREFUSED 1.2.3.4:443`. */
export function failedBy(step: Step, error: unknown): NotMeasured {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN';
  const known = MEANINGS[code];
  return failed(step, code, known ?? (error instanceof Error ? error.message : String(error)));
}
