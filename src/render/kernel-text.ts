import type { DataOf } from '../model/measurement.js';
import { counted } from './quantities.js';

type Kernel = DataOf<'kernel'>;

/** Settings, tables and limits of the kernel: what it is, how it sends, and how full its tables are. Settings are in the checklist. */
export function kernelLines(data: Kernel): string[] {
  return [system(data), sending(data), tables(data), localPorts(data)].filter((line) => line !== '');
}

function joined(...parts: (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

function system({ system: { release, realtime, preemption, tickHz, ownNamespace, readOnly, source } }: Kernel): string {
  if (release === null) return '';
  return joined(
    `${source === '/proc/version' ? 'Linux' : 'release'} ${release}`,
    realtime === true ? 'real-time' : preemption,
    tickHz !== null && `${tickHz} Hz`,
    ownNamespace === true && 'network namespace of its own',
    readOnly === true && 'settings are read-only here',
  );
}

function sending({ congestion, queues, settings, processor }: Kernel): string {
  const control = settings.find(({ name }) => name === 'net.ipv4.tcp_congestion_control')?.value;
  const others = congestion?.available.filter((name) => name !== control) ?? [];
  const also = [...others, ...(congestion?.bbr === 'module' ? ['bbr as a module'] : [])];
  return joined(
    control !== undefined && `${control}${also.length === 0 ? '' : ` (there is also ${also.join(', ')})`}`,
    ...(queues ?? []).map(
      ({ interface: link, root, leaves }) => `${link} ${leaves.length === 0 ? root : `${root} of ${leaves.join(', ')}`}`,
    ),
    processor?.governors.map(({ name, cpus }) => `${name} on ${counted(cpus, 'CPU')}`).join(', '),
  );
}

function tables({ conntrack, tcpMemory, udpMemory, orphans, timeWait, descriptors, neighbors }: Kernel): string {
  return joined(
    conntrack !== null && `${of(conntrack)} connections tracked`,
    tcpMemory !== null && `TCP ${of(tcpMemory)} pages`,
    udpMemory !== null && `UDP ${of(udpMemory)} pages`,
    orphans !== null && `${of(orphans)} orphans`,
    timeWait !== null && `${of(timeWait)} in TIME-WAIT`,
    descriptors !== null && `${of(descriptors)} open files`,
    ...neighbors.map((table) => `${of(table)} IPv${table.family} neighbours`),
  );
}

function localPorts({ localPorts: ports }: Kernel): string {
  if (ports === null) return '';
  const { first, last, usable, tcpUsed, udpUsed, busiest } = ports;
  return joined(
    `local ports ${first}-${last}`,
    tcpUsed !== null && `${of({ used: tcpUsed, limit: usable })} held by TCP`,
    udpUsed !== null && `${udpUsed} by UDP`,
    busiest !== null &&
      `${busiest.used} of them to ${busiest.address.includes(':') ? `[${busiest.address}]` : busiest.address}:${busiest.port}`,
  );
}

function of({ used, limit }: { used: number; limit: number | null }): string {
  return limit === null ? String(used) : `${used} of ${limit}`;
}
