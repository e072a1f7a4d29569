import { measured } from '../../model/attempt.js';
import type { MeasureContext, Observation } from '../probe.js';

/** Reads links, addresses, default routes and resolvers. Sends nothing. */
export async function measureHost({ network }: MeasureContext): Promise<Observation<'host'>> {
  const [machine, resolvers] = await Promise.all([network.machine.observe(), network.names.resolvers()]);
  return {
    attempt: measured(null),
    method: 'system',
    data: { ...machine, resolvers: resolvers.servers, resolversSource: resolvers.source, searchDomains: resolvers.search },
  };
}
