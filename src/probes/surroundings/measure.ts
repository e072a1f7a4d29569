import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

/** Reads where this machine stands. Sends nothing, unless a STUN server is to be asked. */
export async function measureSurroundings(
  circumstances: MachineCircumstances,
  context: MeasureContext,
): Promise<Observation<'surroundings'>> {
  const { platform } = context.network.local;
  switch (platform) {
    case 'linux':
    case 'android': {
      const { measureLinux } = await import('./measure-linux.js');
      return measureLinux(circumstances, context);
    }
    case 'darwin':
    case 'win32': {
      const { measurePlatform } = await import('./platform.js');
      return measurePlatform(circumstances, context);
    }
    default:
      return surroundingsNotTried(unavailable('platform', `where a machine with ${platform} stands is not read`));
  }
}

export function surroundingsNotTried(attempt: Attempt<null>): Observation<'surroundings'> {
  return {
    attempt,
    method: null,
    data: {
      machine: null,
      container: null,
      wsl: null,
      secondOpinion: null,
      translation: null,
      bridges: [],
      overlaps: null,
      mtuConflicts: [],
      serviceResolver: null,
      absent: [],
    },
  };
}
