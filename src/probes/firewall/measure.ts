import { skipped, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { emptyFirewallData, firewallNotTried } from './not-tried.js';

export async function measureFirewall(circumstances: MachineCircumstances, context: MeasureContext): Promise<Observation<'firewall'>> {
  if (context.signal.aborted) return firewallNotTried(skipped('interrupted'));
  const { platform } = context.network.local;
  switch (platform) {
    case 'linux': {
      const { measureFirewallOfLinux } = await import('./measure-linux.js');
      return measureFirewallOfLinux(circumstances, context);
    }
    case 'darwin':
    case 'win32': {
      const { measurePlatform } = await import('./platform.js');
      return measurePlatform(circumstances, context, emptyFirewallData());
    }
    default:
      return firewallNotTried(unavailable('platform', `the packet filter of ${platform} is not read`));
  }
}
