import { measured } from '../../model/attempt.js';
import type { HostOptions } from '../../model/probe-options.js';
import type { MeasureContext, Observation } from '../probe.js';
import { readingOfOutline } from './by-outline.js';
import { readManagement } from './management.js';
import { readLinux } from './measure-linux.js';
import { type LinkReading, NO_LINKS } from './reading.js';

/** Reads links, addresses, routes, rules, neighbours and resolvers. Sends nothing. Scope `path` runs no tools for it. */
export async function measureHost(context: MeasureContext, scope: HostOptions['scope'] = 'path'): Promise<Observation<'host'>> {
  const { local, names } = context.network;
  // Names tell what PowerShell was asked for, and do not start it. Both questions at once: one behind the other they take twice as long.
  if (local.platform === 'win32') {
    const { readWindows } = await import('../../net/machine/windows-facts.js');
    for (const part of scope === 'all' ? (['links', 'rest'] as const) : (['links'] as const)) void readWindows(local, part, context.signal);
  }
  const [{ reading, method }, resolvers] = await Promise.all([readLinks(context, scope), names.resolvers()]);
  const management = await readManagement(reading.interfaces, local);
  return {
    attempt: measured(null),
    method,
    data: { ...reading, management, resolvers: resolvers.servers, resolversSource: resolvers.source, searchDomains: resolvers.search },
  };
}

/** What the measurement looks like where it was not made. */
export function hostNotMeasured(): Observation<'host'>['data'] {
  return { ...NO_LINKS, resolvers: [], resolversSource: null, searchDomains: [] };
}

async function readLinks(context: MeasureContext, scope: HostOptions['scope']): Promise<{ reading: LinkReading; method: string }> {
  const { local, machine } = context.network;
  if (local.platform === 'linux') return readLinux(context, scope);
  if (local.platform === 'darwin') return { reading: await (await import('./darwin.js')).readDarwin(context), method: 'system' };
  if (local.platform === 'win32') return { reading: await (await import('./windows.js')).readWindowsHost(context), method: 'system' };
  const because = `it is not read on this platform (${local.platform})`;
  return { reading: readingOfOutline(await machine.observe(), because), method: 'system' };
}
