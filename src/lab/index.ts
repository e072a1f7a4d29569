import { parseTarget, type Target } from '../model/target.js';
import { makeCertificates } from './certificate.js';
import { holdClosedPort } from './closed-port.js';
import { startDnsServer } from './dns-server.js';
import { startHttpServer } from './http-server.js';
import { startHttpsServer } from './https-server.js';
import { type Listener, LOOPBACK } from './loopback-listener.js';
import { startOpenPort } from './open-port.js';
import { startSilentPort } from './silent-port.js';
import { DOWNLOAD_PATH, UPLOAD_PATH } from './volume.js';
import { startWebSocketServer } from './websocket-server.js';
import { ZONE } from './zone.js';

export { ZONE } from './zone.js';

/** Targets on loopback that the program itself serves: they are there without a network and without special rights. */
export interface Lab {
  /** HTTPS, HTTP, WebSocket and a plain TCP port that are all in order. */
  readonly targets: readonly Target[];
  /** What gives bodies of any size, and the path of the same server that takes them. */
  readonly downloads: readonly Target[];
  readonly uploadPath: string;
  /** The trust anchor of the HTTPS certificate, PEM. It exists in memory only, and so long as the lab does. */
  readonly ca: readonly string[];
  /** The resolver of the lab, which alone knows the names of its targets. */
  readonly servers: readonly { address: string; port: number }[];
  /** TCP ports on {@link LAB_ADDRESS}: one that greets, one that refuses, one that accepts and never speaks. */
  readonly ports: { readonly open: number; readonly closed: number; readonly silent: number };
  /** What listens where, for people. */
  describe(): LabService[];
  /** Ends every service and connection; afterwards nothing of the lab keeps the process alive. May be called again. */
  close(): Promise<void>;
}

export interface LabService {
  /** For example `HTTPS`. */
  service: string;
  /** IP address and port. */
  address: string;
  /** The URL or name under which it is asked, and what it does. */
  note: string;
}

export interface LabOptions {
  /** Aborts the start: what had started is closed, and the reason of the abort is thrown. */
  signal?: AbortSignal;
}

/** Address of everything in the lab. */
export const LAB_ADDRESS = LOOPBACK;

/** The lab could not start. The message is for people; `code` is the errno name behind it. */
export class LabUnavailableError extends Error {
  override readonly name = 'LabUnavailableError';

  constructor(
    readonly code: string,
    cause: unknown,
  ) {
    super(`the lab cannot start on ${LOOPBACK}: ${MEANINGS[code] ?? code}`, { cause });
  }
}

const LOOPBACK_DOWN = 'the loopback interface is down or has no address (as root: ip link set lo up)';

const MEANINGS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'no port is free',
  EADDRNOTAVAIL: LOOPBACK_DOWN,
  EHOSTUNREACH: LOOPBACK_DOWN,
  EMFILE: 'this process may open no more descriptors (ulimit -n)',
  ENETDOWN: LOOPBACK_DOWN,
  ENETUNREACH: LOOPBACK_DOWN,
  ENFILE: 'the system has no more descriptors',
  EACCES: 'the system does not permit it',
  EPERM: 'the system does not permit it (a local firewall or a sandbox)',
  ETIMEDOUT: 'connections over loopback get no answer (a local firewall drops them)',
};

/**
 * Starts every service of the lab on 127.0.0.1, on ports that the kernel chooses.
 *
 * @throws LabUnavailableError where loopback cannot be used; nothing then stays open.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const started: Listener[] = [];
  const start = async (starting: Promise<Listener>): Promise<number> => {
    const listener = await starting;
    started.push(listener);
    options.signal?.throwIfAborted();
    return listener.port;
  };
  try {
    options.signal?.throwIfAborted();
    // First, since it makes a connection: where loopback is down, listening still works and only connecting says so.
    const closed = await start(holdClosedPort());
    const dns = await start(startDnsServer());
    const open = await start(startOpenPort());
    const silent = await start(startSilentPort());
    const http = await start(startHttpServer());
    const webSocket = await start(startWebSocketServer());
    const certificates = await makeCertificates([`app.${ZONE}`, 'localhost'], [LOOPBACK]);
    options.signal?.throwIfAborted();
    const https = await start(startHttpsServer(certificates));
    return assemble({ closed, dns, open, silent, http, webSocket, https }, certificates.ca, started);
  } catch (error) {
    await closeAll(started);
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
    throw code === null ? error : new LabUnavailableError(code, error);
  }
}

type Ports = Record<'closed' | 'dns' | 'open' | 'silent' | 'http' | 'webSocket' | 'https', number>;

function assemble(ports: Ports, ca: string, started: readonly Listener[]): Lab {
  const urls = {
    https: `https://app.${ZONE}:${ports.https}`,
    http: `http://www.${ZONE}:${ports.http}`,
    webSocket: `ws://echo.${ZONE}:${ports.webSocket}`,
  };
  return {
    targets: [urls.https, urls.http, urls.webSocket, `${LOOPBACK}:${ports.open}`].map(target),
    downloads: [target(`${urls.http}${DOWNLOAD_PATH}`)],
    uploadPath: UPLOAD_PATH,
    ca: [ca],
    servers: [{ address: LOOPBACK, port: ports.dns }],
    ports: { open: ports.open, closed: ports.closed, silent: ports.silent },
    describe: () => [
      { service: 'DNS', address: `${LOOPBACK}:${ports.dns}`, note: `zone ${ZONE}, UDP and TCP` },
      { service: 'HTTPS', address: `${LOOPBACK}:${ports.https}`, note: urls.https },
      { service: 'HTTP', address: `${LOOPBACK}:${ports.http}`, note: urls.http },
      { service: 'WebSocket', address: `${LOOPBACK}:${ports.webSocket}`, note: `${urls.webSocket} (echo)` },
      { service: 'open port', address: `${LOOPBACK}:${ports.open}`, note: 'accepts and greets' },
      { service: 'closed port', address: `${LOOPBACK}:${ports.closed}`, note: 'refuses connections' },
      { service: 'silent port', address: `${LOOPBACK}:${ports.silent}`, note: 'accepts and never speaks' },
    ],
    close: () => closeAll(started),
  };
}

async function closeAll(listeners: readonly Listener[]): Promise<void> {
  await Promise.all(listeners.map((listener) => listener.close()));
}

function target(text: string): Target {
  const outcome = parseTarget(text);
  if (!outcome.ok) throw new Error(`the lab has a target that cannot be read: ${outcome.reason}`);
  return outcome.target;
}
