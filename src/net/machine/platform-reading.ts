import type { LocalSystem } from '../local-port.js';
import type { PlatformReading } from './platform-machine.js';

/** The reading of this platform, loaded where it is needed; `null`: the system is read by files and netlink. */
export async function readingOfPlatform(local: LocalSystem): Promise<PlatformReading | null> {
  if (local.platform === 'darwin') return (await import('./darwin-reading.js')).createDarwinReading(local);
  if (local.platform === 'win32') return (await import('./windows-reading.js')).createWindowsReading(local);
  return null;
}
