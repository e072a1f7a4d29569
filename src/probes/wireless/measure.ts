import { unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { wirelessNotTried } from './not-tried.js';

/** Reads what the system knows of its radios. Sends nothing, and looks for no networks. */
export async function measureWireless(circumstances: MachineCircumstances, context: MeasureContext): Promise<Observation<'wireless'>> {
  const { platform } = context.network.local;
  if (platform === 'linux') return (await import('./measure-linux.js')).measureLinuxWireless(circumstances, context);
  if (platform === 'darwin' || platform === 'win32') {
    const { host } = circumstances;
    if (host.interfaces.some(({ kind }) => kind !== null && kind !== 'loopback'))
      return (await import('./platform.js')).radiosOf(host, platform);
    // Without a kind of any link, nothing says which of them are radios.
    const because = host.absent.find(({ fact }) => fact === 'kinds of links')?.because;
    return wirelessNotTried(unavailable('tool', `which links are radios is not known${because === undefined ? '' : `: ${because}`}`));
  }
  return wirelessNotTried(unavailable('platform', `the radios of ${platform} are not read`));
}
