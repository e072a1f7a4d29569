import { reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { buildQueueRequest, parseQueueingDisciplines } from '../../wire/linux/traffic-control.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext } from '../probe.js';
import type { Reading } from './reading.js';

type Queues = DataOf<'kernel'>['queues'];

/** Interfaces that are looked at: those by which the targets or the default routes are reached. */
const MAXIMUM_INTERFACES = 8;

/** The queueing disciplines that are in force, whatever the default for new interfaces is. */
export async function readQueues(reading: Reading, { targets, host }: MachineCircumstances, context: MeasureContext): Promise<Queues> {
  const { network, signal } = context;
  const dump = await network.local.netlink('route', buildQueueRequest(1), signal);
  if (dump.kind !== 'measured') return reading.without('queueing disciplines in force', reasonOf(dump));
  const disciplines = dump.value.flatMap(parseQueueingDisciplines);
  const ways = (await targets()).flatMap(({ way }) => (way?.loopback === false && way.interface !== null ? [way.interface] : []));
  const names = ways.length > 0 ? ways : host.defaultRoutes.map((route) => route.interface);
  return [...new Set(names)].slice(0, MAXIMUM_INTERFACES).flatMap((name) => {
    const index = host.interfaces.find((link) => link.name === name)?.index ?? null;
    const own = disciplines.filter(({ interfaceIndex }) => interfaceIndex === index);
    const root = own.find((discipline) => discipline.root)?.kind;
    if (root === undefined) {
      reading.without(
        `queueing discipline of ${name}`,
        index === null ? 'the number of the interface is not known' : 'the kernel names none',
      );
      return [];
    }
    const leaves = [...new Set(own.filter((discipline) => !discipline.root).map(({ kind }) => kind))].sort();
    return [{ interface: name, root, leaves, source: 'rtnetlink' }];
  });
}
