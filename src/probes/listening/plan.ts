import type { DataOf } from '../../model/measurement.js';
import type { ListeningOptions } from '../../model/probe-options.js';

type Listener = DataOf<'listening'>['listeners'][number];

/** The listeners that were asked for, and those on ports where something is expected: nothing can be said of these without them. */
export function selectListeners(listeners: readonly Listener[], { asked, expected }: ListeningOptions): Listener[] {
  if (asked === null) return [...listeners];
  return listeners.filter(({ port }) => isAsked(port, asked) || expected?.some((entry) => entry.port === port) === true);
}

/** Whether a port is among those asked for; without a list every port is. */
export function isAsked(port: number, asked: ListeningOptions['asked']): boolean {
  return asked === null || asked.some(({ first, last }) => first <= port && port <= last);
}
