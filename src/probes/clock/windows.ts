import { readWindows, WINDOWS_REGISTRY, WINDOWS_SOURCE, whyUnknown } from '../../net/machine/windows-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { NTP_PORT } from '../../wire/packets/ntp.js';
import { readWindowsServices, readWindowsTime } from '../../wire/windows/settings.js';
import { type LocalClock, unknownClock } from './local-clock.js';

/** The time service of Windows by its settings; w32tm, which would tell how well it does, writes in the display language. */
export async function readWindowsClock(local: LocalSystem, scope: 'path' | 'all', signal: AbortSignal): Promise<LocalClock> {
  const state = { fact: 'state of the clock', because: 'w32tm tells it in the display language' };
  // Beside targets, where nothing of it would be judged, PowerShell is not started once more.
  if (scope === 'path') return unknownClock([state]);
  const report = await readWindows(local, 'rest', signal);
  const time = report.kind === 'measured' ? readWindowsTime(report.value) : null;
  const services = report.kind === 'measured' ? readWindowsServices(report.value) : null;
  const absent = [state];
  if (time === null) absent.push({ fact: 'configured time servers', because: whyUnknown(report, 'time') });
  if (services === null) absent.push({ fact: 'time services', because: whyUnknown(report, 'services') });
  if (time?.type === 'NT5DS') absent.push({ fact: 'configured time servers', because: 'the domain names them' });
  if (time?.type === 'NoSync') absent.push({ fact: 'configured time servers', because: 'W32Time is set to follow nobody' });
  const named = time?.type === 'NTP' || time?.type === 'AllSync' ? time.servers : [];
  return {
    ...unknownClock(absent),
    configured: named.map((host) => ({ host, port: NTP_PORT, kind: 'server' as const, service: 'W32Time', source: WINDOWS_REGISTRY })),
    // It also starts when it is due and ends again: that it does not run says nothing.
    services: (services ?? [])
      .filter(({ name, running }) => name === 'W32Time' && running === true)
      .map(({ name }) => ({ name, source: WINDOWS_SOURCE })),
  };
}
