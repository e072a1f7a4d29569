import { unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { kernelNotTried } from './not-tried.js';

export async function measureKernel(circumstances: MachineCircumstances, context: MeasureContext): Promise<Observation<'kernel'>> {
  const { platform } = context.network.local;
  if (platform === 'linux') return (await import('./linux.js')).measureLinuxKernel(circumstances, context);
  if (platform === 'darwin' || platform === 'win32') return (await import('./platform.js')).measurePlatform(circumstances, context);
  return kernelNotTried(unavailable('platform', `settings and tables of the kernel are not read on ${platform}`));
}
