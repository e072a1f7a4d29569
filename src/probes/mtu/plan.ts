import type { MtuOptions } from '../../model/probe-options.js';
import { addressFamily, speaksHttp, speaksTls, type Target } from '../../model/target.js';
import type { IpFamily, Origin } from '../../net/port.js';
import type { Speech } from './first-flight.js';

export interface MtuPlan {
  address: string;
  family: IpFamily;
  /** Where TCP connections show which segments get through; `null`: none are made. */
  port: number | null;
  /** How the service there is spoken to; `null`: nothing is said, and the kernel's segment size is all that is learned. */
  speech: Speech | null;
  /** MTU of the interface through which the packets leave; `null` where it is not known, and the search starts from an Ethernet's. */
  localMtuBytes: number | null;
  /** Whether the target is known to be on a link of this machine, with no router between. */
  onLink: boolean;
  method: 'auto' | 'icmp' | 'udp' | 'system';
  /** `always`, or only where packets left a doubt. */
  segments: 'always' | 'in-doubt';
  /** How long a packet of a round may stay unanswered, before any round trip is known. */
  timeoutMs: number;
  /** A search by datagrams ends after so long with what it has; absent: it takes as long as the answers of the target do. */
  searchMs?: number;
  origin: Origin;
}

export function planMtu(
  target: Target,
  address: string,
  way: { localMtuBytes: number | null; onLink: boolean },
  options: MtuOptions,
  origin: Origin,
): MtuPlan {
  return {
    address,
    family: addressFamily(address) === 6 ? 6 : 4,
    port: target.port,
    speech: speechFor(target),
    ...way,
    method: options.method ?? 'auto',
    segments: options.segments ?? 'in-doubt',
    timeoutMs: options.timeoutMs,
    ...(options.searchMs === undefined ? {} : { searchMs: options.searchMs }),
    origin,
  };
}

/** How the service of a target is spoken to; `null` where it is not known to speak TLS or HTTP. */
export function speechFor(target: Target): Speech | null {
  const literal = addressFamily(target.host);
  if (speaksTls(target)) return { protocol: 'tls', servername: literal === null ? target.host : null, http: speaksHttp(target) };
  if (!speaksHttp(target)) return null;
  const host = literal === 6 ? `[${target.host}]` : target.host;
  return { protocol: 'http', host: target.port === 80 ? host : `${host}:${target.port}` };
}
