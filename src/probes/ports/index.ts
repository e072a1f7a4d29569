import type { Probe } from '../probe.js';
import { judgePorts } from './judge.js';
import { measurePorts, portsNotTried } from './measure.js';
import type { PortsPlan } from './plan.js';

/** Which TCP ports accept, refuse, stay silent or are rejected on the way: by whole connects, which any user may make. */
export const portsProbe: Probe<'ports', PortsPlan> = { name: 'ports', measure: measurePorts, notTried: portsNotTried, judge: judgePorts };
