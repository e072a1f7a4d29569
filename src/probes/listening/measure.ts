import { type Attempt, measured, skipped } from '../../model/attempt.js';
import type { ListeningOptions } from '../../model/probe-options.js';
import { serviceName } from '../ports/services.js';
import type { MeasureContext, Observation } from '../probe.js';
import { selectListeners } from './plan.js';

/** Reads the socket tables of this machine once. Sends nothing. */
export async function measureListening(options: ListeningOptions, { network, signal }: MeasureContext): Promise<Observation<'listening'>> {
  if (signal.aborted) return listeningNotTried(options, skipped('interrupted'));
  const found = await network.machine.listeners();
  if (found.kind !== 'measured') return listeningNotTried(options, found);
  const listeners = selectListeners(found.value, options).map((listener) => ({
    ...listener,
    service: listener.service ?? serviceName(listener.port, listener.protocol),
  }));
  return { attempt: measured(null), method: 'system', data: { listeners, ...dataOf(options) } };
}

export function listeningNotTried(options: ListeningOptions, attempt: Attempt<null>): Observation<'listening'> {
  return { attempt, method: null, data: { listeners: [], ...dataOf(options) } };
}

function dataOf({ asked, expected }: ListeningOptions) {
  return { asked, expected };
}
