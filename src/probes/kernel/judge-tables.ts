import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { type CheckParts, check, skippedCheck } from '../check.js';
import { amount, EXPECTED_ROOM, type Fullness, fullnessOf, worst } from './fullness.js';

type Kernel = MeasurementOf<'kernel'>;
type Code = NonNullable<CheckParts['code']>;

/** Tables and limits of the kernel, but for local ports. */
export function judgeTables(measurement: Kernel): Check[] {
  return [
    judgeNeighbors(measurement),
    judgeIpv6Routes(measurement),
    judgeConntrack(measurement),
    judgeSockets(measurement),
    judgeFiles(measurement),
  ];
}

/** `l4.conntrack`: at its limit the kernel drops the first packet of whatever is new, and says so in its log alone. */
function judgeConntrack(measurement: Kernel): Check {
  const line = { kind: 'l4.conntrack', layer: 4, title: 'connection table', measurement } as const;
  const { conntrack } = measurement.data;
  if (conntrack === null) return skippedCheck(line, whyAbsent(measurement, 'connection table'));
  const { used, limit, dropped, earlyDropped } = conntrack;
  const grade = fullnessOf(used, limit);
  // Counted since the start: that some were dropped once is no fault of now.
  const lost = (dropped ?? 0) + (earlyDropped ?? 0);
  const since = lost === 0 ? '' : `, ${lost} dropped since the start`;
  return verdict(line, grade, 'conntrack-full', `${amount(used, limit)} entries${since}`);
}

/** `l2.neighbors`: without room in the table no new neighbour is learned, and packets to it fail with ENOBUFS. */
function judgeNeighbors(measurement: Kernel): Check {
  const line = { kind: 'l2.neighbors', layer: 2, title: 'neighbour table', measurement } as const;
  const { neighbors } = measurement.data;
  if (neighbors.length === 0) return skippedCheck(line, whyAbsent(measurement, 'neighbour table'));
  const grades = neighbors.map(({ used, limit, overflows }): Fullness => {
    const grade = fullnessOf(used, limit);
    // Entries that are set by hand are in the table and not held against the limit: that it overflowed settles it.
    return grade === 'fail' && (overflows === null || overflows === 0) ? 'warn' : grade;
  });
  const observed = neighbors.map(({ family, used, limit, overflows }) => {
    const since = overflows === null || overflows === 0 ? '' : `, overflowed ${overflows} times since the start`;
    return `IPv${family} ${amount(used, limit)}${since}`;
  });
  return verdict(line, worst(grades), 'neighbor-table-full', observed.join(', '));
}

/** `l3.ipv6-routes`: up to kernel 6.2 a full cache makes IPv6 destinations unreachable (ENETUNREACH). */
function judgeIpv6Routes(measurement: Kernel): Check {
  const line = { kind: 'l3.ipv6-routes', layer: 3, title: 'IPv6 route cache', measurement } as const;
  const { ipv6Routes } = measurement.data;
  if (ipv6Routes === null) return skippedCheck(line, whyAbsent(measurement, 'cache of IPv6 routes'));
  const { used, limit } = ipv6Routes;
  return verdict(line, fullnessOf(used, limit), 'route-cache-full', `${amount(used, limit)} entries`);
}

/** `l4.socket-memory`: memory of all sockets, those without a process, and those that wait out their connection. */
function judgeSockets(measurement: Kernel): Check {
  const line = { kind: 'l4.socket-memory', layer: 4, title: 'socket memory', measurement } as const;
  const { tcpMemory, udpMemory, orphans, timeWait } = measurement.data;
  const known = [tcpMemory, udpMemory, orphans, timeWait].filter((entry) => entry !== null);
  if (known.length === 0) return skippedCheck(line, whyAbsent(measurement, 'memory of sockets'));
  const isUnderPressure = tcpMemory !== null && tcpMemory.pressure !== null && tcpMemory.used >= tcpMemory.pressure;
  const grades: Fullness[] = [tcpMemory, udpMemory, orphans].map((entry) =>
    entry === null ? 'pass' : fullnessOf(entry.used, entry.limit),
  );
  // A full list of those in TIME-WAIT is shown alone: clouds set its limit low, and what does not fit costs no more than a late packet.
  if (isUnderPressure) grades.push('warn');
  const pages = [
    tcpMemory && `TCP ${amount(tcpMemory.used, tcpMemory.limit)}`,
    udpMemory && `UDP ${amount(udpMemory.used, udpMemory.limit)}`,
  ];
  const memory = pages.filter((text) => text !== null).join(', ');
  const sockets = [
    orphans && orphans.used > 0 ? `orphans ${amount(orphans.used, orphans.limit)}` : null,
    timeWait && timeWait.used > 0 ? `TIME-WAIT ${amount(timeWait.used, timeWait.limit)}` : null,
  ].filter((text) => text !== null);
  const observed = [memory === '' ? [] : `${memory} pages${isUnderPressure ? ', under pressure' : ''}`, sockets].flat().join(', ');
  return verdict(line, worst(grades), 'socket-memory-pressure', observed);
}

/** `l4.open-files`: each socket is one. Node raises the limit of this process to the hard one, and services have limits of their own. */
function judgeFiles(measurement: Kernel): Check {
  const line = { kind: 'l4.open-files', layer: 4, title: 'open files', measurement } as const;
  const { descriptors, processDescriptors } = measurement.data;
  if (descriptors === null && processDescriptors === null) return skippedCheck(line, whyAbsent(measurement, 'open files'));
  const machine = descriptors === null ? 'pass' : fullnessOf(descriptors.used, descriptors.limit);
  const own = processDescriptors === null ? 'pass' : fullnessOf(processDescriptors.used, processDescriptors.limit);
  const parts = [
    descriptors === null ? [] : `${amount(descriptors.used, descriptors.limit)} of the machine`,
    processDescriptors === null ? [] : `${amount(processDescriptors.used, processDescriptors.limit)} of this process`,
  ].flat();
  return verdict(line, worst([machine, own === 'pass' ? 'pass' : 'warn']), 'file-descriptors-exhausted', parts.join(', '));
}

function verdict(
  line: Pick<CheckParts, 'kind' | 'layer' | 'title' | 'measurement'>,
  status: Fullness,
  code: Code,
  observed: string,
): Check {
  return check({ ...line, status, code: status === 'pass' ? null : code, observed, expected: EXPECTED_ROOM });
}

function whyAbsent({ data }: Kernel, fact: string): string {
  return data.absent.find((entry) => entry.fact.startsWith(fact))?.because ?? 'it is not shown here';
}
