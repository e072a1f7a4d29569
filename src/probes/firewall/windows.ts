import { type Attempt, measured, unavailable } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { readWindows, WINDOWS_REGISTRY, WINDOWS_SOURCE, whyUnknown } from '../../net/machine/windows-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { readWindowsFirewall, readWindowsServices, type WindowsFirewallProfile } from '../../wire/windows/settings.js';

type Managers = DataOf<'firewall'>['managers'];

/** The profiles of the Windows firewall, each with what becomes of connections from elsewhere, and whether a network here has it. */
export async function readWindowsProfiles(
  local: LocalSystem,
  signal: AbortSignal,
): Promise<{ attempt: Attempt<null>; managers: Managers; absent: DataOf<'firewall'>['absent'] }> {
  const report = await readWindows(local, 'rest', signal);
  const profiles = report.kind === 'measured' ? readWindowsFirewall(report.value) : null;
  const services = report.kind === 'measured' ? readWindowsServices(report.value) : null;
  const absent = [{ fact: 'rules', because: 'the rules of the Windows firewall are thousands, and are not read' }];
  if (profiles === null) {
    const because = whyUnknown(report, 'firewall');
    absent.push({ fact: 'profiles of the Windows firewall', because });
    return { attempt: unavailable('tool', because), managers: [], absent };
  }
  const service = services?.find(({ name }) => name === 'mpssvc')?.running ?? null;
  if (service === null) absent.push({ fact: 'whether the service of the firewall runs', because: whyUnknown(report, 'services') });
  const managers = profiles.flatMap((profile): Managers => {
    if (profile.enabled === null) {
      absent.push({ fact: `${profile.profile} profile of the Windows firewall`, because: 'the registry does not have it' });
      return [];
    }
    const stands = profile.enabled ? (service === false ? ('configured' as const) : ('in-force' as const)) : ('off' as const);
    return [{ name: `Windows firewall, ${profile.profile} profile`, state: stands, detail: detailOf(profile), source: WINDOWS_REGISTRY }];
  });
  if (service === false) managers.push({ name: 'Windows firewall service', state: 'off', detail: null, source: WINDOWS_SOURCE });
  return { attempt: measured(null), managers, absent };
}

function detailOf({ enabled, blocksIncoming, byPolicy, active }: WindowsFirewallProfile): string | null {
  const parts = [
    ...(active === true ? ['in use here'] : active === false ? ['not in use here'] : []),
    ...(enabled === true && blocksIncoming !== null ? [blocksIncoming ? 'stops what no rule allows' : 'lets everything in'] : []),
    ...(byPolicy ? ['set by a policy'] : []),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}
