import { reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { Network, Origin } from '../../net/port.js';
import { parseProcDevCounters } from '../../wire/linux/link-statistics.js';

/** What the system counts of the interface that the packets go by, apart from what this program counts. */
export interface InterfaceCounter {
  name: string;
  speedMbit: number | null;
  source: string;
  /** What it received and sent by now; `null` where it does not tell. */
  read(): Promise<{ receivedBytes: number | null; sentBytes: number | null }>;
}

const DEVICES = '/proc/net/dev';

/** `null` where there is none to read: then `absent` says why. */
export async function interfaceCounter(
  { local, routes }: Network,
  address: string,
  origin: Origin,
  absent: DataOf<'bandwidth'>['absent'],
): Promise<InterfaceCounter | null> {
  const none = (because: string): null => {
    absent.push({ fact: 'what crossed the interface', because });
    return null;
  };
  if (local.platform !== 'linux') return none(`the counters of ${local.platform} are not read while a line is loaded`);
  const way = await routes.lookup(address, origin);
  if (way.kind !== 'measured') return none(reasonOf(way));
  const name = way.value.interface;
  if (way.value.loopback) return none('it is loopback, which carries both directions as one');
  if (name === null) return none('it is not told which one it is');
  const speed = await local.file(`/sys/class/net/${name}/speed`);
  const mbit = speed.kind === 'measured' && /^\d{1,7}\s*$/.test(speed.value) ? Number(speed.value) : 0;
  if (mbit === 0) absent.push({ fact: `speed of ${name}`, because: 'the system tells none for this interface' });
  return {
    name,
    speedMbit: mbit === 0 ? null : mbit,
    source: DEVICES,
    async read() {
      const text = await local.file(DEVICES);
      const links = text.kind === 'measured' ? parseProcDevCounters(text.value) : null;
      const found = links?.ok === true ? links.value.find((link) => link.interface === name) : undefined;
      return { receivedBytes: found?.counters.rxBytes ?? null, sentBytes: found?.counters.txBytes ?? null };
    },
  };
}
