import { reasonOf } from '../../model/attempt.js';
import type { HostOptions } from '../../model/probe-options.js';
import type { MeasureContext } from '../probe.js';
import { readByNetlink } from './by-netlink.js';
import { readingOfOutline } from './by-outline.js';
import { readLeases } from './leases.js';
import { withLinkFiles } from './link-files.js';
import type { LinkReading } from './reading.js';

/**
 * The kernel's own lists; where it cannot be asked, those of `ip`; where that is no help, files of /proc and /sys. Sends nothing. With scope
 * `path` the tool is left out: starting it six times takes longer than a report about a target may wait.
 */
export async function readLinux(
  { network, signal }: MeasureContext,
  scope: HostOptions['scope'],
): Promise<{ reading: LinkReading; method: string }> {
  const { local, machine } = network;
  const asked = await readByNetlink(local, signal);
  if (asked.kind === 'measured') return { reading: await completed(asked.value), method: 'netlink' };
  const told = scope === 'all' ? await (await import('./by-ip-tool.js')).readByIpTool(local, signal) : null;
  if (told?.kind === 'measured') return { reading: await completed(told.value), method: 'ip' };
  const because = `the kernel was not asked: ${[asked, ...(told === null ? [] : [told])].map(reasonOf).join('; ')}`;
  return { reading: readingOfOutline(await machine.observe(), because), method: 'system' };

  async function completed(reading: LinkReading): Promise<LinkReading> {
    const [interfaces, leases] = await Promise.all([withLinkFiles(reading.interfaces, local), readLeases(reading.interfaces, local)]);
    return { ...reading, interfaces, leases };
  }
}
