import type { Attempt } from '../../model/attempt.js';
import type { Observation } from '../probe.js';

export function kernelNotTried(attempt: Attempt<null>): Observation<'kernel'> {
  return {
    attempt,
    method: null,
    data: {
      system: { release: null, realtime: null, preemption: null, tickHz: null, ownNamespace: null, readOnly: null, source: null },
      settings: [],
      congestion: null,
      fairQueue: null,
      queues: null,
      processor: null,
      conntrack: null,
      localPorts: null,
      tcpMemory: null,
      udpMemory: null,
      orphans: null,
      timeWait: null,
      descriptors: null,
      processDescriptors: null,
      neighbors: [],
      ipv6Routes: null,
      absent: [],
    },
  };
}
