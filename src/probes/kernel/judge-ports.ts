import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { isLoopback } from '../../model/target.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { amount, EXPECTED_ROOM, type Fullness, fullnessOf, worst } from './fullness.js';

type Kernel = MeasurementOf<'kernel'>;
type LocalPorts = NonNullable<Kernel['data']['localPorts']>;
type Destination = NonNullable<LocalPorts['busiest']>;

/**
 * `l4.local-ports@TARGET`: how many local ports the connections to a target leave to the next one, only where that is few;
 * `l4.ephemeral-ports`: the same of whatever destination has most.
 */
export function judgeLocalPorts(measurement: Kernel, { scope, targets }: MachineJudgeContext): Check[] {
  const { localPorts, absent } = measurement.data;
  const line = { kind: 'l4.ephemeral-ports', layer: 4, title: 'local ports', measurement } as const;
  if (localPorts === null || localPorts.tcpUsed === null) {
    const because = absent.find(({ fact }) => /^(range of )?local ports/.test(fact))?.because ?? 'the connections are not shown here';
    return [skippedCheck(line, because)];
  }
  const ofTargets = localPorts.targets.flatMap((destination) => {
    if (!targets.some(({ target }) => target.id === destination.target)) return [];
    const status = fullnessTowards(destination, localPorts);
    if (status === 'pass') return [];
    return [
      check({
        kind: 'l4.local-ports',
        layer: 4,
        title: 'local ports',
        measurement: { id: measurement.id, target: destination.target },
        status,
        code: 'ephemeral-ports-exhausted',
        observed: towards(destination, localPorts),
        expected: EXPECTED_ROOM,
      }),
    ];
  });
  // With targets only theirs count, and what is wrong towards one of them is not said twice.
  if (scope === 'path') return ofTargets;
  return [...ofTargets, judgeAny(line, localPorts, ofTargets.length > 0)];
}

function judgeAny(line: Parameters<typeof skippedCheck>[0], localPorts: LocalPorts, isOfTarget: boolean): Check {
  const { busiest, tcpUsed, udpUsed, usable, targets } = localPorts;
  const isKnown = targets.some(({ address, port }) => address === busiest?.address && port === busiest.port);
  if (isOfTarget && isKnown) return skippedCheck(line, 'judged with the target towards which most are in use');
  const udp = fullnessOf(udpUsed ?? 0, usable);
  const status = worst([busiest === null ? 'pass' : fullnessTowards(busiest, localPorts), udp]);
  const observed = [
    busiest === null ? `${amount(tcpUsed ?? 0, usable)} in use` : towards(busiest, localPorts),
    ...(udp === 'pass' ? [] : [`${amount(udpUsed ?? 0, usable)} by UDP`]),
  ].join(', ');
  return check({ ...line, status, code: status === 'pass' ? null : 'ephemeral-ports-exhausted', observed, expected: EXPECTED_ROOM });
}

/** A port in TIME-WAIT that the kernel uses again (after a second, with timestamps) stands in nobody's way for long. */
function fullnessTowards({ used, timeWait, address }: Destination, { usable, timeWaitReuse }: LocalPorts): Fullness {
  const all = fullnessOf(used, usable);
  const reused = timeWaitReuse === 'always' || (timeWaitReuse === 'loopback' && isLoopback(address));
  if (all === 'pass' || !reused) return all;
  return fullnessOf(used - timeWait, usable) === 'fail' ? 'fail' : 'warn';
}

function towards({ address, port, used, timeWait }: Destination, { usable }: LocalPorts): string {
  const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return `${amount(Math.min(used, usable), usable)} to ${place}${timeWait === 0 ? '' : `, ${timeWait} in TIME-WAIT`}`;
}
